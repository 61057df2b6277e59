import { describe, expect, it } from 'vitest';
import { after, applyFix, atCursor, fixesAt, open, parseFixture } from '../fixture.ts';

const titles = (text: string): string[] => fixesAt(text).map(({ title }) => title);

const configMap = (data: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n${data}`;
const pod = (key: string, more = ''): string => `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
${more}      env:
        - name: A
          valueFrom:
            configMapKeyRef:
              name: settings
              key: ${key}
`;
const two = (key: string, data = 'data:\n  color: blue\n'): string =>
  `# file: config.yaml\n${configMap(data)}# file: pod.yaml\n${pod(key)}`;

describe('a name that leads nowhere', () => {
  it('is changed to the nearest, in its own quotes', () => {
    expect(applyFix(two('"col$0ur"'), 'Change to "color"')).toBe(pod('"color"'));
  });

  it('or is added to the object, in its own file and layout', () => {
    const before = two('si$0ze', 'data:\n    color: blue # why\n');
    const title = 'Add key "size" to ConfigMap "settings" (config.yaml)';
    expect(titles(before)).toContain(title);
    expect(applyFix(before, title)).toBe(configMap('data:\n    color: blue # why\n    size: ""\n'));
  });

  it.each([
    ['no data yet', '', 'data:\n  size: ""\n'],
    ['empty data', 'data: {}\n', 'data:\n  size: ""\n'],
    ['data in a flow map', 'data: { color: blue }\n', 'data: { color: blue, size: "" }\n'],
    ['a block scalar at the end', 'data:\n  color: |\n    blue\n', 'data:\n  color: |\n    blue\n  size: ""\n'],
  ])('to an object with %s', (_, data, wanted) => {
    expect(applyFix(two('si$0ze', data), 'Add key "size" to ConfigMap "settings" (config.yaml)')).toBe(
      configMap(wanted),
    );
  });

  it('a missing volume is added to the pod that mounts it', () => {
    const mounts = '      volumeMounts:\n        - name: da$0ta\n          mountPath: /data\n';
    expect(applyFix(pod('color', mounts), 'Add volume "data" to this pod')).toBe(
      `${pod('color', mounts.replace('$0', ''))}  volumes:\n    - name: data\n      emptyDir: {}\n`,
    );
  });

  it('is created with the keys that are asked of it, or made optional', () => {
    const before = pod('color').replace('name: settings', 'name: set$0tings');
    expect(titles(before)).toEqual([
      'Create ConfigMap "settings" in this file',
      'Make it optional',
      'Ignore unresolved-configmap on this line',
    ]);
    expect(applyFix(before, 'Create ConfigMap "settings" in this file')).toBe(
      `${pod('color')}---\n${configMap('data:\n  color: ""\n')}`,
    );
    expect(applyFix(before, 'Make it optional')).toBe(
      pod('color').replace('key: color\n', 'key: color\n              optional: true\n'),
    );
  });
});

describe('selectors', () => {
  const both = (selector: string, labels: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector:\n    ${selector}\n  ports:\n    - port: 80\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels:\n    ${labels}\nspec:\n  containers:\n    - name: web\n      image: nginx:1.27\n`;

  it('are corrected from either end', () => {
    const before = both('app: we$0p', 'app: web');
    expect(titles(before)).toEqual([
      'Change the selector to app=web',
      'Change the labels of Pod "web" to app=wep',
      'Ignore selector-matches-nothing on this line',
    ]);
    expect(applyFix(before, 'Change the selector to app=web')).toBe(both('app: web', 'app: web'));
    expect(applyFix(before, 'Change the labels of Pod "web" to app=wep')).toBe(both('app: wep', 'app: wep'));
  });

  it('a label that is missing is added to the pod', () => {
    const before = both('app: web\n    ti$0er: front', 'app: web');
    expect(applyFix(before, 'Change the labels of Pod "web" to tier=front')).toBe(
      both('app: web\n    tier: front', 'app: web\n    tier: front'),
    );
  });
});

describe('which fixes are offered', () => {
  const faults = `${configMap('dta:\n  debug: yes\n')}`;

  it('those of the diagnostics that the range touches', () => {
    const { snapshot } = open(parseFixture(faults));
    const uri = 'file:///w/main.yaml';
    expect(snapshot.codeActions(uri, { start: 0, end: faults.length }).map(({ title }) => title)).toEqual([
      'Change to "data"',
      'Ignore unknown-field on this line',
    ]);
    expect(snapshot.codeActions(uri, { start: 0, end: 5 })).toEqual([]);
    expect(titles(`${configMap('data:\n  debug: ye$0s\n')}`)).toEqual([
      'Quote it: "yes"',
      'Ignore wrong-type on this line',
    ]);
  });

  it('with the diagnostic that each repairs', () => {
    const { snapshot, uri, offset } = atCursor(configMap('d$0ta: {}\n'));
    const [action] = snapshot.codeActions(uri, { start: offset, end: offset });
    expect(action?.diagnostics).toEqual(snapshot.diagnostics(uri));
    expect(action?.preferred).toBe(true);
  });

  it('none whose rule is off', () => {
    const { engine } = open(parseFixture(faults));
    engine.configure({ rules: { 'unknown-field': 'off' } });
    const snapshot = engine.snapshot();
    expect(snapshot.diagnostics('file:///w/main.yaml')).toEqual([]);
    expect(snapshot.codeActions('file:///w/main.yaml', { start: 0, end: faults.length })).toEqual([]);
    expect(snapshot.fixAll('file:///w/main.yaml').edits).toEqual([]);
  });
});

describe('fixing all', () => {
  const fixed = (text: string): string => {
    const fixture = parseFixture(text);
    const { snapshot } = open(fixture);
    const state = after(fixture, snapshot, snapshot.fixAll('file:///w/main.yaml').edits);
    return [...state.files.values()].join('');
  };

  it('repairs what has one sensible answer, in every document', () => {
    const before = `${configMap('data:\n  a: yes\n  b: 1\n')}---\n${configMap('dta: {}\n').replace('settings', 'other')}`;
    expect(fixed(before)).toBe(
      `${configMap('data:\n  a: "yes"\n  b: "1"\n')}---\n${configMap('data: {}\n').replace('settings', 'other')}`,
    );
  });

  it('leaves alone what has several', () => {
    const before = `${configMap('data:\n  port-a: x\n  port-b: x\n')}---\n${pod('port-c')}`;
    expect(titles(before.replace('port-c', 'port$0-c')).slice(0, 2)).toEqual([
      'Change to "port-a"',
      'Change to "port-b"',
    ]);
    expect(fixed(before)).toBe(before);
  });

  it('goes on where one fault hides another, and changes no other line', () => {
    const before = configMap('dta:\n  debug: yes # why\n  mode: fast\n');
    expect(fixed(before)).toBe(configMap('data:\n  debug: "yes" # why\n  mode: fast\n'));
    const { snapshot } = open(parseFixture(before));
    const { edits, steps } = snapshot.fixAll('file:///w/main.yaml');
    expect(edits.every(({ newText }) => !newText.includes('mode'))).toBe(true);
    expect(steps.map(({ code, title }) => `${code}: ${title}`)).toEqual([
      'unknown-field: Change to "data"',
      'wrong-type: Quote it: "yes"',
    ]);
  });

  it('leaves the workspace as it was', () => {
    const fixture = parseFixture(`${configMap('dta:\n  debug: yes\n')}---\n${pod('debugg')}`);
    const { snapshot } = open(fixture);
    const before = snapshot.diagnostics('file:///w/main.yaml');
    snapshot.fixAll('file:///w/main.yaml');
    expect(snapshot.diagnostics('file:///w/main.yaml')).toEqual(before);
    expect(snapshot.text('file:///w/main.yaml')).toBe(fixture.files.get('file:///w/main.yaml'));
    expect(snapshot.fixAll('file:///w/main.yaml').edits).not.toEqual([]);
  });
});

it('settings change severities, and back', () => {
  const { engine } = open(parseFixture(configMap('data:\n  debug: yes\n')));
  const severity = (): string | undefined => engine.snapshot().diagnostics('file:///w/main.yaml')[0]?.severity;
  const versions = new Set([engine.snapshot().diagnosticsVersion('file:///w/main.yaml')]);
  expect(severity()).toBe('error');
  engine.configure({ rules: { 'wrong-type': 'hint' } });
  versions.add(engine.snapshot().diagnosticsVersion('file:///w/main.yaml'));
  expect(severity()).toBe('hint');
  engine.configure({ rules: {} });
  expect(severity()).toBe('error');
  expect(versions.size).toBe(2);
});
