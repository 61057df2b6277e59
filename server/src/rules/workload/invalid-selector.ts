import { labelValue, qualifiedName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge, known } from '../judge.ts';
import type { SchemaRule, SchemaVisit } from '../rule.ts';

/** From then on values are looked at in every selector; before, only in those of a workload's own pods. */
const checksAllValues = 27;

export const invalidSelector: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['LabelSelector', 'LabelSelectorRequirement'],
  id: 'invalid-selector',
  severity: 'error',
  title: 'A label selector asks for what no label can be',
  why: 'The API server refuses it: In and NotIn compare with values, Exists and DoesNotExist look at the key alone, and keys and values must have the form of labels.',
  remedy:
    'Give In and NotIn their values, take those of Exists and DoesNotExist away, and write keys and values as labels.',
  mirrors: ['meta/v1/validation ValidateLabelSelector', 'meta/v1/validation ValidateLabelSelectorRequirement'],
  bad: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  maxUnavailable: 1
  selector:
    matchExpressions:
      - key: app
        operator: Exists
        values: [web]
#       ^^^^^^ error invalid-selector
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  containers:
    - name: web
      image: nginx:1.27
`,
  good: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  maxUnavailable: 1
  selector:
    matchExpressions:
      - key: app
        operator: In
        values: [web]
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  containers:
    - name: web
      image: nginx:1.27
`,
  visit(visit, report) {
    const { value, schema } = visit;
    const judge = new Judge(visit, report);
    if (schema.type === 'object' && schema.name === 'LabelSelector') checkLabels(judge, value.get('matchLabels'));
    else checkRequirement(judge, visit);
  },
};

/** Reports the keys and values of a map of labels that no label can have (ValidateLabels). */
export function checkLabels(judge: Judge, labels: Value): void {
  for (const { name, value } of labels.entries) {
    const fault = labels.unknown ? undefined : qualifiedName(name);
    if (fault !== undefined) judge.refuseField(value, `The key "${name}" ${fault}`);
    judge.form(value, labelValue);
  }
}

function checkRequirement(judge: Judge, visit: SchemaVisit): void {
  const { value: requirement } = visit;
  judge.form(requirement.get('key'), qualifiedName);
  const operator = requirement.get('operator').text;
  const values = requirement.get('values');
  if (operator === 'In' || operator === 'NotIn') {
    if (!known(values)) {
      if (values.absent) judge.lacks(requirement, 'values', `${operator} needs "values" to compare with`);
    } else if (values.list?.items.length === 0) judge.refuseField(values, `${operator} needs at least one value`);
  } else if ((operator === 'Exists' || operator === 'DoesNotExist') && values.items.length > 0) {
    judge.refuseField(values, `${operator} looks at the key alone and takes no values`, {
      fixes: () => [
        ...judge.remove(requirement, 'values', true),
        ...judge.change(requirement.get('operator'), operator === 'Exists' ? 'In' : 'NotIn'),
      ],
    });
  }
  if (visit.model.release >= checksAllValues || isOwnSelector(visit))
    for (const item of values.items) judge.form(item, labelValue);
}

/** The selector by which a workload finds its pods is parsed in every release. */
const isOwnSelector = ({ kind, path }: SchemaVisit): boolean =>
  kind.group === 'apps' && path[0] === 'spec' && path[1] === 'selector';
