import type { DocumentLink } from 'vscode-languageserver/node';
import { rangeOf } from './convert.ts';
import { guard } from './guard.ts';
import { type Session, target } from './session.ts';

export function serveDocumentLink(session: Session): void {
  session.connection.onDocumentLinks(
    guard(session, 'textDocument/documentLink', null, ({ textDocument }) => {
      const file = target(session, textDocument.uri);
      if (file === undefined) return null;
      return file.snapshot.documentLinks(file.uri).map(
        (link): DocumentLink => ({
          range: rangeOf(session, file.uri, file.text, link.span),
          target: session.open.clientUri(link.target),
        }),
      );
    }),
  );
}
