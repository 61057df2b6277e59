import { lineStartAt } from '../base/line-index.ts';
import type { Span } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';
import { blockLines, type Content, columnAt, flowText, insertAt, insertLines, lastOffset, layoutOf } from './edit.ts';
import { type ListNode, type Node, nodeAt, type Path, resolveAlias, walk } from './tree.ts';

/** An item to be added to a list. */
export interface NewItem {
  readonly content: Content;
  /** As it stands somewhere, comments included: from the dash's column on, the dash in one of them. */
  readonly lines?: readonly string[];
}

/**
 * The edit that adds items to the list at a path, which is made where it isn't there. Undefined where something else
 * stands in the way, or an alias: what is added there would be added elsewhere, too.
 */
export function appendItems(
  text: string,
  root: Node | undefined,
  path: Path,
  items: readonly NewItem[],
): TextEdit | undefined {
  if (items.length === 0 || hasAlias(root, path)) return undefined;
  const key = path.at(-1);
  const list = nodeAt(root, path);
  const holder = resolveAlias(nodeAt(root, path.slice(0, -1)));
  if (typeof key !== 'string' || holder?.type !== 'map') return undefined;
  const layout = layoutOf(text, root);
  const lines = items.flatMap((item) => item.lines ?? blockLines([item.content], layout));
  if (list?.type === 'list' && list.items.length > 0) {
    if (!list.flow) {
      const indent = ' '.repeat(columnAt(text, list.start));
      return insertLines(text, lastOffset(list), indented(lines, indent), layout);
    }
    const edits = items.map(({ content }) => insertAt(text, root, path, { item: content }));
    const [first] = edits;
    return first && { span: first.span, newText: edits.map((edit) => edit?.newText ?? '').join('') };
  }
  const contents = items.map(({ content }) => content);
  if (list !== undefined && !(list.type === 'list' || (list.type === 'scalar' && /^(?:~|null)?$/i.test(list.value))))
    return undefined;
  if (list) return { span: { start: list.start, end: list.end }, newText: flowText(contents) };
  const own = holder.pairs.find((pair) => pair.key.value === key);
  if (holder.flow || holder.pairs.length === 0 || own)
    return insertAt(text, root, path.slice(0, -1), { entry: [key, contents] });
  const column = columnAt(text, holder.start);
  const below = indented(lines, ' '.repeat(column + layout.dash));
  return insertLines(text, lastOffset(holder), [`${' '.repeat(column)}${key}:`, ...below], layout);
}

const indented = (lines: readonly string[], indent: string): string[] =>
  lines.map((line) => (line === '' ? '' : indent + line));

/** Whether the way to a path leads through an alias or a merge key. */
export function hasAlias(root: Node | undefined, path: Path): boolean {
  let node: Node | undefined = root;
  for (const segment of path) {
    if (node === undefined) return false;
    if (node.type === 'alias') return true;
    if (node.type === 'map') {
      const own = node.pairs.findLast(({ key }) => key.value === segment);
      if (!own && node.pairs.some(({ key }) => key.value === '<<')) return true;
      node = own?.value;
    } else node = node.type === 'list' && typeof segment === 'number' ? node.items[segment] : undefined;
  }
  return node?.type === 'alias';
}

/**
 * The lines of a block list's item, comments above it and at its ends included, from the dash's column on; undefined
 * where it can't stand anywhere else as it is: in a flow list, or with aliases and anchors.
 */
export function itemLines(text: string, list: ListNode, index: number): readonly string[] | undefined {
  const item = list.items[index];
  if (list.flow || !item) return undefined;
  const column = columnAt(text, list.start);
  const span = itemSpan(text, list, index);
  for (const node of walk(item)) if (node.type === 'alias' || text[node.start - 1] === '&') return undefined;
  if (/(?:^|\s)&\w/.test(text.slice(span.start, item.end)) || text.slice(span.start, item.end).includes('\t'))
    return undefined;
  const lines = text
    .slice(span.start, span.end)
    .replace(/\r?\n$/, '')
    .split(/\r?\n/);
  // What is indented less is no part of the item, or not where it could be moved.
  if (lines.some((line) => line.trim() !== '' && !/^\s*#/.test(line) && line.slice(0, column).trim() !== ''))
    return undefined;
  return lines.map((line) => (line.slice(0, column).trim() === '' ? line.slice(column) : line.trimStart()));
}

/** From the first line of an item, comments right above it included, to the start of the line behind it. */
export function itemSpan(text: string, list: ListNode, index: number): Span {
  const item = list.items[index];
  const dash = text.lastIndexOf('-', (item?.start ?? list.start) - 1);
  let start = lineStartAt(text, dash < list.start ? (item?.start ?? list.start) : dash);
  const column = columnAt(text, list.start);
  for (;;) {
    const above = start === 0 ? 0 : lineStartAt(text, start - 1);
    const line = text.slice(above, start);
    if (start === 0 || !line.trimStart().startsWith('#') || line.search(/\S/) < column) break;
    start = above;
  }
  const end = item ? endOf(item) : list.end;
  return { start, end: lineBehind(text, end) };
}

const endOf = (node: Node): number =>
  (node.type === 'map' || node.type === 'list') && !node.flow ? Math.max(lastOffset(node), node.start) : node.end;

function lineBehind(text: string, end: number): number {
  // A block scalar ends where the next line starts.
  if (end > 0 && text[end - 1] === '\n') return end;
  const at = text.indexOf('\n', end);
  return at < 0 ? text.length : at + 1;
}
