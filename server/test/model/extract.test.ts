import { describe, expect, it } from 'vitest';
import { extractFacts } from '../../src/model/extract.ts';
import type { Facts } from '../../src/model/facts.ts';
import { alternatives, hasUseAt, trieOf } from '../../src/model/trie.ts';
import { parseYaml } from '../../src/syntax/parse.ts';
import { podTemplates } from '../../src/tables/kinds.ts';
import { references } from '../../src/tables/references.ts';
import { symbols } from '../../src/tables/symbols.ts';
import { realModel } from '../schema/real-model.ts';

const factsOf = (text: string): readonly Facts[] =>
  extractFacts(parseYaml(text).root, { uri: 'file:///w/a.yaml', start: 0 }, text);

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: blue
spec:
  selector:
    matchLabels:
      app: web
    matchExpressions:
      - { key: tier, operator: In, values: [front, back] }
      - { key: canary, operator: DoesNotExist }
  template:
    metadata:
      labels: { app: web, tier: front }
    spec:
      initContainers:
        - name: init
          envFrom:
            - secretRef: { name: login, optional: true }
      containers:
        - name: web
          ports:
            - { name: http, containerPort: 8080 }
      volumes:
        - name: data
          emptyDir: {}
`;

describe('a resource', () => {
  it('is known by apiVersion, kind, name and namespace', () => {
    const [facts] = factsOf(deployment);
    expect(facts?.resource).toMatchObject({
      group: 'apps',
      version: 'v1',
      kind: 'Deployment',
      name: 'web',
      namespace: 'blue',
      path: [],
    });
    const { nameSpan } = facts?.resource ?? {};
    expect(deployment.slice(nameSpan?.start, nameSpan?.end)).toBe('web');
  });

  it.each([
    'kind: Pod\n',
    'apiVersion: v1\n',
    'apiVersion: v1\nkind:\n',
    'apiVersion: v1\nkind: []\n',
    'apiVersion:\nkind: Pod\n',
    '- apiVersion: v1\n  kind: Pod\n',
    'text\n',
    '',
  ])('is none in %j', (text) => expect(factsOf(text)).toEqual([]));

  it('may go without a name', () => {
    expect(factsOf('apiVersion: v1\nkind: Pod\nmetadata:\n  generateName: web-\n')[0]?.resource).toMatchObject({
      name: '',
      nameSpan: undefined,
    });
  });

  it('is each item of a List, and of a List in it', () => {
    const item = (name: string): string => `{ apiVersion: v1, kind: Secret, metadata: { name: ${name} } }`;
    const all = factsOf(
      `apiVersion: v1\nkind: List\nitems:\n  - ${item('a')}\n  - { apiVersion: v1, kind: List, items: [${item('b')}] }\n  - text\n`,
    );
    expect(all.map(({ resource }) => [resource.kind, resource.name, resource.path.join('.')])).toEqual([
      ['List', '', ''],
      ['Secret', 'a', 'items.0'],
      ['List', '', 'items.1'],
      ['Secret', 'b', 'items.1.items.0'],
    ]);
    expect(all.flatMap(({ definitions }) => definitions.map(({ name }) => name))).toEqual(['a', 'a', 'b', 'b']);
  });
});

describe('facts', () => {
  const [facts] = factsOf(deployment);

  it('hold what is defined, with the pod template that holds it', () => {
    expect(facts?.definitions.map(({ symbol, name, numeric, pod }) => [symbol, name, numeric, pod])).toEqual(
      expect.arrayContaining([
        ['scale-target', 'web', false, undefined],
        ['container-port', 'http', false, 0],
        ['container-port', '8080', true, 0],
        ['volume', 'data', false, 0],
        ['pod-label', 'app', false, 0],
      ]),
    );
  });

  it('tell the containers apart, and where names come from that cannot be listed', () => {
    const containers = facts?.definitions.filter(({ symbol }) => symbol === 'container');
    expect(new Set(containers?.map(({ container }) => container)).size).toBe(2);
    expect(facts?.definitions.find(({ symbol }) => symbol === 'variable')).toMatchObject({
      name: '',
      members: 'unknown',
    });
  });

  it('hold what is used, and whether it must be there', () => {
    expect(facts?.uses.map(({ row, text, optional }) => [row.id, text, optional])).toEqual([
      ['metadata-namespace', 'blue', false],
      ['envfrom-secret', 'login', true],
    ]);
  });

  it('hold the labels of the pods, not those of the workload', () => {
    expect(facts?.labelSets.map(({ labels }) => [...labels.keys()])).toEqual([['app', 'tier']]);
  });

  it('hold selectors with all that they require', () => {
    expect(facts?.selectors[0]?.requirements).toEqual([
      { key: 'app', operator: 'In', values: ['web'] },
      { key: 'tier', operator: 'In', values: ['front', 'back'] },
      { key: 'canary', operator: 'DoesNotExist', values: [] },
    ]);
    expect(facts?.selectors[0]?.pairs.map(({ key }) => key)).toEqual(['app']);
  });

  it('know a pod without labels', () => {
    const [bare] = factsOf('apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec: {}\n');
    expect(bare?.labelSets.map(({ labels }) => labels.size)).toEqual([0]);
  });

  it('leave placeholders out of what is defined, and call what they stand in open', () => {
    const [open] = factsOf(
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels: { app: "${APP}" }\nspec:\n  volumes:\n    - name: ${X}\n',
    );
    expect(open?.definitions.map(({ symbol, name }) => [symbol, name])).toEqual([
      ['object', 'web'],
      ['resource', 'web'],
      ['pod-label', 'app'],
    ]);
    expect(open?.labelSets[0]?.open).toBe(true);
  });

  it('give the owner of a key, wherever it stands', () => {
    const [pod] = factsOf(
      'apiVersion: v1\nkind: Pod\nspec:\n  volumes:\n    - secret:\n        items: [{ key: a, path: b }]\n        secretName: login\n',
    );
    expect(pod?.uses.find(({ row }) => row.mode === 'key')?.owner?.text).toBe('login');
  });
});

/** Of a group that Kubernetes doesn't have: an operator's, or a tool's. */
const isCustom = (kind: string): boolean => {
  const group = kind.split('.').slice(1).join('.');
  return group !== '' && !realModel().knowsGroup(group);
};

describe('the tables', () => {
  it('give every row and every symbol its own name', () => {
    expect(new Set(references.map(({ id }) => id)).size).toBe(references.length);
  });

  it('have paths that can be read, in kinds that Kubernetes has', () => {
    const kinds = new Set(Object.keys(podTemplates));
    for (const row of references)
      for (const anchor of row.at) if ('kinds' in anchor) for (const kind of anchor.kinds) kinds.add(kind);
    for (const symbol of Object.values(symbols))
      if ('at' in symbol)
        for (const anchor of symbol.at) if ('kinds' in anchor) for (const kind of anchor.kinds) kinds.add(kind);
    const known = new Set(
      realModel()
        .kinds()
        .map(({ group, kind }) => (group === '' ? kind : `${kind}.${group}`)),
    );
    for (const kind of kinds) {
      expect(() => trieOf(kind)).not.toThrow();
      if (!isCustom(kind)) expect(known, kind).toContain(kind);
    }
  });

  it('spell out alternatives', () => {
    expect(alternatives('a.(b|c)[].(d|e)')).toEqual(['a.b[].d', 'a.b[].e', 'a.c[].d', 'a.c[].e']);
    expect(alternatives('a.b')).toEqual(['a.b']);
  });

  it('know where a token may stand', () => {
    expect(hasUseAt('Deployment.apps', ['spec', 'template', 'spec', 'containers', 0, 'volumeMounts', 3, 'name'])).toBe(
      true,
    );
    expect(hasUseAt('Deployment.apps', ['spec', 'template', 'spec', 'containers', 0, 'name'])).toBe(false);
    expect(hasUseAt('Service', ['spec', 'selector'])).toBe(false);
    expect(hasUseAt('NoSuchKind', ['spec'])).toBe(false);
  });
});
