import type { Definition, LabelSet } from '../model/facts.ts';
import { hitAt } from '../syntax/tree.ts';
import { isObjectSymbol, symbols } from '../tables/symbols.ts';
import { documentOf } from './document.ts';
import type { Index } from './index.ts';
import { resolveUse } from './resolve.ts';
import { selected } from './selection.ts';

/** What a definition leads to in its turn. */
export interface Onward {
  readonly definitions: readonly Definition[];
  /** What the selectors of the same object find. */
  readonly found: readonly LabelSet[];
}

/**
 * The next link of a chain: for a part of an object (a Service's port), what the tokens beside it in the same list
 * item lead to (its target port); for an object, what its selectors find.
 */
export function onward(index: Index, definition: Definition): Onward {
  const { facts } = definition;
  if (isObjectSymbol(symbols[definition.symbol])) {
    const selectors = !definition.made ? facts.selectors : [];
    const others = selectors.filter((selector) => selector.row.to !== 'own-template');
    return { definitions: [], found: others.flatMap((selector) => selected(index, selector)) };
  }
  const path = hitAt(documentOf(facts.document).tree, definition.span.start)?.path ?? [];
  const item = path.slice(facts.resource.path.length, -1);
  if (typeof item.at(-1) !== 'number') return { definitions: [], found: [] };
  const beside = facts.uses.filter((use) => item.every((segment, i) => use.path[i] === segment));
  const definitions = beside.flatMap((use) => {
    const resolution = resolveUse(index, use);
    return resolution.status === 'resolved' ? resolution.targets : [];
  });
  return { definitions, found: [] };
}
