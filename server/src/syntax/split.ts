import { commonEnds } from '../base/common-ends.ts';
import type { Span } from '../base/span.ts';

/**
 * Cuts a file into its YAML documents: at `---` in column 0 (which belongs to the document that it opens) and behind
 * a `...` line. Done before parsing, so that one open quote can't swallow the documents behind it. Directives
 * (`%YAML`) stay with the document that they introduce. The spans follow one another without gaps.
 */
export const splitDocuments = (text: string): readonly Span[] => split(text, 0, () => false);

/** A text's documents where those of the text before an edit are known. */
export interface Resplit {
  readonly spans: readonly Span[];
  /** So many of the first and of the last documents are what they were, wherever they stand now. */
  readonly head: number;
  readonly tail: number;
}

/** Cuts a text that differs in one place from one that is cut already: the rest of it isn't read again. */
export function splitAgain(before: string, known: readonly Span[], text: string): Resplit {
  const { head: same, tail: sameBehind } = commonEnds(before, text);
  // Whether a document ends depends on the marker behind it, too.
  let head = 0;
  while ((known[head]?.end ?? before.length) + lookahead <= same) head++;
  const grown = text.length - before.length;
  const behind = known.filter(({ start }, i) => i > head && start >= before.length - sameBehind);
  const starts = new Set(behind.map(({ start }) => start + grown));
  const middle = split(text, known[head]?.start ?? 0, (start) => starts.has(start));
  const end = middle.at(-1)?.end ?? text.length;
  const rest = behind.filter(({ start }) => start + grown >= end);
  const moved = rest.map((span) => ({ start: span.start + grown, end: span.end + grown }));
  return { spans: [...known.slice(0, head), ...middle, ...moved], head, tail: rest.length };
}

/** A marker and the white space behind it. */
const lookahead = 4;

/** Cuts a text from where a document starts, up to the end of one behind which the rest is known. */
function split(text: string, from: number, isKnown: (start: number) => boolean): Span[] {
  const result: Span[] = [];
  let start = from;
  // What the document's lines have been so far: blank and comments, directives among them, or more.
  let lines: 'nothing' | 'directives' | 'content' = 'nothing';
  let at = from === 0 && text.startsWith('\uFEFF') ? 1 : from;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 ? text.length : newline + 1;
    const marker = markerAt(text, at);
    if (marker === '---') {
      if (at > start && lines !== 'directives' && text.slice(start, at) !== '\uFEFF') {
        result.push({ start, end: at });
        start = at;
        if (isKnown(start)) return result;
      }
      lines = 'content';
    } else if (marker === '...') {
      result.push({ start, end: next });
      start = next;
      if (isKnown(start)) return result;
      lines = 'nothing';
    } else if (lines !== 'content' && !isBlankOrComment(text, at, next)) {
      lines = text[at] === '%' ? 'directives' : 'content';
    }
    at = next;
  }
  if (start < text.length || text === '') result.push({ start, end: text.length });
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
