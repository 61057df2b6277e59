import { untilText } from '../../graph/preset-wording.ts';
import { isPreset, podsOf, presetOf, presettingOf } from '../../graph/presets.ts';
import { locate } from '../shared/context.ts';
import { aboveResource, counted, type LensKind } from './lens.ts';

/** On a preset: the pods that it changes. */
export const presetPodsLens: LensKind = {
  id: 'presetPods',
  startsOf: aboveResource(isPreset),
  textOf(facts, index, release) {
    const preset = presetOf(facts);
    if (!preset) return undefined;
    if (preset.faults.length > 0) return { title: 'applies to no pod: the API server refuses it', action: undefined };
    const pods = podsOf(index, preset);
    if (pods.length === 0) return { title: 'applies to no pod', action: undefined };
    const changed = pods.filter((pod) =>
      presettingOf(index, pod)?.merged.applied.some(({ value }) => value === preset.value),
    );
    const count =
      changed.length < pods.length ? `${changed.length} of ${pods.length} pods` : counted(pods.length, 'pod');
    const places = pods.map(({ document, resource }) => locate(document, resource.nameSpan ?? resource.kindSpan));
    return {
      title: `applies to ${count}${untilText([preset], release)}`,
      action: { does: 'show-places', places },
    };
  },
};
