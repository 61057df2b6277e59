import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/engine.ts';
import { callEverything, open, parseFixture } from '../fixture.ts';
import { pod, preset } from './preset-texts.ts';

const uri = 'file:///w/pod.yaml';
const env = '  env: [{ name: PORT, value: "1" }]\n';

function at(presets: string, pods: string): Snapshot {
  const files = parseFixture(`# file: preset.yaml\n${presets}# file: pod.yaml\n${pods}`);
  return open(files, { kubernetesVersion: '1.19' }).snapshot;
}

/** The lines of the preview and what is said of it. */
function shown(snapshot: Snapshot, offset = 0) {
  const found = snapshot.preview(uri, offset, ['presets', 'defaults', 'admission', 'controller']);
  return { text: found?.lines.map(({ text }) => text).join('\n') ?? '', notes: found?.notes ?? [] };
}

/** Everything that shows presets, at every place of both files. */
function everywhere(snapshot: Snapshot): void {
  for (const file of snapshot.files()) {
    const text = snapshot.text(file) ?? '';
    for (let offset = 0; offset <= text.length; offset += 37) {
      callEverything(snapshot, file, offset);
      snapshot.preview(file, offset, ['presets', 'defaults', 'admission', 'controller']);
      snapshot.containerView(file, offset, ['presets', 'admission'], false);
    }
  }
}

describe('half-typed containers', () => {
  const rest = `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: { role: frontend }
spec:
  containers:
    - name: whole
      image: nginx:1.27
`;

  it.each([
    ['a dash', '    -\n'],
    ['a word', '    - na\n'],
    ['a name and nothing', '    - name:\n'],
    ['a list that is none', '    - name: web\n      env: x\n      volumeMounts: { a: b }\n'],
    ['items that are none', '    - name: web\n      env:\n        -\n        - text\n        - name:\n        - [a]\n'],
    ['no list at all', '      env:\n  volumes:\n'],
  ])('%s: the rest is shown', (_, typed) => {
    const snapshot = at(preset('db', `${env}  volumes: [{ name: cache, emptyDir: {} }]\n`), rest + typed);
    const { text } = shown(snapshot);
    expect(text).toContain('image: nginx:1.27');
    expect(text).toContain('- name: PORT');
    expect(text).toContain('- name: cache');
    everywhere(snapshot);
  });

  it('what can not be read as YAML is said, and what could be is shown', () => {
    const snapshot = at(preset('db', env), `${rest}    - { name: web\n`);
    const { text, notes } = shown(snapshot);
    expect(notes.map(({ message }) => message)).toContainEqual(expect.stringContaining("can't be read as YAML"));
    expect(text).toContain('image: nginx:1.27');
    everywhere(snapshot);
  });

  it('a template that is not there yet is said to be missing', () => {
    const snapshot = at(
      preset('db', env),
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  template:\n',
    );
    expect(shown(snapshot).notes.map(({ message }) => message)).toEqual(['Deployment "web" has no pod template yet.']);
    everywhere(snapshot);
  });
});

