import type { Data, MapData, Origin, ScalarData } from '../base/data.ts';
import { plainSafe } from './edit.ts';

/** One line of printed YAML. */
export interface PrintedLine {
  readonly text: string;
  /** Of the value that the line begins or belongs to, with the maker of what holds it. */
  readonly origin: Origin;
  /** The first line of something that another maker than its surroundings' added. */
  readonly begins: boolean;
  /** A comment can't stand at its end: the line is a part of a text. */
  readonly verbatim: boolean;
}

/** A value as block YAML, keys in the order that they have; what is read back is the same value. */
export function printYaml(value: Data): readonly PrintedLine[] {
  const printer = new Printer();
  if (value.type === 'map' && value.entries.size > 0) printer.map(value, 0, value.origin);
  else if (value.type === 'list' && value.items.length > 0) printer.list(value.items, 0, value.origin);
  else printer.line(inline(value), value.origin, false);
  return printer.lines;
}

const step = 2;

class Printer {
  readonly lines: PrintedLine[] = [];

  line(text: string, origin: Origin, begins: boolean, verbatim = false): void {
    this.lines.push({ text, origin, begins, verbatim });
  }

  /** @param lead what stands before the first key: a dash, for an item of a list */
  map(map: MapData, column: number, outer: Origin, lead = ' '.repeat(column), begins = false): void {
    let first = true;
    for (const [key, value] of map.entries) {
      this.#pair(`${first ? lead : ' '.repeat(column)}${plainSafe(key)}:`, value, column, outer, first && begins);
      first = false;
    }
  }

  list(items: readonly Data[], column: number, outer: Origin): void {
    for (const item of items) {
      const origin = within(item.origin, outer);
      const lead = `${' '.repeat(column)}- `;
      if (item.type === 'map' && item.entries.size > 0)
        this.map(item, column + step, origin, lead, isNew(item.origin, outer));
      else if (item.type === 'list' && item.items.length > 0) {
        this.line(lead.trimEnd(), origin, isNew(item.origin, outer));
        this.list(item.items, column + step, origin);
      } else this.#scalarOrEmpty(lead.trimEnd(), item, column, origin, isNew(item.origin, outer));
    }
  }

  #pair(head: string, value: Data, column: number, outer: Origin, item: boolean): void {
    const origin = within(value.origin, outer);
    const begins = isNew(value.origin, outer) || item;
    if (value.type === 'map' && value.entries.size > 0) {
      this.line(head, origin, begins);
      this.map(value, column + step, origin);
    } else if (value.type === 'list' && value.items.length > 0) {
      // Who made the list says nothing of its items: they tell themselves.
      this.line(head, origin, begins && !value.items.some((one) => isNew(one.origin, outer)));
      this.list(value.items, column + step, value.origin.maker ? outer : origin);
    } else this.#scalarOrEmpty(head, value, column, origin, begins);
  }

  #scalarOrEmpty(head: string, value: Data, column: number, origin: Origin, begins: boolean): void {
    if (value.type === 'scalar' && typeof value.value === 'string' && isBlock(value.value)) {
      const body = value.value.replace(/\n+$/, '');
      const trailing = value.value.length - body.length;
      this.line(`${head} |${trailing === 0 ? '-' : trailing > 1 ? '+' : ''}`, origin, begins);
      const lines = [...body.split('\n'), ...Array<string>(Math.max(0, trailing - 1)).fill('')];
      for (const text of lines) this.line(text === '' ? '' : ' '.repeat(column + step) + text, origin, false, true);
    } else this.line(`${head} ${inline(value)}`, origin, begins);
  }
}

/** What is added keeps its maker down to its last part. */
const within = (origin: Origin, outer: Origin): Origin =>
  origin.maker === undefined && outer.maker !== undefined
    ? { ...outer, ...(origin.place && { place: origin.place }) }
    : origin;

const isNew = (origin: Origin, outer: Origin): boolean =>
  origin.maker !== undefined && (origin.maker !== outer.maker || origin.note !== outer.note);

function inline(value: Data): string {
  if (value.type === 'map') return '{}';
  return value.type === 'list' ? '[]' : scalarText(value);
}

/** A scalar as the decoder reads it back. */
export function scalarText({ value }: ScalarData): string {
  if (typeof value !== 'string') return String(value);
  return special.test(value) ? quoted(value) : plainSafe(value);
}

/** Line ends and control characters that a reader of YAML would take for something else. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const special = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/;

const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Whether a text of several lines can be written as a literal block. */
function isBlock(text: string): boolean {
  const body = text.replace(/\n+$/, '');
  return body.includes('\n') && !special.test(body.replaceAll('\n', '').replaceAll('\t', '')) && !/^[ \n\t]/.test(body);
}
