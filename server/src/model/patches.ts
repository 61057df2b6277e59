import type { Span } from '../base/span.ts';
import { isIndex, type Pointer, readPointer, treeAt } from '../syntax/json-pointer.ts';
import { parseYaml } from '../syntax/parse.ts';
import {
  type MapNode,
  type Node,
  nodeAt,
  type Path,
  pairOf,
  resolveAlias,
  type ScalarNode,
  shifted,
  withNodes,
  withoutPairs,
} from '../syntax/tree.ts';
import { patchLists, patchOperations } from '../tables/patches.ts';
import type { Resource } from './facts.ts';
import { type PatchTarget, readTarget } from './patch-target.ts';
import { alternatives, kindRef, segmentsOf } from './trie.ts';

/**
 * A patch that stands in a document, in a text of it or as a part of its tree; or the document itself, where it is the
 * file of a JSON patch. All offsets are the document's.
 */
export interface Patch {
  /** From the document's root. */
  readonly path: Path;
  /** What it is aimed at; of a file, by each kustomization that applies it. Empty where nothing beside it says so. */
  readonly targets: readonly PatchTarget[];
  /** Where its text is. */
  readonly span: Span;
  /** `block`: whole lines can be put into it; `line`: nothing that needs a quote or a line of its own. */
  readonly written: 'here' | 'block' | 'line';
  readonly root: Node;
  /** Those of a JSON patch; undefined for a strategic merge. */
  readonly operations: readonly Operation[] | undefined;
}

/** An operation of a JSON patch, as far as it can be read. */
export interface Operation {
  readonly node: MapNode;
  readonly op: ScalarNode | undefined;
  readonly pointer: Pointer | undefined;
  readonly from: Pointer | undefined;
  readonly value: Node | undefined;
  readonly hasValue: boolean;
}

/**
 * The patches of a document: those that its resources carry, and the one that it is itself.
 *
 * @param aims what kustomizations aim the document's file at
 */
export function patchesIn(
  root: Node | undefined,
  text: string,
  resources: readonly Resource[],
  aims: readonly PatchTarget[],
): readonly Patch[] {
  const own = root && isJsonPatch(root) && aims.length > 0 ? patchOf(root, text, [], aims, 'here') : undefined;
  const carried = resources
    .flatMap((resource) => carriedBy(root, resource))
    .map((one) => readPatch(one, text))
    .filter((patch) => patch !== undefined);
  return [...(own ? [own] : []), ...carried];
}

/** A target of a patch that is at the same time the only thing it can be about, for its kind. */
export function commonTarget({ targets }: Patch): PatchTarget | undefined {
  const [first, ...others] = targets;
  if (
    !first ||
    others.some(({ kind, group, version }) => kind !== first.kind || group !== first.group || version !== first.version)
  )
    return undefined;
  return others.some(({ name, namespace }) => name !== first.name || namespace !== first.namespace)
    ? { ...first, name: undefined, namespace: undefined }
    : first;
}

/** The operations of a JSON patch, each with its way from the document's root. */
export const operationsOf = ({ path, operations = [] }: Patch): { operation: Operation; path: Path }[] =>
  operations.map((operation, i) => ({ operation, path: [...path, i] }));

/**
 * A document's tree with its patches opened: where they stand are their own trees, and where a JSON patch has an operation
 * is what that brings, so that the path of every resource leads to what it says.
 */
export const opened = (root: Node | undefined, patches: readonly Patch[]): Node | undefined =>
  withNodes(
    root,
    patches.map((patch) => ({
      path: patch.path,
      node: patch.operations
        ? {
            type: 'list',
            flow: false,
            items: patch.operations.map((one) => treeOf(one) ?? nothing(one.node)),
            ...patch.span,
          }
        : patch.root,
    })),
  );

/** A way from an operation, as a way from the root of what is patched; undefined outside of its value. */
export function pathInTarget({ pointer }: Operation, path: Path): Path | undefined {
  const [first, ...rest] = path;
  if (first !== 'value' || !pointer) return undefined;
  return [...pointer.steps.map(({ name }) => (isIndex(name) ? 0 : name)), ...rest];
}

/** What an operation that brings no value says. */
export const nothing = ({ start, end }: Span): MapNode => ({
  type: 'map',
  pairs: [],
  flow: false,
  implied: true,
  start,
  end,
});

/** An operation's value as it stands in what is patched; undefined where it has no path that can be read. */
export const treeOf = ({ node, pointer, value }: Operation): Node | undefined =>
  pointer?.exact && pointer.steps.length > 0 ? treeAt(pointer, value, node) : undefined;

/** Whether the operation puts a value where its path says, or compares it with what is there. */
export const bringsValue = ({ op, hasValue }: Operation): boolean =>
  op !== undefined && hasValue && patchOperations[op.value] === 'value';

/** A text of a document that is a patch, or is to become one, whether it can be read or not. */
export interface PatchText {
  readonly span: Span;
  readonly targets: readonly PatchTarget[];
  readonly written: Patch['written'];
}

/** The text of a patch that an offset is in. */
export function patchTextAt(
  root: Node | undefined,
  text: string,
  resources: readonly Resource[],
  offset: number,
): PatchText | undefined {
  for (const { node, targets } of resources.flatMap((resource) => carriedBy(root, resource))) {
    const span = node.type === 'scalar' ? sourceOf(node, text) : undefined;
    if (span && offset >= span.start && offset <= span.end) return { span, targets, written: styleOf(node) };
  }
  return undefined;
}

