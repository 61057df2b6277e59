/**
 * A text line by line, as a person reads it: where no parser gets through, the lines still say what they are. Offsets
 * count from the text's start.
 */
export interface Line {
  readonly start: number;
  /** Behind the last character, before the line break. */
  readonly end: number;
  /** Behind the white space that it starts with, which may hold what YAML doesn't take for white space. */
  readonly textStart: number;
  readonly type: 'blank' | 'comment' | 'marker' | 'content';
  /** Goes on with a value that began above: in a block scalar, a quoted one, brackets, or a plain one of several lines. */
  readonly within: 'block' | 'quoted' | 'flow' | 'plain' | undefined;
  /** The columns of its dashes. */
  readonly dashes: readonly number[];
  /** Undefined for a line without one. */
  readonly key: { readonly text: string; readonly start: number; readonly end: number } | undefined;
  /** What stands behind the key or the dashes, without its comment; '' for nothing. */
  readonly value: string;
  readonly valueStart: number;
}

/** White space, visible or not, as word processors and web pages have it. */
const whiteSpace = '[ \\t\\u00a0\\u1680\\u2000-\\u200d\\u202f\\u205f\\u2060\\u3000\\ufeff]';
const leading = new RegExp(`^${whiteSpace}*`);

/** How far a line is indented, where a tab leads to the next multiple of `tabWidth`. */
export function columnOf(text: string, line: Line, tabWidth = 8): number {
  let column = 0;
  for (let at = line.start; at < line.textStart; at++) {
    if (text[at] === '\t') column += tabWidth - (column % tabWidth);
    else if (!/[\u200b-\u200d\u2060\ufeff]/.test(text[at] ?? '')) column++;
  }
  return column;
}

/** Never throws, whatever the text; every line of it is there. */
export function readLines(text: string): readonly Line[] {
  const result: Line[] = [];
  /** The value that isn't over yet. */
  let open:
    | { readonly type: 'block' | 'plain'; readonly column: number }
    | { readonly type: 'quoted'; readonly quote: string }
    | { readonly type: 'flow'; depth: number }
    | undefined;
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const next = newline < 0 ? text.length + 1 : newline + 1;
    let end = newline < 0 ? text.length : newline;
    if (text[end - 1] === '\r' && end > start) end--;
    const textStart = start + (leading.exec(text.slice(start, end))?.[0] ?? '').length;
    const bare = { start, end, textStart, dashes: [], key: undefined, value: '', valueStart: end };
    const content = text.slice(textStart, end);
    const column = textStart - start;
    if (open?.type === 'block' && (content === '' || column > open.column)) {
      result.push({ ...bare, type: content === '' ? 'blank' : 'content', within: 'block' });
    } else if (open?.type === 'quoted' || open?.type === 'flow') {
      result.push({ ...bare, type: content === '' ? 'blank' : 'content', within: open.type });
      if (open.type === 'quoted') {
        const closing = closingQuote(content, 0, open.quote);
        if (closing >= 0) open = undefined;
      } else {
        open.depth = flowDepth(content, open.depth);
        if (open.depth <= 0) open = undefined;
      }
    } else if (content === '') {
      result.push({ ...bare, type: 'blank', within: undefined });
    } else if (content.startsWith('#')) {
      result.push({ ...bare, type: 'comment', within: undefined });
    } else if (column === 0 && /^(?:---|\.\.\.)(?:\s|$)|^%/.test(content)) {
      open = undefined;
      result.push({ ...bare, type: 'marker', within: undefined });
    } else {
      const line = contentLine(text, start, end, textStart);
      const goesOn = open?.type === 'plain' && column > open.column && !line.key && line.dashes.length === 0;
      result.push(goesOn ? { ...bare, type: 'content', within: 'plain' } : line);
      if (!goesOn) open = opened(text, line, next);
    }
    start = next;
  }
  return result;
}

function contentLine(text: string, start: number, end: number, textStart: number): Line {
  const dashes: number[] = [];
  let at = textStart;
  for (;;) {
    if (text[at] !== '-' || (at + 1 < end && !/[ \t\u00a0]/.test(text[at + 1] ?? ''))) break;
    dashes.push(at - start);
    at++;
    while (at < end && /[ \t\u00a0]/.test(text[at] ?? '')) at++;
  }
  // Nobody writes a longer key.
  const rest = text.slice(at, Math.min(end, at + 1000));
  const match = keyPattern.exec(rest);
  const key = match ? { text: unquoted(match[1] ?? ''), start: at, end: at + (match[1] ?? '').length } : undefined;
  const valueStart = at + (match?.[0].length ?? 0);
  const value = withoutComment(text.slice(valueStart, end));
  return { start, end, textStart, type: 'content', within: undefined, dashes, key, value, valueStart };
}

