import { isPlaceholder } from '../syntax/placeholder.ts';
import { Restructured } from '../syntax/restructure.ts';
import type { DraftFix, SchemaRule, SchemaVisit } from './rule.ts';

export const deprecatedField: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  applies: (schema) => schema.type === 'object' && [...schema.fields.values()].some(({ deprecated }) => deprecated),
  id: 'deprecated-field',
  severity: 'hint',
  upgrades: true,
  title: 'The field is deprecated',
  why: 'The API server still takes the field, but nothing new is built on it, and what its documentation names instead does more.',
  remedy: "Use what the field's documentation names instead; hover over it to read that.",
  bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  loadBalancerIP: 192.0.2.10
# ^^^^^^^^^^^^^^ hint deprecated-field
  ports:
    - port: 80
`,
  good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  ports:
    - port: 80
`,
  visit(visit, report) {
    const { node, schema } = visit;
    if (node?.type !== 'map' || schema.type !== 'object') return;
    for (const { key } of node.pairs) {
      const field = schema.fields.get(key.value);
      if (!field?.deprecated || isPlaceholder(key.value)) continue;
      // Volumes of drivers that left Kubernetes are another rule's.
      if (schema.name === 'Volume' || schema.name === 'PersistentVolumeSpec') continue;
      // What an exported manifest carries along is not the author's to mend.
      if (visit.path[0] === 'status' || field.name === 'selfLink' || field.name === 'deprecatedTopology') continue;
      report({
        span: { start: key.start, end: key.end },
        tags: ['deprecated'],
        message: `${schema.name} field "${field.name}" is deprecated.${advice(field.description)}`,
        fixes: () => fixes(visit, field.name),
      });
    }
  },
};

/** Deprecated fields that another one stands for, value and all. */
const renamed: Readonly<Record<string, string>> = { 'PodSpec.serviceAccount': 'serviceAccountName' };

function fixes({ document, facts, path, schema }: SchemaVisit, field: string): readonly DraftFix[] {
  const to = schema.type === 'object' ? renamed[`${schema.name}.${field}`] : undefined;
  const draft = to === undefined ? undefined : Restructured.of(document.text, document.tree);
  const map = draft?.at([...facts.resource.path, ...path]);
  if (to === undefined || !draft || !map) return [];
  const there = map.has(to);
  // The server takes both only where they say the same.
  if (there) map.remove(field);
  else map.rename(field, to);
  const edits = draft.edits() ?? [];
  const title = there ? `Remove it: "${to}" is there` : `Rename to "${to}"`;
  return edits.length === 0 ? [] : [{ title, preferred: true, edits: edits.map((edit) => ({ document, ...edit })) }];
}

/** The sentence of a field's documentation that says what to do instead. */
function advice(description: string): string {
  const sentence = /\bDeprecated:? ?([^.]*\b(?:[Uu]se|instead|CSI)\b[^.]*\.(?:[\w./]+\.)*)/i.exec(description)?.[1];
  return sentence === undefined
    ? ''
    : ` ${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`.replace(/\s+/g, ' ').trimEnd();
}
