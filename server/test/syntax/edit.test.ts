import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/base/text-edit.ts';
import { insertAt, layoutOf, plainSafe, scalarLike } from '../../src/syntax/edit.ts';
import { parseYaml } from '../../src/syntax/parse.ts';
import { nodeAt, type Path, type ScalarNode, textAt } from '../../src/syntax/tree.ts';

type Addition = Parameters<typeof insertAt>[3];

/** The text after the insertion; undefined where none is possible. The result must be whole YAML that holds it. */
function inserted(text: string, path: Path, addition: Addition): string | undefined {
  const edit = insertAt(text, parseYaml(text).root, path, addition);
  if (!edit) return undefined;
  const result = applyEdits(text, [edit]);
  const parsed = parseYaml(result);
  expect(parsed.problems, result).toEqual([]);
  if ('entry' in addition) expect(nodeAt(parsed.root, [...path, addition.entry[0]]), result).toBeDefined();
  return result;
}

const entry = (key: string, value = '""'): Addition => ({ entry: [key, value] });
const volume: Addition = { item: { name: 'cache', emptyDir: {} } };

describe('adding an entry to a map', () => {
  it.each([
    ['a block map', 'data:\n  a: x\n', 'data:\n  a: x\n  b: ""\n'],
    ['four spaces', 'data:\n    a: x\n', 'data:\n    a: x\n    b: ""\n'],
    ['no break at the end', 'data:\n  a: x', 'data:\n  a: x\n  b: ""'],
    ['more behind it', 'data:\n  a: x\nkind: y\n', 'data:\n  a: x\n  b: ""\nkind: y\n'],
    [
      'a comment at the end of its last line',
      'data:\n  a: x # why\nkind: y\n',
      'data:\n  a: x # why\n  b: ""\nkind: y\n',
    ],
    ['a comment below it', 'data:\n  a: x\n# kind\nkind: y\n', 'data:\n  a: x\n  b: ""\n# kind\nkind: y\n'],
    ['CRLF', 'data:\r\n  a: x\r\nkind: y\r\n', 'data:\r\n  a: x\r\n  b: ""\r\nkind: y\r\n'],
    [
      'a nested value at its end',
      'data:\n  a:\n    x: 1\n    y: [1,\n      2]\n',
      'data:\n  a:\n    x: 1\n    y: [1,\n      2]\n  b: ""\n',
    ],
    ['a literal block at its end', 'data:\n  a: |\n    x\n    y\n', 'data:\n  a: |\n    x\n    y\n  b: ""\n'],
    [
      'a literal block with more behind it',
      'data:\n  a: |\n    x\nkind: y\n',
      'data:\n  a: |\n    x\n  b: ""\nkind: y\n',
    ],
    ['a literal block without a break at the end', 'data:\n  a: |\n    x', 'data:\n  a: |\n    x\n  b: ""'],
    [
      'a literal block in CRLF',
      'data:\r\n  a: |\r\n    x\r\nkind: y\r\n',
      'data:\r\n  a: |\r\n    x\r\n  b: ""\r\nkind: y\r\n',
    ],
    ['a stripped block', 'data:\n  a: >-\n    x\n    y\n', 'data:\n  a: >-\n    x\n    y\n  b: ""\n'],
    ['a text on two lines', 'data:\n  a: x\n    y\nkind: z\n', 'data:\n  a: x\n    y\n  b: ""\nkind: z\n'],
    ['a quoted text on two lines', 'data:\n  a: "x\n    y"\n', 'data:\n  a: "x\n    y"\n  b: ""\n'],
    ['a key without a value at its end', 'data:\n  a:\nkind: z\n', 'data:\n  a:\n  b: ""\nkind: z\n'],
    ['a list without indentation at its end', 'data:\n  a:\n  - 1\n  - 2\n', 'data:\n  a:\n  - 1\n  - 2\n  b: ""\n'],
    ['a flow map', 'data: { a: x }\n', 'data: { a: x, b: "" }\n'],
    ['a flow map of several lines', 'data: {\n  a: x\n}\n', 'data: {\n  a: x, b: ""\n}\n'],
    ['a flow map with a comma at its end', 'data: { a: x, }\n', 'data: { a: x, b: "", }\n'],
    ['an empty flow map', 'data: {}\n', 'data:\n  b: ""\n'],
    ['an empty flow map with a comment', 'data: {} # later\nkind: y\n', 'data:\n  b: "" # later\nkind: y\n'],
    ['nothing behind the key', 'data:\nkind: y\n', 'data:\n  b: ""\nkind: y\n'],
    ['nothing behind the key but a comment', 'data: # later\nkind: y\n', 'data: # later\n  b: ""\nkind: y\n'],
    ['nothing behind the key at the end', 'kind: y\ndata:', 'kind: y\ndata:\n  b: ""'],
    ['no such key', 'kind: y\n', 'kind: y\ndata:\n  b: ""\n'],
    ['no such key, and four spaces', 'spec:\n    a: 1\n', 'spec:\n    a: 1\ndata:\n    b: ""\n'],
  ])('%s', (_, before, after) => {
    expect(inserted(before, ['data'], entry('b'))).toBe(after);
  });

  it('makes every map on the way that is missing', () => {
    expect(inserted('spec:\n  a: 1\n', ['spec', 'template', 'metadata', 'labels'], entry('app', 'web'))).toBe(
      'spec:\n  a: 1\n  template:\n    metadata:\n      labels:\n        app: web\n',
    );
    expect(inserted('spec: { a: 1 }\n', ['spec', 'template', 'labels'], entry('app', 'web'))).toBe(
      'spec: { a: 1, template: { labels: { app: web } } }\n',
    );
  });

  it('stays on one line inside of a flow map', () => {
    expect(inserted('x: { data: {} }\n', ['x', 'data'], entry('b'))).toBe('x: { data: { b: "" } }\n');
  });

  it('quotes a key that is not a string by itself', () => {
    expect(inserted('data:\n  a: x\n', ['data'], entry('on'))).toBe('data:\n  a: x\n  "on": ""\n');
    expect(inserted('data: { a: x }\n', ['data'], entry('a, b'))).toBe('data: { a: x, "a, b": "" }\n');
  });

  it('goes to the item of a list', () => {
    expect(inserted('- a: 1\n- b: 2\n', [1], entry('c', '3'))).toBe('- a: 1\n- b: 2\n  c: 3\n');
    expect(inserted('x:\n  - a: 1\n  - b: 2\n', ['x', 0], entry('c', '3'))).toBe('x:\n  - a: 1\n    c: 3\n  - b: 2\n');
  });

  it('fills a key that is there without a value', () => {
    expect(inserted('data:\n  b:\n', ['data'], entry('b', 'x'))).toBe('data:\n  b: x\n');
  });

  it.each([
    ['the key is there', 'data:\n  b: x\n', ['data']],
    ['a text stands in the way', 'data: text\n', ['data']],
    ['a list stands in the way', 'data: [1]\n', ['data']],
    ['an index leads nowhere', 'data: [1]\n', ['data', 5, 'x']],
    ['a text stands on the way', 'spec: text\n', ['spec', 'data']],
  ] as const)('is not possible where %s', (_, text, path) => {
    expect(insertAt(text, parseYaml(text).root, path, entry('b'))).toBeUndefined();
  });

  it('goes to the map that an alias stands for', () => {
    expect(inserted('base: &base\n  a: 1\ndata: *base\n', ['data'], entry('b', '2'))).toBe(
      'base: &base\n  a: 1\n  b: 2\ndata: *base\n',
    );
  });
});

