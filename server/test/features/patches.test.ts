import { describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine.ts';
import {
  after,
  applyFix,
  atCursor,
  complete,
  completionsAt,
  edited,
  open,
  parseFixture,
  placesOf,
} from '../fixture.ts';
import { realModel } from '../schema/real-model.ts';

const base = `# file: base/kustomization.yaml
resources:
  - web.yaml
# file: base/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.27
          env:
            - name: COLOR
              value: red
---
apiVersion: v1
kind: Secret
metadata:
  name: login
stringData:
  user: someone
  password: something
`;

const indented = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));

const merged = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
`;

/** The base, and a kustomization with patches. */
const patched = (patches: string): string =>
  `${base}# file: kustomization.yaml\nresources:\n  - base\npatches:\n${patches}`;

const merge = (spec: string, style = '|-'): string => patched(`  - patch: ${style}\n${indented(merged + spec, 6)}`);

const target = '  - target:\n      kind: Deployment\n      name: web\n';

const json = (operations: string, style = '|-'): string =>
  patched(`${target}    patch: ${style}\n${indented(operations, 6)}`);

/** The file of a patch, in a kustomization that aims it. */
const jsonFile = (operations: string): string =>
  `${patched(`${target}    path: web.yaml\n`)}# file: web.yaml\n${operations}`;

/** The errors and warnings of all files, with what is marked. */
const found = (text: string): string[] => {
  const { snapshot } = open(parseFixture(text));
  return snapshot.files().flatMap((uri) =>
    snapshot
      .diagnostics(uri)
      .filter(({ severity }) => severity !== 'hint')
      .map(({ span, severity, code }) => `${snapshot.text(uri)?.slice(span.start, span.end)} ${severity} ${code}`),
  );
};

/** Every fix of every diagnostic: what it leaves, and that it parses and its own diagnostic is gone. */
function checkFixes(text: string): number {
  const fixture = parseFixture(text);
  const { snapshot } = open(fixture);
  let count = 0;
  for (const uri of snapshot.files()) {
    for (const { span, code, message } of snapshot.diagnostics(uri)) {
      const own = snapshot
        .codeActions(uri, span)
        .filter(({ silences, diagnostics }) => !silences && diagnostics.some((one) => one.code === code));
      for (const { title, edits } of own) {
        count++;
        const now = open(after(fixture, snapshot, edits)).snapshot;
        const left = now.diagnostics(uri);
        expect(
          left.filter((one) => one.code === 'yaml-syntax' || one.message === message),
          title,
        ).toEqual([]);
      }
    }
  }
  return count;
}

const everywhere = `spec:
  replicsa: 2
  replicas: "2"
  template:
    spec:
      containers:
        - name: web
          image: [nginx]
          env:
            - name: PASSWORD
              valueFrom:
                secretKeyRef:
                  name: login
                  key: pasword
`;

