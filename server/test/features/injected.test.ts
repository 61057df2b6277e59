import { describe, expect, it } from 'vitest';
import { Engine, type Settings, type Snapshot } from '../../src/engine.ts';
import { open, parseFixture, placesOf } from '../fixture.ts';
import { realModel } from '../schema/real-model.ts';
import { pod, preset } from './preset-texts.ts';

const cache = '  volumes: [{ name: cache, emptyDir: {} }]\n';
const port = '  env: [{ name: DB_PORT, value: "1" }]\n';
const mount = '      volumeMounts: [{ name: cache, mountPath: /cache }]\n';
const argument = '      args: ["--port=$(DB_PORT)"]\n';
/** Another value for the preset's variable: a conflict. */
const taken = '      env: [{ name: DB_PORT, value: "2" }]\n';

/** Code and message of what is said of wires in the pod's file. */
function found(presets: string, pods: string, settings: Partial<Settings> = {}): string[] {
  const { snapshot } = at(presets, pods, settings);
  return wires(snapshot);
}

const wires = (snapshot: Snapshot): string[] =>
  snapshot
    .diagnostics('file:///w/pod.yaml')
    .filter(({ code }) => /^(unresolved-|unused-volume)/.test(code))
    .map(({ code, message }) => `${code}: ${message}`);

function at(presets: string, pods: string, settings: Partial<Settings> = {}) {
  const fixture = parseFixture(`# file: preset.yaml\n${presets}# file: pod.yaml\n${pods}`);
  const { snapshot } = open(fixture, { kubernetesVersion: '1.19', ...settings });
  return { snapshot, ...fixture.cursor };
}

const rollout = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { role: frontend } }
  template:
    metadata: { labels: { role: frontend } }
    spec:
      initContainers:
        - { name: first, image: "busybox:1", args: ["$(DB_PORT)"] }
      containers:
        - name: web
          image: nginx:1.27
          volumeMounts: [{ name: cache, mountPath: /cache }]
