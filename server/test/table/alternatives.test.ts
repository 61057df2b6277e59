/**
 * The fixtures of the rows can't hold every place that a row's paths spell. Those that they leave out are reached by
 * variants made of them: the same token under other keys, or in a manifest of its own.
 */
import { describe, expect, it } from 'vitest';
import { isSilent } from '../../src/graph/resolve.ts';
import { references } from '../../src/tables/references.ts';
import { symbols } from '../../src/tables/symbols.ts';
import { type Fixture, open } from '../fixture.ts';
import { alternativesOf, type Reached, reachedBy, variants } from './alternatives.ts';
import { rowFixture } from './row-fixture.ts';

const cases = references.flatMap((row) => {
  const fixture = rowFixture(row.id);
  const reached = fixture ? reachedBy(row, fixture) : [];
  return alternativesOf(row)
    .filter(({ anchor, path }) => !reached.some(({ alternative: a }) => a.anchor === anchor && a.path === path))
    .map((wanted) => ({ name: `${row.id}: ${wanted.path}`, row, fixture, reached, wanted }));
});

/** A name that is one slip away; a file's has the same ending. */
const bent = (name: string): string =>
  name.replace(/\w(?=(?:\.ya?ml)?["']?$)/, (last) => (/\d/.test(last) ? String((Number(last) + 1) % 10) : 'x'));

const replacedAt = ({ files }: Fixture, { uri, span }: Reached, text: string): Fixture => {
  const old = files.get(uri) ?? '';
  return {
    files: new Map([...files, [uri, old.slice(0, span.start) + text + old.slice(span.end)]]),
    cursor: undefined,
  };
};

describe.each(cases)('$name', ({ row, fixture, reached, wanted }) => {
  const isThere = ({ alternative: { anchor, path } }: Reached): boolean =>
    path === wanted.path && anchor === wanted.anchor;
  const found = (fixture ? variants(fixture, reached, wanted) : []).flatMap((made) => {
    const place = reachedBy(row, made).find(isThere);
    return place ? [{ made, place }] : [];
  });

  it('is reached by a variant, leads somewhere and is renamed with it, and a slip there is reported', () => {
    // One that can be wrong says more.
    const first = found.find(({ place: { use } }) => !use || !isSilent(use)) ?? found[0];
    if (!first) expect.fail('no variant reaches it: let the fixture of the row do so');
    const { made, place } = first;
    const { snapshot } = open(made);
    const name = made.files.get(place.uri)?.slice(place.span.start, place.span.end) ?? '';
    const definitions = snapshot.definition(place.uri, place.span.start);
    expect(definitions).not.toEqual([]);
    const [definition] = definitions;
    const isFixed = row.mode !== 'selector' && symbols[row.to].fixed !== undefined;
    const answer =
      definition && !/^\d+$/.test(name) && !isFixed
        ? snapshot.rename(place.uri, place.span.start, 'renamed')
        : undefined;
    if (answer && 'refused' in answer) expect.fail(answer.refused);
    if (answer)
      expect(answer.edits).toContainEqual({
        uri: place.uri,
        span: place.span,
        newText: expect.stringContaining('renamed'),
      });
    if (place.use && isSilent(place.use)) return;
    const broken = open(replacedAt(made, place, bent(name))).snapshot;
    const serious = broken
      .diagnostics(place.uri)
      .filter(
        ({ severity, span }) => severity !== 'hint' && span.start <= place.span.end && place.span.start <= span.end,
      );
    expect(serious).not.toEqual([]);
  });
});