describe('adding an item to a list', () => {
  it.each([
    ['an indented list', 'volumes:\n  - name: a\n', 'volumes:\n  - name: a\n  - name: cache\n    emptyDir: {}\n'],
    [
      'a list without indentation',
      'volumes:\n- name: a\nkind: y\n',
      'volumes:\n- name: a\n- name: cache\n  emptyDir: {}\nkind: y\n',
    ],
    ['four spaces', 'volumes:\n    - name: a\n', 'volumes:\n    - name: a\n    - name: cache\n      emptyDir: {}\n'],
    [
      'CRLF',
      'volumes:\r\n  - name: a\r\nkind: y\r\n',
      'volumes:\r\n  - name: a\r\n  - name: cache\r\n    emptyDir: {}\r\nkind: y\r\n',
    ],
    ['no break at the end', 'volumes:\n  - name: a', 'volumes:\n  - name: a\n  - name: cache\n    emptyDir: {}'],
    [
      'a nested last item',
      'volumes:\n  - name: a\n    configMap:\n      items:\n        - key: x\n          path: y\n',
      'volumes:\n  - name: a\n    configMap:\n      items:\n        - key: x\n          path: y\n  - name: cache\n    emptyDir: {}\n',
    ],
    [
      'a comment behind the last item',
      'volumes:\n  - name: a # first\nkind: y\n',
      'volumes:\n  - name: a # first\n  - name: cache\n    emptyDir: {}\nkind: y\n',
    ],
    [
      'a block scalar in the last item',
      'volumes:\n  - |\n    x\nkind: y\n',
      'volumes:\n  - |\n    x\n  - name: cache\n    emptyDir: {}\nkind: y\n',
    ],
    ['a flow list', 'volumes: [{ name: a }]\n', 'volumes: [{ name: a }, { name: cache, emptyDir: {} }]\n'],
    ['an empty list', 'volumes: []\nkind: y\n', 'volumes:\n  - name: cache\n    emptyDir: {}\nkind: y\n'],
    ['nothing behind the key', 'volumes:\nkind: y\n', 'volumes:\n  - name: cache\n    emptyDir: {}\nkind: y\n'],
    ['no such key', 'kind: y\n', 'kind: y\nvolumes:\n  - name: cache\n    emptyDir: {}\n'],
    ['no such key, and lists without indentation', 'a:\n- 1\n', 'a:\n- 1\nvolumes:\n- name: cache\n  emptyDir: {}\n'],
    [
      'an empty last item',
      'volumes:\n  - name: a\n  -\nkind: y\n',
      'volumes:\n  - name: a\n  -\n  - name: cache\n    emptyDir: {}\nkind: y\n',
    ],
  ])('%s', (_, before, after) => {
    expect(inserted(before, ['volumes'], volume)).toBe(after);
  });

  it('is not possible where a map or a text is', () => {
    for (const text of ['volumes: {}\n', 'volumes: x\n', 'volumes:\n  a: b\n'])
      expect(insertAt(text, parseYaml(text).root, ['volumes'], volume)).toBeUndefined();
  });
});

