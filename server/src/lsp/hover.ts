import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver/node';
import type { Hover as EngineHover } from '../engine.ts';
import { offsetAt, rangeOf } from './convert.ts';
import { guard } from './guard.ts';
import { type Session, target } from './session.ts';

/** `podwire/wiringHover` is the same without what the schema tells, for clients that have that from elsewhere. */
export function serveHover(session: Session): void {
  session.connection.onHover(handler(session, 'textDocument/hover', ({ contents }) => contents));
  const method = 'podwire/wiringHover';
  session.connection.onRequest(
    method,
    handler(session, method, ({ wiring }) => wiring),
  );
}

function handler(session: Session, method: string, textOf: (hover: EngineHover) => string) {
  const kind = session.client.hoverMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText;
  return guard<HoverParams, Hover | null>(session, method, null, ({ textDocument, position }) => {
    const file = target(session, textDocument.uri);
    const hover = file?.snapshot.hover(file.uri, offsetAt(session, file, position), Date.now());
    const value = hover && textOf(hover);
    if (file === undefined || hover === undefined || !value) return null;
    return { contents: { kind, value }, range: rangeOf(session, file.uri, file.text, hover.span) };
  });
}
