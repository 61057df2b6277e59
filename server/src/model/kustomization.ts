import { type Node, nodeAt, resolveAlias, textAt } from '../syntax/tree.ts';

/** The file names that kustomize looks for; it needs neither apiVersion nor kind in them. */
export const isKustomizationFile = (uri: string): boolean =>
  /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(uri);

/** A file whose resources a kustomization completes: with what it patches, or with labels for selectors and templates. */
export interface Completed {
  readonly uri: string;
  readonly by: 'patch' | 'labels';
}

const patchFields = [
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'transformers',
  'configurations',
  'replacements',
];
const resourceFields = ['resources', 'bases'];

/**
 * The files of a kustomization whose resources aren't whole by themselves: its patches, and its resources where it adds
 * labels (commonLabels, labels). Inline patches are text of the kustomization itself and not listed.
 */
export function completedFiles(root: Node | undefined, uri: string): readonly Completed[] {
  const addsLabels = nodeAt(root, ['commonLabels']) !== undefined || nodeAt(root, ['labels']) !== undefined;
  const patches = patchFields.flatMap((field) => pathsIn(root, field));
  const resources = addsLabels ? resourceFields.flatMap((field) => pathsIn(root, field)) : [];
  const folder = uri.slice(0, uri.lastIndexOf('/') + 1);
  return [
    ...patches.map((path): Completed => ({ uri: resolvePath(folder, path), by: 'patch' })),
    ...resources.map((path): Completed => ({ uri: resolvePath(folder, path), by: 'labels' })),
  ];
}

function pathsIn(root: Node | undefined, field: string): string[] {
  const list = resolveAlias(nodeAt(root, [field]));
  const paths = list?.type === 'list' ? list.items.map((item) => textAt(item) ?? textAt(item, 'path')) : [];
  return paths.filter((path): path is string => path !== undefined && !path.includes('\n'));
}

/** A relative path from a folder's URI; percent-encoding as in the folder is not attempted for plain names. */
function resolvePath(folder: string, path: string): string {
  const segments = folder.split('/').slice(0, -1);
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(encodeURIComponent(segment).replaceAll('%2C', ','));
  }
  return segments.join('/');
}
