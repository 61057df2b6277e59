import { describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine.ts';
import { checkDiagnostics, parseFixture } from '../fixture.ts';
import { realModel } from '../schema/real-model.ts';

const preset = (name: string, spec: string): string => `apiVersion: settings.k8s.io/v1alpha1
kind: PodPreset
metadata:
  name: ${name}
spec:
  selector: { matchLabels: { role: frontend } }
${spec}`;

const pod = (name: string, rest: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  labels: { role: frontend }
spec:
  containers:
    - name: web
      image: nginx:1.27
${rest}`;

const port = (value: string): string => `  env:\n    - name: DB_PORT\n      value: "${value}"\n`;
const ownPort = (value: string): string => `      env:\n        - name: DB_PORT\n          value: "${value}"\n`;

/** Code, file and text of each diagnostic, with what it links to. */
function found(text: string, version = '1.19') {
  const fixture = parseFixture(text);
  const engine = new Engine({ model: realModel() });
  engine.configure({ kubernetesVersion: version });
  engine.apply([...fixture.files].map(([uri, content]) => ({ type: 'edit', uri, text: content })));
  const snapshot = engine.snapshot();
  const show = (uri: string, span: { start: number; end: number }): string =>
    `${uri.slice(10)} ${snapshot.text(uri)?.slice(span.start, span.end)}`;
  return snapshot.files().flatMap((uri) =>
    snapshot
      .diagnostics(uri)
      .filter(({ code }) => code.startsWith('preset-'))
      .map(({ code, span, message, related }) => ({
        code,
        at: show(uri, span),
        message,
        to: related.map(({ location }) => show(location.uri, location.span)),
      })),
  );
}

describe('preset-conflict', () => {
  it('stands at both ends, each linking the other', () => {
    const all = found(`# file: a.yaml\n${preset('db', port('1'))}# file: b.yaml\n${pod('web', ownPort('2'))}`);
    expect(all.map(({ at, to }) => [at, to])).toEqual([
      ['a.yaml DB_PORT', ['b.yaml DB_PORT']],
      ['b.yaml DB_PORT', ['a.yaml DB_PORT']],
    ]);
    for (const { message } of all) {
      expect(message).toContain('PodPreset "db"');
      expect(message).toContain('none of the matching presets, and says nothing');
    }
    expect(all[0]?.message).toContain('Pod "web"');
  });

  it('at a preset is told once for all pods that have it', () => {
    const pods = ['a', 'b', 'c'].map((name) => `---\n${pod(name, ownPort('2'))}`).join('');
    const all = found(`# file: p.yaml\n${preset('db', port('1'))}# file: pods.yaml\n${pods}`);
    const atPreset = all.filter(({ at }) => at.startsWith('p.yaml'));
    expect(atPreset).toHaveLength(1);
    expect(atPreset[0]?.message).toContain('Pod "a" and 2 more');
    expect(atPreset[0]?.to).toHaveLength(3);
  });

  it('of two presets stands at both of them, and at the pod that gets neither', () => {
    const all = found(
      `# file: a.yaml\n${preset('a', port('1'))}# file: b.yaml\n${preset('b', port('2'))}# file: pod.yaml\n${pod('web', '')}`,
    );
    expect(all.map(({ at }) => at)).toEqual(['a.yaml DB_PORT', 'b.yaml DB_PORT', 'pod.yaml web']);
    expect(all[2]?.to.sort()).toEqual(['a.yaml DB_PORT', 'b.yaml DB_PORT']);
  });

  it('of a preset with itself stands there, whatever pods there are', () => {
    const twice = preset(
      'twice',
      '  volumeMounts:\n    - { name: v, mountPath: /a }\n    - { name: v, mountPath: /b }\n  volumes: [{ name: v }]\n',
    );
    expect(found(twice).map(({ at }) => at)).toEqual(['main.yaml v']);
    expect(found(twice)[0]?.message).toContain('conflicts with itself');
  });

  it('is none with an excluded pod, another namespace, or a preset that the API server refuses', () => {
    const excluded = pod('web', ownPort('2')).replace(
      '  labels:',
      '  annotations: { podpreset.admission.kubernetes.io/exclude: "true" }\n  labels:',
    );
    expect(found(`${preset('db', port('1'))}---\n${excluded}`)).toEqual([]);
    const elsewhere = pod('web', ownPort('2')).replace('  labels:', '  namespace: other\n  labels:');
    expect(found(`${preset('db', port('1'))}---\n${elsewhere}`)).toEqual([]);
    const refused = `${preset('db', port('1'))}  volumeMounts: [{ name: none, mountPath: /x }]\n`;
    expect(found(`${refused}---\n${pod('web', ownPort('2'))}`)).toEqual([]);
  });

  it('goes and comes with edits of either file', () => {
    const engine = new Engine({ model: realModel() });
    const count = (uri: string): number =>
      engine
        .snapshot()
        .diagnostics(uri)
        .filter(({ code }) => code === 'preset-conflict').length;
    engine.apply([
      { type: 'edit', uri: 'a.yaml', text: preset('db', port('1')) },
      { type: 'edit', uri: 'b.yaml', text: pod('web', ownPort('1')) },
    ]);
    expect([count('a.yaml'), count('b.yaml')]).toEqual([0, 0]);
    engine.apply([{ type: 'edit', uri: 'b.yaml', text: pod('web', ownPort('2')) }]);
    expect([count('a.yaml'), count('b.yaml')]).toEqual([1, 1]);
    engine.apply([{ type: 'edit', uri: 'a.yaml', text: preset('db', port('2')) }]);
    expect([count('a.yaml'), count('b.yaml')]).toEqual([0, 0]);
  });
});

it('a preset that matches no pod says what comes near', () => {
  checkDiagnostics(`apiVersion: redhatcop.redhat.io/v1alpha1
kind: PodPreset
metadata:
  name: db
spec:
  selector:
    matchLabels:
      role: frontent
#           ^^^^^^^^ warning selector-matches-nothing
  env:
    - name: A
      value: "1"
---
${pod('web', '')}`);
});

it('a mount of a volume that the preset does not bring is an error', () => {
  checkDiagnostics(`apiVersion: redhatcop.redhat.io/v1alpha1
kind: PodPreset
metadata:
  name: db
spec:
  selector: {}
  volumeMounts:
    - name: cache
#           ^^^^^ error unresolved-volume
      mountPath: /cache
`);
});

it('a name that is too long is an error where pods are refused for it, and a warning elsewhere', () => {
  const long = 'p'.repeat(54);
  expect(found(preset(long, port('1')))).toMatchObject([{ code: 'preset-name-too-long' }]);
  const both = found(`${preset(long, port('1'))}---\n${pod('web', '')}`);
  expect(both[0]?.message).toContain('refuses the pods of Pod "web"');
});