interface Carried {
  readonly node: Node;
  readonly path: Path;
  readonly targets: readonly PatchTarget[];
}

function carriedBy(root: Node | undefined, { group, kind, path }: Resource): readonly Carried[] {
  const reference = kindRef(group, kind);
  const result: Carried[] = [];
  for (const { kinds, path: place, patch: field } of patchLists) {
    if (!kinds.includes(reference)) continue;
    for (const found of placesOf(nodeAt(root, path), place)) {
      const item = resolveAlias(found.node);
      const at = [...path, ...found.path, ...(field ? [field] : [])];
      const node = resolveAlias(field ? nodeAt(item, [field]) : item);
      const target = field ? readTarget(item) : undefined;
      if (node) result.push({ node, path: at, targets: target ? [target] : [] });
    }
  }
  return result;
}

function readPatch({ node, path, targets }: Carried, text: string): Patch | undefined {
  if (node.type !== 'scalar') return node.type === 'alias' ? undefined : patchOf(node, text, path, targets, 'here');
  const source = sourceOf(node, text);
  if (!source) return undefined;
  const { start, end } = source;
  const parsed = parseYaml(text.slice(start, end));
  if (parsed.problems.length > 0 || parsed.template) return undefined;
  const root = shifted(parsed.root, start);
  return root && patchOf(root, text, path, targets, styleOf(node), source);
}

/** Whether a text can be put into a patch that is written in one line, between quotes: it needs neither. */
export const fitsInLine = (text: string): boolean => !/["'\\\n]/.test(text);

const styleOf = (node: Node): Patch['written'] =>
  node.type !== 'scalar' ? 'here' : node.style === 'block' ? 'block' : 'line';

function patchOf(
  root: Node,
  text: string,
  path: Path,
  targets: readonly PatchTarget[],
  written: Patch['written'],
  span: Span = root,
): Patch | undefined {
  const operations = isJsonPatch(root) ? root.items.map((item) => readOperation(item, text)) : undefined;
  const merged = operations ? root : withoutDirectives(root);
  if (!merged || (!operations && root.type !== 'map')) return undefined;
  return {
    path,
    targets,
    span: { start: span.start, end: span.end },
    written,
    root: merged,
    operations: operations?.filter((operation) => operation !== undefined),
  };
}

/** A strategic merge without what says how to merge it (`$patch`, `$retainKeys` …). */
export const withoutDirectives = (root: Node | undefined): Node | undefined =>
  withoutPairs(root, ({ key }) =>
    /^\$(?:patch$|retainKeys$|setElementOrder\/|deleteFromPrimitiveList\/)/.test(key.value),
  );

/** A list of maps of which some say what they do. */
function isJsonPatch(node: Node): node is Extract<Node, { type: 'list' }> {
  return (
    node.type === 'list' &&
    node.items.length > 0 &&
    node.items.every((item) => item?.type === 'map') &&
    node.items.some((item) => pairOf(item, 'op') !== undefined && pairOf(item, 'path') !== undefined)
  );
}

/** An operation of a JSON patch; undefined for what is no map. */
export function readOperation(item: Node | undefined, text: string): Operation | undefined {
  if (item?.type !== 'map') return undefined;
  const scalar = (key: string): ScalarNode | undefined => {
    const node = nodeAt(item, [key]);
    return node?.type === 'scalar' ? node : undefined;
  };
  const pointer = scalar('path');
  const from = scalar('from');
  return {
    node: item,
    op: scalar('op'),
    pointer: pointer && readPointer(pointer, text),
    from: from && readPointer(from, text),
    value: nodeAt(item, ['value']),
    hasValue: pairOf(item, 'value') !== undefined,
  };
}

/**
 * Where a scalar's text is, if what stands there is what the scalar says: the lines of a block, or what is between the
 * quotes of a single line without escapes.
 */
export function sourceOf(node: ScalarNode, text: string): Span | undefined {
  const { style, start, end, value } = node;
  if (style === 'block') {
    const first = text.indexOf('\n', start) + 1;
    if (first === 0 || first >= end) return undefined;
    return dedented(text.slice(first, end)) === dedented(value) ? { start: first, end } : undefined;
  }
  if (style === 'plain' || text.slice(start + 1, end - 1) !== value) return undefined;
  return { start: start + 1, end: end - 1 };
}

/** Lines without what all of them are indented by, and without white space at their ends. */
function dedented(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  const indents = lines.filter((line) => line !== '').map((line) => line.length - line.trimStart().length);
  const common = Math.min(...indents);
  return lines
    .map((line) => line.slice(common))
    .join('\n')
    .trimEnd();
}

/** The nodes at a path of the tables' form, with the ways there. */
export function placesOf(
  root: Node | undefined,
  pattern: string,
): readonly { readonly path: Path; readonly node: Node }[] {
  const walk = (node: Node | undefined, segments: readonly string[], path: Path): { path: Path; node: Node }[] => {
    const here = resolveAlias(node);
    if (!here) return [];
    const [first, ...rest] = segments;
    if (first === undefined) return [{ path, node: here }];
    if (first === '[]') {
      if (here.type !== 'list') return [];
      return here.items.flatMap((item, i) => walk(item, rest, [...path, i]));
    }
    return walk(nodeAt(here, [first]), rest, [...path, first]);
  };
  return alternatives(pattern).flatMap((path) => walk(root, segmentsOf(path), []));
}
