import { labelValue, qualifiedName } from '../../kubernetes/forms.ts';
import { scalarLike } from '../../syntax/edit.ts';
import { isPlaceholder } from '../../syntax/placeholder.ts';
import type { SchemaRule } from '../rule.ts';
import { judgement } from './judgement.ts';

export const invalidLabel: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['ObjectMeta'],
  customToo: true,
  id: 'invalid-label',
  severity: 'error',
  mirrors: ['apimachinery apis/meta/v1/validation ValidateLabels', 'apimachinery util/validation IsValidLabelValue'],
  title: 'A label has a form that Kubernetes refuses',
  why: 'Labels are indexed and selected by: the API server takes keys and values of a narrow form only.',
  remedy:
    'Use up to 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends. Free text belongs into an annotation.',
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  labels:
    team: Web & Mobile
#         ^^^^^^^^^^^^ error invalid-label
data:
  colour: blue
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  labels:
    team: web-and-mobile
data:
  colour: blue
`,
  visit({ value, document, path }, report) {
    const { severity, refusal } = judgement(path);
    for (const { name, key, value: label } of value.get('labels').entries) {
      const keyFault = isPlaceholder(name) ? undefined : qualifiedName(name);
      if (keyFault)
        report({
          span: { start: key.start, end: key.end },
          severity,
          message: `"${name}" is no key of a label: it ${keyFault}. ${refusal}`,
        });
      const text = label.text;
      const fault = text === undefined ? undefined : labelValue(text);
      if (fault)
        report({
          span: label.span,
          severity,
          message: `"${text}" is no value of a label: it ${fault}. ${refusal}`,
          fixes: () => {
            const node = label.scalar;
            const better = (text ?? '')
              .replace(/[^A-Za-z0-9._-]+/g, '-')
              .replace(/^[-_.]+/, '')
              .slice(0, 63)
              .replace(/[-_.]+$/, '');
            if (!node || better === '') return [];
            return [
              {
                title: `Change to "${better}"`,
                preferred: false,
                edits: [{ document, span: { start: node.start, end: node.end }, newText: scalarLike(node, better) }],
              },
            ];
          },
        });
    }
  },
};
