import type { InlayHint, InlayHintParams, Range } from 'vscode-languageserver/node';
import { spanOf, toLocations } from './convert.ts';
import { guard } from './guard.ts';
import { Redelivery } from './redelivery.ts';
import { type Session, type Target, target } from './session.ts';

export function serveInlayHint(session: Session): Redelivery {
  const { languages } = session.connection;
  /** What the client asked for last, by file. */
  const asked = new Map<string, Range>();
  const redelivery = new Redelivery(session, {
    method: 'workspace/inlayHint/refresh',
    supported: session.client.inlayHintRefresh,
    refresh: () => languages.inlayHint.refresh(),
    now(uri) {
      const file = target(session, uri);
      const range = asked.get(uri);
      return file && range && JSON.stringify(hintsIn(session, file, range));
    },
    closed: (uri) => void asked.delete(uri),
  });
  languages.inlayHint.on(
    guard<InlayHintParams, InlayHint[]>(session, 'textDocument/inlayHint', [], ({ textDocument, range }) => {
      const file = target(session, textDocument.uri);
      if (file === undefined) return [];
      const hints = hintsIn(session, file, range);
      asked.set(file.uri, range);
      redelivery.delivered(file.uri, JSON.stringify(hints));
      return hints;
    }),
  );
  return redelivery;
}

function hintsIn(session: Session, file: Target, range: Range): InlayHint[] {
  const { uri, text, snapshot } = file;
  const lines = session.lines.of(uri, text);
  return snapshot.inlayHints(uri, spanOf(session, file, range)).map(({ offset, apart, parts }) => ({
    position: lines.position(offset),
    label: parts.map(({ text: value, location }) => {
      const [place] = location ? toLocations(session, snapshot, [location]) : [];
      return { value, ...(place && { location: place }) };
    }),
    ...(apart && { paddingLeft: true }),
  }));
}
