import { type Data, isTrue, type MapData, mapAt, mapsAt, type Origin, textOf, valueAt } from '../base/data.ts';
import type { Release } from '../base/release.ts';
import type { DataObject, Objects } from './data-object.ts';
import { expand } from './expansion.ts';
import { envVarName } from './forms.ts';
import { parseQuantity } from './quantity.ts';

/** A part of a variable's value. */
export type ValuePart =
  | { readonly is: 'text'; readonly text: string }
  /** A Secret's value, which is not to be shown unasked; `text` is undefined where it can't be known. */
  | { readonly is: 'secret'; readonly secret: string; readonly key: string; readonly text: string | undefined }
  /** What only the running pod knows, in words. */
  | { readonly is: 'unknown'; readonly what: string };

/** A variable as a container's process finds it. */
export interface Variable {
  readonly name: string;
  readonly value: readonly ValuePart[];
  /** Where the value comes from: `ConfigMap app, key mode`; `written here`. */
  readonly source: string;
  /** Of the entry of env or envFrom that sets it. */
  readonly origin: Origin;
  /** Where the value itself is written, if that is somewhere else. */
  readonly target: Origin | undefined;
  /** What it takes the place of, the last first: the sources of the same name before it. */
  readonly overrides: readonly string[];
}

export interface Environment {
  readonly variables: readonly Variable[];
  /** What keeps the container from starting, or can't be known; a sentence each. */
  readonly notes: readonly string[];
}

/**
 * A container's environment as the kubelet makes it (pkg/kubelet, makeEnvironmentVariables): envFrom first, then env
 * over it; `$(NAME)` means what is defined by then. Without the variables of Services and of the image.
 *
 * @param pod the pod that the container is part of, for what names its fields
 */
export function environmentOf(container: MapData, pod: MapData, objects: Objects, release: Release): Environment {
  const variables = new Map<string, Variable>();
  const notes: string[] = [];
  const set = (variable: Omit<Variable, 'overrides'>): void => {
    const before = variables.get(variable.name);
    const overrides = before ? [before.source, ...before.overrides] : [];
    variables.set(variable.name, { ...variable, overrides });
  };
  for (const entry of mapsAt(container, 'envFrom')) addAll(entry, objects, release, set, notes);
  for (const entry of mapsAt(container, 'env')) {
    const name = textOf(entry, 'name');
    if (name === '') continue;
    const written = textOf(entry, 'value');
    const from = mapAt(entry, 'valueFrom');
    if (written !== '' || !from) {
      const value = expandValue(written, (other) => variables.get(other)?.value);
      set({ name, value, source: 'written here', origin: entry.origin, target: undefined });
    } else {
      const read = readSource(from, container, pod, objects, notes);
      // An optional key that is missing leaves the variable out.
      if (read) set({ name, ...read, origin: entry.origin });
    }
  }
  return { variables: [...variables.values()], notes };
}

/** A text with its `$(NAME)` expanded; unknown where that grows longer than a variable can be. */
export function expandValue(
  text: string,
  lookup: (name: string) => readonly ValuePart[] | undefined,
): readonly ValuePart[] {
  const result: ValuePart[] = [];
  let length = 0;
  for (const piece of expand(text, lookup)) {
    const parts: readonly ValuePart[] = 'of' in piece ? piece.of : [{ is: 'text', text: piece.text }];
    for (const part of parts) {
      length += 1 + ('text' in part ? (part.text?.length ?? 0) : 0);
      if (length > longestValue || part === tooLong) return [tooLong];
      result.push(part);
    }
  }
  return result;
}

/** What Linux takes as one variable (MAX_ARG_STRLEN): values that hold each other twice double with every step. */
const longestValue = 131_072;
const tooLong: ValuePart = { is: 'unknown', what: `longer than ${longestValue} bytes` };

function addAll(
  entry: MapData,
  objects: Objects,
  release: Release,
  set: (variable: Omit<Variable, 'overrides'>) => void,
  notes: string[],
): void {
  const kind = mapAt(entry, 'secretRef') ? 'Secret' : 'ConfigMap';
  const ref = mapAt(entry, kind === 'Secret' ? 'secretRef' : 'configMapRef');
  const name = textOf(ref, 'name');
  if (name === '') return;
  const object = objects(kind, name);
  if (!object || object.open)
    notes.push(
      object
        ? `The keys of ${kind} "${name}" can't be known here: they are variables, too.`
        : missingObject(kind, name, isTrue(ref, 'optional')),
    );
  const invalid: string[] = [];
  for (const [key, { text, origin }] of object?.keys ?? []) {
    const variable = textOf(entry, 'prefix') + key;
    if (envVarName(variable, release) !== undefined) {
      invalid.push(variable);
      continue;
    }
    const value: ValuePart =
      kind === 'Secret'
        ? { is: 'secret', secret: name, key, text }
        : text === undefined
          ? { is: 'unknown', what: 'bytes' }
          : { is: 'text', text };
    // Bytes of a ConfigMap are no variables.
    if (kind === 'ConfigMap' && text === undefined) continue;
    set({
      name: variable,
      value: [value],
      source: `${kind} ${name}, key ${key}`,
      origin: entry.origin,
      target: origin,
    });
  }
  if (invalid.length > 0)
    notes.push(`Keys of ${kind} "${name}" that are no names of variables are left out: ${invalid.join(', ')}.`);
}

