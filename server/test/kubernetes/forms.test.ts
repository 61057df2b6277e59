import { describe, expect, it } from 'vitest';
import * as forms from '../../src/kubernetes/forms.ts';

const cases: readonly [forms.Form, readonly string[], readonly string[]][] = [
  [forms.dns1123Label, ['a', 'a-b', '1a', 'a'.repeat(63)], ['', 'A', '-a', 'a-', 'a.b', 'a_b', 'a'.repeat(64)]],
  [
    forms.dns1123Subdomain,
    ['a', 'a.b', '1.2', 'a'.repeat(253)],
    ['', 'A.b', 'a..b', '.a', 'a.', 'a.-b', 'a'.repeat(254)],
  ],
  [forms.dns1035Label, ['a', 'a1-b'], ['', '1a', 'a-', 'A', 'a.b']],
  [forms.wildcardSubdomain, ['*.a', '*.a.b'], ['*', '*.', 'a.b', '*.*.a', '*a.b', '*.A']],
  [
    forms.qualifiedName,
    ['a', 'A_b.c-D', 'a.b/c', 'x'.repeat(63)],
    ['', '/a', 'a/', 'a/b/c', 'A.b/c', '-a', 'x'.repeat(64)],
  ],
  [forms.labelValue, ['', 'a', 'A_b.c-D', '1'], ['-a', 'a-', 'a b', 'ä', 'x'.repeat(64)]],
  [forms.ianaServiceName, ['http', 'a1', 'x-1'], ['', '80', 'a--b', '-a', 'a-', 'HTTP', 'a_b', 'sixteen-letters-']],
  [forms.configMapKey, ['a', 'A.b_c-d', '.a', '1'], ['', '.', '..', '..a', 'a/b', 'a b']],
  [forms.pathSegmentName, ['a', 'system:node', 'A b', '...'], ['.', '..', 'a/b', '50%']],
  [forms.httpHeaderName, ['X-A', 'a1'], ['', 'a b', 'a:', 'ä']],
  [forms.domainPrefixedPath, ['a.b/c', 'a/b/c'], ['a', '/a', 'a/', 'A/b', 'a/b c']],
  [
    forms.ipAddress,
    ['10.0.0.1', '255.255.255.255', '::', '::1', '2001:db8::ffff', '1:2:3:4:5:6:7:8', '::ffff:10.0.0.1'],
    [
      '',
      '10.0.0',
      '10.0.0.256',
      '10.0.0.1/8',
      'a',
      ':::',
      '1::2::3',
      '1:2:3:4:5:6:7',
      '12345::',
      '::10.0.0.256',
      'fe80::1%eth0',
    ],
  ],
  [
    forms.cidr,
    ['10.0.0.0/8', '0.0.0.0/0', '::/0', '2001:db8::/64'],
    ['10.0.0.0', '10.0.0.0/33', '::/129', '10.0.0.0/08', '/8'],
  ],
];

describe.each(cases)('%o', (form, sound, faulty) => {
  it.each(sound)('takes %j', (text) => expect(form(text)).toBeUndefined());
  it.each(faulty)('refuses %j', (text) => expect(form(text)).toMatch(/^must \w/));
});

it('takes other names of variables in newer releases', () => {
  for (const name of ['1A', 'A B', 'a/b']) {
    expect(forms.envVarName(name, 36)).toBeUndefined();
    expect(forms.envVarName(name, 20)).toMatch(/^must/);
  }
  for (const release of [20, 36])
    for (const name of ['', 'a=b', 'ä']) expect(forms.envVarName(name, release)).toMatch(/^must/);
});

it('reads an address range', () => {
  expect(forms.parseCidr('10.1.0.0/16')).toEqual({ bits: 0x0a010000n, length: 16, size: 32 });
  expect(forms.parseCidr('::1:0/112')).toEqual({ bits: 65_536n, length: 112, size: 128 });
});
