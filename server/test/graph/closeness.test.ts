import { describe, expect, it } from 'vitest';
import { distance, nearestBy } from '../../src/graph/closeness.ts';

describe('distance', () => {
  it.each([
    ['w/a.yaml', 'w/a.yaml', 0],
    ['w/a.yaml', 'w/b.yaml', 1],
    ['w/a.yaml', 'w/x/b.yaml', 2],
    ['w/x/a.yaml', 'w/b.yaml', 3],
    ['w/x/a.yaml', 'w/y/b.yaml', 4],
    ['w/x/a.yaml', 'w/x2/b.yaml', 4],
    ['w/a.yaml', 'w/x/y/b.yaml', 3],
  ])('%s, from %s, is %d away', (file, from, wanted) => expect(distance(file, from)).toBe(wanted));
});

it('nearestBy keeps every item of the nearest file, and all of a tie', () => {
  const near = (items: string[]) => nearestBy(items, 'w/x/a.yaml', (item) => item);
  expect(near(['w/b.yaml', 'w/x/b.yaml', 'w/x/a.yaml'])).toEqual(['w/x/a.yaml']);
  expect(near(['w/b.yaml', 'w/x/b.yaml', 'w/x/c.yaml'])).toEqual(['w/x/b.yaml', 'w/x/c.yaml']);
  expect(near(['w/q/b.yaml'])).toEqual(['w/q/b.yaml']);
  expect(near([])).toEqual([]);
});
