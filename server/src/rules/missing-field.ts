import { blank } from '../base/blanks.ts';
import type { Field, ObjectSchema } from '../schema/api-model.ts';
import { insertAt } from '../syntax/edit.ts';
import { Restructured } from '../syntax/restructure.ts';
import type { Value } from '../syntax/value.ts';
import type { DraftFix, Finding, SchemaRule, SchemaVisit } from './rule.ts';
import { selectTemplate } from './upgrade/workload.ts';
import { listOf } from './wording.ts';

export const missingField: SchemaRule = {
  scope: 'schema',
  nodes: ['map', 'list'],
  ofValues: true,
  id: 'missing-field',
  severity: 'error',
  mirrors: ['pkg/apis/*/validation field.Required'],
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
    const { node, schema } = visit;
    // Packs are made from Go types, where a field may be called required that the definition fills in.
    if (visit.kind.custom === 'pack') return;
    if (node?.type === 'list') {
      if (schema.type === 'list' && schema.items.type === 'object') checkItems(visit, schema.items, report);
      return;
    }
    if (node?.type !== 'map' || schema.type !== 'object') return;
    const required = requiredOf(schema);
    if (required.length === 0) return;
    // A key that holds a template's placeholder may bring anything.
    if (node.pairs.some(({ key }) => key.value.includes('{{') || key.value.startsWith('<%'))) return;
    // Nobody applies a status: controllers write it.
    if (visit.path[0] === 'status') return;
    const { value } = visit;
    const missing = required.filter((field) => value.get(field.name).absent && (field.required || !visit.kind.custom));
    if (missing.length > 0) {
      const names = missing.map((field) => `"${field.name}"`);
      // An empty value stands where something is due; otherwise the object that lacks it is named.
      const nothing = missing.length === 1 ? value.get(missing[0]?.name ?? '').pair : undefined;
      const mark = nothing?.key ?? visit.pair?.key ?? node.pairs[0]?.key ?? node;
      report({
        span: { start: mark.start, end: mark.end },
        ofDefaults: visit.kind.custom !== undefined,
        ofNamespace: missing.every(({ name }) => name === 'namespace'),
        ofLabels: missing.every(({ name }) => name === 'selector' || name === 'labels'),
        message: `${schema.name} lacks ${listOf(names)}, which ${names.length === 1 ? 'is' : 'are'} required: the API server refuses it.`,
        fixes: () => fixesFor(visit, missing),
      });
    }
    if (visit.kind.custom) return;
    for (const field of required) {
      if (field.mayBeEmpty || !isEmpty(value.get(field.name))) continue;
      report({
        span: value.get(field.name).span,
        message: `"${field.name}" of ${schema.name} is required and must not be empty: the API server refuses it.`,
      });
    }
  },
};

/** An empty string, list or map: Kubernetes' validation asks for a length, or for what a map's fields lack. */
const isEmpty = (value: Value): boolean => value.text === '' || value.list?.items.length === 0;

/** Nothing behind a dash, or null, is an object without any field. */
function checkItems({ value }: SchemaVisit, schema: ObjectSchema, report: (finding: Finding) => void): void {
  const required = requiredOf(schema);
  if (required.length === 0) return;
  for (const item of value.items) {
    if (item.present) continue;
    const names = required.map((field) => `"${field.name}"`);
    report({
      span: item.span,
      message: `This item is empty, and ${schema.name} needs ${listOf(names)}: the API server refuses it.`,
    });
  }
}

const known = new WeakMap<ObjectSchema, readonly Field[]>();

/**
 * Most types have few required fields among many, and each is asked for them at every node. A spec is never absent for
 * Kubernetes' own types: where it isn't written, what it needs is missing.
 */
function requiredOf(schema: ObjectSchema): readonly Field[] {
  let required = known.get(schema);
  if (!required) {
    known.set(schema, []);
    const isSpec = ({ name, schema: type }: Field): boolean =>
      name === 'spec' && schema.fields.has('metadata') && type.type === 'object' && requiredOf(type).length > 0;
    required = [...schema.fields.values()].filter((field) => field.required || isSpec(field));
    known.set(schema, required);
  }
  return required;
}

/** Only where the value can be left to the author or has one sensible answer: strings, and values of an enum. */
function fixesFor(visit: SchemaVisit, missing: readonly Field[]): readonly DraftFix[] {
  const { document, facts, path, value } = visit;
  const field = missing[0];
  if (missing.length === 1 && field?.name === 'selector') return selectorFix(visit);
  if (missing.length !== 1 || field?.schema.type !== 'string') return [];
  const choice = field.schema.enum.find((allowed) => allowed !== '');
  if (choice === undefined) return [];
  const nothing = value.get(field.name).pair;
  const edit = nothing
    ? { span: nothing.value ?? { start: nothing.key.end + 1, end: nothing.key.end + 1 }, newText: ` ${choice}` }
    : insertAt(document.text, document.tree, [...facts.resource.path, ...path], {
        entry: [field.name, blank(choice)],
      });
  return edit ? [{ title: `Add "${field.name}"`, preferred: false, edits: [{ document, ...edit }] }] : [];
}

/** A workload selects the pods that it makes: there is one answer where its template has labels. */
function selectorFix({ document, facts, path, value }: SchemaVisit): readonly DraftFix[] {
  const labels = value.at('template', 'metadata', 'labels');
  if (labels.entries.length === 0 || path.length !== 1 || path[0] !== 'spec') return [];
  const draft = Restructured.of(document.text, document.tree);
  const resource = draft?.at(facts.resource.path);
  const spec = resource?.map('spec');
  if (!draft || !resource || !spec) return [];
  selectTemplate({ resource, undecided: () => {} }, spec);
  const edits = (draft.edits() ?? []).map((edit) => ({ document, ...edit }));
  return edits.length === 0 ? [] : [{ title: 'Select the labels of the pod template', preferred: true, edits }];
}
