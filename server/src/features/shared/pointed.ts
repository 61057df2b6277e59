import { type Span, touches } from '../../base/span.ts';
import type { Document } from '../../graph/document.ts';
import type { Index } from '../../graph/index.ts';
import { follow, type Place, patchedBy } from '../../graph/patched.ts';
import type { Facts } from '../../model/facts.ts';
import type { Patch } from '../../model/patches.ts';

/** A step of a JSON patch's path, with all that lead to it. */
export interface PointedStep {
  readonly patch: Patch;
  readonly names: readonly string[];
  readonly span: Span;
}

/** The step of a path at an offset from the document's start. */
export function stepAt(document: Document, offset: number): PointedStep | undefined {
  for (const patch of document.patches) {
    if (!touches(patch.span, offset)) continue;
    for (const { pointer, from } of patch.operations ?? [])
      for (const one of [pointer, from]) {
        if (!one?.exact || !touches(one.node, offset)) continue;
        const at = one.steps.findIndex(({ span }) => touches(span, offset));
        const step = one.steps[at];
        return step && { patch, names: one.steps.slice(0, at + 1).map(({ name }) => name), span: step.span };
      }
  }
  return undefined;
}

/** Where a step leads in the resources that the patch changes. */
export const placesOf = (
  index: Index,
  document: Document,
  { patch, names }: PointedStep,
): readonly { readonly facts: Facts; readonly place: Place; readonly isThere: boolean }[] =>
  patchedBy(index, document, patch).map(({ facts }) => {
    const place = follow(facts, names);
    return { facts, place, isThere: place.steps === names.length };
  });

/** A way as people write it: `spec.containers[0].env`. */
export const wayText = (names: readonly (string | number)[]): string =>
  names
    .map((name, i) => (/^-?\d+$|^-$/.test(String(name)) ? `[${name}]` : i === 0 ? String(name) : `.${name}`))
    .join('');

/** The span of a place: of its key, or of a list's item the first line. */
export const spanOfPlace = ({ pair, node }: Place): Span =>
  pair
    ? pair.key
    : node
      ? { start: node.start, end: node.type === 'scalar' ? node.end : node.start }
      : { start: 0, end: 0 };
