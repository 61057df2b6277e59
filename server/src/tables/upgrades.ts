/** How a manifest is brought from one API version to another; what each does is in rules/upgrade. */
export type ChangeId =
  | 'same'
  | 'workload'
  | 'pet-set'
  | 'ingress'
  | 'disruption-budget'
  | 'rbac'
  | 'webhook'
  | 'endpoint-slice'
  | 'autoscaler'
  | 'autoscaler-metrics'
  | 'custom-resource-definition'
  | 'access-review'
  | 'signing-request';

export interface UpgradeRow {
  readonly from: readonly string[];
  /** All kinds of these versions that have no row of their own, where none are given. */
  readonly kinds?: readonly string[];
  /** The versions that it leads to. */
  readonly to: readonly string[];
  readonly change: ChangeId;
}

/**
 * Which change leads from which version to which. A pair without a row has fields that moved in ways nobody has
 * looked at: changing the apiVersion is offered then, but never done by itself.
 */
export const upgrades: readonly UpgradeRow[] = [
  { from: ['apps/v1alpha1'], kinds: ['PetSet'], to: ['apps/v1'], change: 'pet-set' },
  {
    from: ['extensions/v1beta1', 'apps/v1beta1', 'apps/v1beta2'],
    kinds: ['Deployment', 'DaemonSet', 'ReplicaSet', 'StatefulSet'],
    to: ['apps/v1'],
    change: 'workload',
  },
  { from: ['apps/v1beta1', 'apps/v1beta2'], kinds: ['ControllerRevision'], to: ['apps/v1'], change: 'same' },
  { from: ['extensions/v1beta1'], kinds: ['Ingress'], to: ['networking.k8s.io/v1beta1'], change: 'same' },
  {
    from: ['extensions/v1beta1', 'networking.k8s.io/v1beta1'],
    kinds: ['Ingress'],
    to: ['networking.k8s.io/v1'],
    change: 'ingress',
  },
  { from: ['extensions/v1beta1'], kinds: ['NetworkPolicy'], to: ['networking.k8s.io/v1'], change: 'same' },
  { from: ['extensions/v1beta1'], kinds: ['PodSecurityPolicy'], to: ['policy/v1beta1'], change: 'same' },
  {
    from: ['networking.k8s.io/v1beta1', 'networking.k8s.io/v1alpha1'],
    kinds: ['IngressClass', 'IPAddress', 'ServiceCIDR'],
    to: ['networking.k8s.io/v1', 'networking.k8s.io/v1beta1'],
    change: 'same',
  },
  { from: ['policy/v1beta1'], kinds: ['PodDisruptionBudget'], to: ['policy/v1'], change: 'disruption-budget' },
  { from: ['policy/v1beta1'], kinds: ['Eviction'], to: ['policy/v1'], change: 'same' },
  { from: ['batch/v1beta1', 'batch/v2alpha1'], kinds: ['CronJob'], to: ['batch/v1', 'batch/v1beta1'], change: 'same' },
  {
    from: ['rbac.authorization.k8s.io/v1beta1', 'rbac.authorization.k8s.io/v1alpha1'],
    to: ['rbac.authorization.k8s.io/v1', 'rbac.authorization.k8s.io/v1beta1'],
    change: 'rbac',
  },
  {
    from: ['storage.k8s.io/v1beta1', 'storage.k8s.io/v1alpha1'],
    to: ['storage.k8s.io/v1', 'storage.k8s.io/v1beta1'],
    change: 'same',
  },
  {
    from: ['scheduling.k8s.io/v1beta1', 'scheduling.k8s.io/v1alpha1'],
    kinds: ['PriorityClass'],
    to: ['scheduling.k8s.io/v1', 'scheduling.k8s.io/v1beta1'],
    change: 'same',
  },
  {
    from: ['admissionregistration.k8s.io/v1beta1'],
    kinds: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
    to: ['admissionregistration.k8s.io/v1'],
    change: 'webhook',
  },
  {
    from: ['admissionregistration.k8s.io/v1beta1', 'admissionregistration.k8s.io/v1alpha1'],
    kinds: [
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicyBinding',
      'MutatingAdmissionPolicy',
      'MutatingAdmissionPolicyBinding',
    ],
    to: ['admissionregistration.k8s.io/v1', 'admissionregistration.k8s.io/v1beta1'],
    change: 'same',
  },
  { from: ['coordination.k8s.io/v1beta1'], kinds: ['Lease'], to: ['coordination.k8s.io/v1'], change: 'same' },
  { from: ['node.k8s.io/v1beta1'], kinds: ['RuntimeClass'], to: ['node.k8s.io/v1'], change: 'same' },
  {
    from: ['discovery.k8s.io/v1beta1'],
    kinds: ['EndpointSlice'],
    to: ['discovery.k8s.io/v1'],
    change: 'endpoint-slice',
  },
  {
    from: ['apiregistration.k8s.io/v1beta1'],
    kinds: ['APIService'],
    to: ['apiregistration.k8s.io/v1'],
    change: 'same',
  },
  { from: ['autoscaling/v2beta2'], kinds: ['HorizontalPodAutoscaler'], to: ['autoscaling/v2'], change: 'same' },
  {
    from: ['autoscaling/v2beta1'],
    kinds: ['HorizontalPodAutoscaler'],
    to: ['autoscaling/v2', 'autoscaling/v2beta2'],
    change: 'autoscaler-metrics',
  },
  { from: ['autoscaling/v1'], kinds: ['HorizontalPodAutoscaler'], to: ['autoscaling/v2'], change: 'autoscaler' },
  {
    from: ['apiextensions.k8s.io/v1beta1'],
    kinds: ['CustomResourceDefinition'],
    to: ['apiextensions.k8s.io/v1'],
    change: 'custom-resource-definition',
  },
  { from: ['authentication.k8s.io/v1beta1'], to: ['authentication.k8s.io/v1'], change: 'same' },
  { from: ['authorization.k8s.io/v1beta1'], to: ['authorization.k8s.io/v1'], change: 'access-review' },
  {
    from: ['certificates.k8s.io/v1beta1'],
    kinds: ['CertificateSigningRequest'],
    to: ['certificates.k8s.io/v1'],
    change: 'signing-request',
  },
];

/** The change that leads from one version of a kind to another; undefined where no row says. */
export function changeFor(from: string, kind: string, to: string): ChangeId | undefined {
  const rows = upgrades.filter((row) => row.from.includes(from) && row.to.includes(to));
  return (rows.find((row) => row.kinds?.includes(kind)) ?? rows.find((row) => row.kinds === undefined))?.change;
}
