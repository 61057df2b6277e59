import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultSettings, parseKubernetesVersion, parseSettings } from '../../src/host/settings.ts';

test('nothing means the defaults', () => {
  for (const nothing of [undefined, null, {}, { kubernetesVersion: null, rules: null }, { kubernetesVersion: '' }]) {
    expect(parseSettings(nothing)).toEqual({ settings: defaultSettings, problems: [] });
  }
  expect(defaultSettings.kubernetesVersion).toBe('1.36');
});

test('takes what it knows and leaves the rest to the editor', () => {
  const json = {
    kubernetesVersion: 'v1.29.3',
    rules: { 'unknown-field': 'off', 'x-y': 'hint' },
    trace: { server: 'off' },
  };
  expect(parseSettings(json)).toEqual({
    settings: { ...defaultSettings, kubernetesVersion: '1.29', rules: { 'unknown-field': 'off', 'x-y': 'hint' } },
    problems: [],
  });
});

test('names what it does not understand and keeps the rest', () => {
  const json = { kubernetesVersion: 1.3, rules: { a: 'fatal', b: 'error', c: null, d: { x: 1 }, e: ['off'] } };
  expect(parseSettings(json)).toEqual({
    settings: { ...defaultSettings, rules: { b: 'error' } },
    problems: [
      'podwire.kubernetesVersion: expected a string such as "1.36", not 1.3',
      'podwire.rules.a: expected error, warning, information, hint, off, not "fatal"',
      'podwire.rules.d: expected error, warning, information, hint, off, not an object',
      'podwire.rules.e: expected error, warning, information, hint, off, not a list',
    ],
  });
  expect(parseSettings({ rules: ['off'] }).problems).toEqual([
    'podwire.rules: expected an object of severities by rule, not a list',
  ]);
  expect(parseSettings('1.36').problems).toEqual(['podwire: expected an object']);
});

test('reads which lenses and hints are switched off', () => {
  const { settings, problems } = parseSettings({ codeLens: { podPresets: false, x: 1 }, inlayHints: ['no'] });
  expect(settings).toMatchObject({ codeLens: { podPresets: false }, inlayHints: {} });
  expect(problems).toEqual([
    'podwire.codeLens.x: expected true or false, not 1',
    'podwire.inlayHints: expected an object of switches, not a list',
  ]);
});

test('never throws, and always gives complete settings', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (kubernetesVersion, rules) => {
      const { settings } = parseSettings({ kubernetesVersion, rules });
      expect(settings.kubernetesVersion).toMatch(/^\d+\.\d+$/);
      expect(settings.rules).toBeTypeOf('object');
    }),
  );
});

test('Kubernetes versions', () => {
  expect(['1.36', ' v1.19 ', '1.30.1', '1.28.5-gke.100'].map(parseKubernetesVersion)).toEqual([
    { version: '1.36' },
    { version: '1.19' },
    { version: '1.30' },
    { version: '1.28' },
  ]);
  expect(['', '1', '1.x', 'latest', '1.36.', '-1.2', '2.1'].map(parseKubernetesVersion)).toEqual(
    Array(7).fill(undefined),
  );
});

test('a release that is not known stands for the nearest, and is named', () => {
  const problem = 'Podwire knows Kubernetes 1.16 to 1.36, not';
  expect(parseKubernetesVersion('1.40')).toEqual({ version: '1.36', problem: `${problem} 1.40` });
  expect(parseKubernetesVersion('v1.9.11')).toEqual({ version: '1.16', problem: `${problem} 1.9` });
  expect(parseSettings({ kubernetesVersion: '1.15' })).toEqual({
    settings: { ...defaultSettings, kubernetesVersion: '1.16' },
    problems: [`podwire.kubernetesVersion: ${problem} 1.15; the manifests are judged as for 1.16`],
  });
});
