import type { TextEdit } from '../../base/text-edit.ts';
import type { Facts } from '../../model/facts.ts';
import { type KindInfo, type Schema, schemaAt } from '../../schema/api-model.ts';
import { columnAt, insertAt, type Layout, layoutOf } from '../../syntax/edit.ts';
import type { HalfTyped } from '../../syntax/half-typed.ts';
import { parseYaml } from '../../syntax/parse.ts';
import { type Node, nodeAt, type Path, resolveAlias, textAt } from '../../syntax/tree.ts';
import { type Snippet, type SnippetPiece, snippets } from '../../tables/snippets.ts';
import type { FeatureContext } from '../shared/context.ts';
import { contentOf } from './content.ts';
import type { Offer } from './item.ts';
import { type NamePlace, type NameSource, withNames } from './snippet-names.ts';
import { defaultsOf, expanded, frozen, type Level, laidOut, levelsOf, withName } from './snippet-text.ts';

/** The snippet that stands for a kind, if there is one: whole documents, laid out. */
export function kindSnippet(source: NameSource, kind: string, layout: Layout): string | undefined {
  const snippet = documents.find((candidate) => candidate.kind === kind);
  return snippet && documentText(source, snippet, layout);
}

/** For an empty document: every snippet that is made of whole documents. */
export function documentSnippets(source: NameSource, layout: Layout): Offer[] {
  return documents.map((snippet) => ({ ...offerOf(snippet), newText: documentText(source, snippet, layout) }));
}

/** The snippets that are whole documents. */
export const documents: readonly Snippet[] = snippets.filter(({ pieces }) =>
  pieces.every((piece) => piece.in === 'document'),
);

/** A snippet of whole documents as it is inserted. */
export function documentText(source: NameSource, snippet: Snippet, layout: Layout): string {
  const place: NamePlace = { namespace: undefined, container: undefined };
  const named = withNames(source, snippet, place);
  return named
    .map(({ body }) => laidOut(body, layout, 0).join(layout.newline))
    .join(`${layout.newline}---${layout.newline}`);
}

/** What a snippet inserts, as YAML, with its defaults. */
export function previewOf({ pieces }: Snippet): string {
  const defaults = defaultsOf(pieces.flatMap(({ body }) => body));
  return pieces.map(({ body }) => expanded(body, defaults).join('\n')).join('\n---\n');
}

const offerOf = (snippet: Snippet): Omit<Offer, 'newText'> => ({
  label: snippet.prefix,
  kind: 'snippet',
  detail: snippet.title,
  documentation: `${snippet.description}\n\n\`\`\`yaml\n${previewOf(snippet)}\n\`\`\``,
  sortText: `5${snippet.prefix}`,
});

/** Where in a resource the cursor is. */
interface Place {
  readonly path: Path;
  readonly facts: Facts;
  readonly kind: KindInfo;
  readonly typed: HalfTyped;
  /** The keys that are there already. */
  readonly present: ReadonlySet<string>;
}

/** The parts that fit where a key, or an item of a list, is being typed. */
export function partSnippets(context: FeatureContext, place: Place): Offer[] {
  const { typed } = place;
  if (typed.on !== 'key' || typed.hasColon || typed.quote !== '' || typed.map?.flow === true) return [];
  const offers: Offer[] = [];
  const here = cursorIn(place);
  // One for all that fit: a parse costs more than everything else here.
  let known: Untyped | undefined;
  const untyped = (): Untyped => {
    known ??= withoutTyped(context, typed);
    return known;
  };
  for (const snippet of snippets) {
    for (const piece of snippet.pieces) {
      const fit = fitOf(piece, place, here);
      const made = fit && insertion(context, snippet, piece, fit, place, untyped);
      if (!made) continue;
      offers.push({ ...offerOf(snippet), ...made });
      break;
    }
  }
  return offers;
}

/** A document without what is being typed, at the same offsets. */
interface Untyped {
  readonly text: string;
  readonly root: Node | undefined;
  readonly layout: Layout;
}

function withoutTyped({ document }: FeatureContext, { replace: { start, end } }: HalfTyped): Untyped {
  const text = document.text.slice(0, start) + ' '.repeat(end - start) + document.text.slice(end);
  const root = start === end ? document.parsed.root : parseYaml(text).root;
  return { text, root, layout: layoutOf(text, root) };
}

/** The collection that the cursor is in, and whether a dash stands there already. */
interface Cursor {
  readonly path: Path;
  readonly list: boolean;
  readonly dashed: boolean;
}

