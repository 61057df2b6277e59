import type { Location } from '../../base/location.ts';
import type { Index } from '../../graph/index.ts';
import type { Facts } from '../../model/facts.ts';

/** What a click on a lens does. */
export type LensAction =
  | { readonly does: 'show-places'; readonly places: readonly Location[] }
  | { readonly does: 'show-effective-pod' };

export interface LensText {
  readonly title: string;
  /** Undefined where there is nothing to see. */
  readonly action: LensAction | undefined;
}

/** A kind of lens: a file each in this folder, listed in code-lens.ts. */
export interface LensKind {
  /** The setting `podwire.codeLens.<id>` switches it off. */
  readonly id: string;
  /** It is nothing but the way to this action: where that can't be taken, it isn't shown. */
  readonly leadsTo?: LensAction['does'];
  /**
   * Where a resource has such lenses, from its document's start: asked for all that stands in an open file at every
   * change, so it is cheap.
   */
  startsOf(facts: Facts, index: Index): readonly number[];
  /** What the one there says: asked for what is in sight alone. Undefined where there is nothing to say after all. */
  textOf(facts: Facts, index: Index, release: number, start: number): LensText | undefined;
}

/** One lens above the whole resource, or none. */
export const aboveResource =
  (isThere: (facts: Facts, index: Index) => boolean): LensKind['startsOf'] =>
  (facts, index) =>
    isThere(facts, index) ? [facts.resource.span.start] : [];

/** `1 pod`, `3 pods`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
