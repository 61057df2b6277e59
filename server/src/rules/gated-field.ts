import { releaseName } from '../base/release.ts';
import { closedGate, isGated } from '../tables/feature-gates.ts';
import type { SchemaRule } from './rule.ts';

export const gatedField: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  applies: (schema) => schema.type === 'object' && isGated(schema.name),
  id: 'gated-field',
  severity: 'hint',
  title: 'The field is behind a feature gate that is off by default',
  why: 'The API server knows the field, and drops it without a word unless its feature gate is switched on. What it holds is not judged.',
  remedy: 'Switch the feature gate on (--feature-gates), choose a release that has it on, or do without the field.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      lifecycle:
        stopSignal: SIGUSR1
#       ^^^^^^^^^^ hint gated-field
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      lifecycle:
        preStop:
          sleep:
            seconds: 5
`,
  visit({ schema, value, model, kind, path }, report) {
    if (schema.type !== 'object' || kind.custom || path[0] === 'status') return;
    for (const { name, key } of value.entries) {
      const field = schema.fields.get(name);
      const gate = field && model.serves(field) ? closedGate(schema.name, name, model.release) : undefined;
      if (gate)
        report({
          span: { start: key.start, end: key.end },
          message: `${schema.name} field "${name}" needs the feature gate ${gate.name}, which is off by default in ${releaseName(model.release)}: without it the API server drops the field without a word.`,
        });
    }
  },
};
