import type { Schema } from '../schema/api-model.ts';
import { isPlaceholder } from '../syntax/placeholder.ts';
import { type ScalarType, scalarType } from '../syntax/scalar.ts';
import type { Node, ScalarNode } from '../syntax/tree.ts';
import { intoList, outOfList } from './repair/lists.ts';
import type { DraftFix, Finding, SchemaRule, SchemaVisit } from './rule.ts';

export const wrongType: SchemaRule = {
  scope: 'schema',
  nodes: ['map', 'list', 'scalar'],
  id: 'wrong-type',
  severity: 'error',
  mirrors: ['apimachinery runtime/serializer/json decoding'],
  title: 'The value has the wrong type',
  why: "The API server can't decode it. Its decoder reads YAML 1.1: a bare yes, 0644 or 1.0 is not a string, and a quoted number is not a number.",
  remedy:
    'Quote a value where a string is due, unquote it where a number or boolean is, and open a map or a list where one belongs.',
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  debug: yes
#        ^^^ error wrong-type
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  debug: "yes"
`,
  visit(visit, report) {
    const { node, schema } = visit;
    if (!node || node.type === 'alias') return;
    // Whether a pointer can lead on here is not a matter of what is written.
    if (node.type !== 'scalar' && node.implied) return;
    if (accepts(schema, node) || (visit.field?.mayBeBoolean && isBoolean(node))) {
      checkRange(visit, node, report);
      return;
    }
    const span = markedSpan(visit, node);
    report({
      span,
      message: `${subject(visit)} must be ${wanted(schema)}${visit.field?.mayBeBoolean ? ', or true or false' : ''}, not ${given(node)}.${reason(schema, node)}`,
      fixes: () => fixesFor(visit, node),
    });
  },
};

/** A 32-bit integer that is none is refused by the decoder, before anybody asks what it is for. */
function checkRange({ schema, value }: SchemaVisit, node: Node, report: (finding: Finding) => void): void {
  const number = schema.type === 'integer' && schema.format === 'int32' ? value.integer : undefined;
  if (node.type !== 'scalar' || number === undefined || Math.abs(number) <= 2 ** 31) return;
  report({ span: value.span, message: `${node.value} is too large for a 32-bit integer: the API server refuses it.` });
}

const accepted: Readonly<Record<string, readonly ScalarType[]>> = {
  string: ['string', 'null'],
  integer: ['integer', 'null'],
  number: ['integer', 'number', 'null'],
  boolean: ['boolean', 'null'],
  'int-or-string': ['integer', 'string', 'null'],
  quantity: ['integer', 'number', 'string', 'null'],
};

const isBoolean = (node: Node): boolean => node.type === 'scalar' && scalarType(node) === 'boolean';

function accepts(schema: Schema, node: Node): boolean {
  if (schema.type === 'any') return true;
  if (node.type === 'scalar') {
    if (node.style === 'plain' && isPlaceholder(node.value)) return true;
    const type = scalarType(node);
    if (type === 'null') return true;
    // An alert rule's or workflow's own placeholders are quoted; where a number is due they still stand for one.
    if (isPlaceholder(node.value) && schema.type !== 'string') return true;
    return accepted[schema.type]?.includes(type) ?? false;
  }
  if (node.type === 'map') return schema.type === 'object' || schema.type === 'map';
  return schema.type === 'list';
}

/** A scalar is marked whole; of a map or list only its first line, or the key that it belongs to. */
function markedSpan({ pair }: SchemaVisit, node: Node): { start: number; end: number } {
  if (node.type === 'scalar' && node.style !== 'block') return { start: node.start, end: node.end };
  if (pair) return { start: pair.key.start, end: pair.key.end };
  return { start: node.start, end: Math.min(node.end, node.start + 1) };
}

const subject = ({ pair, path }: SchemaVisit): string =>
  pair ? `"${pair.key.value}"` : `Item ${String(path.at(-1) ?? '')}`;

function wanted(schema: Schema): string {
  switch (schema.type) {
    case 'string':
      return 'a string';
    case 'integer':
      return 'an integer';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'int-or-string':
      return 'an integer or a string';
    case 'quantity':
      return 'a quantity, such as 500m or 2Gi';
    case 'list':
      return 'a list';
    case 'object':
      return `a map (${schema.name})`;
    default:
      return 'a map';
  }
}

const scalarNames: Readonly<Record<ScalarType, string>> = {
  null: 'nothing',
  boolean: 'a boolean',
  integer: 'an integer',
  number: 'a number',
  string: 'a string',
  unrepresentable: 'a number that JSON does not have',
};

const given = (node: Node): string =>
  node.type === 'scalar' ? scalarNames[scalarType(node)] : node.type === 'map' ? 'a map' : 'a list';

function reason(schema: Schema, node: Node): string {
  if (node.type !== 'scalar') return '';
  if (schema.type === 'string')
    return ` Kubernetes reads a bare ${node.value} as ${scalarNames[scalarType(node)]} and refuses it: quote it.`;
  return ' The API server refuses the manifest.';
}

function fixesFor(visit: SchemaVisit, node: Node): readonly DraftFix[] {
  const { schema, document } = visit;
  const replace = (title: string, newText: string): DraftFix[] => [
    { title, preferred: true, edits: [{ document, span: { start: node.start, end: node.end }, newText }] },
  ];
  if (node.type === 'scalar') {
    if (schema.type === 'string') return replace(`Quote it: "${node.value}"`, JSON.stringify(node.value));
    if (unquotable(schema, node)) return replace('Remove the quotes', node.value);
    if (schema.type === 'list' && node.style !== 'block' && accepts(schema.items, node)) {
      return replace('Make it a list', `[${document.text.slice(node.start, node.end)}]`);
    }
    return [];
  }
  if (schema.type === 'list' && node.type === 'map' && node.pairs.length > 0)
    return intoList(visit, node, schema.items);
  if (node.type === 'list') return outOfList(visit, node, schema);
  return [];
}

const unquotable = (schema: Schema, node: ScalarNode): boolean =>
  (node.style === 'single' || node.style === 'double') &&
  (accepted[schema.type]?.includes(scalarType({ ...node, style: 'plain' })) ?? false) &&
  scalarType({ ...node, style: 'plain' }) !== 'null';
