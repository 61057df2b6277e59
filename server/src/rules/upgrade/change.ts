import type { KindInfo } from '../../schema/api-model.ts';
import { type DraftEntry, DraftMap } from '../../syntax/draft.ts';

/** A manifest on its way to another API version. */
export interface Upgrade {
  readonly resource: DraftMap;
  readonly from: KindInfo;
  readonly to: KindInfo;
  /** What the author should know: a default that is another one now. Becomes a part of the fix's title. */
  readonly note: (text: string) => void;
  /** The outcome holds a choice that is the author's: the fix is offered, but not applied by itself. */
  readonly undecided: () => void;
}

/** Rewrites the manifest in place; apiVersion and kind are changed already. */
export type Change = (upgrade: Upgrade) => void;

/** Takes an annotation away, and the annotations with it if it was the last. */
export function takeAnnotation(metadata: DraftMap | undefined, name: string): DraftEntry | undefined {
  const annotations = metadata?.map('annotations');
  const entry = annotations?.remove(name);
  if (entry && annotations?.entries.length === 0) metadata?.remove('annotations');
  return entry;
}

/** A map of one entry that was moved there. */
export function holding(entry: DraftEntry, name: string): DraftMap {
  const map = new DraftMap();
  map.add(entry, name);
  return map;
}
