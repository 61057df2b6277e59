import type { Span } from './span.ts';
import type { TextEdit } from './text-edit.ts';

// Unicode has these for a program's own use: no text holds them.
const open = '\u{FDD0}';
const close = '\u{FDD1}';
const marked = /\u{FDD0}([^\u{FDD0}\u{FDD1}]*)\u{FDD1}/gu;

/**
 * A text that the author has to fill in or look over, marked as such: `"` + blank('') + `"`. Whatever is put together
 * from it keeps the marks, until `withBlanks` makes spans of them.
 */
export const blank = (text: string): string => open + text + close;

/** An empty string in quotes, which is to be filled in. */
export const emptyBlank = `"${blank('')}"`;

/** An edit whose text may hold marks as one that says where they were. */
export function withBlanks(edit: TextEdit): TextEdit {
  if (!edit.newText.includes(open)) return edit;
  const blanks: Span[] = [];
  let newText = '';
  let at = 0;
  for (const match of edit.newText.matchAll(marked)) {
    newText += edit.newText.slice(at, match.index);
    const start = newText.length;
    newText += match[1] ?? '';
    blanks.push({ start, end: newText.length });
    at = match.index + match[0].length;
  }
  return { ...edit, newText: newText + edit.newText.slice(at), ...(blanks.length > 0 && { blanks }) };
}
