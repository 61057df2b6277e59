import { folderOf, foldersAround, isInFolder, relativePath } from '../base/uri-path.ts';
import type { Definition, Use } from '../model/facts.ts';
import { mayBeRemote } from '../model/paths.ts';
import type { PathReference } from '../tables/row-types.ts';
import { sortOfPlace } from './files.ts';
import type { Index } from './index.ts';

/** A use whose row is about paths. */
export type PathUse = Use & { readonly row: PathReference };

export const isPathUse = (use: Use): use is PathUse => use.row.mode === 'path';

/** What can be found of a path: the definitions there, that nothing is there for certain, or neither. */
export type PathAnswer = readonly Definition[] | 'missing' | 'unknown';

/** What a path leads to, by its row. */
export function resolvePathUse(index: Index, use: PathUse): PathAnswer {
  const place = placeIn(index, use);
  if (place === undefined) return 'unknown';
  const here = index.definitions('file', place, undefined);
  const found = fitting(use.row, here);
  if (found.length > 0) return found;
  if (here.some((definition) => sortOfPlace(definition) === 'unread') || mayBeRemote(use.text)) return 'unknown';
  // Of other files only the host knows whether they are there.
  if (here.length === 0 && !isManifestPath(use) && use.row.brings === undefined) return 'unknown';
  return isProvenAbsent(index, place) ? 'missing' : 'unknown';
}

/** Whether the host would know what a path leads to: a YAML file, or a folder. */
export const isManifestPath = ({ text, row }: PathUse): boolean =>
  /\.ya?ml$/i.test(text) || (row.leadsTo !== 'file' && /(?:^|\/)(?:[^./]*|\.\.?)\/?$/.test(text));

/** The files and folders that could stand in a path's place, by their URIs. */
export function placesFor(index: Index, use: PathUse): readonly Definition[] {
  const own = use.facts.document.uri;
  const root = use.row.from === 'repository' ? repositoryRoot(index, own) : undefined;
  if (use.row.from === 'repository' && root === undefined) return [];
  const isSensible = (definition: Definition): boolean => {
    if (root !== undefined) return isInFolder(definition.name, root) && definition.name !== root;
    // kustomize reads no file from outside of the kustomization's folder, and no folder that holds it.
    if (sortOfPlace(definition) === 'file')
      return definition.name !== own && (use.text.startsWith('..') || isInFolder(definition.name, folderOf(own)));
    return !isInFolder(own, definition.name);
  };
  return fitting(use.row, index.objects('file', undefined)).filter(isSensible);
}

/** A place as the path that would stand for it in a use's stead. */
export function pathTo(index: Index, use: PathUse, place: string): string {
  const { uri } = use.facts.document;
  const { from, lead } = use.row;
  const start = from === 'folder' ? folderOf(uri) : (repositoryRoot(index, uri) ?? folderOf(uri));
  const path = relativePath(start, place);
  const isDotted = use.text.startsWith('./') || (lead === './' && !use.text.includes('/'));
  return isDotted && !path.startsWith('.') ? `./${path}` : path;
}

/** The names under which the index knows the uses of a place: its URI, and its way from the root of its repository. */
export function namesOfPlace(index: Index, place: string): readonly string[] {
  const root = repositoryRoot(index, place);
  return root === undefined || place === root ? [place] : [place, place.slice(root.length)];
}

/** The URI that a path leads to; undefined where that can't be known. */
function placeIn(index: Index, { name, row, facts }: PathUse): string | undefined {
  if (name === '') return undefined;
  if (row.from === 'folder') return name;
  const root = repositoryRoot(index, facts.document.uri);
  return root === undefined ? undefined : root + name;
}

/** The folder around a file that is a repository's root, as far as can be seen: with a `.git`, or all that is open. */
function repositoryRoot(index: Index, uri: string): string | undefined {
  for (const folder of foldersAround(uri)) {
    if (index.definitions('file', `${folder}/.git`, undefined).length > 0) return folder;
    if (index.definitions('file', `${folder}/`, undefined).length > 0) return folder;
  }
  return undefined;
}

/** Whether the host has told of everything around a place, and not of this. */
function isProvenAbsent(index: Index, place: string): boolean {
  const isUnread = (uri: string): boolean =>
    index.definitions('file', uri, undefined).some((definition) => sortOfPlace(definition) === 'unread');
  for (const name of ['kustomization.yaml', 'kustomization.yml', 'Kustomization'])
    if (isUnread(`${place}/${name}`)) return false;
  for (const folder of foldersAround(place)) {
    if (isUnread(folder)) return false;
    if (index.definitions('file', `${folder}/`, undefined).length > 0) return true;
  }
  return false;
}

function fitting({ leadsTo }: PathReference, places: readonly Definition[]): readonly Definition[] {
  const wanted = places.filter((place) => {
    const sort = sortOfPlace(place);
    if (leadsTo === 'manifests') return sort === 'file' || sort === 'kustomization';
    return leadsTo === 'folder' ? sort === 'kustomization' || sort === 'folder' : sort === leadsTo;
  });
  if (leadsTo !== 'folder') return wanted;
  // A folder that is a kustomization is that, first of all.
  const kustomizations = new Set(
    wanted.filter((place) => sortOfPlace(place) === 'kustomization').map(({ name }) => name),
  );
  return wanted.filter((place) => sortOfPlace(place) === 'kustomization' || !kustomizations.has(place.name));
}
