import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/data.ts';
import { Engine } from '../../src/engine.ts';
import { edited, parseFixture } from '../fixture.ts';
import { realModel } from '../schema/real-model.ts';

function start(text: string, kubernetesVersion = '1.19') {
  const fixture = parseFixture(text);
  const engine = new Engine({ model: realModel() });
  engine.configure({ kubernetesVersion });
  engine.apply([...fixture.files].map(([uri, content]) => ({ type: 'edit', uri, text: content })));
  return { fixture, engine, snapshot: engine.snapshot() };
}

/** What becomes of the files, or why nothing does. */
function refactor(text: string, title: string, version?: string): string | { refused: string } | undefined {
  const { fixture, snapshot } = start(text, version);
  if (!fixture.cursor) throw new Error('the fixture has no $0');
  const { uri, offset } = fixture.cursor;
  const found = snapshot.refactorings(uri, offset).find((one) => one.title === title);
  if (!found) return undefined;
  if (found.refused !== undefined) return { refused: found.refused };
  const changed = edited(snapshot, found.edits);
  return [...new Map([...fixture.files, ...changed])]
    .map(([name, content]) => `# file: ${name.slice('file:///w/'.length)}\n${content}`)
    .join('');
}

const inline = (text: string, version?: string) => refactor(text, 'Inline into the pods that it matches', version);
const extract = (text: string, version?: string) => refactor(text, 'Extract env and volumes into a PodPreset', version);

const preset = `apiVersion: settings.k8s.io/v1alpha1
kind: PodPreset$0
metadata:
  name: allow-database
spec:
  selector:
    matchLabels:
      role: frontend
  env:
  # where the database listens
  - name: DB_PORT # the usual one
    value: '6379'
  - name: TEXT
    value: |
      one
      two
  volumeMounts:
  - mountPath: /cache
    name: cache-volume
  volumes:
  - name: cache-volume
    emptyDir: {}
`;