describe('a strategic merge in a kustomization', () => {
  const faults = [
    'replicsa error unknown-field',
    '"2" error wrong-type',
    'image error wrong-type',
    'pasword error unresolved-secret-key',
  ];

  it.each(['|', '|-', '|+', '|2', '|-  # why'])('is checked in a block scalar (%s)', (style) => {
    expect(found(merge(everywhere, style.replace('2', '6').replace('|6', '|2')))).toEqual(faults);
  });

  it('is checked where the lines end in CRLF', () => {
    expect(
      found(
        merge(everywhere)
          .replaceAll('\n', '\r\n')
          .replace(/^(# file: \S+)\r/gm, '$1'),
      ),
    ).toEqual(faults);
  });

  it('is checked in one line between quotes', () => {
    const text = (quote: string): string =>
      patched(
        `  - patch: ${quote}{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicsa: 2}}${quote}\n`,
      );
    expect(found(text("'"))).toEqual(['replicsa error unknown-field']);
    expect(found(text('"'))).toEqual(['replicsa error unknown-field']);
  });

  it('is left alone where its lines are folded, or its text has escapes', () => {
    expect(found(merge(everywhere, '>-'))).toEqual([]);
    expect(
      found(
        patched(
          '  - patch: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {\\x72eplicsa: 2}}"\n',
        ),
      ),
    ).toEqual([]);
  });

  it('lacks nothing', () => {
    expect(
      found(merge('spec:\n  template:\n    spec:\n      containers:\n        - name: web\n          env: []\n')),
    ).toEqual([]);
    expect(found(merge('spec:\n  template:\n    spec:\n      volumes:\n        - name: data\n'))).toEqual([]);
  });

  it('has its directives', () => {
    expect(found(merge('$patch: delete\n'))).toEqual([]);
    expect(found(merge('spec:\n  selector:\n    matchLabels:\n      $patch: delete\n'))).toEqual([]);
    expect(found(merge('spec:\n  template:\n    spec:\n      nodeSelector: {$patch: replace, a: b}\n'))).toEqual([]);
    const spec = `spec:
  strategy:
    $retainKeys: [type]
    type: Recreate
  template:
    spec:
      $setElementOrder/containers:
        - name: web
      containers:
        - name: web
          $patch: replace
          $deleteFromPrimitiveList/args: [a]
`;
    expect(found(merge(spec))).toEqual([]);
  });

  it('is checked in resources of Flux and Argo CD, too', () => {
    const spec = indented(`${merged}spec:\n  replicsa: 2\n`, 8);
    const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
spec:
  interval: 10m
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  patches:
    - patch: |
${spec}`;
    expect(found(`# file: a.yaml\n${flux}`)).toEqual(['replicsa error unknown-field']);
    const argo = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: apps
spec:
  project: default
  destination:
    server: https://kubernetes.default.svc
  source:
    repoURL: https://example.com/apps
    path: .
    kustomize:
      patches:
        - patch: |
${indented(spec, 4)}`;
    expect(found(`# file: a.yaml\n${argo}`)).toEqual(['replicsa error unknown-field']);
  });

  it('goes by the kind of its target, where one is said', () => {
    const text = (kind: string): string =>
      patched(
        `  - target:\n      kind: ${kind}\n    patch: |-\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata:\n        name: _\n      spec:\n        serviceName: web\n`,
      );
    expect(found(text('Deployment'))).toEqual(['serviceName error unknown-field']);
    // Others have StatefulSets, too.
    expect(found(text('StatefulSet'))).toEqual([]);
  });

  it('has fixes that keep it what it is', () => {
    expect(checkFixes(merge(everywhere))).toBeGreaterThan(3);
    expect(
      checkFixes(
        patched(
          `  - patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicsa: 2, replicas: "2"}}'\n`,
        ),
      ),
    ).toBeGreaterThan(0);
    const fixed = applyFix(
      merge('spec:\n  replica$0s: "2"\n').replace('replica$0s: "2"', 'replicas: "$02"'),
      'Remove the quotes',
    );
    expect(fixed).toContain('        replicas: 2\n');
  });

  it('offers fields and names, half-typed too', () => {
    expect(completionsAt(merge('spec:\n  repl$0\n'))).toContain('replicas');
    expect(completionsAt(merge('spec:\n  replicas: 2\n  $0\n'))).toContain('strategy');
    expect(complete(merge('spec:\n  strat$0\n'), 'strategy')).toContain('\n      spec:\n        strategy:\n');
    expect(
      completionsAt(
        merge(
          'spec:\n  template:\n    spec:\n      containers:\n        - name: web\n          env:\n            - name: A\n              valueFrom:\n                secretKeyRef:\n                  name: login\n                  key: $0\n',
        ),
      ),
    ).toEqual(['password', 'user']);
    expect(completionsAt(merge('').replace(/name: web\n$/, 'name: w$0\n'))).toEqual(['web']);
  });

  it('says what a field is', () => {
    const { snapshot, uri, offset } = atCursor(merge('spec:\n  repli$0cas: 2\n'));
    expect(snapshot.hover(uri, offset)?.contents).toContain('Number of desired pods');
  });
});

const valueFrom = (key: string): string => `- op: add
  path: /spec/template/spec/containers/0/env/-
  value:
    name: PASSWORD
    valueFrom:
      secretKeyRef:
        name: login
        key: ${key}
`;

describe('a JSON patch', () => {
  it.each([
    ['in a block', json],
    ['in a file', jsonFile],
  ])('is judged as if its values stood where its paths say (%s)', (_, text) => {
    expect(found(text(valueFrom('password')))).toEqual([]);
    expect(found(text(valueFrom('pasword')))).toEqual(['pasword error unresolved-secret-key']);
    expect(found(text('- op: replace\n  path: /spec/replicas\n  value: "3"\n'))).toEqual(['"3" error wrong-type']);
    expect(found(text('- op: add\n  path: /spec/template/metadta/annotations/example.com~1a\n  value: b\n'))).toEqual([
      'metadta error unknown-field',
    ]);
    expect(
      found(text('- op: add\n  path: /metadata/annotations/example.com~1a\n  value: true\n')).filter((one) =>
        one.endsWith('type'),
      ),
    ).toEqual(['true error wrong-type']);
    expect(found(text('- op: add\n  path: /spec/template/spec/containers/-\n  value: {nam: b}\n'))).toEqual([
      'nam error unknown-field',
    ]);
  });

  it('is read as JSON, in a block and between quotes', () => {
    const text = '[{"op": "add", "path": "/spec/template/spec/containers/0/envv", "value": []}]';
    expect(found(json(`${text}\n`))).toEqual(['envv error unknown-field']);
    expect(found(patched(`${target}    patch: '${text}'\n`))).toEqual(['envv error unknown-field']);
    expect(found(patched(`${target}    patch: "${text.replaceAll('"', '\\"')}"\n`))).toEqual([]);
  });

  it('is read in patchesJson6902, in Flux and in Argo CD', () => {
    const operations = '- op: replace\n  path: /spec/replcas\n  value: 3\n';
    const legacy = json(operations)
      .replace('patches:', 'patchesJson6902:')
      .replace('      kind: Dep', '      group: apps\n      version: v1\n      kind: Dep');
    expect(found(legacy)).toEqual(['replcas error unknown-field']);
    const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1beta2
kind: Kustomization
metadata:
  name: apps
spec:
  interval: 10m
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  patchesJson6902:
    - target:
        kind: Deployment
        name: web
      patch:
${indented(operations, 8)}`;
    expect(found(flux).filter((one) => one.endsWith('unknown-field'))).toEqual(['replcas error unknown-field']);
  });

  it('is not judged by the schema where its kind can be another', () => {
    const text = (target: string): string =>
      patched(
        `  - target:\n      ${target}\n    patch: |-\n      - op: add\n        path: /spec/template\n        value: {}\n`,
      );
    expect(found(text('kind: Service'))).toEqual([]);
    expect(found(text('kind: Service|Ingress'))).toEqual([]);
    expect(found(text('labelSelector: app=web'))).toEqual([]);
    expect(found(text('{version: v1, group: "", kind: ConfigMap}'))).toEqual(['spec error unknown-field']);
  });

  it('has fixes that keep it what it is', () => {
    for (const text of [json, jsonFile]) {
      expect(checkFixes(text(valueFrom('pasword')))).toBeGreaterThan(0);
      expect(checkFixes(text('- op: replace\n  path: /spec/replcas\n  value: "3"\n'))).toBeGreaterThan(0);
      expect(
        checkFixes(
          text(
            '- op: add\n  path: /spec/template/spec/containers/0/volumeMounts\n  value:\n    name: a\n    mountPath: /a\n',
          ),
        ),
      ).toBeGreaterThan(0);
    }
    expect(applyFix(json('- op: replace\n  path: /spec/repl$0cas\n  value: 3\n'), 'Change to "replicas"')).toContain(
      'path: /spec/replicas\n',
    );
    const quoted = json('[{"op": "add", "path": "/spec/template", "value": {"spce$0": {}}}]\n');
    expect(applyFix(quoted, 'Change to "spec"')).toContain('{"spec": {}}');
  });

  it.each([
    ['in a block', json],
    ['in a file', jsonFile],
  ])('is wired like its target (%s)', (_, text) => {
    const { snapshot, uri, offset } = atCursor(text(valueFrom('pass$0word')));
    expect(placesOf(snapshot, snapshot.definition(uri, offset))).toEqual(['base/web.yaml:28 password']);
    expect(snapshot.hover(uri, offset)?.contents).toContain('password');
    const secret = [...parseFixture(base).files.keys()].at(-1) ?? '';
    const at = (snapshot.text(secret) ?? '').indexOf('password:');
    expect(snapshot.references(secret, at, false)).toHaveLength(1);
    const answer = snapshot.rename(secret, at, 'secret');
    if ('refused' in answer) throw new Error(answer.refused);
    const texts = edited(snapshot, answer.edits);
    expect([...texts.values()].filter((one) => one.includes('key: secret'))).toHaveLength(1);
    expect([...texts.values()].filter((one) => one.includes('secret: something'))).toHaveLength(1);
  });

  it('offers names and fields in its values', () => {
    expect(completionsAt(json(valueFrom('$0')))).toEqual(['password', 'user']);
    expect(completionsAt(jsonFile(valueFrom('$0')))).toEqual(['password', 'user']);
    expect(
      completionsAt(json('- op: add\n  path: /spec/template/spec/containers/0\n  value:\n    name: a\n    imag$0\n')),
    ).toContain('imagePullPolicy');
    expect(
      completionsAt(jsonFile('- op: add\n  path: /spec/template/spec/containers/0\n  value:\n    imag$0\n')),
    ).toContain('imagePullPolicy');
  });

  it('brings keys to what it is aimed at, under names with a slash among them', () => {
    const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  color: red\n';
    const user = `apiVersion: v1
kind: Pod
metadata:
  name: user
spec:
  containers:
    - name: user
      image: nginx:1.27
      env:
        - name: SIZE
          valueFrom:
            configMapKeyRef:
              name: settings
              key: size
`;
    const text = `# file: kustomization.yaml
resources:
  - all.yaml
patches:
  - target:
      kind: ConfigMap
      name: settings
    patch: |-
      - op: add
        path: /data/size
        value: large
# file: all.yaml
${settings}---
${user}`;
    expect(found(text)).toEqual([]);
    const { snapshot } = open(parseFixture(text));
    const uri = 'file:///w/all.yaml';
    const at = (snapshot.text(uri) ?? '').indexOf('key: size') + 5;
    expect(placesOf(snapshot, snapshot.definition(uri, at))).toEqual(['kustomization.yaml:9 size']);
    const answer = snapshot.rename(uri, at, 'length');
    if ('refused' in answer) throw new Error(answer.refused);
    expect([...edited(snapshot, answer.edits).values()].join('')).toContain('path: /data/length\n');
  });

  it('is judged anew when a kustomization aims it elsewhere, and when it goes', () => {
    const engine = new Engine({ model: realModel() });
    const kustomization = 'file:///w/kustomization.yaml';
    const uri = 'file:///w/web.yaml';
    const aim = (kind: string): string => `patches:\n  - path: web.yaml\n    target:\n      kind: ${kind}\n`;
    const codes = (): string[] =>
      engine
        .snapshot()
        .diagnostics(uri)
        .map(({ code }) => code);
    engine.apply([{ type: 'disk', uri, text: '- op: replace\n  path: /spec/schedule\n  value: "* * * * *"\n' }]);
    expect(codes()).toEqual([]);
    engine.apply([{ type: 'disk', uri: kustomization, text: aim('Deployment') }]);
    expect(codes()).toEqual(['unknown-field']);
    engine.apply([{ type: 'disk', uri: kustomization, text: aim('CronJob') }]);
    expect(codes()).toEqual([]);
    engine.apply([{ type: 'disk', uri: kustomization, text: aim('Deployment') }]);
    expect(codes()).toEqual(['unknown-field']);
    engine.apply([{ type: 'remove', uri: kustomization }]);
    expect(codes()).toEqual([]);
  });

  it('follows the definition of a custom resource', () => {
    const engine = new Engine({ model: realModel() });
    const patch = patched(
      '  - target:\n      kind: Gadget\n    patch: |-\n      - op: add\n        path: /spec/colour\n        value: red\n',
    );
    const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: gadgets.example.com
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Gadget, plural: gadgets}
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
                color: {type: string}
`;
    const uri = 'file:///w/kustomization.yaml';
    engine.apply([...parseFixture(patch).files].map(([one, text]) => ({ type: 'edit', uri: one, text })));
    const codes = (): string[] =>
      engine
        .snapshot()
        .diagnostics(uri)
        .map(({ code }) => code);
    expect(codes()).toEqual([]);
    engine.apply([{ type: 'edit', uri: 'file:///w/crd.yaml', text: crd }]);
    expect(codes()).toEqual(['unknown-field']);
  });
});

describe('the path of a JSON patch', () => {
  const path = (op: string, to: string, rest = '  value: x\n'): string => json(`- op: ${op}\n  path: ${to}\n${rest}`);

  it('is told where it can lead nowhere', () => {
    expect(found(path('replace', '/spec/template/spec/containers/web/image'))).toEqual([
      'web error unreachable-patch-path',
    ]);
    expect(found(path('replace', '/spec/template/spec/containers/-/image'))).toEqual([
      '- error unreachable-patch-path',
    ]);
    expect(found(path('add', '/spec/template/spec/containers/0/image/tag'))).toEqual([
      'tag error unreachable-patch-path',
    ]);
    expect(applyFix(path('replace', '/spec/template/spec/containers/w$0eb/image'), 'Change to "0"')).toContain(
      '/containers/0/image\n',
    );
  });

  it('is told where the target has nothing there', () => {
    expect(found(path('remove', '/spec/template/spec/volumes/0', ''))).toEqual([
      'volumes warning unreachable-patch-path',
    ]);
    expect(found(path('replace', '/spec/template/spec/containers/1/image'))).toEqual([
      '1 warning unreachable-patch-path',
    ]);
    expect(found(path('add', '/spec/template/spec/containers/0/args/-'))).toEqual([
      'args warning unreachable-patch-path',
    ]);
    expect(found(path('copy', '/spec/paused', '  from: /spec/minReadySeconds\n'))).toEqual([
      'minReadySeconds warning unreachable-patch-path',
    ]);
    expect(found(path('add', '/spec/template/spec/containers/0/args'.replace('args', 'image')))).toEqual([]);
    expect(found(path('remove', '/spec/template/spec/containers/0/env/-1', ''))).toEqual([]);
  });

  it('is not called wrong where the target may have got it before', () => {
    const text = path('remove', '/spec/template/spec/volumes/0', '');
    const warned = ['volumes warning unreachable-patch-path'];
    expect(found(text)).toEqual(warned);
    expect(found(text.replace('resources:\n  - base\n', 'resources:\n  - base\nimages: []\n'))).toEqual(warned);
    expect(
      found(text.replace('resources:\n  - base\n', 'resources:\n  - base\ncomponents:\n  - ../more\n')),
    ).not.toContain(warned[0]);
    expect(
      found(text.replace('resources:\n  - web.yaml\n', 'resources:\n  - web.yaml\npatches:\n  - path: more.yaml\n')),
    ).not.toContain(warned[0]);
    expect(found(`${text}  - patch: |-\n${indented(merged, 6)}`)).toEqual([]);
    expect(
      found(
        `${text}  - patch: |-\n${indented(merged.replace('name: web', 'name: login').replace('Deployment', 'Secret').replace('apps/v1', 'v1'), 6)}`,
      ),
    ).toEqual(warned);
    expect(found(text.replace('name: web\n    patch', 'name: we.*\n    patch'))).toEqual([]);
    expect(
      found(
        json(
          '- op: add\n  path: /spec/template/spec/volumes\n  value: [{name: a}]\n- op: remove\n  path: /spec/template/spec/volumes/0\n',
        ),
      ),
    ).toEqual([]);
    const labels = path('add', '/metadata/annotations/a', '  value: b\n');
    expect(found(labels)).toEqual(['annotations warning unreachable-patch-path']);
    expect(
      found(labels.replace('resources:\n  - base\n', 'resources:\n  - base\ncommonAnnotations: {c: d}\n')),
    ).toEqual([]);
  });

  it('is mended with what should hold the value', () => {
    const fixed = applyFix(
      path('add', '/metadata/annota$0tions/example.com~1a', '  value: b\n'),
      'Add "annotations" with it',
    );
    expect(fixed).toContain('path: /metadata/annotations\n        value: {"example.com/a": b}\n');
    expect(checkFixes(path('add', '/metadata/annotations/example.com~1a', '  value: b\n'))).toBeGreaterThan(0);
    expect(checkFixes(path('add', '/spec/template/spec/containers/0/args/-', '  value: b\n'))).toBeGreaterThan(0);
  });

  it('leads into the target, and says what is there', () => {
    const { snapshot, uri, offset } = atCursor(path('replace', '/spec/template/spec/containers/0/im$0age'));
    expect(placesOf(snapshot, snapshot.definition(uri, offset))).toEqual(['base/web.yaml:17 image']);
    const hover = snapshot.hover(uri, offset)?.contents ?? '';
    expect(hover).toContain('`spec.template.spec.containers[0].image` of Deployment **web** · [web.yaml:17]');
    expect(hover).toContain('Container image name');
    const other = atCursor(path('add', '/metadata/anno$0tations'));
    expect(other.snapshot.hover(other.uri, other.offset)?.contents).toContain('has no `metadata.annotations`');
  });

  it('is offered step by step', () => {
    const offered = (to: string, op = 'add'): string[] => completionsAt(path(op, to));
    expect(offered('/sp$0').slice(0, 4)).toEqual(['apiVersion', 'kind', 'metadata', 'spec']);
    expect(offered('$0')).toContain('spec');
    expect(complete(path('add', '/spec/template/sp$0'), 'spec')).toContain('path: /spec/template/spec\n');
    expect(offered('/spec/template/spec/containers/$0')).toEqual(['0', '-']);
    expect(offered('/spec/template/spec/containers/$0', 'remove')).toEqual(['0']);
    expect(offered('/spec/template/metadata/labels/$0')).toEqual(['app']);
    expect(completionsAt(json('- op: re$0\n'))).toEqual(['add', 'copy', 'move', 'remove', 'replace', 'test']);
    expect(completionsAt(jsonFile('- op: add\n  path: /spec/template/spec/containers/0/$0\n'))).toContain('image');
  });
});

describe('the operations of a JSON patch', () => {
  it.each([
    ['- op: ad\n  path: /spec/paused\n  value: true\n', ['ad error invalid-json-patch']],
    ['- op: add\n  path: /spec/paused\n', ['add error invalid-json-patch']],
    ['- op: copy\n  path: /spec/paused\n', ['copy error invalid-json-patch']],
    ['- op: remove\n  path: spec/paused\n', ['spec/paused error invalid-json-patch']],
    ['- op: remove\n- op: test\n  path: /kind\n  value: Deployment\n', ['remove error invalid-json-patch']],
    ['- path: /kind\n- op: test\n  path: /kind\n  value: Deployment\n', ['path error invalid-json-patch']],
    ['- op: ${OP}\n  path: /kind\n', []],
  ])('%j', (operations, faults) => {
    expect(found(json(operations))).toEqual(faults);
    expect(found(jsonFile(operations))).toEqual(faults);
  });
});

describe('a field of a schema that a patch takes away', () => {
  const path = '/spec/versions/0/schema/openAPIV3Schema/properties/status';
  const crd = (operations: string): string =>
    `# file: kustomization.yaml
patches:
  - target:
      group: apiextensions.k8s.io
      version: v1
      kind: CustomResourceDefinition
      name: widgets.example.com
    patch: |-
${indented(operations, 6)}`;

  it('needs no type', () => {
    expect(found(crd(`- op: remove\n  path: ${path}\n`))).toEqual([]);
  });

  it('is judged where the patch brings it', () => {
    expect(found(crd(`- op: add\n  path: ${path}\n  value: {type: thing}\n`))).toEqual(['thing error invalid-value']);
  });
});
