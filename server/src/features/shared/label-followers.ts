import { type Span, toSpan } from '../../base/span.ts';
import { documentOf } from '../../graph/document.ts';
import { type Index, soughtBy } from '../../graph/index.ts';
import { type LabelGroup, labelGroup } from '../../graph/links.ts';
import { matches } from '../../kubernetes/label-selector.ts';
import type { DocumentRef, LabelSet, Requirement, Selector } from '../../model/facts.ts';
import { nodeAt, resolveAlias, textAt } from '../../syntax/tree.ts';
import { labelled } from '../../tables/kinds.ts';
import type { Labelled } from '../../tables/row-types.ts';
import { inReach } from './label-clash.ts';

/** What follows a label's rename besides the group that it holds together, or the selector that stands in the way. */
export interface Followers {
  readonly places: readonly { readonly document: DocumentRef; readonly span: Span }[];
  readonly selectors: ReadonlySet<Selector>;
  readonly obstacle: Selector | undefined;
}

/**
 * The group of a label's key: with the pods of all other values that selectors of these pods tell by the same key
 * (`Exists`, `NotIn`, several values), as a selector can't go by two keys.
 */
export function wholeKeyGroup(index: Index, group: LabelGroup, key: string): LabelGroup {
  const pods = new Map(group.pods.map((one) => [one.labelSet, one.pair]));
  const selectors = new Set(group.selectors);
  const asked = new Set<Selector>();
  for (let before = -1; before < pods.size; ) {
    before = pods.size;
    for (const selector of selectorsOn(index, [key])) {
      if (asked.has(selector)) continue;
      const reach = inReach(index, selector).filter(({ labels }) => labels.has(key));
      if (!reach.some((pod) => pods.has(pod)) || !isByKey(selector, key)) continue;
      asked.add(selector);
      for (const labelSet of reach) {
        if (pods.has(labelSet)) continue;
        const more = labelGroup(index, { labelSet }, key, labelSet.labels.get(key)?.value ?? '');
        for (const one of more.pods) pods.set(one.labelSet, one.pair);
        for (const one of more.selectors) selectors.add(one);
      }
    }
  }
  return { pods: [...pods].map(([labelSet, pair]) => ({ labelSet, pair })), selectors: [...selectors] };
}

/** Whether a selector asks for a key otherwise than by one value. */
const isByKey = ({ requirements }: Selector, key: string): boolean =>
  requirements.some((one) => one.key === key && !(one.operator === 'In' && one.values.length === 1));

/**
 * The selectors beside a group that speak of its label (`NotIn`, `Exists`, `DoesNotExist`, or of other pods), changed or
 * left alone so that each finds afterwards what it found before.
 *
 * @param to the label's new key, or its new value
 */
export function followersOf(
  index: Index,
  { pods, selectors: known }: LabelGroup,
  label: { readonly key: string; readonly value: string },
  onKey: boolean,
  to: string,
): Followers {
  const own = new Set(pods.map(({ labelSet }) => labelSet));
  const places: { readonly document: DocumentRef; readonly span: Span }[] = [];
  const selectors = new Set<Selector>();
  const after = new Map(pods.map(({ labelSet }) => [labelSet, renamedLabels(labelSet, label.key, onKey, to)]));
  for (const selector of selectorsOn(index, onKey ? [label.key, to] : [label.key])) {
    const reach = inReach(index, selector);
    if (!reach.some((pod) => own.has(pod))) continue;
    const edited = selector.requirements.map((one) => renamedRequirement(one, label, onKey, to));
    const keeps = (requirements: readonly Requirement[]): boolean =>
      reach.every(
        (pod) => matches(pod.labels, selector.requirements) === matches(after.get(pod) ?? pod.labels, requirements),
      );
    const isOfGroup = known.some((one) => one.selector === selector);
    if (keeps(edited)) {
      selectors.add(selector);
      for (const span of spansIn(selector, label, onKey)) places.push({ document: selector.facts.document, span });
    } else if (isOfGroup || !keeps(selector.requirements)) {
      return { places: [], selectors: new Set(), obstacle: selector };
    }
  }
  return { places, selectors, obstacle: undefined };
}

/** The selectors that speak of one of some keys. */
const selectorsOn = (index: Index, keys: readonly string[]): readonly Selector[] =>
  (Object.keys(labelled) as Labelled[]).flatMap((of) =>
    index
      .selectorsFor(of, undefined)
      .filter((one) => soughtBy(one) === of && one.requirements.some(({ key }) => keys.includes(key))),
  );

function renamedLabels(
  { labels }: LabelSet,
  key: string,
  onKey: boolean,
  to: string,
): ReadonlyMap<string, { readonly value: string }> {
  const result = new Map<string, { readonly value: string }>(labels);
  const value = labels.get(key)?.value ?? '';
  if (onKey) result.delete(key);
  return result.set(onKey ? to : key, { value: onKey ? value : to });
}

function renamedRequirement(
  one: Requirement,
  { key, value }: { readonly key: string; readonly value: string },
  onKey: boolean,
  to: string,
): Requirement {
  if (one.key !== key) return one;
  return onKey ? { ...one, key: to } : { ...one, values: one.values.map((other) => (other === value ? to : other)) };
}

/** Where a selector has the label's key, or its value. */
function spansIn(
  selector: Selector,
  { key, value }: { readonly key: string; readonly value: string },
  onKey: boolean,
): readonly Span[] {
  const { facts, path, pairs } = selector;
  const written = pairs
    .filter((pair) => pair.key === key && (onKey || pair.value === value))
    .map(({ keySpan, valueSpan }) => (onKey ? keySpan : valueSpan));
  if (selector.row.form !== 'labelSelector') return written;
  const expressions = resolveAlias(
    nodeAt(documentOf(facts.document).tree, [...facts.resource.path, ...path, 'matchExpressions']),
  );
  const items = expressions?.type === 'list' ? expressions.items : [];
  return [
    ...written,
    ...items
      .filter((item) => textAt(item, 'key') === key)
      .flatMap((item) => {
        const values = resolveAlias(nodeAt(item, ['values']));
        const all = onKey ? [nodeAt(item, ['key'])] : values?.type === 'list' ? values.items : [];
        return all
          .map(resolveAlias)
          .filter((node) => node?.type === 'scalar' && (onKey || node.value === value))
          .flatMap((node) => (node ? [toSpan(node)] : []));
      }),
  ];
}
