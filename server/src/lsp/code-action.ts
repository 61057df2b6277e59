import { type CodeAction, CodeActionKind } from 'vscode-languageserver/node';
import { offsetAt, spanOf, toDiagnostic, toWorkspaceEdit } from './convert.ts';
import { guard } from './guard.ts';
import { secretCodeActions } from './secrets.ts';
import { type Session, target } from './session.ts';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.podwire`;

export function serveCodeActions(session: Session): void {
  session.connection.onCodeAction(
    guard(session, 'textDocument/codeAction', null, ({ textDocument, range, context }) => {
      const file = target(session, textDocument.uri);
      if (file === undefined) return null;
      const actions: CodeAction[] = [];
      if (context.only === undefined || asksFor(context.only, CodeActionKind.QuickFix)) {
        for (const action of file.snapshot.codeActions(file.uri, spanOf(session, file, range))) {
          actions.push({
            title: action.title,
            kind: CodeActionKind.QuickFix,
            diagnostics: action.diagnostics.map((diagnostic) => toDiagnostic(session, file, diagnostic)),
            isPreferred: action.preferred,
            edit: toWorkspaceEdit(session, file.snapshot, action.edits, true),
          });
        }
      }
      for (const refactoring of file.snapshot.refactorings(file.uri, offsetAt(session, file, range.start))) {
        const { title, kind, edits, refused, repairs } = refactoring;
        const disabled = refused === undefined ? {} : { disabled: { reason: refused } };
        const edit = refused === undefined ? { edit: toWorkspaceEdit(session, file.snapshot, edits) } : {};
        if (refused !== undefined && !session.client.disabledActions) continue;
        if (context.only === undefined || asksFor(context.only, kind))
          actions.push({ title, kind, ...edit, ...disabled });
        const repaired = context.diagnostics.filter(({ code }) => repairs.includes(String(code)));
        if (repaired.length > 0 && (context.only === undefined || asksFor(context.only, CodeActionKind.QuickFix)))
          actions.push({ title, kind: CodeActionKind.QuickFix, diagnostics: repaired, ...edit, ...disabled });
      }
      if (context.only === undefined || asksFor(context.only, CodeActionKind.RefactorRewrite))
        actions.push(...secretCodeActions(session, file, textDocument.uri, range));
      // Offered on request alone (the Source Action menu, on save): the lightbulb is for what stands at the cursor.
      if (context.only !== undefined && asksFor(context.only, fixAllKind)) {
        const { edits } = file.snapshot.fixAll(file.uri);
        if (edits.length > 0) {
          const edit = toWorkspaceEdit(session, file.snapshot, edits);
          actions.push({
            title: 'Fix all that Podwire can fix',
            kind: fixAllKind,
            edit,
          });
        }
      }
      return actions;
    }),
  );
}

/** Kinds are hierarchical: who asks for `source` also asks for `source.fixAll.podwire`. */
const asksFor = (only: readonly string[], kind: string): boolean =>
  only.some((asked) => asked === '' || kind === asked || kind.startsWith(`${asked}.`));
