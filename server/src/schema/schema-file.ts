import type { Release } from '../base/release.ts';
import type { Field, ObjectSchema, ScalarSchema, Schema } from './schema-types.ts';

/**
 * dist/schema.json.br, unpacked, as scripts/schema/encode.mjs writes it. Numbers are indexes into the tables.
 */
export interface SchemaFile {
  readonly format: number;
  /** The newest Kubernetes release in it: '1.36'. */
  readonly kubernetes: string;
  /** The pack that has the kinds of a group of custom resources. */
  readonly packs?: Readonly<Record<string, string>>;
  /** Descriptions. */
  readonly texts: readonly string[];
  readonly types: readonly TypeRow[];
  readonly definitions: readonly DefinitionRow[];
  readonly kinds: readonly KindRow[];
}

type TypeRow =
  | readonly ['list' | 'map' | 'ref', number]
  | readonly [ScalarSchema['type'], string?, (readonly string[])?];

/** name, text, flags (1: open), fields: name, type, text, flags (1: required, 2: deprecated, 4: may be empty, since << 3, until << 9, 1 << 15: decodes itself, 1 << 16: may be a boolean), default or 0, merge key or 0 */
type DefinitionRow = readonly [string, number, number, readonly (string | number)[]];

/** group, version, kind, plural, namespaced, definition, releases */
type KindRow = readonly [string, string, string, string, number, number, KindReleases?];

/** since, until, deprecated, removal (0: none), replacement or '' */
type KindReleases = readonly [number, number, number, number, string];

const FIELD_WIDTH = 6;

/** Resolves rows of a file into schemas, each once and when it is first asked for. */
export class Definitions {
  readonly #file: SchemaFile;
  readonly #objects: (ObjectSchema | undefined)[] = [];
  readonly #schemas: (Schema | undefined)[] = [];

  constructor(file: SchemaFile) {
    this.#file = file;
  }

  /** The same object for the same index, always. */
  object(index: number): ObjectSchema {
    const known = this.#objects[index];
    if (known !== undefined) return known;
    const object = this.#resolveObject(index);
    this.#objects[index] = object;
    return object;
  }

  #schema(index: number): Schema {
    const known = this.#schemas[index];
    if (known !== undefined) return known;
    const schema = this.#resolveSchema(index);
    this.#schemas[index] = schema;
    return schema;
  }

  #text(index: number): string {
    return this.#file.texts[index] ?? '';
  }

  #resolveSchema(index: number): Schema {
    const row = at(this.#file.types, index);
    const operand = row[1];
    switch (row[0]) {
      case 'ref':
        return this.object(Number(operand));
      case 'list':
        return { type: 'list', items: this.#schema(Number(operand)) };
      case 'map':
        return { type: 'map', values: this.#schema(Number(operand)) };
      default:
        return { type: row[0], format: row[1] ?? '', enum: row[2] ?? [] };
    }
  }

  #resolveObject(index: number): ObjectSchema {
    const [name, text, flags, values] = at(this.#file.definitions, index);
    const fields = new Map<string, Field>();
    for (let start = 0; start < values.length; start += FIELD_WIDTH) {
      const field = this.#field(values, start);
      fields.set(field.name, field);
    }
    return { type: 'object', name, description: this.#text(text), fields, open: (flags & 1) !== 0 };
  }

  #field(values: readonly (string | number)[], start: number): Field {
    const type = Number(values[start + 1]);
    const text = this.#text(Number(values[start + 2]));
    const flags = Number(values[start + 3]);
    const fallback = values[start + 4];
    const mergeKey = values[start + 5];
    const schemaOf = (): Schema => this.#schema(type);
    return {
      name: String(values[start]),
      get schema(): Schema {
        return schemaOf();
      },
      get description(): string {
        return text === '' ? descriptionOf(schemaOf()) : text;
      },
      required: (flags & 1) !== 0,
      mayBeEmpty: (flags & 4) !== 0,
      decodesItself: (flags & (1 << 15)) !== 0,
      mayBeBoolean: (flags & (1 << 16)) !== 0,
      default: typeof fallback === 'string' ? fallback : undefined,
      deprecated: (flags & 2) !== 0,
      mergeKey: typeof mergeKey === 'string' ? mergeKey : undefined,
      since: releaseOf((flags >> 3) & 63),
      until: releaseOf((flags >> 9) & 63),
    };
  }
}

/** A release as the file has it: 0 stands for none. */
export const releaseOf = (minor: number | undefined): Release | undefined => minor || undefined;

function descriptionOf(schema: Schema): string {
  switch (schema.type) {
    case 'object':
      return schema.description;
    case 'list':
      return descriptionOf(schema.items);
    case 'map':
      return descriptionOf(schema.values);
    default:
      return '';
  }
}

function at<T>(rows: readonly T[], index: number): T {
  const row = rows[index];
  if (row === undefined) throw new Error(`the schema file has no row ${index}`);
  return row;
}
