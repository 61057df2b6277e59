import type { Span } from './span.ts';

/** Replace `span` by `newText`. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
  /** What of `newText` the author has to fill in or look over, in order; spans count from its start. */
  readonly blanks?: readonly Span[];
}

/**
 * Applies edits to a text. Edits may come in any order but must not overlap; two insertions at one offset
 * are kept in the order given, and come before what is replaced from there on.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.span.start - b.edit.span.start || a.edit.span.end - b.edit.span.end || a.index - b.index);
  let result = '';
  let at = 0;
  for (const { edit } of sorted) {
    result += text.slice(at, edit.span.start) + edit.newText;
    at = edit.span.end;
  }
  return result + text.slice(at);
}
