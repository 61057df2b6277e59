import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { podwire } from './run-cli.ts';

const preset = (more = '', head = ''): string => `apiVersion: settings.k8s.io/v1alpha1
kind: PodPreset
metadata:
  name: allow-database
${head}spec:
  selector:
    matchLabels:
      role: frontend
  env:
    - name: DB_PORT
      value: "6379"
  volumeMounts:
    - name: cache
      mountPath: /cache
  volumes:
    - name: cache
      emptyDir: {}
${more}`;

const pod = (env = '', head = ''): string => `apiVersion: v1
kind: Pod
metadata:
  name: website
${head}  labels:
    role: frontend
spec:
  containers:
    - name: website
      image: nginx:1.27
${env}`;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: { matchLabels: { role: frontend } }
  template:
    metadata: { labels: { role: frontend } }
    spec:
      containers: [{ name: web, image: "nginx:1.27" }]
`;

const injected = {
  env: [{ name: 'DB_PORT', value: '6379' }],
  volumeMounts: [{ name: 'cache', mountPath: '/cache' }],
};
const annotations = { 'podpreset.admission.kubernetes.io/podpreset-allow-database': '' };

/** What `podwire preview . --format json` gives of these files, at 1.19. */
async function preview(files: Record<string, string>, ...more: string[]) {
  const cwd = await temporaryFolder(files);
  const argv = ['preview', '.', '--kubernetes-version', '1.19', ...more];
  const result = await podwire([...argv, '--format', 'json'], { cwd });
  return { ...result, value: JSON.parse(result.out || 'null') as unknown, cwd };
}

describe('arguments', () => {
  test.each([
    [['preview'], 'preview needs a path'],
    [['preview', ''], 'a path is empty'],
    [['preview', '.', '--format', 'text'], "--format: expected yaml or json, not 'text'"],
    [
      ['preview', '.', '--layers', 'all'],
      "--layers: expected some of presets, defaults, admission or controller, not 'all'",
    ],
    [['preview', '.', '--diff', '--container-view'], "--diff and --container-view can't go together"],
    [['preview', '.', '--diff', '--format', 'json'], '--diff is text: it has no --format json'],
    [['preview', '.', '--fix'], '--fix is for podwire check'],
    [['preview', '.', '--kubernetes-version', 'x'], "--kubernetes-version: expected a release such as 1.36, not 'x'"],
    [['check', '.', '--kind', 'Pod'], '--kind is for podwire preview'],
  ])('%j is one clear line', async (argv, problem) => {
    expect(await podwire(argv, { cwd: '/' })).toEqual({
      code: 2,
      out: '',
      err: `podwire: ${problem} (see podwire --help)\n`,
    });
  });

  test('nothing to print is exit code 2', async () => {
    const cwd = await temporaryFolder({ 'a.yaml': pod() });
    expect(await podwire(['preview', '.', '--kind', 'Job', '--name', 'x'], { cwd })).toEqual({
      code: 2,
      out: '',
      err: 'podwire: no Job named "x" in .\n',
    });
    expect((await podwire(['preview', 'gone'], { cwd })).code).toBe(2);
  });
});

describe('what the plugin leaves', () => {
  test('the Pod', async () => {
    const { code, err, value } = await preview({ 'pod.yaml': pod(), 'preset.yaml': preset() });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(value).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'website', labels: { role: 'frontend' }, annotations },
      spec: {
        containers: [{ name: 'website', image: 'nginx:1.27', ...injected }],
        volumes: [{ name: 'cache', emptyDir: {} }],
      },
    });
  });

  test('the workload with its template merged, the annotation on the template', async () => {
    const { value } = await preview({ 'all.yaml': `${deployment}---\n${preset()}` });
    expect(value).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        selector: { matchLabels: { role: 'frontend' } },
        template: {
          metadata: { labels: { role: 'frontend' }, annotations },
          spec: {
            containers: [{ name: 'web', image: 'nginx:1.27', ...injected }],
            volumes: [{ name: 'cache', emptyDir: {} }],
          },
        },
      },
    });
  });

  test.each([
    'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: x }\nspec: { template: TEMPLATE }',
    'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: x }\nspec: { template: TEMPLATE }',
    'apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: { name: x }\nspec: { template: TEMPLATE }',
    'apiVersion: v1\nkind: ReplicationController\nmetadata: { name: x }\nspec: { template: TEMPLATE }',
    'apiVersion: batch/v1\nkind: Job\nmetadata: { name: x }\nspec: { template: TEMPLATE }',
    'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: x }\nspec: { jobTemplate: { spec: { template: TEMPLATE } } }',
    'apiVersion: v1\nkind: List\nitems: [{ apiVersion: v1, kind: PodTemplate, metadata: { name: x }, template: TEMPLATE }]',
  ])('%s', async (workload) => {
    const text = workload.replace(
      'TEMPLATE',
      '{ metadata: { labels: { role: frontend } }, spec: { containers: [{ name: x }] } }',
    );
    const { out, code } = await preview({ 'w.yaml': text, 'preset.yaml': preset() });
    expect(code).toBe(0);
    expect(out).toContain('DB_PORT');
    expect(out).toContain('podpreset-allow-database');
  });

  test('the unchanged one on a conflict, which is told, with exit code 1', async () => {
    const { code, err, value } = await preview({
      'pod.yaml': pod('      env: [{ name: DB_PORT, value: "1" }]\n'),
      'preset.yaml': preset(),
    });
    expect(code).toBe(1);
    expect(err).toMatch(
      /^podwire: preset\.yaml:10: Pod website: PodPreset "allow-database" brings a variable "DB_PORT"/,
    );
    expect(err).toContain('none of the matching presets');
    expect(value).toMatchObject({ spec: { containers: [{ env: [{ name: 'DB_PORT', value: '1' }] }] } });
    expect(JSON.stringify(value)).not.toContain('cache');
  });

  test.each([
    ['the same', 'a', 'a', true],
    ['another', 'a', 'b', false],
    ['the default, unstated', '', 'default', true],
    ['another than the default', '', 'b', false],
    ['another than the default, the other way', 'b', '', false],
  ])('by namespace: %s', async (_, ofPod, ofPreset, merged) => {
    const namespace = (name: string): string => (name === '' ? '' : `  namespace: ${name}\n`);
    const { out } = await preview({
      'pod.yaml': pod('', namespace(ofPod)),
      'preset.yaml': preset('', namespace(ofPreset)),
    });
    expect(out.includes('DB_PORT')).toBe(merged);
  });

  test('presets that the API server refuses are left out, and the reason is told', async () => {
    const { code, err, out } = await preview({
      'pod.yaml': pod(),
      'preset.yaml': preset().replace('- name: cache\n      empty', '- name: other\n      empty'),
    });
    expect(code).toBe(0);
    expect(out).not.toContain('DB_PORT');
    expect(err).toContain(
      'is left out, since the API server refuses it: it mounts the volume "cache" and doesn\'t bring it.',
    );
  });

  test('of two presets of one name the nearer one counts, and in one folder the last', async () => {
    const other = (port: string): string => preset().replace('6379', port);
    const near = await preview({ 'app/pod.yaml': pod(), 'preset.yaml': other('1'), 'app/preset.yaml': other('2') });
    expect(near.out).toContain('"2"');
    expect(near.err).toContain('is defined twice');
    const last = await preview({ 'pod.yaml': pod(), 'a.yaml': other('1'), 'b.yaml': other('2') });
    expect(last.out).toContain('"2"');
  });

  test('another target than the API is told, and shown all the same', async () => {
    const cwd = await temporaryFolder({ 'pod.yaml': pod(), 'preset.yaml': preset() });
    const { code, err, out } = await podwire(['preview', '.'], { cwd });
    expect(code).toBe(0);
    expect(err).toContain('left Kubernetes in 1.20');
    expect(out).toContain('DB_PORT');
  });

  test("the operator's presets", async () => {
    const { value, code } = await preview({
      'pod.yaml': pod(),
      'preset.yaml': preset().replace('settings.k8s.io', 'redhatcop.redhat.io'),
    });
    expect(code).toBe(0);
    expect(value).toMatchObject({ metadata: { annotations }, spec: { containers: [injected] } });
  });
});

describe('output', () => {
  test('YAML tells where each addition comes from', async () => {
    const cwd = await temporaryFolder({ 'pod.yaml': pod(), 'preset.yaml': preset() });
    const { out } = await podwire(['preview', '.', '--kubernetes-version', '1.19'], { cwd });
    expect(out).toBe(`apiVersion: v1
