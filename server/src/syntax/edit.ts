import { withBlanks } from '../base/blanks.ts';
import { lineStartAt } from '../base/line-index.ts';
import type { Span } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';
import { escaped } from './json-pointer.ts';
import { plainType } from './scalar.ts';
import {
  type ListNode,
  type MapNode,
  type Node,
  nodeAt,
  type Path,
  resolveAlias,
  type ScalarNode,
  walk,
} from './tree.ts';

/** YAML to be written: a scalar is a text as it will stand in the file (quoted where it must be); it may hold a `blank`. */
export type Content = string | readonly Content[] | { readonly [key: string]: Content };

/** How a document is laid out, so that what is added looks like what is there. */
export interface Layout {
  /** Spaces for one level. */
  readonly step: number;
  /** Spaces between a key and the dashes of the list below it: 0 or `step`. */
  readonly dash: number;
  readonly newline: '\n' | '\r\n';
}

/** The layout of a document, by its first nested map and its first list; 2, 2 where there is none. */
export function layoutOf(text: string, root: Node | undefined): Layout {
  const known = root && layouts.get(root);
  if (known) return known;
  const layout = findLayout(text, root);
  if (root) layouts.set(root, layout);
  return layout;
}

/** Trees never change, and every fix of a document asks. */
const layouts = new WeakMap<Node, Layout>();

