import { DocumentHighlightKind } from 'vscode-languageserver/node';
import { offsetAt, rangeOf } from './convert.ts';
import { guard } from './guard.ts';
import { type Session, target } from './session.ts';

export function serveHighlight(session: Session): void {
  session.connection.onDocumentHighlight(
    guard(session, 'textDocument/documentHighlight', null, ({ textDocument, position }) => {
      const file = target(session, textDocument.uri);
      if (file === undefined) return null;
      return file.snapshot.highlights(file.uri, offsetAt(session, file, position)).map(({ span, kind }) => ({
        range: rangeOf(session, file.uri, file.text, span),
        kind: kind === 'write' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      }));
    }),
  );
}