kind: Pod
metadata:
  name: website
  labels:
    role: frontend
  annotations: # PodPreset "allow-database", preset.yaml:1
    podpreset.admission.kubernetes.io/podpreset-allow-database: ""
spec:
  containers:
    - name: website
      image: nginx:1.27
      env:
        - name: DB_PORT # PodPreset "allow-database", preset.yaml:10
          value: "6379"
      volumeMounts:
        - name: cache # PodPreset "allow-database", preset.yaml:13
          mountPath: /cache
  volumes:
    - name: cache # PodPreset "allow-database", preset.yaml:16
      emptyDir: {}
`);
  });

  test('several are a stream, or an array', async () => {
    const files = { 'a.yaml': pod(), 'b.yaml': deployment };
    const { value, cwd } = await preview(files);
    expect(value).toMatchObject([{ kind: 'Pod' }, { kind: 'Deployment' }]);
    const { out } = await podwire(['preview', '.'], { cwd });
    expect(out.split('---\n')).toHaveLength(2);
    expect((await preview(files, '--kind', 'deployment')).value).toMatchObject({ kind: 'Deployment' });
    expect((await preview(files, '--name', 'website')).value).toMatchObject({ kind: 'Pod' });
  });

  test('a difference', async () => {
    const cwd = await temporaryFolder({ 'pod.yaml': pod(), 'preset.yaml': preset() });
    const { out } = await podwire(['preview', '.', '--diff', '--kubernetes-version', '1.19'], { cwd });
    expect(out).toContain('--- pod.yaml:1 Pod website\n+++ Pod website as it will run\n');
    expect(out.split('\n').filter((line) => /^-[^-]/.test(line))).toEqual([]);
    expect(out).toContain('+        - name: DB_PORT\n');
  });

  test('all layers: the Pod that runs', async () => {
    const layers = 'presets,defaults,admission,controller';
    const { value } = await preview({ 'w.yaml': deployment, 'preset.yaml': preset() }, '--layers', layers);
    expect(value).toMatchObject({
      kind: 'Pod',
      metadata: { ownerReferences: [{ kind: 'ReplicaSet' }] },
      spec: {
        restartPolicy: 'Always',
        priority: 0,
        serviceAccountName: 'default',
        containers: [{ env: injected.env }],
      },
    });
  });

  test('what each container sees, without the values of Secrets', async () => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: db }\nstringData: { password: correct-horse }\n';
    const env = `      env:
        - { name: PASSWORD, valueFrom: { secretKeyRef: { name: db, key: password } } }
        - { name: URL, value: "http://$(DB_PORT)/$(PASSWORD)" }
