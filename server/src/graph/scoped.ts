/** Names a part of the index that a result was read from; when it changes, the result is out of date. */
export type Key = string;

/**
 * Sets of items by a key and, within it, by namespace. An item without a namespace (`''`) may belong to any: whoever
 * looks into one namespace finds it, too; and whoever has none (`''` or `undefined`) looks into all of them.
 */
export class Scoped<T> {
  readonly #name: string;
  readonly #namespaceOf: (item: T) => string;
  readonly #describe: (item: T) => string;
  /** Most keys have a few items, which needn't be told apart by namespace before somebody looks. */
  readonly #items = new Map<string, T[] | Map<string, Set<T>>>();

  /**
   * @param name tells this table's keys from those of others
   * @param describe everything of an item that readers go by, but for spans
   */
  constructor(name: string, namespaceOf: (item: T) => string, describe: (item: T) => string) {
    this.#name = name;
    this.#namespaceOf = namespaceOf;
    this.#describe = describe;
  }

  add(key: string, item: T): void {
    const items = this.#items.get(key);
    if (!items) {
      this.#items.set(key, [item]);
    } else if (!Array.isArray(items)) {
      this.#addTo(items, item);
    } else if (items.length < few) {
      items.push(item);
    } else {
      const byNamespace = new Map<string, Set<T>>();
      for (const one of items) this.#addTo(byNamespace, one);
      this.#addTo(byNamespace, item);
      this.#items.set(key, byNamespace);
    }
  }

  #addTo(byNamespace: Map<string, Set<T>>, item: T): void {
    const namespace = this.#namespaceOf(item);
    const set = byNamespace.get(namespace);
    if (set) set.add(item);
    else byNamespace.set(namespace, new Set([item]));
  }

  remove(key: string, item: T): void {
    const items = this.#items.get(key);
    if (!items) return;
    if (Array.isArray(items)) {
      const rest = items.filter((other) => other !== item);
      if (rest.length > 0) this.#items.set(key, rest);
      else this.#items.delete(key);
      return;
    }
    const namespace = this.#namespaceOf(item);
    const set = items.get(namespace);
    set?.delete(item);
    if (set?.size === 0) items.delete(namespace);
    if (items.size === 0) this.#items.delete(key);
  }

  /** What a resource of a namespace may mean by a key. */
  inReach(key: string, namespace: string | undefined): T[] {
    const items = this.#items.get(key);
    if (!items) return [];
    if (Array.isArray(items)) {
      if (isAnywhere(namespace)) return [...items];
      return items.filter((item) => isIn(this.#namespaceOf(item), namespace));
    }
    const result: T[] = [];
    const sets = isAnywhere(namespace) ? items.values() : [items.get(namespace) ?? [], items.get('') ?? []];
    for (const set of sets) for (const item of set) result.push(item);
    return result;
  }

  /** How many items `inReach` gives. */
  countInReach(key: string, namespace: string | undefined): number {
    const items = this.#items.get(key);
    if (!items) return 0;
    if (Array.isArray(items)) return this.inReach(key, namespace).length;
    if (!isAnywhere(namespace)) return (items.get(namespace)?.size ?? 0) + (items.get('')?.size ?? 0);
    let count = 0;
    for (const set of items.values()) count += set.size;
    return count;
  }

  /** Notes down the keys that `inReach` reads. */
  noteRead(keys: Set<Key>, key: string, namespace: string | undefined): void {
    if (isAnywhere(namespace)) keys.add(this.#anywhere(key));
    else keys.add(this.#within(key, namespace)).add(this.#within(key, ''));
  }

  /** Notes down what an item contributes to each of the keys that it is read by. */
  noteItem(contributions: Map<Key, string>, key: string, item: T): void {
    const text = `${this.#describe(item)}\n`;
    for (const full of [this.#within(key, this.#namespaceOf(item)), this.#anywhere(key)])
      contributions.set(full, (contributions.get(full) ?? '') + text);
  }

  #within(key: string, namespace: string): Key {
    return `${this.#name} ${key} in ${namespace}`;
  }

  #anywhere(key: string): Key {
    return `${this.#name} ${key} anywhere`;
  }
}

const isAnywhere = (namespace: string | undefined): namespace is undefined | '' =>
  namespace === undefined || namespace === '';

const isIn = (own: string, namespace: string): boolean => own === namespace || own === '';

const few = 8;
