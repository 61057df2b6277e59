import { isTrue, type MapData, mapAt, mapsAt, type Origin, textOf, valueAt } from '../base/data.ts';
import type { DataObject, Objects } from './data-object.ts';
import { fieldValue, resourceValue, type ValuePart } from './environment.ts';

/** A file that a volume puts below a mount's path. */
export interface MountedFile {
  /** Relative to the mount's path; empty where the mount is this one file. */
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  /** `key driver of ConfigMap app`. */
  readonly source: string;
  readonly content: ValuePart;
  /** Where the content is written. */
  readonly target: Origin | undefined;
}

/** What a container finds at one path. */
export interface Mount {
  readonly path: string;
  readonly volume: string;
  /** What is there, in words: `ConfigMap app`, `claim data`, `empty directory`. */
  readonly what: string;
  readonly readOnly: boolean;
  /** Undefined where what is there can't be listed. */
  readonly files: readonly MountedFile[] | undefined;
  /** Of the mount's entry. */
  readonly origin: Origin;
  /** What keeps the pod from starting, or can't be known; a sentence each. */
  readonly notes: readonly string[];
}

interface Content {
  readonly what: string;
  readonly files: readonly MountedFile[] | undefined;
  /** Such volumes can't be written to, whatever the mount says. */
  readonly readOnly: boolean;
  readonly notes: readonly string[];
}

