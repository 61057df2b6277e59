import {
  type Data,
  dataFrom,
  itemsAt,
  type MapData,
  mapsAt,
  type Origin,
  replaceAt,
  textOf,
  valueAt,
} from '../base/data.ts';
import type { Requirement } from '../model/facts.ts';
import { meets } from './label-selector.ts';
import { isSame } from './same-entry.ts';
import { defaultVariable, defaultVolume } from './volume-defaults.ts';

/** Who applies a preset: the API server's own admission plugin, until 1.19, or the operator's webhook. */
export type Applier = 'plugin' | 'webhook';

export interface Preset {
  readonly name: string;
  readonly by: Applier;
  /** The whole object. */
  readonly value: MapData;
}

/** The lists in which entries of one name must be identical. */
export type MergedList = 'volumes' | 'env' | 'volumeMounts';

/** Two entries that share a name, or a path, and are not identical. */
export interface Conflict {
  readonly list: MergedList;
  /** What they share. */
  readonly shares: 'name' | 'mountPath';
  readonly key: string;
  /** Undefined for volumes, which belong to the whole pod. */
  readonly container: string | undefined;
  readonly preset: Preset;
  readonly entry: MapData;
  /** The other entry is the pod's own, or another preset's, or the same preset's. */
  readonly against: { readonly entry: MapData; readonly preset: Preset | undefined };
}

/**
 * A container's own envFrom entry has the key of a preset's and differs otherwise: the plugin finds out too late, and
 * the container loses its whole envFrom.
 */
export interface Loss {
  readonly container: string;
  readonly preset: Preset;
  readonly entry: MapData;
  readonly own: MapData;
}

/** What the matching presets make of a pod. */
export interface Merged {
  /** The pod or template; the very one that was given where nothing is applied. */
  readonly pod: MapData;
  /** In the order in which they are applied. */
  readonly applied: readonly Preset[];
  readonly conflicts: readonly Conflict[];
  readonly losses: readonly Loss[];
  /** Applied presets whose annotation the API server refuses, and the pod with it. */
  readonly tooLong: readonly Preset[];
}

/** Why presets leave a pod alone, whatever their selectors say. */
export type Exemption = 'mirror' | 'excluded';

/** The first 1.x release that has neither the plugin nor settings.k8s.io. */
export const pluginGoneIn = 20;

/** Whether presets of a kind are applied in a 1.x release: the webhook can run on any. */
export const isAppliedIn = (by: Applier, release: number): boolean => by === 'webhook' || release < pluginGoneIn;

const annotationPrefix = 'podpreset.admission.kubernetes.io';
export const exclusionAnnotation = `${annotationPrefix}/exclude`;

/** The name part of the annotation, "podpreset-" in front, passes 63 characters with a longer name. */
export const longestPresetName = 53;

/** The plugin leaves mirror pods alone, and those with the exclusion annotation, of which only "true" counts. */
export function exemption(pod: MapData): Exemption | undefined {
  if (valueAt(pod, 'metadata', 'annotations', 'kubernetes.io/config.mirror')) return 'mirror';
  const excluded = valueAt(pod, 'metadata', 'annotations', exclusionAnnotation);
  return excluded?.type === 'scalar' && excluded.value === 'true' ? 'excluded' : undefined;
}

/** What a preset asks of a pod's labels; nothing where it has no selector: then it matches every pod. */
export function requirementsOf(preset: MapData): readonly Requirement[] {
  const requirements: Requirement[] = [];
  const labels = valueAt(preset, 'spec', 'selector', 'matchLabels');
  for (const key of labels?.type === 'map' ? labels.entries.keys() : [])
    requirements.push({ key, operator: 'In', values: [textOf(labels, key)] });
  for (const expression of mapsAt(preset, 'spec', 'selector', 'matchExpressions'))
    requirements.push({
      key: textOf(expression, 'key'),
      operator: textOf(expression, 'operator'),
      values: itemsAt(expression, 'values').map((value) => textOf(value)),
    });
  return requirements;
}

/**
 * Whether a preset matches a pod's labels.
 *
 * @param added labels that a controller puts on the pods of the template, with their values where those are known
 */
export function presetMatches(
  requirements: readonly Requirement[],
  pod: MapData,
  added: ReadonlyMap<string, string | undefined> = new Map(),
): boolean {
  const labels = new Map<string, { readonly value: string }>();
  const own = valueAt(pod, 'metadata', 'labels');
  for (const key of own?.type === 'map' ? own.entries.keys() : []) labels.set(key, { value: textOf(own, key) });
  // No manifest can ask for a value that is made up at run time: it only tells presence.
  for (const [key, value] of added) labels.set(key, { value: value ?? '\0' });
  return requirements.every((requirement) => meets(labels, requirement));
}

