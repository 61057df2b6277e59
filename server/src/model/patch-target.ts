import type { Span } from '../base/span.ts';
import { type Node, nodeAt, resolveAlias, textAt } from '../syntax/tree.ts';

/** What a patch is aimed at: the `target` beside it. */
export interface PatchTarget {
  /** Undefined where it doesn't say; empty or a regular expression, as written. */
  readonly group: string | undefined;
  readonly version: string | undefined;
  readonly kind: string | undefined;
  /** A regular expression for the whole name. */
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  /** It asks for labels or annotations, too. */
  readonly selects: boolean;
}

/** A target as written; undefined where there is none. */
export function readTarget(item: Node | undefined): PatchTarget | undefined {
  const target = resolveAlias(nodeAt(item, ['target']));
  if (target?.type !== 'map') return undefined;
  const text = (key: string): string | undefined => textAt(target, key) || undefined;
  return {
    group: text('group'),
    version: text('version'),
    kind: text('kind'),
    name: text('name'),
    namespace: text('namespace'),
    selects: ['labelSelector', 'annotationSelector'].some((key) => nodeAt(target, [key]) !== undefined),
  };
}

/** The API version of what a target can be; undefined where that can't be known. */
export type VersionOf = (target: PatchTarget) => string | undefined;

/** Where the target's kind stands, to be marked in its stead. */
export const targetKindSpan = (item: Node | undefined): Span | undefined => nodeAt(item, ['target', 'kind']);

/** Whether a text of a target, which is a regular expression, stands for itself alone. */
export const isLiteral = (text: string | undefined): text is string => text !== undefined && /^[\w.-]+$/.test(text);
