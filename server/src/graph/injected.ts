import { type Data, itemsAt, mapsAt, textOf } from '../base/data.ts';
import { isAppliedIn } from '../kubernetes/pod-preset.ts';
import type { Definition, Facts, Use } from '../model/facts.ts';
import { templatePath } from '../model/trie.ts';
import type { SymbolId } from '../tables/row-types.ts';
import { type Index, isPreset } from './index.ts';
import { hasPods, isBroughtBy, type PlacedPreset, type Presetting, presetsFor, presettingOf } from './presets.ts';

/** Why a preset that matches a pod, and has what is missing there, doesn't bring it. */
export interface Withheld {
  readonly preset: PlacedPreset;
  readonly definition: Definition;
  readonly because: 'conflict' | 'excluded' | 'refused' | 'gone';
}

/**
 * The definitions in presets that count in a pod, seen from a token of it: what admission adds to the token's pod, or
 * to its container, in the release that is aimed at. Presets come behind what is the pod's own.
 */
export function injectedFor(index: Index, use: Use): readonly Definition[] {
  const presetting = presettingFor(index, use);
  if (!presetting) return [];
  const items = mergedItems(presetting, use);
  return presetting.presets
    .filter(({ by }) => isAppliedIn(by, index.release))
    .flatMap((preset) => {
      const own = items.filter((item) => isBroughtBy(preset, item));
      return membersOf(preset, use.row.to).filter(({ span }) =>
        own.some(({ origin: { place } }) => place && place.span.start <= span.start && span.end <= place.span.end),
      );
    });
}

/** The first of the presets that would define what a token names, but for something. */
export function withheldFrom(index: Index, use: Use): Withheld | undefined {
  const presetting = presettingFor(index, use);
  if (!presetting) return undefined;
  const { presets, refused, exemption, merged } = presetting;
  for (const preset of [...presets, ...refused]) {
    const definition = membersOf(preset, use.row.to).find(({ name }) => name === use.text);
    if (!definition) continue;
    if (!isAppliedIn(preset.by, index.release)) return { preset, definition, because: 'gone' };
    if (exemption) return { preset, definition, because: 'excluded' };
    if (refused.includes(preset)) return { preset, definition, because: 'refused' };
    if (merged.conflicts.length > 0) return { preset, definition, because: 'conflict' };
  }
  return undefined;
}

/** The volumes that mounts of presets use in a pod. */
export function volumesMountedByPresets(index: Index, facts: Facts): ReadonlySet<string> {
  const pod = hasPresets(index, facts) ? presettingOf(index, facts)?.merged.pod : undefined;
  const names = (['containers', 'initContainers'] as const).flatMap((list) =>
    mapsAt(pod, 'spec', list).flatMap((container) =>
      mapsAt(container, 'volumeMounts')
        .filter(({ origin }) => origin.maker === 'preset')
        .map((mount) => textOf(mount, 'name')),
    ),
  );
  return new Set(names);
}

/** What presets come to for a token's pod, where they can define what it names. */
function presettingFor(index: Index, { facts, row }: Use): Presetting | undefined {
  if ((row.to !== 'volume' && row.to !== 'variable') || !hasPresets(index, facts)) return undefined;
  // Who asks from another document has to hear of changes that are none of its facts.
  index.readWhole(facts);
  return presettingOf(index, facts);
}

const hasPresets = (index: Index, facts: Facts): boolean => hasPods(facts) && presetsFor(index, facts).length > 0;

/** The lists of the merged pod, or of the token's container in it, in which its name may be defined. */
function mergedItems({ merged }: Presetting, { facts, row, path }: Use): readonly Data[] {
  if (row.to === 'volume') return itemsAt(merged.pod, 'spec', 'volumes');
  const container = path.slice(templatePath(facts).length).slice(0, 3);
  return (['env', 'envFrom'] as const).flatMap((list) => itemsAt(merged.pod, ...container, list));
}

const membersOf = ({ facts }: PlacedPreset, symbol: SymbolId): readonly Definition[] =>
  facts.definitions.filter((definition) => definition.symbol === symbol);

/** Whether a preset brings what a token of a pod names. */
export const isInjected = (definition: Definition, use: Use): boolean =>
  isPreset(definition.facts) && definition.facts !== use.facts;
