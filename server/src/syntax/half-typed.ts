import { lineStartAt } from '../base/line-index.ts';
import type { Span } from '../base/span.ts';
import { findAddresses } from './addresses.ts';
import { type ParsedDocument, parseYaml } from './parse.ts';
import type { MapNode, Node, Path, PathSegment, ScalarNode } from './tree.ts';

/** Stands for what is being typed; never part of a real manifest. */
export const marker = 'podwirecursor';

/** A document in the middle of being typed, made whole enough to be parsed. */
export interface HalfTyped {
  /** The document with the marker in it, which `root` was parsed from. */
  readonly text: string;
  readonly root: Node | undefined;
  /** Up to the map or list that the cursor is in, or, for a value, up to and with its key. */
  readonly path: Path;
  /** Whether a key (or a new item) or a value is being typed. */
  readonly on: 'key' | 'value';
  /** What is there already and gives way to what is chosen. Never spans lines. */
  readonly replace: Span;
  /** The quote that the token starts with. */
  readonly quote: '' | '"' | "'";
  /** What has to stand before the new text: the space behind a colon. */
  readonly lead: '' | ' ';
  /** The key is followed by a colon already. */
  readonly hasColon: boolean;
  /** The map that holds the marker as a key, if the tree has one. */
  readonly map: MapNode | undefined;
}

/** What the line says of the cursor, before any parsing. */
interface LineContext {
  readonly on: 'key' | 'value';
  readonly replace: Span;
  readonly quote: HalfTyped['quote'];
  readonly lead: HalfTyped['lead'];
  readonly hasColon: boolean;
}

/**
 * Puts a marker where the cursor is and parses the document again: `spec:\n  re` is a string to a parser, and a
 * half-typed key to a person. Undefined in comments and wherever nothing can be offered. Where the tree is broken,
 * the path comes from the indentation.
 *
 * @param word what a word behind a dash is: the first key of a map, or the whole item
 */
export function halfTyped(text: string, offset: number, word: 'key' | 'item' = 'key'): HalfTyped | undefined {
  const line = lineContext(text, offset);
  if (!line) return undefined;
  if (
    word === 'item' &&
    (line.on === 'value' || line.hasColon || text.slice(line.replace.start - 2, line.replace.start) !== '- ')
  )
    return undefined;
  const { replace } = line;
  const inserted =
    word === 'key' && line.on === 'key' && !line.hasColon && !isFlow(text, replace.start) ? `${marker}:` : marker;
  const marked = `${text.slice(0, replace.start)}${line.lead}${inserted}${text.slice(replace.end)}`;
  const at = replace.start + line.lead.length;
  const parsed = parseAround(marked, at);
  const found = findMarker(parsed.root);
  const common = {
    text: marked,
    root: parsed.root,
    replace,
    quote: line.quote,
    lead: line.lead,
    hasColon: line.hasColon,
  };
  if (found?.token.start === at && !isOutOfLine(marked, found))
    return { ...common, path: found.path, on: found.on, map: found.map };
  // In the midst of a longer text: that is meant, unless it is a quote above that was left open.
  if (found && (parsed.problems.length === 0 || found.token.style === 'block')) return undefined;
  const path = pathByIndentation(text, offset);
  return {
    ...common,
    path: line.on === 'value' ? [...path, keyOfLine(text, offset)] : path,
    on: line.on,
    map: undefined,
  };
}

/** A parser that goes on behind an error may put a key into a map that begins in another column. */
const isOutOfLine = (text: string, { map, token }: Found): boolean =>
  map !== undefined &&
  !map.flow &&
  token.start - lineStartAt(text, token.start) !== map.start - lineStartAt(text, map.start);

/** A part of a longer text in the middle of being typed. */
export interface PartTyped extends Pick<HalfTyped, 'text' | 'root' | 'replace'> {
  /** What stands in place of the part. */
  readonly stand: Span;
}

/**
 * What sort of word a part may be: a name with everything that names may have, one label of a host name, what stands
 * there before the number of a pod, a port, or one of the two in `namespace/name`.
 */
const parts = {
  name: { before: /[\w./-]*$/, behind: /^[\w./-]*/, stand: marker },
  host: { before: /[\w-]*$/, behind: /^[\w-]*/, stand: marker },
  pod: { before: /[\w-]*$/, behind: /^[\w-]*?(?=-\d+(?:[^\w-]|$))/, stand: marker },
  port: { before: /\d*$/, behind: /^\d*/, stand: '65535' },
  qualified: { before: /[\w.-]*$/, behind: /^[\w.-]*/, stand: marker },
  qualifier: { before: /[\w.-]*$/, behind: /^[\w.-]*(?=\/)/, stand: marker },
} as const;

