import type { Anchor, ReferenceRow } from './row-types.ts';

const virtualServices = ['VirtualService.networking.istio.io'];
const destinationRules = ['DestinationRule.networking.istio.io'];
const sidecars = ['Sidecar.networking.istio.io'];
const istioGateways = ['Gateway.networking.istio.io'];
const rollouts = ['Rollout.argoproj.io'];
/** Where Istio keeps what concerns all namespaces, as long as nobody says otherwise. */
const rootNamespace = ['istio-system'];

/** Where a VirtualService says where requests go. */
const destinations = (field: string): readonly Anchor[] => [
  { kinds: virtualServices, path: `spec.(http|tcp|tls)[].route[].destination.${field}` },
  { kinds: virtualServices, path: `spec.http[].(mirror|mirrors[].destination).${field}` },
];
const ruleHosts: readonly Anchor[] = [{ kinds: destinationRules, path: 'spec.host' }];
const sidecarHosts: readonly Anchor[] = [{ kinds: sidecars, path: 'spec.egress[].hosts[]' }];
const hosts: readonly Anchor[] = [...destinations('host'), ...ruleHosts, ...sidecarHosts];
const virtualHosts: readonly Anchor[] = [{ kinds: virtualServices, path: 'spec.hosts[]' }];
const gateways: readonly Anchor[] = [
  { kinds: virtualServices, path: 'spec.gateways[]' },
  { kinds: virtualServices, path: 'spec.(http|tcp|tls)[].match[].gateways[]' },
];

/** A host, behind a namespace or not. */
const outside = `^["']?(?:[\\w.*~-]+/)?([^/"'\\s]+)["']?$`;

/** Istio's own resources. */
export const meshReferences: readonly ReferenceRow[] = [
  {
    id: 'mesh-host',
    noun: 'destination',
    mode: 'name',
    to: 'service',
    address: 'service',
    or: 'mesh-host',
    quiet: true,
    consequence: 'Requests end in an error page (503): the mesh knows no such host.',
    at: hosts,
  },
  {
    // Any host of the world may stand here.
    id: 'mesh-virtual-host',
    noun: 'host',
    mode: 'name',
    to: 'service',
    address: 'service',
    silent: 'always',
    at: virtualHosts,
  },
  {
    id: 'mesh-host-namespace',
    noun: 'destination',
    mode: 'name',
    to: 'namespace',
    address: 'namespace',
    quiet: true,
    consequence: 'Requests end in an error page (503): the mesh knows no such host.',
    at: hosts,
  },
  {
    id: 'mesh-virtual-host-namespace',
    noun: 'host',
    mode: 'name',
    to: 'namespace',
    address: 'namespace',
    silent: 'always',
    at: virtualHosts,
  },
  {
    id: 'mesh-outside-host',
    noun: 'destination',
    mode: 'name',
    to: 'mesh-host',
    address: 'outside',
    capture: outside,
    or: 'mesh-host',
    quiet: true,
    consequence: 'Requests end in an error page (503): the mesh knows no such host.',
    at: [...destinations('host'), ...ruleHosts],
  },
  {
    id: 'mesh-outside-virtual-host',
    noun: 'host',
    mode: 'name',
    to: 'mesh-host',
    address: 'outside',
    capture: outside,
    silent: 'always',
    at: [...virtualHosts, ...sidecarHosts],
  },
  {
    id: 'mesh-port',
    noun: 'destination',
    mode: 'port',
    to: 'service-port',
    owner: { address: '../host' },
    by: 'number',
    consequence: 'Requests end in an error page (503): the Service has no such port.',
    at: destinations('port.number'),
  },
  {
    id: 'mesh-subset',
    noun: 'destination',
    mode: 'key',
    to: 'mesh-subset',
    owner: 'host',
    sharedBy: ['mesh-host', 'mesh-outside-host'],
    at: destinations('subset'),
  },
  {
    id: 'mesh-subset-labels',
    noun: 'subset',
    mode: 'selector',
    form: 'labels',
    to: 'pods',
    whenEmpty: 'all',
    behind: '../../host',
    // Versions come and go, and what is defined for all of them needn't run everywhere.
    quiet: true,
    consequence: 'Requests to the subset end in an error page (503): it has no pods.',
    at: [{ kinds: destinationRules, path: 'spec.subsets[].labels' }],
  },
  {
    id: 'mesh-gateway',
    noun: 'gateway',
    mode: 'name',
    to: 'mesh-gateway',
    part: 'name',
    // The reserved word for all sidecars.
    except: ['mesh'],
    at: gateways,
  },
  {
    id: 'mesh-namespace',
    noun: 'namespace',
    mode: 'name',
    to: 'namespace',
    part: 'namespace',
    quiet: true,
    consequence: 'Nothing is found there.',
    at: [...gateways, ...sidecarHosts, { kinds: istioGateways, path: 'spec.servers[].hosts[]' }],
  },
  {
    id: 'mesh-gateway-selector',
    noun: 'gateway',
    mode: 'selector',
    form: 'labels',
    to: 'pods',
    whenEmpty: 'all',
    // The proxies may run in any namespace, and come with Istio, as a rule.
    widenedBy: ['selector'],
    quiet: true,
    consequence: 'No proxy takes the configuration, and no request from outside arrives.',
    at: [{ kinds: istioGateways, path: 'spec.selector' }],
  },
  {
    id: 'mesh-selector',
    noun: 'policy',
    mode: 'selector',
    form: 'labelSelector',
    to: 'pods',
    whenEmpty: 'all',
    widenedIn: rootNamespace,
    consequence: 'The policy applies to nothing.',
    at: [
      {
        kinds: [
          'AuthorizationPolicy.security.istio.io',
          'PeerAuthentication.security.istio.io',
          'RequestAuthentication.security.istio.io',
          'Telemetry.telemetry.istio.io',
          'WasmPlugin.extensions.istio.io',
          'ProxyConfig.networking.istio.io',
        ],
        path: 'spec.selector',
      },
    ],
  },
  {
    id: 'mesh-workload-selector',
    noun: 'workload selector',
    mode: 'selector',
    form: 'labels',
    to: 'pods',
    whenEmpty: 'all',
    widenedIn: rootNamespace,
    consequence: 'It applies to nothing.',
    at: [
      {
        kinds: [...sidecars, 'EnvoyFilter.networking.istio.io', 'ServiceEntry.networking.istio.io'],
        path: 'spec.workloadSelector.labels',
      },
    ],
  },
  {
    id: 'rollout-mesh-rule',
    noun: 'rollout',
    mode: 'name',
    to: 'mesh-rule',
    at: [{ kinds: rollouts, path: 'spec.strategy.canary.trafficRouting.istio.destinationRule.name' }],
  },
  {
    id: 'rollout-mesh-subset',
    noun: 'rollout',
    mode: 'key',
    to: 'mesh-subset',
    owner: 'name',
    consequence: 'The rollout is invalid, and nothing is rolled out.',
    at: [
      {
        kinds: rollouts,
        path: 'spec.strategy.canary.trafficRouting.istio.destinationRule.(canarySubsetName|stableSubsetName)',
      },
    ],
  },
];
