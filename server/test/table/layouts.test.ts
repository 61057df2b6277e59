/** Every fix of every row, in files of other styles: what is written looks like what is there. */
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/engine.ts';
import { references } from '../../src/tables/references.ts';
import { after, type Fixture, open } from '../fixture.ts';
import { isWhole } from '../properties/workspaces.ts';
import { type Reached, reachedBy } from './alternatives.ts';
import { commentsOf, restyled, type Style, styles, withoutComments, written } from './layouts.ts';
import { rowFixture } from './row-fixture.ts';

const bent = (name: string): string =>
  name.replace(/\w(?=(?:\.ya?ml)?["']?$)/, (last) => (/\d/.test(last) ? String((Number(last) + 1) % 10) : 'x'));

const codes = ({ files }: Fixture, snapshot: Snapshot): string[] =>
  [...files.keys()].flatMap((uri) =>
    snapshot
      .diagnostics(uri)
      .filter(({ tags }) => !tags.includes('unnecessary'))
      .map(({ code, severity }) => `${uri} ${severity} ${code}`),
  );

/** A name that resembles no other: what it names is created, added or made optional. */
const foreign = (name: string): string =>
  name.replace(/\w[-\w.]*/, (whole) => (/^\d+$/.test(whole) ? '4321' : 'qzjxkv'));

/** The fixture with another text at one token of the row. */
function broken(fixture: Fixture, { uri, span }: Reached, change: (name: string) => string): Fixture {
  const text = fixture.files.get(uri) ?? '';
  const slip = change(text.slice(span.start, span.end));
  return {
    files: new Map([...fixture.files, [uri, text.slice(0, span.start) + slip + text.slice(span.end)]]),
    cursor: undefined,
  };
}

function fixesOf(bad: Fixture, { uri, span: { start } }: Reached) {
  const { snapshot } = open(bad);
  const actions = snapshot.codeActions(uri, { start, end: start });
  return { bad, snapshot, fixes: actions.filter(({ title }) => !title.startsWith('Ignore ')) };
}

/** What a fix wrote has the style of the file: laid out anew in it, the text stays the same. */
function looksLikeTheRest(text: string, before: string, style: Style): void {
  const bare = withoutComments(text);
  if (style.newline === '\r\n') expect(bare.replaceAll('\r\n', '')).not.toContain('\n');
  // Where no list stands yet, nothing says how one looks.
  if (style.flow || !/^ *- /m.test(before)) return;
  const { quotes: _, ...layout } = style;
  expect(bare).toBe(written(bare, { ...layout, comments: false }));
}

describe.each(styles.map((style) => [style.name, style] as const))('%s', (_, style) => {
  it.each(references.map((row) => [row.id, row] as const))('%s', (id, row) => {
    const plain = rowFixture(id);
    if (!plain) expect.fail('no fixture');
    const fixture = restyled(plain, style);
    const before = codes(fixture, open(fixture).snapshot);
    for (const change of [bent, foreign]) {
      const [offer] = reachedBy(row, fixture)
        .map((place) => fixesOf(broken(fixture, place, change), place))
        .filter(({ fixes }) => fixes.length > 0);
      if (change === bent && !offer && !('silent' in row && row.silent === 'always'))
        expect.fail('there is no fix for a slip');
      if (offer) check(offer, before, style);
    }
  });
});

function check({ bad, snapshot, fixes }: ReturnType<typeof fixesOf>, before: readonly string[], style: Style): void {
  for (const { title, edits } of fixes) {
    const mended = after(bad, snapshot, edits);
    for (const [uri, text] of mended.files) {
      const old = bad.files.get(uri) ?? '';
      expect(isWhole(text), `${title}\n${text}`).toBe(true);
      expect(commentsOf(text), title).toEqual(commentsOf(old));
      looksLikeTheRest(text, old, style);
    }
    expect(codes(mended, open(mended).snapshot), title).toEqual(before);
  }
}
