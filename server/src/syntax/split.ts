import type { Span } from '../base/span.ts';

/**
 * Cuts a file into its YAML documents: at `---` in column 0 (which belongs to the document that it opens) and behind
 * a `...` line. Done before parsing, so that one open quote can't swallow the documents behind it. Directives
 * (`%YAML`) stay with the document that they introduce. The spans follow one another without gaps.
 */
export function splitDocuments(text: string): readonly Span[] {
  const result: Span[] = [];
  let start = 0;
  let onlyDirectives = false;
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 ? text.length : newline + 1;
    const marker = markerAt(text, at);
    if (marker === '---' && at > start && !onlyDirectives) {
      result.push({ start, end: at });
      start = at;
    }
    if (marker === '...') {
      result.push({ start, end: next });
      start = next;
    }
    onlyDirectives = text[at] === '%' && (at === start || onlyDirectives);
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
