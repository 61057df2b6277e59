import { describe, expect, it } from 'vitest';
import { matches, requirementText, selectorText } from '../../src/kubernetes/label-selector.ts';
import type { Requirement } from '../../src/model/facts.ts';

const labels = new Map([
  ['app', { value: 'web' }],
  ['tier', { value: '' }],
]);
const one = (key: string, operator: string, ...values: string[]): Requirement => ({ key, operator, values });

describe('matches', () => {
  it.each([
    ['app in (web)', one('app', 'In', 'web'), true],
    ['app in (api, web)', one('app', 'In', 'api', 'web'), true],
    ['app in (api)', one('app', 'In', 'api'), false],
    ['app in nothing', one('app', 'In'), false],
    ['an absent key in (x)', one('env', 'In', 'x'), false],
    ['an empty value in ("")', one('tier', 'In', ''), true],
    ['app notin (api)', one('app', 'NotIn', 'api'), true],
    ['app notin (web)', one('app', 'NotIn', 'web'), false],
    ['an absent key notin (x)', one('env', 'NotIn', 'x'), true],
    ['app exists', one('app', 'Exists'), true],
    ['an empty value exists', one('tier', 'Exists'), true],
    ['an absent key exists', one('env', 'Exists'), false],
    ['an absent key does not', one('env', 'DoesNotExist'), true],
    ['app does not exist', one('app', 'DoesNotExist'), false],
    ['an unknown operator', one('app', 'Like', 'web'), false],
    ['an operator in the wrong case', one('app', 'in', 'web'), false],
  ])('%s', (_, requirement, wanted) => expect(matches(labels, [requirement])).toBe(wanted));

  it('takes all requirements together', () => {
    expect(matches(labels, [one('app', 'In', 'web'), one('env', 'DoesNotExist')])).toBe(true);
    expect(matches(labels, [one('app', 'In', 'web'), one('env', 'Exists')])).toBe(false);
  });

  it('matches everything where nothing is required', () => expect(matches(new Map(), [])).toBe(true));
});

it("writes requirements as kubectl's -l does", () => {
  const all = [
    one('app', 'In', 'web'),
    one('a', 'In', 'b', 'c'),
    one('d', 'NotIn', 'e'),
    one('f', 'Exists'),
    one('g', 'DoesNotExist'),
  ];
  expect(selectorText(all)).toBe('app=web, a in (b, c), d notin (e), f, !g');
  expect(requirementText(one('h', 'Like', 'i'))).toBe('h Like i');
});
