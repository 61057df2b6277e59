import { expect, it } from 'vitest';
import { Crashes } from '../../src/crashes.ts';

const minute = 60_000;

it('the fifth crash in three minutes is the last', () => {
  const crashes = new Crashes();
  expect([0, 1, 2, 3, 4].map((second) => crashes.mayRestart(second * 1000))).toEqual([true, true, true, true, false]);
});

it('crashes that are far apart never are', () => {
  const crashes = new Crashes();
  for (let i = 0; i < 20; i++) expect(crashes.mayRestart(i * minute)).toBe(true);
});

it('whoever starts the server by hand starts anew', () => {
  const crashes = new Crashes();
  for (let i = 0; i < 4; i++) crashes.mayRestart(i);
  crashes.forget();
  expect(crashes.mayRestart(5)).toBe(true);
});
