import type { Field, KindInfo, Limits, ObjectSchema, ScalarSchema, Schema } from '../schema/schema-types.ts';
import { type Node, nodeAt, type Path } from '../syntax/tree.ts';
import { Value } from '../syntax/value.ts';

/**
 * The kinds that a CustomResourceDefinition (v1 or v1beta1) brings, one for each version that is served. Whatever in it
 * isn't understood holds anything. Schemas are read from the text when they are first asked for, so that no tree is kept.
 *
 * @param root gives the root of the document that holds the definition
 * @param path where in it the definition stands
 * @param metadata the schema of a resource's metadata
 */
export function kindsDefinedBy(
  root: () => Node | undefined,
  path: Path,
  metadata: Schema | undefined,
): readonly KindInfo[] {
  const definition = (): Value => new Value(nodeAt(root(), path));
  const spec = definition().get('spec');
  const group = spec.get('group').text;
  const kind = spec.at('names', 'kind').text;
  const plural = spec.at('names', 'plural').text;
  if (!group || !kind || !plural) return [];
  const names = spec
    .get('versions')
    .items.filter((version) => version.get('served').boolean !== false)
    .map((version) => version.get('name').text);
  const versions = names.length > 0 ? names : [spec.get('version').text];
  return versions
    .filter((version) => version !== undefined && version !== '')
    .map(
      (version = '') => new DefinedKind(definition, { group, kind, plural, version }, metadata, spec.get('scope').text),
    );
}

/** A kind whose schema is read when somebody asks for it. */
class DefinedKind implements KindInfo {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly apiVersion: string;
  readonly namespaced: boolean;
  readonly plural: string;
  readonly custom = 'workspace';
  readonly since = undefined;
  readonly until = undefined;
  readonly deprecated = undefined;
  readonly removal = undefined;
  readonly replacement = undefined;
  readonly #definition: () => Value;
  readonly #metadata: Schema | undefined;
  #schema: ObjectSchema | undefined;

  constructor(
    definition: () => Value,
    { group, kind, plural, version }: Pick<KindInfo, 'group' | 'kind' | 'plural' | 'version'>,
    metadata: Schema | undefined,
    scope: string | undefined,
  ) {
    this.group = group;
    this.version = version;
    this.kind = kind;
    this.apiVersion = `${group}/${version}`;
    this.namespaced = scope !== 'Cluster';
    this.plural = plural;
    this.#definition = definition;
    this.#metadata = metadata;
  }

  get description(): string {
    return this.schema.description;
  }

  get schema(): ObjectSchema {
    this.#schema ??= this.#read();
    return this.#schema;
  }

  #read(): ObjectSchema {
    const spec = this.#definition().get('spec');
    const version = spec.get('versions').items.find((item) => item.get('name').text === this.version);
    const own = version?.at('schema', 'openAPIV3Schema');
    const schema = own?.present ? own : spec.at('validation', 'openAPIV3Schema');
    // v1beta1 keeps what it doesn't know, unless it is told otherwise.
    const beta = this.#definition().get('apiVersion').text?.endsWith('/v1beta1') ?? false;
    const keeps = spec.get('preserveUnknownFields').boolean ?? beta;
    const read = new Reader(keeps).object(schema, this.kind);
    const fields = new Map(read.fields);
    fields.set('apiVersion', plainField('apiVersion', text));
    fields.set('kind', plainField('kind', text));
    fields.set('metadata', plainField('metadata', this.#metadata ?? anything));
    return { ...read, fields, open: read.open || schema.absent };
  }
}

const anything: ScalarSchema = { type: 'any', format: '', enum: [] };
const text: ScalarSchema = { type: 'string', format: '', enum: [] };

/** Definitions know nothing of Kubernetes' releases. */
const everyRelease = { since: undefined, until: undefined };

const plainField = (name: string, schema: Schema): Field => ({
  name,
  schema,
  description: '',
  required: false,
  mayBeEmpty: true,
  default: undefined,
  deprecated: false,
  mergeKey: undefined,
  ...everyRelease,
});

/** Deeper ones hold anything: aliases could make a schema endless. */
const mostDepth = 60;
const mostObjects = 20_000;

class Reader {
  readonly #keeps: boolean;
  #objects = 0;

