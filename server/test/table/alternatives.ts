import { type Span, shift } from '../../src/base/span.ts';
import { extractFacts } from '../../src/model/extract.ts';
import type { Resource, Use } from '../../src/model/facts.ts';
import { alternatives, kindRef, segmentsOf } from '../../src/model/trie.ts';
import { parseYaml } from '../../src/syntax/parse.ts';
import { splitDocuments } from '../../src/syntax/split.ts';
import { nodeAt, type Path, pairOf, resolveAlias } from '../../src/syntax/tree.ts';
import { podTemplates } from '../../src/tables/kinds.ts';
import type { Anchor, ReferenceRow } from '../../src/tables/row-types.ts';
import type { Fixture } from '../fixture.ts';
import { realModel } from '../schema/real-model.ts';

/** One of the paths that a row's anchors spell. */
export interface Alternative {
  readonly anchor: Anchor;
  readonly path: string;
  readonly segments: readonly string[];
}

export const alternativesOf = (row: ReferenceRow): Alternative[] =>
  row.at.flatMap((anchor) => {
    const pattern = 'pod' in anchor ? anchor.pod : 'kinds' in anchor ? anchor.path : anchor.everyKind;
    return alternatives(pattern).map((path) => ({ anchor, path, segments: segmentsOf(path) }));
  });

/** A token of a row in a fixture, or the first label of a selector. */
export interface Reached {
  readonly alternative: Alternative;
  readonly uri: string;
  /** In its file. */
  readonly span: Span;
  readonly document: Span;
  readonly resource: Resource;
  /** From the document's root to the place that the row's paths lead to, and how much of it stands before them. */
  readonly path: Path;
  readonly before: number;
  readonly use: Use | undefined;
}

export function reachedBy(row: ReferenceRow, { files }: Fixture): Reached[] {
  const result: Reached[] = [];
  const all = alternativesOf(row);
  for (const [uri, text] of files) {
    for (const document of splitDocuments(text)) {
      const own = text.slice(document.start, document.end);
      const isPatch = row.mode === 'name' && row.ofPatch === true;
      for (const facts of extractFacts(parseYaml(own).root, { uri, start: document.start }, own, isPatch)) {
        const uses = facts.uses.map((use) => ({ row: use.row, path: use.path, span: use.span, use }));
        const selectors = facts.selectors.map(({ row: of, path, pairs, span }) => ({
          row: of,
          path,
          span: pairs[0]?.valueSpan ?? span,
          use: undefined,
        }));
        for (const place of [...uses, ...selectors].filter((candidate) => candidate.row.id === row.id)) {
          const alternative = all.find((candidate) => stands(facts.resource, place.path, candidate));
          if (!alternative) continue;
          const { resource } = facts;
          const before = resource.path.length + (prefixOf(resource, alternative)?.length ?? 0);
          const path = [...resource.path, ...place.path];
          const span = shift(place.span, document.start);
          result.push({ alternative, uri, span, document, resource, path, before, use: place.use });
        }
      }
    }
  }
  return result;
}

function stands(resource: Resource, path: Path, { segments, ...alternative }: Alternative): boolean {
  const before = prefixOf(resource, alternative);
  if (!before || path.length !== before.length + segments.length) return false;
  return segments.every((segment, i) => {
    const step = path[before.length + i];
    return segment === '[]' ? typeof step === 'number' : segment === '*' || segment === step;
  });
}

/** What stands before an alternative's path in a resource; undefined for a kind that it doesn't concern. */
function prefixOf(resource: Resource, { anchor }: Pick<Alternative, 'anchor'>): readonly string[] | undefined {
  const kind = kindRef(resource.group, resource.kind);
  if ('everyKind' in anchor) return [];
  if ('kinds' in anchor) return anchor.kinds.includes(kind) ? [] : undefined;
  return podTemplates[kind] === undefined
    ? undefined
    : (podTemplates[kind] ?? '').split('.').filter((segment) => segment !== '');
}

/**
 * Fixtures with a row's token at an alternative that its own fixture leaves out: moved there by other keys on the way,
 * or in a manifest of its own.
 */
export function variants(fixture: Fixture, reached: readonly Reached[], wanted: Alternative): Fixture[] {
  const all = [moved, synthesized].flatMap((make) => reached.map((from) => make(fixture, from, wanted)));
  return all.filter((made) => made !== undefined);
}

