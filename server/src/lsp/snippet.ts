import { lineStartAt } from '../base/line-index.ts';
import type { Span } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';

/**
 * An edit of a text as a snippet with its blanks as tab stops. It begins where a line begins: clients indent a snippet's
 * lines like the one that it is put into.
 *
 * @param before how many tab stops there are already
 */
export function toSnippet(
  text: string,
  { span, newText, blanks = [] }: TextEdit,
  before = 0,
): { readonly span: Span; readonly snippet: string } {
  const start = newText.includes('\n') ? lineStartAt(text, span.start) : span.start;
  let snippet = escaped(text.slice(start, span.start));
  let at = 0;
  for (const [i, blank] of blanks.entries()) {
    const value = escaped(newText.slice(blank.start, blank.end));
    snippet += `${escaped(newText.slice(at, blank.start))}\${${before + i + 1}${value === '' ? '' : `:${value}`}}`;
    at = blank.end;
  }
  return { span: { start, end: span.end }, snippet: snippet + escaped(newText.slice(at)) };
}

const escaped = (text: string): string => text.replace(/[\\$}]/g, '\\$&');

/** A snippet in LSP's syntax as plain text: placeholders by their defaults, choices by their first, tab stops gone. */
export function plainText(snippet: string): string {
  return read(snippet, 0, false).text;
}

function read(snippet: string, from: number, nested: boolean): { readonly text: string; readonly end: number } {
  let text = '';
  let at = from;
  while (at < snippet.length) {
    const c = snippet[at];
    if (c === '\\' && /[$}\\,|]/.test(snippet[at + 1] ?? '')) {
      text += snippet[at + 1];
      at += 2;
    } else if (nested && c === '}') {
      return { text, end: at + 1 };
    } else {
      const rest = snippet.slice(at, at + 64);
      const stop = /^\$(?:\d+|[A-Za-z_]\w*|\{(?:\d+|[A-Za-z_]\w*)\})/.exec(rest);
      const placeholder = /^\$\{(?:\d+|[A-Za-z_]\w*):/.exec(rest);
      const choice = /^\$\{\d+\|/.exec(rest);
      if (stop !== null) {
        at += stop[0].length;
      } else if (placeholder !== null) {
        const inner = read(snippet, at + placeholder[0].length, true);
        text += inner.text;
        at = inner.end;
      } else if (choice !== null) {
        const start = at + choice[0].length;
        const end = snippet.indexOf('|}', start);
        const choices = snippet.slice(start, end < 0 ? undefined : end);
        const first = /^(?:\\[\s\S]|[^,\\])*/.exec(choices)?.[0] ?? '';
        text += first.replace(/\\([$}\\,|])/g, '$1');
        at = end < 0 ? snippet.length : end + 2;
      } else {
        text += c;
        at++;
      }
    }
  }
  return { text, end: at };
}
