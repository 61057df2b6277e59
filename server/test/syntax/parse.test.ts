import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../src/syntax/parse.ts';
import { isPlaceholder } from '../../src/syntax/placeholder.ts';
import { allPairs, hitAt, type Node, nodeAt, pairOf, resolveAlias, textAt, walk } from '../../src/syntax/tree.ts';

const root = (text: string): Node | undefined => parseYaml(text).root;
const source = (text: string, node: Node | undefined): string => (node ? text.slice(node.start, node.end) : '');

describe('spans', () => {
  const text = 'a: x # comment\nb:\n  - one # first\n  - "two"   \nc: |\n  block\n# end\nd: &n\n  e: f\n\n# last\n';

  it('end before comments and blanks', () => {
    const tree = root(text);
    expect(source(text, nodeAt(tree, ['a']))).toBe('x');
    expect(source(text, nodeAt(tree, ['b', 0]))).toBe('one');
    expect(source(text, nodeAt(tree, ['b', 1]))).toBe('"two"');
    expect(source(text, nodeAt(tree, ['d']))).toBe('e: f');
    expect(source(text, tree).endsWith('e: f')).toBe(true);
  });

  it('count emoji as two units, and a carriage return as one', () => {
    const emoji = 'a: "😀"\r\nb: c\r\n';
    expect(source(emoji, nodeAt(root(emoji), ['a']))).toBe('"😀"');
    expect(source(emoji, nodeAt(root(emoji), ['b']))).toBe('c');
  });

  it('of a key are those of its text', () => {
    const pair = pairOf(root("'a b': 1\n"), 'a b');
    expect([pair?.key.start, pair?.key.end]).toEqual([0, 5]);
  });
});

describe('scalars', () => {
  it('keep their text, whatever it would mean', () => {
    const tree = root('a: 0644\nb: yes\nc: ~\nd: 1.0\n');
    expect(['a', 'b', 'c', 'd'].map((key) => textAt(tree, key))).toEqual(['0644', 'yes', '~', '1.0']);
  });

  it('have their escapes and folds undone', () => {
    const tree = root("a: \"x\\ty\"\nb: 'it''s'\nc: >\n  one\n  two\nd: one\n  two\n");
    expect(['a', 'b', 'c', 'd'].map((key) => textAt(tree, key))).toEqual(['x\ty', "it's", 'one two\n', 'one two']);
  });

  it('are absent where nothing stands, and there where an empty text does', () => {
    const tree = root('a:\nb: ""\n');
    expect(nodeAt(tree, ['a'])).toBeUndefined();
    expect(textAt(tree, 'b')).toBe('');
  });
});

describe('anchors and merge keys', () => {
  const tree = root(
    'base: &base\n  a: 1\n  b: 2\nother: &other { b: 3, c: 4 }\none:\n  <<: *base\n  b: own\nmany:\n  <<: [*base, *other]\nquoted:\n  "<<": *base\n',
  );

  it('a map has what it merges, and its own first', () => {
    expect(textAt(tree, 'one', 'a')).toBe('1');
    expect(textAt(tree, 'one', 'b')).toBe('own');
  });

  it('the first of several merged maps wins', () => {
    const many = resolveAlias(nodeAt(tree, ['many']));
    expect(many?.type === 'map' && allPairs(many).map(({ key, value }) => [key.value, textAt(value)])).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['c', '4'],
    ]);
  });

  it('what is merged merges others in turn, and never itself', () => {
    const nested = root(
      'a: &a { x: 1 }\nb: &b\n  <<: *a\n  y: 2\nc:\n  <<: *b\n  z: 3\nloop: &loop\n  <<: *loop\n  w: 4\n',
    );
    expect(['x', 'y', 'z'].map((key) => textAt(nested, 'c', key))).toEqual(['1', '2', '3']);
    expect(textAt(nested, 'loop', 'w')).toBe('4');
    expect(textAt(nested, 'loop', 'x')).toBeUndefined();
  });

  it('large maps answer as small ones do: the last of a key, what they merge where they have no own', () => {
    const keys = Array.from({ length: 40 }, (_, i) => `  k${i}: ${i}\n`).join('');
    const large = root(`base: &base { k1: merged, other: merged }\nlarge:\n  <<: *base\n${keys}  k2: last\n`);
    expect(['k1', 'k2', 'k39', 'other', 'none'].map((key) => textAt(large, 'large', key))).toEqual([
      '1',
      'last',
      '39',
      'merged',
      undefined,
    ]);
  });

  it('a quoted << is a key like any other', () => expect(textAt(tree, 'quoted', 'a')).toBeUndefined());

  it('an alias takes the anchor that was last before it', () => {
    const text = 'a: &x 1\nb: *x\nc: &x 2\nd: *x\ne: *y\n';
    expect(['b', 'd', 'e'].map((key) => textAt(root(text), key))).toEqual(['1', '2', undefined]);
  });

  it('walk does not follow aliases', () => {
    expect([...walk(root('a: &a [1, 2]\nb: *a\n'))].filter((node) => node.type === 'scalar')).toHaveLength(2);
  });

  it('of a key that stands twice the last counts', () => expect(textAt(root('a: 1\na: 2\n'), 'a')).toBe('2'));
});

