import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Data, dataFrom, type Json, toJson, valueAt } from '../../src/base/data.ts';
import { decode } from '../../src/syntax/decode.ts';
import { parseYaml } from '../../src/syntax/parse.ts';
import { printYaml } from '../../src/syntax/print.ts';

const source = { uri: 'file:///w/a.yaml', start: 0 };
const decoded = (text: string) => decode(parseYaml(text).root, source);
const json = (text: string): Json | undefined => {
  const { value } = decoded(text);
  return value && toJson(value);
};
const textAt = (text: string, value: Data | undefined): string | undefined =>
  value?.origin.place && text.slice(value.origin.place.span.start, value.origin.place.span.end);

describe('decode', () => {
  it.each([
    ['a: 0644', { a: 420 }],
    ['a: 0o17', { a: 15 }],
    ['a: 1_0', { a: 10 }],
    ['a: 1.5', { a: 1.5 }],
    ['a: yes', { a: true }],
    ['a: "yes"', { a: 'yes' }],
    ['a: 1:20', { a: '1:20' }],
    ['a: ~\nb:', { a: null, b: null }],
    ['0644: x\ntrue: z', { '420': 'x', true: 'z' }],
    ['a: 1\na: 2', { a: 2 }],
    ['a: &x { b: 1 }\nc: *x', { a: { b: 1 }, c: { b: 1 } }],
    ['a: &x { b: 1, c: 1 }\nd: { <<: *x, c: 2 }', { a: { b: 1, c: 1 }, d: { c: 2, b: 1 } }],
    ['a: &x { b: 1 }\nc: &y { <<: *x, d: 2 }\ne: { <<: *y }', { a: { b: 1 }, c: { d: 2, b: 1 }, e: { d: 2, b: 1 } }],
    [
      'a: &x { b: 1 }\nc: &y { b: 2, d: 3 }\ne: { <<: [*x, *y] }',
      { a: { b: 1 }, c: { b: 2, d: 3 }, e: { b: 1, d: 3 } },
    ],
    ['- a\n-\n- [b]', ['a', null, ['b']]],
  ])('%j', (text, expected) => expect(json(text)).toEqual(expected));

  it('says where every part is written; what an alias brings, at its anchor', () => {
    const text = 'a: &x\n  b: one\nc: *x\n';
    const { value } = decoded(text);
    expect(textAt(text, valueAt(value, 'a', 'b'))).toBe('one');
    expect(textAt(text, valueAt(value, 'c', 'b'))).toBe('one');
  });

  it('says what JSON has no number for', () => expect(decoded('a: .inf').problems).toHaveLength(1));

  it('ends on an alias bomb, and says so', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 9; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    expect(decoded(lines.join('\n')).problems).toHaveLength(1);
  });
});

describe('printYaml', () => {
  const text = (value: Json): string =>
    printYaml(dataFrom(value, {}))
      .map((line) => line.text)
      .join('\n');

  it('is laid out like a manifest', () => {
    expect(text({ a: { b: ['x', { c: 1, d: [] }], e: {} }, f: 'one\ntwo\n', g: 'yes', h: '' })).toBe(
      'a:\n  b:\n    - x\n    - c: 1\n      d: []\n  e: {}\nf: |\n  one\n  two\ng: "yes"\nh: ""',
    );
  });

  it('is read back as the same value', () => {
    const scalar = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.constantFrom(
        'yes',
        'a: b',
        '- x',
        '# c',
        ' x',
        'x ',
        'a\nb',
        'a\n\n',
        '\n',
        '\ta\nb',
        '0644',
        '~',
        '1e3',
        '---',
        'a\r\nb',
        '<<',
      ),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    );
    const { tree } = fc.letrec<{ tree: Json; list: Json; map: Json }>((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, scalar, tie('list'), tie('map')),
      list: fc.array(tie('tree'), { maxLength: 4 }),
      map: fc.dictionary(
        fc.oneof(
          fc.string({ minLength: 1 }).filter((key) => key !== '<<' && key !== '__proto__'),
          fc.constantFrom('a', 'yes', '1', 'a b', 'a: b'),
        ),
        tie('tree'),
        { maxKeys: 4 },
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const printed = text(value);
        expect(parseYaml(printed).problems).toEqual([]);
        expect(json(printed) ?? null).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 150 },
    );
  });
});
