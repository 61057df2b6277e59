import { describe, expect, it } from 'vitest';
import { releaseName } from '../../src/base/release.ts';
import { upgrades } from '../../src/tables/upgrades.ts';
import { edited, open, parseFixture } from '../fixture.ts';

const uri = 'file:///w/main.yaml';

/** The upgrade that is offered for a manifest's apiVersion, and the text after it. */
function upgrade(
  text: string,
  release = 36,
): { readonly title: string; readonly preferred: boolean; readonly text: string } {
  const fixture = parseFixture(text);
  const { snapshot } = open(fixture, { kubernetesVersion: releaseName(release) });
  const at = text.indexOf('apiVersion: ') + 'apiVersion: '.length;
  const action = snapshot
    .codeActions(uri, { start: at, end: at })
    .find(({ title }) => /^(?:Upgrade|Change apiVersion)/.test(title));
  if (!action) throw new Error('no upgrade is offered');
  return { title: action.title, preferred: action.preferred, text: edited(snapshot, action.edits).get(uri) ?? text };
}

const codes = (text: string, release = 36): string[] => {
  const { snapshot } = open(parseFixture(text), { kubernetesVersion: releaseName(release) });
  return snapshot.diagnostics(uri).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
};

interface Case {
  readonly what: string;
  readonly release?: number;
  readonly before: string;
  readonly after: string;
  readonly title?: string;
  readonly preferred?: boolean;
}

const container = (indent: number): string =>
  ['containers:', '  - name: web', '    image: nginx:1.27'].map((line) => ' '.repeat(indent) + line).join('\n');

