import { untilText } from '../../graph/preset-wording.ts';
import { hasPods, type Presetting, presetsFor, presettingOf } from '../../graph/presets.ts';
import { locate } from '../shared/context.ts';
import { aboveResource, counted, type LensKind } from './lens.ts';

/** On what is a pod or makes some: the presets that change it. */
export const podPresetsLens: LensKind = {
  id: 'podPresets',
  startsOf: aboveResource((facts, index) => hasPods(facts) && presetsFor(index, facts).length > 0),
  textOf(facts, index, release) {
    const presetting = presettingOf(index, facts);
    if (!presetting) return undefined;
    const matching = [...presetting.presets, ...presetting.refused];
    const places = matching.map(({ facts: { document, resource } }) =>
      locate(document, resource.nameSpan ?? resource.kindSpan),
    );
    return { title: titleOf(presetting, matching.length, release), action: { does: 'show-places', places } };
  },
};

function titleOf({ exemption, merged }: Presetting, matching: number, release: number): string {
  const all = counted(matching, 'preset');
  const { applied, conflicts } = merged;
  if (exemption) return `excluded from ${all}`;
  if (applied.length === 0)
    return conflicts.length > 0 ? `${all} would apply but for a conflict` : `the API server refuses ${all}`;
  const until = untilText(applied, release);
  if (applied.length < matching) return `${applied.length} of ${all} apply${until}`;
  return `${all} ${matching === 1 ? 'applies' : 'apply'}${until}`;
}
