import { expect, it } from 'vitest';
import { applyFix, checkDiagnostics, open, parseFixture } from '../fixture.ts';

const codesOf = (text: string): string[] => {
  const { snapshot } = open(parseFixture(text));
  return snapshot.files().flatMap((uri) => snapshot.diagnostics(uri).map(({ code, message }) => `${code}: ${message}`));
};

it.each(['ConfigMap', 'Secret'])('a %s has no more than 1 MiB', (kind) => {
  const field = kind === 'Secret' ? 'stringData' : 'data';
  const manifest = (length: number): string =>
    `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: big\n${field}:\n  k: ${'x'.repeat(length)}\n`;
  expect(codesOf(manifest(2 ** 20 - 1))).toEqual([]);
  expect(codesOf(manifest(2 ** 20 + 1))).toEqual([expect.stringMatching(/^invalid-config-data: .*1 MiB/)]);
});

it('a value that is not base64 is in no message, and can be encoded or moved', () => {
  const text = (rest: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: login\ndata:\n  user: YWRtaW4=\n  password: hunter$02!# for now\n${rest}`;
  const found = codesOf(text('').replace('$0', ''));
  expect(found).toEqual([expect.stringMatching(/^not-base64: /)]);
  expect(found.join()).not.toContain('hunter');
  expect(applyFix(text(''), 'Encode the value of "password"')).toContain('  password: aHVudGVyMiEjIGZvciBub3c=\n');
  expect(applyFix(text('stringData:\n  host: db\n'), 'Move "password" to stringData')).toBe(
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: login\ndata:\n  user: YWRtaW4=\nstringData:\n  host: db\n  password: hunter2!# for now\n',
  );
});

it('marks a key that stands in both data and binaryData, and links the other', () => {
  checkDiagnostics(`apiVersion: v1
kind: ConfigMap
metadata:
  name: both
data:
  a: text
binaryData:
  a: dGV4dA==
# ^ error invalid-config-data
`);
});
