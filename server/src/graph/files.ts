import { baseName, folderOf } from '../base/uri-path.ts';
import type { Definition, Facts, Resource } from '../model/facts.ts';
import { isKustomizationFile } from '../model/kustomization.ts';
import { Document } from './document.ts';

// Files and folders are in the index like everything that is named: as definitions, whose name is the URI.

const nothing = { start: 0, end: 0 };

/** A file that was read; with it, the folder that it makes a kustomization. */
export const fileFacts = (uri: string): Facts =>
  factsOf(uri, 'File', 'listed', isKustomizationFile(uri) ? [uri, folderOf(uri)] : [uri]);

/** A folder with files in or under it. */
export const folderFacts = (uri: string): Facts => factsOf(uri, 'Folder', 'listed', [uri]);

/** A file or folder of which the host knows no more than that it is there. */
export const unreadFacts = (uri: string): Facts => factsOf(uri, 'Unread', 'unknown', [uri]);

/** A folder of which everything is known: what the host didn't tell of isn't there. Its name ends in a slash. */
export const walkedFacts = (uri: string): Facts =>
  factsOf(uri, 'Walked', 'unknown', [uri.endsWith('/') ? uri : `${uri}/`]);

/** What stands at a place. */
export function sortOfPlace({ name, facts }: Definition): 'file' | 'kustomization' | 'folder' | 'unread' {
  if (facts.resource.kind === 'Folder') return 'folder';
  if (facts.resource.kind !== 'File') return 'unread';
  return name === facts.document.uri ? 'file' : 'kustomization';
}

/** The files in and under a folder, sorted. */
export function filesUnder(workspace: { uris(): readonly string[] }, folder: string): readonly string[] {
  const all = workspace.uris();
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle] ?? '') < `${folder}/`) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < all.length && all[end]?.startsWith(`${folder}/`)) end++;
  return all.slice(low, end);
}

function factsOf(uri: string, kind: string, members: Definition['members'], names: readonly string[]): Facts {
  const definitions: Definition[] = [];
  const facts: Facts = {
    document: new Document(uri, '', 0, undefined),
    resource: resourceOf(uri, kind),
    definitions,
    uses: [],
    labelSets: [],
    selectors: [],
    templates: [],
    sought: [],
    containers: [],
    notes: new Map(),
    isPatch: false,
    inline: undefined,
    kustomization: undefined,
  };
  for (const name of names) {
    const at = { span: nothing, numeric: false, pod: undefined, container: undefined, part: undefined, made: false };
    definitions.push({ symbol: 'file', name, ...at, members, facts });
  }
  return facts;
}

const resourceOf = (uri: string, kind: string): Resource => ({
  apiVersion: '',
  group: '',
  version: '',
  kind,
  name: baseName(uri),
  nameSpan: undefined,
  namespace: '',
  path: [],
  span: nothing,
  kindSpan: nothing,
  ignored: [],
});
