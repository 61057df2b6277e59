import type { Definition } from '../model/facts.ts';

/** The numbers of a StatefulSet's pods, both included. */
export interface Ordinals {
  readonly first: number;
  readonly last: number;
}

/**
 * The numbers of a StatefulSet's pods (pkg/controller/statefulset, getStartOrdinal and getEndOrdinal); undefined where
 * they can't be known, or it has none for now. One replica is the default.
 */
export function ordinalsOf({ facts: { notes } }: Definition): Ordinals | undefined {
  const [replicas, first] = [notes.get('replicas')?.text ?? '1', notes.get('first-ordinal')?.text ?? '0'];
  if (!/^[1-9]\d{0,5}$/.test(replicas) || !/^\d{1,6}$/.test(first)) return undefined;
  return { first: Number(first), last: Number(first) + Number(replicas) - 1 };
}

/** Whether a StatefulSet may make a pod of a number, as far as its manifest says. */
export function mayMake(set: Definition, ordinal: string): boolean {
  const pods = ordinalsOf(set);
  return !pods || (Number(ordinal) >= pods.first && Number(ordinal) <= pods.last);
}
