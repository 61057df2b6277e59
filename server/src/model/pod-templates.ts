import type { KindInfo, ObjectSchema, Schema } from '../schema/api-model.ts';

/** Where a kind keeps pod templates that no table knows: paths of the tables' form, '' for the resource itself. */
export type TemplatesOf = (resource: { readonly apiVersion: string; readonly kind: string }) => readonly string[];

export const noTemplates: TemplatesOf = () => none;

const none: readonly string[] = [];

/**
 * Where a custom resource's schema embeds pod templates: objects whose `spec` is a pod's, by its look (a definition
 * names no types). None for Kubernetes' own kinds, which the tables know, and where the schema leaves open what it holds.
 * In lists and maps, too: `spec.jobs[].template`, `spec.roles.*.template`.
 */
export const podTemplatesIn = (kind: KindInfo | undefined): readonly string[] =>
  kind?.custom === undefined ? none : templatesBelow(kind.schema, 0);

/** Deeper ones are nobody's pod templates, and schemas may be recursive. */
const mostDepth = 12;
/** As many as a kind has at most: each costs its rows' paths. */
const mostTemplates = 30;

const known = new WeakMap<ObjectSchema, readonly string[]>();

function templatesBelow(schema: Schema, depth: number): readonly string[] {
  if (depth > mostDepth) return none;
  if (schema.type === 'list') return templatesBelow(schema.items, depth + 1).map((path) => join('[]', path));
  if (schema.type === 'map') return templatesBelow(schema.values, depth + 1).map((path) => join('*', path));
  if (schema.type !== 'object') return none;
  const found = known.get(schema);
  if (found) return found;
  // What leads back to here brings nothing new.
  known.set(schema, none);
  const result = isPodTemplate(schema)
    ? ['']
    : [...schema.fields.values()]
        .flatMap((field) => templatesBelow(field.schema, depth + 1).map((path) => join(segment(field.name), path)))
        .slice(0, mostTemplates);
  known.set(schema, result);
  return result;
}

/** A template, or a kind that has a pod's fields in its own spec. */
function isPodTemplate(schema: ObjectSchema): boolean {
  const spec = schema.fields.get('spec')?.schema;
  if (spec?.type !== 'object' || spec.fields.get('volumes')?.schema.type !== 'list') return false;
  const containers = spec.fields.get('containers')?.schema;
  const container = containers?.type === 'list' ? containers.items : undefined;
  return container?.type === 'object' && container.fields.has('name') && container.fields.has('image');
}

const segment = (name: string): string => (/^[\w-]+$/.test(name) ? name : `['${name}']`);

const join = (head: string, tail: string): string =>
  tail === '' || tail.startsWith('[') ? head + tail : `${head}.${tail}`;
