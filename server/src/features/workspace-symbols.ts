import type { Location } from '../base/location.ts';
import type { Workspace } from '../graph/workspace.ts';
import type { Facts } from '../model/facts.ts';
import { type OutlineSort, outlined } from '../tables/outline.ts';
import { locate } from './shared/context.ts';
import { resourceTitle } from './shared/resource-title.ts';

/** A resource or a part of one, found by its name. */
export interface WorkspaceSymbol {
  readonly name: string;
  /** For a part, the resource that it is a part of; for a resource, its namespace. */
  readonly container: string;
  readonly sort: 'resource' | OutlineSort;
  readonly location: Location;
}

/** More than anybody reads: the editor asks again with every letter. */
const limit = 500;

/**
 * Resources and their parts whose names have the query's letters in this order, best first. Resources are found by
 * `kind/name`, too. An empty query finds all resources.
 */
export function workspaceSymbols(workspace: Workspace, query: string): readonly WorkspaceSymbol[] {
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  const found: { readonly rank: number; readonly symbol: WorkspaceSymbol }[] = [];
  for (const uri of workspace.uris())
    for (const { facts: all } of workspace.file(uri)?.documents ?? [])
      for (const facts of all) found.push(...matchesIn(facts, wanted));
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ symbol }) => symbol);
}

function* matchesIn(facts: Facts, wanted: string): Generator<{ rank: number; symbol: WorkspaceSymbol }> {
  const { resource, document, definitions } = facts;
  const { name, namespace, nameSpan, kindSpan } = resource;
  const title = resourceTitle(resource);
  const rank = Math.min(rankOf(name, wanted), rankOf(title, wanted));
  if (rank < none) {
    const location = locate(document, nameSpan ?? kindSpan);
    yield { rank, symbol: { name: title, container: namespace, sort: 'resource', location } };
  }
  if (wanted === '') return;
  for (const definition of definitions) {
    const sort = outlined[definition.symbol];
    // A bare number is no name to look for.
    if (sort === undefined || definition.name === '' || definition.numeric) continue;
    const ownRank = rankOf(definition.name, wanted);
    if (ownRank === none) continue;
    const location = locate(definition.facts.document, definition.span);
    yield { rank: ownRank + 0.5, symbol: { name: definition.name, container: title, sort, location } };
  }
}

const none = 9;

/** 0 for the name itself, then its beginning, a part of it, its letters here and there; `none` for no match. */
function rankOf(name: string, wanted: string): number {
  const text = name.toLowerCase();
  if (text === wanted) return 0;
  if (text.startsWith(wanted)) return 1;
  if (text.includes(wanted)) return 2;
  let at = 0;
  for (const letter of wanted) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return none;
  }
  return 3;
}
