import { kustomizations } from './places.ts';
import type { KindRef } from './row-types.ts';

/** A list of patches as kustomize takes them. */
export interface PatchList {
  readonly kinds: readonly KindRef[];
  /** Where its items are, in the tables' form of paths. */
  readonly path: string;
  /** The field of an item that is the patch; undefined where the item itself is. */
  readonly patch: 'patch' | undefined;
}

/** Where `source.kustomize` of Argo CD's applications stands. */
const applications = [
  { kinds: ['Application.argoproj.io'], path: 'spec.(source|sources[])' },
  { kinds: ['ApplicationSet.argoproj.io'], path: 'spec.template.spec.(source|sources[])' },
] as const;

/** What carries patches in its own text, and where. */
export const patchLists: readonly PatchList[] = [
  { kinds: kustomizations, path: '(patches|patchesJson6902)[]', patch: 'patch' },
  { kinds: kustomizations, path: 'patchesStrategicMerge[]', patch: undefined },
  { kinds: ['Kustomization.kustomize.toolkit.fluxcd.io'], path: 'spec.(patches|patchesJson6902)[]', patch: 'patch' },
  { kinds: ['Kustomization.kustomize.toolkit.fluxcd.io'], path: 'spec.patchesStrategicMerge[]', patch: undefined },
  {
    kinds: ['HelmRelease.helm.toolkit.fluxcd.io'],
    path: 'spec.postRenderers[].kustomize.(patches|patchesJson6902)[]',
    patch: 'patch',
  },
  {
    kinds: ['HelmRelease.helm.toolkit.fluxcd.io'],
    path: 'spec.postRenderers[].kustomize.patchesStrategicMerge[]',
    patch: undefined,
  },
  { kinds: ['FluxInstance.fluxcd.controlplane.io'], path: 'spec.kustomize.patches[]', patch: 'patch' },
  ...applications.map(({ kinds, path }): PatchList => ({ kinds, path: `${path}.kustomize.patches[]`, patch: 'patch' })),
];

/** Kinds of Kubernetes' own that others have, too: without a group, a target's kind may be theirs. */
export const sharedKinds: readonly string[] = [
  'Service',
  'Ingress',
  'Job',
  'DaemonSet',
  'StatefulSet',
  'NetworkPolicy',
  'Node',
  'Namespace',
  'Event',
  'Role',
  'Endpoints',
];

/** The operations of a JSON patch (RFC 6902), and what each needs besides its path. */
export const patchOperations: Readonly<Record<string, 'value' | 'from' | undefined>> = {
  add: 'value',
  replace: 'value',
  test: 'value',
  remove: undefined,
  move: 'from',
  copy: 'from',
};
