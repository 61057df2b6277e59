import { isAlias, isMap, isScalar, isSeq, type ParsedNode, parseDocument, type YAMLError } from 'yaml';
import type { Span } from '../base/span.ts';
import { type Masked, maskPlaceholders } from './mask.ts';
import { isTemplate } from './placeholder.ts';
import { readPlainYaml } from './plain-yaml.ts';
import { type ListNode, type MapNode, type Node, type Pair, type ScalarNode, walk } from './tree.ts';

/** What the parser could not read. The tree holds what it could. */
export interface Problem {
  readonly span: Span;
  readonly code: string;
  readonly message: string;
}

export interface ParsedDocument {
  readonly text: string;
  readonly root: Node | undefined;
  readonly problems: readonly Problem[];
  /** The document is text for a template engine (Helm, say), not YAML yet: nothing in it can be judged. */
  readonly template: boolean;
}

/** A document longer than this isn't parsed: the API server takes no request of over 3 MiB. In UTF-16 units. */
export const maximumDocumentLength = 3 * 1024 * 1024;

const options = {
  schema: 'failsafe',
  uniqueKeys: false,
  prettyErrors: false,
  strict: false,
  logLevel: 'silent',
} as const;

/** Parses one document (see splitDocuments). Never throws: what is wrong is in `problems`. */
export function parseYaml(text: string): ParsedDocument {
  if (text.length > maximumDocumentLength)
    return failed(text, 'TOO_LARGE', 'This document is too large to be analysed.');
  // Cheaper than a parse, and the parser has no use for control characters anyway.
  if (text.includes('\0')) return failed(text, 'BINARY', 'This is not a text file.');
  const plain = readPlainYaml(text);
  if (plain) return { text, root: plain.root, problems: [], template: isTemplate(text, plain.root, false) };
  return parseAnyYaml(text);
}

/** Parses a document whatever is in it, with a parser of all of YAML. */
export function parseAnyYaml(text: string): ParsedDocument {
  try {
    const masked = maskPlaceholders(text);
    const document = parseLenient(masked?.text ?? text);
    const source: Source = { text, restore: masked?.restore ?? ((value) => value), anchors: new Map() };
    const root = document.contents ? convert(document.contents as ParsedNode, source, 0) : undefined;
    const problems = document.errors.map((error) => toProblem(error, text, root));
    return { text, root, problems, template: isTemplate(masked?.text ?? text, root, problems.length > 0) };
  } catch (error) {
    if (error instanceof RangeError || error instanceof TooDeep)
      return failed(text, 'TOO_DEEP', 'This document is nested too deeply to be analysed.');
    return failed(text, 'UNREADABLE', 'This document could not be read as YAML.');
  }
}

/**
 * Parses a document as kubectl's parser would in one point where that is more lenient: the lines that a quoted scalar
 * goes on in may be indented less than its key.
 */
function parseLenient(text: string): ReturnType<typeof parseDocument> {
  const document = parseDocument(text, options);
  const unclosed = document.errors.find(
    (error) => error.code === 'MISSING_CHAR' && /closing .*quote/.test(error.message),
  );
  if (!unclosed) return document;
  const unfolded = unfoldQuoted(text);
  if (unfolded === text) return document;
  const second = parseDocument(unfolded, options);
  return second.errors.length === 0 ? second : document;
}

