import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/base/text-edit.ts';
import { copyOf, type DraftMap } from '../../src/syntax/draft.ts';
import { parseYaml } from '../../src/syntax/parse.ts';
import { Restructured } from '../../src/syntax/restructure.ts';
import { splitDocuments } from '../../src/syntax/split.ts';

const root = new URL('../../../test-fixtures', import.meta.url).pathname;

function* yamlFiles(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* yamlFiles(path);
    else if (/\.ya?ml$/.test(name)) yield path;
  }
}

/** The text after a change, and whether it could be made at all. */
function changed(text: string, change: (map: DraftMap) => void): string | undefined {
  const draft = Restructured.of(text, parseYaml(text).root);
  const map = draft?.at([]);
  if (!draft || !map) return undefined;
  change(map);
  const edits = draft.edits();
  return edits && applyEdits(text, edits);
}

it('what nobody changes stays as it is', () => {
  let read = 0;
  for (const file of yamlFiles(root)) {
    const all = readFileSync(file, 'utf8');
    for (const { start, end } of splitDocuments(all)) {
      for (const text of [
        all.slice(start, end),
        all.slice(start, end).replaceAll('\n', '\r\n'),
        all.slice(start, end).trimEnd(),
      ]) {
        const draft = Restructured.of(text, parseYaml(text).root);
        if (!draft) continue;
        read++;
        expect(draft.edits(), file).toEqual([]);
      }
    }
  }
  expect(read).toBeGreaterThan(300);
});

const text = `# head
a: 1 # one
# about b
b:
  # about c
  c: "x"  # see
  d:
    - e: 1
      # about f
      f: |
        text
          more

    # about g
    - g: { h: 1, i: [2, 3] }
    # the end of d
# about z
z: &anchor
  - 1
`;

describe('changes', () => {
  it('remove an entry, and keep what its author said', () => {
    expect(changed(text, (map) => void map.remove('b'))).toBe(
      '# head\na: 1 # one\n# about b\n# about c\n# see\n# about f\n# about g\n# the end of d\n# about z\nz: &anchor\n  - 1\n',
    );
    expect(changed('a:\n  b: 1 # why\nc: 2\n', (map) => void map.map('a')?.remove('b'))).toBe('a: {}\nc: 2\n# why\n');
  });

  it('rename', () => {
    expect(changed(text, (map) => map.map('b')?.rename('c', 'cc'))).toBe(text.replace('c: "x"', 'cc: "x"'));
  });

  it('move an entry with its comments and its indentation', () => {
    const moved = changed(text, (map) => {
      const item = map.map('b')?.maps('d')[0];
      const entry = item?.remove('f');
      if (entry) map.add(entry, 'ff', { after: ['a'] });
    });
    expect(moved).toContain('a: 1 # one\n# about f\nff: |\n  text\n    more\n# about b\n');
    expect(moved).toContain('    - e: 1\n');
  });

  it('copy a map', () => {
    const copied = changed(text, (map) => {
      const b = map.map('b');
      if (b) map.ensure('copy').set('of', copyOf(b));
    });
    expect(copied).toContain('copy:\n  of:\n    # about c\n    c: "x"  # see\n    d:\n      - e: 1\n');
  });

  it('set values, in blocks and between braces', () => {
    expect(changed(text, (map) => map.map('b')?.maps('d')[1]?.map('g')?.set('h', { j: 'k' }))).toBe(
      text.replace('{ h: 1, i: [2, 3] }', '{ h: { j: k }, i: [2, 3] }'),
    );
    expect(changed(text, (map) => map.set('a', { x: ['1', '2'] }))).toBe(
      text.replace('a: 1 # one\n', 'a: # one\n  x:\n    - 1\n    - 2\n'),
    );
    expect(changed(text, (map) => map.map('b')?.list('d')?.push({ m: '1' }))).toContain(
      '    - g: { h: 1, i: [2, 3] }\n    - m: 1\n    # the end of d\n',
    );
  });

  it('empty collections stay collections', () => {
    expect(changed('a:\n  b: 1\n', (map) => void map.map('a')?.remove('b'))).toBe('a: {}\n');
  });

  it('keep CRLF and a last line without a break', () => {
    expect(changed('a: 1\r\nb: 2', (map) => map.set('c', '3'))).toBe('a: 1\r\nb: 2\r\nc: 3');
    expect(changed('a: 1\r\nb: 2', (map) => void map.remove('b'))).toBe('a: 1');
    expect(changed('a: 1', (map) => map.set('a', '2'))).toBe('a: 2');
  });

  it('the first key of an item takes the dash', () => {
    expect(changed('- x\n', () => {})).toBeUndefined();
    expect(
      changed('l:\n  # first\n  - a: 1\n    # about b\n    b: 2\n', (map) => void map.maps('l')[0]?.remove('a')),
    ).toBe('l:\n  # first\n  # about b\n  - b: 2\n');
  });

  it('nothing where text would be lost', () => {
    expect(changed('a: &x 1\nb: *x\n', () => {})).toBeUndefined();
    expect(changed('? a\n: b\n', () => {})).toBeUndefined();
    expect(changed('a: {\n  b: 1, # why\n  c: 2\n}\n', (map) => map.map('a')?.set('b', '2'))).toBeUndefined();
    expect(changed('a: {\n  b: 1, # why\n  c: 2\n}\n', (map) => map.set('d', '2'))).toBe(
      'a: {\n  b: 1, # why\n  c: 2\n}\nd: 2\n',
    );
  });
});
