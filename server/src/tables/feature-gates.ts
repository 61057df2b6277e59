import type { Release } from '../base/release.ts';

/** A switch of the API server on which it depends whether a field is kept. */
export interface FeatureGate {
  readonly name: string;
  /** The first release that has it on by default; undefined where none is known. */
  readonly on: Release | undefined;
}

/**
 * Fields that a release's API has while its server drops them unread, by type and field: those whose feature gate is
 * off by default (pkg/features/kube_features.go; DropDisabledPodFields and its like in pkg/api and pkg/registry). Left
 * out are those that take what holds them along when they go, as a handler's or a variable's only content would.
 */
const gates: Readonly<Record<string, Readonly<Record<string, FeatureGate>>>> = {
  Container: {
    resizePolicy: { name: 'InPlacePodVerticalScaling', on: 33 },
    restartPolicyRules: { name: 'ContainerRestartRules', on: 35 },
  },
  JobSpec: {
    backoffLimitPerIndex: { name: 'JobBackoffLimitPerIndex', on: 29 },
    managedBy: { name: 'JobManagedBy', on: 32 },
    maxFailedIndexes: { name: 'JobBackoffLimitPerIndex', on: 29 },
    podReplacementPolicy: { name: 'JobPodReplacementPolicy', on: 29 },
    successPolicy: { name: 'JobSuccessPolicy', on: 31 },
  },
  Lifecycle: { stopSignal: { name: 'ContainerStopSignals', on: 37 } },
  PodAffinityTerm: {
    matchLabelKeys: { name: 'MatchLabelKeysInPodAffinity', on: 31 },
    mismatchLabelKeys: { name: 'MatchLabelKeysInPodAffinity', on: 31 },
  },
  PodSecurityContext: {
    seLinuxChangePolicy: { name: 'SELinuxChangePolicy', on: 33 },
    supplementalGroupsPolicy: { name: 'SupplementalGroupsPolicy', on: 33 },
  },
  PodSpec: {
    hostnameOverride: { name: 'HostnameOverride', on: 35 },
    resources: { name: 'PodLevelResources', on: 34 },
    schedulingGroup: { name: 'GenericWorkload', on: undefined },
  },
  RollingUpdateStatefulSetStrategy: { maxUnavailable: { name: 'MaxUnavailableStatefulSet', on: 35 } },
  SecurityContext: { procMount: { name: 'ProcMountType', on: 33 } },
  TopologySpreadConstraint: { matchLabelKeys: { name: 'MatchLabelKeysInPodTopologySpread', on: 27 } },
  VolumeMount: { recursiveReadOnly: { name: 'RecursiveReadOnlyMounts', on: 31 } },
  VolumeProjection: {
    clusterTrustBundle: { name: 'ClusterTrustBundleProjection', on: 37 },
    podCertificate: { name: 'PodCertificateRequest', on: 37 },
  },
};

/** Whether any field of the type has ever been behind a gate. */
export const isGated = (type: string): boolean => gates[type] !== undefined;

/** The gate without which a release's server drops the field of a type; undefined where it keeps the field by itself. */
export function closedGate(type: string, field: string, release: Release): FeatureGate | undefined {
  const gate = gates[type]?.[field];
  return gate && (gate.on === undefined || release < gate.on) ? gate : undefined;
}
