import { describe, expect, it } from 'vitest';
import { type Case, gone, judged, Manifests } from './bent.ts';

const sound = `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: policy}
spec:
  paramKind: {apiVersion: rules.example.com/v1, kind: Limit}
  matchConstraints:
    resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments], resourceNames: [web]}]
  matchConditions: [{name: not-ours, expression: "true"}]
  variables: [{name: replicas, expression: object.spec.replicas}]
  validations: [{expression: variables.replicas < 5, message: too many}]
  auditAnnotations: [{key: replicas, valueExpression: "'many'"}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: binding}
spec: {policyName: policy, validationActions: [Deny], paramRef: {name: limit, parameterNotFoundAction: Deny}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicy
metadata: {name: mutation}
spec:
  reinvocationPolicy: Never
  matchConstraints:
    resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
  mutations:
    - patchType: ApplyConfiguration
      applyConfiguration: {expression: "Object{metadata: Object.metadata{labels: {'a': 'b'}}}"}
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicyBinding
metadata: {name: mutates}
spec: {policyName: mutation}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: hook}
webhooks:
  - name: policy.shop.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig: {url: "https://policy.example.com/validate", caBundle: YQ==}
    matchConditions: [{name: a, expression: "true"}, {name: b, expression: "true"}]
---
apiVersion: resource.k8s.io/v1
kind: ResourceClaim
metadata: {name: claim}
spec:
  devices:
    requests:
      - name: one
        exactly: {deviceClassName: gpu.example.com, count: 2, selectors: [{cel: {expression: "true"}}], tolerations: [{key: a, operator: Exists}]}
      - name: either
        firstAvailable: [{name: large, deviceClassName: large.example.com}, {name: small, deviceClassName: small.example.com}]
    constraints: [{requests: [one, either], matchAttribute: gpu.example.com/model}]
    config: [{requests: [either], opaque: {driver: gpu.example.com, parameters: {a: 1}}}]
---
apiVersion: resource.k8s.io/v1
kind: DeviceClass
metadata: {name: gpu.example.com}
spec: {selectors: [{cel: {expression: device.driver == "gpu.example.com"}}], extendedResourceName: example.com/gpu}
---
apiVersion: resource.k8s.io/v1
kind: ResourceSlice
metadata: {name: slice}
spec:
  driver: gpu.example.com
  nodeName: node-1
  pool: {name: node-1, generation: 1, resourceSliceCount: 1}
  devices: [{name: gpu-0, attributes: {model: {string: a}, driver: {version: 1.2.3}}}, {name: gpu-1}]
---
apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: FlowSchema
metadata: {name: flow}
spec:
  matchingPrecedence: 500
  priorityLevelConfiguration: {name: level}
  rules:
    - subjects: [{kind: Group, group: {name: devs}}]
      resourceRules: [{apiGroups: [apps], resources: [deployments], verbs: [get], namespaces: [shop]}]
      nonResourceRules: [{nonResourceURLs: [/healthz, /api/*], verbs: ["*"]}]
---
apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: PriorityLevelConfiguration
metadata: {name: level}
spec: {type: Limited, limited: {limitResponse: {type: Queue, queuing: {queues: 16, handSize: 4}}}}
---
apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata: {name: range}
spec: {cidrs: [10.96.0.0/16, "fd00::/112"]}
---
apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: request}
spec: {request: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0K, signerName: kubernetes.io/kube-apiserver-client, usages: [client auth], expirationSeconds: 3600}
---
apiVersion: storage.k8s.io/v1
kind: VolumeAttachment
metadata: {name: attachment}
spec: {attacher: ebs.csi.aws.com, nodeName: node-1, source: {persistentVolumeName: data}}
---
apiVersion: storage.k8s.io/v1
kind: CSINode
metadata: {name: node-1}
spec: {drivers: [{name: ebs.csi.aws.com, nodeID: i-1, topologyKeys: [topology.ebs.csi.aws.com/zone], allocatable: {count: 25}}]}
---
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: {name: kata}
handler: kata
overhead: {podFixed: {cpu: 10m}}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
spec: {finalizers: [kubernetes]}
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1.metrics.k8s.io}
spec: {group: metrics.k8s.io, version: v1, groupPriorityMinimum: 100, versionPriority: 100, service: {name: metrics, namespace: kube-system}}
---
apiVersion: v1
kind: LimitRange
metadata: {name: limits}
spec: {limits: [{type: Container, min: {cpu: 100m}, default: {cpu: 500m}, max: {cpu: "1"}}]}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: widgets, kind: Widget}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: {type: object, additionalProperties: {type: string}, x-kubernetes-validations: [{rule: self.size() < 9}]}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: nginx:1.27}]}}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: slice}
addressType: IPv4
endpoints: [{addresses: [10.0.0.1], hints: {forZones: [{name: a}]}}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: policy}
spec: {podSelector: {}, policyTypes: [Ingress]}
`;

