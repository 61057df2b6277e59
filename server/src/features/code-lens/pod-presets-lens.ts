import { untilText } from '../../graph/preset-wording.ts';
import { hasPods, presetsFor, presettingOf } from '../../graph/presets.ts';
import { locate } from '../shared/context.ts';
import { aboveResource, counted, type LensKind } from './lens.ts';

/** On what is a pod or makes some: the presets that change it. */
export const podPresetsLens: LensKind = {
  id: 'podPresets',
  startsOf: aboveResource((facts, index) => hasPods(facts) && presetsFor(index, facts).length > 0),
  textOf(facts, index, release) {
    const presetting = presettingOf(index, facts);
    if (!presetting) return undefined;
    const { presets, refused, exemption, merged } = presetting;
    const matching = [...presets, ...refused];
    const places = matching.map(({ facts: { document, resource } }) =>
      locate(document, resource.nameSpan ?? resource.kindSpan),
    );
    const { length } = merged.applied;
    const title = exemption
      ? `excluded from ${counted(matching.length, 'preset')}`
      : length > 0
        ? `${length < matching.length ? `${length} of ${matching.length} presets` : counted(length, 'preset')} ${length === 1 && matching.length === 1 ? 'applies' : 'apply'}${untilText(merged.applied, release)}`
        : merged.conflicts.length > 0
          ? `${counted(matching.length, 'preset')} would apply but for a conflict`
          : `the API server refuses ${counted(matching.length, 'preset')}`;
    return { title, action: { does: 'show-places', places } };
  },
};
