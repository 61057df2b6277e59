import type { Anchor, KindRef } from './row-types.ts';

/** Where the API server is told of the Services that it calls. */
export const clientServices: readonly Extract<Anchor, { kinds: unknown }>[] = [
  {
    kinds: [
      'ValidatingWebhookConfiguration.admissionregistration.k8s.io',
      'MutatingWebhookConfiguration.admissionregistration.k8s.io',
    ],
    path: 'webhooks[].clientConfig.service',
  },
  {
    kinds: ['CustomResourceDefinition.apiextensions.k8s.io'],
    path: 'spec.conversion.(webhook.clientConfig|webhookClientConfig).service',
  },
  { kinds: ['APIService.apiregistration.k8s.io'], path: 'spec.service' },
];

/** The routes of the Gateway API, and where they name what they send requests to. */
export const gatewayRoutes: readonly string[] = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'].map(
  (kind) => `${kind}.gateway.networking.k8s.io`,
);
export const routeBackends: readonly string[] = [
  'spec.rules[].backendRefs[]',
  'spec.rules[].filters[].requestMirror.backendRef',
  'spec.rules[].backendRefs[].filters[].requestMirror.backendRef',
];

/** The files of kustomize: what a kustomization.yaml is, and a part that several of them share. */
export const kustomizations = [
  'Kustomization.kustomize.config.k8s.io',
  'Component.kustomize.config.k8s.io',
] as const satisfies readonly KindRef[];
