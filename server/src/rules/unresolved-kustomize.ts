import { nearest, suggestions } from '../base/edit-distance.ts';
import type { Index } from '../graph/index.ts';
import { isManifestPath, isPathUse } from '../graph/paths.ts';
import { candidates, resolveUse, textFor } from '../graph/resolve.ts';
import type { Definition, Use } from '../model/facts.ts';
import type { FileSymbol, KustomizedSymbol } from '../tables/row-types.ts';
import { say } from './message.ts';
import type { Finding } from './rule.ts';
import { rename } from './unresolved-fixes.ts';
import { didYouMean, didYouMeanOneOf, listOf, placeOf } from './wording.ts';

/** A path that leads to nothing, where all that is there is known. */
export function missingFile(index: Index, use: Use, symbol: FileSymbol): Finding | undefined {
  const places = new Map(candidates(index, use).map((place) => [textFor(index, use, place), place]));
  const name = lastPart(use.text);
  const near = nearest(trimmed(use.text), places.keys());
  // What has the same name and lies elsewhere has been moved.
  const moved = [...places.keys()].filter((path) => lastPart(path) === name && !near.includes(path));
  // Of what may be no YAML file at all, only a slip is known not to be there.
  if (near.length === 0 && isPathUse(use) && !isManifestPath(use)) return undefined;
  if (use.row.quiet && !near.some((path) => differsByLetters(trimmed(use.text), path))) return undefined;
  const offered = [...near, ...moved].slice(0, 3);
  // Resources are written by other tools sometimes, before kustomize runs.
  const mayBeMade = bringsResources(use) && offered.length === 0;
  // A kustomization of nothing that is here has just been begun, or is fed as a whole.
  const isAlone = mayBeMade && !use.facts.uses.some((other) => bringsResources(other) && leadsSomewhere(index, other));
  const consequence = mayBeMade
    ? '`kustomize build` fails, unless something writes it there before.'
    : (use.row.consequence ?? symbol.consequence);
  const what = use.row.mode === 'path' && use.row.from === 'repository' ? 'in this repository' : 'here';
  return {
    span: use.span,
    ...(isAlone ? { severity: 'hint' as const } : use.row.quiet || mayBeMade ? { severity: 'warning' as const } : {}),
    message: `There is no "${use.text}" ${what}${folderText(use)}.${didYouMean(offered)} ${consequence}`,
    related: offered.slice(0, 1).flatMap((path) => {
      const place = places.get(path);
      return place ? [{ document: place.facts.document, span: place.span, message: `"${path}" is here` }] : [];
    }),
    fixes: () => rename(use, offered, near.length > 0 || moved.length === 1),
  };
}

const bringsResources = ({ row }: Use): boolean => row.mode === 'path' && row.brings === 'resources';

const leadsSomewhere = (index: Index, use: Use): boolean => resolveUse(index, use).status === 'resolved';

/** What a folder lacks to be a part of a kustomization. */
const folderText = (use: Use): string =>
  use.row.mode === 'path' && use.row.leadsTo !== 'file' && use.row.from === 'folder' && !/\.\w+$/.test(use.text)
    ? ': neither a file nor a folder with a kustomization.yaml'
    : '';

const lastPart = (path: string): string => trimmed(path).split('/').at(-1) ?? '';

const trimmed = (path: string): string => path.replace(/\/+$/, '');

/** `staging1` and `staging2` are two things, whatever their names have in common. */
const differsByLetters = (a: string, b: string): boolean => a.replace(/\d+/g, '') !== b.replace(/\d+/g, '');

/** What a kustomization is to change, and does not have. */
export function missingInKustomization(index: Index, use: Use, symbol: KustomizedSymbol): Finding | undefined {
  const { row } = use;
  if (row.mode !== 'name') return undefined;
  const known = candidates(index, use);
  const names = known.map(({ name }) => name);
  const near = nearest(use.text, names);
  if (row.quiet && near.length === 0) return undefined;
  const kind = row.ofPatch ? use.facts.resource.kind : use.kind;
  const noun = kind === undefined || kind === '' || row.pattern === true ? symbol.noun : kind;
  const offered = suggestions(use.text, names);
  const has = near.length > 0 || names.length === 0 ? '' : ` It has ${listOf(names.map((name) => `"${name}"`))}.`;
  const whose = row.ofPatch ? 'The kustomization that applies this patch' : 'This kustomization';
  return {
    span: use.span,
    ...(row.proof === 'weak' ? { severity: 'warning' as const } : {}),
    message: say`${whose} has no ${noun} "${use.text}" to change.${didYouMeanOneOf(offered, known)}${has} ${row.consequence ?? symbol.consequence}`,
    related: known
      .filter(({ name }) => name === offered[0])
      .slice(0, 1)
      .map(relatedTo),
    fixes: () => rename(use, offered.length > 0 ? offered : names.slice(0, 3), near.length > 0),
  };
}

const relatedTo = (definition: Definition) => ({ ...placeOf(definition), message: `"${definition.name}" is here` });
