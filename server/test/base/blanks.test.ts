import { expect, test } from 'vitest';
import { blank, emptyBlank, withBlanks } from '../../src/base/blanks.ts';

const span = { start: 3, end: 3 };

test('an edit says where its blanks are, and its text has no marks', () => {
  expect(withBlanks({ span, newText: `a: ${emptyBlank}\nb: ${blank('1Gi')}\n` })).toEqual({
    span,
    newText: 'a: ""\nb: 1Gi\n',
    blanks: [
      { start: 4, end: 4 },
      { start: 9, end: 12 },
    ],
  });
});

test('an edit without any stays as it is', () => {
  const edit = { span, newText: 'a: b\n' };
  expect(withBlanks(edit)).toBe(edit);
});
