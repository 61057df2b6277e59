import { gatewayRoutes, kustomizations, routeBackends } from './places.ts';
import type { Anchor, ReferenceRow } from './row-types.ts';

/** Maps with a kind and its API version. */
const beside: readonly Anchor[] = [
  { everyKind: 'metadata.ownerReferences[]' },
  { kinds: ['HorizontalPodAutoscaler.autoscaling', 'ScaledObject.keda.sh'], path: 'spec.scaleTargetRef' },
  { kinds: ['HorizontalPodAutoscaler.autoscaling'], path: 'spec.metrics[].object.describedObject' },
  { kinds: ['VerticalPodAutoscaler.autoscaling.k8s.io'], path: 'spec.targetRef' },
  {
    kinds: [
      'ValidatingAdmissionPolicy.admissionregistration.k8s.io',
      'MutatingAdmissionPolicy.admissionregistration.k8s.io',
    ],
    path: 'spec.paramKind',
  },
];

const at = (anchors: readonly Anchor[], field: string): readonly Anchor[] =>
  anchors.map((anchor) =>
    'pod' in anchor
      ? { pod: `${anchor.pod}.${field}` }
      : 'everyKind' in anchor
        ? { everyKind: `${anchor.everyKind}.${field}` }
        : { kinds: anchor.kinds, path: `${anchor.path}.${field}` },
  );

/** How resources and those who name their kinds find the CustomResourceDefinition. */
export const customReferences: readonly ReferenceRow[] = [
  {
    id: 'resource-kind',
    noun: 'kind',
    mode: 'name',
    to: 'custom-kind',
    group: ['apiVersion'],
    // By all that is known of the group, not only what is in the workspace.
    judgedBy: 'unknown-kind',
    at: [{ everyKind: 'kind', custom: true }],
  },
  {
    id: 'resource-version',
    noun: 'API version',
    mode: 'key',
    to: 'custom-version',
    owner: 'kind',
    group: ['apiVersion'],
    at: [{ everyKind: 'apiVersion', custom: true }],
  },
  {
    id: 'named-kind',
    noun: 'kind',
    mode: 'name',
    to: 'custom-kind',
    group: ['apiVersion', 'group', 'apiGroup'],
    silent: 'always',
    at: [
      ...at(beside, 'kind'),
      {
        kinds: ['Certificate.cert-manager.io', 'CertificateRequest.cert-manager.io'],
        path: 'spec.issuerRef.kind',
      },
      { kinds: ['GatewayClass.gateway.networking.k8s.io'], path: 'spec.parametersRef.kind' },
      { kinds: gatewayRoutes, path: 'spec.parentRefs[].kind' },
      ...routeBackends.map((path) => ({ kinds: gatewayRoutes, path: `${path}.kind` })),
      { kinds: ['IngressClass.networking.k8s.io'], path: 'spec.parameters.kind' },
      { kinds: ['PersistentVolumeClaim'], path: 'spec.(dataSource|dataSourceRef).kind' },
      { kinds: kustomizations, path: '(patches|patchesJson6902)[].target.kind' },
      {
        kinds: ['AppProject.argoproj.io'],
        path: 'spec.(cluster|namespace)Resource(White|Black)list[].kind',
      },
      { kinds: ['Application.argoproj.io'], path: 'spec.ignoreDifferences[].kind' },
    ],
  },
  {
    id: 'named-version',
    noun: 'API version',
    mode: 'key',
    to: 'custom-version',
    owner: 'kind',
    // Of what is named, the group counts, as a rule.
    silent: 'always',
    at: at(beside, 'apiVersion'),
  },
  {
    id: 'rule-resource',
    noun: 'resource',
    mode: 'name',
    to: 'custom-resource',
    group: ['../apiGroups'],
    // Without its subresource.
    capture: `^["']?([\\w-]+)(?:/[\\w-]+)?["']?$`,
    quiet: true,
    // Kinds of a group are often called alike, and rules outlive them.
    slip: 1,
    at: [
      {
        kinds: ['Role.rbac.authorization.k8s.io', 'ClusterRole.rbac.authorization.k8s.io'],
        path: 'rules[].resources[]',
      },
      {
        kinds: [
          'ValidatingWebhookConfiguration.admissionregistration.k8s.io',
          'MutatingWebhookConfiguration.admissionregistration.k8s.io',
        ],
        path: 'webhooks[].rules[].resources[]',
      },
      {
        kinds: [
          'ValidatingAdmissionPolicy.admissionregistration.k8s.io',
          'MutatingAdmissionPolicy.admissionregistration.k8s.io',
        ],
        path: 'spec.matchConstraints.resourceRules[].resources[]',
      },
    ],
  },
];
