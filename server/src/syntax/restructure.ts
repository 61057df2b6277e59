import type { TextEdit } from '../base/text-edit.ts';
import { type Content, columnAt, flowText, isList, type Layout, layoutOf, plainSafe } from './edit.ts';
import { lineEdits } from './line-edits.ts';
import { type ListNode, type MapNode, type Node, type Path, type ScalarNode, walk } from './tree.ts';

/**
 * A document's maps and lists as something that can be changed: entries are removed, renamed, moved and set, and keep
 * their comments and their layout; what isn't touched stays as it is, byte for byte. Afterwards `edits` says what
 * that comes to in the text.
 */
export class Restructured {
  readonly #text: string;
  readonly #root: MapNode;
  readonly #draft: DraftMap;
  readonly #layout: Layout;
  readonly #lines: Lines;

  private constructor(text: string, root: MapNode, draft: DraftMap, lines: Lines) {
    this.#text = text;
    this.#root = root;
    this.#draft = draft;
    this.#layout = layoutOf(text, root);
    this.#lines = lines;
  }

  /** Undefined for what can't be taken apart line by line: aliases and merge keys, `? key`, a root in braces. */
  static of(text: string, root: Node | undefined): Restructured | undefined {
    if (root?.type !== 'map' || root.flow || columnAt(text, root.start) !== 0) return undefined;
    for (const node of walk(root)) if (node.type === 'alias') return undefined;
    try {
      const lines = new Lines(text);
      return new Restructured(text, root, new Reader(text, lines).map(root), lines);
    } catch (error) {
      if (error instanceof Unreadable) return undefined;
      throw error;
    }
  }

  /** The map at a path; undefined where there is none. */
  at(path: Path): DraftMap | undefined {
    let node: DraftNode | undefined = this.#draft;
    for (const segment of path) {
      if (node instanceof DraftMap && typeof segment === 'string') node = node.get(segment);
      else if (node instanceof DraftList && typeof segment === 'number') node = node.items[segment]?.value;
      else return undefined;
    }
    return node instanceof DraftMap ? node : undefined;
  }

