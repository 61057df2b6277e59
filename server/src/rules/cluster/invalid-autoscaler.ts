import { pathSegmentName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

/** From then on the API version of what is scaled is looked at. */
export const checksTargetVersion = 34;

export const invalidAutoscaler: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['HorizontalPodAutoscaler', 'CrossVersionObjectReference', 'HPAScalingRules'],
  id: 'invalid-autoscaler',
  severity: 'error',
  title: 'The autoscaler has contradictory limits, or scales nothing that it could find',
  why: 'The API server refuses it: the most replicas are not fewer than the least, none at all need a metric that is there without pods, rules have policies, and what is scaled is named with the group of its API.',
  remedy: 'Put maxReplicas at minReplicas or above, and name the target with its apiVersion, such as apps/v1.',
  mirrors: [
    'autoscaling/validation validateHorizontalPodAutoscalerSpec',
    'autoscaling/validation ValidateCrossVersionObjectReference',
    'autoscaling/validation validateMetrics',
    'autoscaling/validation validateScalingRules',
  ],
  bad: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
  minReplicas: 3
  maxReplicas: 2
#              ^ error invalid-autoscaler
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.27
`,
  good: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
  minReplicas: 3
  maxReplicas: 12
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.27
`,
  visit(visit, report) {
    const { value, schema, kind, model } = visit;
    if (kind.kind !== 'HorizontalPodAutoscaler' || value.unknown) return;
    const judge = new Judge(visit, report);
    switch (schema.type === 'object' ? schema.name : '') {
      case 'CrossVersionObjectReference':
        checkReference(judge, value, model.release);
        break;
      case 'HPAScalingRules':
        if (value.get('policies').items.length === 0 && !value.get('policies').unknown && policiesAreDue(value))
          judge.lacks(value, 'policies', 'Scaling rules need at least one of "policies"');
        break;
      default:
        checkLimits(judge, value.get('spec'));
    }
  },
};

/** What isn't written is filled in; an empty list is not. */
const policiesAreDue = (rules: Value): boolean => rules.get('policies').list !== undefined;

function checkLimits(judge: Judge, spec: Value): void {
  const least = spec.get('minReplicas');
  const most = spec.get('maxReplicas');
  if (least.integer !== undefined && most.integer !== undefined && most.integer >= 1 && most.integer < least.integer)
    judge.refuse(most, `"maxReplicas" is ${most.integer} and must not be below "minReplicas", ${least.integer}`, {
      related: [least, 'The least replicas'],
      fixes: () => judge.change(most, String(least.integer)),
    });
  const metrics = spec.get('metrics');
  const without = metrics.items.some(
    (metric) => metric.unknown || ['Object', 'External'].includes(metric.get('type').text ?? 'Object'),
  );
  if (least.integer === 0 && !without && !metrics.unknown)
    judge.refuse(
      least,
      'Without any pods only a metric of the type Object or External can be there, and there is none',
      {
        advice: 'Set "minReplicas" to 1, or add such a metric.',
        ofAbsence: true,
        fixes: () => judge.change(least, '1'),
      },
    );
}

function checkReference(judge: Judge, reference: Value, release: number): void {
  for (const field of ['kind', 'name']) judge.form(reference.get(field), pathSegmentName);
  if (release < checksTargetVersion) return;
  const version = reference.get('apiVersion');
  const kind = reference.get('kind').text;
  if (version.text && version.text.split('/').length > 2) {
    judge.refuse(version, `"${version.text}" is no API version`);
    return;
  }
  if (
    reference.pair?.key.value !== 'scaleTargetRef' ||
    version.unknown ||
    kind === undefined ||
    kind === 'ReplicationController'
  )
    return;
  const known = /^(?:Deployment|StatefulSet|ReplicaSet)$/.test(kind);
  if (version.absent)
    judge.lacks(reference, 'apiVersion', `"scaleTargetRef" needs the "apiVersion" of the ${kind}, with its group`, {
      fixes: () => (known && !version.pair ? judge.add([], 'apiVersion', 'apps/v1', true) : []),
    });
  else if (version.text !== undefined && !/^[^/]+\//.test(version.text))
    judge.refuse(version, `"${version.text}" names no group, and a ${kind} has one`, {
      fixes: () => (known ? judge.change(version, 'apps/v1', true) : []),
    });
}