function findLayout(text: string, root: Node | undefined): Layout {
  let step: number | undefined;
  let dash: number | undefined;
  for (const node of walk(root)) {
    if (node.type !== 'map' || node.flow) continue;
    for (const { key, value } of node.pairs) {
      if (value?.type === 'map' && !value.flow && step === undefined)
        step = columnAt(text, value.start) - columnAt(text, key.start);
      if (value?.type === 'list' && !value.flow && dash === undefined)
        dash = columnAt(text, value.start) - columnAt(text, key.start);
    }
    if (step !== undefined && dash !== undefined) break;
  }
  const safeStep = step !== undefined && step > 0 ? step : 2;
  return {
    step: safeStep,
    dash: dash !== undefined && dash >= 0 ? dash : safeStep,
    newline: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** How many characters stand before an offset in its line. */
export const columnAt = (text: string, offset: number): number => offset - lineStartAt(text, offset);

/** What to add to a map, or to a list. */
export type Addition =
  | { readonly entry: readonly [key: string, value: Content] }
  | { readonly entries: Entries }
  | { readonly item: Content };

type Entries = { readonly [key: string]: Content };

/**
 * The edit that adds entries to a map or an item to a list at a path, making the maps on the way that are not there
 * yet. Undefined where something else stands in the way.
 */
export function insertAt(text: string, root: Node | undefined, path: Path, addition: Addition): TextEdit | undefined {
  const edit = insertion(text, root, path, addition);
  return edit && withBlanks(edit);
}

function insertion(text: string, root: Node | undefined, path: Path, addition: Addition): TextEdit | undefined {
  const layout = layoutOf(text, root);
  if (leadsThroughImplied(root, path)) return undefined;
  let depth = path.length;
  while (depth > 0 && resolveAlias(nodeAt(root, path.slice(0, depth))) === undefined) depth--;
  const holder = resolveAlias(nodeAt(root, path.slice(0, depth)));
  const missing = path.slice(depth);
  if (missing.length === 0) {
    if ('item' in addition) return addToEmptyOr(text, root, path, holder, addition.item, layout);
    if (holder?.type !== 'map') return undefined;
    return addEntries(text, root, path, holder, entriesOf(addition), layout);
  }
  const inner: Content = 'item' in addition ? [addition.item] : entriesOf(addition);
  const [first, ...rest] = missing;
  if (typeof first !== 'string' || holder?.type !== 'map') return undefined;
  let value = inner;
  for (const segment of rest.reverse()) {
    if (typeof segment !== 'string') return undefined;
    value = { [segment]: value };
  }
  return addEntries(text, root, path.slice(0, depth), holder, { [first]: value }, layout);
}

/** What a JSON pointer leads through isn't written: nothing can be put into it. */
function leadsThroughImplied(root: Node | undefined, path: Path): boolean {
  let depth = path.length;
  while (depth > 0 && resolveAlias(nodeAt(root, path.slice(0, depth))) === undefined) depth--;
  const holder = resolveAlias(nodeAt(root, path.slice(0, depth)));
  return holder !== undefined && holder.type !== 'scalar' && holder.implied === true;
}

const entriesOf = (addition: Exclude<Addition, { item: unknown }>): Entries =>
  'entry' in addition ? { [addition.entry[0]]: addition.entry[1] } : addition.entries;

function addToEmptyOr(
  text: string,
  root: Node | undefined,
  path: Path,
  list: Exclude<Node, { type: 'alias' }> | undefined,
  item: Content,
  layout: Layout,
): TextEdit | undefined {
  if (list?.type !== 'list') return undefined;
  if (list.items.length === 0) return replaceEmpty(text, root, path, list, [item], layout);
  if (list.flow) return insertBehind(list.items.at(-1), `, ${flowText(item)}`);
  const column = columnAt(text, list.start);
  return insertLines(
    text,
    lastOffset(list),
    blockLines([item], layout).map((line) => ' '.repeat(column) + line),
    layout,
  );
}

function addEntries(
  text: string,
  root: Node | undefined,
  path: Path,
  map: MapNode,
  entries: Entries,
  layout: Layout,
): TextEdit | undefined {
  const own = map.pairs.find((pair) => Object.hasOwn(entries, pair.key.value));
  if (own) {
    const value = entries[own.key.value];
    if (own.value !== undefined || value === undefined || Object.keys(entries).length > 1) return undefined;
    // `volumes:` with nothing behind it: what is missing goes below.
    const column = columnAt(text, own.key.start);
    const below = nested(value, layout);
    if (typeof below === 'string') return insertAfterColon(text, own.key, below);
    return insertLines(
      text,
      own.key.end + 1,
      below.map((line) => ' '.repeat(column) + line),
      layout,
    );
  }
  if (map.pairs.length === 0) return replaceEmpty(text, root, path, map, entries, layout);
  if (map.flow) {
    const last = map.pairs.at(-1);
    return insertBehind(last?.value ?? last?.key, `, ${flowEntries(entries)}`);
  }
  const column = columnAt(text, map.start);
  const lines = blockLines(entries, layout).map((line) => ' '.repeat(column) + line);
  return insertLines(text, lastOffset(map), lines, layout);
}

/** `{}` or `[]` gives way to a block below its key, or to a flow collection where there is no key in a line of its own. */
function replaceEmpty(
  text: string,
  root: Node | undefined,
  path: Path,
  node: MapNode | ListNode,
  value: Content,
  layout: Layout,
): TextEdit {
  const parent = resolveAlias(nodeAt(root, path.slice(0, -1)));
  const key =
    parent?.type === 'map' && !parent.flow ? parent.pairs.find((pair) => pair.value === node)?.key : undefined;
  if (!key) return { span: { start: node.start, end: node.end }, newText: flowText(value) };
  const column = columnAt(text, key.start);
  const lines = nested(value, layout);
  const below =
    typeof lines === 'string' ? lines : lines.map((line) => layout.newline + ' '.repeat(column) + line).join('');
  const start = text[node.start - 1] === ' ' && typeof lines !== 'string' ? node.start - 1 : node.start;
  return { span: { start, end: node.end }, newText: below };
}

const insertBehind = (node: Node | undefined, newText: string): TextEdit | undefined =>
  node && { span: { start: node.end, end: node.end }, newText };

function insertAfterColon(text: string, key: ScalarNode, value: string): TextEdit {
  const colon = text.indexOf(':', key.end) + 1;
  return { span: { start: colon, end: colon }, newText: ` ${value}` };
}

/** Puts whole lines behind the line in which `offset` is, comments at its end included. */
export function insertLines(text: string, offset: number, lines: readonly string[], layout: Layout): TextEdit {
  const body = lines.join(layout.newline);
  if (offset > 0 && text[offset - 1] === '\n')
    return { span: { start: offset, end: offset }, newText: body + layout.newline };
  let at = text.indexOf('\n', offset);
  if (at < 0) at = text.length;
  else if (text[at - 1] === '\r') at--;
  return { span: { start: at, end: at }, newText: layout.newline + body };
}

/** Where a collection's last value ends: a block scalar's end may be the start of the line behind it. */
export function lastOffset(node: MapNode | ListNode): number {
  const last = node.type === 'map' ? (node.pairs.at(-1)?.value ?? node.pairs.at(-1)?.key) : node.items.at(-1);
  if (!last) return node.end;
  return (last.type === 'map' || last.type === 'list') && !last.flow
    ? Math.max(lastOffset(last), last.start)
    : last.end;
}

/** A value as the lines below its key (relative to the key's column), or as one text to stand behind it. */
function nested(value: Content, layout: Layout): readonly string[] | string {
  if (typeof value === 'string') return value;
  if (isList(value))
    return value.length === 0 ? '[]' : blockLines(value, layout).map((line) => ' '.repeat(layout.dash) + line);
  return Object.keys(value).length === 0
    ? '{}'
    : blockLines(value, layout).map((line) => ' '.repeat(layout.step) + line);
}

/** A map or list as block YAML, its first level in column 0. */
export function blockLines(value: Content, layout: Layout): string[] {
  if (typeof value === 'string') return [value];
  if (isList(value)) {
    return value.flatMap((item) => {
      const lines = isEmpty(item) ? [flowText(item)] : blockLines(item, layout);
      return lines.map((line, i) => (i === 0 ? `- ${line}` : `  ${line}`));
    });
  }
  return Object.entries(value).flatMap(([key, inner]) => {
    const below = nested(inner, layout);
    return typeof below === 'string' ? [`${plainSafe(key)}: ${below}`] : [`${plainSafe(key)}:`, ...below];
  });
}

/** The edit that puts a document behind another one. */
export function appended(
  { text, parsed }: { readonly text: string; readonly parsed: { readonly root: Node | undefined } },
  content: Content,
): TextEdit {
  const layout = layoutOf(text, parsed.root);
  const { newline } = layout;
  const before = text.endsWith('\n') ? '' : newline;
  return withBlanks({
    span: { start: text.length, end: text.length },
    newText: `${before}---${newline}${blockLines(content, layout).join(newline)}${newline}`,
  });
}

/** What a node holds, as content to be written elsewhere: comments and anchors are left out. */
export function contentOf(text: string, node: Node | undefined): Content {
  const here = resolveAlias(node);
  if (here?.type === 'map')
    return Object.fromEntries(here.pairs.map(({ key, value }) => [key.value, contentOf(text, value)]));
  if (here?.type === 'list') return here.items.map((item) => contentOf(text, item));
  if (!here) return 'null';
  const source = text.slice(here.start, here.end);
  return here.style === 'block' || source.includes('\n') ? JSON.stringify(here.value) : source;
}

export const isList = (value: Content): value is readonly Content[] => Array.isArray(value);
const isEmpty = (value: Content): boolean =>
  typeof value !== 'string' && (isList(value) ? value.length : Object.keys(value).length) === 0;

export function flowText(value: Content): string {
  if (typeof value === 'string') return value;
  if (isList(value)) return `[${value.map(flowText).join(', ')}]`;
  return isEmpty(value) ? '{}' : `{ ${flowEntries(value)} }`;
}

const flowEntries = (entries: Entries): string =>
  Object.entries(entries)
    .map(([key, value]) => `${plainSafe(key)}: ${flowText(value)}`)
    .join(', ');

/** A string as a plain scalar where Kubernetes' decoder reads it back as that very string, quoted otherwise. */
export function plainSafe(value: string): string {
  const plain =
    plainType(value) === 'string' &&
    /^[\p{L}\p{N}_./$(~-](?:[^\n:#"'{}[\],&*!|>%@`]|:(?!\s|$))*$/u.test(value) &&
    !/^\s|\s$|^-(?:\s|$)|^---/.test(value);
  return plain ? value : JSON.stringify(value);
}

/** A string in place of a scalar, in its style of quotes; in place of a part of one (a name, which needs no escapes), as it is. */
export function textInPlaceOf(node: Node | undefined, span: Span, value: string): string {
  if (node?.type !== 'scalar') return plainSafe(value);
  return span.start === node.start && span.end === node.end ? scalarLike(node, value) : value;
}

/** A string in place of a scalar, in its style of quotes. */
export function scalarLike(node: ScalarNode, value: string): string {
  if (node.style === 'single') return `'${value.replaceAll("'", "''")}'`;
  if (node.style === 'double') return JSON.stringify(value);
  if (node.style === 'step') return escaped(value);
  return plainSafe(value);
}
