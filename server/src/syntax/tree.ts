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
  readonly style: 'plain' | 'single' | 'double' | 'block';
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
}

export interface ListNode extends Span {
  readonly type: 'list';
  /** An item is undefined where nothing stands behind the dash. */
  readonly items: readonly (Node | undefined)[];
  readonly flow: boolean;
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
