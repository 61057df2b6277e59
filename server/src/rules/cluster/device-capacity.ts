import { parseQuantity } from '../../kubernetes/quantity.ts';
import type { Value } from '../../syntax/value.ts';
import { type Judge, known } from '../judge.ts';

/** In billionths, undefined for what is none or will be put in. */
const amount = (value: Value): bigint | undefined =>
  value.scalar && !value.unknown && value.present ? parseQuantity(value.scalar.value)?.nanos : undefined;

/** Judges how much of a device's capacity may be asked for (validateMultiAllocatableDeviceCapacity). */
export function checkCapacity(judge: Judge, capacity: Value, isShared: Value): void {
  const policy = capacity.get('requestPolicy');
  if (!known(policy) || isShared.unknown) return;
  if (isShared.boolean !== true) {
    judge.refuseField(policy, 'How much may be asked for is said of devices with "allowMultipleAllocations: true"', {
      ofAbsence: isShared.absent,
    });
    return;
  }
  const [values, range] = [policy.get('validValues'), policy.get('validRange')];
  if (values.items.length > 0 && range.present) {
    judge.refuseField(range, 'A policy has "validValues" or "validRange", not both', {
      related: [values, 'The other one'],
      fixes: () => [...judge.remove(policy, 'validRange'), ...judge.remove(policy, 'validValues')],
    });
    return;
  }
  const way = values.items.length > 0 ? values : range;
  if (!known(way)) return;
  if (policy.get('default').absent) {
    judge.lacks(policy, 'default', `A policy with "${way.pair?.key.value ?? ''}" needs a "default"`);
    return;
  }
  const [whole, usual] = [amount(capacity.get('value')), amount(policy.get('default'))];
  if (whole === undefined || usual === undefined) return;
  if (way === values) checkValues(judge, values.items, whole, [policy.get('default'), usual]);
  else checkRange(judge, range, whole, [policy.get('default'), usual]);
}

type Default = readonly [value: Value, amount: bigint];

function checkValues(judge: Judge, items: readonly Value[], whole: bigint, [held, usual]: Default): void {
  const amounts = items.map(amount);
  if (amounts.includes(undefined)) return;
  for (const [i, item] of items.entries()) {
    const [own = 0n, before] = [amounts[i], amounts[i - 1]];
    if (before !== undefined && own < before) judge.refuse(item, 'The values must rise');
    else if (amounts.indexOf(own) < i) judge.refuse(item, 'This value stands here twice');
    else if (own > whole) judge.refuse(item, 'The value is more than the whole capacity');
  }
  if (!amounts.includes(usual)) judge.refuse(held, 'The default must be one of "validValues"', { ofAbsence: true });
}

function checkRange(judge: Judge, range: Value, whole: bigint, [held, usual]: Default): void {
  const [min, max, step] = ['min', 'max', 'step'].map((field) => range.get(field));
  const [least, most, by] = [min, max, step].map((value) => value && amount(value));
  if (!min || !max || !step || least === undefined) return;
  if (least > whole) judge.refuse(min, 'The least is more than the whole capacity');
  if (usual < least) judge.refuse(held, 'The default is less than the least');
  if (most !== undefined) {
    if (least > most) judge.refuse(max, 'The most is less than the least');
    else if (most > whole) judge.refuse(max, 'The most is more than the whole capacity');
    if (usual > most) judge.refuse(held, 'The default is more than the most');
  }
  if (by === undefined) return;
  if (by <= 0n) judge.refuse(step, 'A step is more than 0');
  else if (least + by > whole) judge.refuse(step, 'One step from the least is more than the whole capacity');
  else if ((usual - least) % by !== 0n) judge.refuse(held, 'The default is no whole number of steps from the least');
  else if (most !== undefined && (most - least) % by !== 0n)
    judge.refuse(max, 'The most is no whole number of steps from the least');
}
