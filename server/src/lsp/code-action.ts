import { type CodeAction, CodeActionKind } from 'vscode-languageserver/node';
import { spanOf, toDiagnostic, toWorkspaceEdit } from './convert.ts';
import { guard } from './guard.ts';
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
            edit: toWorkspaceEdit(session, file.snapshot, action.edits),
          });
        }
      }
      // Offered on request alone (the Source Action menu, on save): the lightbulb is for what stands at the cursor.
      if (context.only !== undefined && asksFor(context.only, fixAllKind)) {
        const edits = file.snapshot.fixAll(file.uri);
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
