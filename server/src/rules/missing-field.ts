import type { Field, ObjectSchema } from '../schema/api-model.ts';
import { insertAt } from '../syntax/edit.ts';
import { allPairs } from '../syntax/tree.ts';
import type { DraftFix, SchemaRule, SchemaVisit } from './rule.ts';
import { listOf } from './wording.ts';

export const missingField: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  id: 'missing-field',
  severity: 'error',
  title: 'A required field is missing',
  why: 'The API server refuses the manifest.',
  remedy: 'Add the field.',
  wholeOnly: true,
  bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  rules:
    - http:
        paths:
          - path: /
#           ^^^^ error missing-field
            backend:
              service:
                name: web
                port:
                  number: 80
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
`,
  good: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: web
                port:
                  number: 80
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
`,
  visit(visit, report) {
    const { node, schema, pair } = visit;
    if (node?.type !== 'map' || schema.type !== 'object') return;
    const required = requiredOf(schema);
    if (required.length === 0) return;
    const pairs = allPairs(node);
    const missing = required.filter(({ name }) => !pairs.some(({ key }) => key.value === name));
    if (missing.length === 0) return;
    // A key that holds a template's placeholder may bring anything.
    if (node.pairs.some(({ key }) => key.value.includes('{{') || key.value.startsWith('<%'))) return;
    const mark = pair?.key ?? node.pairs[0]?.key ?? node;
    const names = missing.map((field) => `"${field.name}"`);
    report({
      span: { start: mark.start, end: mark.end },
      ofLabels: missing.every(({ name }) => name === 'selector' || name === 'labels'),
      message: `${schema.name} lacks ${listOf(names)}, which ${names.length === 1 ? 'is' : 'are'} required: the API server refuses it.`,
      fixes: () => fixesFor(visit, missing),
    });
  },
};

const known = new WeakMap<ObjectSchema, readonly Field[]>();

/** Most types have few required fields among many, and each is asked for them at every node. */
function requiredOf(schema: ObjectSchema): readonly Field[] {
  let required = known.get(schema);
  if (!required) {
    required = [...schema.fields.values()].filter((field) => field.required);
    known.set(schema, required);
  }
  return required;
}

/** Only where the value can be left to the author or has one sensible answer: strings, and values of an enum. */
function fixesFor({ document, facts, path }: SchemaVisit, missing: readonly Field[]): readonly DraftFix[] {
  const field = missing[0];
  if (missing.length !== 1 || field?.schema.type !== 'string') return [];
  const value = field.schema.enum[0] ?? '""';
  const edit = insertAt(document.text, document.parsed.root, [...facts.resource.path, ...path], {
    entry: [field.name, value],
  });
  return edit ? [{ title: `Add "${field.name}"`, preferred: false, edits: [{ document, ...edit }] }] : [];
}
