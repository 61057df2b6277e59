import { attributeName, dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge, known, quoted } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';
import { csiDriver } from '../storage/persistent-source.ts';
import { checkSlice } from './device-slice.ts';

export const invalidDevice: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['ResourceClaimSpec', 'DeviceClassSpec', 'ResourceSliceSpec'],
  id: 'invalid-device',
  severity: 'error',
  title: 'The request for devices, or what is said of them, contradicts itself',
  why: 'The API server refuses it: a request asks for exactly one thing or for the first of several, each of a class, with names of their own, which constraints and settings refer to.',
  remedy: 'Give each request a name and "exactly" or "firstAvailable", and name it in constraints and config.',
  mirrors: [
    'resource/validation validateDeviceClaim',
    'resource/validation validateDeviceRequest',
    'resource/validation validateDeviceAllocationMode',
    'resource/validation validateDeviceConstraint',
    'resource/validation validateDeviceConfiguration',
    'resource/validation validateDeviceClassSpec',
    'resource/validation validateResourceSliceSpec',
    'resource/validation validateDeviceAttribute',
    'resource/validation validateDeviceCounterConsumption',
    'resource/validation validateDeviceBindingParameters',
    'resource/validation validateRequestPolicy',
  ],
  bad: `apiVersion: resource.k8s.io/v1
kind: ResourceClaim
metadata:
  name: gpu
spec:
  devices:
    requests:
      - name: gpu
        exactly:
          deviceClassName: gpu.example.com
    constraints:
      - requests: [gpus]
#                  ^^^^ error invalid-device
        matchAttribute: gpu.example.com/model
`,
  good: `apiVersion: resource.k8s.io/v1
kind: ResourceClaim
metadata:
  name: gpu
spec:
  devices:
    requests:
      - name: gpu
        exactly:
          deviceClassName: gpu.example.com
    constraints:
      - requests: [gpu]
        matchAttribute: gpu.example.com/model
`,
  visit(visit, report) {
    const { value: spec, schema, kind } = visit;
    if (spec.unknown || !spec.map || schema.type !== 'object') return;
    const judge = new Judge(visit, report);
    // Before v1beta2, requests and devices had their fields one level higher.
    const flat = kind.version === 'v1beta1' || kind.version.startsWith('v1alpha');
    switch (schema.name) {
      case 'ResourceClaimSpec':
        checkClaim(judge, spec.get('devices'), flat);
        break;
      case 'DeviceClassSpec':
        checkSelectors(judge, spec.get('selectors'));
        for (const config of spec.get('config').items) checkConfig(judge, config);
        judge.form(
          spec.get('extendedResourceName'),
          (text) =>
            text.includes('/') && !text.includes('kubernetes.io/')
              ? qualifiedName(text)
              : 'must have a domain in front, such as example.com/gpu',
          { empty: true },
        );
        break;
      default:
        if (!flat) checkSlice(judge, spec, visit.model.release);
    }
  },
};

function checkClaim(judge: Judge, devices: Value, flat: boolean): void {
  if (devices.unknown) return;
  const requests = devices.get('requests');
  const names = new Set<string>();
  for (const request of requests.items) {
    const name = request.get('name');
    judge.form(name, dns1123Label);
    if (name.text) names.add(name.text);
    for (const part of request.get('firstAvailable').items)
      if (part.get('name').text) names.add(`${name.text ?? ''}/${part.get('name').text ?? ''}`);
    if (!request.unknown) checkRequest(judge, request, flat);
  }
  unique(judge, requests);
  const settled = !requests.unknown && requests.items.every((request) => !request.unknown && request.get('name').text);
  for (const constraint of devices.get('constraints').items) {
    checkNames(judge, constraint.get('requests'), names, settled);
    const [match, distinct] = [constraint.get('matchAttribute'), constraint.get('distinctAttribute')];
    if (match.absent && distinct.absent)
      judge.lacks(constraint, 'matchAttribute', 'A constraint needs "matchAttribute"');
    for (const attribute of [match, distinct]) judge.form(attribute, attributeName, { empty: true });
  }
  for (const config of devices.get('config').items) {
    checkNames(judge, config.get('requests'), names, settled);
    checkConfig(judge, config);
  }
}

const unique = (judge: Judge, list: Value): void =>
  judge.unique(
    list.items,
    (item) => item.get('name').text || undefined,
    (item) => item.get('name'),
    'name',
  );

function checkNames(judge: Judge, list: Value, names: ReadonlySet<string>, settled: boolean): void {
  for (const item of list.items)
    if (item.text !== undefined && settled && !names.has(item.text))
      judge.refuse(item, `${quoted(item.text)} is no request of this claim`, {
        ofAbsence: true,
        ...(names.size > 0 ? { advice: `It has ${[...names].join(', ')}.` } : {}),
      });
  judge.unique(
    list.items,
    ({ text }) => text || undefined,
    (item) => item,
    'request',
  );
}

function checkRequest(judge: Judge, request: Value, flat: boolean): void {
  const [exactly, first] = [request.get('exactly'), request.get('firstAvailable')];
  if (!flat) {
    if (exactly.present && first.items.length > 0)
      judge.refuseField(first, 'A request has "exactly" or "firstAvailable", not both', {
        related: [exactly, 'The other one'],
        fixes: () => [...judge.remove(request, 'firstAvailable'), ...judge.remove(request, 'exactly')],
      });
    else if (exactly.absent && first.items.length === 0 && !first.unknown)
      judge.lacks(request, 'exactly', 'A request needs "exactly" or "firstAvailable"');
  }
  for (const wanted of flat ? [request] : [exactly]) if (known(wanted)) checkWanted(judge, wanted);
  for (const part of first.items) {
    judge.form(part.get('name'), dns1123Label);
    checkWanted(judge, part);
  }
  unique(judge, first);
}

function checkWanted(judge: Judge, wanted: Value): void {
  judge.form(wanted.get('deviceClassName'), dns1123Subdomain);
  checkSelectors(judge, wanted.get('selectors'));
  const [mode, count] = [wanted.get('allocationMode'), wanted.get('count')];
  if (mode.text === 'All' && count.integer !== undefined && count.integer !== 0)
    judge.refuse(count, 'Who asks for all devices gives no "count"', {
      related: [mode, '"allocationMode: All"'],
      fixes: () => judge.remove(wanted, 'count', true),
    });
  // Of none, one is made.
  else if (!mode.unknown && mode.text !== 'All' && count.integer !== undefined && count.integer < 0)
    judge.refuse(count, `"count" must be 1 or more, and is ${count.integer}`);
  for (const toleration of wanted.get('tolerations').items) checkToleration(judge, toleration);
}

function checkSelectors(judge: Judge, selectors: Value): void {
  for (const selector of selectors.items)
    if (!selector.unknown && selector.get('cel').absent)
      judge.lacks(selector, 'cel', 'A selector of devices needs "cel"');
}

function checkToleration(judge: Judge, toleration: Value): void {
  if (toleration.unknown) return;
  const [key, operator, value] = ['key', 'operator', 'value'].map((field) => toleration.get(field));
  if (!key || !operator || !value) return;
  judge.form(key, qualifiedName);
  if (operator.text === 'Exists' && value.text)
    judge.refuse(value, 'operator: Exists asks for no value', { fixes: () => judge.remove(toleration, 'value') });
  else judge.form(value, labelValue);
}

function checkConfig(judge: Judge, config: Value): void {
  if (!config.unknown && config.get('opaque').absent)
    judge.lacks(config, 'opaque', 'Settings of a driver stand in "opaque"');
  judge.form(config.at('opaque', 'driver'), csiDriver);
}
