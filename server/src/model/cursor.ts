import type { Span } from '../base/span.ts';
import {
  type MapNode,
  type Node,
  nodeAt,
  type Path,
  type PathSegment,
  pairOf,
  resolveAlias,
  textAt,
} from '../syntax/tree.ts';
import type { ReferenceRow } from '../tables/row-types.ts';

/** A node behind its alias. */
export type Resolved = Exclude<Node, { type: 'alias' }> | undefined;

/** Where the walk over a resource's tree is, and what stands around that. */
export class Cursor {
  readonly root: MapNode;
  /** What the tree was parsed from. */
  readonly text: string;
  /** From the resource's root. */
  readonly path: PathSegment[] = [];
  /** The pod template, the container and the made object that it is in, as facts count them. */
  pod: number | undefined;
  container: number | undefined;
  part: number | undefined;
  podRoot: Node | undefined;

  constructor(root: MapNode, text: string) {
    this.root = root;
    this.text = text;
  }

  /** The text of the scalar that a relative path of the tables leads to. */
  textBeside(path: string | undefined): string | undefined {
    const found = path === undefined ? undefined : this.relative(path);
    return found?.type === 'scalar' ? found.value : undefined;
  }

  /** What a relative path of the tables leads to, from the map that holds the current token. */
  relative(path: string): Exclude<Node, { type: 'alias' }> | undefined {
    return resolveAlias(nodeAt(this.root, stepsFrom(this.path, path)));
  }

  /** The API groups that neighbours name: each for itself, or with a version. */
  groupsBeside(paths: readonly string[]): readonly string[] {
    const node = paths.map((path) => this.relative(path)).find((found) => found !== undefined);
    const texts = node?.type === 'list' ? node.items.map((item) => textAt(item)) : [textAt(node)];
    return texts.filter((text) => text !== undefined).map(groupIn);
  }

  /** Whether the resource has what makes a row mean nothing. */
  isIgnored({ ignoredWhen }: ReferenceRow): boolean {
    return ignoredWhen !== undefined && textAt(this.root, ...ignoredWhen.path.split('.')) === ignoredWhen.is;
  }

  /** The last key on the way to a path that there is, where what is missing would belong. */
  keyTowards(path: Path): Span | undefined {
    for (let length = path.length; length > 0; length--) {
      const last = path[length - 1];
      const pair = typeof last === 'string' ? pairOf(nodeAt(this.root, path.slice(0, length - 1)), last) : undefined;
      if (pair) return { start: pair.key.start, end: pair.key.end };
    }
    return undefined;
  }
}

/** The group in a text that is one, or an API version: alone, a version has no dots, and a group of custom resources has. */
const groupIn = (text: string): string =>
  text.includes('/') ? text.slice(0, text.indexOf('/')) : text.includes('.') ? text : '';

/** Where a relative path of the tables leads to, from the map that holds a token. */
export function stepsFrom(token: Path, path: string): PathSegment[] {
  const result = token.slice(0, -1);
  for (const segment of stepsOf(path)) {
    if (segment === '..') result.pop();
    else result.push(segment);
  }
  return result;
}

const steps = new Map<string, readonly string[]>();

/** The segments of one of the tables' relative paths. */
function stepsOf(path: string): readonly string[] {
  let found = steps.get(path);
  if (!found) {
    found = path.split('/');
    steps.set(path, found);
  }
  return found;
}
