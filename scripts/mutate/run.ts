import type { Span } from '../../server/src/base/span.ts';
import { Engine } from '../../server/src/engine.ts';
import { ApiModel } from '../../server/src/schema/api-model.ts';
import { references } from '../../server/src/tables/references.ts';
import { mapTokens } from './tokens.ts';

/** Every row of the table that judges what it names. */
export const rowIds: readonly string[] = references.filter((row) => row.silent !== 'always').map(({ id }) => id);

/** What became of the bent tokens of one row of the table. */
export interface RowResult {
  readonly row: string;
  bends: number;
  reported: number;
  readonly missed: string[];
}

/**
 * Bends each token of an app that wires two things, one at a time, and looks whether an error or a warning stands at
 * it or at its other end.
 *
 * @param files texts by name
 */
export function mutate(
  app: string,
  files: ReadonlyMap<string, string>,
  schema: string,
  results: Map<string, RowResult>,
): void {
  const engine = new Engine({ model: ApiModel.parse(schema) });
  engine.apply([...files].map(([uri, text]) => ({ type: 'edit', uri, text })));
  engine.apply([{ type: 'walked', uri: 'file:///' }]);
  const before = loud(engine, files.keys());
  if (before.length > 0)
    throw new Error(`${app} is not sound: ${before.map((found) => `${found.uri} ${found.code}`).join(', ')}`);

  for (const token of mapTokens(files)) {
    const text = files.get(token.uri) ?? '';
    const bent = bend(text.slice(token.span.start, token.span.end));
    engine.apply([
      { type: 'edit', uri: token.uri, text: text.slice(0, token.span.start) + bent + text.slice(token.span.end) },
    ]);
    const grown = bent.length - (token.span.end - token.span.start);
    const moved = (uri: string, span: Span): Span =>
      uri === token.uri && span.start > token.span.start ? { start: span.start + grown, end: span.end + grown } : span;
    const ends = [
      { uri: token.uri, span: { start: token.span.start, end: token.span.start + bent.length } },
      ...token.others.map((other) => ({ uri: other.uri, span: moved(other.uri, other.span) })),
    ];
    const hit = loud(engine, files.keys()).some((found) =>
      ends.some((end) => end.uri === found.uri && found.span.start <= end.span.end && found.span.end >= end.span.start),
    );
    let result = results.get(token.row);
    if (!result) {
      result = { row: token.row, bends: 0, reported: 0, missed: [] };
      results.set(token.row, result);
    }
    result.bends++;
    if (hit) result.reported++;
    else result.missed.push(`${app}/${token.uri}: ${text.slice(token.span.start, token.span.end)} → ${bent}`);
    engine.apply([{ type: 'edit', uri: token.uri, text }]);
  }
}

/** One letter in the middle becomes another; a number grows by one. */
function bend(token: string): string {
  if (/^\d+$/.test(token)) return String(Number(token) + 1);
  const at = Math.floor(token.length / 2);
  const letter = token.charAt(at);
  return token.slice(0, at) + (letter === 'x' ? 'y' : 'x') + token.slice(at + 1);
}

function loud(engine: Engine, uris: Iterable<string>): { uri: string; span: Span; code: string }[] {
  const snapshot = engine.snapshot();
  return [...uris].flatMap((uri) =>
    snapshot
      .diagnostics(uri)
      .filter((diagnostic) => diagnostic.severity === 'error' || diagnostic.severity === 'warning')
      // What is said at one end and linked to the other is said at both.
      .flatMap(({ span, code, related }) => [
        { uri, span, code },
        ...related.map(({ location }) => ({ ...location, code })),
      ]),
  );
}
