import { type Data, type MapData, mapAt } from '../base/data.ts';
import { isAddedByAnyController, meets } from '../kubernetes/label-selector.ts';
import { claimVolumes, controllerLabels, type Workload } from '../kubernetes/pod-controller.ts';
import {
  applyPresets,
  byPresetName,
  type Exemption,
  exemption,
  type Merged,
  type Preset,
  requirementsOf,
} from '../kubernetes/pod-preset.ts';
import { type PresetFault, presetFaults } from '../kubernetes/preset-faults.ts';
import type { Facts, LabelSet, Requirement } from '../model/facts.ts';
import { templatePath } from '../model/trie.ts';
import { type Decoded, decode } from '../syntax/decode.ts';
import { nodeAt } from '../syntax/tree.ts';
import { byPlace, nearestBy } from './closeness.ts';
import { documentOf } from './document.ts';
import { type Index, isPreset } from './index.ts';

export { isPreset };

/** A preset of the workspace. */
export interface PlacedPreset extends Preset {
  readonly facts: Facts;
  readonly requirements: readonly Requirement[];
  /** Why the API server doesn't take it: with any of these it applies to nothing. */
  readonly faults: readonly PresetFault[];
}

/** What presets come to for one resource's pods. */
export interface Presetting {
  readonly template: MapData;
  /** Those that are merged, or would be but for conflicts; by name. */
  readonly presets: readonly PlacedPreset[];
  /** They match, and the API server doesn't take them. */
  readonly refused: readonly PlacedPreset[];
  /** They match, and another of the same name takes their place. */
  readonly doubled: readonly PlacedPreset[];
  readonly exemption: Exemption | undefined;
  readonly merged: Merged;
}

/** The namespace that kubectl puts what states none into. */
export const namespaceOf = ({ resource }: Facts): string => resource.namespace || 'default';

/** The resource as the decoder reads it; facts never change, and neither does what they were read from. */
export function decodeResource(facts: Facts): Decoded {
  let decoded = decodedResources.get(facts);
  if (!decoded) {
    const document = documentOf(facts.document);
    decoded = document.withTree((root) => decode(nodeAt(root, facts.resource.path), document));
    decodedResources.set(facts, decoded);
  }
  return decoded;
}

const decodedResources = new WeakMap<Facts, Decoded>();

export function resourceValue(facts: Facts): MapData | undefined {
  const { value } = decodeResource(facts);
  return value?.type === 'map' ? value : undefined;
}

/** Whether a resource is a pod or makes pods. */
export const hasPods = (facts: Facts): boolean => facts.labelSets.some(({ of }) => of === 'pods');

/** The pod template of a resource, the Pod itself for a Pod; undefined for what has none, or where it isn't written yet. */
export function templateOf(facts: Facts): MapData | undefined {
  return hasPods(facts) ? mapAt(resourceValue(facts), ...templatePath(facts)) : undefined;
}

export function workloadOf(facts: Facts): Workload | undefined {
  const value = resourceValue(facts);
  const { apiVersion, kind, name, namespace } = facts.resource;
  return value && { apiVersion, kind, name, namespace, value };
}

/** A preset; undefined for other kinds and for what is too broken to be one. */
export function presetOf(facts: Facts): PlacedPreset | undefined {
  if (!isPreset(facts)) return undefined;
  const known = placedPresets.get(facts);
  if (known) return known;
  const value = resourceValue(facts);
  if (!value) return undefined;
  const by = facts.resource.group === 'settings.k8s.io' ? 'plugin' : 'webhook';
  const preset: Preset = { name: facts.resource.name, by, value };
  const placed = { ...preset, facts, requirements: requirementsOf(value), faults: presetFaults(preset) };
  placedPresets.set(facts, placed);
  return placed;
}

const placedPresets = new WeakMap<Facts, PlacedPreset>();

/** Whether a part of a merged pod is a preset's, rather than the pod's own or another preset's. */
export const isBroughtBy = ({ facts }: PlacedPreset, { origin: { maker, place } }: Data): boolean =>
  maker === 'preset' &&
  place !== undefined &&
  place.source === documentOf(facts.document) &&
  place.span.start >= facts.resource.span.start &&
  place.span.end <= facts.resource.span.end;

/** The labels of the pods that a resource makes, as far as they are known, and what a preset asks of them. */
function matches({ requirements, by }: PlacedPreset, { labels, facts }: LabelSet): boolean {
  if (requirements.length === 0) return true;
  // The plugin was gone before newer releases added more.
  const added = controllerLabels(facts.resource, by === 'plugin' ? 19 : 36);
  const all =
    added.size === 0
      ? labels
      : new Map([...labels, ...[...added].map(([key, value]) => [key, { value: value ?? '\0' }] as const)]);
  return requirements.every((requirement) => meets(all, requirement));
}

/** The presets that match a resource's pods, whether or not the API server takes them; by name. */
export const presetsFor = (index: Index, facts: Facts): readonly PlacedPreset[] =>
  nearestOfName(matching(index, facts, false), facts);

function matching(index: Index, facts: Facts, asTyped: boolean): readonly PlacedPreset[] {
  const labelSet = facts.labelSets.find(({ of }) => of === 'pods');
  if (!labelSet) return [];
  const candidates = candidatesFor(index, facts, asTyped);
  const known = asTyped ? undefined : matched.get(facts);
  if (known?.candidates === candidates) return known.found;
  const found = candidates.filter((preset) => matches(preset, labelSet));
  if (!asTyped) matched.set(facts, { candidates, found });
  return found;
}

