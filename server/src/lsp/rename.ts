import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { offsetAt, rangeOf, toWorkspaceEdit } from './convert.ts';
import { guard } from './guard.ts';
import { type Session, target } from './session.ts';

export function serveRename(session: Session): void {
  session.connection.onPrepareRename(
    guard(session, 'textDocument/prepareRename', null, ({ textDocument, position }) => {
      const file = target(session, textDocument.uri);
      const prepared = file?.snapshot.prepareRename(file.uri, offsetAt(session, file, position));
      if (file === undefined || prepared === undefined) return null;
      if ('refused' in prepared) return refusal(prepared.refused);
      return {
        range: rangeOf(session, file.uri, file.text, prepared.span),
        placeholder: prepared.text,
      };
    }),
  );
  session.connection.onRenameRequest(
    guard(session, 'textDocument/rename', null, ({ textDocument, position, newName }) => {
      const file = target(session, textDocument.uri);
      if (file === undefined) return null;
      const renamed = file.snapshot.rename(file.uri, offsetAt(session, file, position), newName);
      if ('refused' in renamed) return refusal(renamed.refused);
      return toWorkspaceEdit(session, file.snapshot, renamed.edits);
    }),
  );
}

/** Editors show the message of a failed rename. */
const refusal = (reason: string): ResponseError<void> => new ResponseError(LSPErrorCodes.RequestFailed, reason);
