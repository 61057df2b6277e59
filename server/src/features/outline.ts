import type { Span } from '../base/span.ts';
import type { Document } from '../graph/document.ts';
import type { Workspace } from '../graph/workspace.ts';
import type { Facts } from '../model/facts.ts';
import { hitAt, type Node } from '../syntax/tree.ts';
import { type OutlineSort, outlined } from '../tables/outline.ts';
import { locate } from './shared/context.ts';
import { resourceTitle } from './shared/resource-title.ts';

/** A resource or a part of one, for an outline. Spans are the file's; `nameSpan` lies in `span`, children do, too. */
export interface OutlineSymbol {
  readonly name: string;
  /** What tells more: a namespace, a port's number. */
  readonly detail: string;
  readonly sort: 'resource' | OutlineSort;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly OutlineSymbol[];
}

/** The same before it is nested: spans count from the document's start. */
interface Entry {
  readonly name: string;
  detail: string;
  readonly sort: OutlineSymbol['sort'];
  readonly span: Span;
  readonly nameSpan: Span;
}

/** The resources of a file with their containers, ports, volumes and keys, by position. */
export function outline(workspace: Workspace, uri: string): readonly OutlineSymbol[] {
  return (workspace.file(uri)?.documents ?? []).flatMap((document) => {
    if (document.facts.length === 0) return [];
    return nest(
      document,
      document.withTree((root) =>
        entriesOf(
          document.facts.filter(({ inline }) => !inline),
          root,
        ),
      ),
    );
  });
}

function entriesOf(all: readonly Facts[], root: Node | undefined): readonly Entry[] {
  const entries = new Map<string, Entry>();
  const add = (entry: Entry, numeric: boolean): void => {
    const id = `${entry.sort} ${entry.span.start} ${entry.span.end}`;
    const known = entries.get(id);
    // A port's number tells more of its name.
    if (known && numeric) known.detail = entry.name;
    else if (known && known.detail === '' && /^\d+$/.test(known.name))
      entries.set(id, { ...entry, detail: known.name });
    else if (!known) entries.set(id, entry);
  };
  for (const { resource, definitions } of all) {
    const { kindSpan, nameSpan, namespace, span } = resource;
    const name = resourceTitle(resource);
    add({ name, detail: namespace, sort: 'resource', span, nameSpan: inside(span, nameSpan ?? kindSpan) }, false);
    for (const definition of definitions) {
      const sort = outlined[definition.symbol];
      if (sort === undefined || definition.name === '') continue;
      const around = itemAround(root, definition.span);
      // Behind an alias it stands in another resource's text.
      if (!contains(span, around)) continue;
      const nameIn = inside(around, definition.span);
      add({ name: definition.name, detail: '', sort, span: around, nameSpan: nameIn }, definition.numeric);
    }
  }
  return [...entries.values()].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

/** What a name is the name of: the pair whose key it is, the item that is the name itself, or the map that holds it. */
function itemAround(root: Node | undefined, name: Span): Span {
  const hit = hitAt(root, name.start);
  if (!hit) return name;
  if (hit.on === 'key' && hit.pair) return { start: hit.pair.key.start, end: hit.pair.value?.end ?? hit.pair.key.end };
  return typeof hit.path.at(-1) === 'number' ? (hit.node ?? name) : (hit.parents.at(-1) ?? name);
}

const contains = (outer: Span, inner: Span): boolean => inner.start >= outer.start && inner.end <= outer.end;
const inside = (outer: Span, inner: Span): Span =>
  contains(outer, inner) ? inner : { start: outer.start, end: outer.start };

/** Entries as a tree, by what contains what. */
function nest(document: Document, entries: readonly Entry[]): readonly OutlineSymbol[] {
  const roots: OutlineSymbol[] = [];
  const around: { readonly end: number; readonly children: OutlineSymbol[] }[] = [];
  for (const { name, detail, sort, span, nameSpan } of entries) {
    while (around.length > 0 && span.end > (around.at(-1)?.end ?? 0)) around.pop();
    const children: OutlineSymbol[] = [];
    const place = (within: Span): Span => locate(document, within).span;
    (around.at(-1)?.children ?? roots).push({
      ...{ name, detail, sort, children },
      ...{ span: place(span), nameSpan: place(nameSpan) },
    });
    around.push({ end: span.end, children });
  }
  return roots;
}
