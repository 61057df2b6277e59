import { labelValue, qualifiedName } from '../../kubernetes/forms.ts';
import type { SchemaRule } from '../rule.ts';

export const nodeSelector: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['PodSpec'],
  id: 'node-selector',
  severity: 'error',
  mirrors: ['core/validation ValidatePodSpec', 'apimachinery apis/meta/v1/validation ValidateLabels'],
  title: 'nodeSelector asks for what can be no label',
  why: 'Its keys and values have the form of labels. The API server refuses anything else.',
  remedy: 'Use the labels that the nodes have.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  nodeSelector:
    disk type: ssd
#   ^^^^^^^^^ error node-selector
  containers:
    - name: web
      image: nginx:1.27
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  nodeSelector:
    disk-type: ssd
  containers:
    - name: web
      image: nginx:1.27
`,
  visit({ value }, report) {
    const selector = value.get('nodeSelector');
    if (selector.unknown) return;
    for (const { key, value: wanted } of selector.map?.pairs.map(({ key }) => ({
      key,
      value: selector.get(key.value),
    })) ?? []) {
      const fault = key.value === '<<' ? undefined : qualifiedName(key.value);
      if (fault !== undefined)
        report({
          span: { start: key.start, end: key.end },
          message: `"${key.value}" is no valid key of a label: it ${fault}. The API server refuses it.`,
        });
      const valueFault = wanted.text ? labelValue(wanted.text) : undefined;
      if (valueFault !== undefined)
        report({
          span: wanted.span,
          message: `"${wanted.text}" is no valid value of a label: it ${valueFault}. The API server refuses it.`,
        });
    }
  },
};
