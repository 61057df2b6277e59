import { describe, expect, it } from 'vitest';
import { Engine, type Snapshot } from '../../src/engine.ts';
import { placesOf } from '../fixture.ts';
import { realModel } from '../schema/real-model.ts';

const config = 'file:///w/config.yaml';
const pod = 'file:///w/pod.yaml';

const configText = `apiVersion: v1
kind: Secret
metadata:
  name: other
stringData:
  user: root
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: blue
  size: large
`;
const podText = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      envFrom:
        - configMapRef:
            name: settings
        - secretRef:
            name: other
      env:
        - name: COLOR
          valueFrom:
            configMapKeyRef:
              name: settings
              key: color
`;

/** An engine that has seen both files whole, then the other text of the first. */
function typed(text: string): { readonly engine: Engine; readonly snapshot: Snapshot } {
  const engine = new Engine({ model: realModel() });
  engine.apply([
    { type: 'disk', uri: pod, text: podText },
    { type: 'edit', uri: config, text: configText },
  ]);
  engine.apply([{ type: 'edit', uri: config, text }]);
  return { engine, snapshot: engine.snapshot() };
}

const codes = (snapshot: Snapshot, uri: string): string[] => snapshot.diagnostics(uri).map(({ code }) => code);
const offsetOf = (text: string, word: string): number => text.indexOf(word) + 1;

describe('while a document is being typed', () => {
  const halfTyped = configText.replace('  size: large\n', '  size: "lar\n');

  it.each([
    ['mended', 'unclosed-value', halfTyped],
    ['not mended', 'yaml-syntax', halfTyped.replace('"lar', '"lar" ge')],
  ])('its last good facts count: nothing flickers in other files (%s)', (_, code, text) => {
    const { snapshot } = typed(text);
    expect(codes(snapshot, config)).toEqual([code]);
    expect(codes(snapshot, pod)).toEqual([]);
    expect(placesOf(snapshot, snapshot.definition(pod, offsetOf(podText, 'color')))).toEqual(['config.yaml:13 color']);
    expect(snapshot.hover(pod, offsetOf(podText, 'settings'))?.contents).toContain('[config.yaml:11]');
  });

  it('its facts stay where they are in the text, however it has moved', () => {
    const text = `# one\n# two\n${configText.replace('\ndata:\n', '\ndata:\n  first: "\n')}`;
    const { snapshot } = typed(text);
    expect(placesOf(snapshot, snapshot.definition(pod, offsetOf(podText, 'settings')))).toEqual([
      'config.yaml:13 settings',
    ]);
    expect(placesOf(snapshot, snapshot.definition(pod, offsetOf(podText, 'color')))).toEqual(['config.yaml:16 color']);
  });

  it('its facts never lie outside of the text', () => {
    const { snapshot } = typed(configText.slice(0, configText.indexOf('settings')).concat('"se'));
    const [place] = snapshot.definition(pod, offsetOf(podText, 'color'));
    expect(place?.span.end).toBeLessThanOrEqual(snapshot.text(config)?.length ?? 0);
  });

  it('keeps them through many keystrokes, and lets go of them when the text is whole again', () => {
    const { engine } = typed(halfTyped);
    for (const text of [halfTyped.replace('"lar', '"larg'), halfTyped.replace('"lar', '"large')]) {
      engine.apply([{ type: 'edit', uri: config, text }]);
      expect(codes(engine.snapshot(), pod)).toEqual([]);
    }
    engine.apply([{ type: 'edit', uri: config, text: configText.replace('color', 'colour') }]);
    expect(codes(engine.snapshot(), pod)).toEqual(['unresolved-configmap-key']);
    engine.apply([{ type: 'edit', uri: config, text: configText }]);
    expect(codes(engine.snapshot(), pod)).toEqual([]);
  });

  it('the other documents of its file keep their help', () => {
    const { snapshot } = typed(halfTyped);
    expect(snapshot.hover(config, offsetOf(halfTyped, 'user'))?.contents).toContain('Key **user**');
    expect(snapshot.completion(config, halfTyped.indexOf('stringData')).map(({ label }) => label)).toContain('data');
    expect(placesOf(snapshot, snapshot.references(config, offsetOf(halfTyped, 'other'), false))).toEqual([
      'pod.yaml:13 other',
    ]);
  });

  it('a name in it still knows its users, once each', () => {
    const { snapshot } = typed(halfTyped);
    const at = offsetOf(halfTyped, 'settings');
    expect(placesOf(snapshot, snapshot.references(config, at, true))).toEqual([
      'config.yaml:11 settings',
      'pod.yaml:11 settings',
      'pod.yaml:18 settings',
    ]);
    expect(snapshot.hover(config, at)?.contents).toContain('used 2 times');
    expect(placesOf(snapshot, snapshot.definition(config, at))).toEqual(['config.yaml:11 settings']);
  });

  it('nothing is renamed or edited in a text that cannot be read', () => {
    const { snapshot } = typed(halfTyped);
    const reason = { refused: expect.stringContaining('not well-formed') };
    expect(snapshot.rename(pod, offsetOf(podText, 'settings'), 'renamed')).toEqual(reason);
    expect(snapshot.rename(config, offsetOf(halfTyped, 'settings'), 'renamed')).toEqual(reason);
    expect(snapshot.prepareRename(config, offsetOf(halfTyped, 'settings'))).toEqual(reason);
    const { engine } = typed(halfTyped);
    engine.apply([{ type: 'disk', uri: pod, text: podText.replace('key: color', 'key: colour') }]);
    const actions = engine.snapshot().codeActions(pod, { start: 0, end: podText.length });
    expect(new Set(actions.flatMap(({ edits }) => edits.map((edit) => edit.uri)))).toEqual(new Set([pod]));
  });

  it('what was never whole defines what can be read of it', () => {
    const engine = new Engine({ model: realModel() });
    engine.apply([
      { type: 'edit', uri: config, text: halfTyped },
      { type: 'edit', uri: pod, text: podText },
    ]);
    expect(codes(engine.snapshot(), pod)).toEqual([]);
  });

  it('a document that goes takes its facts with it', () => {
    const { engine, snapshot } = typed(configText.slice(0, configText.indexOf('---')));
    expect(codes(snapshot, pod)).toEqual(['unresolved-configmap', 'unresolved-configmap']);
    engine.apply([{ type: 'close', uri: config }]);
    expect(engine.snapshot().files()).toEqual([pod]);
  });

  it('the version of its file changes whenever a document comes, goes or moves', () => {
    const { engine } = typed(configText);
    const seen = new Set([engine.snapshot().diagnosticsVersion(config)]);
    const texts = [
      `# head\n${configText}`,
      configText.slice(configText.indexOf('---')),
      configText.slice(0, configText.indexOf('---')),
      configText,
    ];
    for (const text of texts) {
      engine.apply([{ type: 'edit', uri: config, text }]);
      seen.add(engine.snapshot().diagnosticsVersion(config));
    }
    expect(seen.size).toBe(5);
  });
});