function moved(fixture: Fixture, reached: Reached, wanted: Alternative): Fixture | undefined {
  const { segments } = reached.alternative;
  if (prefixOf(reached.resource, wanted) === undefined || wanted.segments.length !== segments.length) return undefined;
  const text = fixture.files.get(reached.uri) ?? '';
  const { start, end } = reached.document;
  const { root } = parseYaml(text.slice(start, end));
  const edits: { start: number; end: number; key: string }[] = [];
  for (const [i, segment] of wanted.segments.entries()) {
    const own = segments[i] ?? '';
    if (segment === own) continue;
    const at = reached.before + i;
    const holder = nodeAt(root, reached.path.slice(0, at));
    const key = pairOf(holder, own)?.key;
    if (!key || segment === '[]' || segment === '*') return undefined;
    const standing = pairOf(holder, segment)?.key;
    if (standing) edits.push({ start: standing.start, end: standing.end, key: own });
    edits.push({ start: key.start, end: key.end, key: segment });
  }
  let result = text;
  for (const edit of edits.sort((a, b) => b.start - a.start))
    result = result.slice(0, start + edit.start) + edit.key + result.slice(start + edit.end);
  return { files: new Map([...fixture.files, [reached.uri, result]]), cursor: undefined };
}

type Json = { [key: string]: Json } | Json[] | string;

/** A smallest manifest that has the token at the path, with what its row wants beside it. */
function synthesized(
  fixture: Fixture,
  { use, uri, document, path }: Reached,
  wanted: Alternative,
): Fixture | undefined {
  const { anchor, segments } = wanted;
  if (!use || 'everyKind' in anchor) return undefined;
  const { row } = use;
  const [group = '', kind = ''] = splitKind('kinds' in anchor ? (anchor.kinds[0] ?? '') : 'Pod');
  const known = realModel().named(kind);
  const apiVersion = known.find((info) => info.group === group)?.apiVersion ?? (group === '' ? 'v1' : `${group}/v1`);
  const root: Json = { apiVersion, kind, metadata: { name: 'variant', namespace: use.facts.resource.namespace } };
  const full = segments.map((segment) => (segment === '[]' ? 0 : segment === '*' ? 'config_url' : segment));
  const parent = (relative: string): (string | number)[] => {
    const steps: (string | number)[] = full.slice(0, -1);
    for (const step of relative.split('/')) {
      if (step === '..') steps.pop();
      else steps.push(step);
    }
    return steps;
  };
  const text = fixture.files.get(uri)?.slice(document.start, document.end) ?? '';
  const node = resolveAlias(nodeAt(parseYaml(text).root, path));
  put(root, full, node?.type === 'scalar' ? node.value : use.text);
  const owner = 'owner' in row && typeof row.owner === 'object' && 'name' in row.owner ? row.owner.name : undefined;
  const ownerPath = 'owner' in row && typeof row.owner === 'string' && row.mode === 'key' ? row.owner : owner;
  if (use.owner && ownerPath !== undefined && row.address === undefined) put(root, parent(ownerPath), use.owner.text);
  if ('kind' in row && row.kind !== undefined && use.kind !== undefined) put(root, parent(row.kind), use.kind);
  if (use.groups && row.group?.[0] !== undefined) put(root, parent(row.group[0]), use.groups[0] ?? '');
  if ('namespace' in row && row.namespace !== undefined) put(root, parent(row.namespace), use.namespace);
  let json = JSON.stringify(root, null, 2);
  // A port by its number.
  if (use.numeric) json = json.replace(`"${use.text}"`, use.text);
  return { files: new Map([...fixture.files, ['file:///w/variant.yaml', json]]), cursor: undefined };
}

const splitKind = (ref: string): [group: string, kind: string] => {
  const [kind = '', ...group] = ref.split('.');
  return [group.join('.'), kind];
};

function put(root: Json, path: readonly (string | number)[], value: string): void {
  let here = root;
  for (const [i, step] of path.entries()) {
    const next = path[i + 1];
    const inner: Json = next === undefined ? value : typeof next === 'number' ? [] : {};
    if (Array.isArray(here)) here = here[Number(step)] ??= inner;
    else if (typeof here === 'object') here = here[step] ??= inner;
  }
}
