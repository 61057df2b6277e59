import { describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine.ts';
import { edited, open, parseFixture, placesOf } from '../fixture.ts';
import { realModel } from '../schema/real-model.ts';

const app = 'file:///w/app.yaml';
const other = 'file:///w/other.yaml';

/** The labels of the pods slid out of their metadata; another Deployment is a near miss. */
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
      tier: front
  template:
    metadata:
    labels:
      app: web
      tier: front
    spec:
      containers:
      - name: web
        image: nginx:1.27
        ports:
        - name: http
        containerPort: 8080
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
spec:
  selector:
    matchLabels:
      app: web
      tier: back
  template:
    metadata:
      labels:
        app: web
        tier: back
    spec:
      containers:
      - name: worker
        image: nginx:1.27
`;
const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
    tier: front
  ports:
    - port: 80
      targetPort: http
`;
const both = `# file: app.yaml\n${deployment}# file: other.yaml\n${service}`;

/** A ConfigMap whose data have no indentation, and who reads one of them. */
const config = `# file: app.yaml
apiVersion: v1
kind: ConfigMap
metadata:
name: settings
data:
color: blue
size:large
# file: other.yaml
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      env:
        - name: SIZE
          valueFrom:
            configMapKeyRef:
              name: settings
              key: size
`;

const at = (text: string, word: string): number => text.indexOf(word) + 1;

describe('a document that needs repair', () => {
  it('is to others what it is meant to be: nothing is said of what leads into it', () => {
    for (const fixture of [both, config]) {
      const { snapshot } = open(parseFixture(fixture));
      expect(snapshot.diagnostics(other)).toEqual([]);
      expect(snapshot.diagnostics(app).map(({ code }) => code)).not.toEqual([]);
    }
  });

  it('is led into at the exact places of what is written', () => {
    const { snapshot } = open(parseFixture(both));
    expect(placesOf(snapshot, snapshot.definition(other, at(service, 'front')))).toContain('app.yaml:14 tier: front');
    expect(placesOf(snapshot, snapshot.definition(other, at(service, 'http')))).toEqual(['app.yaml:20 http']);
    const lost = open(parseFixture(config)).snapshot;
    const pod = lost.text(other) ?? '';
    expect(placesOf(lost, lost.definition(other, at(pod, 'settings')))).toEqual(['app.yaml:4 settings']);
    expect(placesOf(lost, lost.definition(other, pod.lastIndexOf('size') + 1))).toEqual(['app.yaml:7 size']);
  });

  it('is renamed in as it stands', () => {
    const { snapshot } = open(parseFixture(config.replace('size:large', 'size: large')));
    for (const [uri, offset] of [
      [other, (snapshot.text(other) ?? '').lastIndexOf('size') + 1],
      [app, at(snapshot.text(app) ?? '', 'size')],
    ] as const) {
      const answer = snapshot.rename(uri, offset, 'width');
      const files = edited(snapshot, 'edits' in answer ? answer.edits : []);
      expect(answer).toHaveProperty('edits');
      expect(files.get(app)).toBe((snapshot.text(app) ?? '').replace('size', 'width'));
      expect(files.get(other)).toBe((snapshot.text(other) ?? '').replace('key: size', 'key: width'));
    }
  });

  it('is repaired before anything else is made to fit it', () => {
    const { snapshot } = open(parseFixture(both.replace('# file: other.yaml\n', '---\n')));
    const { edits, steps } = snapshot.fixAll(app);
    expect(new Set(steps.map(({ code }) => code))).toEqual(new Set(['misplaced-key']));
    expect(edited(snapshot, edits).get(app)).toContain('    tier: front\n  ports');
  });

  it('says the same from the first key to the last that breaks and mends it', () => {
    const engine = new Engine({ model: realModel() });
    const whole = deployment
      .replace(
        '    labels:\n      app: web\n      tier: front\n    spec',
        '      labels:\n        app: web\n        tier: front\n    spec',
      )
      .replace('        containerPort', '          containerPort');
    engine.apply([
      { type: 'disk', uri: other, text: service },
      { type: 'edit', uri: app, text: whole },
    ]);
    expect(engine.snapshot().diagnostics(other)).toEqual([]);
    const version = engine.snapshot().diagnosticsVersion(other);
    for (const text of [
      whole.replace(
        '      labels:\n        app: web\n        tier: front\n    spec',
        '      labels:\n      app: web\n        tier: front\n    spec',
      ),
      deployment,
      whole,
    ]) {
      engine.apply([{ type: 'edit', uri: app, text }]);
      expect(engine.snapshot().diagnostics(other)).toEqual([]);
    }
    expect(version).toBeDefined();
  });

  it('offers no edit of what is out of place from elsewhere', () => {
    const { snapshot } = open(parseFixture(both.replace('targetPort: http', 'targetPort: admin')));
    const text = snapshot.text(other) ?? '';
    const [diagnostic] = snapshot.diagnostics(other);
    expect(diagnostic?.code).toBe('unresolved-container-port');
    const actions = snapshot.codeActions(other, { start: at(text, 'admin'), end: at(text, 'admin') });
    expect(new Set(actions.flatMap(({ edits }) => edits.map(({ uri }) => uri)))).toEqual(new Set([other]));
  });
});

it('changes no selector unasked beside what cannot be read as a manifest', () => {
  const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
  - port: 80
`;
  const pod = (version: string, app: string): string => `${version}
kind: Pod
metadata:
  name: ${app}
  labels:
    app: ${app}
spec:
  containers:
  - name: web
    image: nginx:1.27
`;
  const changed = (...documents: readonly string[]): boolean => {
    const engine = new Engine({ model: realModel() });
    engine.apply([{ type: 'edit', uri: app, text: [service, ...documents].join('---\n') }]);
    return engine.snapshot().fixAll(app).edits.length > 0;
  };
  expect(changed(pod('apiVersion: v1', 'webs'))).toBe(true);
  expect(changed(pod('apiVersion= v1', 'web'), pod('apiVersion: v1', 'webs'))).toBe(false);
});
