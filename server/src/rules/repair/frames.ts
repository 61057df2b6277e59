import { nearest } from '../../base/edit-distance.ts';
import type { Field, ObjectSchema, Schema } from '../../schema/api-model.ts';
import { isPlaceholder } from '../../syntax/placeholder.ts';
import { plainType } from '../../syntax/scalar.ts';

/** A map or list that is open where a line stands, or what may become one. Never changed. */
export interface Frame {
  readonly above: Frame | undefined;
  /** Undefined where nothing is known. */
  readonly schema: Schema | undefined;
  /** `open`: nothing has been put into it yet; `text`: the lines of a block scalar. */
  readonly type: 'map' | 'list' | 'open' | 'text';
  /** 'labels', 'containers[0]'; '' for the resource itself. */
  readonly name: string;
  /** Where the line starts that opens it. */
  readonly opener: number;
  /** Where its key or dash is written, and where it belongs. */
  readonly keyColumn: number;
  readonly keyOut: number;
  /** The same of what is in it, once something is. */
  readonly column: number | undefined;
  readonly out: number;
  /** Where else something stood that belongs into it. */
  readonly strays: readonly number[];
  readonly keys: Keys;
  /** How many items it has. */
  readonly count: number;
  /** The lines that open it and what is around it. */
  readonly id: number;
}

/** The keys that a map has, the last one first: as there are very many frames, they share them. */
export type Keys = { readonly key: string; readonly before: Keys } | undefined;

export function hasKey(keys: Keys, key: string): boolean {
  for (let at = keys; at; at = at.before) if (at.key === key) return true;
  return false;
}

/** What it costs to read a manifest otherwise than its author seems to mean it; the cheapest reading is taken. */
export const costs = {
  /** Something stands in another column than it should. */
  moved: 1,
  /** As something before it that did. */
  movedAlike: 0.4,
  /** Where no line is indented, everything does. */
  movedFlat: 0,
  unknown: 3,
  nearMiss: 1.5,
  duplicate: 2.5,
  /** In a map that takes any key. */
  anyKey: 0.1,
  /** In such a map, while something around it that stands in the same column knows the key. */
  knownAround: 1.5,
  /** In a map that may hold anything. */
  unjudged: 0.3,
  /** Below a key that nobody knows. */
  withinUnknown: 1.2,
  /** A list where a map is due, and the like. */
  otherShape: 2,
  scalarShape: 1.5,
  otherType: 0.7,
  missing: 0.6,
  empty: 0.5,
  emptyMap: 1.8,
  /** Each level that is left: of two readings the deeper one. */
  left: 0.01,
  missingSpace: 0.6,
  /** A field that came late, where an old one of its name is near. */
  late: 0.1,
  /** A line that fits nowhere. */
  stray: 5,
  text: 0.05,
  keyInText: 0.6,
} as const;

const anything: Schema = { type: 'any', format: '', enum: [] };

/** What a key means in a map: its value's schema and what it costs to take it for that. */
export interface Meaning {
  readonly schema: Schema | undefined;
  readonly cost: number;
  readonly known: boolean;
  /** It is taken for a slip of a known one. */
  readonly near?: true;
}

/** What a key with a certain value means in a frame. */
export function meaningOf(frame: Frame, key: string, value: string): Meaning {
  const { schema } = frame;
  if (isPlaceholder(key) || key === '<<') return { schema: anything, cost: 0, known: true };
  if (schema === undefined) return { schema, cost: costs.withinUnknown, known: false };
  if (schema.type === 'any') return { schema, cost: costs.unjudged, known: false };
  const again = hasKey(frame.keys, key) ? costs.duplicate : 0;
  if (schema.type === 'map')
    return { schema: schema.values, cost: costs.anyKey + again + shapeCost(schema.values, value), known: true };
  if (schema.type !== 'object') return { schema: undefined, cost: costs.unknown, known: false };
  const field = schema.fields.get(key);
  if (field) {
    const late = field.since === undefined ? 0 : costs.late;
    return { schema: field.schema, cost: again + late + shapeCost(field.schema, value), known: true };
  }
  if (schema.open) return { schema: anything, cost: costs.unjudged, known: false };
  for (const near of nearMisses(schema, key)) {
    const cost = shapeCost(near.schema, value);
    if (cost < costs.scalarShape && !hasKey(frame.keys, near.name))
      return { schema: near.schema, cost: costs.nearMiss + cost, known: false, near: true };
  }
  return { schema: undefined, cost: costs.unknown + again, known: false };
}

const near = new WeakMap<ObjectSchema, Map<string, readonly Field[]>>();

function nearMisses(schema: ObjectSchema, key: string): readonly Field[] {
  let known = near.get(schema);
  if (!known) {
    known = new Map();
    near.set(schema, known);
  }
  let found = known.get(key);
  if (!found) {
    found = nearest(key, schema.fields.keys()).flatMap((name) => schema.fields.get(name) ?? []);
    if (known.size < 1000) known.set(key, found);
  }
  return found;
}

/** How little a value fits. '' stands for what follows in the lines below. */
export function shapeCost(schema: Schema | undefined, value: string): number {
  if (schema === undefined || schema.type === 'any' || isPlaceholder(value) || /^[&*!]/.test(value)) return 0;
  const nested = schema.type === 'object' || schema.type === 'map' || schema.type === 'list';
  if (value === '') return nested ? 0 : 0.6;
  if (value.startsWith('[')) return schema.type === 'list' ? 0 : costs.scalarShape;
  if (value.startsWith('{')) return schema.type === 'object' || schema.type === 'map' ? 0 : costs.scalarShape;
  if (nested) return plainType(value) === 'null' ? 0 : costs.scalarShape;
  if (/^["'|>]/.test(value)) return schema.type === 'string' || schema.type === 'quantity' ? 0 : costs.otherType / 2;
  const type = plainType(value);
  switch (schema.type) {
    case 'integer':
      return type === 'integer' ? 0 : costs.otherType;
    case 'number':
      return type === 'integer' || type === 'number' ? 0 : costs.otherType;
    case 'boolean':
      return type === 'boolean' ? 0 : costs.otherType;
    case 'string':
      if (schema.enum.length > 0 && !schema.enum.includes(value)) return costs.otherType;
      return type === 'string' ? 0 : 0.2;
    default:
      return 0;
  }
}

/** What it costs that nothing more comes into a frame. */
export function closingCost({ type, schema, keys }: Frame): number {
  if (type === 'text') return 0;
  if (type === 'open') {
    if (schema === undefined || schema.type === 'any') return 0;
    // Nobody writes labels, or data, without any.
    if (schema.type === 'map') return costs.emptyMap;
    return schema.type === 'object' || schema.type === 'list' ? costs.empty : 0.05;
  }
  if (type !== 'map' || schema?.type !== 'object') return 0;
  let missing = 0;
  for (const name of requiredOf(schema)) if (!hasKey(keys, name)) missing++;
  return Math.min(missing, 2) * costs.missing;
}

const required = new WeakMap<ObjectSchema, readonly string[]>();

function requiredOf(schema: ObjectSchema): readonly string[] {
  let names = required.get(schema);
  if (!names) {
    names = [...schema.fields.values()].filter((field) => field.required).map((field) => field.name);
    required.set(schema, names);
  }
  return names;
}
