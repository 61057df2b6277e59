import type { Span } from '../base/span.ts';

/**
 * Cuts a file into its YAML documents: at `---` in column 0 (which belongs to the document that it opens) and behind
 * a `...` line. Done before parsing, so that one open quote can't swallow the documents behind it. Directives
 * (`%YAML`) stay with the document that they introduce. The spans follow one another without gaps.
 */
export function splitDocuments(text: string): readonly Span[] {
  const result: Span[] = [];
  let start = 0;
  // What the document's lines have been so far: blank and comments, directives among them, or more.
  let lines: 'nothing' | 'directives' | 'content' = 'nothing';
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 ? text.length : newline + 1;
    const marker = markerAt(text, at);
    if (marker === '---') {
      if (at > start && lines !== 'directives' && text.slice(start, at) !== '\uFEFF') {
        result.push({ start, end: at });
        start = at;
      }
      lines = 'content';
    } else if (marker === '...') {
      result.push({ start, end: next });
      start = next;
      lines = 'nothing';
    } else if (lines !== 'content' && !isBlankOrComment(text, at, next)) {
      lines = text[at] === '%' ? 'directives' : 'content';
    }
    at = next;
  }
  if (start < text.length || result.length === 0) result.push({ start, end: text.length });
  return result;
}

function markerAt(text: string, at: number): '---' | '...' | undefined {
  const c = text.charCodeAt(at);
  if (c !== 45 && c !== 46) return undefined;
  const marker = text.slice(at, at + 3);
  if (marker !== '---' && marker !== '...') return undefined;
  const behind = text[at + 3];
  return behind === undefined || /\s/.test(behind) ? marker : undefined;
}

function isBlankOrComment(text: string, at: number, end: number): boolean {
  let i = at;
  while (i < end && (text[i] === ' ' || text[i] === '\t' || text[i] === '\r' || text[i] === '\n')) i++;
  return i === end || text[i] === '#';
}
