import { isAddedByAnyController, isAddedByController, matches } from '../kubernetes/label-selector.ts';
import type { Definition, Facts, LabelSet, Requirement, Selector, Use } from '../model/facts.ts';
import { isPlaceholder } from '../syntax/placeholder.ts';
import type { SymbolId } from '../tables/row-types.ts';
import { isObjectSymbol, symbols } from '../tables/symbols.ts';
import { byPlace, distance, nearestBy } from './closeness.ts';
import type { Index } from './index.ts';

/** What a token leads to. */
export type Resolution =
  | { readonly status: 'resolved'; readonly targets: readonly Definition[] }
  /** It is not there, although the place where it should be is known. */
  | { readonly status: 'missing'; readonly holders: readonly Holder[] }
  /** It can't be known: a placeholder, or something that only the cluster has. */
  | { readonly status: 'unknown' };

/** Where a missing name should have been defined: an object, or one of its pod templates. */
export interface Holder {
  readonly facts: Facts;
  readonly pod: number | undefined;
  /** The name token of the object that is meant, for members. */
  readonly definition: Definition | undefined;
}

const unknown: Resolution = { status: 'unknown' };

/** Two namespaces can be the same one: an absent one is set later, by kubectl, kustomize or Helm. */
export const mayShareNamespace = (a: string, b: string): boolean => a === b || a === '' || b === '';

/** What a token leads to, by its row in the table. */
export function resolveUse(index: Index, use: Use): Resolution {
  if (use.text === '' || isPlaceholder(use.text)) return unknown;
  const symbol = use.row.to;
  const row = symbols[symbol];
  if (isObjectSymbol(row)) {
    const targets = objectsNamed(index, symbol, use.text, use.facts);
    if (targets.length > 0) return { status: 'resolved', targets };
    return row.builtIn?.includes(use.text) ? unknown : { status: 'missing', holders: [] };
  }
  const holders = holdersOf(index, use);
  if (holders.length === 0) return unknown;
  const targets = holders.flatMap((holder) =>
    membersOf(holder, symbol).filter((member) => member.name === use.text && member.numeric === use.numeric),
  );
  if (targets.length > 0) return { status: 'resolved', targets };
  return { status: 'missing', holders };
}

/** The objects that a name can mean for a resource: in its namespace, those in the nearest files. */
export function objectsNamed(index: Index, symbol: SymbolId, name: string, from: Facts): readonly Definition[] {
  const all = index.definitions(symbol, name).filter((definition) => inReach(symbol, definition, from));
  const exact = all.filter((definition) => definition.facts.resource.namespace === from.resource.namespace);
  return nearestBy(exact.length > 0 ? exact : all, from.document.uri, (definition) => definition.facts.document.uri);
}

/** Every object of a symbol that a resource could name. */
export function objectsInReach(index: Index, symbol: SymbolId, from: Facts): readonly Definition[] {
  const result: Definition[] = [];
  for (const name of index.names(symbol)) {
    for (const definition of index.definitions(symbol, name)) if (inReach(symbol, definition, from)) result.push(definition);
  }
  return result;
}

function inReach(symbol: SymbolId, definition: Definition, from: Facts): boolean {
  if (symbols[symbol].of === 'cluster') return true;
  return mayShareNamespace(definition.facts.resource.namespace, from.resource.namespace);
}

/**
 * Where a token's target must be defined, if it names a part of something: the object that its owner token names,
 * its own pod template, or the pods that its selector finds. Empty where that can't be known.
 */
export function holdersOf(index: Index, use: Use): readonly Holder[] {
  const row = symbols[use.row.to];
  if (isObjectSymbol(row)) return [];
  if (row.of === 'pod') {
    if (use.row.mode !== 'port') return [{ facts: use.facts, pod: use.pod, definition: undefined }];
    if (!use.ownerSelector || use.ownerSelector.open) return [];
    const pods = podsSelected(index, use.ownerSelector);
    if (pods.some((pod) => pod.open)) return [];
    return pods.map((pod) => ({ facts: pod.facts, pod: pod.pod, definition: undefined }));
  }
  if (!use.owner || isPlaceholder(use.owner.text)) return [];
  const owners = objectsNamed(index, row.of, use.owner.text, use.facts);
  if (owners.some((owner) => owner.members === 'unknown')) return [];
  return owners.map((definition) => ({ facts: definition.facts, pod: undefined, definition }));
}

