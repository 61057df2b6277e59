import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver/node';
import { objectFromFiles } from '../engine.ts';
import { offsetAt, rangeOf, toWorkspaceEdit } from './convert.ts';
import { guard } from './guard.ts';
import type { ObjectFromFilesParams } from './protocol.ts';
import type { Session, Target } from './session.ts';

/** `podwire/objectFromFiles`. */
export function serveObjectFromFiles(session: Session): void {
  session.connection.onRequest(
    'podwire/objectFromFiles',
    guard<ObjectFromFilesParams, string>(session, 'podwire/objectFromFiles', '', ({ kind, name, files }) =>
      objectFromFiles(
        kind,
        name,
        files.map(({ key, content }) => ({ key, content: Buffer.from(content, 'base64') })),
      ),
    ),
  );
}

/** Rewrites of a Secret's value; and to show it once, which the client does by itself: the server sends no value. */
export function secretCodeActions(session: Session, file: Target, uri: string, range: Range): CodeAction[] {
  const offset = offsetAt(session, file, range.start);
  const { snapshot } = file;
  const actions: CodeAction[] = snapshot.secretActions(file.uri, offset).map(({ title, edits }) => ({
    title,
    kind: CodeActionKind.RefactorRewrite,
    edit: toWorkspaceEdit(session, snapshot, edits),
  }));
  const command = session.client.revealCommand;
  const hidden = command === undefined ? undefined : snapshot.hiddenSecret(file.uri, offset);
  if (command !== undefined && hidden !== undefined) {
    const title = `Reveal ${hidden.key} once`;
    const where = rangeOf(session, file.uri, file.text, hidden.span);
    actions.push({
      title,
      kind: CodeActionKind.RefactorRewrite,
      command: { title, command, arguments: [uri, where, hidden.key] },
    });
  }
  return actions;
}
