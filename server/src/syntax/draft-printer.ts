import { DraftList, DraftMap, type DraftNode, DraftText, type Part } from './draft.ts';
import { Unreadable } from './draft-reader.ts';
import { type Content, flowText, type Layout } from './edit.ts';

/** Writes drafts down again: what was moved is indented anew, what is new is laid out like the rest. */
export class DraftPrinter {
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

const indentOf = (line: string): number => line.length - line.trimStart().length;
