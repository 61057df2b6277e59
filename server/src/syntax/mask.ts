import type { Span } from '../base/span.ts';
import { type Line, readLines } from './lines.ts';

/** A text in which the parser sees a word where a template engine will put something. */
export interface Masked {
  /** As long as the original. */
  readonly text: string;
  /** What a scalar of the masked text holds, with its placeholders as they are written. */
  restore(value: string, span: Span): string;
}

const first = '\ue000';
const rest = '\ue001';
const maskPattern = new RegExp(`${first}${rest}*`, 'g');

/** A name, and what Jinja and Argo take out of it or do to it: `app.name`, `x[0]`, `x | default('y')`, `env('X')`. */
const call = String.raw`(?:\([^{}()\n]*\))`;
const path = String.raw`[A-Za-z_](?:[\w.-]|\[[\w'"-]+\])*${call}?`;
const simple = String.raw`\{\{ *(?!(?:if|else|end|range|with|break|continue|nil|true|false)\b)${path} *(?:\| *\w+${call}? *)*\}\}`;
const erb = String.raw`<%=? *(?!(?:if|else|elsif|end|for|unless|while|do)\b)[A-Za-z_@][\w.@ -]*?%>`;
const shell = String.raw`\$\{[A-Za-z_][\w.-]*(?::?[-=?+][^{}\n]*)?\}`;
const sign = String.raw`@@?[A-Za-z][\w.-]*@@?|%[A-Za-z][\w.]*%`;
/** `$${X}` and the like are somebody else's; signs count where a value begins. */
const placeholders = new RegExp(`${simple}|${erb}|(?<!\\$)${shell}|(?<=(?:^|[:\\-[,{] )\\s*)(?:${sign})`, 'g');
const word = String.raw`__\w+__|\$\([A-Za-z_]\w*\)|\$[A-Z_][A-Z0-9_]*|<[A-Za-z][\w -]*>`;
const wholeLine = new RegExp(`^(?:(?:${simple}|${erb}|${shell}|${sign}|${word})[ \\t]*)+$`);

/**
 * Hides placeholders from the YAML parser, which would take `{{ name }}` for a map and stumble over a line of nothing
 * else. Those of Helm and other Go templates (`{{ .Values.x }}`, `{{- if`, `{{ include "x" . }}`) are not touched: what
 * their documents come to is up to the template. Undefined where there is nothing to hide.
 */
export function maskPlaceholders(text: string): Masked | undefined {
  if (
    !/\{\{|<%|\$[{(A-Z_]|@\S+@|%\S+%|^[ \t]*(?:__\w+__|<\w[^<>\n]*>)[ \t\r]*$/m.test(text) ||
    text.includes(first) ||
    text.includes(rest)
  )
    return undefined;
  const found: Span[] = [];
  const lines = readLines(text);
  let masked = '';
  let done = 0;
  const put = (span: Span, mask: string): void => {
    masked += text.slice(done, span.start) + mask;
    done = span.end;
    found.push(span);
  };
  for (const [i, line] of lines.entries()) {
    if (line.type !== 'content' || line.within === 'block') continue;
    const content = text.slice(line.textStart, line.end);
    if (line.within === undefined && wholeLine.test(content)) {
      const span = { start: line.textStart, end: line.textStart + content.trimEnd().length };
      put(span, lineMask(lines, i, text, span.end - span.start));
      continue;
    }
    for (const match of content.matchAll(placeholders)) {
      const start = line.textStart + match.index;
      if (inComment(content, match.index)) break;
      put({ start, end: start + match[0].length }, first + rest.repeat(match[0].length - 1));
    }
  }
  if (found.length === 0) return undefined;
  masked += text.slice(done);
  return {
    text: masked,
    restore: (value, span) => {
      if (!value.includes(first)) return value;
      const inside = found.filter(({ start, end }) => start >= span.start - 2 && end <= span.end + 1);
      let next = 0;
      return value.replace(maskPattern, (mask) => {
        const at = inside[next++];
        return at ? text.slice(at.start, at.end) : mask;
      });
    },
  };
}

const inComment = (content: string, index: number): boolean => /^#|\s#/.test(content.slice(0, index));

/** A line of its own stands for whatever its neighbours are: an item, a key, or the value of the key above. */
function lineMask(lines: readonly Line[], at: number, text: string, length: number): string {
  const column = ({ start, textStart }: Line): number => textStart - start;
  const own = lines[at];
  const isRead = (line: Line): boolean => line.type === 'content' && line.within === undefined;
  const below = lines.slice(at + 1).find(isRead);
  const above = lines.slice(0, at).findLast((line) => isRead(line) && own !== undefined && column(line) <= column(own));
  const beside = [below, above].find((line) => line && own && column(line) === column(own) && !wholeLineAt(line, text));
  if (beside) {
    if (beside.dashes.length > 0 && length > 2) return `- ${first}${rest.repeat(length - 3)}`;
    if (beside.key) return `${first}${rest.repeat(length - 2)}:`;
  }
  if (above && own && column(above) < column(own) && above.value === '') return first + rest.repeat(length - 1);
  return (below ?? above) ? `#${rest.repeat(length - 1)}` : first + rest.repeat(length - 1);
}

const wholeLineAt = (line: Line, text: string): boolean => wholeLine.test(text.slice(line.textStart, line.end));
