import type { ScalarNode } from './tree.ts';

/**
 * How Kubernetes' decoder reads a plain scalar: YAML 1.1 as kubectl's parser has it (sigs.k8s.io/yaml over go-yaml),
 * with its own corners. Read off real API servers.
 */
export type ScalarType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'unrepresentable';

const booleans = new Set(
  ['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].concat([
    'true',
    'True',
    'TRUE',
    'false',
    'False',
    'FALSE',
  ]),
);
const truths = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE']);
const nulls = new Set(['', '~', 'null', 'Null', 'NULL']);

/** The type of a scalar as the decoder sees it; quoted and block scalars are always strings. */
export function scalarType(node: ScalarNode): ScalarType {
  return node.style === 'plain' ? plainType(node.value) : 'string';
}

/** The type of a plain scalar's text. */
export function plainType(text: string): ScalarType {
  if (nulls.has(text)) return 'null';
  const c = text.charCodeAt(0);
  const startsLikeNumber = (c >= 48 && c <= 57) || c === 43 || c === 45 || c === 46;
  if (!startsLikeNumber) return booleans.has(text) ? 'boolean' : 'string';
  if (integerValue(text) !== undefined) return 'integer';
  if (/^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/.test(text)) return 'unrepresentable';
  const number = text.replaceAll('_', '');
  if (/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(number) && /\d/.test(text)) {
    return Number.isInteger(Number(number)) ? 'integer' : 'number';
  }
  return 'string';
}

/** The value of a plain integer (`0644` is octal, `0x10` hexadecimal, `1_0` ten), undefined for any other text. */
export function integerValue(text: string): number | undefined {
  const match = /^([-+]?)(.+)$/.exec(text);
  if (!match) return undefined;
  const sign = match[1] === '-' ? -1 : 1;
  const digits = (match[2] ?? '').replaceAll('_', '');
  if (!/^\d/.test(match[2] ?? '')) return undefined;
  if (/^0b[01]+$/.test(digits)) return sign * Number.parseInt(digits.slice(2), 2);
  if (/^0x[0-9a-fA-F]+$/.test(digits)) return sign * Number.parseInt(digits.slice(2), 16);
  if (/^0o[0-7]+$/.test(digits)) return sign * Number.parseInt(digits.slice(2), 8);
  if (/^0[0-7]+$/.test(digits)) return sign * Number.parseInt(digits, 8);
  if (/^\d+$/.test(digits)) return sign * Number.parseInt(digits, 10);
  return undefined;
}

/** True or false for the decoder's booleans, undefined for anything else. */
export function booleanValue(node: ScalarNode | undefined): boolean | undefined {
  if (node?.style !== 'plain' || !booleans.has(node.value)) return undefined;
  return truthOf(node.value);
}

/** What one of the decoder's booleans says. */
export const truthOf = (text: string): boolean => truths.has(text);
