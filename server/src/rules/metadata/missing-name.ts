import { insertAt } from '../../syntax/edit.ts';
import type { Value } from '../../syntax/value.ts';
import type { SchemaRule } from '../rule.ts';

export const missingName: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  applies: (schema) => schema.type === 'object' && schema.fields.get('metadata')?.schema.type === 'object',
  id: 'missing-name',
  severity: 'error',
  mirrors: ['apimachinery api/validation ValidateObjectMeta'],
  title: 'The object has no name',
  why: 'The API server refuses an object without metadata.name, or metadata.generateName in its place.',
  remedy: 'Give it a name.',
  wholeOnly: true,
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
# ^^^^^^^^ error missing-name
  labels:
    app: web
data:
  colour: blue
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  labels:
    app: web
data:
  colour: blue
`,
  visit({ path, value, kind, document, facts, schema }, report) {
    if (path.length > 0 || kind.kind.endsWith('List') || nameless.has(kind.kind)) return;
    if (schema.type !== 'object' || schema.fields.get('metadata')?.schema.type !== 'object') return;
    const metadata = value.get('metadata');
    const name = metadata.get('name');
    const prefix = metadata.get('generateName');
    if (metadata.unknown || isGiven(name) || isGiven(prefix)) return;
    const first = value.map?.pairs[0]?.key;
    const text = 'name-me';
    report({
      span: name.pair
        ? name.span
        : metadata.pair
          ? metadata.keySpan
          : { start: first?.start ?? 0, end: first?.end ?? 0 },
      message: `This ${kind.kind} has no name: the API server refuses an object without metadata.name.`,
      fixes: () => {
        if (name.pair) return [];
        const edit = insertAt(document.text, document.tree, [...facts.resource.path, 'metadata'], {
          entry: ['name', text],
        });
        return edit ? [{ title: 'Add a name', preferred: false, edits: [{ document, ...edit }] }] : [];
      },
    });
  },
};

const isGiven = (value: Value): boolean => value.present && value.scalar?.value !== '';

/** What is posted and answered, and never kept; a LimitRange gets a name from the server where it has none. */
const nameless = new Set([
  // Read by istioctl, and never applied.
  'IstioOperator',
  'LimitRange',
  'TokenReview',
  'TokenRequest',
  'SubjectAccessReview',
  'SelfSubjectAccessReview',
  'SelfSubjectRulesReview',
  'SelfSubjectReview',
  'LocalSubjectAccessReview',
]);
