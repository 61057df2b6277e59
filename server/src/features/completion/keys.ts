import type { ApiModel, Field, ObjectSchema, Schema } from '../../schema/api-model.ts';
import { typeName } from '../../schema/api-model.ts';
import type { Layout } from '../../syntax/edit.ts';
import { usualFields } from '../../tables/usual-fields.ts';
import { fieldDocs } from '../shared/field-docs.ts';
import type { Offer } from './item.ts';

/** Where keys go: the column of the first of them, and how the document is laid out. */
export interface KeyPlace {
  readonly column: number;
  readonly layout: Layout;
  /** Stands before each key: a dash for a new item. */
  readonly lead: string;
  /** Only the key itself is wanted: a colon and a value are there. */
  readonly bare: boolean;
  /** On one line, between braces. */
  readonly flow: boolean;
  /** Whether values of this field can be offered, so that the next suggestion may open by itself. */
  readonly hasValues: (field: Field) => boolean;
  /** Where a field is documented. */
  readonly docs: (field: Field) => string | undefined;
  /** Only what its release has is offered. */
  readonly model: ApiModel;
}

/** Of types that the table of usual fields doesn't have. */
const first: readonly string[] = ['apiVersion', 'kind', 'metadata', 'name', 'spec', 'data'];

/**
 * The fields of an object that are not there yet: required ones first, then those that people write most, deprecated
 * ones and status last.
 */
export function keyOffers(schema: ObjectSchema, present: ReadonlySet<string>, place: KeyPlace): Offer[] {
  const offers: Offer[] = [];
  const usual = usualFields[schema.name] ?? first;
  for (const field of schema.fields.values()) {
    if (present.has(field.name) || !place.model.serves(field)) continue;
    const at = usual.indexOf(field.name);
    const rank = field.deprecated || field.name === 'status' ? '3' : field.required ? '0' : at >= 0 ? '1' : '2';
    const order = at >= 0 ? String(at).padStart(2, '0') : '99';
    offers.push({
      label: field.name,
      kind: 'field',
      detail: `${typeName(field.schema)}${field.required ? ' · required' : ''}`,
      documentation: fieldDocs(field, place.docs(field)),
      deprecated: field.deprecated,
      sortText: `${rank}${order}${field.name}`,
      newText: place.bare ? field.name : place.lead + (place.flow ? `${field.name}: $0` : fieldSnippet(field, place)),
      retrigger: !place.bare && !place.flow && place.hasValues(field),
    });
  }
  return offers;
}

/** `key: $0`, or the key with its map or list opened below it and a tab stop for each required field. */
function fieldSnippet(field: Field, place: KeyPlace): string {
  const stops = { next: 1 };
  const body = below(field.schema, place.column, place.layout, stops, 0);
  return stops.next === 1 ? `${field.name}:${body}$0` : `${field.name}:${body}`;
}

/**
 * What follows `key:`, each line with its whole indentation. Required scalars get numbered tab stops; where there
 * are none, the final one goes to the end.
 */
function below(schema: Schema, column: number, layout: Layout, stops: { next: number }, depth: number): string {
  const { newline } = layout;
  switch (schema.type) {
    case 'object': {
      const inner = ' '.repeat(column + layout.step);
      const lines = requiredLines(schema, column + layout.step, layout, stops, depth);
      return lines.length === 0 ? `${newline}${inner}` : lines.map((line) => `${newline}${inner}${line}`).join('');
    }
    case 'map':
      return `${newline}${' '.repeat(column + layout.step)}`;
    case 'list': {
      const dashColumn = column + layout.dash;
      const inner = ' '.repeat(dashColumn);
      if (schema.items.type !== 'object') return `${newline}${inner}- `;
      const lines = requiredLines(schema.items, dashColumn + 2, layout, stops, depth);
      if (lines.length === 0 && schema.items.fields.has('name')) lines.push(`name: \${${stops.next++}}`);
      if (lines.length === 0) return `${newline}${inner}- `;
      return lines.map((line, i) => `${newline}${inner}${i === 0 ? '- ' : '  '}${line}`).join('');
    }
    default:
      return ' ';
  }
}

function requiredLines(
  schema: ObjectSchema,
  column: number,
  layout: Layout,
  stops: { next: number },
  depth: number,
): string[] {
  if (depth > 2) return [];
  const lines: string[] = [];
  for (const field of schema.fields.values()) {
    if (!field.required) continue;
    if (isScalar(field.schema)) lines.push(`${field.name}: \${${stops.next++}}`);
    else {
      const before = stops.next;
      const body = below(field.schema, column, layout, stops, depth + 1);
      lines.push(`${field.name}:${body}${stops.next === before ? `\${${stops.next++}}` : ''}`);
    }
  }
  return lines.sort((a, b) => Number(b.startsWith('name:')) - Number(a.startsWith('name:')));
}

export const isScalar = (schema: Schema): boolean =>
  schema.type !== 'object' && schema.type !== 'map' && schema.type !== 'list';