/** By pods, the last answer, which holds for as long as the presets are the same. */
const matched = new WeakMap<
  Facts,
  { readonly candidates: readonly PlacedPreset[]; readonly found: readonly PlacedPreset[] }
>();

/**
 * What presets come to for a resource's pods; undefined for a resource without any.
 *
 * @param asTyped reads presets whose documents can't be parsed as far as they go, instead of their last good state
 */
export function presettingOf(index: Index, facts: Facts, asTyped = false): Presetting | undefined {
  const found = matching(index, facts, asTyped);
  const template = templateOf(facts);
  if (!template) return undefined;
  const known = asTyped ? undefined : presettings.get(facts);
  if (known?.found === found) return known.presetting;
  const chosen = nearestOfName(found, facts);
  const presets = chosen.filter(({ faults }) => faults.length === 0);
  const workload = workloadOf(facts);
  const presetting: Presetting = {
    template,
    presets,
    refused: chosen.filter(({ faults }) => faults.length > 0),
    doubled: found.filter((preset) => !chosen.includes(preset)),
    exemption: exemption(template),
    merged: applyPresets(template, presets, workload ? claimVolumes(workload) : []),
  };
  if (!asTyped) presettings.set(facts, { found, presetting });
  return presetting;
}

/** Every preset asks of every pod that it matches: the last answer is kept for as long as the same presets match. */
const presettings = new WeakMap<Facts, { readonly found: readonly PlacedPreset[]; readonly presetting: Presetting }>();

/** Whether any preset selects a resource's pods: known from facts alone, where `presettingOf` reads the tree. */
export const isSelectedByPreset = (index: Index, facts: Facts): boolean => matching(index, facts, false).length > 0;

/** Every preset of the resource's namespace; the very same list for as long as they are the same, but not `asTyped`. */
function candidatesFor(index: Index, facts: Facts, asTyped: boolean): readonly PlacedPreset[] {
  const namespace = namespaceOf(facts);
  const all = index.presets(namespace);
  const placed = (): readonly PlacedPreset[] =>
    all.flatMap((one) => {
      if (namespaceOf(one) !== namespace) return [];
      return presetOf(asTyped ? (presentFacts(one) ?? one) : one) ?? [];
    });
  if (asTyped) return placed();
  const known = candidates.get(all) ?? placed();
  candidates.set(all, known);
  return known;
}

const candidates = new WeakMap<readonly Facts[], readonly PlacedPreset[]>();

/** What stands now in the place of a document that can't be read. */
function presentFacts(facts: Facts): Facts | undefined {
  const document = documentOf(facts.document);
  if (document.now === document) return facts;
  const all = document.now.facts.filter(isPreset);
  return all.find(({ resource }) => resource.name === facts.resource.name) ?? all[0];
}

/** Of several presets of one name the nearest; of those in one place the last, which is applied over the others. */
function nearestOfName(presets: readonly PlacedPreset[], facts: Facts): readonly PlacedPreset[] {
  const byName = new Map<string, PlacedPreset[]>();
  for (const preset of presets) {
    const key = `${preset.by} ${preset.name}`;
    const same = byName.get(key);
    if (same) same.push(preset);
    else byName.set(key, [preset]);
  }
  const chosen = Array.from(byName.values(), (same) =>
    nearestBy(same, facts.document.uri, (preset) => preset.facts.document.uri)
      .map((preset) => ({ preset, facts: preset.facts, span: preset.facts.resource.span }))
      .sort(byPlace)
      .at(-1),
  );
  return chosen.flatMap((last) => last?.preset ?? []).sort(byPresetName);
}

/** The resources whose pods a preset's selector matches, of several of one name the nearest; by place. */
export function podsOf(index: Index, preset: PlacedPreset): readonly Facts[] {
  const byObject = new Map<string, Facts[]>();
  for (const facts of allPodsOf(index, preset)) {
    const key = `${facts.resource.kind} ${facts.resource.name}`;
    const same = byObject.get(key);
    if (same) same.push(facts);
    else byObject.set(key, [facts]);
  }
  const { uri } = preset.facts.document;
  return [...byObject.values()].flatMap((same) => nearestBy(same, uri, (facts) => facts.document.uri));
}

/** The same, but all of them. */
export function allPodsOf(index: Index, preset: PlacedPreset): readonly Facts[] {
  const namespace = namespaceOf(preset.facts);
  const found = labelSetsFor(index, preset, namespace)
    .filter((labelSet) => namespaceOf(labelSet.facts) === namespace && matches(preset, labelSet))
    .sort(byPlace);
  return [...new Set(found.map(({ facts }) => facts))];
}

/** Those with the first label that the selector asks for by value, which no controller adds; else all. */
function labelSetsFor(index: Index, { requirements }: PlacedPreset, namespace: string): LabelSet[] {
  const stated = requirements.find(
    ({ key, operator, values }) => operator === 'In' && values.length === 1 && !isAddedByAnyController(key),
  );
  const value = stated?.values[0];
  return stated && value !== undefined
    ? [...index.withLabel('pods', stated.key, value, namespace)]
    : [...index.allLabelled('pods', namespace)];
}
