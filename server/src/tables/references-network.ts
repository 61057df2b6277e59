import { containers, podPresets } from './kinds.ts';
import { clientServices } from './places.ts';
import type { ReferenceRow } from './row-types.ts';

const ingresses = ['Ingress.networking.k8s.io', 'Ingress.extensions'] as const;
const backend = 'spec.(rules[].http.paths[].backend|defaultBackend)';

/** Where addresses of Services stand: values, arguments and configuration. */
const addressPlaces = [
  { pod: `${containers}.(command|args)[]` },
  { pod: `${containers}.env[].value` },
  { kinds: podPresets, path: 'spec.env[].value' },
  { kinds: ['ConfigMap'], path: 'data.*' },
] as const;

/** How traffic finds its way. */
export const networkReferences: readonly ReferenceRow[] = [
  {
    id: 'ingress-service',
    noun: 'Ingress backend',
    mode: 'name',
    to: 'service',
    at: [
      { kinds: ingresses, path: `${backend}.service.name` },
      { kinds: ingresses, path: 'spec.(rules[].http.paths[].backend|backend).serviceName' },
    ],
  },
  {
    id: 'ingress-service-port',
    noun: 'Ingress backend',
    mode: 'port',
    to: 'service-port',
    owner: { name: '../name' },
    by: 'either',
    at: [
      { kinds: ingresses, path: `${backend}.service.port.name` },
      { kinds: ingresses, path: `${backend}.service.port.number` },
    ],
  },
  {
    id: 'ingress-legacy-service-port',
    noun: 'Ingress backend',
    mode: 'port',
    to: 'service-port',
    owner: { name: 'serviceName' },
    by: 'either',
    at: [{ kinds: ingresses, path: 'spec.(rules[].http.paths[].backend|backend).servicePort' }],
  },
  {
    id: 'service-target-port',
    noun: 'target port',
    mode: 'port',
    to: 'container-port',
    owner: { selector: 'spec.selector' },
    by: 'name',
    at: [{ kinds: ['Service'], path: 'spec.ports[].targetPort' }],
    ignoredWhen: { path: 'spec.type', is: 'ExternalName' },
  },
  {
    id: 'ingress-tls-secret',
    noun: 'Ingress TLS',
    mode: 'name',
    to: 'secret',
    consequence: 'The controller serves its own default certificate.',
    at: [{ kinds: ingresses, path: 'spec.tls[].secretName' }],
  },
  {
    id: 'ingress-class',
    noun: 'Ingress class',
    mode: 'name',
    to: 'ingressclass',
    at: [{ kinds: ingresses, path: 'spec.ingressClassName' }],
  },
  {
    id: 'statefulset-service',
    noun: 'governing Service',
    mode: 'name',
    to: 'service',
    headless: true,
    consequence: 'The pods get no DNS names of their own.',
    at: [{ kinds: ['StatefulSet.apps', 'PetSet.apps'], path: 'spec.serviceName' }],
  },
  {
    id: 'endpointslice-service',
    noun: 'endpoint slice',
    mode: 'name',
    to: 'service',
    consequence: 'Nobody sends requests to these endpoints.',
    at: [{ kinds: ['EndpointSlice.discovery.k8s.io'], path: "metadata.labels['kubernetes.io/service-name']" }],
  },
  {
    id: 'networkpolicy-port',
    noun: 'policy port',
    mode: 'port',
    to: 'container-port',
    owner: { selector: 'spec.podSelector' },
    by: 'name',
    consequence:
      'The rule lets nothing in: a port that is called by name must be one of the pods that the policy selects.',
    at: [{ kinds: ['NetworkPolicy.networking.k8s.io'], path: 'spec.ingress[].ports[].port' }],
  },
  {
    id: 'webhook-service',
    noun: 'client of the API server',
    mode: 'name',
    to: 'service',
    namespace: 'namespace',
    consequence: 'The API server can not reach it, and requests that need it fail.',
    at: clientServices.map((place) => ({ ...place, path: `${place.path}.name` })),
  },
  {
    id: 'webhook-service-port',
    noun: 'client of the API server',
    mode: 'port',
    to: 'service-port',
    owner: { name: 'name' },
    namespace: 'namespace',
    by: 'number',
    consequence: 'The API server can not reach it, and requests that need it fail.',
    at: clientServices.map((place) => ({ ...place, path: `${place.path}.port` })),
  },
  {
    id: 'address-service',
    noun: 'address',
    mode: 'name',
    to: 'service',
    address: 'service',
    quiet: true,
    consequence: 'The name does not resolve.',
    at: addressPlaces,
  },
  {
    id: 'address-namespace',
    noun: 'address',
    mode: 'name',
    to: 'namespace',
    address: 'namespace',
    quiet: true,
    consequence: 'The name does not resolve.',
    at: addressPlaces,
  },
  {
    id: 'address-pod',
    noun: 'pod of an address',
    mode: 'name',
    to: 'scale-target',
    defaultKind: 'StatefulSet',
    address: 'pod',
    noted: 'governing-service',
    closing: '-0',
    quiet: true,
    consequence: 'The name does not resolve.',
    at: addressPlaces,
  },
  {
    id: 'address-port',
    noun: 'address',
    mode: 'port',
    to: 'service-port',
    // The address itself names the Service.
    owner: { name: '.' },
    address: 'port',
    by: 'number',
    direct: true,
    consequence: 'Connections are refused or hang: the Service has no such port.',
    at: addressPlaces,
  },
];