describe('Inline into the pods that it matches', () => {
  it('edits every template in every file, keeps comments, and takes the document away', () => {
    expect(
      inline(`# file: a.yaml
apiVersion: v1
kind: Pod
metadata:
  name: website
  labels:
    role: frontend
spec:
  containers:
    - name: website
      image: nginx:1.27 # pinned
      ports:
        - containerPort: 80
# the end
# file: b.yaml
${preset}---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { role: frontend } }
  template:
    metadata: { labels: { role: frontend } }
    spec:
      initContainers:
      - name: first
        image: busybox
        env:
        - name: DB_PORT
          value: "6379"
      containers:
      - {name: web, image: nginx}
      volumes:
      - name: own
        emptyDir: {}
`),
    ).toBe(`# file: a.yaml
apiVersion: v1
kind: Pod
metadata:
  name: website
  labels:
    role: frontend
spec:
  containers:
    - name: website
      image: nginx:1.27 # pinned
      ports:
        - containerPort: 80
      env:
        # where the database listens
        - name: DB_PORT # the usual one
          value: '6379'
        - name: TEXT
          value: |
            one
            two
      volumeMounts:
        - mountPath: /cache
          name: cache-volume
  volumes:
    - name: cache-volume
      emptyDir: {}
# the end
# file: b.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { role: frontend } }
  template:
    metadata: { labels: { role: frontend } }
    spec:
      initContainers:
      - name: first
        image: busybox
        env:
        - name: DB_PORT
          value: "6379"
        - name: TEXT
          value: |
            one
            two
        volumeMounts:
        - mountPath: /cache
          name: cache-volume
      containers:
      - {name: web, image: nginx, env: [{ name: DB_PORT, value: "6379" }, { name: TEXT, value: "one\\ntwo\\n" }], volumeMounts: [{ mountPath: /cache, name: cache-volume }]}
      volumes:
      - name: own
        emptyDir: {}
      - name: cache-volume
        emptyDir: {}
`);
  });

  const pod = (container: string): string => `---
apiVersion: v1
kind: Pod
metadata: { name: website, labels: { role: frontend } }
spec:
  containers:
    - name: website
      image: nginx
${container}`;

  const flowPreset = `apiVersion: redhatcop.redhat.io/v1alpha1
kind: PodPreset
metadata: { name: allow-database }
spec: { selector: { matchLabels: { role: frontend } }, env: [{ name: DB_PORT, value: '6379' }, { name: HOST, value: "a, b" }],
  volumeMounts: [{ mountPath: /cache, name: cache-volume }], volumes: [{ name: cache-volume, emptyDir: {} }] }
`;

  it.each([
    ['of lines', preset],
    ['between brackets', flowPreset],
  ])('leaves what the preview showed, but for the annotation: a preset %s', (_, text) => {
    for (const container of [
      '',
      '      env: []\n',
      '      env:\n',
      '      env: [{ name: OWN }]\n',
      '      volumeMounts:\n        - { name: v, mountPath: /v }\n  volumes: [{ name: v }]\n',
      '    - { name: flow, image: nginx, env: [{ name: OWN, value: x }], volumeMounts: [] }\n',
      '    - { name: flow, image: nginx, env: [ { name: OWN, value: x }, ] }\n  initContainers: [{ name: first, image: busybox }]\n',
    ]) {
      const before = start(`${text}${pod(container)}`.replace('$0', ''));
      const at = (snapshot: typeof before.snapshot): string => {
        const [one] = snapshot.podResources();
        const value = one && snapshot.preview(one.location.uri, one.location.span.start, ['presets'])?.value;
        return JSON.stringify(value, (key, inner: unknown) => (key === 'annotations' ? undefined : inner));
      };
      const expected = at(before.snapshot);
      const [uri = ''] = before.snapshot.files();
      const [found] = before.snapshot.refactorings(uri, 5);
      const changed = edited(before.snapshot, found?.edits ?? []);
      before.engine.apply([...changed].map(([name, text]) => ({ type: 'edit', uri: name, text })));
      expect(JSON.parse(at(before.engine.snapshot())), container).toEqual(JSON.parse(expected));
    }
  });

  it.each([
    [
      'a conflict',
      '      env: [{ name: DB_PORT, value: "1" }]\n',
      /^Pod "website" gets none of its presets: PodPreset "allow-database" brings a variable "DB_PORT"/,
    ],
    ['an alias', '      env: &e [{ name: A }]\n    - name: other\n      env: *e\n', /alias/],
  ])('is refused for %s', (_, container, reason) => {
    expect(inline(`${preset}${pod(container)}`)).toEqual({ refused: expect.stringMatching(reason) as string });
  });

  it('is refused where it matches nothing, and where the API server refuses the preset', () => {
    expect(inline(preset)).toEqual({ refused: 'The preset matches no pod of this workspace.' });
    expect(inline(`${preset.replace('name: cache-volume\n    empty', 'name: other\n    empty')}${pod('')}`)).toEqual({
      refused: 'The API server refuses this preset: it mounts the volume "cache-volume" and doesn\'t bring it.',
    });
  });

  it('leaves excluded pods alone', () => {
    const excluded = pod('').replace(
      'name: website,',
      `name: website, annotations: { podpreset.admission.kubernetes.io/exclude: "true" },`,
    );
    const result = inline(`${preset}${excluded}${pod('').replace('name: website,', 'name: second,')}`) as string;
    expect(result.match(/DB_PORT/g)).toHaveLength(1);
  });

  it("works for the operator's presets, for any target", () => {
    const operators = preset.replace('settings.k8s.io', 'redhatcop.redhat.io');
    expect(inline(`${operators}${pod('')}`, '1.36')).toContain('DB_PORT');
  });
});

