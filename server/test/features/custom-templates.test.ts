import { describe, expect, it } from 'vitest';
import { podTemplatesIn } from '../../src/model/pod-templates.ts';
import type { ApiModel } from '../../src/schema/api-model.ts';
import { applyFix, atCursor, completionsAt, edited, open, parseFixture, placesOf } from '../fixture.ts';
import { realModel } from '../schema/real-model.ts';

/** The schema of a pod template, as a definition spells it out. */
const template = `type: object
properties:
  metadata:
    type: object
    x-kubernetes-preserve-unknown-fields: true
  spec:
    type: object
    properties:
      containers:
        type: array
        items:
          type: object
          x-kubernetes-preserve-unknown-fields: true
          properties:
            name: {type: string}
            image: {type: string}
      volumes:
        type: array
        items:
          type: object
          x-kubernetes-preserve-unknown-fields: true
`;

const indented = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));

const crd = (spec: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: crontabs.example.com
spec:
  group: example.com
  scope: Namespaced
  names:
    kind: CronTab
    plural: crontabs
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
              properties:
${indented(spec, 16)}`;

const one = crd(`template:\n${indented(template, 2)}`);
const two = crd(
  `worker:\n${indented(template, 2)}jobs:\n  type: array\n  items:\n    type: object\n    properties:\n      template:\n${indented(template, 8)}`,
);

const secret = `apiVersion: v1
kind: Secret
metadata:
  name: db
stringData:
  password: x
`;

const crontab = (container: string, volumes = ''): string => `apiVersion: example.com/v1
kind: CronTab
metadata:
  name: nightly
spec:
  template:
    metadata:
      labels:
        app: nightly
    spec:
      containers:
        - name: main
          image: busybox:1.36
${indented(container, 10)}${indented(volumes, 6)}`;

const files = (resource: string, definition = one): string =>
  `# file: crd.yaml\n${definition}# file: secret.yaml\n${secret}# file: tab.yaml\n${resource}`;

const env = (key: string): string =>
  `env:\n  - name: PASSWORD\n    valueFrom:\n      secretKeyRef:\n        name: db\n        key: ${key}\n`;
const mount = (name: string): string => `volumeMounts:\n  - name: ${name}\n    mountPath: /data\n`;
const volumes = 'volumes:\n  - name: data\n    emptyDir: {}\n';

/** What is said of the custom resource: `severity code text`. */
function found(text: string): readonly string[] {
  const { snapshot } = open(parseFixture(text));
  const uri = 'file:///w/tab.yaml';
  return snapshot
    .diagnostics(uri)
    .map(({ severity, code, span }) => `${severity} ${code} ${snapshot.text(uri)?.slice(span.start, span.end)}`);
}

describe('a pod template that a definition of the workspace embeds', () => {
  it('leads to keys and volumes', () => {
    const key = atCursor(files(crontab(env('pass$0word'))));
    expect(placesOf(key.snapshot, key.snapshot.definition(key.uri, key.offset))).toEqual(['secret.yaml:6 password']);
    const volume = atCursor(files(crontab(mount('da$0ta'), volumes)));
    expect(placesOf(volume.snapshot, volume.snapshot.definition(volume.uri, volume.offset))).toEqual([
      'tab.yaml:18 data',
    ]);
  });

  it('completes them', () => {
    expect(completionsAt(files(crontab(env('$0'))))).toEqual(['password']);
    expect(completionsAt(files(crontab(mount('$0'), volumes)))).toEqual(['data']);
  });

  it('takes part in renames', () => {
    const { snapshot, uri, offset } = atCursor(
      files(crontab(env('password'))).replace('  password: x', '  pass$0word: x'),
    );
    const answer = snapshot.rename(uri, offset, 'token');
    const texts = edited(snapshot, 'edits' in answer ? answer.edits : []);
    expect(texts.get('file:///w/tab.yaml')).toContain('key: token');
    expect(texts.get('file:///w/secret.yaml')).toContain('token: x');
  });

  it('is accused of slips only, and with care: its operator may bring what it lacks', () => {
    expect(found(files(crontab(env('passwrd') + mount('config'), volumes)))).toEqual([
      'warning unresolved-secret-key passwrd',
      'hint unresolved-volume config',
    ]);
    expect(found(files(crontab(env('user'))))).toEqual(['hint unresolved-secret-key user']);
    expect(found(files(crontab('', volumes)))).toEqual([]);
    expect(found(files(crontab('', volumes + volumes.replace('volumes:\n', ''))))).toEqual([
      'hint duplicate-name data',
    ]);
  });

  it('has its slips mended', () => {
    expect(applyFix(files(crontab(mount('dat$0e'), volumes)), 'Change to "data"')).toContain(
      '- name: data\n              mount',
    );
  });

  it('is found by selectors, ports and all', () => {
    const service = `# file: service.yaml\napiVersion: v1\nkind: Service\nmetadata:\n  name: nightly\nspec:\n  selector:\n    app: nightly\n  ports:\n    - port: 80\n      targetPort: ht$0tp\n`;
    const { snapshot, uri, offset } = atCursor(
      files(crontab('ports:\n  - name: http\n    containerPort: 8080\n')) + service,
    );
    expect(placesOf(snapshot, snapshot.definition(uri, offset))).toEqual(['tab.yaml:15 http']);
  });

  it('is not known without the definition', () => {
    const text = crontab(`${env('passwrd')}${mount('config')}`, volumes);
    expect(found(`# file: secret.yaml\n${secret}# file: tab.yaml\n${text}`)).toEqual([]);
    expect(completionsAt(`# file: secret.yaml\n${secret}# file: tab.yaml\n${crontab(env('$0'))}`)).toEqual([]);
  });
});

it('a pod template counts as soon as its definition is there, moves with it, and no longer than that', () => {
  const text = crontab(env('passwrd'));
  const { engine } = open(parseFixture(`# file: secret.yaml\n${secret}# file: tab.yaml\n${text}`));
  const uri = 'file:///w/tab.yaml';
  const offset = text.indexOf('passwrd');
  const codes = (): string[] =>
    engine
      .snapshot()
      .diagnostics(uri)
      .map(({ code }) => code);
  const usesOfSecret = (): number =>
    engine.snapshot().references('file:///w/secret.yaml', secret.indexOf('db'), false).length;
  expect([codes(), usesOfSecret()]).toEqual([[], 0]);
  const version = engine.snapshot().diagnosticsVersion(uri);
  engine.apply([{ type: 'edit', uri: 'file:///w/crd.yaml', text: one }]);
  expect([codes(), usesOfSecret()]).toEqual([['unresolved-secret-key'], 1]);
  expect(engine.snapshot().diagnosticsVersion(uri)).not.toBe(version);
  expect(engine.snapshot().hover(uri, offset)).toBeDefined();
  engine.apply([{ type: 'edit', uri: 'file:///w/crd.yaml', text: one.replace('    template:', '    podTemplate:') }]);
  expect(codes()).not.toContain('unresolved-secret-key');
  expect(usesOfSecret()).toBe(0);
  engine.apply([{ type: 'edit', uri: 'file:///w/crd.yaml', text: one }]);
  expect(usesOfSecret()).toBe(1);
  engine.apply([{ type: 'close', uri: 'file:///w/crd.yaml' }]);
  expect([codes(), usesOfSecret()]).toEqual([[], 0]);
});

it('each of several pod templates of a kind has its own volumes and labels', () => {
  const pod = (name: string, use: string): string =>
    `metadata:\n  labels:\n    app: ${name}\nspec:\n  containers:\n    - name: main\n      image: busybox:1.36\n      volumeMounts:\n        - name: ${use}\n          mountPath: /data\n  volumes:\n    - name: ${name}-data\n      emptyDir: {}\n`;
  const tab = (first: string, second: string): string =>
    files(
      `apiVersion: example.com/v1\nkind: CronTab\nmetadata:\n  name: nightly\nspec:\n  worker:\n${indented(pod('worker', first), 4)}  jobs:\n    - template:\n${indented(pod('job', second), 8)}`,
      two,
    );
  expect(completionsAt(tab('$0', 'job-data'))).toEqual(['worker-data']);
  expect(completionsAt(tab('worker-data', '$0'))).toEqual(['job-data']);
  expect(found(tab('worker-data', 'worker-data'))).toEqual(['hint unresolved-volume worker-data']);
});

it('a kind that has a pod’s fields in its own spec is wired like a pod, but for the labels', () => {
  const spec = template.slice(template.indexOf('      containers:'));
  const definition = crd(spec.replace(/^ {6}/gm, ''));
  const resource = `apiVersion: example.com/v1
kind: CronTab
metadata:
  name: main
  labels:
    app: main
spec:
  containers:
    - name: proxy
      image: nginx:1.27
      env:
        - name: POD
          valueFrom:
            fieldRef:
              fieldPath: metadata.labels['part']
        - name: PASSWORD
          valueFrom:
            secretKeyRef:
              name: db
              key: pass$0word
`;
  const { snapshot, uri, offset } = atCursor(files(resource, definition));
  expect(placesOf(snapshot, snapshot.definition(uri, offset))).toEqual(['secret.yaml:6 password']);
  expect(snapshot.diagnostics(uri)).toEqual([]);
  expect(snapshot.podResources()).toEqual([]);
});

describe('where a schema has pod templates', () => {
  const inSchema = (model: ApiModel, apiVersion: string, kind: string) => podTemplatesIn(model.find(apiVersion, kind));

  it('is not asked of Kubernetes’ own kinds, and none of those without any', () => {
    expect(inSchema(realModel(), 'apps/v1', 'Deployment')).toEqual([]);
    expect(inSchema(realModel(), 'monitoring.coreos.com/v1', 'ServiceMonitor')).toEqual([]);
    expect(inSchema(realModel(), 'example.com/v1', 'CronTab')).toEqual([]);
  });

  it('is found in packs, where a kind may have a pod’s fields in its own spec', () => {
    for (const kind of ['Alertmanager', 'ThanosRuler'])
      expect(inSchema(realModel(), 'monitoring.coreos.com/v1', kind)).toEqual([
        { path: '', bare: false, containers: ['.'] },
      ]);
  });
});