const cases: readonly Case[] = [
  {
    what: 'Deployment of extensions',
    title:
      'Upgrade to apps/v1 (rolls out in steps of 25 %, not of one pod; keeps 10 old ReplicaSets, not all; fails after 600 s without progress)',
    before: `# a web server
apiVersion: extensions/v1beta1 # old
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2 # two
  # what runs
  template:
    metadata:
      labels:
        app: web # its name
        tier: front
    spec:
${container(6)}
  rollbackTo:
    revision: 1
`,
    after: `# a web server
apiVersion: apps/v1 # old
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2 # two
  selector:
    matchLabels:
      app: web
      tier: front
  # what runs
  template:
    metadata:
      labels:
        app: web # its name
        tier: front
    spec:
${container(6)}
`,
  },
  {
    what: 'Deployment of apps/v1beta2, whose selector and settings are there',
    title: 'Upgrade to apps/v1',
    before: `apiVersion: "apps/v1beta2"
kind: Deployment
metadata:
    name: web
spec:
    selector:
        matchLabels: {app: web}
    template:
        metadata: {labels: {app: web}}
        spec:
            containers:
            - name: web
              image: nginx:1.27
`,
    after: `apiVersion: apps/v1
kind: Deployment
metadata:
    name: web
spec:
    selector:
        matchLabels: {app: web}
    template:
        metadata: {labels: {app: web}}
        spec:
            containers:
            - name: web
              image: nginx:1.27
`,
  },
  {
    what: 'DaemonSet of extensions',
    title: 'Upgrade to apps/v1 (updates its pods by itself (RollingUpdate), not when they are deleted)',
    before: `apiVersion: extensions/v1beta1
kind: DaemonSet
metadata:
  name: web
spec:
  templateGeneration: 3
  template:
    metadata:
      labels:
        app: web
    spec:
${container(6)}
`,
    after: `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
${container(6)}
`,
  },
  {
    what: 'a template without labels',
    preferred: false,
    before: `apiVersion: apps/v1beta1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  updateStrategy:
    type: OnDelete
  template:
    spec:
${container(6)}
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  selector:
    app: web
`,
    after: `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  selector:
    matchLabels:
      app: web
  updateStrategy:
    type: OnDelete
  template:
    metadata:
      labels:
        app: web
    spec:
${container(6)}
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  selector:
    app: web
`,
  },
  {
    what: 'PetSet',
    title: 'Upgrade to apps/v1 StatefulSet (updates its pods by itself (RollingUpdate))',
    before: `apiVersion: apps/v1alpha1
kind: PetSet
metadata:
  name: web
spec:
  serviceName: web
  replicas: 3
  template:
    metadata:
      annotations:
        pod.alpha.kubernetes.io/initialized: "true"
      labels:
        app: web
    spec:
${container(6)}
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  selector:
    app: web
`,
    after: `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
${container(6)}
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  selector:
    app: web
`,
  },
  {
    what: 'Ingress of extensions',
    title: 'Upgrade to networking.k8s.io/v1',
    before: `apiVersion: extensions/v1beta1
kind: Ingress
metadata:
  name: web
  annotations:
    # which controller
    kubernetes.io/ingress.class: "nginx" # ours
    external-dns.alpha.kubernetes.io/hostname: web.example.com
spec:
  backend:
    serviceName: web
    servicePort: 80
  rules:
    - host: web.example.com # public
      http:
        paths:
          # everything
          - path: /
            backend:
              # who answers
              serviceName: web # the shop
              servicePort: http
          - backend: { serviceName: web, servicePort: 80 }
            path: /api
            pathType: Prefix
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - name: http
      port: 80
`,
    after: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    external-dns.alpha.kubernetes.io/hostname: web.example.com
spec:
  # which controller
  ingressClassName: "nginx" # ours
  defaultBackend:
    service:
      name: web
      port:
        number: 80
  rules:
    - host: web.example.com # public
      http:
        paths:
          # everything
          - path: /
            pathType: ImplementationSpecific
            backend:
              service:
                # who answers
                name: web # the shop
                port:
                  name: http
          - backend: { service: { name: web, port: { number: 80 } } }
            path: /api
            pathType: Prefix
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - name: http
      port: 80
`,
  },
  {
    what: 'Ingress, where the release has only v1beta1',
    release: 18,
    title: 'Upgrade to networking.k8s.io/v1beta1',
    before: `apiVersion: extensions/v1beta1
kind: Ingress
metadata:
  name: web
spec:
  rules:
    - host: web.example.com
`,
    after: `apiVersion: networking.k8s.io/v1beta1
kind: Ingress
metadata:
  name: web
spec:
  rules:
    - host: web.example.com
`,
  },
  ...(
    [
      ['extensions/v1beta1', 'NetworkPolicy', 'networking.k8s.io/v1', 'spec:\n  podSelector: {}\n'],
      [
        'batch/v1beta1',
        'CronJob',
        'batch/v1',
        `spec:\n  schedule: 0 3 * * *\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n${container(10)}\n`,
      ],
      ['rbac.authorization.k8s.io/v1beta1', 'ClusterRole', 'rbac.authorization.k8s.io/v1', 'rules: []\n'],
      ['storage.k8s.io/v1beta1', 'StorageClass', 'storage.k8s.io/v1', 'provisioner: example.com/disk\n'],
      ['scheduling.k8s.io/v1beta1', 'PriorityClass', 'scheduling.k8s.io/v1', 'value: 1000\n'],
      ['storage.k8s.io/v1beta1', 'CSIDriver', 'storage.k8s.io/v1', 'spec:\n  attachRequired: false\n'],
      ['coordination.k8s.io/v1beta1', 'Lease', 'coordination.k8s.io/v1', 'spec:\n  holderIdentity: a\n'],
      ['networking.k8s.io/v1beta1', 'IngressClass', 'networking.k8s.io/v1', 'spec:\n  controller: example.com/a\n'],
      ['node.k8s.io/v1beta1', 'RuntimeClass', 'node.k8s.io/v1', 'handler: runsc\n'],
      [
        'apiregistration.k8s.io/v1beta1',
        'APIService',
        'apiregistration.k8s.io/v1',
        'spec:\n  group: a.example.com\n  version: v1\n  groupPriorityMinimum: 100\n  versionPriority: 100\n',
      ],
    ] as const
  ).map(([from, kind, to, body]): Case => {
    const name = kind === 'APIService' ? 'v1.a.example.com' : 'web';
    const manifest = (apiVersion: string): string =>
      `# what it is\napiVersion: ${apiVersion}   # version\nkind: ${kind}\nmetadata:\n  name: ${name}\n${body}`;
    return { what: `${from} ${kind}`, title: `Upgrade to ${to}`, before: manifest(from), after: manifest(to) };
  }),
  {
    what: 'PodDisruptionBudget',
    title: 'Upgrade to policy/v1',
    before: `apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  minAvailable: 1
  selector:
    matchLabels:
      app: web
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
${container(2)}
`,
    after: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  minAvailable: 1
  selector:
    matchLabels:
      app: web
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
${container(2)}
`,
  },
  {
    what: 'a budget whose empty selector means something else now',
    title: 'Upgrade to policy/v1 (its empty selector stands for all pods of the namespace, not for none)',
    preferred: false,
    before:
      'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata:\n  name: web\nspec:\n  minAvailable: 1\n  selector: {}\n',
    after:
      'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: web\nspec:\n  minAvailable: 1\n  selector: {}\n',
  },
  {
    what: 'RoleBinding of v1alpha1',
    title: 'Upgrade to rbac.authorization.k8s.io/v1',
    before: `apiVersion: rbac.authorization.k8s.io/v1beta1
kind: ClusterRoleBinding
metadata:
  name: web
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - kind: Group
    name: everybody # all
    apiGroup: rbac.authorization.k8s.io
`,
    after: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: web
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - kind: Group
    name: everybody # all
    apiGroup: rbac.authorization.k8s.io
`,
  },
  {
    what: 'webhook that says what it does',
    title: 'Upgrade to admissionregistration.k8s.io/v1 (with the defaults of v1beta1 written out)',
    before: `apiVersion: admissionregistration.k8s.io/v1beta1
kind: ValidatingWebhookConfiguration
metadata:
  name: web
webhooks:
  - name: web.example.com # ours
    clientConfig:
      url: https://web.example.com/check
    sideEffects: None
    failurePolicy: Fail
`,
    after: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: web
webhooks:
  - name: web.example.com # ours
    clientConfig:
      url: https://web.example.com/check
    sideEffects: None
    failurePolicy: Fail
    admissionReviewVersions:
      - v1beta1
    matchPolicy: Exact
    timeoutSeconds: 30
`,
  },
  {
    what: 'webhook whose side effects nobody knows',
    preferred: false,
    before: `apiVersion: admissionregistration.k8s.io/v1beta1
kind: MutatingWebhookConfiguration
metadata:
  name: web
webhooks:
  - name: web.example.com
    clientConfig:
      url: https://web.example.com/check
    admissionReviewVersions: [v1]
    failurePolicy: Ignore
    matchPolicy: Exact
    timeoutSeconds: 5
`,
    after: `apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata:
  name: web
webhooks:
  - name: web.example.com
    clientConfig:
      url: https://web.example.com/check
    admissionReviewVersions: [v1]
    failurePolicy: Ignore
    matchPolicy: Exact
    timeoutSeconds: 5
    sideEffects: None
`,
  },
  {
    what: 'EndpointSlice',
    title: 'Upgrade to discovery.k8s.io/v1',
    before: `apiVersion: discovery.k8s.io/v1beta1
kind: EndpointSlice
metadata:
  name: web
addressType: IPv4
endpoints:
  - addresses:
      - 10.0.0.1
    topology:
      # the machine
      kubernetes.io/hostname: node-1
      topology.kubernetes.io/zone: zone-a
  - addresses: [10.0.0.2]
    topology:
      topology.kubernetes.io/region: region-a
ports: []
`,
    after: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: web
addressType: IPv4
endpoints:
  - addresses:
      - 10.0.0.1
    # the machine
    nodeName: node-1
    zone: zone-a
  - addresses: [10.0.0.2]
    deprecatedTopology:
      topology.kubernetes.io/region: region-a
ports: []
`,
  },
  {
    what: 'HorizontalPodAutoscaler of v1',
    title: 'Upgrade to autoscaling/v2',
    before: `apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
  minReplicas: 1
  maxReplicas: 10
  # half of what is asked for
  targetCPUUtilizationPercentage: 50 # percent
`,
    after: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
  minReplicas: 1
  maxReplicas: 10
  # half of what is asked for
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 50 # percent
`,
  },
  {
    what: 'HorizontalPodAutoscaler of v2beta1',
    title: 'Upgrade to autoscaling/v2',
    before: `apiVersion: autoscaling/v2beta1
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
  maxReplicas: 10
  metrics:
    - type: Resource
      resource:
        name: cpu
        targetAverageUtilization: 50 # percent
    - type: Resource
      resource: { name: memory, targetAverageValue: 200Mi }
    - type: Pods
      pods:
        metricName: requests
        targetAverageValue: 1k
    - type: Object
      object:
        target:
          kind: Service
          name: web
        metricName: hits
        targetValue: 100
    - type: External
      external:
        metricName: queue
        metricSelector:
          matchLabels:
            queue: web
        targetValue: 30
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
`,
    after: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
  maxReplicas: 10
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 50 # percent
    - type: Resource
      resource: { name: memory, target: { type: AverageValue, averageValue: 200Mi } }
    - type: Pods
      pods:
        metric:
          name: requests
        target:
          type: AverageValue
          averageValue: 1k
    - type: Object
      object:
        metric:
          name: hits
        describedObject:
          kind: Service
          name: web
        target:
          type: Value
          value: 100
    - type: External
      external:
        metric:
          name: queue
          selector:
            matchLabels:
              queue: web
        target:
          type: Value
          value: 30
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
`,
  },
  {
    what: 'HorizontalPodAutoscaler, where the release has no v2 yet',
    release: 22,
    title: 'Upgrade to autoscaling/v2beta2',
    before: `apiVersion: autoscaling/v2beta1
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
  maxReplicas: 10
  metrics:
    - type: Resource
      resource:
        name: cpu
        targetAverageUtilization: 50
`,
    after: `apiVersion: autoscaling/v2beta2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
  maxReplicas: 10
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 50
`,
  },
  {
    what: 'CustomResourceDefinition with one version',
    title: 'Upgrade to apiextensions.k8s.io/v1',
    before: `apiVersion: apiextensions.k8s.io/v1beta1
kind: CustomResourceDefinition
metadata:
  name: shops.example.com
spec:
  group: example.com
  version: v1
  scope: Namespaced
  preserveUnknownFields: false
  names:
    kind: Shop
    plural: shops
  subresources:
    status: {}
  additionalPrinterColumns:
    - name: Owner
      type: string
      JSONPath: .spec.owner # who
  validation:
    # what a shop is
    openAPIV3Schema:
      type: object
      properties:
        spec:
          type: object
          properties:
            owner:
              type: string
`,
    after: `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: shops.example.com
spec:
  group: example.com
  scope: Namespaced
  names:
    kind: Shop
    plural: shops
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        # what a shop is
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                owner:
                  type: string
      subresources:
        status: {}
      additionalPrinterColumns:
        - name: Owner
          type: string
          jsonPath: .spec.owner # who
`,
  },
  {
    what: 'CustomResourceDefinition without a schema, converted by a webhook',
    title: 'Upgrade to apiextensions.k8s.io/v1 (without a schema every field is kept as it is)',
    before: `apiVersion: apiextensions.k8s.io/v1beta1
kind: CustomResourceDefinition
metadata:
  name: shops.example.com
spec:
  group: example.com
  names:
    kind: Shop
    plural: shops
  versions:
    - name: v1
      served: true
      storage: true
    - name: v1beta1
      served: true
      storage: false
  conversion:
    strategy: Webhook
    webhookClientConfig:
      url: https://shops.example.com/convert
    conversionReviewVersions: [v1beta1]
`,
    after: `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: shops.example.com
spec:
  group: example.com
  scope: Namespaced
  names:
    kind: Shop
    plural: shops
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          x-kubernetes-preserve-unknown-fields: true
    - name: v1beta1
      served: true
      storage: false
      schema:
        openAPIV3Schema:
          type: object
          x-kubernetes-preserve-unknown-fields: true
  conversion:
    strategy: Webhook
    webhook:
      clientConfig:
        url: https://shops.example.com/convert
      conversionReviewVersions: [v1beta1]
`,
  },
  {
    what: 'SubjectAccessReview',
    title: 'Upgrade to authorization.k8s.io/v1',
    before:
      'apiVersion: authorization.k8s.io/v1beta1\nkind: SubjectAccessReview\nspec:\n  user: me\n  group: [us]\n  nonResourceAttributes:\n    path: /a\n    verb: get\n',
    after:
      'apiVersion: authorization.k8s.io/v1\nkind: SubjectAccessReview\nspec:\n  user: me\n  groups: [us]\n  nonResourceAttributes:\n    path: /a\n    verb: get\n',
  },
];