/** What a holder defines of a symbol. */
export function membersOf(holder: Holder, symbol: SymbolId): readonly Definition[] {
  return holder.facts.definitions.filter(
    (definition) =>
      definition.symbol === symbol &&
      (definition.pod === undefined || holder.pod === undefined || definition.pod === holder.pod),
  );
}

/** The pods that a selector finds, in its namespace; of a workload that several folders hold, the nearest one. */
export function podsSelected(index: Index, selector: Selector): readonly LabelSet[] {
  if (selector.row.to === 'own-template') {
    return selector.facts.labelSets.filter((labelSet) => matches(labelSet.labels, selector.requirements));
  }
  // For a Service, no requirement means no selector, not everything.
  if (selector.requirements.length === 0) return [];
  const namespace = selector.facts.resource.namespace;
  const found = candidatePods(index, selector).filter(
    (pod) => mayShareNamespace(pod.facts.resource.namespace, namespace) && podMatches(pod, selector.requirements),
  );
  if (found.length < 2) return found;
  found.sort(byPlace);
  const byWorkload = new Map<string, LabelSet[]>();
  for (const pod of found) {
    const { kind, name } = pod.facts.resource;
    const key = `${kind} ${name}`;
    byWorkload.set(key, [...(byWorkload.get(key) ?? []), pod]);
  }
  const uri = selector.facts.document.uri;
  return [...byWorkload.values()].flatMap((pods) => nearestBy(pods, uri, (pod) => pod.facts.document.uri));
}

/** Whether the pods made from a template meet a selector, as far as the manifest tells. */
function podMatches(pod: LabelSet, requirements: readonly Requirement[]): boolean {
  const { kind } = pod.facts.resource;
  const stated = requirements.filter(({ key }) => pod.labels.has(key) || !isAddedByController(kind, key));
  return stated.length > 0 && matches(pod.labels, stated);
}

/** The pods that carry the rarest of the labels asked for; all pods where no label is asked for by value. */
function candidatePods(index: Index, selector: Selector): readonly LabelSet[] {
  let smallest: ReadonlySet<LabelSet> | undefined;
  for (const { key, operator, values } of selector.requirements) {
    const value = values[0];
    if (operator !== 'In' || values.length !== 1 || value === undefined) continue;
    const pods = index.podsWithLabel(key, value);
    if (pods.size === 0 && isAddedByAnyController(key)) continue;
    if (!smallest || pods.size < smallest.size) smallest = pods;
  }
  return [...(smallest ?? index.allPods())];
}

/** Every name that could stand in a token's place, one entry a name: objects nearest first, members as they stand. */
export function candidates(index: Index, use: Use): readonly Definition[] {
  const symbol = use.row.to;
  const row = symbols[symbol];
  const all =
    isObjectSymbol(row)
      ? objectsInReach(index, symbol, use.facts)
      : holdersOf(index, use).flatMap((holder) => membersOf(holder, symbol));
  const byName = new Map<string, Definition[]>();
  for (const definition of all) {
    if (use.row.mode === 'port' && use.row.by === 'name' && definition.numeric) continue;
    const key = `${definition.numeric} ${definition.name}`;
    const same = byName.get(key);
    if (same) same.push(definition);
    else byName.set(key, [definition]);
  }
  const uri = use.facts.document.uri;
  const result = [...byName.values()].flatMap((same) => nearestBy(same, uri, (d) => d.facts.document.uri).slice(0, 1));
  if (!isObjectSymbol(row)) return result;
  return result
    .map((definition) => ({ definition, far: distance(definition.facts.document.uri, uri) }))
    .sort((a, b) => a.far - b.far || byPlace(a.definition, b.definition))
    .map(({ definition }) => definition);
}
