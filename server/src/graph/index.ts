import type { Definition, Facts, LabelSet, Selector, Use } from '../model/facts.ts';
import type { SymbolId } from '../tables/row-types.ts';
import { symbols } from '../tables/symbols.ts';
import { byPlace } from './closeness.ts';

/** Names a part of the index that a result was read from; when it changes, the result is out of date. */
export type Key = string;

const nameKey = (symbol: SymbolId, name: string): Key => `name ${symbol} ${name}`;
const namesKey = (symbol: SymbolId): Key => `names ${symbol}`;
const labelKey = (key: string, value: string): Key => `label ${key}=${value}`;
const everyLabelKey: Key = 'labels';

/**
 * Who defines and who uses what, over all files. Every look-up notes what it read (`track`), so that a change can
 * tell exactly which results it makes out of date (`add` and `remove` say which keys they changed).
 */
export class Index {
  readonly #definitions = new Map<Key, Set<Definition>>();
  readonly #names = new Map<SymbolId, Map<string, number>>();
  readonly #uses = new Map<Key, Set<Use>>();
  readonly #labels = new Map<Key, Set<LabelSet>>();
  readonly #labelSets = new Set<LabelSet>();
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
      if (symbols[definition.symbol].of === 'pod') continue;
      const key = nameKey(definition.symbol, definition.name);
      change(this.#definitions, key, definition);
      changed.add(key);
      if (this.#count(definition.symbol, definition.name, by)) changed.add(namesKey(definition.symbol));
    }
    for (const use of facts.uses) change(this.#uses, nameKey(use.row.to, use.text), use);
    for (const labelSet of facts.labelSets) {
      if (by === 1) this.#labelSets.add(labelSet);
      else this.#labelSets.delete(labelSet);
      changed.add(everyLabelKey);
      for (const { key, value } of labelSet.labels.values()) {
        change(this.#labels, labelKey(key, value), labelSet);
        changed.add(labelKey(key, value));
      }
    }
    for (const selector of facts.selectors) {
      if (by === 1) this.#selectors.add(selector);
      else this.#selectors.delete(selector);
      for (const pair of selector.pairs) change(this.#selectorsByLabel, labelKey(pair.key, pair.value), selector);
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
    return [...(this.#uses.get(nameKey(symbol, name)) ?? [])];
  }

  /** The pods that carry a label. */
  podsWithLabel(key: string, value: string): ReadonlySet<LabelSet> {
    this.#reads?.add(labelKey(key, value));
    return this.#labels.get(labelKey(key, value)) ?? noLabelSets;
  }

  /** The labels of all pods. */
  allPods(): ReadonlySet<LabelSet> {
    this.#reads?.add(everyLabelKey);
    return this.#labelSets;
  }

  /** The selectors that ask for a label by `key: value`. */
  selectorsWithLabel(key: string, value: string): ReadonlySet<Selector> {
    return this.#selectorsByLabel.get(labelKey(key, value)) ?? noSelectors;
  }

  allSelectors(): ReadonlySet<Selector> {
    return this.#selectors;
  }
}

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
