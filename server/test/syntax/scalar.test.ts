import { describe, expect, it } from 'vitest';
import { booleanValue, integerValue, plainType, type ScalarType, scalarType } from '../../src/syntax/scalar.ts';
import type { ScalarNode } from '../../src/syntax/tree.ts';

const scalar = (value: string, style: ScalarNode['style'] = 'plain'): ScalarNode => ({
  type: 'scalar',
  value,
  style,
  start: 0,
  end: value.length,
});

/** Every example was tried on real API servers (1.36 and 1.19), through kubectl, where a string is due. */
const types: readonly (readonly [ScalarType | 'number or integer', string])[] = [
  ['boolean', 'yes no on off y n Y N Yes YES No NO On ON Off OFF true True TRUE false False FALSE'],
  ['string', 'yEs tRue nO oFF fAlse'],
  ['number or integer', '0644 0o644 1_000 1__0 0x1F 0b11 1e3 1.5 .5 1. 0888 08 007 +1 -1 -0'],
  ['unrepresentable', '.inf -.inf .nan'],
  ['null', 'null ~ Null NULL'],
  ['string', '2001-01-01 2001-12-14T21:59:43Z 12:30:45 1:20 0x 0o8 1e 1,000 1.2.3 v1 100m 1Gi ='],
  ['string', '- + . _1 0b2 0xG 1e+ --1 +-1 .e1 127.0.0.1 1-2 nulL nan inf'],
];

describe('the type of a plain scalar', () => {
  for (const [type, examples] of types) {
    it.each(examples.split(' '))(`${type}: %s`, (text) => {
      if (type === 'number or integer') expect(['number', 'integer']).toContain(plainType(text));
      else expect(plainType(text)).toBe(type);
    });
  }

  it('of nothing at all is null', () => expect(plainType('')).toBe('null'));

  it.each(['single', 'double', 'block'] as const)('in %s style is string whatever it says', (style) => {
    for (const text of ['yes', '1', '', 'null', '.inf']) expect(scalarType(scalar(text, style))).toBe('string');
  });
});

describe('where an integer is due', () => {
  it.each([
    ['0644', 420],
    ['0o17', 15],
    ['1_0', 10],
    ['0x10', 16],
    ['0b11', 3],
    ['+3', 3],
    ['-1', -1],
    ['0', 0],
    ['-0', -0],
  ])('%s is %d', (text, value) => {
    expect(plainType(text)).toBe('integer');
    expect(integerValue(text)).toBe(value);
  });

  it.each([
    ['0888', 888],
    ['08', 8],
  ])('%s, which is no octal, is %d', (text, value) => {
    expect(plainType(text)).toBe('integer');
    expect(integerValue(text)).toBe(value);
  });

  it.each([['1e1'], ['1.0'], ['1.'], ['1_0.0']])('%s is a whole number and taken', (text) =>
    expect(plainType(text)).toBe('integer'),
  );

  it.each([['1.5'], ['.5'], ['1e-1']])('%s is refused', (text) => expect(plainType(text)).toBe('number'));

  it.each([['x'], [''], ['-'], ['0x'], ['1.5'], ['1e1'], ['_1'], ['--1']])('%s has no integer value', (text) =>
    expect(integerValue(text)).toBeUndefined(),
  );
});

describe('booleans', () => {
  it.each([
    ['yes', true],
    ['Y', true],
    ['on', true],
    ['TRUE', true],
    ['no', false],
    ['n', false],
    ['Off', false],
    ['false', false],
  ])('%s is %s', (text, value) => {
    expect(booleanValue(scalar(text))).toBe(value);
  });

  it('are neither other words nor quoted ones', () => {
    expect(booleanValue(scalar('tRue'))).toBeUndefined();
    expect(booleanValue(scalar('1'))).toBeUndefined();
    expect(booleanValue(scalar('true', 'double'))).toBeUndefined();
    expect(booleanValue(undefined)).toBeUndefined();
  });
});