const signing = (version: string, more: string): string =>
  `apiVersion: certificates.k8s.io/${version}\nkind: CertificateSigningRequest\nmetadata:\n  name: web\nspec:\n  request: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0K\n${more}`;
const later: readonly Case[] = [
  {
    what: 'CertificateSigningRequest',
    preferred: false,
    before: signing('v1beta1', ''),
    after: signing('v1', '  signerName: kubernetes.io/kube-apiserver-client\n  usages:\n    - client auth\n'),
  },
];

/** What may be said of a good manifest: it names what is on the cluster. */
const isOfAbsence = (line: string): boolean => /^hint (?:unresolved-|selector-matches-nothing)/.test(line);

describe.each([...cases, ...later].map((one) => [one.what, one] as const))(
  '%s',
  (_, { before, after, release, title, preferred }) => {
    it('becomes', () => {
      const made = upgrade(before, release);
      expect(made.text).toBe(after);
      if (title !== undefined) expect(made.title).toBe(title);
      expect(made.preferred).toBe(preferred ?? true);
    });

    it('is fine then', () => {
      expect(codes(upgrade(before, release).text, release).filter((line) => !isOfAbsence(line))).toEqual([]);
    });

    it('with CRLF, and as an item of a List', () => {
      expect(upgrade(before.replaceAll('\n', '\r\n'), release).text).toBe(after.replaceAll('\n', '\r\n'));
      if (before.includes('---')) return;
      const item = (text: string): string =>
        text
          .replace(/^#.*\n/, '')
          .trimEnd()
          .split('\n')
          .map((line, i) => (i === 0 ? `  - ${line}` : `    ${line}`))
          .join('\n');
      const list = (text: string): string => `items:\n${item(text)}\napiVersion: v1\nkind: List\n`;
      expect(upgrade(list(before), release).text).toBe(list(after));
    });
  },
);

it('every step in the table is tried, or is a change of the version alone', () => {
  const tried = new Set([...cases, ...later].map(({ before }) => /^apiVersion: "?([\w./]+)/m.exec(before)?.[1]));
  const missing = upgrades.filter(
    ({ change, from }) => change !== 'same' && !from.some((version) => tried.has(version)),
  );
  expect(missing.map(({ change }) => change)).toEqual([]);
});
