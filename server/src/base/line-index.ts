import type { Span } from './span.ts';

/** Zero-based line and UTF-16 character, as in LSP. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Where the line of an offset starts; a lone `\r` ends none, as for the YAML parser. */
export const lineStartAt = (text: string, offset: number): number =>
  offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;

/** Converts between offsets and positions of one text. `\n`, `\r\n` and a lone `\r` end a line. */
export class LineIndex {
  readonly text: string;
  readonly #starts: Uint32Array;

  constructor(text: string, starts = Uint32Array.from(lineStartsIn(text, 0, text.length, [0]))) {
    this.text = text;
    this.#starts = starts;
  }

  /** The index of the text with `newText` in place of a span: only the lines there are read again. */
  edited({ start, end }: Span, newText: string): LineIndex {
    const text = this.text.slice(0, start) + newText + this.text.slice(end);
    const starts = this.#starts;
    const grown = newText.length - (end - start);
    // A `\r` right before the edit, or right behind it, may have become one line break with a `\n`, or two.
    const first = this.#lineAt(Math.max(0, start - 1));
    const next = this.#lineAt(end + 1) + 1;
    const middle = lineStartsIn(text, starts[first] ?? 0, end + grown + 1, []);
    const result = new Uint32Array(first + 1 + middle.length + starts.length - next);
    result.set(starts.subarray(0, first + 1));
    result.set(middle, first + 1);
    const tail = first + 1 + middle.length - next;
    for (let i = next; i < starts.length; i++) result[i + tail] = (starts[i] ?? 0) + grown;
    return new LineIndex(text, result);
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The position of an offset; offsets outside of the text are clamped. */
  position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.text.length));
    const line = this.#lineAt(at);
    return { line, character: at - (this.#starts[line] ?? 0) };
  }

  #lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The offset of a position; a character past the line's end is clamped to it, a line past the end to the end. */
  offset(position: Position): number {
    const start = this.#starts[position.line];
    if (start === undefined) return position.line < 0 ? 0 : this.text.length;
    return Math.min(start + Math.max(0, position.character), this.lineEnd(position.line));
  }

  lineStart(line: number): number {
    return this.#starts[line] ?? this.text.length;
  }

  /** The offset behind the last character of a line, before its line break. */
  lineEnd(line: number): number {
    let end = this.#starts[line + 1] ?? this.text.length;
    while (end > this.lineStart(line) && (this.text[end - 1] === '\n' || this.text[end - 1] === '\r')) end--;
    return end;
  }

  lineText(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineEnd(line));
  }
}

/** Adds where lines start behind the breaks that stand from one offset up to another. */
function lineStartsIn(text: string, from: number, to: number, starts: number[]): number[] {
  const end = Math.min(to, text.length);
  if (text.indexOf('\r') < 0) {
    for (let at = text.indexOf('\n', from); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let i = from; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}
