import { dns1123Label, pathSegmentName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge, presentOf } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';
import { sizeOf } from '../storage/invalid-claim.ts';

const fields: Readonly<Record<string, string>> = {
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
  External: 'external',
  ContainerResource: 'containerResource',
};

/** From then on the container's name is looked at. */
const checksContainerName = 32;

export const invalidMetric: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['MetricSpec'],
  id: 'invalid-metric',
  severity: 'error',
  title: 'The metric has another source than its type says, or no target',
  why: 'The API server refuses it: a metric has the one source that its type names, and that source one target, which is above 0.',
  remedy: 'Write the source below the key of its type, such as resource for Resource, with one target.',
  mirrors: [
    'autoscaling/validation validateMetricSpec',
    'autoscaling/validation validateMetricTarget',
    'autoscaling/validation validateResourceSource',
    'autoscaling/validation validatePodsSource',
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
  maxReplicas: 9
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
#       ^^^^^^ error invalid-metric
          type: Utilization
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
  maxReplicas: 9
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 70
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
    const { value: metric, kind, model } = visit;
    if (metric.unknown || kind.kind !== 'HorizontalPodAutoscaler') return;
    const judge = new Judge(visit, report);
    const type = metric.get('type');
    const expected = fields[type.text ?? ''];
    const present = presentOf(metric, Object.values(fields));
    if (expected !== undefined && metric.get(expected).absent) {
      const other =
        present.length === 1 ? Object.entries(fields).find(([, field]) => field === present[0])?.[0] : undefined;
      judge.lacks(metric, expected, `A metric of the type ${type.text ?? ''} needs "${expected}"`, {
        fixes: () => (other ? judge.change(type, other) : []),
      });
    }
    for (const field of present) {
      if (expected !== undefined && field !== expected && metric.get(expected).present)
        judge.refuseField(
          metric.get(field),
          `A metric has one source, and this one is of the type ${type.text ?? ''}`,
          { fixes: () => judge.remove(metric, field) },
        );
    }
    // The first API with the targets of today's; older ones have fields of their own.
    const source = present.length === 1 ? metric.get(present[0] ?? '') : undefined;
    if (source && kind.version !== 'v2beta1') checkSource(judge, present[0] ?? '', source, model.release);
  },
};

function checkSource(judge: Judge, field: string, source: Value, release: number): void {
  judge.form(source.at('metric', 'name'), pathSegmentName);
  if (field === 'containerResource' && release >= checksContainerName)
    judge.form(source.get('container'), dns1123Label);
  const target = source.get('target');
  // Without anything in it, its type is missing first.
  if (target.entries.length === 0 || target.unknown) return;
  const [value, average, utilization] = [
    target.get('value'),
    target.get('averageValue'),
    target.get('averageUtilization'),
  ];
  for (const quantity of [value, average]) {
    const size = sizeOf(quantity);
    if (size !== undefined && size <= 0n)
      judge.refuse(quantity, `"${quantity.pair?.key.value ?? ''}" of a target must be above 0`);
  }
  judge.range(utilization, 1);
  const [one, other] = field === 'object' || field === 'external' ? [value, average] : [utilization, average];
  if (field === 'pods') {
    if (average.absent) judge.lacks(target, 'averageValue', 'The target of a Pods metric needs "averageValue"');
    return;
  }
  const [first, second] =
    field === 'object' || field === 'external' ? ['value', 'averageValue'] : ['averageUtilization', 'averageValue'];
  if (one.absent && other.absent) {
    const empty = one.pair ? first : other.pair ? second : first;
    judge.lacks(target, empty, `The target needs "${first}" or "${second}"`);
  } else if (one.present && other.present && field !== 'object')
    judge.refuseField(other, `The target has "${first}" or "${second}", not both`, {
      related: [one, 'The other target'],
      fixes: () => [...judge.remove(target, second), ...judge.remove(target, first)],
    });
}
