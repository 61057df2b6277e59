import { type Node, nodeAt, resolveAlias, textAt } from '../syntax/tree.ts';

/** The file names that kustomize looks for; it needs neither apiVersion nor kind in them. */
export const isKustomizationFile = (uri: string): boolean =>
  /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(uri);

/**
 * The files that a kustomization applies as patches, as URIs: what is in them is only a part of a resource. Inline
 * patches are text of the kustomization itself and not listed.
 */
export function patchFiles(root: Node | undefined, uri: string): readonly string[] {
  const folder = uri.slice(0, uri.lastIndexOf('/') + 1);
  const paths: string[] = [];
  for (const field of [
    'patches',
    'patchesStrategicMerge',
    'patchesJson6902',
    'transformers',
    'configurations',
    'replacements',
  ]) {
    const list = resolveAlias(nodeAt(root, [field]));
    for (const item of list?.type === 'list' ? list.items : []) {
      const path = textAt(item) ?? textAt(item, 'path');
      if (path !== undefined && !path.includes('\n')) paths.push(path);
    }
  }
  return paths.map((path) => resolvePath(folder, path));
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
