import { type Data, dataFrom, type Json, type MapData, mapAt, mapsAt, type Origin, replaceAt } from '../base/data.ts';

/** What fills in a value: who, for readers. */
export const byDefault: Origin = { maker: 'default', note: 'default of the API server' };

/** A map with those fields that it lacks; null counts as lacking. */
export function fill(map: MapData, fields: { readonly [key: string]: Json }, origin: Origin = byDefault): MapData {
  let entries: Map<string, Data> | undefined;
  for (const [key, json] of Object.entries(fields)) {
    const there = map.entries.get(key);
    if (there && !(there.type === 'scalar' && there.value === null)) continue;
    entries ??= new Map(map.entries);
    entries.set(key, dataFrom(json, origin));
  }
  return entries ? { ...map, entries } : map;
}

/** Fills in what a map at a path lacks, where there is such a map. */
export function fillAt(map: MapData, path: readonly string[], fields: { readonly [key: string]: Json }): MapData {
  return changeMap(map, path, (found) => fill(found, fields));
}

/** The value with another map in place of the one at a path; the same value where there is none. */
export function changeMap(
  value: MapData,
  path: readonly (string | number)[],
  change: (map: MapData) => MapData,
): MapData {
  if (!mapAt(value, ...path)) return value;
  const changed = replaceAt(value, path, byDefault, (part) => (part?.type === 'map' ? change(part) : part));
  return changed?.type === 'map' ? changed : value;
}

/** The value with other maps in place of those in the list at a path. */
export function changeItems(
  value: MapData,
  path: readonly (string | number)[],
  change: (item: MapData, index: number) => MapData,
): MapData {
  if (mapsAt(value, ...path).length === 0) return value;
  const changed = replaceAt(value, path, byDefault, (part) =>
    part?.type === 'list'
      ? { ...part, items: part.items.map((item, i) => (item.type === 'map' ? change(item, i) : item)) }
      : part,
  );
  return changed?.type === 'map' ? changed : value;
}

/**
 * A volume as the API server stores it: pkg/apis/core/v1/defaults.go, SetDefaults_Volume and the sources'. Pods and
 * presets have the same defaults.
 */
export function defaultVolume(volume: MapData): MapData {
  const hasSource = [...volume.entries].some(([key, value]) => key !== 'name' && value.type === 'map');
  let result = hasSource ? volume : fill(volume, { emptyDir: {} });
  for (const [source, fields] of Object.entries(sourceDefaults)) result = fillAt(result, [source], fields);
  result = changeItems(result, ['downwardAPI', 'items'], defaultReference);
  result = changeItems(result, ['projected', 'sources'], (source) =>
    changeItems(
      fillAt(source, ['serviceAccountToken'], { expirationSeconds: 3600 }),
      ['downwardAPI', 'items'],
      defaultReference,
    ),
  );
  return fillAt(result, ['ephemeral', 'volumeClaimTemplate', 'spec'], { volumeMode: 'Filesystem' });
}

/** An environment variable as the API server stores it. */
export const defaultVariable = (variable: MapData): MapData => changeMap(variable, ['valueFrom'], defaultReference);

/** SetDefaults_ObjectFieldSelector, and the divisor, which is written even where it is 0. */
function defaultReference(holder: MapData): MapData {
  return fillAt(fillAt(holder, ['fieldRef'], { apiVersion: 'v1' }), ['resourceFieldRef'], { divisor: '0' });
}

const sourceDefaults: Readonly<Record<string, { readonly [key: string]: Json }>> = {
  secret: { defaultMode: 420 },
  configMap: { defaultMode: 420 },
  downwardAPI: { defaultMode: 420 },
  projected: { defaultMode: 420 },
  hostPath: { type: '' },
  iscsi: { iscsiInterface: 'default' },
  rbd: { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' },
  azureDisk: { cachingMode: 'ReadWrite', kind: 'Shared', fsType: 'ext4', readOnly: false },
  scaleIO: { storageMode: 'ThinProvisioned', fsType: 'xfs' },
};
