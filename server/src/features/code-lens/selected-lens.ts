import { documentOf } from '../../graph/document.ts';
import { isPreset, soughtBy } from '../../graph/index.ts';
import { selected } from '../../graph/selection.ts';
import type { Facts, Selector } from '../../model/facts.ts';
import { nodeAt, pairOf } from '../../syntax/tree.ts';
import { labelledNouns } from '../../tables/kinds.ts';
import { locate } from '../shared/context.ts';
import { counted, type LensKind } from './lens.ts';

/** On a selector: what it finds. A workload's own finds its own pods, and a preset has a lens that says more. */
export const selectedLens: LensKind = {
  id: 'selects',
  startsOf: (facts) => selectorsIn(facts).map(startOf),
  textOf(facts, index, _release, start) {
    const selector = selectorsIn(facts).find((one) => startOf(one) === start);
    if (!selector) return undefined;
    const found = selected(index, selector);
    const noun = labelledNouns[soughtBy(selector)];
    if (found.length === 0) return { title: `selects no ${noun} of this workspace`, action: undefined };
    const names = [...new Set(found.map((one) => one.facts.resource.name))].filter((name) => name !== '');
    const places = found.map((one) => locate(one.facts.document, one.span));
    return {
      title: `selects ${counted(found.length, noun)}${names.length > 0 ? ` in ${enumerated(names)}` : ''}`,
      action: { does: 'show-places', places },
    };
  },
};

/** What a placeholder stands in, and what finds nothing by its nature, is left out. */
const selectorsIn = (facts: Facts): readonly Selector[] =>
  isPreset(facts)
    ? []
    : facts.selectors.filter(
        ({ row, open, requirements }) =>
          row.to !== 'own-template' && !open && (requirements.length > 0 || row.whenEmpty === 'all'),
      );

/** At the selector's field, which stands above its labels. */
function startOf({ facts, path, span }: Selector): number {
  const field = path.at(-1);
  const holder = nodeAt(documentOf(facts.document).tree, [...facts.resource.path, ...path.slice(0, -1)]);
  return (typeof field === 'string' ? pairOf(holder, field)?.key.start : undefined) ?? span.start;
}

/** As many names as have a place in one line. */
const shown = 3;

const enumerated = (names: readonly string[]): string =>
  names.length > shown ? `${names.slice(0, shown).join(', ')} and ${names.length - shown} more` : names.join(', ');
