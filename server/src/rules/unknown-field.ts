import { nearest } from '../base/edit-distance.ts';
import { lineStartAt } from '../base/line-index.ts';
import type { Document } from '../graph/document.ts';
import type { ApiModel, ObjectSchema, Schema } from '../schema/api-model.ts';
import { columnAt, scalarLike } from '../syntax/edit.ts';
import { isPlaceholder } from '../syntax/placeholder.ts';
import { scalarType } from '../syntax/scalar.ts';
import type { MapNode, Node, ScalarNode } from '../syntax/tree.ts';
import type { DraftFix, SchemaRule } from './rule.ts';
import { didYouMean, listOf } from './wording.ts';

export const unknownField: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  applies: (schema) => schema.type === 'object' && !schema.open,
  id: 'unknown-field',
  severity: 'error',
  mirrors: [
    'apimachinery runtime/serializer/json strict decoding',
    'apiextensions/v1 JSONSchemaPropsOrArray.UnmarshalJSON',
    'apiextensions/v1 JSONSchemaPropsOrBool.UnmarshalJSON',
  ],
  title: 'The field does not exist',
  why: 'The API server refuses unknown fields (strict decoding, the default of kubectl since 1.25), and older ones drop them silently, as all do below items and additionalProperties of a custom resource definition.',
  remedy: 'Correct the spelling (field names are case-sensitive), or move the field to where it belongs.',
  bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selecter:
# ^^^^^^^^ error unknown-field
    app: web
  ports:
    - port: 80
`,
  good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {}
  ports:
    - port: 80
`,
  visit({ node, schema, document, facts, model, kind, lenient }, report) {
    if (node?.type !== 'map' || schema.type !== 'object' || schema.open) return;
    let names: Names | undefined;
    for (const { key, value } of node.pairs) {
      const name = key.value;
      // Nothing in a patch takes something away.
      if (value === undefined && facts.isPatch) continue;
      if (schema.fields.has(name) || isPlaceholder(name) || name === '') continue;
      // A merge key, or a directive of a strategic merge ($patch).
      if ((name === '<<' && key.style === 'plain') || name.startsWith('$')) continue;
      names ??= namesOf(node, schema, model);
      const { fields, known } = names;
      const near = byShape(nearest(name, known), schema, value);
      // Fields come with versions: unless it looks like a slip, the operator on the cluster may well have it.
      if (kind.custom === 'pack' && !near.some((field) => isSlip(name, field))) continue;
      const has = near.length === 0 && known.length <= 12 ? ` Its fields are ${listOf(fields, 12)}.` : '';
      const span = { start: key.start, end: key.end };
      report({
        span,
        severity: lenient ? 'warning' : 'error',
        message: `${schema.name} has no field "${name}": the API server ${lenient ? 'drops it without a word' : 'refuses it'}.${didYouMean(near)}${has}`,
        fixes: () => [
          ...near.slice(0, 3).map((field) => ({
            title: `Change to "${field}"`,
            preferred: near.length === 1,
            edits: [{ document, span, newText: scalarLike(key, field) }],
          })),
          ...(near.length === 0 ? moveUp(document, node, schema, key) : []),
        ],
      });
    }
  },
};

/** The fields of an object in the release, and those that aren't there yet. */
interface Names {
  readonly fields: readonly string[];
  readonly known: readonly string[];
}

function namesOf(node: MapNode, schema: ObjectSchema, model: ApiModel): Names {
  const present = new Set(node.pairs.map((pair) => pair.key.value));
  const fields = [...schema.fields.values()].filter((field) => model.serves(field)).map((field) => field.name);
  return { fields, known: fields.filter((field) => !present.has(field)) };
}

/** Right behind labels, data and other maps that take any key, it may be one more of them. */
function moveUp(document: Document, node: MapNode, schema: ObjectSchema, key: ScalarNode): readonly DraftFix[] {
  const { text } = document;
  const at = node.pairs.findIndex((pair) => pair.key === key);
  const above = node.pairs[at - 1];
  const value = node.pairs[at]?.value;
  const type = above && schema.fields.get(above.key.value)?.schema;
  if (node.flow || type?.type !== 'map' || above?.value?.type !== 'map' || above.value.flow) return [];
  const first = above.value.pairs[0]?.key;
  const start = lineStartAt(text, key.start);
  if (!first || text.slice(start, key.start).trim() !== '' || !hasShape(type.values, value)) return [];
  if (value && text.slice(key.start, value.end).includes('\n')) return [];
  const newText = ' '.repeat(columnAt(text, first.start));
  const title = `Move into ${above.key.value}`;
  return [{ title, preferred: false, edits: [{ document, span: { start, end: key.start }, newText }] }];
}

/** A name that another one begins with is a relative of it rather than a slip: `onepassword`, `onepasswordSDK`. */
const isSlip = (a: string, b: string): boolean =>
  Math.abs(a.length - b.length) < 2 || !(a.startsWith(b) || b.startsWith(a));

/** Of several near misses those whose values have this shape, where there are such: a list was meant to be a list. */
function byShape(near: readonly string[], schema: ObjectSchema, value: Node | undefined): readonly string[] {
  if (near.length < 2) return near;
  const fitting = near.filter((name) => {
    const field = schema.fields.get(name);
    return field !== undefined && hasShape(field.schema, value);
  });
  return fitting.length === 0 ? near : fitting;
}

function hasShape(schema: Schema, value: Node | undefined): boolean {
  const nested = schema.type === 'object' || schema.type === 'map' || schema.type === 'list';
  if (value === undefined || value.type === 'alias' || schema.type === 'any') return true;
  if (value.type === 'list') return schema.type === 'list';
  if (value.type === 'map') return schema.type === 'object' || schema.type === 'map';
  if (isPlaceholder(value.value)) return true;
  const type = scalarType(value);
  if (type === 'null') return nested;
  if (nested) return false;
  if (schema.type === 'boolean' || schema.type === 'integer') return type === schema.type;
  return schema.type !== 'string' || type === 'string';
}
