import { type Node, nodeAt, resolveAlias, textAt } from '../syntax/tree.ts';
import type { Kustomization, Resource } from './facts.ts';
import { type PatchTarget, readTarget } from './patch-target.ts';
import { placeOf } from './paths.ts';

/** The file names that kustomize looks for; it needs neither apiVersion nor kind in them. */
export const isKustomizationFile = (uri: string): boolean =>
  /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(uri);

/** What a kustomization does to all of its resources; undefined for what is none. */
export function toKustomization(root: Node, { group, kind }: Resource, text: string): Kustomization | undefined {
  if (group !== 'kustomize.config.k8s.io') return undefined;
  return {
    isComponent: kind === 'Component',
    prefix: textAt(root, 'namePrefix') ?? '',
    suffix: textAt(root, 'nameSuffix') ?? '',
    namespace: textAt(root, 'namespace') ?? '',
    addsLabels: hasLabels(root),
    isOpen: openFields.some((field) => nodeAt(root, [field]) !== undefined),
    renames: /\/metadata\/name|allowNameChange|\$patch['"]?: *['"]?delete/.test(text.slice(root.start, root.end)),
  };
}

/** They bring resources, or rename them, in ways of their own. */
const openFields = ['generators', 'transformers', 'helmCharts', 'helmChartInflationGenerator'];

/**
 * A file whose resources a kustomization completes: they are patches (`merge`: of its resources, rather than of its
 * settings), or get labels for selectors and templates, or a namespace. A file that it merely lists is a resource, whatever else.
 */
export interface Completed {
  readonly uri: string;
  readonly by: 'patch' | 'labels' | 'namespace' | 'merge' | 'listing';
  /** What a patch is aimed at. */
  readonly target?: PatchTarget;
}

const patchFields = [
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'transformers',
  'configurations',
  'replacements',
];
const mergeFields = ['patches', 'patchesStrategicMerge', 'patchesJson6902'];
const resourceFields = ['resources', 'bases'];

/**
 * The files of a kustomization whose resources aren't whole by themselves: its patches, and its resources where it adds
 * labels (commonLabels, labels). Inline patches are text of the kustomization itself and not listed.
 */
export function completedFiles(root: Node | undefined, uri: string): readonly Completed[] {
  const addsLabels = hasLabels(root);
  const setsNamespace = nodeAt(root, ['namespace']) !== undefined;
  const placesIn = (field: string): readonly { readonly uri: string; readonly target?: PatchTarget }[] =>
    pathsIn(root, field)
      .map(({ path, target }) => ({ uri: placeOf(path, 'folder', uri), ...(target && { target }) }))
      .filter((place) => place.uri !== '');
  const patches = patchFields.flatMap(placesIn);
  const resources = resourceFields.flatMap(placesIn);
  return [
    ...patches.map((place): Completed => ({ uri: place.uri, by: 'patch' })),
    ...mergeFields.flatMap(placesIn).map((place): Completed => ({ ...place, by: 'merge' })),
    ...resources.map((place): Completed => ({ uri: place.uri, by: 'listing' })),
    ...(addsLabels ? resources : []).map((place): Completed => ({ uri: place.uri, by: 'labels' })),
    ...(setsNamespace ? resources : []).map((place): Completed => ({ uri: place.uri, by: 'namespace' })),
  ];
}

const hasLabels = (root: Node | undefined): boolean =>
  nodeAt(root, ['commonLabels']) !== undefined || nodeAt(root, ['labels']) !== undefined;

function pathsIn(
  root: Node | undefined,
  field: string,
): readonly { readonly path: string; readonly target: PatchTarget | undefined }[] {
  const list = resolveAlias(nodeAt(root, [field]));
  if (list?.type !== 'list') return [];
  return list.items.flatMap((item) => {
    const path = textAt(item) ?? textAt(item, 'path');
    return path === undefined || path.includes('\n') ? [] : [{ path, target: readTarget(item) }];
  });
}
