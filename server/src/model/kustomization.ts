import { type Node, nodeAt, resolveAlias, textAt } from '../syntax/tree.ts';
import type { Kustomization, Resource } from './facts.ts';
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
  const placesIn = (field: string): string[] =>
    pathsIn(root, field)
      .map((path) => placeOf(path, 'folder', uri))
      .filter((place) => place !== '');
  const patches = patchFields.flatMap(placesIn);
  const resources = resourceFields.flatMap(placesIn);
  return [
    ...patches.map((path): Completed => ({ uri: path, by: 'patch' })),
    ...mergeFields.flatMap(placesIn).map((path): Completed => ({ uri: path, by: 'merge' })),
    ...resources.map((path): Completed => ({ uri: path, by: 'listing' })),
    ...(addsLabels ? resources : []).map((path): Completed => ({ uri: path, by: 'labels' })),
    ...(setsNamespace ? resources : []).map((path): Completed => ({ uri: path, by: 'namespace' })),
  ];
}

const hasLabels = (root: Node | undefined): boolean =>
  nodeAt(root, ['commonLabels']) !== undefined || nodeAt(root, ['labels']) !== undefined;

function pathsIn(root: Node | undefined, field: string): string[] {
  const list = resolveAlias(nodeAt(root, [field]));
  const paths = list?.type === 'list' ? list.items.map((item) => textAt(item) ?? textAt(item, 'path')) : [];
  return paths.filter((path): path is string => path !== undefined && !path.includes('\n'));
}
