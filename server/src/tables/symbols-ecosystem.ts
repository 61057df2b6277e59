import type { MemberSymbol, ResourceSymbol, SymbolId } from './row-types.ts';

export type EcosystemId = Extract<
  SymbolId,
  | 'gateway'
  | 'gatewayclass'
  | 'gateway-listener'
  | 'mesh-gateway'
  | 'mesh-host'
  | 'mesh-rule'
  | 'mesh-subset'
  | 'issuer'
  | 'secretstore'
  | 'triggerauthentication'
  | 'appproject'
>;

/** Names of custom resources that many clusters have. */
export const ecosystemSymbols: Readonly<Record<EcosystemId, ResourceSymbol | MemberSymbol>> = {
  gateway: {
    of: 'namespace',
    noun: 'Gateway',
    article: 'a',
    kinds: ['Gateway.gateway.networking.k8s.io'],
    evidence: 'near-miss',
    consequence: 'The route is attached to nothing, and no request reaches it.',
    remedy: 'Correct the name, or the namespace: without one, the Gateway must be in that of the route.',
  },
  gatewayclass: {
    of: 'cluster',
    noun: 'GatewayClass',
    article: 'a',
    kinds: ['GatewayClass.gateway.networking.k8s.io'],
    evidence: 'near-miss',
    consequence: 'No controller takes care of the Gateway.',
    remedy: 'Correct the name, or add the GatewayClass.',
  },
  'gateway-listener': {
    of: 'gateway',
    noun: 'listener',
    article: 'a',
    form: 'subdomain',
    twice: 'refused',
    at: [{ kinds: ['Gateway.gateway.networking.k8s.io'], path: 'spec.listeners[].name' }],
    consequence: 'The route is not accepted (NoMatchingParent), and no request reaches it.',
    remedy: 'Use the name of a listener of the Gateway, or leave `sectionName` out for all of them.',
  },
  'mesh-gateway': {
    of: 'namespace',
    noun: 'Istio Gateway',
    article: 'an',
    kinds: ['Gateway.networking.istio.io'],
    evidence: 'near-miss',
    consequence: 'The routes are bound to nothing, and no request from outside reaches them.',
    remedy: 'Correct the name, or write `namespace/name` where the Gateway is in another namespace.',
  },
  'mesh-host': {
    of: 'cluster',
    noun: 'host of a ServiceEntry',
    article: 'a',
    kinds: [],
    at: [{ kinds: ['ServiceEntry.networking.istio.io'], path: 'spec.hosts[]' }],
    evidence: 'near-miss',
    consequence: 'The mesh treats the host like any other of the world outside.',
    remedy: 'Correct the name, or add a ServiceEntry for it.',
  },
  'mesh-rule': {
    of: 'namespace',
    noun: 'DestinationRule',
    article: 'a',
    kinds: ['DestinationRule.networking.istio.io'],
    evidence: 'near-miss',
    consequence: 'The rollout is invalid, and nothing is rolled out.',
    remedy: 'Correct the name, or add the DestinationRule in the namespace of the rollout.',
  },
  'mesh-subset': {
    of: 'mesh-rule',
    // Another DestinationRule of the same host may be on the cluster: Istio merges them.
    proof: 'weak',
    twice: 'refused',
    noun: 'subset',
    article: 'a',
    form: 'label',
    at: [{ kinds: ['DestinationRule.networking.istio.io'], path: 'spec.subsets[].name' }],
    create: { itemOf: ['spec', 'subsets'], item: { name: 'NAME', labels: { version: 'NAME' } } },
    consequence: 'Requests end in an error page (503): the mesh knows no such subset of the host.',
    remedy: 'Use the name of a subset of the DestinationRule for the same host, or add it there.',
  },
  issuer: {
    of: 'namespace',
    noun: 'issuer',
    article: 'an',
    kinds: ['Issuer.cert-manager.io', 'ClusterIssuer.cert-manager.io'],
    evidence: 'near-miss',
    consequence: 'The certificate is never issued, and its Secret never made.',
    remedy: 'Correct the name or the kind: an Issuer serves its own namespace, a ClusterIssuer all of them.',
  },
  secretstore: {
    of: 'namespace',
    noun: 'secret store',
    article: 'a',
    kinds: ['SecretStore.external-secrets.io', 'ClusterSecretStore.external-secrets.io'],
    evidence: 'near-miss',
    consequence: 'Nothing is fetched, and the Secret is never made.',
    remedy: 'Correct the name or the kind: a SecretStore serves its own namespace, a ClusterSecretStore all of them.',
  },
  triggerauthentication: {
    of: 'namespace',
    noun: 'trigger authentication',
    article: 'a',
    kinds: ['TriggerAuthentication.keda.sh', 'ClusterTriggerAuthentication.keda.sh'],
    evidence: 'near-miss',
    consequence: 'The trigger can not log in, and nothing is scaled by it.',
    remedy: 'Correct the name or the kind, or add the TriggerAuthentication in the same namespace.',
  },
  appproject: {
    of: 'namespace',
    noun: 'AppProject',
    article: 'an',
    kinds: ['AppProject.argoproj.io'],
    evidence: 'near-miss',
    builtIn: ['default'],
    consequence: 'Argo CD does not synchronize the application (InvalidSpecError).',
    remedy: 'Correct the name, or add the AppProject in the namespace of Argo CD.',
  },
};
