import { hasPods } from '../../graph/presets.ts';
import { aboveResource, type LensKind } from './lens.ts';

/** On what is a pod or makes some: the way to the preview. */
export const effectivePodLens: LensKind = {
  id: 'effectivePod',
  leadsTo: 'show-effective-pod',
  // A patch is a part of what runs.
  startsOf: aboveResource((facts) => hasPods(facts) && !facts.isPatch),
  textOf: () => ({ title: 'Show effective pod', action: { does: 'show-effective-pod' } }),
};
