/** Names a part of the index that a result was read from; when it changes, the result is out of date. */
export type Key = string;

/** What readers go by, as texts: parts that many items have in common are one and the same text. */
export type Description = string | readonly string[];

/** What some items contribute to the keys that they are read by. */
export class Contributions {
  readonly #numbers: Numbers;
  readonly #byKey = new Map<Key, string>();

  /** Only what is noted with the same numbers can be compared. */
  constructor(numbers: Numbers) {
    this.#numbers = numbers;
  }

  numberOf<T>(table: object, item: T, describe: (item: T) => Description): string {
    return this.#numbers.of(table, item, describe);
  }

  add(key: Key, text: string): void {
    this.#byKey.set(key, (this.#byKey.get(key) ?? '') + text);
  }

  /** The keys to which others contribute something else. */
  differences(others: Contributions): Set<Key> {
    const keys = new Set<Key>();
    for (const [key, text] of this.#byKey) if (others.#byKey.get(key) !== text) keys.add(key);
    for (const key of others.#byKey.keys()) if (!this.#byKey.has(key)) keys.add(key);
    return keys;
  }
}

/**
 * Numbers for descriptions, equal where these are: an item may contribute to thousands of keys, and its description
 * may be as long as its document.
 */
export class Numbers {
  readonly #texts = new Map<string, number>();
  readonly #items = new Map<object, Map<unknown, string>>();

  of<T>(table: object, item: T, describe: (item: T) => Description): string {
    let items = this.#items.get(table);
    if (!items) {
      items = new Map();
      this.#items.set(table, items);
    }
    let known = items.get(item);
    if (known === undefined) {
      const description = describe(item);
      const parts = typeof description === 'string' ? [description] : description;
      known = `${parts.map((part) => this.#numberOf(part)).join('.')} `;
      items.set(item, known);
    }
    return known;
  }

  #numberOf(text: string): number {
    const known = this.#texts.get(text) ?? this.#texts.size;
    this.#texts.set(text, known);
    return known;
  }
}

/**
 * Sets of items by a key and, within it, by namespace. An item without a namespace (`''`) may belong to any: whoever
 * looks into one namespace finds it, too; and whoever has none (`''` or `undefined`) looks into all of them.
 */
export class Scoped<T> {
  readonly #name: string;
  readonly #namespaceOf: (item: T) => string;
  readonly #describe: (item: T) => Description;
  /** Most keys have a few items, which needn't be told apart by namespace before somebody looks. */
  readonly #items = new Map<string, T[] | Map<string, Set<T>>>();
  /** What was worked out of a key's items, until one of them comes or goes. */
  readonly #kept = new Map<string, Map<string, unknown>>();

  /**
   * @param name tells this table's keys from those of others
   * @param describe everything of an item that readers go by, but for spans
   */
  constructor(name: string, namespaceOf: (item: T) => string, describe: (item: T) => Description) {
    this.#name = name;
    this.#namespaceOf = namespaceOf;
    this.#describe = describe;
  }

  add(key: string, item: T): void {
    this.#kept.delete(key);
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
    this.#kept.delete(key);
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

  /**
   * What `make` makes of the items that `inReach` gives, the very same until an item of the key comes or goes: many
   * resources ask the same of many items.
   *
   * @param question tells what is made from all else that is made of the key's items, and by what
   */
  keptInReach<R>(key: string, namespace: string | undefined, question: string, make: (items: T[]) => R): R {
    let kept = this.#kept.get(key);
    if (!kept) {
      kept = new Map();
      this.#kept.set(key, kept);
    }
    // Texts that somebody types are asked for but once each.
    if (kept.size > manyAnswers) kept.clear();
    const full = `${isAnywhere(namespace) ? '' : namespace} ${question}`;
    if (!kept.has(full)) kept.set(full, make(this.inReach(key, namespace)));
    return kept.get(full) as R;
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
  noteItem(contributions: Contributions, key: string, item: T): void {
    const text = contributions.numberOf(this, item, this.#describe);
    contributions.add(this.#within(key, this.#namespaceOf(item)), text);
    contributions.add(this.#anywhere(key), text);
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
const manyAnswers = 1000;
