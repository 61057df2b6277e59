import type { Release } from '../base/release.ts';

/** What was an annotation once, and has become a field, or another annotation. */
export interface LegacyAnnotation {
  /** The whole name, or its start up to what names a container. */
  readonly name: string;
  /** The name ends in a container's. */
  readonly ofContainer?: true;
  /** The types of the objects whose metadata holds it: 'Pod', 'PodTemplateSpec'. */
  readonly on: readonly string[];
  /** What took over, as messages call it. */
  readonly field: string;
  /** The first release with the field, where that is not in all of them. */
  readonly since?: Release;
  /** The first release that takes no notice of the annotation; undefined where it still counts. */
  readonly ignoredSince?: Release;
  readonly change:
    | { readonly to: 'json' | 'text' | 'flag' | 'list' | 'sysctls' | 'traffic'; readonly path: readonly string[] }
    | { readonly to: 'profile'; readonly path: readonly string[] }
    | { readonly to: 'annotation'; readonly name: string }
    | { readonly to: 'nothing' };
  /** The fix holds a choice of the author's. */
  readonly undecided?: true;
}

const pods = ['Pod', 'PodTemplateSpec'] as const;

export const legacyAnnotations: readonly LegacyAnnotation[] = [
  {
    name: 'scheduler.alpha.kubernetes.io/affinity',
    on: pods,
    field: 'spec.affinity',
    ignoredSince: 6,
    change: { to: 'json', path: ['spec', 'affinity'] },
  },
  {
    name: 'scheduler.alpha.kubernetes.io/tolerations',
    on: pods,
    field: 'spec.tolerations',
    ignoredSince: 6,
    change: { to: 'json', path: ['spec', 'tolerations'] },
  },
  {
    name: 'pod.alpha.kubernetes.io/init-containers',
    on: pods,
    field: 'spec.initContainers',
    ignoredSince: 8,
    change: { to: 'json', path: ['spec', 'initContainers'] },
  },
  {
    name: 'pod.beta.kubernetes.io/init-containers',
    on: pods,
    field: 'spec.initContainers',
    ignoredSince: 8,
    change: { to: 'json', path: ['spec', 'initContainers'] },
  },
  {
    name: 'pod.beta.kubernetes.io/hostname',
    on: pods,
    field: 'spec.hostname',
    ignoredSince: 8,
    change: { to: 'text', path: ['spec', 'hostname'] },
  },
  {
    name: 'pod.beta.kubernetes.io/subdomain',
    on: pods,
    field: 'spec.subdomain',
    ignoredSince: 8,
    change: { to: 'text', path: ['spec', 'subdomain'] },
  },
  {
    name: 'scheduler.alpha.kubernetes.io/name',
    on: pods,
    field: 'spec.schedulerName',
    ignoredSince: 6,
    change: { to: 'text', path: ['spec', 'schedulerName'] },
  },
  {
    name: 'scheduler.alpha.kubernetes.io/critical-pod',
    on: pods,
    field: 'spec.priorityClassName (system-cluster-critical or system-node-critical)',
    ignoredSince: 16,
    change: { to: 'nothing' },
  },
  {
    name: 'security.alpha.kubernetes.io/sysctls',
    on: pods,
    field: 'spec.securityContext.sysctls',
    ignoredSince: 11,
    change: { to: 'sysctls', path: ['spec', 'securityContext', 'sysctls'] },
  },
  {
    name: 'security.alpha.kubernetes.io/unsafe-sysctls',
    on: pods,
    field: 'spec.securityContext.sysctls',
    ignoredSince: 11,
    change: { to: 'sysctls', path: ['spec', 'securityContext', 'sysctls'] },
  },
  {
    name: 'seccomp.security.alpha.kubernetes.io/pod',
    on: pods,
    field: 'spec.securityContext.seccompProfile',
    since: 19,
    ignoredSince: 27,
    change: { to: 'profile', path: ['spec', 'securityContext', 'seccompProfile'] },
  },
  {
    name: 'container.seccomp.security.alpha.kubernetes.io/',
    ofContainer: true,
    on: pods,
    field: "the container's securityContext.seccompProfile",
    since: 19,
    ignoredSince: 27,
    change: { to: 'profile', path: ['securityContext', 'seccompProfile'] },
  },
  {
    name: 'container.apparmor.security.beta.kubernetes.io/',
    ofContainer: true,
    on: pods,
    field: "the container's securityContext.appArmorProfile",
    since: 30,
    change: { to: 'profile', path: ['securityContext', 'appArmorProfile'] },
  },
  {
    name: 'volume.beta.kubernetes.io/storage-class',
    on: ['PersistentVolumeClaim', 'PersistentVolume'],
    field: 'spec.storageClassName',
    change: { to: 'text', path: ['spec', 'storageClassName'] },
  },
  {
    name: 'volume.beta.kubernetes.io/mount-options',
    on: ['PersistentVolume'],
    field: 'spec.mountOptions',
    change: { to: 'list', path: ['spec', 'mountOptions'] },
  },
  {
    name: 'storageclass.beta.kubernetes.io/is-default-class',
    on: ['StorageClass'],
    field: 'the annotation storageclass.kubernetes.io/is-default-class',
    change: { to: 'annotation', name: 'storageclass.kubernetes.io/is-default-class' },
  },
  {
    name: 'service.alpha.kubernetes.io/tolerate-unready-endpoints',
    on: ['Service'],
    field: 'spec.publishNotReadyAddresses',
    change: { to: 'flag', path: ['spec', 'publishNotReadyAddresses'] },
  },
  {
    name: 'service.beta.kubernetes.io/external-traffic',
    on: ['Service'],
    field: 'spec.externalTrafficPolicy',
    ignoredSince: 9,
    change: { to: 'traffic', path: ['spec', 'externalTrafficPolicy'] },
  },
  {
    name: 'kubernetes.io/ingress.class',
    on: ['Ingress'],
    field: 'spec.ingressClassName',
    since: 18,
    // An IngressClass of that name has to be there.
    undecided: true,
    change: { to: 'text', path: ['spec', 'ingressClassName'] },
  },
];
