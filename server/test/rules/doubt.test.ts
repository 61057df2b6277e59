import { describe, expect, it } from 'vitest';
import { open, parseFixture } from '../fixture.ts';

/** What is said of a fixture, as `severity code "marked text"`, unused things and hints aside unless asked for. */
function said(text: string, hints = false): string[] {
  const fixture = parseFixture(text);
  const { snapshot } = open(fixture);
  return [...fixture.files].flatMap(([uri, content]) =>
    snapshot
      .diagnostics(uri)
      .filter(({ severity }) => hints || severity !== 'hint')
      .map(({ severity, code, span }) => `${severity} ${code} "${content.slice(span.start, span.end)}"`),
  );
}

describe('what works is not accused', () => {
  it('merge keys may have their tag', () => {
    expect(
      said(`apiVersion: v1
kind: ConfigMap
metadata: &meta
  name: web
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: crews.example.com
spec:
  group: example.com
  names: {kind: Crew, plural: crews}
  scope: Namespaced
  versions:
    - &version
      name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema: {type: object}
    - !!merge <<: *version
      name: v2
      storage: false
`),
    ).toEqual([]);
  });

  it('envsubst takes names without braces, too', () => {
    expect(
      said(`apiVersion: v1
kind: Service
metadata:
  name: $APP_NAME-web
  namespace: $NAMESPACE
  labels:
    app: "$APP_NAME"
spec:
  selector:
    app: $APP_NAME
  ports:
    - port: 80
`),
    ).toEqual([]);
  });

  it('a chart may have quotes within quotes', () => {
    expect(
      said(`apiVersion: v1
kind: Service
metadata:
  name: "{{ regexReplaceAll "^a-" .Release.Name "b" }}-web"
spec:
  ports:
    - port: 80
`),
    ).toEqual([]);
  });

  it('of two resources of one file, a template engine may choose one', () => {
    const config = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  colour: COLOUR
---
`;
    const both = config.replace('COLOUR', 'blue') + config.replace('COLOUR', 'red');
    expect(said(both)).toEqual(['warning duplicate-resource "settings"']);
    const [blue, red] = ['blue', 'red'].map((colour) => config.replace('COLOUR', colour));
    const other = config.replace('settings', 'other');
    expect(said(`{{- if .Values.blue }}\n${other}${blue}{{- else }}\n${other}${red}{{- end }}\n`)).toEqual([]);
  });

  it('a policy of an older version knows the same values', () => {
    const policy = (version: string): string => `apiVersion: admissionregistration.k8s.io/${version}
kind: MutatingAdmissionPolicy
metadata:
  name: policy
spec:
  reinvocationPolicy: IfNeeded
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
      - apiGroups: [apps]
        apiVersions: [v1]
        operations: [CREATE]
        resources: [deployments]
  mutations:
    - patchType: JSONPatch
      jsonPatch:
        expression: "[]"
`;
    expect(said(policy('v1beta1'))).toEqual([]);
    expect(said(policy('v1beta1').replace('IfNeeded', 'ifneeded'))).toEqual(['error invalid-value "ifneeded"']);
  });

  it('a webhook may fill in what a custom resource lacks', () => {
    const crew = (rules: string): string => `# file: crd.yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: crews.example.com
spec:
  group: example.com
  names: {kind: Crew, plural: crews}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              required: [size]
              properties:
                size: {type: string}
                other: {type: string}
# file: webhook.yaml
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata:
  name: defaults
webhooks:
  - name: defaults.example.com
    clientConfig: {url: "https://defaults.example.com"}
    sideEffects: None
    admissionReviewVersions: [v1]${rules}
# file: crew.yaml
apiVersion: example.com/v1
kind: Crew
metadata:
  name: a
spec:
  other: x
`;
    expect(said(crew(''))).toEqual([]);
    const rules = (group: string): string => `
    rules: [{apiGroups: [${group}], apiVersions: ["*"], operations: [CREATE], resources: ["*"]}]`;
    expect(said(crew(rules('example.com')))).toEqual([]);
    expect(said(crew(rules('example.com')), true)).toContain('hint missing-field "spec"');
    expect(said(crew(rules('apps')))).toEqual(['error missing-field "spec"']);
  });

  it('what many name alike is no slip', () => {
    const job = (name: string, config = 'endpoints'): string => `# file: ${name}.yaml
apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
  namespace: storage
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: tool
          image: busybox:1.36
          envFrom:
            - configMapRef:
                name: ${config}
`;
    const known = `# file: config.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: quotas-of-disks
  namespace: storage
data:
  a: b
`;
    const unresolved = 'warning unresolved-configmap "endpoints"';
    expect(said(known + job('purge'))).toEqual([unresolved]);
    expect(said(known + job('purge') + job('mount'))).toEqual([unresolved, unresolved]);
    expect(said(known + job('purge') + job('mount') + job('toolbox'))).toEqual([]);
    const slip = known.replace('quotas-of-disks', 'endpoint');
    expect(said(slip + job('purge') + job('mount') + job('toolbox'))).toHaveLength(3);
  });

  it('an object of another namespace in another part of the repository is no evidence', () => {
    const account = (folder: string): string => `# file: ${folder}/account.yaml
apiVersion: v1
kind: ServiceAccount
metadata:
  name: node
  namespace: kube-system
`;
    const pod = `# file: test/tools/mock/pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: mock
  namespace: calico-system
spec:
  serviceAccountName: node
  containers:
    - name: mock
      image: busybox:1.36
`;
    expect(said(account('test/tools/mock') + pod)).toEqual(['warning unresolved-serviceaccount "node"']);
    expect(said(account('test/tools/rbac') + pod)).toEqual(['warning unresolved-serviceaccount "node"']);
    expect(said(account('app/config/install') + pod)).toEqual([]);
  });

  it("a monitor that states no namespace proves nothing about another folder's Service", () => {
    const monitor = (folder: string, namespace: string): string => `# file: ${folder}/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: certs${namespace}
  labels:
    component: controller
spec:
  ports:
    - name: metrics
      port: 9402
# file: config/monitor/monitor.yaml
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: controller
spec:
  selector:
    matchLabels:
      component: controller
  endpoints:
    - port: https
`;
    const found = 'error unresolved-service-port "https"';
    expect(said(monitor('config/monitor', ''))).toEqual([found]);
    expect(said(monitor('config/monitor', '\n  namespace: certs'))).toEqual([found]);
    expect(said(monitor('test/certs', '\n  namespace: certs'))).toEqual([]);
  });

  it('what the decoder drops without a word, or validation does not look at', () => {
    const crew = (schema: string): string[] =>
      said(`apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: crews.example.com
spec:
  group: example.com
  names: {kind: Crew, plural: crews}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: ${schema}
`);
    expect(crew('{type: array, items: {type: string, maxLenght: 3}}')).toEqual(['warning unknown-field "maxLenght"']);
    expect(crew('{type: object, additionalProperties: {type: string, maxLenght: 3}}')).toEqual([
      'warning unknown-field "maxLenght"',
    ]);
    expect(crew('{type: string, maxLenght: 3}')).toEqual(['error unknown-field "maxLenght"']);
    expect(crew('{type: object, additionalProperties: {type: string, maxLength: seven}}')).toEqual([
      'error wrong-type "seven"',
    ]);
    expect(crew('{type: object, additionalProperties: true}')).toEqual([]);
    expect(crew('{type: object, additionalProperties: nope}')).toEqual(['error wrong-type "nope"']);
    const owned = (own: string, template: string): string[] =>
      said(`apiVersion: batch/v1
kind: Job
metadata: {name: web${own}}
spec:
  template:
    metadata: {labels: {app: web}${template}}
    spec: {restartPolicy: Never, containers: [{name: web, image: "nginx:1.27"}]}
`);
    expect(owned('', ', ownerReferences: [{}]')).toEqual([]);
    expect(owned(', ownerReferences: [{}]', '')).toEqual(['error missing-field "{}"']);
  });
});