  /** What was changed, line by line. Undefined where a comment between braces would be lost. */
  edits(): readonly TextEdit[] | undefined {
    try {
      const printed = new Printer(this.#layout).map(this.#draft, 0);
      return lineEdits(this.#text, this.#lines.at(this.#root.start), this.#lines.last(this.#root) + 1, printed);
    } catch (error) {
      if (error instanceof Unreadable) return undefined;
      throw error;
    }
  }
}

export type DraftNode = DraftMap | DraftList | DraftText;

/** What stands behind a key or a dash and has no entries of its own: a scalar, or text to be written. */
export class DraftText {
  /** Its lines as they stand in the file; the first one without what stands before it. */
  readonly lines: readonly string[];
  /** With quotes and escapes undone. */
  readonly value: string;

  constructor(lines: readonly string[], value: string) {
    this.lines = lines;
    this.value = value;
  }
}

/** Lines above a key or a dash, what stands behind it, and comments below it that are indented deeper. */
interface Part {
  lead: string[];
  /** Between the colon or dash and the value. */
  gap: string;
  comment: string;
  tail: string[];
  /** The column that it had; undefined for what is new. */
  readonly column: number | undefined;
}

export interface DraftEntry extends Part {
  name: string;
  /** The name as it stands in the file. */
  key: string;
  value: DraftNode | undefined;
}

export interface DraftItem extends Part {
  value: DraftNode;
}

/** Where an entry goes: behind one of these keys, the first that is there, or at the end. */
export interface Where {
  readonly after?: readonly string[];
  readonly first?: boolean;
}

export class DraftMap {
  readonly entries: DraftEntry[];
  /** As it stands between braces in the file; undefined for a block map. */
  readonly flow: DraftText | undefined;
  readonly column: number | undefined;
  changed = false;

  constructor(entries: DraftEntry[] = [], column?: number, flow?: DraftText) {
    this.entries = entries;
    this.column = column;
    this.flow = flow;
  }

  /** The last entry of that name, as the decoder has it. */
  entry(name: string): DraftEntry | undefined {
    return this.entries.findLast((entry) => entry.name === name);
  }

  has(name: string): boolean {
    return this.entry(name) !== undefined;
  }

  get(name: string): DraftNode | undefined {
    return this.entry(name)?.value;
  }

  /** The map below a key, or below several; undefined where it or one on the way is something else. */
  map(...names: string[]): DraftMap | undefined {
    let map: DraftMap | undefined = this;
    for (const name of names) {
      const value: DraftNode | undefined = map?.get(name);
      map = value instanceof DraftMap ? value : undefined;
    }
    return map;
  }

  list(name: string): DraftList | undefined {
    const value = this.get(name);
    return value instanceof DraftList ? value : undefined;
  }

  /** The maps in the list below a key. */
  maps(name: string): readonly DraftMap[] {
    return (this.list(name)?.items ?? []).flatMap(({ value }) => (value instanceof DraftMap ? [value] : []));
  }

  /** The value of a scalar below a key. */
  text(name: string): string | undefined {
    const value = this.get(name);
    return value instanceof DraftText ? value.value : undefined;
  }

  /** Takes an entry out, with its comments. */
  remove(name: string): DraftEntry | undefined {
    const at = this.entries.findLastIndex((entry) => entry.name === name);
    if (at < 0) return undefined;
    this.changed = true;
    return this.entries.splice(at, 1)[0];
  }

  rename(from: string, to: string): void {
    const entry = this.entry(from);
    if (!entry) return;
    this.changed = true;
    entry.name = to;
    entry.key = plainSafe(to);
  }

  /** Puts an entry in that was taken out elsewhere, under a name of its own if one is given. */
  add(entry: DraftEntry, name = entry.name, where: Where = {}): void {
    if (name !== entry.name) {
      entry.name = name;
      entry.key = plainSafe(name);
    }
    this.changed = true;
    const behind = (where.after ?? []).map((key) => this.entries.findLastIndex((other) => other.name === key));
    const at = behind.find((index) => index >= 0);
    this.entries.splice(where.first ? 0 : at === undefined ? this.entries.length : at + 1, 0, entry);
  }

  /** Gives a key this value; a new key goes where it is told to. */
  set(name: string, value: Content | DraftNode, where?: Where): void {
    const draft = draftOf(value);
    const entry = this.entry(name);
    this.changed = true;
    if (entry) entry.value = draft;
    else this.add(entryOf(name, draft), name, where);
  }

  /** The map below a key, made where there is none. */
  ensure(name: string, where?: Where): DraftMap {
    const value = this.get(name);
    if (value instanceof DraftMap) return value;
    const map = new DraftMap();
    this.set(name, map, where);
    return map;
  }
}

export class DraftList {
  readonly items: DraftItem[];
  readonly flow: DraftText | undefined;
  readonly column: number | undefined;
  changed = false;

  constructor(items: DraftItem[] = [], column?: number, flow?: DraftText) {
    this.items = items;
    this.column = column;
    this.flow = flow;
  }

  push(value: Content | DraftNode): void {
    this.changed = true;
    this.items.push({ lead: [], gap: ' ', comment: '', tail: [], column: undefined, value: draftOf(value) });
  }
}

/** A copy that can go to another place. */
export function copyOf(node: DraftNode): DraftNode {
  if (node instanceof DraftText) return node;
  if (node instanceof DraftList)
    return new DraftList(
      node.items.map((item) => ({ ...item, value: copyOf(item.value) })),
      node.column,
      node.flow,
    );
  return new DraftMap(
    node.entries.map((entry) => ({ ...entry, value: entry.value && copyOf(entry.value) })),
    node.column,
    node.flow,
  );
}

const entryOf = (name: string, value: DraftNode): DraftEntry => ({
  lead: [],
  gap: ' ',
  comment: '',
  tail: [],
  column: undefined,
  name,
  key: plainSafe(name),
  value,
});

function draftOf(value: Content | DraftNode): DraftNode {
  if (value instanceof DraftMap || value instanceof DraftList || value instanceof DraftText) return value;
  if (typeof value === 'string') return new DraftText([value], value);
  if (isList(value)) {
    const list = new DraftList();
    for (const item of value) list.push(item);
    return list;
  }
  return new DraftMap(Object.entries(value).map(([name, inner]) => entryOf(name, draftOf(inner))));
}

/** What the lines of a document don't show clearly enough to be moved about. */
class Unreadable extends Error {}

/** Which line an offset is in; a lone `\r` ends none, as for the YAML parser. */
class Lines {
  readonly all: readonly string[];
  readonly #text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    this.all = text.split('\n').map((line) => line.replace(/\r$/, ''));
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  at(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The line in which a node's text ends; blank lines behind a block scalar don't count. */
  last(node: Node): number {
    if (node.type === 'map' && !node.flow) {
      const last = node.pairs.at(-1);
      return last ? Math.max(this.at(last.key.end), last.value ? this.last(last.value) : 0) : this.at(node.end);
    }
    if (node.type === 'list' && !node.flow) {
      const last = node.items.at(-1);
      return last ? this.last(last) : this.at(node.end);
    }
    let { end } = node;
    if (node.type === 'scalar' && node.style === 'block')
      while (end > node.start && /\s/.test(this.#text[end - 1] ?? '')) end--;
    return this.at(end);
  }
}

class Reader {
  readonly #text: string;
  readonly #places: Lines;
  readonly #lines: readonly string[];

  constructor(text: string, places: Lines) {
    this.#text = text;
    this.#places = places;
    this.#lines = places.all;
  }

  map(node: MapNode): DraftMap {
    if (node.flow) return this.#flowMap(node);
    const column = columnAt(this.#text, node.pairs[0]?.key.start ?? node.start);
    const entries: DraftEntry[] = [];
    let next = this.#places.at(node.pairs[0]?.key.start ?? node.start);
    for (const [i, { key, value }] of node.pairs.entries()) {
      if (columnAt(this.#text, key.start) !== column || key.value === '<<') throw new Unreadable();
      const line = this.#places.at(key.start);
      if (line < next || this.#places.at(key.end) !== line) throw new Unreadable();
      if (this.#text[key.end] !== ':') throw new Unreadable();
      const lead = this.#trivia(next, line, column, entries.at(-1));
      // What stands before the first key of an item is the dash's.
      if (i === 0 && lead.length > 0) throw new Unreadable();
      entries.push({
        ...this.#value(value, key.end + 1, column),
        lead,
        name: key.value,
        key: this.#text.slice(key.start, key.end),
      });
      next = (value ? Math.max(line, this.#places.last(value)) : line) + 1;
    }
    if (node.pairs[0]) this.#leadOf(entries, node.pairs[0].key, column);
    return new DraftMap(entries, column);
  }

  /** Comments right above the first key of a nested map. */
  #leadOf(entries: DraftEntry[], key: ScalarNode, column: number): void {
    const line = this.#places.at(key.start);
    if (this.#lines[line]?.slice(0, column).trim() !== '') return;
    const lead: string[] = [];
    for (let at = line - 1; at >= 0 && /^\s*(?:#|$)/.test(this.#lines[at] ?? '') && column > 0; at--)
      lead.unshift(this.#lines[at] ?? '');
    if (entries[0]) entries[0].lead = lead;
  }

  list(node: ListNode): DraftList {
    if (node.flow) return this.#flowList(node);
    const column = columnAt(this.#text, node.start);
    const items: DraftItem[] = [];
    let next = this.#places.at(node.start);
    for (const [i, item] of node.items.entries()) {
      if (!item) throw new Unreadable();
      const line = this.#places.at(item.start);
      if (line < next || this.#lines[line]?.[column] !== '-') throw new Unreadable();
      const dash = item.start - columnAt(this.#text, item.start) + column;
      const lead = this.#trivia(next, line, column, items.at(-1));
      if (i === 0 && lead.length > 0) throw new Unreadable();
      const read = this.#value(item, dash + 1, column);
      if (!read.value) throw new Unreadable();
      items.push({ ...read, value: read.value, lead });
      next = this.#places.last(item) + 1;
    }
    const first = this.#places.at(node.start);
    if (items[0] && this.#lines[first]?.slice(0, column).trim() === '') {
      const lead: string[] = [];
      for (let at = first - 1; at >= 0 && /^\s*(?:#|$)/.test(this.#lines[at] ?? ''); at--)
        lead.unshift(this.#lines[at] ?? '');
      items[0].lead = lead;
    }
    return new DraftList(items, column);
  }

  /** The comments and blank lines between two parts: what is indented deeper belongs to the one above. */
  #trivia(from: number, to: number, column: number, above: Part | undefined): string[] {
    const lines = this.#lines.slice(from, to);
    if (lines.some((line) => !/^\s*(?:#|$)/.test(line))) throw new Unreadable();
    if (!above) return lines;
    let deeper = 0;
    while (deeper < lines.length && /^ *#/.test(lines[deeper] ?? '') && indentOf(lines[deeper] ?? '') > column)
      deeper++;
    above.tail = lines.slice(0, deeper);
    return lines.slice(deeper);
  }

  /** What stands behind a colon or a dash at `from`. */
  #value(node: Node | undefined, from: number, column: number): Part & { readonly value: DraftNode | undefined } {
    const line = this.#places.at(from);
    const rest = (offset: number): string => {
      const end = this.#text.indexOf('\n', offset);
      return this.#text.slice(offset, end < 0 ? undefined : end).replace(/\r$/, '');
    };
    const part = { lead: [], gap: ' ', comment: '', tail: [], column };
    if (!node) return { ...part, comment: rest(from).trimEnd(), value: undefined };
    const start = this.#places.at(node.start);
    const block = (node.type === 'map' || node.type === 'list') && !node.flow;
    if (block) {
      const value = node.type === 'map' ? this.map(node) : this.list(node);
      if (start === line) {
        const gap = this.#text.slice(from, node.start);
        if (gap.trim() !== '') throw new Unreadable();
        return { ...part, gap, value };
      }
      const comment = rest(from).trimEnd();
      // An anchor that no alias names stays where it is; a tag says more.
      if (!/^\s*(?:&\S+\s*)?(?:#.*)?$/.test(comment)) throw new Unreadable();
      return { ...part, comment, value };
    }
    if (start !== line) throw new Unreadable();
    const lines = this.#textLines(node);
    const value =
      node.type === 'map'
        ? this.map(node)
        : node.type === 'list'
          ? this.list(node)
          : new DraftText(lines, node.type === 'scalar' ? node.value : '');
    const style = node.type === 'scalar' ? node.style : undefined;
    const comment = style === 'block' ? '' : rest(node.end).trimEnd();
    return { ...part, gap: this.#text.slice(from, node.start), comment, value };
  }

  #textLines(node: Node): readonly string[] {
    const last = this.#places.last(node);
    const block = node.type === 'scalar' && node.style === 'block';
    const first = this.#places.at(node.start);
    const column = columnAt(this.#text, node.start);
    return this.#lines.slice(first, last + 1).map((line, i, all) => {
      const end = i === all.length - 1 && !block ? columnAt(this.#text, node.end) : undefined;
      return i === 0 ? line.slice(column, end) : line.slice(0, end);
    });
  }

  #flowMap(node: MapNode): DraftMap {
    const entries = node.pairs.map(({ key, value }): DraftEntry => {
      return {
        lead: [],
        gap: ' ',
        comment: '',
        tail: [],
        column: undefined,
        name: key.value,
        key: this.#slice(key),
        value: value && this.#flowValue(value),
      };
    });
    return new DraftMap(entries, undefined, new DraftText(this.#textLines(node), ''));
  }

  #flowList(node: ListNode): DraftList {
    const items = node.items.map((item): DraftItem => {
      return {
        lead: [],
        gap: ' ',
        comment: '',
        tail: [],
        column: undefined,
        value: item ? this.#flowValue(item) : new DraftText([''], ''),
      };
    });
    return new DraftList(items, undefined, new DraftText(this.#textLines(node), ''));
  }

  #flowValue(node: Node): DraftNode {
    if (node.type === 'map') return this.#flowMap(node);
    if (node.type === 'list') return this.#flowList(node);
    return new DraftText([this.#slice(node)], node.type === 'scalar' ? node.value : '');
  }

  #slice({ start, end }: Node): string {
    return this.#text.slice(start, end);
  }
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

class Printer {
  readonly #layout: Layout;

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  map(map: DraftMap, column: number): string[] {
    return map.entries.flatMap((entry) => this.#part(entry, `${entry.key}:`, entry.value, column));
  }

  #list(list: DraftList, column: number): string[] {
    return list.items.flatMap((item) => {
      const { value } = item;
      if (!isBlock(value)) return this.#part(item, '-', value, column);
      // `- name: web`: the item's first line stands behind the dash, its comments above it.
      const inner = column + 1 + (item.column === undefined ? 1 : Math.max(1, item.gap.length));
      const lines = this.#block(value, inner);
      const at = lines.findIndex((line) => !/^\s*(?:#|$)/.test(line));
      const head = lines.slice(0, at).map((line) => ' '.repeat(column) + line.trimStart());
      const first = `${' '.repeat(column)}-${' '.repeat(inner - column - 1)}${(lines[at] ?? '').trimStart()}`;
      return [
        ...shifted(item.lead, item.column, column),
        ...head,
        first,
        ...lines.slice(at + 1),
        ...shifted(item.tail, item.column, column),
      ];
    });
  }

  #block(value: DraftMap | DraftList, column: number): string[] {
    return value instanceof DraftMap ? this.map(value, column) : this.#list(value, column);
  }

  #part(part: Part, head: string, value: DraftNode | undefined, column: number): string[] {
    const { lead, gap, comment, tail } = part;
    const start = ' '.repeat(column) + head;
    const lines: string[] = [];
    if (value === undefined) lines.push(start + comment);
    else if (isBlock(value)) {
      const from = value.column !== undefined && part.column !== undefined ? value.column - part.column : undefined;
      const below = from ?? (value instanceof DraftMap ? this.#layout.step : this.#layout.dash);
      // A comment behind a scalar that gave way to a map stays behind the key.
      lines.push(start + comment, ...this.#block(value, column + below));
    } else {
      const text = textOf(value);
      const last = text.length - 1;
      const moved = text.map((line, i) =>
        i === 0 ? line : shiftLine(line, part.column === undefined ? 0 : column - part.column),
      );
      moved[0] = start + (moved[0] === '' ? '' : gap || ' ') + (moved[0] ?? '');
      moved[last] = (moved[last] ?? '') + comment;
      lines.push(...moved);
    }
    return [...shifted(lead, part.column, column), ...lines, ...shifted(tail, part.column, column)];
  }
}

const isBlock = (value: DraftNode): value is DraftMap | DraftList =>
  !(value instanceof DraftText) &&
  value.flow === undefined &&
  (value instanceof DraftMap ? value.entries : value.items).length > 0;

/** What stands on one line: a scalar, or a collection between braces. */
function textOf(value: DraftNode): readonly string[] {
  if (value instanceof DraftText) return value.lines;
  if (value.flow && !isChanged(value)) return value.flow.lines;
  if (value.flow?.lines.some((line) => /(?:^|\s)#/.test(line))) throw new Unreadable();
  return [flowText(contentOf(value))];
}

function isChanged(value: DraftNode): boolean {
  if (value instanceof DraftText) return false;
  if (value.changed) return true;
  const inner = value instanceof DraftMap ? value.entries : value.items;
  return inner.some((one) => one.value !== undefined && isChanged(one.value));
}

function contentOf(value: DraftNode): Content {
  if (value instanceof DraftText) {
    if (value.lines.length > 1) throw new Unreadable();
    return value.lines[0] ?? '';
  }
  if (value instanceof DraftList) return value.items.map((item) => contentOf(item.value));
  return Object.fromEntries(value.entries.map((entry) => [entry.name, entry.value ? contentOf(entry.value) : '']));
}

const shifted = (lines: readonly string[], from: number | undefined, to: number): string[] =>
  lines.map((line) => shiftLine(line, from === undefined ? 0 : to - from));

function shiftLine(line: string, by: number): string {
  if (line.trim() === '') return line;
  return by >= 0 ? ' '.repeat(by) + line : line.slice(Math.min(-by, indentOf(line)));
}