function cursorIn({ path, kind, present }: Place): readonly Cursor[] {
  const result: Cursor[] = [];
  const schema = schemaAt(kind.schema, path);
  if (schema?.type === 'object') result.push({ path, list: false, dashed: false });
  if (schema?.type === 'list') result.push({ path, list: true, dashed: false });
  if (typeof path.at(-1) === 'number' && present.size === 0)
    result.push({ path: path.slice(0, -1), list: true, dashed: true });
  return result;
}

interface Fit {
  readonly level: Level;
  readonly cursor: Cursor;
}

const levels = new WeakMap<SnippetPiece, readonly Level[]>();

function levelsOfPiece(piece: SnippetPiece): readonly Level[] {
  let known = levels.get(piece);
  if (!known) {
    known = levelsOf(piece.body);
    levels.set(piece, known);
  }
  return known;
}

function fitOf(piece: SnippetPiece, { kind, present }: Place, cursors: readonly Cursor[]): Fit | undefined {
  if (piece.in === 'document') return undefined;
  for (const cursor of cursors) {
    for (const level of levelsOfPiece(piece)) {
      if ((level.keys === undefined) !== cursor.list) continue;
      if (level.keys?.some((key) => present.has(key))) continue;
      const depth = cursor.path.length - level.path.length;
      if (depth < 0 || level.path.some((key, i) => cursor.path[depth + i] !== key)) continue;
      if (isObject(schemaAt(kind.schema, cursor.path.slice(0, depth)), piece.in)) return { level, cursor };
    }
  }
  return undefined;
}

const isObject = (schema: Schema | undefined, name: string): boolean =>
  schema?.type === 'object' && schema.name === name;

/** The text for the cursor and the edits elsewhere; undefined where some piece has no place. */
function insertion(
  context: FeatureContext,
  snippet: Snippet,
  main: SnippetPiece,
  fit: Fit,
  place: Place,
  untyped: () => Untyped,
): Pick<Offer, 'newText' | 'also'> | undefined {
  const { facts, typed } = place;
  const { document } = context;
  const { text, root, layout } = untyped();
  const { start, end } = typed.replace;
  const targets = snippet.pieces.map((piece) => (piece === main ? undefined : targetOf(piece, place, root)));
  if (snippet.pieces.some((piece, i) => piece !== main && piece.in !== 'document' && !targets[i])) return undefined;
  const container = containerAround(place);
  let bodies: readonly (readonly string[])[] = withNames(
    { index: context.workspace.index, uri: document.uri },
    snippet,
    {
      namespace: facts.resource.namespace,
      container: container && nodeAt(root, [...facts.resource.path, ...container]),
    },
  ).map(({ body }) => body);
  bodies = withFreeNames(snippet, bodies, (piece, i) => {
    const list = piece === main ? listAt(fit, place) : targets[i] && [...targets[i], listKey(piece)];
    return list && nodeAt(root, [...facts.resource.path, ...list]);
  });
  const mainIndex = snippet.pieces.indexOf(main);
  const elsewhere = snippet.pieces.flatMap((piece, i) => (i === mainIndex ? [] : [{ piece, i }]));
  const column = columnAt(document.text, start);
  const own = levelsOf(bodies[mainIndex] ?? []).find(({ path }) => path.length === fit.level.path.length);
  if (!own) return undefined;
  const also: TextEdit[] = [];
  const appended: string[] = [];
  const settled = new Map<string, string>();
  for (const { piece, i } of elsewhere) {
    const body = bodies[i] ?? [];
    const path = targets[i];
    const encloses = path === undefined || path.every((segment, at) => place.path[at] === segment);
    const atEnd = encloses ? isAtEnd(text, root, path && [...facts.resource.path, ...path], piece, start) : undefined;
    if (atEnd !== undefined) {
      const separator = piece.in === 'document' ? ['---'] : [];
      const [first = '', ...rest] = laidOut(body, layout, atEnd);
      appended.push(...separator, ' '.repeat(atEnd) + first, ...rest);
      continue;
    }
    const defaults = defaultsOf(bodies.flat());
    for (const number of defaultsOf(body).keys()) settled.set(number, defaults.get(number) ?? '');
    const lines = expanded(body, defaults);
    const edit = path
      ? insertPart(text, root, [...facts.resource.path, ...path], lines)
      : insertDocument(text, laidOut(lines, layout, 0), layout);
    if (!edit || (edit.span.start <= end && edit.span.end >= start)) return undefined;
    also.push(edit);
  }
  const lines = laidOut(fit.cursor.dashed ? dashless(own.lines) : own.lines, layout, column);
  const all = frozen([...lines, ...appended], settled);
  const newText = withFinalStop(all, lines.length).join(layout.newline);
  return { newText, also };
}

/** An item whose dash is there already: its keys, and no more than that item. */
const dashless = (lines: readonly string[]): string[] => lines.map((line) => line.slice(2));