/** A key has no blanks unless it is quoted or holds a placeholder. */
const keyPattern =
  /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?:<%[^%]*%>|\{\{[^}]*\}\}|<<(?=:)|[^\s"'{}[\],&*!|>%@`#<:])(?:<%[^%]*%>|\{\{[^}]*\}\}|<(?!%)|\{(?!\{)|[^\s:<{]|:(?=\S))*)[ \t]*:(?:[ \t\u00a0]+|$)/;

const unquoted = (text: string): string => (/^(["']).*\1$/.test(text) ? text.slice(1, -1) : text);

/** Without the comment behind a value, and without blanks at its end. */
function withoutComment(value: string): string {
  if (value.startsWith('#')) return '';
  const quote = value[0];
  if (quote === '"' || quote === "'") {
    const closing = closingQuote(value, 1, quote);
    return closing < 0 ? value : value.slice(0, closing + 1);
  }
  const comment = value.search(/\s#/);
  return (comment < 0 ? value : value.slice(0, comment)).trimEnd();
}

/** What a line leaves open for those below it. */
function opened(text: string, line: Line, next: number): Parameters<typeof isOver>[0] | undefined {
  const { value } = line;
  const last = line.dashes.at(-1);
  const column = line.key ? line.key.start - line.start : (last ?? line.textStart - line.start);
  if (/^(?:[&!]\S+\s+)*[|>][-+\d]*$/.test(value)) return { type: 'block', column };
  const quote = value[0];
  if (quote === '"' || quote === "'") {
    if (closingQuote(value, 1, quote) >= 0) return undefined;
    const open = { type: 'quoted', quote } as const;
    return isOver(open, text, next) ? open : undefined;
  }
  if (quote === '{' || quote === '[') {
    const depth = flowDepth(value, 0);
    if (depth <= 0 || value.startsWith('{{')) return undefined;
    const open = { type: 'flow', depth } as const;
    return isOver(open, text, next) ? { ...open } : undefined;
  }
  return value === '' ? undefined : { type: 'plain', column };
}

/** Whether what is open is closed before long: a quote that was forgotten must not swallow all that follows. */
function isOver(
  open:
    | { readonly type: 'block' | 'plain'; readonly column: number }
    | { readonly type: 'quoted'; readonly quote: string }
    | { readonly type: 'flow'; depth: number },
  text: string,
  from: number,
): boolean {
  let depth = open.type === 'flow' ? open.depth : 0;
  let at = from;
  for (let i = 0; i < 400 && at < text.length; i++) {
    const newline = text.indexOf('\n', at);
    const line = text.slice(at, newline < 0 ? text.length : newline);
    if (open.type === 'quoted') {
      // A quote that opens a value says that the one above was forgotten.
      const closing = closingQuote(line, 0, open.quote);
      if (closing >= 0)
        return !/(?:^|[:,[{-])\s*$/.test(line.slice(0, closing)) && /^\s*(?:#.*)?$/.test(line.slice(closing + 1));
    } else {
      depth = flowDepth(line, depth);
      if (depth <= 0) return true;
    }
    if (newline < 0) return false;
    at = newline + 1;
  }
  return false;
}

function closingQuote(text: string, from: number, quote: string): number {
  for (let i = from; i < text.length; i++) {
    if (quote === '"' && text[i] === '\\') i++;
    else if (text[i] === quote) {
      if (quote === "'" && text[i + 1] === "'") i++;
      else return i;
    }
  }
  return -1;
}

/** How many brackets are open behind a text, which begins with `depth` of them open. */
function flowDepth(text: string, depth: number): number {
  let open = depth;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    if ((c === '"' || c === "'") && (i === 0 || /[\s[{,:]/.test(text[i - 1] ?? ''))) {
      const closing = closingQuote(text, i + 1, c);
      if (closing < 0) return open;
      i = closing;
    } else if (c === '[' || c === '{') open++;
    else if (c === ']' || c === '}') open--;
    else if (c === '#' && /\s/.test(text[i - 1] ?? ' ')) return open;
  }
  return open;
}
