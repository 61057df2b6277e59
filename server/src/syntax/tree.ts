import type { Span } from '../base/span.ts';

/**
 * A YAML document as Podwire sees it. Offsets count from the document's start, in UTF-16 units, and a node's `end`
 * never takes in the comments behind it. Scalars keep their text: what a plain one means depends on where it stands
 * (see scalar.ts). Nodes are never changed.
 */
export type Node = MapNode | ListNode | ScalarNode | AliasNode;

export interface ScalarNode extends Span {
  readonly type: 'scalar';
  /** The text with quotes, escapes and folding undone. */
  readonly value: string;
  /** `step`: it is a part of a JSON pointer. */
  readonly style: 'plain' | 'single' | 'double' | 'block' | 'step';
}

export interface Pair {
  readonly key: ScalarNode;
  /** Absent where nothing stands behind the colon. */
  readonly value: Node | undefined;
}

export interface MapNode extends Span {
  readonly type: 'map';
  readonly pairs: readonly Pair[];
  readonly flow: boolean;
  /** It isn't written, but a JSON pointer leads through it: nothing can be put into it. */
  readonly implied?: true;
}

export interface ListNode extends Span {
  readonly type: 'list';
  /** An item is undefined where nothing stands behind the dash. */
  readonly items: readonly (Node | undefined)[];
  readonly flow: boolean;
  readonly implied?: true;
}

export interface AliasNode extends Span {
  readonly type: 'alias';
  readonly name: string;
  /** What the anchor names; undefined if there is no such anchor before the alias. */
  readonly target: Node | undefined;
}

export type PathSegment = string | number;
export type Path = readonly PathSegment[];

/** The node itself, or what an alias stands for. Follows a few links only, so that a hostile document can't loop. */
export function resolveAlias(node: Node | undefined): Exclude<Node, AliasNode> | undefined {
  let current = node;
  for (let i = 0; i < 8 && current?.type === 'alias'; i++) current = current.target;
  return current?.type === 'alias' ? undefined : current;
}

/** The last pair of that key (the one that Kubernetes' decoder keeps); a merged one (`<<`) where there is no own. */
export function pairOf(node: Node | undefined, key: string): Pair | undefined {
  const map = resolveAlias(node);
  if (map?.type !== 'map') return undefined;
  if (map.pairs.length > fewPairs) return pairsByKey(map).get(key);
  let found: Pair | undefined;
  for (const pair of map.pairs) if (pair.key.value === key) found = pair;
  return found ?? mergedPairs(map).find((pair) => pair.key.value === key);
}

/** More than these are looked up by key: a map of many thousand keys is asked for each of them. */
const fewPairs = 16;
const byKey = new WeakMap<MapNode, ReadonlyMap<string, Pair>>();

function pairsByKey(map: MapNode): ReadonlyMap<string, Pair> {
  let found = byKey.get(map);
  if (!found) {
    found = new Map([...mergedPairs(map), ...map.pairs].map((pair) => [pair.key.value, pair]));
    byKey.set(map, found);
  }
  return found;
}

/** A map's own pairs and behind them those that its merge keys bring and that it doesn't have itself. */
export function allPairs(map: MapNode): readonly Pair[] {
  const brought = mergedPairs(map);
  return brought.length === 0 ? map.pairs : [...map.pairs.filter((pair) => !isMerge(pair)), ...brought];
}

const isMerge = ({ key }: Pair): boolean => key.value === '<<' && key.style === 'plain';

const merged = new WeakMap<MapNode, readonly Pair[]>();

/** What is merged may merge others in turn; a map that merges itself brings itself nothing. */
function mergedPairs(map: MapNode): readonly Pair[] {
  const merge = map.pairs.find(isMerge);
  if (!merge) return [];
  const known = merged.get(map);
  if (known) return known;
  merged.set(map, []);
  const keys = new Set(map.pairs.map((pair) => pair.key.value));
  const value = resolveAlias(merge.value);
  const result: Pair[] = [];
  for (const source of value?.type === 'list' ? value.items.map(resolveAlias) : [value]) {
    if (source?.type !== 'map') continue;
    for (const pair of allPairs(source)) {
      if (keys.has(pair.key.value)) continue;
      keys.add(pair.key.value);
      result.push(pair);
    }
  }
  merged.set(map, result);
  return result;
}

/** The value at a path of keys and indexes, through aliases; undefined where the path leads nowhere. */
export function nodeAt(root: Node | undefined, path: Path): Node | undefined {
  let node: Node | undefined = root;
  for (const segment of path) {
    const here = resolveAlias(node);
    if (here?.type === 'map' && typeof segment === 'string') node = pairOf(here, segment)?.value;
    else if (here?.type === 'list' && typeof segment === 'number') node = here.items[segment];
    else return undefined;
  }
  return node;
}

/** The tree with other nodes at some paths; what is not on the way to them is the same. */
export function withNodes(
  root: Node | undefined,
  replaced: readonly { readonly path: Path; readonly node: Node | undefined }[],
): Node | undefined {
  const own = replaced.find(({ path }) => path.length === 0);
  if (own) return own.node;
  const below = new Map<PathSegment, { readonly path: Path; readonly node: Node | undefined }[]>();
  for (const { path, node } of replaced) {
    const [first, ...rest] = path;
    if (first === undefined) continue;
    const others = below.get(first);
    if (others) others.push({ path: rest, node });
    else below.set(first, [{ path: rest, node }]);
  }
  const here = resolveAlias(root);
  if (below.size === 0 || !here || here.type === 'scalar') return root;
  const inner = (node: Node | undefined, segment: PathSegment): Node | undefined => {
    const change = below.get(segment);
    return change ? withNodes(node, change) : node;
  };
  if (here.type === 'list') return { ...here, items: here.items.map(inner) };
  return { ...here, pairs: here.pairs.map(({ key, value }) => ({ key, value: inner(value, key.value) })) };
}

