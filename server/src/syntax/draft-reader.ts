import { type DraftEntry, type DraftItem, DraftList, DraftMap, type DraftNode, DraftText, type Part } from './draft.ts';
import { columnAt } from './edit.ts';
import type { ListNode, MapNode, Node, ScalarNode } from './tree.ts';

/** What the lines of a document don't show clearly enough to be moved about. */
export class Unreadable extends Error {}

/** Which line an offset is in; a lone `\r` ends none, as for the YAML parser. */
export class Lines {
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

/** Takes maps and lists apart, each line of a document to the entry that it belongs to. */
export class DraftReader {
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