const manifests = new Manifests(sound);

it.each(manifests.names)('a sound %s has no error', (name) => expect(judged(manifests.text(name))).toEqual([]));

const cases: readonly Case[] = [
  ['ValidatingAdmissionPolicy', 'spec', gone, 'invalid-admission-policy apiVersion'],
  ['ValidatingAdmissionPolicy', 'spec.paramKind.kind', gone, 'invalid-admission-policy paramKind'],
  ['ValidatingAdmissionPolicy', 'spec.paramKind.apiVersion', 'a/b/c', 'invalid-admission-policy a/b/c'],
  ['ValidatingAdmissionPolicy', 'spec.variables.0.name', 'a-b', 'invalid-admission-policy a-b'],
  ['ValidatingAdmissionPolicy', 'spec.validations.0.message', ' ', 'invalid-admission-policy " "'],
  ['ValidatingAdmissionPolicy', 'spec.validations.0.expression', 'a b', 'invalid-expression b'],
  ['ValidatingAdmissionPolicy', 'spec.validations.0.reason', 'Wrong', 'invalid-value Wrong'],
  ['ValidatingAdmissionPolicy', 'spec.auditAnnotations.0.key', 'a b', 'invalid-admission-policy a b'],
  ['ValidatingAdmissionPolicy', 'spec.matchConditions.0.name', 'a b', 'invalid-match-condition a b'],
  [
    'ValidatingAdmissionPolicy',
    'spec.matchConstraints.resourceRules.0.resourceNames',
    ['web', 'web'],
    'invalid-webhook-rule web',
  ],
  ['ValidatingAdmissionPolicyBinding', 'spec.paramRef.name', gone, 'invalid-admission-policy paramRef'],
  ['ValidatingAdmissionPolicyBinding', 'spec.paramRef.selector', {}, 'invalid-admission-policy selector'],
  [
    'ValidatingAdmissionPolicyBinding',
    'spec.paramRef.parameterNotFoundAction',
    gone,
    'invalid-admission-policy paramRef',
  ],
  ['ValidatingAdmissionPolicyBinding', 'spec.policyName', 'a b', 'invalid-admission-policy a b'],
  ['ValidatingAdmissionPolicyBinding', 'spec.validationActions.0', null, 'invalid-value null'],
  ['MutatingAdmissionPolicy', 'spec.mutations', [], 'invalid-admission-policy mutations'],
  ['MutatingAdmissionPolicy', 'spec.matchConstraints', gone, 'invalid-admission-policy spec'],
  ['MutatingAdmissionPolicy', 'spec.mutations.0.applyConfiguration', gone, 'invalid-admission-policy patchType'],
  ['MutatingAdmissionPolicy', 'spec.mutations.0.jsonPatch', { expression: '[]' }, 'invalid-admission-policy jsonPatch'],
  ['MutatingAdmissionPolicyBinding', 'spec.policyName', gone, 'invalid-admission-policy spec'],
  ['ValidatingWebhookConfiguration', 'webhooks.0.matchConditions.1.name', 'a', 'invalid-match-condition a'],
  ['ValidatingWebhookConfiguration', 'webhooks.0.clientConfig.caBundle', 'no base64', 'not-base64 no base64'],
  ['ResourceClaim', 'spec.devices.requests.0.exactly', gone, 'invalid-device name'],
  [
    'ResourceClaim',
    'spec.devices.requests.0.firstAvailable',
    [{ name: 'a', deviceClassName: 'b' }],
    'invalid-device firstAvailable',
  ],
  ['ResourceClaim', 'spec.devices.requests.0.exactly.count', -1, 'invalid-device -1'],
  ['ResourceClaim', 'spec.devices.requests.0.exactly.allocationMode', 'All', 'invalid-device 2'],
  ['ResourceClaim', 'spec.devices.requests.0.exactly.selectors.0.cel', gone, 'invalid-device {'],
  ['ResourceClaim', 'spec.devices.requests.0.exactly.tolerations.0.operator', gone, ''],
  ['ResourceClaim', 'spec.devices.requests.0.exactly.tolerations.0.value', 'x', 'invalid-device x'],
  ['ResourceClaim', 'spec.devices.requests.1.firstAvailable.0.name', 'Large', 'invalid-device Large'],
  ['ResourceClaim', 'spec.devices.requests.1.firstAvailable.1.name', 'large', 'invalid-device large'],
  ['ResourceClaim', 'spec.devices.constraints.0.requests', ['two'], 'invalid-device two'],
  ['ResourceClaim', 'spec.devices.constraints.0.matchAttribute', 'model', 'invalid-device model'],
  ['ResourceClaim', 'spec.devices.config.0.opaque', gone, 'invalid-device requests'],
  ['DeviceClass', 'spec.extendedResourceName', 'gpu', 'invalid-device gpu'],
  ['DeviceClass', 'spec.selectors.0.cel.expression', '(', 'invalid-expression ('],
  ['DeviceClass', 'spec', gone, ''],
  ['ResourceSlice', 'spec.nodeName', gone, 'invalid-device spec'],
  ['ResourceSlice', 'spec.allNodes', true, 'invalid-device allNodes'],
  ['ResourceSlice', 'spec.pool.resourceSliceCount', 0, 'invalid-device 0'],
  ['ResourceSlice', 'spec.pool.name', 'a/B', 'invalid-device a/B'],
  ['ResourceSlice', 'spec.devices.1.name', 'gpu-0', 'invalid-device gpu-0'],
  ['ResourceSlice', 'spec.devices.0.attributes.model', { string: 'a', int: 1 }, 'invalid-device model'],
  ['ResourceSlice', 'spec.devices.0.attributes.driver.version', '1.2', 'invalid-device "1.2"'],
  ['FlowSchema', 'spec.matchingPrecedence', 1, 'invalid-flow-control 1'],
  ['FlowSchema', 'spec.rules.0.subjects.0.group', gone, 'invalid-flow-control kind'],
  ['FlowSchema', 'spec.rules.0.subjects.0.user', { name: 'a' }, 'invalid-flow-control user'],
  ['FlowSchema', 'spec.rules.0.resourceRules.0.verbs', ['get', '*'], 'invalid-flow-control "*"'],
  ['FlowSchema', 'spec.rules.0.resourceRules.0.verbs', ['got'], 'invalid-flow-control got'],
  ['FlowSchema', 'spec.rules.0.resourceRules.0.namespaces', gone, 'invalid-flow-control apiGroups'],
  ['FlowSchema', 'spec.rules.0.nonResourceRules.0.nonResourceURLs', ['/a*'], 'invalid-flow-control /a*'],
  ['PriorityLevelConfiguration', 'spec.limited', gone, 'invalid-flow-control spec'],
  ['PriorityLevelConfiguration', 'spec.limited.limitResponse', gone, 'invalid-flow-control limited'],
  ['PriorityLevelConfiguration', 'spec.limited.limitResponse.type', 'Reject', 'invalid-flow-control queuing'],
  ['PriorityLevelConfiguration', 'spec.limited.limitResponse.queuing.handSize', 17, 'invalid-flow-control 17'],
  ['PriorityLevelConfiguration', 'metadata.name', 'exempt', 'invalid-flow-control Limited'],
  ['ServiceCIDR', 'spec.cidrs', [], 'invalid-address-range cidrs'],
  ['ServiceCIDR', 'spec', gone, 'invalid-address-range apiVersion'],
  ['ServiceCIDR', 'spec.cidrs.0', '10.96.0.1/16', 'invalid-address-range 10.96.0.1/16'],
  ['ServiceCIDR', 'spec.cidrs.1', '10.97.0.0/16', 'invalid-address-range 10.97.0.0/16'],
  ['CertificateSigningRequest', 'spec.usages', gone, 'invalid-certificate-request spec'],
  [
    'CertificateSigningRequest',
    'spec.usages',
    ['client auth', 'client auth'],
    'invalid-certificate-request client auth',
  ],
  ['CertificateSigningRequest', 'spec.signerName', 'mine', 'invalid-certificate-request mine'],
  ['CertificateSigningRequest', 'spec.expirationSeconds', 60, 'invalid-certificate-request 60'],
  ['CertificateSigningRequest', 'spec.request', 'no base64', 'not-base64 no base64'],
  ['CertificateSigningRequest', 'spec.request', 'YQ==', 'invalid-certificate-request YQ=='],
  [
    'MutatingAdmissionPolicy',
    'spec.mutations.0.applyConfiguration.expression',
    null,
    'invalid-admission-policy expression',
  ],
  ['VolumeAttachment', 'spec.source', {}, 'invalid-attachment source'],
  ['CSINode', 'spec.drivers.0.topologyKeys.0', null, 'invalid-attachment null'],
  ['CSINode', 'spec.drivers.0.allocatable.count', -1, 'invalid-attachment -1'],
  ['CSINode', 'spec', gone, ''],
  ['RuntimeClass', 'overhead.podFixed.pods', '1', 'resource-name pods'],
  ['RuntimeClass', 'overhead.podFixed.cpu', '-1', 'resource-amount "-1"'],
  ['Namespace', 'spec.finalizers.0', 'mine', 'invalid-owner mine'],
  ['Namespace', 'spec.finalizers.0', 'example.com/mine', ''],
  ['APIService', 'spec.version', gone, 'invalid-api-service v1.metrics.k8s.io'],
  ['APIService', 'spec.service.namespace', gone, 'invalid-api-service service'],
  [
    'LimitRange',
    'spec.limits.0',
    { type: 'Container', min: { cpu: '100m' }, max: { cpu: null } },
    'invalid-limit-range 100m',
  ],
  [
    'CustomResourceDefinition',
    'spec.versions.0.schema.openAPIV3Schema.properties.spec',
    null,
    'non-structural-schema spec',
  ],
  [
    'CustomResourceDefinition',
    'spec.versions.0.schema.openAPIV3Schema.properties.spec.additionalProperties',
    'maybe',
    'wrong-type maybe',
  ],
  [
    'CustomResourceDefinition',
    'spec.versions.0.schema.openAPIV3Schema.properties.spec.additionalProperties.type',
    'text',
    'invalid-value text',
  ],
  [
    'CustomResourceDefinition',
    'spec.versions.0.schema.openAPIV3Schema.properties.spec.x-kubernetes-validations.0.rule',
    'self.size() <',
    'invalid-expression self.size() <',
  ],
  ['ReplicaSet', 'spec.template', gone, 'missing-field spec'],
  ['ReplicaSet', 'spec.selector.matchLabels.app', null, 'selector-mismatch app: web'],
  ['EndpointSlice', 'endpoints.0.addresses.0', null, 'invalid-endpoints null'],
  ['EndpointSlice', 'endpoints.0.deprecatedTopology', { zone: 'a b' }, 'invalid-endpoints a b'],
  ['EndpointSlice', 'endpoints.0.hints.forZones.0.name', 'a b', 'invalid-endpoints a b'],
  ['NetworkPolicy', 'spec.policyTypes.0', null, 'invalid-value null'],
];

describe('what the API server refuses of the less common kinds', () => {
  it.each(cases)('%s %s: %j', (...one) => {
    expect(manifests.found(one)).toEqual(one[3] === '' ? [] : one[3]);
    expect(judged(manifests.bent(one[0], one[1], one[2])).length).toBeLessThan(2);
  });
});