describe('hitAt', () => {
  const text = 'spec:\n  list:\n    - name: web\n      value: ""\n    - x\n';
  const at = (word: string, by = 1) => hitAt(root(text), text.indexOf(word) + by);

  it('knows keys from values', () => {
    expect(at('name')).toMatchObject({ on: 'key', path: ['spec', 'list', 0, 'name'] });
    expect(at('web')).toMatchObject({ on: 'value', path: ['spec', 'list', 0, 'name'] });
    expect(at('""')).toMatchObject({ on: 'value', path: ['spec', 'list', 0, 'value'] });
    expect(at('- x', 2)).toMatchObject({ on: 'value', path: ['spec', 'list', 1] });
  });

  it('takes in both ends of a token', () => {
    expect(at('web', 0)?.path).toEqual(at('web', 3)?.path);
  });

  it('finds the innermost thing in blanks, and nothing outside of the root', () => {
    expect(hitAt(root(text), text.indexOf('  list'))?.path).toBeUndefined();
    expect(hitAt(root(text), 10_000)).toBeUndefined();
    expect(hitAt(undefined, 0)).toBeUndefined();
  });
});

describe('problems', () => {
  it.each([
    ['a: "x\n', 'This quote is never closed.', '"x'],
    ["a: 'x\nb: y\n", 'This quote is never closed.', "'x"],
    ['a:\n\tb: c\n', 'A tab indents this line', ''],
    ['a: b: c\n', 'A map starts here on a line that already holds a value', ''],
    ['a: *\n', 'An alias needs a name', ''],
  ])('%j', (text, message, marked) => {
    const problem = parseYaml(text).problems[0];
    expect(problem?.message).toContain(message);
    if (marked !== '') expect(text.slice(problem?.span.start, problem?.span.end)).toBe(marked);
  });

  it('always mark something that is inside of the text and on one line', () => {
    for (const text of ['a: "x', '[', '{ a', 'a: b: c', '- a\nb', '\ta: b', 'a: |x\n y', '? a\n: b\n c']) {
      for (const { span } of parseYaml(text).problems) {
        expect(span.end).toBeLessThanOrEqual(text.length);
        expect(span.start).toBeLessThanOrEqual(span.end);
        expect(text.slice(span.start, span.end)).not.toContain('\n');
      }
    }
  });
});

describe('placeholders', () => {
  it.each([
    '{{ x }}',
    '<% x %>',
    '${X}',
    'a-${X}',
    '$NAME',
    '$APP_NAME-db',
    '$(X)',
    '<x>',
    'x.<your domain>',
    '@x@',
    '__X__',
    '%X%',
  ])('%s is one', (text) => expect(isPlaceholder(text)).toBe(true));
  it.each(['', 'x', '$X', '$$NAME', 'a$NAME', 'a < b', 'a <b> c', 'a@b.c', '100%', '50% of 100%', '__init', 'a_b'])(
    '%j is none',
    (text) => expect(isPlaceholder(text)).toBe(false),
  );
});
