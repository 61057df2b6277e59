import type { Definition, Facts, LabelSet, Selector, Use } from '../model/facts.ts';
import type { Labelled, SymbolId } from '../tables/row-types.ts';
import { symbols } from '../tables/symbols.ts';
import { byPlace } from './closeness.ts';

/** Names a part of the index that a result was read from; when it changes, the result is out of date. */
export type Key = string;

const nameKey = (symbol: SymbolId, name: string): Key => `name ${symbol} ${name}`;
const namesKey = (symbol: SymbolId): Key => `names ${symbol}`;
const usesKey = (symbol: SymbolId, name: string): Key => `uses ${symbol} ${name}`;
const labelKey = (of: Labelled, key: string, value: string): Key => `label ${of} ${key}=${value}`;
const labelsKey = (of: Labelled): Key => `labels ${of}`;

/**
 * Who defines and who uses what, over all files. Every look-up notes what it read (`track`), so that a change can
 * tell exactly which results it makes out of date (`add` and `remove` say which keys they changed).
 */
export class Index {
  readonly #definitions = new Map<Key, Set<Definition>>();
  readonly #names = new Map<SymbolId, Map<string, number>>();
  /** The definitions of a symbol by namespace. */
  readonly #objects = new Map<SymbolId, Map<string, Set<Definition>>>();
  readonly #uses = new Map<Key, Set<Use>>();
  readonly #labels = new Map<Key, Set<LabelSet>>();
  readonly #labelSets = new Map<Labelled, Set<LabelSet>>();
  readonly #selectors = new Set<Selector>();
  readonly #selectorsByLabel = new Map<Key, Set<Selector>>();
  #reads: Set<Key> | undefined;

  /** Runs `read` and returns its result with the keys that it looked up. */
  track<T>(read: () => T): { readonly result: T; readonly keys: ReadonlySet<Key> } {
    const outer = this.#reads;
    const keys = new Set<Key>();
    this.#reads = keys;
    try {
      return { result: read(), keys };
    } finally {
      this.#reads = outer;
    }
  }

  /** Adds a resource's facts; returns the keys whose answers changed. */
  add(facts: Facts): Set<Key> {
    return this.#change(facts, put, 1);
  }

  /** Takes a resource's facts out again; returns the keys whose answers changed. */
  remove(facts: Facts): Set<Key> {
    return this.#change(facts, take, -1);
  }

  #change(facts: Facts, change: <T>(map: Map<Key, Set<T>>, key: Key, item: T) => void, by: 1 | -1): Set<Key> {
    const changed = new Set<Key>();
    for (const definition of facts.definitions) {
      const { of } = symbols[definition.symbol];
      if (of === 'pod' || of === 'container') continue;
      const key = nameKey(definition.symbol, definition.name);
      change(this.#definitions, key, definition);
      changed.add(key);
      change(this.#objectsOf(definition.symbol), facts.resource.namespace, definition);
      if (this.#count(definition.symbol, definition.name, by)) changed.add(namesKey(definition.symbol));
    }
    for (const use of facts.uses) {
      change(this.#uses, usesKey(use.row.to, use.text), use);
      changed.add(usesKey(use.row.to, use.text));
    }
    for (const labelSet of facts.labelSets) {
      const { of } = labelSet;
      change(this.#labelSets as Map<string, Set<LabelSet>>, of, labelSet);
      changed.add(labelsKey(of));
      for (const { key, value } of labelSet.labels.values()) {
        change(this.#labels, labelKey(of, key, value), labelSet);
        changed.add(labelKey(of, key, value));
      }
    }
    for (const selector of facts.selectors) {
      if (by === 1) this.#selectors.add(selector);
      else this.#selectors.delete(selector);
      const of = soughtBy(selector);
      for (const pair of selector.pairs) change(this.#selectorsByLabel, labelKey(of, pair.key, pair.value), selector);
    }
    return changed;
  }

  #count(symbol: SymbolId, name: string, by: 1 | -1): boolean {
    let names = this.#names.get(symbol);
    if (!names) {
      names = new Map();
      this.#names.set(symbol, names);
    }
    const count = (names.get(name) ?? 0) + by;
    if (count > 0) names.set(name, count);
    else names.delete(name);
    return by === 1 ? count === 1 : count === 0;
  }

  #objectsOf(symbol: SymbolId): Map<string, Set<Definition>> {
    let objects = this.#objects.get(symbol);
    if (!objects) {
      objects = new Map();
      this.#objects.set(symbol, objects);
    }
    return objects;
  }

  /** Every definition of a symbol that a resource of a namespace may mean; in all namespaces for `undefined`. */
  *objects(symbol: SymbolId, namespace: string | undefined): Generator<Definition> {
    this.#reads?.add(namesKey(symbol));
    const objects = this.#objectsOf(symbol);
    if (namespace === undefined || namespace === '') {
      for (const definitions of objects.values()) yield* definitions;
      return;
    }
    yield* objects.get(namespace) ?? [];
    yield* objects.get('') ?? [];
  }

  /** All definitions of a name, in any namespace and file; by place. */
  definitions(symbol: SymbolId, name: string): readonly Definition[] {
    this.#reads?.add(nameKey(symbol, name));
    return [...(this.#definitions.get(nameKey(symbol, name)) ?? [])].sort(byPlace);
  }

  /** Every name of a symbol that is defined anywhere. */
  names(symbol: SymbolId): Iterable<string> {
    this.#reads?.add(namesKey(symbol));
    return this.#names.get(symbol)?.keys() ?? [];
  }

  /** All tokens that name something so, resolved or not. */
  uses(symbol: SymbolId, name: string): readonly Use[] {
    this.#reads?.add(usesKey(symbol, name));
    return [...(this.#uses.get(usesKey(symbol, name)) ?? [])];
  }

  /** What carries a label. */
  withLabel(of: Labelled, key: string, value: string): ReadonlySet<LabelSet> {
    this.#reads?.add(labelKey(of, key, value));
    return this.#labels.get(labelKey(of, key, value)) ?? noLabelSets;
  }

  /** The labels of all pods, or of all Services … */
  allLabelled(of: Labelled): ReadonlySet<LabelSet> {
    this.#reads?.add(labelsKey(of));
    return this.#labelSets.get(of) ?? noLabelSets;
  }

  /** The selectors that ask for a label by `key: value`. */
  selectorsWithLabel(of: Labelled, key: string, value: string): ReadonlySet<Selector> {
    return this.#selectorsByLabel.get(labelKey(of, key, value)) ?? noSelectors;
  }

  allSelectors(): ReadonlySet<Selector> {
    return this.#selectors;
  }
}

/** What a selector looks for; a workload's own selector, for pods. */
export const soughtBy = (selector: Selector): Labelled =>
  selector.row.to === 'own-template' ? 'pods' : selector.row.to;

const noLabelSets: ReadonlySet<LabelSet> = new Set();
const noSelectors: ReadonlySet<Selector> = new Set();

function put<T>(map: Map<Key, Set<T>>, key: Key, item: T): void {
  const set = map.get(key);
  if (set) set.add(item);
  else map.set(key, new Set([item]));
}

function take<T>(map: Map<Key, Set<T>>, key: Key, item: T): void {
  const set = map.get(key);
  set?.delete(item);
  if (set?.size === 0) map.delete(key);
}