const missingObject = (kind: DataObject['kind'], name: string, optional: boolean): string =>
  optional
    ? `${kind} "${name}" is not in this workspace; it is optional.`
    : `${kind} "${name}" is not in this workspace: without it on the cluster the container doesn't start.`;

type Read = Pick<Variable, 'value' | 'source' | 'target'>;

function readSource(
  from: MapData,
  container: MapData,
  pod: MapData,
  objects: Objects,
  notes: string[],
): Read | undefined {
  for (const [kind, field] of [
    ['ConfigMap', 'configMapKeyRef'],
    ['Secret', 'secretKeyRef'],
  ] as const) {
    const ref = mapAt(from, field);
    if (ref) return keyValue(kind, ref, objects, notes);
  }
  const fieldPath = textOf(from, 'fieldRef', 'fieldPath');
  if (fieldPath !== '') return { value: [fieldValue(pod, fieldPath)], source: `field ${fieldPath}`, target: undefined };
  const resource = mapAt(from, 'resourceFieldRef');
  if (resource)
    return {
      value: [resourceValue(resource, container, pod)],
      source: `resource ${textOf(resource, 'resource')}`,
      target: undefined,
    };
  return undefined;
}

function keyValue(kind: DataObject['kind'], ref: MapData, objects: Objects, notes: string[]): Read | undefined {
  const name = textOf(ref, 'name');
  const key = textOf(ref, 'key');
  const optional = isTrue(ref, 'optional');
  const object = objects(kind, name);
  const entry = object?.keys.get(key);
  const source = `${kind} ${name}, key ${key}`;
  if (!object) notes.push(missingObject(kind, name, optional));
  else if (!entry && !object.open) {
    notes.push(
      optional
        ? `${kind} "${name}" has no key "${key}"; it is optional.`
        : `${kind} "${name}" has no key "${key}": the container doesn't start.`,
    );
    if (optional) return undefined;
  }
  const value: ValuePart =
    kind === 'Secret'
      ? { is: 'secret', secret: name, key, text: entry?.text }
      : entry?.text === undefined
        ? { is: 'unknown', what: `${source}` }
        : { is: 'text', text: entry.text };
  return { value: [value], source, target: entry?.origin };
}

/** What a field of the pod is, as far as a manifest tells (pkg/fieldpath, and the kubelet for the pod's status). */
export function fieldValue(pod: MapData, path: string): ValuePart {
  const keyed = /^metadata\.(labels|annotations)\['([^']*)'\]$/.exec(path);
  const text = (value: Data | undefined): string => textOf(value);
  if (keyed) return { is: 'text', text: text(valueAt(pod, 'metadata', keyed[1] ?? '', keyed[2] ?? '')) };
  if (path === 'metadata.namespace') return { is: 'text', text: textOf(pod, 'metadata', 'namespace') || 'default' };
  if (path === 'metadata.labels' || path === 'metadata.annotations') {
    const all = mapAt(pod, ...path.split('.'))?.entries ?? new Map<string, Data>();
    const lines = Array.from(all, ([key, value]) => `${key}=${JSON.stringify(textOf(value))}`).sort();
    return { is: 'text', text: lines.join('\n') };
  }
  const found = text(valueAt(pod, ...path.split('.')));
  // A template's name is not its pods'.
  if (found !== '' && textOf(pod, 'kind') === 'Pod' && !path.startsWith('status.')) return { is: 'text', text: found };
  if (path === 'spec.serviceAccountName') return { is: 'text', text: found || 'default' };
  return { is: 'unknown', what: runTimeFields[path] ?? path };
}

const runTimeFields: Readonly<Record<string, string>> = {
  'metadata.name': "the pod's name",
  'metadata.uid': "the pod's UID",
  'spec.nodeName': "the node's name",
  'status.hostIP': "the node's IP",
  'status.hostIPs': "the node's IPs",
  'status.podIP': "the pod's IP",
  'status.podIPs': "the pod's IPs",
};

/** pkg/api/v1/resource, ExtractContainerResourceValue: in units of the divisor, rounded up. */
export function resourceValue(ref: MapData, own: MapData, pod: MapData): ValuePart {
  const name = textOf(ref, 'containerName');
  const [kind = '', ...rest] = textOf(ref, 'resource').split('.');
  const resource = rest.join('.');
  const container =
    name === '' ? own : mapsAt(pod, 'spec', 'containers').find((candidate) => textOf(candidate, 'name') === name);
  const quantity =
    textOf(container, 'resources', kind, resource) ||
    // Requests are the limits where only those are stated.
    (kind === 'requests' ? textOf(container, 'resources', 'limits', resource) : '');
  if (quantity === '')
    return kind === 'limits' ? { is: 'unknown', what: `what the node has of ${resource}` } : { is: 'text', text: '0' };
  const nanos = parseQuantity(quantity)?.nanos;
  const divisor = parseQuantity(textOf(ref, 'divisor') || '1')?.nanos || 1_000_000_000n;
  if (nanos === undefined) return { is: 'unknown', what: textOf(ref, 'resource') };
  return { is: 'text', text: String((nanos + divisor - 1n) / divisor) };
}
