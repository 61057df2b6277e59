import { expect, it } from 'vitest';
import { countIndexes } from '../../src/kubernetes/job-indexes.ts';

it('counts the indexes of a list of intervals', () => {
  expect(countIndexes('', 10)).toBe(0);
  expect(countIndexes('0', 10)).toBe(1);
  expect(countIndexes('1,3-5,9', 10)).toBe(5);
});

it.each([
  ['10', 'has 10'],
  ['3-2', 'must rise'],
  ['3-3', 'must rise'],
  ['5,3', 'must rise'],
  ['1-2-3', 'first-last'],
  ['a', 'no index'],
  ['1,', 'no index'],
  ['1, 2', 'no index'],
])('says what is wrong with %s', (text, fault) => {
  expect(countIndexes(text, 10)).toContain(fault);
});