`;

describe('what presets bring counts as defined', () => {
  it('volumes and variables, in pods and templates', () => {
    expect(found(preset('db', cache + port), pod('web', mount + argument))).toEqual([]);
    expect(found(preset('db', cache + port), rollout)).toEqual([]);
    expect(found(preset('db', port), pod('web', mount))).toHaveLength(1);
  });

  it('in the namespace of the preset, and for the pods that it matches', () => {
    const elsewhere = preset('db', cache).replace('name: db', 'name: db\n  namespace: shop');
    expect(found(elsewhere, pod('web', mount))).toHaveLength(1);
    expect(found(elsewhere, pod('web', mount).replace('name: web', 'name: web\n  namespace: shop'))).toEqual([]);
    expect(found(preset('db', cache).replace('frontend', 'backend'), pod('web', mount))).toHaveLength(1);
  });

  it('in the releases that apply the preset', () => {
    const [message] = found(preset('db', cache), pod('web', mount), { kubernetesVersion: '1.20' });
    expect(message).toContain(
      'Pod "web" has no volume "cache"; PodPreset "db" (preset.yaml:7) would bring it, but Kubernetes applies no such preset since 1.20.',
    );
    const operators = preset('db', cache, 'redhatcop.redhat.io/v1alpha1');
    expect(found(operators, pod('web', mount), { kubernetesVersion: '1.36' })).toEqual([]);
  });

  it('not where a conflict, an annotation or the API server stands against it, which is said', () => {
    const [conflict] = found(preset('db', cache + port), pod('web', mount + taken));
    expect(conflict).toContain('would bring it, but it conflicts, and then no preset is applied.');
    const excluded = pod('web', mount).replace(
      '  labels:',
      '  annotations: { podpreset.admission.kubernetes.io/exclude: "true" }\n  labels:',
    );
    expect(found(preset('db', cache), excluded)[0]).toContain('but the pod is excluded from presets.');
    const homeless = preset('db', `${cache}  volumeMounts: [{ name: x, mountPath: /x }]\n`);
    expect(found(homeless, pod('web', mount))[0]).toContain('but the API server refuses that preset.');
  });

  it('says of a variable that comes too late that it does: what presets bring stands behind the container’s own', () => {
    const own = '      env: [{ name: URL, value: "http://db:$(DB_PORT)" }]\n';
    const [message, ...others] = found(preset('db', port), pod('web', own));
    expect(message).toContain(
      'PodPreset "db" (preset.yaml:7) brings the environment variable "DB_PORT", behind all that the container has itself',
    );
    expect(others).toEqual([]);
  });

  it('anything may come with an envFrom of a preset', () => {
    const from = '  envFrom: [{ configMapRef: { name: settings } }]\n';
    const near = '      env: [{ name: DB_PORTS, value: "1" }]\n';
    expect(found(preset('db', port), pod('web', `${near}      args: ["$(DB_PORTZ)"]\n`))).toHaveLength(1);
    const before = '      env: [{ name: DB_PORTS, value: "1" }, { name: URL, value: "$(DB_PORTZ)" }]\n';
    expect(found(preset('db', port), pod('web', before))).toHaveLength(1);
    expect(found(preset('db', port + from), pod('web', before))).toEqual([]);
    const known = found(preset('db', port + from), pod('web', `${near}      args: ["$(DB_PORTZ)"]\n`));
    expect(known.filter((line) => line.startsWith('unresolved-variable'))).toEqual([]);
  });

  it('a volume that a preset mounts is in use', () => {
    const mounting = preset('db', `  volumeMounts: [{ name: cache, mountPath: /cache }]\n${cache}`);
    const own = '  volumes: [{ name: cache, emptyDir: {} }]\n';
    expect(found(preset('log', port), pod('web', own))).toEqual([
      expect.stringContaining('unused-volume: No container of this pod mounts the volume "cache"'),
    ]);
    expect(found(mounting, pod('web', own))).toEqual([]);
  });

  it('follows every change of the preset, and only pods in its reach are judged again', () => {
    const engine = new Engine({ model: realModel() });
    engine.configure({ kubernetesVersion: '1.19' });
    const other = 'file:///w/other.yaml';
    engine.apply([
      { type: 'edit', uri: 'file:///w/preset.yaml', text: preset('db', cache) },
      { type: 'disk', uri: 'file:///w/pod.yaml', text: pod('web', mount) },
      { type: 'disk', uri: other, text: pod('far', mount).replace('name: far', 'name: far\n  namespace: far') },
    ]);
    const versions = (): string[] =>
      [other, 'file:///w/pod.yaml'].map((uri) => engine.snapshot().diagnosticsVersion(uri));
    expect(wires(engine.snapshot())).toEqual([]);
    engine.snapshot().diagnostics(other);
    const before = versions();
    const edit = (text: string): void => engine.apply([{ type: 'edit', uri: 'file:///w/preset.yaml', text }]);
    edit(preset('db', cache.replace('cache', 'caches')).replace('name: db', 'name: db\n  namespace: default'));
    expect(wires(engine.snapshot())).toEqual([expect.stringContaining('Pod "web" has no volume "cache"')]);
    expect(versions()[1]).not.toBe(before[1]);
    edit(preset('db', cache));
    expect(wires(engine.snapshot())).toEqual([]);
  });
});

describe('at the names of what presets bring', () => {
  const presets = preset('db', cache + port);

  it('hover says which preset it is', () => {
    const volume = at(presets, pod('web', mount.replace('cache', 'ca$0che')));
    expect(volume.snapshot.hover(volume.uri ?? '', volume.offset ?? 0)?.contents).toContain(
      'Volume **cache** brought by PodPreset **db** · [preset.yaml:7]',
    );
    const variable = at(presets, pod('web', argument.replace('DB_', 'DB_$0')));
    expect(variable.snapshot.hover(variable.uri ?? '', variable.offset ?? 0)?.contents).toContain(
      'Environment variable **DB_PORT** brought by PodPreset **db** · [preset.yaml:8]',
    );
  });

  it('go to definition, references and rename lead there and back', () => {
    const here = at(presets, `${pod('web', mount.replace('cache', 'ca$0che'))}---\n${pod('two', mount)}`);
    const { snapshot, uri = '', offset = 0 } = here;
    expect(placesOf(snapshot, snapshot.definition(uri, offset))).toEqual(['preset.yaml:7 cache']);
    const all = ['pod.yaml:10 cache', 'pod.yaml:21 cache', 'preset.yaml:7 cache'];
    expect(placesOf(snapshot, snapshot.references(uri, offset, true)).sort()).toEqual(all);
    const answer = snapshot.rename(uri, offset, 'store');
    expect('edits' in answer ? placesOf(snapshot, answer.edits).sort() : answer).toEqual(all);
  });

  it('completion offers them, apart from where they come too late', () => {
    const offered = (own: string): string[] => {
      const { snapshot, uri = '', offset = 0 } = at(presets, pod('web', own));
      return snapshot.completion(uri, offset).map(({ label, detail }) => `${label}: ${detail}`);
    };
    expect(offered('      volumeMounts:\n        - name: $0\n')).toContain(
      'cache: volume of PodPreset db · preset.yaml',
    );
    expect(offered('      args: ["$($0)"]\n').filter((label) => label.startsWith('DB_PORT'))).toHaveLength(1);
    expect(offered('      env: [{ name: A, value: "$($0)" }]\n').filter((label) => label.startsWith('DB_'))).toEqual(
      [],
    );
  });
});