describe('layoutOf', () => {
  it.each([
    ['a:\n  b: 1\n', 2, 2],
    ['a:\n    b: 1\n    c:\n    - x\n', 4, 0],
    ['a:\n- x\n', 2, 0],
    ['a:\n  - x\n', 2, 2],
    ['a: 1\n', 2, 2],
    ['a: { b: { c: 1 } }\n', 2, 2],
  ])('%j', (text, step, dash) => {
    expect(layoutOf(text, parseYaml(text).root)).toEqual({ step, dash, newline: '\n' });
  });

  it('sees CRLF', () => expect(layoutOf('a:\r\n  b: 1\r\n', undefined).newline).toBe('\r\n'));
});

describe('quoting', () => {
  it.each(['web', 'my-app', 'a.b/c', 'v1.2.3', '100m', '2001-01-01', 'tRue', 'a:b', 'über', '$(VAR)'])(
    'leaves %j as it is',
    (text) => {
      expect(plainSafe(text)).toBe(text);
    },
  );

  it.each([
    '',
    'yes',
    'off',
    '1',
    '1.5',
    '0x1F',
    'null',
    '~',
    '- a',
    '-',
    '---',
    'a: b',
    'a #b',
    ' a',
    'a ',
    '*a',
    '&a',
    '@a',
    '{a',
    '[a',
    'a,b',
    '"a"',
    "'a'",
    '%a',
    '!a',
    '|',
    '>',
    'a\nb',
    '`a',
    '?',
    '? a',
    '<<',
    '=',
    '.inf',
  ])('quotes %j where a plain one would be read as something else', (text) => {
    const written = plainSafe(text);
    const read = (document: string, ...path: Path) => {
      const { root, problems } = parseYaml(document);
      expect(problems, document).toEqual([]);
      return nodeAt(root, path);
    };
    expect(textAt(read(`a: ${written}\n`, 'a'))).toBe(text);
    expect(textAt(read(`a: [${written}, x]\n`, 'a', 0))).toBe(text);
    const map = read(`a:\n  ${written}: x\n`, 'a');
    expect(map?.type === 'map' && map.pairs[0]?.key.value).toBe(text);
  });

  it('keeps the quotes that were there', () => {
    const node = (style: ScalarNode['style']): ScalarNode => ({ type: 'scalar', value: 'x', style, start: 0, end: 1 });
    expect(scalarLike(node('single'), "it's")).toBe("'it''s'");
    expect(scalarLike(node('double'), 'a"b\\')).toBe('"a\\"b\\\\"');
    expect(scalarLike(node('plain'), 'web')).toBe('web');
    expect(scalarLike(node('plain'), 'on')).toBe('"on"');
  });
});
