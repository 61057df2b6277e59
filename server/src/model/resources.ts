import { type Span, toSpan } from '../base/span.ts';
import { type MapNode, type Node, nodeAt, type Path, resolveAlias, textAt } from '../syntax/tree.ts';
import { sharedKinds } from '../tables/patches.ts';
import type { Resource } from './facts.ts';
import { isLiteral, type PatchTarget } from './patch-target.ts';

/** What is patched, as its target says. */
export function resourceOf(target: PatchTarget, kind: string, apiVersion: string | undefined) {
  if (apiVersion === undefined) return undefined;
  const identity = { ...versionParts(apiVersion), kind };
  return {
    identity,
    isOne: isLiteral(target.group) || !sharedKinds.includes(kind),
    of: (path: Path, { start, end }: Span): Resource => ({
      ...identity,
      name: isLiteral(target.name) ? target.name : '',
      nameSpan: undefined,
      namespace: isLiteral(target.namespace) ? target.namespace : '',
      path,
      span: { start, end },
      kindSpan: { start, end },
      ignored: [],
    }),
  };
}

/** The maps in a document that may be resources: itself, and the items of a List. */
export function* resourceNodes(node: Node | undefined, path: Path): Generator<{ node: MapNode; path: Path }> {
  const map = resolveAlias(node);
  if (map?.type !== 'map') return;
  yield { node: map, path };
  if (path.length > 4 || !textAt(map, 'kind')?.endsWith('List')) return;
  const items = resolveAlias(nodeAt(map, ['items']));
  if (items?.type !== 'list') return;
  for (let i = 0; i < items.items.length; i++) yield* resourceNodes(items.items[i], [...path, 'items', i]);
}

/**
 * What a manifest says of the resource that it is; undefined without apiVersion and kind.
 *
 * @param path from the document's root
 * @param kustomization whether it may be a kustomization.yaml, which needs neither
 */
export function toResource(map: MapNode, path: Path, kustomization: boolean): Resource | undefined {
  const apiVersion = textAt(map, 'apiVersion') ?? (kustomization ? 'kustomize.config.k8s.io/v1beta1' : undefined);
  const written = resolveAlias(nodeAt(map, ['kind']));
  const implied = kustomization && !written ? map.pairs[0]?.key : undefined;
  const kindNode = written ?? implied;
  if (!apiVersion || kindNode?.type !== 'scalar' || kindNode.value === '') return undefined;
  const nameNode = resolveAlias(nodeAt(map, ['metadata', 'name']));
  const hasName = nameNode?.type === 'scalar' && nameNode.value !== '';
  return {
    ...versionParts(apiVersion),
    kind: implied ? 'Kustomization' : kindNode.value,
    name: hasName ? nameNode.value : '',
    nameSpan: hasName ? toSpan(nameNode) : undefined,
    namespace: textAt(map, 'metadata', 'namespace') ?? '',
    path,
    span: toSpan(map),
    kindSpan: toSpan(kindNode),
    ignored: (textAt(map, 'metadata', 'annotations', 'podwire.io/ignore') ?? '')
      .split(/[\s,]+/)
      .filter((code) => code !== ''),
  };
}

function versionParts(apiVersion: string): Pick<Resource, 'apiVersion' | 'group' | 'version'> {
  const slash = apiVersion.indexOf('/');
  return {
    apiVersion,
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: slash < 0 ? apiVersion : apiVersion.slice(slash + 1),
  };
}
