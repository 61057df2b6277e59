import { qualifiedName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';
import { sizeOf } from '../storage/invalid-claim.ts';
import { isContainerResource, isNeverOvercommitted, isResource } from './resource-names.ts';

const types = ['Pod', 'Container', 'PersistentVolumeClaim'];
const lists = ['min', 'max', 'default', 'defaultRequest', 'maxLimitRequestRatio'];

/** Of each pair, the first must not be above the second. */
const orders: readonly (readonly [string, string, string])[] = [
  ['min', 'max', 'min'],
  ['min', 'defaultRequest', 'defaultRequest'],
  ['min', 'default', 'default'],
  ['defaultRequest', 'max', 'defaultRequest'],
  ['defaultRequest', 'default', 'defaultRequest'],
  ['default', 'max', 'default'],
];

export const invalidLimitRange: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['LimitRangeSpec'],
  id: 'invalid-limit-range',
  severity: 'error',
  title: 'The limits contradict each other',
  why: 'The API server refuses it: the least is not above the most, defaults lie between them, a default request is not above the default limit, and a pod has no defaults of its own.',
  remedy: 'Bring min, defaultRequest, default and max into that order.',
  mirrors: ['core/validation ValidateLimitRange'],
  bad: `apiVersion: v1
kind: LimitRange
metadata:
  name: team
spec:
  limits:
    - type: Container
      default:
        cpu: 200m
      defaultRequest:
        cpu: 500m
#            ^^^^ error invalid-limit-range
`,
  good: `apiVersion: v1
kind: LimitRange
metadata:
  name: team
spec:
  limits:
    - type: Container
      default:
        cpu: 500m
      defaultRequest:
        cpu: 200m
`,
  visit(visit, report) {
    const judge = new Judge(visit, report);
    const items = visit.value.get('limits').items;
    for (const item of items) if (!item.unknown) checkItem(judge, item);
    judge.unique(
      items,
      (item) => item.get('type').text || undefined,
      (item) => item.get('type'),
      'limit',
    );
  },
};

function checkItem(judge: Judge, item: Value): void {
  const type = item.get('type');
  const { text } = type;
  if (text && judge.form(type, qualifiedName) && !text.includes('/') && !types.includes(text))
    judge.refuse(type, `"${text}" is nothing that has limits`, { advice: `There are ${types.join(', ')}.` });
  if (text === 'Pod')
    for (const field of ['default', 'defaultRequest'])
      if (item.get(field).entries.length > 0)
        judge.refuseField(item.get(field), `Limits of the type Pod have no "${field}"`, {
          fixes: () => [...judge.remove(item, field), ...judge.change(type, 'Container')],
        });
  if (
    text === 'PersistentVolumeClaim' &&
    item.at('min', 'storage').absent &&
    item.at('max', 'storage').absent &&
    !item.get('min').unknown &&
    !item.get('max').unknown
  )
    judge.refuse(type, 'Limits of claims need "min.storage" or "max.storage"', { ofAbsence: true });
  const names = new Set<string>();
  for (const list of lists) {
    if (item.get(list).unknown) return;
    for (const { name, value } of item.get(list).entries) {
      names.add(name);
      checkName(judge, name, value, text);
    }
  }
  for (const name of names) checkOrder(judge, item, name);
}

function checkName(judge: Judge, name: string, value: Value, type: string | undefined): void {
  const fault = qualifiedName(name);
  const ofContainers = type === 'Pod' || type === 'Container';
  if (fault !== undefined) judge.refuseField(value, `The resource "${name}" ${fault}`);
  else if (!name.includes('/') && !(ofContainers ? isContainerResource(name) : isResource(name)))
    judge.refuseField(value, `"${name}" is no resource of a ${type ?? 'limit'}`);
}

function checkOrder(judge: Judge, item: Value, name: string): void {
  const of = (list: string): Value => item.get(list).get(name);
  const reported = new Set<string>();
  for (const [low, high, marked] of orders) {
    const [below, above] = [of(low), of(high)];
    const [least, most] = [amount(below), amount(above)];
    if (least === undefined || most === undefined || least <= most || reported.has(marked)) continue;
    reported.add(marked);
    const [mark, other] = marked === low ? [below, above] : [above, below];
    judge.refuse(mark, `"${low}" of ${name} is ${text(below)} and must not be above "${high}", ${text(above)}`, {
      related: [other, `"${marked === low ? high : low}" of ${name}`],
    });
  }
  const ratio = of('maxLimitRequestRatio');
  const most = amount(ratio);
  if (most !== undefined && most < 1_000_000_000n)
    judge.refuse(ratio, 'A limit is never below its request, so the ratio is 1 or more');
  const [min, max] = [amount(of('min')), amount(of('max'))];
  if (most !== undefined && min !== undefined && max !== undefined && min > 0n && most * min > max * 1_000_000_000n)
    judge.refuse(ratio, `"max" of ${name} divided by "min" is less than the ratio ${text(ratio)}`, {
      related: [of('max'), '"max"'],
    });
  const [limit, request] = [amount(of('default')), amount(of('defaultRequest'))];
  if (isNeverOvercommitted(name) && limit !== undefined && request !== undefined && request < limit)
    judge.refuse(
      of('defaultRequest'),
      `"defaultRequest" of ${name} must be the same as "default", ${text(of('default'))}`,
      { related: [of('default'), '"default"'] },
    );
}

/** With nothing behind it, a limit counts as 0. */
const amount = (value: Value): bigint | undefined => (value.pair && value.absent ? 0n : sizeOf(value));

const text = (value: Value): string => (value.absent ? '0' : (value.scalar?.value ?? ''));