/** By name, as the plugin's own order is that of a cache, which is none. */
export const byPresetName = (a: Preset, b: Preset): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/**
 * What admission makes of a pod that all the given presets match: plugin/pkg/admission/podpreset/admission.go as of
 * 1.15 to 1.19. The webhook (redhat-cop/podpreset-webhook, pkg/handler) comes behind the plugin.
 *
 * @param pod the pod, or the template that it is made from
 * @param more volumes that the pod will have besides those of the template (a StatefulSet's claims)
 */
export function applyPresets(pod: MapData, presets: readonly Preset[], more: readonly MapData[] = []): Merged {
  const nothing: Merged = { pod, applied: [], conflicts: [], losses: [], tooLong: [] };
  if (exemption(pod) !== undefined) return nothing;
  const sorted = [...presets].sort(byPresetName);
  let result = nothing;
  for (const by of ['plugin', 'webhook'] as const) {
    const own = sorted.filter((preset) => preset.by === by);
    if (own.length === 0) continue;
    const merged = applyAll(result.pod, own, by, more);
    result = {
      pod: merged.pod,
      applied: [...result.applied, ...merged.applied],
      conflicts: [...result.conflicts, ...merged.conflicts],
      losses: [...result.losses, ...merged.losses],
      tooLong: [...result.tooLong, ...merged.tooLong],
    };
  }
  return result;
}

function applyAll(pod: MapData, presets: readonly Preset[], by: Applier, more: readonly MapData[]): Merged {
  const losses: Loss[] = [];
  const volumes = mergeNamed(mapsAt(pod, 'spec', 'volumes'), presets, 'volumes', undefined, more);
  const conflicts: Conflict[] = [...volumes.conflicts];
  let merged = withAdditions(pod, ['spec', 'volumes'], volumes);
  for (const list of ['containers', 'initContainers'] as const) {
    for (const [i, container] of itemsAt(pod, 'spec', list).entries()) {
      if (container.type !== 'map') continue;
      const name = textOf(container, 'name');
      const env = mergeNamed(mapsAt(container, 'env'), presets, 'env', name);
      const mounts = mergeMounts(mapsAt(container, 'volumeMounts'), presets, name);
      const envFrom = mergeEnvFrom(mapsAt(container, 'envFrom'), presets, name);
      conflicts.push(...env.conflicts, ...mounts.conflicts);
      losses.push(...envFrom.losses);
      const path = ['spec', list, i];
      merged = withAdditions(merged, [...path, 'env'], env);
      merged = withAdditions(merged, [...path, 'volumeMounts'], mounts);
      merged = withAdditions(merged, [...path, 'envFrom'], {
        added: envFrom.added,
        conflicts: envFrom.losses,
      });
    }
  }
  // The plugin looks first and then leaves all as it is; the webhook looks, and goes on.
  if (conflicts.length > 0 && by === 'plugin') return { pod, applied: [], conflicts, losses: [], tooLong: [] };
  const [first] = presets;
  if (first) {
    const origin = originOf(first);
    merged = changed(merged, ['metadata', 'annotations'], origin, (there) => annotated(there, presets, origin));
  }
  const tooLong = presets.filter(({ name }) => name.length > longestPresetName);
  return { pod: merged, applied: presets, conflicts, losses, tooLong };
}

function annotated(there: Data | undefined, presets: readonly Preset[], origin: Origin): Data {
  // Something else stands in the way: what is half typed stays as it is.
  if (there && there.type !== 'map') return there;
  const marks = presets.map((preset) => {
    const version = textOf(preset.value, 'metadata', 'resourceVersion');
    return [annotationOf(preset), dataFrom(version, originOf(preset))] as const;
  });
  return { type: 'map', entries: new Map([...(there?.entries ?? []), ...marks]), origin: there?.origin ?? origin };
}

/** The annotation that an applied preset leaves; its value is the preset's resourceVersion. */
export const annotationOf = ({ name }: Preset): string => `${annotationPrefix}/podpreset-${name}`;

/** Where what a preset adds comes from, for readers. */
export function originOf(preset: Preset, entry: Data = preset.value): Origin {
  const { place } = entry.origin;
  return { maker: 'preset', note: `PodPreset "${preset.name}"`, ...(place && { place }) };
}

interface Additions {
  readonly added: readonly MapData[];
  /** With any of these, what the merge gives back is nothing at all. */
  readonly conflicts: readonly unknown[];
}

function withAdditions(pod: MapData, path: readonly (string | number)[], { added, conflicts }: Additions): MapData {
  if (conflicts.length > 0) return changed(pod, path, {}, () => undefined);
  if (added.length === 0) return pod;
  const origin: Origin = added[0]?.origin ?? {};
  return changed(pod, path, origin, (list) => ({
    type: 'list',
    items: [...(list?.type === 'list' ? list.items : []), ...added],
    origin: list?.origin ?? origin,
  }));
}