/** Folds each quoted scalar of several lines into one line of the same length, so that offsets stay what they are. */
function unfoldQuoted(text: string): string {
  return text.replace(
    /^([ \t]*(?:- +)*(?:[\w.$/-]+:[ \t]+)?)("(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*')(?=[ \t]*(?:#.*)?$)/gm,
    (_, lead: string, scalar: string) => {
      return lead + scalar.replace(/\r?\n/g, (newline) => ' '.repeat(newline.length));
    },
  );
}

class TooDeep extends Error {}
const maximumDepth = 200;

function failed(text: string, code: string, message: string): ParsedDocument {
  const lineEnd = text.search(/[\r\n]/);
  const end = Math.min(80, lineEnd < 0 ? text.length : lineEnd);
  return { text, root: undefined, problems: [{ span: { start: 0, end }, code, message }], template: false };
}

/** What is read, and what of it was hidden from the parser. */
interface Source extends Pick<Masked, 'restore'> {
  readonly text: string;
  readonly anchors: Map<string, Node>;
}

function convert(node: ParsedNode, source: Source, depth: number): Node | undefined {
  if (depth > maximumDepth) throw new TooDeep();
  const [start, end] = node.range;
  let result: Node;
  if (isScalar(node)) {
    if (start === end && !node.anchor && !node.tag) return undefined;
    result = scalar(node, start, end, source);
  } else if (isMap(node)) {
    const pairs: Pair[] = [];
    for (const pair of node.items) {
      const key = pair.key as ParsedNode | null;
      const value = pair.value as ParsedNode | null;
      const keyNode = toKey(key, source);
      pairs.push({ key: keyNode, value: value ? convert(value, source, depth + 1) : undefined });
    }
    const map: MapNode = {
      type: 'map',
      pairs,
      flow: node.flow === true,
      start,
      end: lastEnd(pairs, node.flow === true, start, end),
    };
    result = map;
  } else if (isSeq(node)) {
    const items = node.items.map((item) => (item ? convert(item as ParsedNode, source, depth + 1) : undefined));
    const list: ListNode = { type: 'list', items, flow: node.flow === true, start, end };
    result = list;
  } else if (isAlias(node)) {
    result = { type: 'alias', name: node.source, target: source.anchors.get(node.source), start, end };
  } else {
    return undefined;
  }
  if (!isAlias(node) && node.anchor) source.anchors.set(node.anchor, result);
  return result;
}

const styles: Readonly<Record<string, ScalarNode['style']>> = {
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'block',
  BLOCK_FOLDED: 'block',
};

function scalar(
  node: { value?: unknown; type?: string | undefined },
  start: number,
  end: number,
  { restore }: Source,
): ScalarNode {
  // A merge key that has its tag (`!!merge <<`) is a symbol to the parser.
  const text = typeof node.value === 'symbol' ? (node.value.description ?? '') : String(node.value ?? '');
  const value = restore(text, { start, end });
  return { type: 'scalar', value, style: styles[node.type ?? ''] ?? 'plain', start, end };
}

function toKey(key: ParsedNode | null, source: Source): ScalarNode {
  if (!key) return { type: 'scalar', value: '', style: 'plain', start: 0, end: 0 };
  const [start, end] = key.range;
  if (isScalar(key)) return scalar(key, start, end, source);
  // A map or list as a key (what `{{ .x }}` is) has no name: its own text stands for it.
  return { type: 'scalar', value: source.text.slice(start, end), style: 'plain', start, end };
}

/** The parser lets a block map's end run to the next token; the last pair's end is what a reader sees. */
function lastEnd(pairs: readonly Pair[], flow: boolean, start: number, end: number): number {
  const last = pairs.at(-1);
  if (flow || !last) return end;
  return Math.max(last.value?.end ?? last.key.end, last.key.end, start);
}

function toProblem(error: YAMLError, text: string, root: Node | undefined): Problem {
  if (error.code === 'MISSING_CHAR' && /closing .*quote/.test(error.message)) {
    // The parser notices at the document's end; a person needs the quote that was opened.
    const open = [...walk(root)].findLast(
      (node) =>
        node.type === 'scalar' &&
        (node.style === 'single' || node.style === 'double') &&
        node.end >= text.trimEnd().length,
    );
    if (open)
      return {
        span: { start: open.start, end: firstLineEnd(text, open.start) },
        code: error.code,
        message: 'This quote is never closed.',
      };
  }
  const [from, to] = error.pos;
  const start = Math.min(from, text.length);
  const lineEnd = text.indexOf('\n', start);
  const limit = lineEnd < 0 ? text.length : lineEnd;
  const end = Math.max(Math.min(to, Math.max(limit, start)), Math.min(start + 1, text.length));
  return { span: { start, end }, code: error.code, message: messages[error.code] ?? error.message };
}

function firstLineEnd(text: string, start: number): number {
  const end = text.slice(start).search(/[\r\n]/);
  return end < 0 ? text.length : start + end;
}

const messages: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'A tab indents this line, and YAML allows spaces only: kubectl refuses the file. Indent with spaces.',
  BAD_INDENT:
    'This line is indented less or more than the map or list that it belongs to. Align it with its neighbours.',
  MISSING_CHAR: 'Something is missing here: a closing quote or bracket, or the space behind a colon.',
  MULTILINE_IMPLICIT_KEY: 'A key must stand on one line: a colon, a quote or the indentation above is amiss.',
  BLOCK_AS_IMPLICIT_KEY:
    'A map starts here on a line that already holds a value: a colon too many, or a line break is missing.',
  BAD_ALIAS: 'An alias needs a name behind the `*`; quote the value if it is meant as text.',
};
