import { type Index, soughtBy } from '../../graph/index.ts';
import type { LabelGroup } from '../../graph/links.ts';
import { behind, looksInto, ownPods, reachOf } from '../../graph/selection.ts';
import { matches } from '../../kubernetes/label-selector.ts';
import type { LabelPair, LabelSet, Requirement, Resource, Selector } from '../../model/facts.ts';
import { labelled } from '../../tables/kinds.ts';
import type { Labelled } from '../../tables/row-types.ts';

/**
 * Why the label that holds a group together can't have another key or value: its selectors would find others' pods,
 * others' selectors would find its pods, or a pod would have the key twice. Undefined where it can.
 *
 * @param following selectors that are changed along with it, so that they find what they found
 */
export function labelClash(
  index: Index,
  { pods, selectors }: LabelGroup,
  onKey: boolean,
  newName: string,
  following: ReadonlySet<Selector>,
): string | undefined {
  const renamed = ({ key, value }: Pick<LabelPair, 'key' | 'value'>): Pick<LabelPair, 'key' | 'value'> =>
    onKey ? { key: newName, value } : { key, value: newName };
  const own = new Set(pods.map(({ labelSet }) => labelSet));
  if (onKey) {
    const twice = pods.find(({ labelSet }) => labelSet.labels.has(newName));
    if (twice) return `${title(twice.labelSet.facts.resource)} has a label "${newName}" already.`;
  }
  for (const { selector, pair } of selectors) {
    const requirements = selector.requirements.map((requirement): Requirement => {
      const { key, value } = renamed(pair);
      if (!allows(requirement, pair)) return requirement;
      return { ...requirement, key, values: requirement.values.map((one) => (one === pair.value ? value : one)) };
    });
    if (!onKey && pair.value !== newName && pair.ofMany?.values.includes(newName))
      return `${title(selector.facts.resource)} asks for "${newName}" as well: the two could not be told apart.`;
    const other = inReach(index, selector).find(
      (labelSet) =>
        !own.has(labelSet) &&
        matches(labelSet.labels, requirements) &&
        !(pair.ofMany && matches(labelSet.labels, selector.requirements)),
    );
    if (other) return mixes(selector, renamed(pair), other.facts.resource);
  }
  const theirs = (Object.keys(labelled) as Labelled[])
    .flatMap((of) => index.selectorsFor(of, undefined))
    .filter(
      (selector) =>
        selector.requirements.length > 0 &&
        !selectors.some((known) => known.selector === selector) &&
        !following.has(selector),
    );
  for (const { labelSet, pair } of pods) {
    const after = new Map<string, { readonly value: string }>([...labelSet.labels].filter(([key]) => key !== pair.key));
    const { key, value } = renamed(pair);
    after.set(key, { value });
    const other = theirs.find(
      (selector) =>
        soughtBy(selector) === labelSet.of &&
        (selector.row.to === 'own-template' ? ownPods(selector).includes(labelSet) : looksInto(selector, labelSet)) &&
        behind(index, selector)(labelSet) &&
        matches(after, selector.requirements) &&
        !matches(labelSet.labels, selector.requirements),
    );
    if (other) return mixes(other, { key, value }, labelSet.facts.resource);
  }
  return undefined;
}

const allows = ({ key, operator, values }: Requirement, pair: LabelPair): boolean =>
  key === pair.key && operator === 'In' && values.includes(pair.value);

/** What a selector could find: the pods of its own template, or those of its namespace. */
export const inReach = (index: Index, selector: Selector): readonly LabelSet[] =>
  selector.row.to === 'own-template'
    ? ownPods(selector)
    : index
        .allLabelled(soughtBy(selector), reachOf(selector))
        .filter((labelSet) => looksInto(selector, labelSet))
        .filter(behind(index, selector));

const mixes = (selector: Selector, { key, value }: Pick<LabelPair, 'key' | 'value'>, found: Resource): string =>
  `With ${key}=${value}, ${title(selector.facts.resource)} would find ${title(found)}, too: choose another name, or change the labels of one of them first.`;

const title = ({ kind, name }: Resource): string => `${kind} "${name}"`;