function changed(
  pod: MapData,
  path: readonly (string | number)[],
  origin: Origin,
  change: (part: Data | undefined) => Data | undefined,
): MapData {
  const result = replaceAt(pod, path, origin, change);
  return result?.type === 'map' ? result : pod;
}

interface Known {
  readonly entry: MapData;
  readonly preset: Preset | undefined;
}

/** What a preset has in a list, each entry with where it comes from. */
const entriesOf = (preset: Preset, list: MergedList | 'envFrom'): readonly MapData[] =>
  mapsAt(preset.value, 'spec', list).map((entry) => ({ ...entry, origin: originOf(preset, entry) }));

/** mergeEnv, mergeVolumes: of a pod's own entries of one name the last counts. */
function mergeNamed(
  own: readonly MapData[],
  presets: readonly Preset[],
  list: 'volumes' | 'env',
  container: string | undefined,
  more: readonly MapData[] = [],
): { readonly added: readonly MapData[]; readonly conflicts: readonly Conflict[] } {
  const known = new Map<string, Known>();
  for (const entry of [...own, ...more]) known.set(textOf(entry, 'name'), { entry, preset: undefined });
  const added: MapData[] = [];
  const conflicts: Conflict[] = [];
  const defaulted = list === 'volumes' ? defaultVolume : defaultVariable;
  for (const preset of presets) {
    for (const entry of entriesOf(preset, list)) {
      const key = textOf(entry, 'name');
      const found = known.get(key);
      if (!found) {
        known.set(key, { entry, preset });
        added.push(entry);
      } else if (!isEqual(found, { entry, preset }, defaulted)) {
        conflicts.push({ list, shares: 'name', key, container, preset, entry, against: found });
      }
    }
  }
  return { added, conflicts };
}

/** mergeVolumeMounts: names and paths are both taken once only. */
function mergeMounts(
  own: readonly MapData[],
  presets: readonly Preset[],
  container: string,
): { readonly added: readonly MapData[]; readonly conflicts: readonly Conflict[] } {
  const byName = new Map<string, Known>();
  const byPath = new Map<string, Known>();
  for (const entry of own) {
    byName.set(textOf(entry, 'name'), { entry, preset: undefined });
    byPath.set(textOf(entry, 'mountPath'), { entry, preset: undefined });
  }
  const added: MapData[] = [];
  const conflicts: Conflict[] = [];
  for (const preset of presets) {
    for (const entry of entriesOf(preset, 'volumeMounts')) {
      const name = textOf(entry, 'name');
      const path = textOf(entry, 'mountPath');
      const self: Known = { entry, preset };
      const differs = (found: Known | undefined): found is Known =>
        found !== undefined && !isEqual(found, self, (mount) => mount);
      const sameName = byName.get(name);
      const samePath = byPath.get(path);
      if (!sameName) {
        byName.set(name, self);
        added.push(entry);
      }
      if (!samePath) byPath.set(path, self);
      const about = { list: 'volumeMounts' as const, container, preset, entry };
      if (differs(sameName)) conflicts.push({ ...about, shares: 'name', key: name, against: sameName });
      // One and the same pair is told once.
      if (differs(samePath) && samePath.entry !== sameName?.entry)
        conflicts.push({ ...about, shares: 'mountPath', key: path, against: samePath });
    }
  }
  return { added, conflicts };
}

/** mergeEnvFrom: compared with the container's own entries only, by prefix and names. */
function mergeEnvFrom(
  own: readonly MapData[],
  presets: readonly Preset[],
  container: string,
): { readonly added: readonly MapData[]; readonly losses: readonly Loss[] } {
  const known = new Map(own.map((entry) => [envFromKey(entry), entry]));
  const added: MapData[] = [];
  const losses: Loss[] = [];
  for (const preset of presets) {
    for (const entry of entriesOf(preset, 'envFrom')) {
      const found = known.get(envFromKey(entry));
      if (!found) added.push(entry);
      else if (!isSame(found, entry)) losses.push({ container, preset, entry, own: found });
    }
  }
  return { added, losses };
}

const envFromKey = (entry: MapData): string =>
  JSON.stringify([textOf(entry, 'prefix'), textOf(entry, 'configMapRef', 'name'), textOf(entry, 'secretRef', 'name')]);

/**
 * Whether two entries are the same to the API server, which has put its defaults into the pod by then and into the
 * plugin's presets. The webhook's presets are custom resources: they have none.
 */
function isEqual(a: Known, b: Known, defaulted: (entry: MapData) => MapData): boolean {
  const stored = ({ entry, preset }: Known): MapData => (preset?.by === 'webhook' ? entry : defaulted(entry));
  return isSame(stored(a), stored(b));
}
