import { expect, it } from 'vitest';
import { compareQuantities, isInteger, parseQuantity } from '../../src/kubernetes/quantity.ts';

const nanos = (text: string): bigint | undefined => parseQuantity(text)?.nanos;
const one = 1_000_000_000n;

it.each([
  ['0', 0n],
  ['1', one],
  ['+1', one],
  ['-1', -one],
  ['.5', one / 2n],
  ['5.', 5n * one],
  ['100m', one / 10n],
  ['1u', 1000n],
  ['1n', 1n],
  ['0.1n', 1n],
  [' 1 ', one],
  ['1k', 1000n * one],
  ['1Ki', 1024n * one],
  ['1.5Gi', 1536n * 1024n * 1024n * one],
  ['0.5Ki', 512n * one],
  ['1e3', 1000n * one],
  ['1E3', 1000n * one],
  ['1e-3', one / 1000n],
  ['1E', 10n ** 18n * one],
])('%s is %s billionths', (text, wanted) => expect(nanos(text)).toBe(wanted));

it.each([
  '',
  '.',
  'm',
  '1 Gi',
  '128MB',
  '1GB',
  '100 m',
  '1e',
  '1K',
  '1mi',
  '0x10',
  '1_000',
  '1.2.3',
  'Gi1',
  '--1',
  'ten',
])('%j is none', (text) => expect(nanos(text)).toBeUndefined());

it('compares across suffixes', () => {
  const compare = (a: string, b: string): number => {
    const [left, right] = [parseQuantity(a), parseQuantity(b)];
    if (!left || !right) throw new Error('no quantity');
    return compareQuantities(left, right);
  };
  expect(compare('1000m', '1')).toBe(0);
  expect(compare('1Gi', '1G')).toBe(1);
  expect(compare('-1', '0')).toBe(-1);
});

it('knows whole numbers', () => {
  for (const [text, whole] of [
    ['1', true],
    ['2000m', true],
    ['1500m', false],
    ['0.5Ki', true],
  ] as const) {
    const quantity = parseQuantity(text);
    expect(quantity && isInteger(quantity)).toBe(whole);
  }
});

it('is quick with hostile digits', () => {
  expect(nanos('9'.repeat(100_000))).toBeUndefined();
  expect(nanos('1e999999999')).toBeUndefined();
});
