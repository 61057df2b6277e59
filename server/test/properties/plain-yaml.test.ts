import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAnyYaml, parseYaml } from '../../src/syntax/parse.ts';
import { readPlainYaml } from '../../src/syntax/plain-yaml.ts';
import { splitDocuments } from '../../src/syntax/split.ts';
import { holds } from './workspaces.ts';

const folder = path.resolve(import.meta.dirname, '../../../test-fixtures');
const documents = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.ya?ml$/.test(file))
  .sort()
  .flatMap((file) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    return splitDocuments(text).map(({ start, end }) => text.slice(start, end));
  });

/** True where the document is plain; then its tree must be the parser's. */
function isReadAlike(text: string): boolean {
  if (!readPlainYaml(text)) return false;
  expect(parseYaml(text), text).toEqual(parseAnyYaml(text));
  return true;
}

const inserts =
  `|  |    |\n|# c\n|    # c\n|  # c\n| # c|- |-|:|: |"|'|x|x: |k: v\n|  k: v\n|- a\n|\n\n|[|]|{}|[a, b]|,|#|\\|---\n|...\n|&a |*a|!!str |?|>-|%|@|~|-\n|""|''|😀|\u00a0|-a|-1|.|/|$(A)|<<|\t|\r`.split(
    '|',
  );

const halfTyped = ['\nab\n', '\n  ab\n', '\n    ab\n', '\n      ab \n', '\n  ab'];

// What the parser is not shown, as a template engine or envsubst will put something there.
const placeholders = [
  '${A}',
  '${A:-a #b}',
  '${A:-\\"}',
  '<%= a #b %>',
  '{{ a }}',
  '__A__',
  '$(A)',
  '@A@',
  '%A%',
  '<A>',
];

const lines = [
  ...[
    'a: b',
    'a:',
    '- a',
    '-',
    '- a: b',
    '- a:',
    '# c',
    '',
    'a: |',
    'a: |-',
    'text',
    'text ',
    '- text',
    '- - a',
    '- -',
    'a: "b"',
  ],
  ...["a: 'b'", 'a: []', 'a: [b, "c"]', 'a: {}', '"a": b', "'a': b", 'a: b # c', 'a: # c', '- # c', '- |', 'a:  b  '],
  ...['-  a: b', '-   - b', 'a: -b', 'a : b', 'a: b:c', 'a: [a b, c]', 'b: c#d', '- []', '- "x"', '- "x": y', "- 'x'"],
  ...['---', '--- # x', 'a: -', 'a: - b', '? a', 'a:b', '- a:b', '-a', '[]', "k: 'it''s'", 'k: "a\\nb"', 'a: >', '...'],
];

describe('plain YAML', () => {
  it('is what most documents are, and is read as the parser reads it', () => {
    const plain = documents.filter(isReadAlike);
    expect(plain.length).toBeGreaterThan(documents.length * 0.5);
  });

  it('is read as the parser reads it after any edits', () => {
    const edit = fc.record({
      at: fc.nat(),
      length: fc.nat(8),
      insert: fc.constantFrom(...inserts, ...halfTyped, ...placeholders),
    });
    const short = documents.filter(({ length }) => length < 1500);
    const property = fc.property(fc.constantFrom(...short), fc.array(edit, { maxLength: 3 }), (document, edits) => {
      let text = document;
      for (const { at, length, insert } of edits) {
        const start = at % (text.length + 1);
        text = text.slice(0, start) + insert + text.slice(start + length);
      }
      isReadAlike(text);
    });
    holds(property, 3000);
  });

  it('is read as the parser reads it, however lines follow one another', () => {
    const line = fc.tuple(fc.nat(4), fc.constantFrom(...lines)).map(([indent, text]) => ' '.repeat(indent) + text);
    const property = fc.property(fc.array(line, { maxLength: 9 }), fc.constantFrom('', '\n'), (all, end) => {
      isReadAlike(all.join('\n') + end);
    });
    holds(property, 8000);
  });
});
