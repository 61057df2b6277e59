import { namespaceNameLabel } from './kinds.ts';
import { clientServices, gatewayRoutes, kustomizations, routeBackends } from './places.ts';
import type { ReferenceRow } from './row-types.ts';

const bindings = ['RoleBinding.rbac.authorization.k8s.io', 'ClusterRoleBinding.rbac.authorization.k8s.io'] as const;

const nameLabel = `matchLabels['${namespaceNameLabel}']`;

const describedObjects = [
  // `target` in autoscaling/v2beta1.
  { kinds: ['HorizontalPodAutoscaler.autoscaling'], path: 'spec.metrics[].object.(describedObject|target).name' },
] as const;

const verticalScalers = ['VerticalPodAutoscaler.autoscaling.k8s.io'] as const;

/** The autoscaler maps a group and a kind to a resource (pkg/controller/podautoscaler/horizontal.go); none is the core group. */
const apiVersion = { at: 'apiVersion', otherwise: 'v1', groupOnly: true } as const;

/** Who may do what, what scales what, and where objects live. */
export const accessReferences: readonly ReferenceRow[] = [
  {
    id: 'role-ref',
    noun: 'role reference',
    mode: 'name',
    to: 'role',
    kind: 'kind',
    at: [{ kinds: bindings, path: 'roleRef.name' }],
  },
  {
    id: 'binding-subject',
    noun: 'subject',
    mode: 'name',
    to: 'serviceaccount',
    kind: 'kind',
    namespace: 'namespace',
    consequence: 'The binding grants nothing to anybody.',
    at: [{ kinds: bindings, path: 'subjects[].name' }],
  },
  {
    id: 'scale-target-ref',
    noun: 'scale target',
    mode: 'name',
    to: 'scale-target',
    kind: 'kind',
    apiVersion,
    at: [{ kinds: ['HorizontalPodAutoscaler.autoscaling'], path: 'spec.scaleTargetRef.name' }],
  },
  {
    id: 'vertical-scale-target',
    noun: 'scale target',
    mode: 'name',
    to: 'scale-target',
    kind: 'kind',
    at: [{ kinds: verticalScalers, path: 'spec.targetRef.name' }],
  },
  {
    id: 'vertical-container',
    noun: 'container policy',
    mode: 'key',
    to: 'container',
    owner: '../../../targetRef/name',
    ownerIs: 'scale-target',
    except: ['*'],
    consequence: 'The policy applies to nothing.',
    at: [{ kinds: verticalScalers, path: 'spec.resourcePolicy.containerPolicies[].containerName' }],
  },
  {
    id: 'metric-object-service',
    noun: 'measured object',
    mode: 'name',
    to: 'service',
    kind: 'kind',
    apiVersion,
    consequence: 'There is nothing to measure, and nothing is scaled by it.',
    at: describedObjects,
  },
  {
    id: 'metric-object-ingress',
    noun: 'measured object',
    mode: 'name',
    to: 'ingress',
    kind: 'kind',
    apiVersion,
    at: describedObjects,
  },
  {
    id: 'metric-object-workload',
    noun: 'measured object',
    mode: 'name',
    to: 'scale-target',
    kind: 'kind',
    apiVersion,
    consequence: 'There is nothing to measure, and nothing is scaled by it.',
    at: describedObjects,
  },
  {
    id: 'metric-object',
    noun: 'measured object',
    mode: 'name',
    to: 'object',
    kind: 'kind',
    apiVersion,
    consequence: 'There is nothing to measure, and nothing is scaled by it.',
    at: describedObjects,
  },
  {
    id: 'metric-container',
    noun: 'measured container',
    mode: 'key',
    to: 'container',
    owner: '../../../scaleTargetRef/name',
    ownerIs: 'scale-target',
    consequence: 'The metric is never there, and nothing is scaled by it.',
    at: [{ kinds: ['HorizontalPodAutoscaler.autoscaling'], path: 'spec.metrics[].containerResource.container' }],
  },
  {
    id: 'service-account-token',
    noun: 'token',
    mode: 'name',
    to: 'serviceaccount',
    consequence: 'The Secret gets no token, and is deleted.',
    at: [{ kinds: ['Secret'], path: "metadata.annotations['kubernetes.io/service-account.name']" }],
  },
  {
    id: 'scaled-object-target',
    noun: 'scale target',
    mode: 'name',
    to: 'scale-target',
    kind: 'kind',
    defaultKind: 'Deployment',
    apiVersion: { at: 'apiVersion', otherwise: 'apps/v1', groupOnly: false },
    quiet: true,
    at: [{ kinds: ['ScaledObject.keda.sh'], path: 'spec.scaleTargetRef.name' }],
  },
  {
    id: 'custom-scale-target',
    noun: 'scale target',
    mode: 'name',
    to: 'object',
    kind: 'kind',
    // What the field means without one is no custom resource.
    defaultKind: 'Deployment',
    apiVersion,
    quiet: true,
    consequence: 'Nothing is scaled: the autoscaler finds no target.',
    at: [
      {
        kinds: ['HorizontalPodAutoscaler.autoscaling', 'ScaledObject.keda.sh'],
        path: 'spec.scaleTargetRef.name',
      },
      { kinds: verticalScalers, path: 'spec.targetRef.name' },
    ],
  },
  {
    id: 'scaled-object-container',
    noun: 'source of settings',
    mode: 'key',
    to: 'container',
    owner: 'name',
    ownerIs: 'scale-target',
    consequence: 'The triggers can not read their settings, and nothing is scaled.',
    at: [{ kinds: ['ScaledObject.keda.sh'], path: 'spec.scaleTargetRef.envSourceContainerName' }],
  },
  {
    id: 'metadata-namespace',
    noun: 'namespace',
    mode: 'name',
    to: 'namespace',
    quiet: true,
    at: [
      { everyKind: 'metadata.namespace' },
      { kinds: kustomizations, path: 'namespace' },
      {
        kinds: ['Kustomization.kustomize.toolkit.fluxcd.io', 'HelmRelease.helm.toolkit.fluxcd.io'],
        path: 'spec.targetNamespace',
      },
    ],
  },
  {
    id: 'namespace-label',
    noun: 'namespace',
    mode: 'name',
    to: 'namespace',
    quiet: true,
    consequence: 'The selector finds no namespace.',
    at: [
      {
        kinds: ['NetworkPolicy.networking.k8s.io'],
        path: `spec.(ingress[].from|egress[].to)[].namespaceSelector.${nameLabel}`,
      },
      {
        pod: `spec.affinity.(podAffinity|podAntiAffinity).requiredDuringSchedulingIgnoredDuringExecution[].namespaceSelector.${nameLabel}`,
      },
      {
        pod: `spec.affinity.(podAffinity|podAntiAffinity).preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm.namespaceSelector.${nameLabel}`,
      },
      {
        kinds: [
          'ValidatingWebhookConfiguration.admissionregistration.k8s.io',
          'MutatingWebhookConfiguration.admissionregistration.k8s.io',
        ],
        path: `webhooks[].namespaceSelector.${nameLabel}`,
      },
      {
        kinds: ['Gateway.gateway.networking.k8s.io'],
        path: `spec.listeners[].allowedRoutes.namespaces.selector.${nameLabel}`,
      },
      { kinds: ['Namespace'], path: `metadata.labels['${namespaceNameLabel}']` },
    ],
  },
  {
    id: 'reference-namespace',
    noun: 'namespace',
    mode: 'name',
    to: 'namespace',
    quiet: true,
    consequence: 'What is looked for there is not found.',
    at: [
      { kinds: bindings, path: 'subjects[].namespace' },
      ...clientServices.map(({ kinds, path }) => ({ kinds, path: `${path}.namespace` })),
      { kinds: ['PersistentVolume'], path: 'spec.claimRef.namespace' },
      {
        kinds: ['PersistentVolume'],
        path: 'spec.csi.(controllerPublish|controllerExpand|nodeStage|nodePublish|nodeExpand)SecretRef.namespace',
      },
      {
        kinds: ['PersistentVolume'],
        path: 'spec.(flexVolume|cephfs|rbd|iscsi|scaleIO|storageos|cinder).secretRef.namespace',
      },
      {
        pod: 'spec.affinity.(podAffinity|podAntiAffinity).requiredDuringSchedulingIgnoredDuringExecution[].namespaces[]',
      },
      {
        pod: 'spec.affinity.(podAffinity|podAntiAffinity).preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm.namespaces[]',
      },
      { kinds: gatewayRoutes, path: 'spec.parentRefs[].namespace' },
      ...routeBackends.map((path) => ({ kinds: gatewayRoutes, path: `${path}.namespace` })),
      { kinds: ['Gateway.gateway.networking.k8s.io'], path: 'spec.listeners[].tls.certificateRefs[].namespace' },
      {
        kinds: ['ServiceMonitor.monitoring.coreos.com', 'PodMonitor.monitoring.coreos.com'],
        path: 'spec.namespaceSelector.matchNames[]',
      },
      { kinds: ['Application.argoproj.io'], path: 'spec.destination.namespace' },
      { kinds: ['Kustomization.kustomize.toolkit.fluxcd.io'], path: 'spec.sourceRef.namespace' },
      {
        kinds: ['HelmRelease.helm.toolkit.fluxcd.io'],
        path: 'spec.(chart.spec.sourceRef|chartRef).namespace',
      },
    ],
  },
];
