import { dns1123Subdomain, labelValue, qualifiedName } from '../../kubernetes/forms.ts';
import type { Finding, SchemaRule, SchemaVisit } from '../rule.ts';
import { changeTo, remove } from './fixes.ts';

export const nodeAffinity: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['NodeSelectorRequirement'],
  id: 'node-affinity',
  severity: 'error',
  mirrors: ['core/validation ValidateNodeSelectorRequirement', 'core/validation ValidateNodeFieldSelectorRequirement'],
  title: 'A requirement on nodes contradicts itself',
  why: 'In and NotIn list values, Exists and DoesNotExist list none, Gt and Lt exactly one; labels have the form of labels. The API server refuses anything else.',
  remedy: 'Correct the operator or the values.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  affinity:
    nodeAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        nodeSelectorTerms:
          - matchExpressions:
              - key: disk
                operator: Exists
                values: [ssd]
#               ^^^^^^ error node-affinity
  containers:
    - name: web
      image: nginx:1.27
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  affinity:
    nodeAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        nodeSelectorTerms:
          - matchExpressions:
              - key: disk
                operator: In
                values: [ssd]
  containers:
    - name: web
      image: nginx:1.27
`,
  visit(visit, report) {
    const { value, path } = visit;
    if (value.unknown) return;
    if (path.at(-2) === 'matchFields') matchField(visit, report);
    else matchExpression(visit, report);
  },
};

type Report = (finding: Finding) => void;

function matchExpression(visit: SchemaVisit, report: Report): void {
  const { value, path, model } = visit;
  const key = value.get('key');
  const fault = key.text ? qualifiedName(key.text) : undefined;
  if (fault !== undefined)
    report({
      span: key.span,
      message: `"${key.text}" is no valid key of a label: it ${fault}. The API server refuses it.`,
    });
  counted(visit, report);
  // What is only preferred may ask for what no label can be; so could everything before 1.33.
  if (path.includes('preferredDuringSchedulingIgnoredDuringExecution') || model.release < 33) return;
  for (const item of value.get('values').items) {
    const itemFault = item.text ? labelValue(item.text) : undefined;
    if (itemFault !== undefined)
      report({
        span: item.span,
        message: `"${item.text}" is no valid value of a label: it ${itemFault}. The API server refuses it.`,
      });
  }
}

/** How many values the operator takes. */
function counted(visit: SchemaVisit, report: Report): void {
  const { value } = visit;
  const operator = value.get('operator');
  const values = value.get('values');
  if (values.unknown || operator.text === undefined || (values.present && !values.list)) return;
  const count = values.items.length;
  const at = { span: values.pair ? values.keySpan : value.keySpan, ofAbsence: values.absent };
  switch (operator.text) {
    case 'In':
    case 'NotIn':
      if (count === 0)
        report({ ...at, message: `operator: ${operator.text} needs values: the API server refuses it without.` });
      return;
    case 'Exists':
    case 'DoesNotExist':
      if (count > 0)
        report({
          ...at,
          message: `operator: ${operator.text} takes no values: the API server refuses it.`,
          fixes: () => [
            ...remove(visit, value, 'values', false),
            ...changeTo(visit, operator, operator.text === 'Exists' ? 'In' : 'NotIn', false),
          ],
        });
      return;
    case 'Gt':
    case 'Lt':
      if (count !== 1)
        report({
          ...at,
          message: `operator: ${operator.text} takes exactly one value, not ${count}: the API server refuses it.`,
        });
  }
}

function matchField(visit: SchemaVisit, report: Report): void {
  const { value } = visit;
  const operator = value.get('operator');
  const key = value.get('key');
  const values = value.get('values');
  if (operator.text && operator.text !== 'In' && operator.text !== 'NotIn')
    report({
      span: operator.span,
      message: `matchFields only knows the operators In and NotIn: the API server refuses "${operator.text}".`,
    });
  else if (operator.text && !values.unknown && values.items.length !== 1)
    report({
      span: values.pair ? values.keySpan : value.keySpan,
      ofAbsence: values.absent,
      message: `matchFields takes exactly one value, not ${values.items.length}: the API server refuses it.`,
    });
  if (key.text && key.text !== 'metadata.name') {
    report({
      span: key.span,
      message: `matchFields only knows metadata.name: the API server refuses "${key.text}".`,
      fixes: () => changeTo(visit, key, 'metadata.name', false),
    });
    return;
  }
  for (const item of values.items) {
    const fault = item.text === undefined ? undefined : dns1123Subdomain(item.text);
    if (fault !== undefined)
      report({
        span: item.span,
        message: `"${item.text}" is no valid name of a node: it ${fault}. The API server refuses it.`,
      });
  }
}