describe('presets with errors', () => {
  it.each([
    ['no spec', 'apiVersion: settings.k8s.io/v1alpha1\nkind: PodPreset\nmetadata: { name: db }\n'],
    ['no name', preset('db', env).replace('name: db', 'labels: {}')],
    ['lists that are none', preset('db', '  env: x\n  volumes: { a: b }\n  volumeMounts: [x, , [y]]\n  envFrom: 3\n')],
    ['a selector that is none', preset('db', env).replace(/selector: .*/, 'selector: [a, b]')],
    [
      'an unknown operator',
      preset('db', env).replace(/selector: .*/, 'selector: { matchExpressions: [{ key: a, operator: Near }, x] }'),
    ],
    ['a mount without its volume', preset('db', `${env}  volumeMounts: [{ name: x, mountPath: /x }]\n`)],
    ['open brackets', preset('db', '  env: [{ name: PORT, value: "1" }\n')],
    ['nothing but a kind', 'apiVersion: settings.k8s.io/v1alpha1\nkind: PodPreset\n'],
  ])('%s: the pod is shown', (_, text) => {
    const snapshot = at(text, pod('web'));
    expect(shown(snapshot).text).toContain('image: nginx:1.27');
    everywhere(snapshot);
  });

  it('one that the API server refuses is left out, and that is said', () => {
    const { text, notes } = shown(at(preset('db', `${env}  volumeMounts: [{ name: x, mountPath: /x }]\n`), pod('web')));
    expect(text).not.toContain('PORT');
    expect(notes.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^PodPreset "db" is left out, since the API server refuses it: /),
    ]);
  });

  it('one that can not be read is shown as far as it goes, and that is said', () => {
    const { notes } = shown(at(preset('db', `${env}  volumes: [{ name: cache\n`), pod('web')));
    expect(notes.map(({ message }) => message)).toEqual([
      'PodPreset "db" can\'t be read as YAML: it is shown as far as it goes.',
    ]);
  });

  it('of two of one name one counts, and the other is named', () => {
    const two = `${preset('db', env)}---\n${preset('db', env.replace('PORT', 'HOST'))}`;
    const snapshot = at(two, pod('web'));
    const { text, notes } = shown(snapshot);
    expect(text).toContain('- name: HOST');
    expect(text).not.toContain('- name: PORT');
    expect(notes).toMatchObject([
      { message: expect.stringContaining('PodPreset "db" is defined twice'), location: {} },
    ]);
    const lenses = snapshot.codeLenses(uri).map((lens) => snapshot.codeLensText(uri, lens)?.title);
    expect(lenses).toContain('1 preset applies');
    everywhere(snapshot);
  });
});

describe('variables that lead in circles', () => {
  it('stay as they are written, and end', () => {
    const circle =
      '  env: [{ name: A, value: "$(B)" }, { name: B, value: "$(A)$(B)" }, { name: C, value: "$(B)$(C)" }]\n';
    const own = '      env: [{ name: X, value: "$(A)$(X)" }]\n';
    const snapshot = at(preset('db', circle), pod('web', own));
    const view = snapshot.containerView(uri, 0, ['presets'], false);
    expect(view?.containers[0]?.variables.map(({ name, value }) => `${name}=${value.text}`)).toEqual([
      'X=$(A)$(X)',
      'A=$(B)',
      'B=$(B)$(B)',
      'C=$(B)$(B)$(C)',
    ]);
    everywhere(snapshot);
  });

  it('that double with every line are no bomb', () => {
    const lines = Array.from({ length: 60 }, (_, i) => `    - { name: V${i}, value: "$(V${i - 1})$(V${i - 1})" }\n`);
    const bomb = `  env:\n    - { name: V0, value: bang }\n${lines.slice(1).join('')}`;
    const snapshot = at(preset('db', bomb), pod('web'));
    const view = snapshot.containerView(uri, 0, ['presets'], false);
    const values = view?.containers[0]?.variables.map(({ value }) => value.text) ?? [];
    expect(values).toHaveLength(60);
    expect(values[3]).toBe('bang'.repeat(8));
    expect(values[50]).toBe('<longer than 131072 bytes>');
  });
});

describe('a thousand presets', () => {
  const many = Array.from({ length: 1000 }, (_, i) => preset(`p${i}`, `  env: [{ name: V${i}, value: "${i}" }]\n`));

  it('are all merged, counted and told apart', () => {
    const snapshot = at(many.join('---\n'), `${pod('one')}---\n${pod('two', '      env: []\n')}`);
    const found = snapshot.preview(uri, 0, ['presets']);
    expect(found?.lines.filter(({ text }) => /^ +- name: V\d+$/.test(text))).toHaveLength(1000);
    const titles = snapshot.codeLenses(uri).map((lens) => snapshot.codeLensText(uri, lens)?.title);
    expect(titles.filter((title) => title === '1000 presets apply')).toHaveLength(2);
    const [hint] = snapshot.inlayHints(uri, { start: 0, end: snapshot.text(uri)?.length ?? 0 });
    expect(hint?.parts).toHaveLength(1000);
  });

  it('that all conflict are told one by one, and nothing is merged', () => {
    const clashing = many.map((text) => text.replace(/V\d+/, 'PORT'));
    const snapshot = at(clashing.join('---\n'), pod('one'));
    const found = snapshot.preview(uri, 0, ['presets']);
    expect(found?.conflicted).toBe(true);
    expect(found?.lines).toEqual(found?.written);
    expect(found?.notes.filter(({ kind }) => kind === 'conflict')).toHaveLength(999);
  });
});