/** What a container's mounts make of its file system, by path. */
export function mountsOf(
  container: MapData,
  pod: MapData,
  objects: Objects,
  expandPath: (text: string) => string,
): readonly Mount[] {
  const volumes = new Map(mapsAt(pod, 'spec', 'volumes').map((volume) => [textOf(volume, 'name'), volume]));
  const mounts = mapsAt(container, 'volumeMounts').flatMap((mount): Mount[] => {
    const path = textOf(mount, 'mountPath');
    const name = textOf(mount, 'name');
    if (path === '' && name === '') return [];
    const volume = volumes.get(name);
    const content: Content = volume
      ? contentOf(volume, container, pod, objects)
      : { what: 'nothing', files: undefined, readOnly: false, notes: [`The pod has no volume "${name}".`] };
    const subPath = textOf(mount, 'subPath') || expandPath(textOf(mount, 'subPathExpr'));
    const { files, notes } = subPath === '' ? content : below(content, subPath);
    const what = subPath === '' ? content.what : `${subPath} of ${content.what}`;
    const readOnly = content.readOnly || isTrue(mount, 'readOnly');
    return [{ path, volume: name, what, readOnly, files, origin: mount.origin, notes }];
  });
  return mounts.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** The part of a volume that subPath names: one file, or what is in a directory. */
function below(content: Content, subPath: string): Pick<Content, 'files' | 'notes'> {
  if (!content.files) return content;
  const path = subPath.replace(/\/+$/, '');
  const file = content.files.find((one) => one.path === path);
  if (file) return { files: [{ ...file, path: '' }], notes: content.notes };
  const files = content.files
    .filter((one) => one.path.startsWith(`${path}/`))
    .map((one) => ({ ...one, path: one.path.slice(path.length + 1) }));
  const missing = files.length === 0 ? [`The volume has no ${path}: an empty directory is mounted.`] : [];
  return { files, notes: [...content.notes, ...missing] };
}

function contentOf(volume: MapData, container: MapData, pod: MapData, objects: Objects): Content {
  const mode = modeOf(volume);
  const configMap = mapAt(volume, 'configMap');
  if (configMap) return readOnly(objectFiles('ConfigMap', textOf(configMap, 'name'), configMap, mode, objects));
  const secret = mapAt(volume, 'secret');
  if (secret) return readOnly(objectFiles('Secret', textOf(secret, 'secretName'), secret, mode, objects));
  const downward = mapAt(volume, 'downwardAPI');
  if (downward)
    return readOnly({ what: 'fields of the pod', files: fieldFiles(downward, mode, container, pod), notes: [] });
  const projected = mapAt(volume, 'projected');
  if (projected) return readOnly(projectedFiles(projected, mode, container, pod, objects));
  return { ...otherContent(volume), notes: [] };
}

type Files = Omit<Content, 'readOnly'>;

const readOnly = (content: Files): Content => ({ ...content, readOnly: true });

/** 0644 where the volume doesn't say. */
function modeOf(volume: MapData): number {
  for (const source of ['configMap', 'secret', 'downwardAPI', 'projected']) {
    const mode = valueAt(volume, source, 'defaultMode');
    if (mode?.type === 'scalar' && typeof mode.value === 'number') return mode.value;
  }
  return 0o644;
}

function objectFiles(
  kind: DataObject['kind'],
  name: string,
  source: MapData,
  defaultMode: number,
  objects: Objects,
): Files {
  const what = `${kind} ${name}`;
  const object = objects(kind, name);
  const items = mapsAt(source, 'items');
  const optional = isTrue(source, 'optional');
  const notes: string[] = [];
  if (!object)
    notes.push(
      optional
        ? `${kind} "${name}" is not in this workspace; it is optional.`
        : `${kind} "${name}" is not in this workspace: without it on the cluster the pod doesn't start.`,
    );
  const file = (key: string, path: string, mode: number): MountedFile => {
    const entry = object?.keys.get(key);
    const content: ValuePart =
      kind === 'Secret'
        ? { is: 'secret', secret: name, key, text: entry?.text }
        : entry?.text === undefined
          ? { is: 'unknown', what: entry ? 'bytes' : `key ${key}` }
          : { is: 'text', text: entry.text };
    return { path, mode, source: `key ${key} of ${what}`, content, target: entry?.origin };
  };
  if (items.length === 0) {
    if (object?.open) notes.push(`The keys of ${kind} "${name}" can't be known here: each is a file.`);
    const files = object && [...object.keys.keys()].map((key) => file(key, key, defaultMode));
    return { what, files: files ?? (optional ? [] : undefined), notes };
  }
  const files = items.flatMap((item): MountedFile[] => {
    const key = textOf(item, 'key');
    if (object && !object.open && !object.keys.has(key)) {
      notes.push(`${kind} "${name}" has no key "${key}"${optional ? '.' : ": the pod doesn't start."}`);
      return [];
    }
    return [file(key, textOf(item, 'path') || key, itemMode(item, defaultMode))];
  });
  return { what, files, notes };
}

function itemMode(item: MapData, defaultMode: number): number {
  const mode = valueAt(item, 'mode');
  return mode?.type === 'scalar' && typeof mode.value === 'number' ? mode.value : defaultMode;
}

function fieldFiles(source: MapData, mode: number, container: MapData, pod: MapData): readonly MountedFile[] {
  return mapsAt(source, 'items').map((item): MountedFile => {
    const field = textOf(item, 'fieldRef', 'fieldPath');
    const resource = mapAt(item, 'resourceFieldRef');
    return {
      path: textOf(item, 'path'),
      mode: itemMode(item, mode),
      source: resource ? `resource ${textOf(resource, 'resource')}` : `field ${field}`,
      content: resource ? resourceValue(resource, container, pod) : fieldValue(pod, field),
      target: undefined,
    };
  });
}

/** A projected volume is all of its sources in one directory. */
function projectedFiles(projected: MapData, mode: number, container: MapData, pod: MapData, objects: Objects): Files {
  const parts = mapsAt(projected, 'sources').map((source): Files => {
    const configMap = mapAt(source, 'configMap');
    if (configMap) return objectFiles('ConfigMap', textOf(configMap, 'name'), configMap, mode, objects);
    const secret = mapAt(source, 'secret');
    if (secret) return objectFiles('Secret', textOf(secret, 'name'), secret, mode, objects);
    const downward = mapAt(source, 'downwardAPI');
    if (downward) return { what: 'fields of the pod', files: fieldFiles(downward, mode, container, pod), notes: [] };
    const token = mapAt(source, 'serviceAccountToken');
    const name = textOf(pod, 'spec', 'serviceAccountName') || 'default';
    const what = token ? `token of ServiceAccount ${name}` : (source.entries.keys().next().value ?? 'nothing');
    const path = textOf(token ?? mapAt(source, 'clusterTrustBundle'), 'path');
    const content: ValuePart = { is: 'unknown', what };
    return { what, files: path === '' ? [] : [{ path, mode, source: what, content, target: undefined }], notes: [] };
  });
  return {
    what: parts.map(({ what }) => what).join(' + ') || 'nothing',
    files:
      parts.some(({ files }) => !files) && parts.every(({ files }) => !files?.length)
        ? undefined
        : parts.flatMap(({ files }) => files ?? []),
    notes: parts.flatMap(({ notes }) => notes),
  };
}

function otherContent(volume: MapData): Omit<Content, 'notes'> {
  const claim = mapAt(volume, 'persistentVolumeClaim');
  if (claim)
    return { what: `claim ${textOf(claim, 'claimName')}`, files: undefined, readOnly: isTrue(claim, 'readOnly') };
  const hostPath = mapAt(volume, 'hostPath');
  if (hostPath) return { what: `${textOf(hostPath, 'path')} of the node`, files: undefined, readOnly: false };
  const source = [...volume.entries].find(([key, value]) => key !== 'name' && value.type === 'map');
  if (!source || source[0] === 'emptyDir') {
    const memory = textOf(volume, 'emptyDir', 'medium') === 'Memory' ? ' in memory' : '';
    return { what: `empty directory${memory}`, files: [], readOnly: false };
  }
  return { what: `${source[0]} volume`, files: undefined, readOnly: isTrue(source[1], 'readOnly') };
}
