import { expect, it } from 'vitest';
import { parseYaml } from '../../src/syntax/parse.ts';
import { removeEntry } from '../../src/syntax/remove.ts';
import { nodeAt, type Path } from '../../src/syntax/tree.ts';

function without(text: string, path: Path, key: string): string | undefined {
  const map = nodeAt(parseYaml(text).root, path);
  if (map?.type !== 'map') throw new Error('no map there');
  const edit = removeEntry(text, map, key);
  return edit && text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end);
}

it('takes an entry out with its lines, its comment and all that is below it', () => {
  const text = 'a:\n  b: 1 # one\n  c:\n    - d\n    - e: |\n        f\n\n  # of g\n  g: 2\n';
  expect(without(text, ['a'], 'b')).toBe('a:\n  c:\n    - d\n    - e: |\n        f\n\n  # of g\n  g: 2\n');
  expect(without(text, ['a'], 'c')).toContain('b: 1 # one\n');
  expect(parseYaml(without(text, ['a'], 'c') ?? '').problems).toEqual([]);
  expect(without(text, ['a'], 'g')).toBe(text.replace('  g: 2\n', ''));
});

it('leaves the dash of an item to the entry that is next', () => {
  expect(without('- a: 1\n  b: 2\n', [0], 'a')).toBe('- b: 2\n');
  expect(without('- a: 1 # why\n  b: 2\n', [0], 'a')).toBeUndefined();
});

it('takes an entry of a flow map out with its comma', () => {
  expect(without('{a: 1, b: [2], c: 3}', [], 'a')).toBe('{b: [2], c: 3}');
  expect(without('{a: 1, b: [2], c: 3}', [], 'b')).toBe('{a: 1, c: 3}');
  expect(without('{a: 1, b: [2], c: 3}', [], 'c')).toBe('{a: 1, b: [2]}');
});

it('takes a last line without a line break, and a key with nothing behind it', () => {
  expect(without('a: 1\nb: 2', [], 'b')).toBe('a: 1');
  expect(without('a: 1\nb:\nc: 3\n', [], 'b')).toBe('a: 1\nc: 3\n');
});

it('leaves alone what would leave nothing behind, or is not there', () => {
  expect(without('a: 1\n', [], 'a')).toBeUndefined();
  expect(without('a: 1\nb: 2\n', [], 'c')).toBeUndefined();
});
