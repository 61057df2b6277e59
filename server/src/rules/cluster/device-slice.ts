import { dns1123Label, dns1123Subdomain, type Form, labelValue, qualifiedName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { type Judge, known, presentOf } from '../judge.ts';
import { csiDriver } from '../storage/persistent-source.ts';
import { checkCapacity } from './device-capacity.ts';

const wheres = ['nodeName', 'nodeSelector', 'allNodes', 'perDeviceNodeSelection'];

/** From then on the API server looks at counters, at conditions of binding and at shared capacity unasked. */
const countsDevices = 36;

/** Judges what a driver says of its devices (ValidateResourceSlice). */
export function checkSlice(judge: Judge, spec: Value, release: number): void {
  judge.form(spec.get('driver'), csiDriver);
  checkPool(judge, spec.get('pool'));
  checkWhere(judge, spec, wheres, 'A slice');
  const terms = spec.at('nodeSelector', 'nodeSelectorTerms');
  if (terms.items.length > 1) judge.refuseField(terms, 'The "nodeSelector" of a slice has exactly one term');
  const [devices, counters] = [spec.get('devices'), spec.get('sharedCounters')];
  unique(judge, devices, 'name');
  const isPerDevice = spec.get('perDeviceNodeSelection');
  for (const device of devices.items) {
    if (device.unknown) continue;
    checkDevice(judge, device, release);
    if (isPerDevice.unknown) continue;
    if (isPerDevice.boolean) checkWhere(judge, device, wheres.slice(0, 3), 'A device of this slice');
    else checkNowhere(judge, device, isPerDevice);
  }
  if (release < countsDevices) return;
  if (known(devices) && known(counters))
    judge.refuseField(counters, 'A slice has "devices" or "sharedCounters", not both', {
      related: [devices, 'The devices'],
      advice: 'Counters stand in a slice of their own in the same pool.',
    });
  unique(judge, counters, 'name');
  for (const set of counters.items) {
    judge.form(set.get('name'), dns1123Label);
    checkCounters(judge, set);
  }
}

function checkPool(judge: Judge, pool: Value): void {
  const name = pool.get('name');
  for (const part of name.text?.split('/') ?? []) {
    const fault = dns1123Subdomain(part);
    if (fault !== undefined) judge.refuse(name, `The part "${part}" of the name of a pool ${fault}`);
  }
  judge.range(pool.get('generation'), 0);
  judge.range(pool.get('resourceSliceCount'), 1);
}

/** One of the ways to say on which nodes it is; false, or an empty name, says nothing and is refused. */
function checkWhere(judge: Judge, holder: Value, ways: readonly string[], what: string): void {
  const name = holder.get('nodeName');
  if (name.text === '') judge.refuse(name, '"nodeName" must not be empty');
  else judge.form(name, dns1123Subdomain);
  let isRefused = name.text === '';
  for (const field of ['allNodes', 'perDeviceNodeSelection']) {
    if (!ways.includes(field) || holder.get(field).boolean !== false) continue;
    judge.refuse(holder.get(field), `"${field}" is true or is not there`, {
      fixes: () => judge.remove(holder, field),
    });
    isRefused = true;
  }
  const set = presentOf(holder, ways);
  if (set.length === 0) judge.lacks(holder, 'nodeName', `${what} needs one of ${ways.join(', ')}`);
  if (isRefused) return;
  for (const field of set.slice(1))
    judge.refuseField(holder.get(field), `${what} has one of ${ways.join(', ')}`, {
      related: [holder.get(set[0] ?? ''), 'The first one'],
      fixes: () => judge.remove(holder, field),
    });
}

function checkNowhere(judge: Judge, device: Value, isPerDevice: Value): void {
  for (const field of presentOf(device, wheres.slice(0, 3)))
    judge.refuseField(
      device.get(field),
      `A device has "${field}" only where its slice has "perDeviceNodeSelection: true"`,
      {
        ofAbsence: true,
        ...(isPerDevice.present ? { related: [isPerDevice, 'What the slice has'] as const } : {}),
        fixes: () => judge.remove(device, field),
      },
    );
}

/** A name, or a domain and a name; the name is one of a variable in C, and short. */
const deviceField: Form = (text) => {
  const [name = '', domain, ...more] = text.split('/').reverse();
  if (more.length > 0) return 'must have at most one "/", between a domain and a name';
  if (domain !== undefined) {
    const fault = domain === '' ? 'must not be empty' : csiDriver(domain);
    if (fault !== undefined) return `must have a domain before its "/", and "${domain}" ${fault}`;
  }
  if (name.length > 32) return 'must have no more than 32 characters in its name';
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? undefined : 'must be a name of letters, digits and "_"';
};

function checkDevice(judge: Judge, device: Value, release: number): void {
  judge.form(device.get('name'), dns1123Label);
  for (const { name, key, value } of device.get('attributes').entries) {
    checkName(judge, name, key, deviceField);
    checkAttribute(judge, value);
  }
  for (const { name, key, value } of device.get('capacity').entries) {
    checkName(judge, name, key, deviceField);
    if (release >= countsDevices && known(value)) checkCapacity(judge, value, device.get('allowMultipleAllocations'));
  }
  for (const taint of device.get('taints').items) {
    judge.form(taint.get('key'), qualifiedName);
    judge.form(taint.get('value'), labelValue);
  }
  if (release < countsDevices) return;
  unique(judge, device.get('consumesCounters'), 'counterSet');
  for (const consumed of device.get('consumesCounters').items) {
    judge.form(consumed.get('counterSet'), dns1123Label);
    checkCounters(judge, consumed);
  }
  checkConditions(judge, device);
}

const unique = (judge: Judge, list: Value, field: string): void =>
  judge.unique(
    list.items,
    (item) => item.get(field).text || undefined,
    (item) => item.get(field),
    field === 'name' ? 'name' : 'set of counters',
  );

function checkName(
  judge: Judge,
  name: string,
  key: { readonly start: number; readonly end: number },
  form: Form,
): void {
  const fault = form(name);
  if (fault !== undefined) judge.refuseSpan({ start: key.start, end: key.end }, `"${name}" ${fault}`);
}

function checkCounters(judge: Judge, holder: Value): void {
  const counters = holder.get('counters');
  if (counters.map && counters.entries.length === 0 && !counters.unknown)
    judge.refuseField(counters, '"counters" must not be empty', { ofAbsence: true });
  for (const { name, key } of counters.entries) checkName(judge, name, key, dns1123Label);
}

const version: Form = (text) =>
  /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/.test(
    text,
  )
    ? undefined
    : 'must be a version such as 1.2.3';

function checkAttribute(judge: Judge, attribute: Value): void {
  if (attribute.unknown || !attribute.map) return;
  if (attribute.entries.length !== 1) {
    judge.refuseField(attribute, 'An attribute has exactly one value', { ofAbsence: attribute.entries.length === 0 });
    return;
  }
  judge.form(attribute.get('version'), version, { empty: true });
  for (const item of attribute.get('versions').items) judge.form(item, version, { empty: true });
  const [only] = attribute.entries;
  if (only?.value.list && only.value.items.length === 0)
    judge.refuseField(only.value, 'A list of values must not be empty');
}

/** What has to be so before a device is bound, and what tells that it will never be: both, or neither. */
function checkConditions(judge: Judge, device: Value): void {
  const [ready, failed] = [device.get('bindingConditions'), device.get('bindingFailureConditions')];
  for (const list of [ready, failed]) {
    for (const item of list.items) judge.form(item, qualifiedName, { empty: true });
    judge.unique(
      list.items,
      ({ text }) => text || undefined,
      (item) => item,
      'condition',
    );
  }
  const names = new Set(ready.items.map(({ text }) => text));
  for (const item of failed.items)
    if (item.text && names.has(item.text))
      judge.refuse(item, `"${item.text}" can't tell that a device is ready and that it has failed`);
  if (ready.unknown || failed.unknown) return;
  for (const [one, other, field] of [
    [ready, failed, 'bindingFailureConditions'],
    [failed, ready, 'bindingConditions'],
  ] as const)
    if (one.items.length > 0 && other.items.length === 0)
      judge.lacks(device, field, `A device with "${one.pair?.key.value ?? ''}" needs "${field}"`);
}
