import type { Span } from '../base/span.ts';
import { isPlaceholder } from './placeholder.ts';
import { booleanValue, integerValue, scalarType } from './scalar.ts';
import {
  type AliasNode,
  allPairs,
  type ListNode,
  type MapNode,
  type Node,
  type Pair,
  pairOf,
  resolveAlias,
  type ScalarNode,
} from './tree.ts';

/**
 * A value as Kubernetes' decoder sees it: aliases and merge keys resolved, of a key that stands twice the last one,
 * null as if nothing were there. Asking for what isn't there gives an absent value, so that paths can be followed
 * without a check at each step.
 */
export class Value {
  /** What stands there; undefined where nothing does. */
  readonly node: Exclude<Node, AliasNode> | undefined;
  /** The pair that holds it, for a map's value. */
  readonly pair: Pair | undefined;
  readonly #holder: Value | undefined;
  #entries: readonly Entry[] | undefined;

  constructor(node: Node | undefined, pair?: Pair, holder?: Value) {
    this.node = resolveAlias(node);
    this.pair = pair;
    this.#holder = holder;
  }

  /** Nothing is there, or null. */
  get absent(): boolean {
    return this.node === undefined || (this.node.type === 'scalar' && scalarType(this.node) === 'null');
  }

  get present(): boolean {
    return !this.absent;
  }

  /** A template engine or envsubst will put something here: nothing can be said of it. */
  get unknown(): boolean {
    if (this.node?.type === 'scalar') return isPlaceholder(this.node.value);
    return this.node?.type === 'map' && hasPlaceholder(this.node);
  }

  /** The value of a map's key; absent for any other node. */
  get(key: string): Value {
    const pair = this.node?.type === 'map' ? pairOf(this.node, key) : undefined;
    return new Value(pair?.value, pair, this);
  }

  /** The value at a path of keys and indexes. */
  at(...path: readonly (string | number)[]): Value {
    let value: Value = this;
    for (const segment of path) value = typeof segment === 'number' ? value.item(segment) : value.get(segment);
    return value;
  }

  item(index: number): Value {
    return new Value(this.node?.type === 'list' ? this.node.items[index] : undefined, undefined, this);
  }

  /** A list's items; none for any other node. */
  get items(): readonly Value[] {
    return this.node?.type === 'list' ? this.node.items.map((item) => new Value(item, undefined, this)) : [];
  }

  /** A map's pairs, merged ones among them, without those whose value is absent; none for any other node. */
  get entries(): readonly Entry[] {
    this.#entries ??= this.#allEntries().filter(({ value }) => value.present);
    return this.#entries;
  }

  /** The entries of a map of strings, where nothing behind a key is an empty string; undefined where it is none. */
  get strings(): readonly (Entry & { readonly text: string | undefined })[] {
    return this.#allEntries().map((entry) => ({ ...entry, text: entry.value.absent ? '' : entry.value.text }));
  }

  #allEntries(): readonly Entry[] {
    const pairs = this.node?.type === 'map' ? allPairs(this.node) : [];
    // Of a key that stands twice, the last one counts.
    const last = new Map(pairs.map((pair) => [pair.key.value, pair]));
    return [...last.values()].map((pair) => ({
      name: pair.key.value,
      key: pair.key,
      value: new Value(pair.value, pair, this),
    }));
  }

  get map(): MapNode | undefined {
    return this.node?.type === 'map' ? this.node : undefined;
  }

  get list(): ListNode | undefined {
    return this.node?.type === 'list' ? this.node : undefined;
  }

  get scalar(): ScalarNode | undefined {
    return this.node?.type === 'scalar' ? this.node : undefined;
  }

  /**
   * A string; undefined for placeholders and for what the decoder takes for something else. Null among the items of a
   * list is an empty string.
   */
  get text(): string | undefined {
    const node = this.scalar;
    if (node && this.#holder?.list && this.absent) return '';
    return node && scalarType(node) === 'string' && !isPlaceholder(node.value) ? node.value : undefined;
  }

  /** An integer, 1.0 and 1e1 among them; undefined for anything else. Null among the items of a list is 0. */
  get integer(): number | undefined {
    const node = this.scalar;
    if (node && this.#holder?.list && this.absent) return 0;
    if (!node || scalarType(node) !== 'integer') return undefined;
    return integerValue(node.value) ?? Number(node.value.replaceAll('_', ''));
  }

  get boolean(): boolean | undefined {
    return booleanValue(this.scalar);
  }

  /** What to mark: a scalar itself; the key of a map, a list or a block scalar; the first key of a list's item. */
  get span(): Span {
    const { node } = this;
    if (node?.type === 'scalar' && node.style !== 'block' && node.end > node.start && this.#ownText)
      return spanOf(node);
    if (this.pair) return spanOf(this.pair.key);
    const first = node?.type === 'map' ? node.pairs[0]?.key : undefined;
    if (first) return spanOf(first);
    if (node && node.end > node.start) return { start: node.start, end: Math.min(node.end, node.start + 1) };
    return this.#holder?.span ?? { start: 0, end: 0 };
  }

  /** The key that holds it; for a list's item what `span` says. */
  get keySpan(): Span {
    return this.pair ? spanOf(this.pair.key) : this.span;
  }

  /** False behind an alias: what is marked has to stand where it is used. */
  get #ownText(): boolean {
    return this.pair?.value?.type !== 'alias';
  }
}

export interface Entry {
  readonly name: string;
  readonly key: ScalarNode;
  readonly value: Value;
}

const spanOf = ({ start, end }: Span): Span => ({ start, end });

const withPlaceholder = new WeakMap<MapNode, boolean>();

/** Whether a key of a map is a placeholder: asked time and again, and trees never change. */
function hasPlaceholder(map: MapNode): boolean {
  let known = withPlaceholder.get(map);
  if (known === undefined) {
    known = map.pairs.some(({ key }) => isPlaceholder(key.value));
    withPlaceholder.set(map, known);
  }
  return known;
}