`;
    const files = { 'pod.yaml': pod(env), 'secret.yaml': secret, 'preset.yaml': preset() };
    const { value, out, cwd } = await preview(files, '--container-view');
    expect(out).not.toContain('correct-horse');
    expect(value).toMatchObject({
      kind: 'Pod',
      containers: [
        {
          name: 'website',
          environment: [
            { name: 'PASSWORD', value: 'secret db/password', masked: true },
            // The preset's variable comes behind.
            { name: 'URL', value: 'http://$(DB_PORT)/<secret db/password>' },
            { name: 'DB_PORT', value: '6379', addedBy: 'PodPreset "allow-database"' },
          ],
          mounts: [{ path: '/cache', source: 'empty directory', files: [] }],
        },
      ],
    });
    const { out: text } = await podwire(['preview', '.', '--container-view', '--kubernetes-version', '1.19'], { cwd });
    expect(text).toContain('Pod website\n\nContainer website\n');
    expect(text).not.toContain('correct-horse');
  });
});

describe('bad input', () => {
  test.each([
    [
      'half-typed containers',
      'apiVersion: v1\nkind: Pod\nmetadata: { name: x, labels: { role: frontend } }\nspec:\n  containers:\n    - name: web\n    -\n    - na',
    ],
    ['a broken preset', pod()],
    ['no spec', 'apiVersion: v1\nkind: Pod\nmetadata: { name: x }\n'],
  ])('%s', async (what, text) => {
    const broken = what === 'a broken preset' ? `${preset()}  bad: [` : preset();
    const { code, out } = await preview({ 'pod.yaml': text, 'preset.yaml': broken });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ metadata: { name: expect.any(String) as string } });
  });

  test('a document that is no YAML is shown as far as it goes, and it is told', async () => {
    const { err, out } = await preview({ 'pod.yaml': `${pod()}  volumes: [`, 'preset.yaml': preset() });
    expect(err).toContain("can't be read as YAML");
    expect(out).toContain('DB_PORT');
  });

  test('a thousand presets', async () => {
    const many = Array.from(
      { length: 1000 },
      (_, i) =>
        `apiVersion: settings.k8s.io/v1alpha1\nkind: PodPreset\nmetadata: { name: p${i} }\nspec: { selector: {}, env: [{ name: V${i}, value: x }] }\n`,
    );
    const { out } = await preview({ 'pod.yaml': pod(), 'presets.yaml': many.join('---\n') });
    expect(out.match(/"name": "V\d+"/g)).toHaveLength(1000);
  });
});
