import type { KindInfo, ListSchema, ObjectSchema, Schema } from '../schema/api-model.ts';
import type { PodShape } from '../tables/kinds.ts';

/** Where a kind keeps pods that no table knows. */
export type TemplatesOf = (resource: { readonly apiVersion: string; readonly kind: string }) => readonly PodShape[];

export const noTemplates: TemplatesOf = () => none;

const none: readonly PodShape[] = [];

/**
 * Where a custom resource's schema embeds pods, by their look (a definition names no types): templates, whose `spec` is a
 * pod's, and the fields of such a spec elsewhere (`spec.podSpec`, or a `spec` with volumes and their mounts). None for
 * Kubernetes' own kinds, which the tables know, and where the schema leaves open what it holds. In lists and maps, too:
 * `spec.jobs[].template`, `spec.roles.*.template`.
 */
export const podTemplatesIn = (kind: KindInfo | undefined): readonly PodShape[] =>
  kind?.custom === undefined ? none : templatesBelow(kind.schema, 0);

/** Tells shapes apart. */
export const shapeKey = (shapes: readonly PodShape[]): string =>
  shapes.map(({ path, bare, containers }) => `${bare ? '' : 'template '}${path}:${containers.join(',')}`).join(' ');

/** Deeper ones are nobody's pod templates, and schemas may be recursive. */
const mostDepth = 12;
/** As many as a kind has at most: each costs its rows' paths. */
const mostTemplates = 30;

const known = new WeakMap<ObjectSchema, readonly PodShape[]>();

function templatesBelow(schema: Schema, depth: number): readonly PodShape[] {
  if (depth > mostDepth) return none;
  if (schema.type === 'list') return templatesBelow(schema.items, depth + 1).map((shape) => below('[]', shape));
  if (schema.type === 'map') return templatesBelow(schema.values, depth + 1).map((shape) => below('*', shape));
  if (schema.type !== 'object') return none;
  const found = known.get(schema);
  if (found) return found;
  // What leads back to here brings nothing new.
  known.set(schema, none);
  const own = podIn(schema);
  const result = own
    ? [own]
    : [...schema.fields.values()]
        .flatMap((field) => templatesBelow(field.schema, depth + 1).map((shape) => below(segment(field.name), shape)))
        .slice(0, mostTemplates);
  known.set(schema, result);
  return result;
}

/** A template, or a kind that has a pod's fields in its own spec; or those fields themselves. */
function podIn(schema: ObjectSchema): PodShape | undefined {
  const spec = schema.fields.get('spec')?.schema;
  if (spec?.type === 'object' && isPodSpec(spec)) return { path: '', bare: false, containers: moreContainers(spec) };
  return isPodSpec(schema) ? { path: '', bare: true, containers: moreContainers(schema) } : undefined;
}

function isPodSpec(schema: ObjectSchema): boolean {
  if (!listIn(schema, 'volumes')) return false;
  const containers = listIn(schema, 'containers')?.items;
  if (containers?.type === 'object' && containers.fields.has('name') && containers.fields.has('image')) return true;
  return moreContainers(schema).length > 0;
}

const usual: ReadonlySet<string> = new Set(['containers', 'initContainers', 'ephemeralContainers']);

/** Containers under other names than a pod has for them, and mounts beside the volumes. */
function moreContainers(spec: ObjectSchema): readonly string[] {
  const result = listIn(spec, 'volumeMounts') ? ['.'] : [];
  for (const { name, schema } of spec.fields.values()) {
    if (usual.has(name)) continue;
    const one = schema.type === 'list' ? schema.items : schema;
    if (one.type === 'object' && one.fields.has('image') && listIn(one, 'volumeMounts'))
      result.push(segment(name) + (schema.type === 'list' ? '[]' : ''));
  }
  return result;
}

function listIn(schema: ObjectSchema, name: string): ListSchema | undefined {
  const found = schema.fields.get(name)?.schema;
  return found?.type === 'list' ? found : undefined;
}

const segment = (name: string): string => (/^[\w-]+$/.test(name) ? name : `['${name}']`);

const below = (head: string, { path, ...shape }: PodShape): PodShape => ({
  ...shape,
  path: path === '' || path.startsWith('[') ? head + path : `${head}.${path}`,
});
