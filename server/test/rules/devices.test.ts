import { describe, expect, it } from 'vitest';
import { type Case, gone, judged, Manifests } from './bent.ts';

const slice = (name: string, rest: string): string => `
---
apiVersion: resource.k8s.io/v1
kind: ResourceSlice
metadata: {name: ${name}}
spec:
  driver: gpu.example.com
  pool: {name: pool, generation: 1, resourceSliceCount: 2}
  ${rest}
`;

const manifests = new Manifests(`
apiVersion: resource.k8s.io/v1
kind: ResourceClaim
metadata: {name: claim}
spec:
  devices:
    requests:
      - name: one
        exactly: {deviceClassName: gpu.example.com, allocationMode: ExactCount, count: 2, tolerations: [{key: example.com/slow, operator: Equal, value: a}]}
${slice(
  'shared',
  `nodeName: node-1
  devices:
    - name: gpu-0
      allowMultipleAllocations: true
      attributes: {model: {string: a}, gpu.example.com/driver: {version: 1.2.3}, sizes: {ints: [1]}}
      capacity:
        memory: {value: 10Gi, requestPolicy: {default: 2Gi, validRange: {min: 1Gi, max: 10Gi, step: 1Gi}}}
        slots: {value: "4", requestPolicy: {default: "1", validValues: ["1", "2"]}}
      consumesCounters: [{counterSet: set, counters: {memory: {value: 1Gi}}}]
      bindingConditions: [example.com/ready]
      bindingFailureConditions: [example.com/failed]`,
)}
${slice('counters', 'allNodes: true\n  sharedCounters: [{name: set, counters: {memory: {value: 40Gi}}}]')}
${slice('each', 'perDeviceNodeSelection: true\n  devices: [{name: a, nodeName: node-1}, {name: b, allNodes: true}]')}
`);

it.each(manifests.names)('a sound %s has no error', (name) => expect(judged(manifests.text(name))).toEqual([]));

const device = 'spec.devices.0';
const policy = `${device}.capacity.memory.requestPolicy`;

const cases: readonly Case[] = [
  ['ResourceClaim', 'spec.devices.requests.0.exactly.count', 0, ''],
  ['ResourceClaim', 'spec.devices.requests.0.exactly.tolerations.0.key', gone, ''],
  ['ResourceSlice shared', 'spec.nodeName', '', 'invalid-device ""'],
  [
    'ResourceSlice shared',
    'spec.sharedCounters',
    [{ name: 'a', counters: { b: { value: 1 } } }],
    'invalid-device sharedCounters',
  ],
  ['ResourceSlice shared', `${device}.nodeName`, 'node-1', 'invalid-device nodeName'],
  ['ResourceSlice shared', `${device}.attributes.a/b/c`, { int: 1 }, 'invalid-device a/b/c'],
  ['ResourceSlice shared', `${device}.attributes.x-y`, { int: 1 }, 'invalid-device x-y'],
  ['ResourceSlice shared', `${device}.attributes.sizes.ints`, [], 'invalid-device ints'],
  ['ResourceSlice shared', `${device}.attributes.sizes`, { versions: ['1'] }, 'invalid-device "1"'],
  ['ResourceSlice shared', `${device}.allowMultipleAllocations`, false, 'invalid-device requestPolicy'],
  ['ResourceSlice shared', `${policy}.default`, gone, 'invalid-device requestPolicy'],
  ['ResourceSlice shared', `${policy}.default`, '512Mi', 'invalid-device 512Mi'],
  ['ResourceSlice shared', `${policy}.default`, '1536Mi', 'invalid-device 1536Mi'],
  ['ResourceSlice shared', `${policy}.validRange.max`, '20Gi', 'invalid-device 20Gi'],
  ['ResourceSlice shared', `${policy}.validRange.step`, '0', 'invalid-device "0"'],
  ['ResourceSlice shared', `${policy}.validValues`, ['2Gi'], 'invalid-device validRange'],
  ['ResourceSlice shared', `${device}.capacity.slots.requestPolicy.default`, '3', 'invalid-device "3"'],
  ['ResourceSlice shared', `${device}.capacity.slots.requestPolicy.validValues`, ['2', '1'], 'invalid-device "1"'],
  ['ResourceSlice shared', `${device}.consumesCounters.0.counters`, {}, 'invalid-device counters'],
  ['ResourceSlice shared', `${device}.consumesCounters.0.counterSet`, 'A b', 'invalid-device A b'],
  ['ResourceSlice shared', `${device}.bindingConditions`, gone, 'invalid-device name'],
  [
    'ResourceSlice shared',
    `${device}.bindingFailureConditions`,
    ['example.com/ready'],
    'invalid-device example.com/ready',
  ],
  ['ResourceSlice counters', 'spec.allNodes', false, 'invalid-device false'],
  ['ResourceSlice counters', 'spec.sharedCounters.0.counters', { 'A b': { value: 1 } }, 'invalid-device A b'],
  ['ResourceSlice each', 'spec.devices.1.allNodes', gone, 'invalid-device name'],
  ['ResourceSlice each', 'spec.devices.1.nodeName', 'node-2', 'invalid-device allNodes'],
];

describe('what the API server refuses of devices', () => {
  it.each(cases)('%s %s: %j', (...one) => expect(manifests.found(one)).toEqual(one[3] === '' ? [] : one[3]));
});
