import { qualifiedName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';
import { sizeOf } from '../storage/invalid-claim.ts';
import { isQuotaResource, isWhole } from './resource-names.ts';

const scopes = [
  'Terminating',
  'NotTerminating',
  'BestEffort',
  'NotBestEffort',
  'PriorityClass',
  'CrossNamespacePodAffinity',
  'VolumeAttributesClass',
];

const ofPods = new Set(['pods', 'cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory']);

export const invalidQuota: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['ResourceQuotaSpec'],
  id: 'invalid-quota',
  severity: 'error',
  title: 'The quota limits something that there is not, or has contradictory scopes',
  why: 'The API server refuses it: a quota limits known resources, objects in whole numbers, and a scope fits the resources that it is for.',
  remedy:
    'Write names such as requests.cpu, limits.memory, pods or count/deployments.apps, and a scope that has such resources.',
  mirrors: [
    'core/validation ValidateResourceQuotaSpec',
    'core/validation validateResourceQuotaScopes',
    'core/validation validateScopedResourceSelectorRequirement',
  ],
  bad: `apiVersion: v1
kind: ResourceQuota
metadata:
  name: team
spec:
  hard:
    requests.cpus: "4"
#   ^^^^^^^^^^^^^ error invalid-quota
`,
  good: `apiVersion: v1
kind: ResourceQuota
metadata:
  name: team
spec:
  hard:
    requests.cpu: "4"
`,
  visit(visit, report) {
    const { value: spec } = visit;
    const judge = new Judge(visit, report);
    const hard = spec.get('hard');
    if (!hard.unknown) for (const { name, value } of hard.entries) checkAmount(judge, name, value);
    checkScopes(judge, spec.get('scopes').items, hard);
    checkSelector(judge, spec.at('scopeSelector', 'matchExpressions').items, hard);
  },
};

function checkAmount(judge: Judge, name: string, value: Value): void {
  const fault = qualifiedName(name);
  if (fault !== undefined) judge.refuseField(value, `The resource "${name}" ${fault}`);
  else if (!name.includes('/') && !isQuotaResource(name))
    judge.refuseField(value, `"${name}" is no resource that a quota can limit`);
  const size = sizeOf(value);
  if (size === undefined) return;
  if (size < 0n) judge.refuse(value, `A quota is 0 or more, and this one ${value.scalar?.value ?? ''}`);
  else if (isWhole(name) && size % 1_000_000_000n !== 0n) judge.refuse(value, `"${name}" comes in whole numbers`);
}

function checkScopes(judge: Judge, items: readonly Value[], hard: Value): void {
  const named = new Map<string, Value>();
  for (const item of items) {
    const { text } = item;
    if (text !== undefined && scopes.includes(text)) {
      named.set(text, item);
      checkFit(judge, text, item, hard);
    }
  }
  for (const [one, other] of [
    ['BestEffort', 'NotBestEffort'],
    ['Terminating', 'NotTerminating'],
  ] as const) {
    const [first, second] = [named.get(one), named.get(other)];
    if (first && second)
      judge.refuse(second, `No pod is of both scopes, ${one} and ${other}`, { related: [first, `The scope ${one}`] });
  }
}

/** The resources that a quota of a scope can limit (IsResourceQuotaScopeValidForResource). */
function checkFit(judge: Judge, scope: string, mark: Value, hard: Value): void {
  for (const { name, value } of hard.entries) {
    if (!isQuotaResource(name)) continue;
    const fits =
      scope === 'BestEffort'
        ? name === 'pods'
        : scope === 'VolumeAttributesClass'
          ? /storage$|^persistentvolumeclaims$/.test(name)
          : ofPods.has(name);
    if (!fits)
      judge.refuse(mark, `The scope ${scope} has no "${name}"`, { related: [value, 'The resource that is limited'] });
  }
}

function checkSelector(judge: Judge, items: readonly Value[], hard: Value): void {
  for (const item of items) {
    const scope = item.get('scopeName').text;
    const operator = item.get('operator');
    const values = item.get('values');
    const valued = scope === 'PriorityClass' || scope === 'VolumeAttributesClass';
    if (scope !== undefined && scopes.includes(scope)) {
      checkFit(judge, scope, item.get('scopeName'), hard);
      if (!valued && operator.text && operator.text !== 'Exists')
        judge.refuse(operator, `The scope ${scope} is there or not: its operator is Exists`, {
          fixes: () => judge.change(operator, 'Exists', true),
        });
    }
    if ((operator.text === 'In' || operator.text === 'NotIn') && values.items.length === 0 && !values.unknown)
      judge.lacks(item, 'values', `${operator.text} needs "values" to compare with`);
    else if ((operator.text === 'Exists' || operator.text === 'DoesNotExist') && values.items.length > 0)
      judge.refuseField(values, `${operator.text} takes no values`, {
        fixes: () => judge.remove(item, 'values', true),
      });
  }
}