describe('Extract env and volumes into a PodPreset', () => {
  const pod = `apiVersion: v1
kind: Pod
metadata:
  name: website
  namespace: prod
  labels:
    role: frontend
spec:
  containers:
    - name: website
      image: nginx
      env$0:
        # where it listens
        - name: DB_PORT
          value: "6379"
      volumeMounts:
        - name: cache
          mountPath: /cache
        - name: twice
          mountPath: /a
        - name: twice
          mountPath: /b
  volumes:
    - name: cache
      emptyDir: {}
    - name: twice
      emptyDir: {}
`;
  const flow = `apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec:
  containers:
    - { name: web, image: nginx, env$0: [{ name: PORT, value: "1" }], volumeMounts: [{ name: twice, mountPath: /a }, { name: cache, mountPath: /cache }, { name: twice, mountPath: /b }] }
    - env: [{ name: PORT, value: "1" }]
      image: nginx
      name: log
      volumeMounts: [ # twice
        { name: twice, mountPath: /c },
        { name: cache, mountPath: /cache }]
  volumes: [{ name: cache, emptyDir: {} }, { name: twice, emptyDir: {} }]
`;
  const json = `{ "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "web", "labels": { "app": "web" } },
  "spec": { "containers": [{ "env$0": [{ "name": "A", "value": "b" }], "volumeMounts": [{ "name": "v", "mountPath": "/v" }], "name": "web", "image": "nginx" }],
    "volumes": [{ "name": "v", "emptyDir": {} }] } }
`;
  const result = `# file: main.yaml
apiVersion: v1
kind: Pod
metadata:
  name: website
  namespace: prod
  labels:
    role: frontend
spec:
  containers:
    - name: website
      image: nginx
      volumeMounts:
        - name: twice
          mountPath: /a
        - name: twice
          mountPath: /b
  volumes:
    - name: twice
      emptyDir: {}
---
apiVersion: settings.k8s.io/v1alpha1
kind: PodPreset
metadata:
  name: website-preset
  namespace: prod
spec:
  selector:
    matchLabels:
      role: frontend
  env:
    # where it listens
    - name: DB_PORT
      value: "6379"
  volumeMounts:
    - name: cache
      mountPath: /cache
  volumes:
    - name: cache
      emptyDir: {}
`;

  it('moves what a preset can bring', () => expect(extract(pod)).toBe(result));

  it('is offered where presets are', () => {
    expect(extract(pod, '1.20')).toBeUndefined();
    expect(extract(pod.replace('$0', '').replace('kind: Pod', 'kind: Pod$0'))).toBeUndefined();
  });

  it('moves what stands between brackets and braces', () =>
    expect(extract(flow)).toBe(`# file: main.yaml
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec:
  containers:
    - { name: web, image: nginx, volumeMounts: [{ name: twice, mountPath: /a }, { name: twice, mountPath: /b }] }
    - image: nginx
      name: log
      volumeMounts: [ # twice
        { name: twice, mountPath: /c }]
  volumes: [{ name: twice, emptyDir: {} }]
---
apiVersion: settings.k8s.io/v1alpha1
kind: PodPreset
metadata:
  name: web-preset
spec:
  selector:
    matchLabels:
      app: web
  env:
    - name: PORT
      value: "1"
  volumeMounts:
    - name: cache
      mountPath: /cache
  volumes:
    - name: cache
      emptyDir: {}
`));

  it.each([
    ['lists of lines', pod],
    ['lists between brackets', flow],
    ['JSON', json],
  ])('leaves the pod as it was once the preset is merged: %s', (_, text) => {
    const { engine, snapshot } = start(text.replace('$0', ''));
    const [uri = ''] = snapshot.files();
    const [found] = snapshot.refactorings(uri, text.indexOf('$0'));
    const sorted = (value: Json): string => {
      if (Array.isArray(value)) return `[${(value as readonly Json[]).map(sorted).sort().join()}]`;
      if (typeof value !== 'object' || value === null) return JSON.stringify(value);
      const fields = Object.entries(value as { readonly [key: string]: Json }).filter(([key]) => key !== 'annotations');
      return `{${fields
        .map(([key, inner]) => `${key}:${sorted(inner)}`)
        .sort()
        .join()}}`;
    };
    const preview = (): string => {
      const now = engine.snapshot();
      const [one] = now.podResources();
      return sorted((one && now.preview(one.location.uri, one.location.span.start, ['presets'])?.value) ?? null);
    };
    const before = preview();
    engine.apply([...edited(snapshot, found?.edits ?? [])].map(([name, text]) => ({ type: 'edit', uri: name, text })));
    expect(preview()).toBe(before);
    expect(engine.snapshot().diagnostics(uri)).toEqual([]);
  });

  it('takes what all containers have alike, and leaves what others need', () => {
    const two = `apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec:
  containers:
    - name: a
      env:
        - { name: HOST, value: db }
        - { name: URL, value: "http://$(HOST)" }
        - { name: SAME, value: x }
    - name: b
      env$0:
        - { name: HOST, value: db }
        - { name: SAME, value: x }
`;
    const text = extract(two) as string;
    expect(text.split('---')[0]).toContain('HOST');
    expect(text.split('---')[0]).not.toContain('SAME');
    expect(text.split('---')[1]).toContain('- { name: SAME, value: x }');
    expect(text.split('---')[1]).not.toContain('HOST');
  });

  it.each([
    ['without labels', pod.replace('  labels:\n    role: frontend\n', ''), /no labels/],
    [
      'where another has the labels',
      `${pod}---\n${pod.replace('$0', '').replace('name: website\n  namespace', 'name: other\n  namespace')}`,
      /Pod "other" has all of these labels/,
    ],
    [
      'where an alias elsewhere needs what would go',
      pod.replace(/env\$0:[\s\S]*volumes:/, 'env: [&a { name: A$0, value: x }]\n  volumes:'),
      /anchors/,
    ],
    [
      'where a comment stands between what goes and what stays on a dash’s line',
      pod
        .replace(/- name: website\n {6}image: nginx\n/, '- image: nginx\n      name: website\n')
        .replace(
          /- image[\s\S]*value: "6379"\n/,
          '- env$0:\n        - { name: A, value: b }\n      # what it is\n      name: website\n',
        ),
      /comments/,
    ],
  ])('is refused %s', (_, text, reason) =>
    expect(extract(text)).toEqual({ refused: expect.stringMatching(reason) as string }),
  );
});
