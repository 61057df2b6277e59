import type { SnippetChoice } from '../engine.ts';
import { canonicalUri } from '../host/uri.ts';
import { offsetAt, rangeOf } from './convert.ts';
import { guard } from './guard.ts';
import type { SnippetInfo, SnippetsParams } from './protocol.ts';
import { type Session, type Target, target } from './session.ts';

/** `podwire/snippets`, for a client's own list of them. */
export function serveSnippets(session: Session): void {
  session.connection.onRequest(
    'podwire/snippets',
    guard<SnippetsParams, readonly SnippetInfo[]>(session, 'podwire/snippets', [], ({ uri, position }) => {
      const file = target(session, uri);
      if (file !== undefined && position !== undefined) {
        const offset = offsetAt(session, file, position);
        return file.snapshot.snippets(file.uri, offset).map((choice) => toInfo(session, file, choice));
      }
      const known = canonicalUri(uri);
      const choices = session.workspaces.of(known).snapshot().snippets(known, undefined);
      return choices.map((choice) => toInfo(session, undefined, choice));
    }),
  );
}

function toInfo(session: Session, file: Target | undefined, choice: SnippetChoice): SnippetInfo {
  const { here, document, prefix, title, description, preview, place } = choice;
  const rangeIn = ({ uri, text }: Target, span: Parameters<typeof rangeOf>[3]) => rangeOf(session, uri, text, span);
  return {
    prefix,
    title,
    description,
    preview,
    place,
    ...(document !== undefined && { document }),
    ...(here !== undefined &&
      file !== undefined && {
        here: {
          range: rangeIn(file, here.span),
          newText: here.newText,
          also: here.also.map(({ span, newText }) => ({ range: rangeIn(file, span), newText })),
        },
      }),
  };
}
