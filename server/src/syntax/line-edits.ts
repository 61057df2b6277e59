import type { TextEdit } from '../base/text-edit.ts';

/** The edits that turn a text into another one; equal lines are left alone. */
export const editsBetween = (text: string, wanted: string): readonly TextEdit[] =>
  lineEdits(text, 0, text.split('\n').length, wanted.split(/\r?\n/));

/** The edits that turn the lines `from` to `to` (exclusive) of a text into others; equal lines are left alone. */
export function lineEdits(text: string, from: number, to: number, wanted: readonly string[]): readonly TextEdit[] {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const lines = starts.map((start, i) => {
    const end = starts[i + 1];
    return text.slice(start, end === undefined ? undefined : end - 1).replace(/\r$/, '');
  });
  const old = lines.slice(from, to);
  return hunks(old, wanted).map(({ start, end, lines: added }) => {
    const first = starts[from + start] ?? text.length;
    const behind = starts[from + end];
    if (behind !== undefined)
      return { span: { start: first, end: behind }, newText: added.map((line) => line + newline).join('') };
    // The last line has no line break of its own.
    if (first === 0) return { span: { start: 0, end: text.length }, newText: added.join(newline) };
    const before =
      first >= text.length && starts[from + start] === undefined
        ? text.length
        : first - (text[first - 2] === '\r' ? 2 : 1);
    return { span: { start: before, end: text.length }, newText: added.map((line) => newline + line).join('') };
  });
}

interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** The parts that differ, by the longest common subsequence; one part where that would cost too much. */
function hunks(old: readonly string[], wanted: readonly string[]): readonly Hunk[] {
  let head = 0;
  while (head < old.length && head < wanted.length && old[head] === wanted[head]) head++;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < wanted.length - head &&
    old[old.length - 1 - tail] === wanted[wanted.length - 1 - tail]
  )
    tail++;
  const a = old.slice(head, old.length - tail);
  const b = wanted.slice(head, wanted.length - tail);
  if (a.length === 0 && b.length === 0) return [];
  if (a.length * b.length > 4_000_000) return [{ start: head, end: old.length - tail, lines: b }];
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const at = i * width + j;
      common[at] =
        a[i] === b[j] ? (common[at + width + 1] ?? 0) + 1 : Math.max(common[at + width] ?? 0, common[at + 1] ?? 0);
    }
  }
  const result: Hunk[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
      continue;
    }
    const start = i;
    const from = j;
    while ((i < a.length || j < b.length) && !(i < a.length && j < b.length && a[i] === b[j])) {
      const at = i * width + j;
      if (j >= b.length || (i < a.length && (common[at + width] ?? 0) >= (common[at + 1] ?? 0))) i++;
      else j++;
    }
    result.push({ start: head + start, end: head + i, lines: b.slice(from, j) });
  }
  return result;
}
