import { describe, expect, it } from 'vitest';
import { callEverything, checkDiagnostics, completionsAt, open } from '../fixture.ts';

/** Asserts that Podwire has nothing at all to say about a file, at any offset. */
function checkIgnored(text: string, name = 'main.yaml'): void {
  const uri = `file:///w/${name}`;
  const { snapshot } = open({ files: new Map([[uri, text]]), cursor: undefined });
  expect(snapshot.diagnostics(uri)).toEqual([]);
  expect(snapshot.resourceCount()).toBe(0);
  for (let offset = 0; offset <= text.length; offset++) {
    expect(
      snapshot.completion(uri, offset).map((item) => item.label),
      `completion at ${offset}`,
    ).toEqual([]);
    expect(snapshot.hover(uri, offset), `hover at ${offset}`).toBeUndefined();
    expect(snapshot.definition(uri, offset)).toEqual([]);
    expect(snapshot.references(uri, offset, true)).toEqual([]);
    expect(snapshot.highlights(uri, offset)).toEqual([]);
    expect(snapshot.prepareRename(uri, offset)).toBeUndefined();
    expect(snapshot.codeActions(uri, { start: offset, end: offset })).toEqual([]);
  }
  expect(snapshot.fixAll(uri).edits).toEqual([]);
}

describe('YAML that is none of ours', () => {
  it.each([
    [
      'a compose file',
      'services:\n  web:\n    image: nginx\n    ports: ["80:80"]\n    volumes:\n      - data:/data\nvolumes:\n  data: {}\n',
    ],
    [
      'a GitHub workflow',
      'name: CI\non: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo "${{ github.sha }}"\n',
    ],
    [
      'the values of a chart',
      'replicaCount: 1\nimage:\n  repository: nginx\nservice:\n  type: ClusterIP\nkind: Deployment\n',
    ],
    ['a list', '- kind: Pod\n- apiVersion: v1\n'],
    ['an OpenAPI document', 'openapi: 3.0.0\ninfo:\n  title: x\npaths: {}\n'],
    ['a chart', 'apiVersion: v2\nname: web\nversion: 1.0.0\n'],
    ['broken YAML', 'services:\n  web: "nginx\n\timage: [\n'],
  ])('gets nothing: %s', (_, text) => checkIgnored(text));

  it('is not counted among the resources, and the manifests beside it are', () => {
    const { snapshot } = open({
      files: new Map([
        ['file:///w/compose.yaml', 'services: {}\n'],
        ['file:///w/pod.yaml', 'services: {}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n'],
      ]),
      cursor: undefined,
    });
    expect(snapshot.resourceCount()).toBe(1);
  });
});

const helm = (body: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ include "web.name" . }}\nspec:\n${body}`;

describe('templates', () => {
  it.each([
    ['values', helm('  replicas: {{ .Values.replicas }}\n  selecter: x\n')],
    [
      'control lines',
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n{{- if .Values.enabled }}\n  ports:\n    - port: 80\n{{- end }}\n',
    ],
    [
      'a whole file under a condition',
      '{{- if .Values.ingress.enabled -}}\napiVersion: v1\nkind: Ingress\nmetadata:\n  name: web\n{{- end }}\n',
    ],
    [
      'included blocks',
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n  labels:\n    {{- include "web.labels" . | nindent 4 }}\ndata: 1\n',
    ],
    [
      'a loop over keys',
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  {{- range $key, $value := .Values.config }}\n  {{ $key }}: {{ $value | quote }}\n  {{- end }}\n',
    ],
    ['a key', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  {{ .Values.key }}: 1\n'],
    [
      'Jinja blocks',
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  {% for x in xs %}\n  a: 1\n  {% endfor %}\n',
    ],
  ])('are left alone: %s', (_, text) => checkIgnored(text, 'templates/web.yaml'));

  it('do not silence the other documents of their file', () => {
    checkDiagnostics(`${helm('  replicas: {{ .Values.replicas }}\n')}---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  debug: yes
#        ^^^ error wrong-type
`);
  });
});

describe('braces in quoted strings are text', () => {
  it('does not take an alert rule for a template', () => {
    checkDiagnostics(`apiVersion: v1
kind: ConfigMap
metadata:
  name: alerts
data:
  summary: "{{ $labels.instance }} is down"
  single: '{{ $value }} percent'
  rules: |
    - alert: Down
      annotations:
        summary: {{ $labels.instance }}
  debug: yes
#        ^^^ error wrong-type
`);
  });

  it('does not take the arguments of a workflow for a template', () => {
    checkDiagnostics(`apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  restartPolicy: never
#                ^^^^^ error invalid-value
  containers:
    - name: web
      image: nginx:1.27
      args: ["{{inputs.parameters.message}}", "--name={{ .Name }}"]
`);
  });
});

describe('the value of a placeholder is never judged', () => {
  const manifest = (value: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${value}
spec:
  replicas: ${value}
  paused: ${value}
  strategy:
    type: ${value}
  selector:
    matchLabels:
      app: ${value}
  template:
    metadata:
      labels:
        app: web
    spec:
      restartPolicy: ${value}
      containers:
        - name: web
          image: ${value}
          ports:
            - containerPort: ${value}
          envFrom:
            - configMapRef:
                name: ${value}
          env:
            - name: A
              valueFrom:
                secretKeyRef:
                  name: ${value}
                  key: ${value}
          resources:
            limits:
              cpu: ${value}
          volumeMounts:
            - name: ${value}
              mountPath: ${value}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  a: ${value}
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: ${value}
  ports:
    - port: ${value}
      targetPort: ${value}
`;

  it.each([
    '${NAME}',
    '$(NAME)',
    '<% name %>',
    '<name>',
    '@name@',
    '"${NAME}"',
    '${NAME:-web}',
    'web-${NAME}',
    '__NAME__',
    '%NAME%',
  ])('%s', (value) => {
    const uri = 'file:///w/main.yaml';
    const { snapshot } = open({ files: new Map([[uri, manifest(value)]]), cursor: undefined });
    expect(snapshot.diagnostics(uri).map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
    for (let offset = 0; offset < manifest(value).length; offset += 5) callEverything(snapshot, uri, offset);
  });

  it('and yet the rest of the document is', () => {
    checkDiagnostics(`apiVersion: v1
kind: Pod
metadata:
  name: \${NAME}
spec:
  restartPolcy: Always
# ^^^^^^^^^^^^ error unknown-field
  containers:
    - name: web
      image: nginx:\${TAG}
`);
  });

  it('nor offered as a name to others', () => {
    expect(
      completionsAt(`apiVersion: v1
kind: ConfigMap
metadata:
  name: \${NAME}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
---
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      envFrom:
        - configMapRef:
            name: $0
`),
    ).toEqual(['settings']);
  });
});
