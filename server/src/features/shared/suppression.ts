import type { Span } from '../../base/span.ts';
import type { Document } from '../../graph/document.ts';

/** A `# podwire-ignore: code, code` comment; without codes it stands for all of them. Spans count from the document. */
export interface Suppression {
  readonly comment: Span;
  readonly codes: readonly { readonly code: string; readonly span: Span }[];
  /** The line that it speaks of. */
  readonly line: Span;
}

const pattern = /(^|[ \t])#[ \t]*podwire-ignore\b(?::([^\n\r]*))?/gm;

/** The suppressions of a document: a comment speaks of its own line, or, standing alone, of the next line of content. */
export function suppressionsOf({ text }: Document): readonly Suppression[] {
  if (!text.includes('podwire-ignore')) return [];
  const result: Suppression[] = [];
  for (const match of text.matchAll(pattern)) {
    const start = match.index + (match[1] ?? '').length;
    const end = match.index + match[0].trimEnd().length;
    const codes = [];
    const list = match[2] ?? '';
    const listStart = match.index + match[0].length - list.length;
    for (const code of list.matchAll(/[\w-]+/g)) {
      const at = listStart + code.index;
      codes.push({ code: code[0], span: { start: at, end: at + code[0].length } });
    }
    result.push({ comment: { start, end }, codes, line: lineOf(text, start) });
  }
  return result;
}

function lineOf(text: string, comment: number): Span {
  let start = text.lastIndexOf('\n', comment - 1) + 1;
  if (text.slice(start, comment).trim() === '') {
    do start = lineEnd(text, start) + 1;
    while (start < text.length && /^[ \t]*(?:#|\r?$)/.test(text.slice(start, lineEnd(text, start))));
  }
  return { start, end: lineEnd(text, start) };
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

/** The edit that makes a suppression for a code: in a comment that is there already, or in a new one above the line. */
export function suppress(
  document: Document,
  span: Span,
  code: string,
): { readonly span: Span; readonly newText: string } {
  const known = suppressionsOf(document).find(
    ({ line, codes }) => codes.length > 0 && span.start >= line.start && span.start <= line.end,
  );
  const last = known?.codes.at(-1);
  if (last) return { span: { start: last.span.end, end: last.span.end }, newText: `, ${code}` };
  const { text } = document;
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const indent = /^[ ]*/.exec(text.slice(start, span.start))?.[0] ?? '';
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return { span: { start, end: start }, newText: `${indent}# podwire-ignore: ${code}${newline}` };
}