/**
 * Puts a word that stands for anything in place of the one at the cursor, and `closing` behind it, and leaves the rest
 * of the text around it as it is. Undefined where the word stands by itself.
 */
export function partTyped(text: string, offset: number, part: keyof typeof parts, closing = ''): PartTyped | undefined {
  const { before, behind, stand } = parts[part];
  const start = offset - (before.exec(text.slice(lineStartAt(text, offset), offset))?.[0] ?? '').length;
  const rest = behind.exec(text.slice(offset));
  if (!rest) return undefined;
  const end = offset + rest[0].length;
  const startsAlone = /(?:^|[\s{,]|(?<!\w)\[)["']?$/.test(text.slice(Math.max(0, start - 3), start));
  if (startsAlone && /^["']?(?:[,\]}]|:?(?:\s|$))/.test(text.slice(end, end + 3))) return undefined;
  if (part === 'port' && text[start - 1] !== ':') return undefined;
  // A parse costs far more than a look at what stands around.
  if (part === 'name' && !/\$\($|\[["']{1,2}$|[\w.-]=$/.test(text.slice(Math.max(0, start - 3), start)))
    return undefined;
  if (part === 'qualified' && !/(?:^|[\s"'[{,])[\w.*~-]+\/$/.test(text.slice(lineStartAt(text, start), start)))
    return undefined;
  if (part === 'qualifier' && !/(?:^|[\s"'[{,])$/.test(text.slice(lineStartAt(text, start), start))) return undefined;
  const marked = text.slice(0, start) + stand + closing + text.slice(end);
  const isOfAddress = part === 'host' || part === 'pod' || part === 'port';
  if (isOfAddress && !isPartOfAddress(marked, start, start + stand.length)) return undefined;
  return {
    text: marked,
    root: parseYaml(marked).root,
    replace: { start, end },
    stand: { start, end: start + stand.length },
  };
}

/** Whether a span is a part of an address, if any is made of the text around it. */
function isPartOfAddress(text: string, start: number, end: number): boolean {
  const from = start - (/[^\s"'{}[\],]*$/.exec(text.slice(lineStartAt(text, start), start))?.[0] ?? '').length;
  const word = /^[^\s"'{}[\],]*/.exec(text.slice(from))?.[0] ?? '';
  // Under a name that says so, a bare host is an address, too.
  return findAddresses(word, 'host').some(({ serviceSpan, namespaceSpan, pod, port }) =>
    [serviceSpan, namespaceSpan, pod?.span, port?.span].some(
      (span) => span?.start === start - from && span.end === end - from,
    ),
  );
}

/**
 * Parses a text; while something in it keeps the token at `at` from being one, the broken line is blanked out, which
 * leaves every offset where it is.
 */
function parseAround(text: string, at: number): ParsedDocument {
  let attempt = text;
  for (let i = 0; i < 4; i++) {
    const parsed = parseYaml(attempt);
    const problem = parsed.problems[0];
    if (!problem || findMarker(parsed.root)?.token.start === at) return parsed;
    const start = lineStartAt(attempt, problem.span.start);
    const newline = attempt.indexOf('\n', start);
    const end = newline < 0 ? attempt.length : newline;
    if ((start <= at && at <= end) || attempt.slice(start, end).trim() === '') break;
    attempt = attempt.slice(0, start) + ' '.repeat(end - start) + attempt.slice(end);
  }
  return parseYaml(text);
}

function lineContext(text: string, offset: number): LineContext | undefined {
  const lineStart = lineStartAt(text, offset);
  let lineEnd = text.indexOf('\n', offset);
  if (lineEnd < 0) lineEnd = text.length;
  if (text[lineEnd - 1] === '\r' && lineEnd > offset) lineEnd--;
  const before = text.slice(lineStart, offset);
  const after = text.slice(offset, lineEnd);
  if (/^\s*#|^[^'"]*\s#/.test(before) || before.includes('\t') || /^(?:---|\.\.\.|%)/.test(before)) return undefined;

  const key = /^(\s*(?:- +)*)(["']?)([^\s:#'"{}[\],]*)$/.exec(before);
  if (key) {
    const rest = /^[^\s:#'"{}[\],]*/.exec(after)?.[0] ?? '';
    const start = lineStart + (key[1] ?? '').length;
    const behind = text.slice(offset + rest.length, lineEnd);
    // Text behind the token that isn't a colon makes this the middle of a plain value.
    if (!/^["']?\s*(?::|#|$)/.test(behind)) return undefined;
    const closing = key[2] !== '' && behind.startsWith(key[2] ?? '') ? 1 : 0;
    return {
      on: 'key',
      replace: { start, end: offset + rest.length + closing },
      quote: (key[2] ?? '') as HalfTyped['quote'],
      lead: '',
      hasColon: /^["']?\s*:(?:\s|$)/.test(behind),
    };
  }
  const value = /^(\s*(?:- +)*(?:"[^"]*"|'[^']*'|[^\s'"{[#][^#]*?)\s*:)(\s*)(["']?)([^'"{[]*)$/.exec(before);
  if (value && !/[{[]/.test(value[1] ?? '') && !/^[|>&*!]/.test(value[4] ?? '')) {
    const lead = value[2] === '' ? ' ' : '';
    if (lead && (value[4] !== '' || value[3] !== '')) return undefined;
    const start = lineStart + (value[1] ?? '').length + (value[2] ?? '').length;
    const quote = (value[3] ?? '') as HalfTyped['quote'];
    const rest =
      quote === ''
        ? (/^(?:[^\s#]|\s+(?=[^\s#]))*/.exec(after)?.[0] ?? '')
        : (new RegExp(`^[^${quote}]*${quote}?`).exec(after)?.[0] ?? '');
    return { on: 'value', replace: { start, end: offset + rest.length }, quote, lead, hasColon: false };
  }
  const flow = /[{[,:]\s*(["']?)([^\s,:{}[\]'"]*)$/.exec(before);
  if (flow && /[{[]/.test(before)) {
    const rest = /^[^\s,:{}[\]'"]*/.exec(after)?.[0] ?? '';
    const quote = (flow[1] ?? '') as HalfTyped['quote'];
    const closing = quote !== '' && after.startsWith(quote, rest.length) ? 1 : 0;
    const start = offset - (flow[2] ?? '').length - quote.length;
    const behind = after.slice(rest.length + closing);
    return {
      on: 'key',
      replace: { start, end: offset + rest.length + closing },
      quote,
      lead: '',
      hasColon: /^\s*:/.test(behind),
    };
  }
  return undefined;
}

/** True between the brackets of a flow collection that opens on the same line. */
function isFlow(text: string, offset: number): boolean {
  const before = text.slice(lineStartAt(text, offset), offset);
  return /^\s*(?:- +)*(?:[^\s'"{[#][^#]*?:\s+)?[{[]/.test(before);
}

type Found = Pick<HalfTyped, 'path' | 'on' | 'map'> & { readonly token: ScalarNode };

function findMarker(root: Node | undefined): Found | undefined {
  const visit = (node: Node | undefined, path: PathSegment[]): Found | undefined => {
    if (node?.type === 'scalar')
      return node.value.includes(marker) ? { path, on: 'value', map: undefined, token: node } : undefined;
    if (node?.type === 'map') {
      for (const { key, value } of node.pairs) {
        if (key.value.includes(marker)) return { path, on: 'key', map: node, token: key };
        const found = visit(value, [...path, key.value]);
        if (found) return found;
      }
    } else if (node?.type === 'list') {
      for (let i = 0; i < node.items.length; i++) {
        const found = visit(node.items[i], [...path, i]);
        if (found) return found;
      }
    }
    return undefined;
  };
  return visit(root, []);
}

const keyPattern = /^(\s*)((?:- +)*)(?:(["']?)([^\s#'"{[][^:#]*?|[^'"]*?)\3\s*:(?:\s|$))?/;

/** The keys above the cursor's line, by indentation alone; list items count as index 0. */
function pathByIndentation(text: string, offset: number): Path {
  const lineStart = lineStartAt(text, offset);
  const lines = text.slice(0, lineStart).split('\n').slice(0, -1);
  const own = keyPattern.exec(text.slice(lineStart, offset));
  let column = (own?.[1] ?? '').length;
  const path: PathSegment[] = [];
  if (own?.[2])
    path.unshift(
      ...own[2]
        .trim()
        .split(/ +/)
        .map(() => 0),
    );
  for (let i = lines.length - 1; i >= 0 && (column > 0 || path[0] === 0); i--) {
    const line = (lines[i] ?? '').replace(/\r$/, '');
    if (/^\s*(?:#|$)|^ *\t/.test(line)) continue;
    const match = keyPattern.exec(line);
    const indent = (match?.[1] ?? '').length;
    const dashes = match?.[2] ?? '';
    const keyColumn = indent + dashes.length;
    if (keyColumn === column && dashes !== '' && path[0] !== 0) {
      // The cursor's line goes on with the item that starts here.
      path.unshift(0);
      column = indent;
      continue;
    }
    const opensList = keyColumn === column && path[0] === 0 && dashes === '';
    if (keyColumn >= column && !opensList) continue;
    if (match?.[4] === undefined) continue;
    path.unshift(match[4]);
    if (dashes !== '') path.unshift(0);
    column = dashes === '' ? keyColumn : indent;
  }
  return path;
}

function keyOfLine(text: string, offset: number): string {
  const lineStart = lineStartAt(text, offset);
  return keyPattern.exec(text.slice(lineStart, offset))?.[4] ?? '';
}