  constructor(keeps: boolean) {
    this.#keeps = keeps;
  }

  object(schema: Value, name: string, depth = 0): ObjectSchema {
    this.#objects++;
    const required = new Set(schema.get('required').items.map((item) => item.text));
    const fields = new Map<string, Field>();
    for (const { name: key, value } of schema.get('properties').entries)
      fields.set(key, this.#field(key, value, required.has(key), depth + 1));
    const embedded = schema.get('x-kubernetes-embedded-resource').boolean === true;
    if (embedded)
      for (const key of ['apiVersion', 'kind', 'metadata'])
        if (!fields.has(key)) fields.set(key, plainField(key, key === 'metadata' ? anything : text));
    return {
      type: 'object',
      name,
      description: describe(schema),
      fields,
      // An object that says nothing of its fields is mostly meant to hold any.
      open: this.#keeps || schema.get('x-kubernetes-preserve-unknown-fields').boolean === true || fields.size === 0,
    };
  }

  #field(name: string, schema: Value, required: boolean, depth: number): Field {
    const fallback = schema.get('default');
    return {
      name,
      schema: this.#schema(schema, name, depth),
      description: describe(schema),
      // The server fills in a default before it asks.
      required: required && fallback.absent,
      mayBeEmpty: true,
      default: fallback.scalar?.value,
      deprecated: /^deprecated\b/i.test(schema.get('description').text ?? ''),
      mergeKey: schema.get('x-kubernetes-list-map-keys').items[0]?.text,
      ...everyRelease,
    };
  }

  #schema(schema: Value, name: string, depth: number): Schema {
    if (depth > mostDepth || this.#objects > mostObjects) return anything;
    if (schema.get('x-kubernetes-int-or-string').boolean === true) return { ...anything, type: 'int-or-string' };
    switch (schema.get('type').text) {
      case 'object': {
        const values = schema.get('additionalProperties');
        if (values.map && schema.get('properties').absent)
          return { type: 'map', values: this.#schema(values, name, depth + 1) };
        if (values.boolean === true) return anything;
        return this.object(schema, titled(name), depth);
      }
      case 'array':
        return { type: 'list', items: this.#schema(schema.get('items'), name, depth + 1) };
      case 'string':
        return { ...scalar(schema), type: 'string' };
      case 'integer':
        return { ...scalar(schema), type: 'integer' };
      case 'number':
        return { ...scalar(schema), type: 'number' };
      case 'boolean':
        return { ...anything, type: 'boolean' };
      default:
        return anything;
    }
  }
}

const titled = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function scalar(schema: Value): Omit<ScalarSchema, 'type'> {
  const limits: Limits = {
    ...textLimit('pattern', schema.get('pattern').scalar?.value),
    ...numberLimit('minimum', schema.get('minimum')),
    ...numberLimit('maximum', schema.get('maximum')),
    ...numberLimit('minLength', schema.get('minLength')),
    ...numberLimit('maxLength', schema.get('maxLength')),
  };
  return {
    format: schema.get('format').text ?? '',
    enum: schema
      .get('enum')
      .items.map((item) => item.scalar?.value)
      .filter((value) => value !== undefined),
    ...(Object.keys(limits).length > 0 && { limits }),
  };
}

const textLimit = (key: keyof Limits, value: string | undefined): Limits =>
  value === undefined ? {} : { [key]: value };

function numberLimit(key: keyof Limits, value: Value): Limits {
  const number = Number(value.scalar?.value ?? Number.NaN);
  return Number.isFinite(number) ? { [key]: number } : {};
}

/** The description, and what the CEL rules say to whoever breaks them. */
function describe(schema: Value): string {
  const rules = schema
    .get('x-kubernetes-validations')
    .items.map((rule) => rule.get('message').text ?? rule.get('rule').text);
  const said = rules.filter((rule) => rule !== undefined && rule !== '').map((rule) => `- ${rule}`);
  const description = schema.get('description').scalar?.value ?? '';
  return said.length === 0 ? description : `${description}\n\nRules:\n${said.join('\n')}`.trim();
}
