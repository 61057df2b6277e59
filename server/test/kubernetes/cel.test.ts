import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CelFault, celFieldName, isCelIdentifier, parseCel } from '../../src/kubernetes/cel.ts';

function celFault(text: string): CelFault | undefined {
  const read = parseCel(text);
  return read && 'fault' in read ? read.fault : undefined;
}

describe('expressions that can be read', () => {
  it.each([
    'true',
    'object.spec.replicas <= 5',
    'self.minReplicas <= self.replicas && self.replicas <= self.maxReplicas',
    "has(self.a) ? self.a : 'none'",
    '!has(object.metadata.labels) || !("env" in object.metadata.labels)',
    "self.hosts.all(h, h.endsWith('.example.com'))",
    'size(self.items) > 0 ? self.items[0].name == "a" : false',
    "object.metadata.namespace != 'kube-system'",
    'oldSelf == null || self == oldSelf',
    '[1, 2u, 0x1F, 1.5, 1e3, .5, -1].exists(x, x > 0)',
    "{'a': 1, 'b': 2,}['a'] == 1",
    'r"\\d+" + b"x" + """three " quotes"""',
    "self.matches(r'^[a-z]+$') // a comment",
    'Object{spec: Object.spec{replicas: 3}}',
    "[JSONPatch{op: 'add', path: '/metadata/labels/a', value: 'b'}]",
    'self.?spec.?size.orValue(0) > 1',
    'self[?"a"].hasValue()',
    "device.attributes['gpu.example.com'].model == 'a'",
    'object.spec.`x-y` == 1',
    '\n  variables.ok &&\n  true\n',
    '- -1 < 1',
    'quantity("1Gi").isGreaterThan(quantity("500Mi"))',
  ])('%s', (text) => expect(celFault(text)).toBeUndefined());
});

describe('expressions that cannot', () => {
  it.each([
    ['', 0, 'ends where a value is due'],
    ['Bogus value!', 6, 'has "value" where an operator is due'],
    ['object.spec.replicas <', 22, 'ends where a value is due'],
    ['a && && b', 5, 'has "&&" where a value is due'],
    ['has(self.a', 10, 'ends where ")" is due'],
    ["self.a == 'x", 10, 'has a quote that is not closed'],
    ['a = b', 2, 'can\'t have "=" here'],
    ['a ? b', 5, 'ends where ":" is due'],
    ['self..a', 5, 'has "." where the name of a field is due'],
    ['for', 0, 'can\'t have "for" as a name: the word is reserved'],
    ['f(a,)', 4, 'has ")" where a value is due'],
    ['{a 1}', 3, 'has "1" where ":" is due'],
  ])('%s', (text, at, message) => expect(celFault(text)).toMatchObject({ at, message }));
});

it('neither throws nor hangs, whatever it reads', () => {
  const piece = fc.constantFrom(
    'a',
    '1',
    '"',
    "'",
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '.',
    ',',
    '?',
    ':',
    '!',
    '-',
    ' in ',
    '&&',
    '\\',
    '`',
  );
  fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => void celFault(pieces.join(''))));
  expect(celFault('('.repeat(10_000))).toBeUndefined();
  expect(celFault(`${'!'.repeat(9000)}a`)).toBeUndefined();
});

it('knows what a variable can be called', () => {
  expect(['a', '_b1', 'C'].every(isCelIdentifier)).toBe(true);
  expect(['1a', 'a-b', 'in', 'true', ''].some(isCelIdentifier)).toBe(false);
});

it('knows what a property is called in expressions', () => {
  expect(['a', 'x-y', 'a.b/c', 'namespace', 'a__b'].map(celFieldName)).toEqual([
    'a',
    'x__dash__y',
    'a__dot__b__slash__c',
    '__namespace__',
    'a__underscores__b',
  ]);
  expect(['1a', 'ü', ''].map(celFieldName)).toEqual([undefined, undefined, undefined]);
});
