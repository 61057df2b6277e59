import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unifiedDiff } from '../../src/base/line-diff.ts';

const diff = (before: string, after: string): string => unifiedDiff([...before], [...after], ['a', 'b']);

it('shows what changed with three lines around', () => {
  expect(diff('abcdefghij', 'abcdXfghij')).toBe('--- a\n+++ b\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+X\n f\n g\n h\n');
});

it('is empty where nothing did', () => expect(diff('abc', 'abc')).toBe(''));

it('keeps far changes apart and near ones together', () => {
  expect(diff('1abcdefgh2', 'abcdefgh').match(/^@@/gm)).toHaveLength(2);
  expect(diff('1abcdef2', 'abcdef').match(/^@@/gm)).toHaveLength(1);
});

it('counts from 0 where a side has no line', () => {
  expect(diff('', 'ab')).toBe('--- a\n+++ b\n@@ -0,0 +1,2 @@\n+a\n+b\n');
});

it('leads from one text to the other', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const hunks = unifiedDiff(before, after, ['a', 'b']).split('\n').slice(2, -1);
      const result: string[] = [];
      let at = 0;
      for (const line of hunks) {
        const head = /^@@ -(\d+),(\d+) /.exec(line);
        if (head) {
          const start = Number(head[1]) - (head[2] === '0' ? 0 : 1);
          result.push(...before.slice(at, start));
          at = start;
        } else {
          if (!line.startsWith('+')) expect(before[at++]).toBe(line.slice(1));
          if (!line.startsWith('-')) result.push(line.slice(1));
        }
      }
      expect([...result, ...before.slice(at)]).toEqual(after);
    }),
  );
});
