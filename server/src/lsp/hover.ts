import { MarkupKind } from 'vscode-languageserver/node';
import { offsetAt, rangeOf } from './convert.ts';
import { guard } from './guard.ts';
import { type Session, target } from './session.ts';

export function serveHover(session: Session): void {
  const kind = session.client.hoverMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText;
  session.connection.onHover(
    guard(session, 'textDocument/hover', null, ({ textDocument, position }) => {
      const file = target(session, textDocument.uri);
      const hover = file?.snapshot.hover(file.uri, offsetAt(session, file, position));
      if (file === undefined || hover === undefined) return null;
      return {
        contents: { kind, value: hover.contents },
        range: rangeOf(session, file.uri, file.text, hover.span),
      };
    }),
  );
}