/** Lines that are appended have no final tab stop of their own: what the main piece had stays there. */
function withFinalStop(lines: readonly string[], main: number): string[] {
  if (lines.length === main) return [...lines];
  const cut = lines.map((line) => line.replace(/(?<!\\)\$0$/, ''));
  return cut.map((line, i) => (i === cut.length - 1 ? `${line}$0` : line));
}

/** The first key of a piece. */
const listKey = (piece: SnippetPiece): string => levelsOfPiece(piece)[0]?.keys?.[0] ?? '';

const listAt = ({ cursor }: Fit, { typed }: Place): Path | undefined =>
  cursor.list && typed.on === 'key' ? cursor.path : undefined;

/** The object that another piece of a snippet belongs to: around the cursor, or the pod's first container. */
function targetOf(piece: SnippetPiece, place: Place, root: Node | undefined): Path | undefined {
  if (piece.in === 'document') return undefined;
  const around = objectAround(place, piece.in);
  if (around) return around;
  const pod = piece.in === 'Container' ? objectAround(place, 'PodSpec') : undefined;
  if (!pod) return undefined;
  const first = [...pod, 'containers', 0];
  return resolveAlias(nodeAt(root, [...place.facts.resource.path, ...first]))?.type === 'map' ? first : undefined;
}

/** The path of the innermost object of that name that the cursor is in. */
function objectAround({ path, kind }: Place, name: string): Path | undefined {
  for (let length = path.length; length >= 0; length--) {
    const part = path.slice(0, length);
    if (isObject(schemaAt(kind.schema, part), name)) return part;
  }
  return undefined;
}

const containerAround = (place: Place): Path | undefined => objectAround(place, 'Container');

/** Names of new items that the list doesn't have yet, the same in all pieces. */
function withFreeNames(
  snippet: Snippet,
  bodies: readonly (readonly string[])[],
  listOf: (piece: SnippetPiece, index: number) => Node | undefined,
): string[][] {
  let result = bodies.map((body) => [...body]);
  snippet.pieces.forEach((piece, i) => {
    const list = resolveAlias(listOf(piece, i));
    if (list?.type !== 'list') return;
    const named = /^\s*- name: \$\{(\d+)[:|]/.exec(piece.body.find((line) => /^\s*- /.test(line)) ?? '');
    const number = named?.[1];
    if (number === undefined) return;
    const taken = new Set(list.items.map((item) => textAt(item, 'name')));
    const wanted = defaultsOf(result.flat()).get(number) ?? '';
    let free = wanted;
    for (let n = 2; taken.has(free); n++) free = `${wanted}-${n}`;
    if (free !== wanted) result = result.map((body) => withName(body, number, free));
  });
  return result;
}

/**
 * The column at which a piece can be appended to what is inserted at the cursor, so that its tab stops are linked:
 * where nothing of its object comes behind the cursor, and it has no such key yet.
 */
function isAtEnd(
  text: string,
  root: Node | undefined,
  path: Path | undefined,
  piece: SnippetPiece,
  cursor: number,
): number | undefined {
  if (/^[^\n]*\S/.test(text.slice(cursor))) return undefined;
  if (piece.in === 'document') return /\S/.test(text.slice(cursor)) ? undefined : 0;
  const target = resolveAlias(nodeAt(root, path ?? []));
  if (target?.type !== 'map' || target.flow) return undefined;
  const last = target.pairs.at(-1);
  if (!last || last.key.end > cursor || text.slice(cursor, target.end).trim() !== '') return undefined;
  if (target.pairs.some(({ key }) => levelsOfPiece(piece)[0]?.keys?.includes(key.value))) return undefined;
  return columnAt(text, target.start);
}

/** Adds the keys of a piece to its object, or its items to the list that is there. */
function insertPart(text: string, root: Node | undefined, path: Path, lines: readonly string[]): TextEdit | undefined {
  const source = lines.join('\n');
  const body = parseYaml(source).root;
  const pair = body?.type === 'map' ? body.pairs[0] : undefined;
  if (!pair) return undefined;
  const value = contentOf(pair.value, source);
  const there = nodeAt(root, [...path, pair.key.value]);
  if (there && Array.isArray(value))
    return insertAt(text, root, [...path, pair.key.value], { item: value[0] as (typeof value)[number] });
  return insertAt(text, root, path, { entry: [pair.key.value, value] });
}

/** Behind everything else of the document. */
function insertDocument(text: string, lines: readonly string[], layout: Layout): TextEdit {
  const end = text.trimEnd().length;
  const body = ['---', ...lines].join(layout.newline);
  return { span: { start: end, end }, newText: layout.newline + body };
}
