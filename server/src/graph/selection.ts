import { isAddedByAnyController, isAddedByController, matches } from '../kubernetes/label-selector.ts';
import type { LabelSet, Requirement, Selector } from '../model/facts.ts';
import type { Labelled } from '../tables/row-types.ts';
import { byPlace, nearestBy } from './closeness.ts';
import { type Index, soughtBy } from './index.ts';

/** Two namespaces can be the same one: an absent one is set later, by kubectl, kustomize or Helm. */
export const mayShareNamespace = (a: string, b: string): boolean => a === b || a === '' || b === '';

/** The namespace that a selector looks into; undefined for all of them. */
export const reachOf = (selector: Selector): string | undefined =>
  selector.widened || hasNoNamespace(soughtBy(selector)) ? undefined : selector.namespace;

const hasNoNamespace = (of: Labelled): boolean => of === 'namespaces' || of === 'nodes';

/** Whether a selector looks into the namespace of what carries the labels. */
export function looksInto(selector: Selector, labelSet: LabelSet): boolean {
  if (selector.widened || hasNoNamespace(labelSet.of)) return true;
  return mayShareNamespace(labelSet.facts.resource.namespace, selector.namespace);
}

/**
 * What a selector finds: pods of its namespace, as a rule, or its own template. Of an object that several folders
 * hold, the nearest one.
 */
export function selected(index: Index, selector: Selector): readonly LabelSet[] {
  if (selector.row.to === 'own-template') {
    return ownPods(selector).filter((labelSet) => matches(labelSet.labels, selector.requirements));
  }
  if (selector.requirements.length === 0 && selector.row.whenEmpty !== 'all') return [];
  const isBehind = behind(index, selector);
  const found = possible(index, selector).filter((labelSet) => mayFind(selector, labelSet) && isBehind(labelSet));
  if (found.length < 2) return found;
  found.sort(byPlace);
  const byObject = new Map<string, LabelSet[]>();
  for (const labelSet of found) {
    const { kind, name } = labelSet.facts.resource;
    const key = `${kind} ${name}`;
    byObject.set(key, [...(byObject.get(key) ?? []), labelSet]);
  }
  const { uri } = selector.facts.document;
  return [...byObject.values()].flatMap((same) => nearestBy(same, uri, (labelSet) => labelSet.facts.document.uri));
}

/** Whether something is among the pods of the Service that a selector is confined to; of an unknown one, nothing is. */
export function behind(index: Index, { behind: service, namespace }: Selector): (labelSet: LabelSet) => boolean {
  if (service === undefined) return () => true;
  const pods = new Set(
    index
      .definitions('service', service, namespace)
      .flatMap(({ facts }) => facts.selectors.flatMap((selector) => selected(index, selector))),
  );
  return (labelSet) => pods.has(labelSet);
}

/** The pod templates of the selector's own resource. */
export const ownPods = (selector: Selector): readonly LabelSet[] =>
  selector.facts.labelSets.filter((labelSet) => labelSet.of === 'pods');

/** Whether a selector finds what carries the labels, unless an object of the same name is nearer. */
export const mayFind = (selector: Selector, labelSet: LabelSet): boolean =>
  looksInto(selector, labelSet) && meetsAll(labelSet, selector.requirements);

/** Whether labels meet a selector, as far as the manifest tells: controllers add some to the pods that they make. */
function meetsAll(labelSet: LabelSet, requirements: readonly Requirement[]): boolean {
  if (requirements.length === 0) return true;
  const { kind } = labelSet.facts.resource;
  const stated = requirements.filter(({ key }) => labelSet.labels.has(key) || !isAddedByController(kind, key));
  return stated.length > 0 && matches(labelSet.labels, stated);
}

/** What may meet a selector in its reach; everything there where no label is asked for by value. */
const possible = (index: Index, selector: Selector): readonly LabelSet[] =>
  withRarestLabel(index, selector, reachOf(selector)) ?? index.allLabelled(soughtBy(selector), reachOf(selector));

/**
 * What carries the rarest of the labels that a selector asks for by value: everything that it finds is among it.
 * Undefined where it asks for none so.
 */
export function withRarestLabel(
  index: Index,
  selector: Selector,
  namespace: string | undefined,
): readonly LabelSet[] | undefined {
  const of = soughtBy(selector);
  let rarest: { readonly requirement: Requirement; readonly count: number } | undefined;
  for (const requirement of selector.requirements) {
    const { key, operator, values } = requirement;
    // What a controller adds isn't in the manifest, as a rule.
    if (operator !== 'In' || isAddedByAnyController(key)) continue;
    const count = values.reduce((sum, value) => sum + index.countWithLabel(of, key, value, namespace), 0);
    if (!rarest || count < rarest.count) rarest = { requirement, count };
  }
  if (!rarest) return undefined;
  const { key, values } = rarest.requirement;
  return [...new Set(values)].flatMap((value) => index.withLabel(of, key, value, namespace));
}