/** A tree without some pairs, as if they weren't written; nothing can be put into a map that has no others. */
export function withoutPairs(root: Node | undefined, isOut: (pair: Pair) => boolean): Node | undefined {
  const known = new Map<Node, Node>();
  const strip = (node: Node): Node => {
    const found = known.get(node);
    if (found) return found;
    let result = node;
    if (node.type === 'map') {
      const kept = node.pairs.filter((pair) => !isOut(pair));
      const pairs = kept.map((pair) => (pair.value ? { ...pair, value: strip(pair.value) } : pair));
      const isSame =
        pairs.length === node.pairs.length && pairs.every(({ value }, i) => value === node.pairs[i]?.value);
      if (!isSame) result = { ...node, pairs, ...(pairs.length === 0 && { implied: true }) };
    } else if (node.type === 'list') {
      const items = node.items.map((item) => item && strip(item));
      if (items.some((item, i) => item !== node.items[i])) result = { ...node, items };
    } else if (node.type === 'alias' && node.target) {
      const target = strip(node.target);
      if (target !== node.target) result = { ...node, target };
    }
    known.set(node, result);
    return result;
  };
  return root && strip(root);
}

/** A tree that was read from a part of a text, with the offsets of the whole, in which the part starts at `by`. */
export function shifted(root: Node | undefined, by: number): Node | undefined {
  const known = new Map<Node, Node>();
  const move = <T extends Node>(node: T): T => {
    const found = known.get(node);
    if (found) return found as T;
    const span = { start: node.start + by, end: node.end + by };
    let result: Node;
    if (node.type === 'map')
      result = {
        ...node,
        ...span,
        pairs: node.pairs.map(({ key, value }) => ({ key: move(key), value: value && move(value) })),
      };
    else if (node.type === 'list') result = { ...node, ...span, items: node.items.map((item) => item && move(item)) };
    else if (node.type === 'alias') result = { ...node, ...span, target: node.target && move(node.target) };
    else result = { ...node, ...span };
    known.set(node, result);
    return result as T;
  };
  return root && move(root);
}

/** The scalar's text at a path, undefined if there is none or it is a map or list. */
export function textAt(root: Node | undefined, ...path: PathSegment[]): string | undefined {
  const node = resolveAlias(nodeAt(root, path));
  return node?.type === 'scalar' ? node.value : undefined;
}

/** What stands at an offset: the way there, and whether the offset is on a key or on a value. */
export interface NodeHit {
  /** Up to and with the key or index that the offset belongs to. */
  readonly path: Path;
  readonly node: Node | undefined;
  readonly pair: Pair | undefined;
  readonly on: 'key' | 'value';
  /** The maps and lists from the root to the hit, outermost first. */
  readonly parents: readonly Node[];
}

/** The innermost node that touches an offset. */
export function hitAt(root: Node | undefined, offset: number): NodeHit | undefined {
  const path: PathSegment[] = [];
  const parents: Node[] = [];
  let node: Node | undefined = root;
  let pair: Pair | undefined;
  while (node && offset >= node.start && offset <= node.end) {
    const container: Node = node;
    if (container.type === 'map') {
      const next: Pair | undefined = container.pairs.find(
        ({ key, value }) => within(key, offset) || (value !== undefined && within(value, offset)),
      );
      if (!next) break;
      parents.push(container);
      path.push(next.key.value);
      pair = next;
      if (within(next.key, offset)) return { path, node: next.value, pair, on: 'key', parents };
      node = next.value;
    } else if (container.type === 'list') {
      const index: number = container.items.findIndex((item) => item !== undefined && within(item, offset));
      if (index < 0) break;
      parents.push(container);
      path.push(index);
      pair = undefined;
      node = container.items[index];
    } else {
      return { path, node: container, pair, on: 'value', parents };
    }
  }
  return path.length > 0 ? { path, node, pair, on: 'value', parents } : undefined;
}

const within = (node: Span, offset: number): boolean => offset >= node.start && offset <= node.end;

/** Every node below (and with) `root`, parents first; aliases are not followed. */
export function* walk(root: Node | undefined): Generator<Node> {
  const stack: (Node | undefined)[] = [root];
  while (stack.length > 0) {
    const node = stack.pop();
    if (!node) continue;
    yield node;
    if (node.type === 'map') for (let i = node.pairs.length - 1; i >= 0; i--) stack.push(node.pairs[i]?.value);
    else if (node.type === 'list') for (let i = node.items.length - 1; i >= 0; i--) stack.push(node.items[i]);
  }
}

/** The same tree with its spans elsewhere: those of a text that was edited as those of the text that it was made of. */
export function relocated(root: Node | undefined, place: (span: Span) => Span): Node | undefined {
  const known = new Map<Node, Node>();
  const scalar = (node: ScalarNode): ScalarNode => ({ ...node, ...place(node) });
  const visit = (node: Node): Node => {
    let result = known.get(node);
    if (result) return result;
    switch (node.type) {
      case 'map':
        result = {
          ...node,
          ...place(node),
          pairs: node.pairs.map(({ key, value }) => ({ key: scalar(key), value: value && visit(value) })),
        };
        break;
      case 'list':
        result = { ...node, ...place(node), items: node.items.map((item) => item && visit(item)) };
        break;
      case 'scalar':
        result = scalar(node);
        break;
      case 'alias':
        // An anchor stands before its aliases.
        result = { ...node, ...place(node), target: node.target && (known.get(node.target) ?? node.target) };
    }
    known.set(node, result);
    return result;
  };
  return root && visit(root);
}
