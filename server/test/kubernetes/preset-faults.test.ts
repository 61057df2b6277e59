import { describe, expect, it } from 'vitest';
import { presetFaults } from '../../src/kubernetes/preset-faults.ts';
import { map, preset } from './values.ts';

const faults = (spec: string, name = 'a'): string[] => presetFaults(preset(name, spec)).map(({ message }) => message);

describe('a preset that the API server takes', () => {
  it.each([
    'env: [{ name: A, value: "1" }]',
    'env: []',
    'envFrom: [{ secretRef: { name: s } }]',
    'volumes: [{ name: v, emptyDir: {} }]\nvolumeMounts: [{ name: v, mountPath: /v }]',
    'selector: { matchExpressions: [{ key: app, operator: In, values: [a] }] }\nenv: [{ name: A }]',
  ])('%s', (spec) => expect(faults(spec)).toEqual([]));
});

describe('a preset that the API server refuses', () => {
  it.each([
    ['selector: { matchLabels: { app: web } }', 'it brings neither env, envFrom, volumes nor volumeMounts'],
    ['volumeMounts: [{ name: v, mountPath: /v }]', 'it mounts the volume "v" and doesn\'t bring it'],
    ['env: [{ name: PORT, value: 1 }]', 'value is no string'],
    ['env: [{ name: 1A, value: "1" }]', /^name: "1A" is no valid name of/],
    ['env: [{ value: "1" }]', 'name is missing'],
    ['env: [{ name: A, valueFrom: {} }]', 'valueFrom has no source'],
    [
      'env: [{ name: A, value: x, valueFrom: { fieldRef: { fieldPath: metadata.name } } }]',
      'a variable has either a value or a valueFrom',
    ],
    ['env: [{ name: A, valueFrom: { secretKeyRef: { name: s } } }]', 'secretKeyRef.key is missing'],
    ['envFrom: [{ prefix: X_ }]', 'envFrom has no source'],
    ['volumes: [{ name: v, emptyDir: {}, secret: { secretName: s } }]', 'the volume "v" has more than one source'],
    ['volumes: [{ name: v }, { name: v }]', 'the volume "v" stands twice'],
    ['volumes: [{ name: V }]', /^name: "V" is no valid name/],
    [
      'volumes: [{ name: v }, { name: w }]\nvolumeMounts: [{ name: v, mountPath: /m }, { name: w, mountPath: /m }]',
      '/m is mounted twice',
    ],
    ['selector: { matchExpressions: [{ key: app, operator: In }] }\nenv: []', 'In needs values'],
    [
      'selector: { matchExpressions: [{ key: app, operator: Is }] }\nenv: []',
      '"Is" is no operator of a label selector',
    ],
    ['selector: { matchLabels: { app: true } }\nenv: []', 'the label app is no string'],
  ])('%s', (spec, message) =>
    expect(faults(spec)).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)]),
  );

  it('for its name', () => expect(faults('env: []', 'Not-Lower')).toHaveLength(1));
});

it("the webhook's is checked by its schema alone", () => {
  const mounts = { ...preset('a', 'selector: {}\nvolumeMounts: [{ name: v, mountPath: /v }]'), by: 'webhook' as const };
  expect(presetFaults(mounts)).toEqual([]);
  const value = map('metadata: { name: a }\nspec: { env: [] }');
  expect(presetFaults({ name: 'a', by: 'webhook', value }).map(({ message }) => message)).toEqual([
    'it has no selector',
  ]);
});
