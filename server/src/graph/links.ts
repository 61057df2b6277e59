import type { Span } from '../base/span.ts';
import type { Definition, DocumentRef, LabelPair, LabelSet, Selector, Use } from '../model/facts.ts';
import { anyName } from '../model/uses.ts';
import type { SymbolId, SymbolRow } from '../tables/row-types.ts';
import { isLookedUpByName, isObjectSymbol, symbols } from '../tables/symbols.ts';
import { byPlace } from './closeness.ts';
import { isFoundBySelector } from './describe.ts';
import type { Index } from './index.ts';
import { namesOfPlace } from './paths.ts';
import { selectorsOf } from './pods.ts';
import { resolveUse } from './resolve.ts';
import { ownPods, selected } from './selection.ts';

/** A token that has to do with a name: it defines it, or uses it. */
export interface Link {
  readonly document: DocumentRef;
  readonly span: Span;
  readonly role: 'definition' | 'use';
}

/** All tokens that lead to any of these definitions, by place. */
export function usesOf(index: Index, definitions: readonly Definition[]): readonly Use[] {
  const wanted = new Set(definitions);
  const result = new Set<Use>();
  for (const definition of definitions) {
    const { symbol, name, facts } = definition;
    // A broken document's own facts aren't in the index.
    const own = facts.uses.filter((use) => use.row.to === symbol && use.name === name);
    const all = namesOf(index, definition).flatMap((one) => index.uses(symbol, one, namespaceOf(definition)));
    for (const use of [...own, ...all]) {
      const resolution = resolveUse(index, use);
      if (resolution.status === 'resolved' && resolution.targets.some((target) => wanted.has(target))) result.add(use);
    }
  }
  return [...result].sort(byPlace);
}

/** The names under which the index knows the uses of a definition. */
function namesOf(index: Index, { symbol, name }: Definition): readonly string[] {
  if (symbol === 'file') return namesOfPlace(index, name);
  if (symbol !== 'resource') return [name];
  const affixed = index.renamingKustomizations().map(({ kustomization: k }) => `${k?.prefix}${name}${k?.suffix}`);
  return [...new Set([name, anyName, ...affixed])];
}

/** The namespace that a definition's uses look into; undefined where they may stand anywhere. */
function namespaceOf({ symbol, facts }: Definition): string | undefined {
  return isInCluster(symbol) || isFoundBySelector(symbol) ? undefined : facts.resource.namespace;
}

/** Whether a symbol's objects, or the objects that it is a part of, are in no namespace. */
function isInCluster(symbol: SymbolId): boolean {
  const row: SymbolRow = symbols[symbol];
  if (isObjectSymbol(row)) return row.of === 'cluster';
  if (row.of === 'workspace' || row.of === 'kustomization') return true;
  return row.of !== 'pod' && row.of !== 'container' && isInCluster(row.of);
}

/** The same name in the same holder (a Secret's key in data and in stringData), and what else it names there. */
export function sameDefinitions(definition: Definition): readonly Definition[] {
  const { symbol, name, span, part, pod, container, numeric, facts } = definition;
  const isObject = isLookedUpByName(symbols[symbol]);
  return facts.definitions.filter(
    (other) =>
      other === definition ||
      // The name of a ConfigMap is that of a resource, too.
      (other.span.start === span.start && other.span.end === span.end && isSameName(definition, other)) ||
      (!isObject &&
        other.symbol === symbol &&
        other.name === name &&
        other.part === part &&
        other.pod === pod &&
        other.container === container &&
        other.numeric === numeric),
  );
}

/** What a controller makes of a name isn't what is written there; but who changes the whole resource changes that. */
const isSameName = (definition: Definition, other: Definition): boolean =>
  !other.made || symbols[definition.symbol].of === 'kustomization';

/** Everything that a name's definitions hang together with. */
export function linksOf(index: Index, definitions: readonly Definition[]): readonly Link[] {
  const all = [...new Set(definitions.flatMap(sameDefinitions))];
  return [
    ...all.map(
      (definition): Link => ({ document: definition.facts.document, span: definition.span, role: 'definition' }),
    ),
    ...usesOf(index, all).map((use): Link => ({ document: use.facts.document, span: use.span, role: 'use' })),
  ];
}

/** Pods and selectors that one label holds together. */
export interface LabelGroup {
  readonly pods: readonly { readonly labelSet: LabelSet; readonly pair: LabelPair }[];
  readonly selectors: readonly { readonly selector: Selector; readonly pair: LabelPair }[];
}

/**
 * The pods and selectors that are connected through a label `key=value`, from any of them: the selectors that find
 * these pods by it, the other pods that those find, and so on. A workload's own selector belongs to its template even
 * where another label keeps the two apart.
 */
export function labelGroup(
  index: Index,
  start: { readonly labelSet: LabelSet } | { readonly selector: Selector },
  key: string,
  value: string,
): LabelGroup {
  const pods = new Map<LabelSet, LabelPair>();
  const selectors = new Map<Selector, readonly LabelPair[]>();
  const addPod = (labelSet: LabelSet): void => {
    const pair = labelSet.labels.get(key);
    if (pods.has(labelSet) || pair?.value !== value) return;
    pods.set(labelSet, pair);
    for (const selector of selectorsOf(index, labelSet)) addSelector(selector);
    for (const selector of labelSet.facts.selectors) if (selector.row.to === 'own-template') addSelector(selector);
  };
  const addSelector = (selector: Selector): void => {
    const pairs = [...selector.pairs, ...selector.expressions].filter(
      (pair) => pair.key === key && pair.value === value,
    );
    if (selectors.has(selector) || pairs.length === 0) return;
    selectors.set(selector, pairs);
    const own = selector.row.to === 'own-template' ? ownPods(selector) : selected(index, selector);
    for (const pod of own) addPod(pod);
  };
  if ('labelSet' in start) addPod(start.labelSet);
  else addSelector(start.selector);
  return {
    pods: [...pods].map(([labelSet, pair]) => ({ labelSet, pair })),
    selectors: [...selectors].flatMap(([selector, pairs]) => pairs.map((pair) => ({ selector, pair }))),
  };
}
