import { describe, expect, it } from 'vitest';
import type { Schema } from '../../src/schema/api-model.ts';
import { usualFields } from '../../src/tables/usual-fields.ts';
import { atCursor, complete, completionsAt } from '../fixture.ts';
import { realModel } from '../schema/real-model.ts';

const offers = (text: string): string[] => completionsAt(text);

const head = (kind: string, apiVersion = 'v1'): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: web\n`;
const pod = (spec: string): string => `${head('Pod')}spec:\n${spec}`;
const deployment = (spec: string): string => `${head('Deployment', 'apps/v1')}spec:\n${spec}`;

describe('where keys are offered', () => {
  it.each([
    ['a half-typed key', deployment('  re$0'), 'replicas'],
    ['a half-typed key with more behind it', deployment('  re$0\n  paused: true\n'), 'replicas'],
    ['a half-typed key between others', deployment('  paused: true\n  re$0\n  selector: {}\n'), 'replicas'],
    ['a blank line at the end of a map', deployment('  paused: true\n  $0'), 'replicas'],
    ['a blank line between two keys', deployment('  paused: true\n  $0\n  selector: {}\n'), 'replicas'],
    ['the first line of an empty map', deployment('  $0'), 'replicas'],
    ['the first line of an empty map with more behind it', `${deployment('  $0\n')}status: {}\n`, 'replicas'],
    ['the root', `${head('Pod')}s$0`, 'spec'],
    ['the root, on a blank line', `${head('Pod')}$0`, 'spec'],
    ['the root, between keys', `apiVersion: v1\nkind: Pod\n$0\nspec:\n  containers: []\n`, 'metadata'],
    ['a nested map', deployment('  template:\n    spec:\n      $0'), 'containers'],
    ['a deeply nested map', pod('  containers:\n    - name: web\n      resources:\n        li$0'), 'limits'],
    ['the second key of an item', pod('  containers:\n    - name: web\n      $0'), 'image'],
    [
      'the second key of an item, more behind it',
      pod('  containers:\n    - name: web\n      $0\n      args: []\n'),
      'image',
    ],
    ['behind a dash', pod('  containers:\n    - $0'), 'image'],
    ['behind a dash, a half-typed key', pod('  containers:\n    - na$0'), 'name'],
    ['behind a dash with more keys below', pod('  containers:\n    - $0\n      image: nginx\n'), 'name'],
    ['a second item', pod('  containers:\n    - name: web\n    - $0'), 'image'],
    ['a second item of a list without indentation', pod('  containers:\n  - name: web\n  - $0'), 'image'],
    ['a key of an item of a list without indentation', pod('  containers:\n  - name: web\n    $0'), 'image'],
    ['a flow map', pod('  containers: [{ name: web, $0 }]\n'), 'image'],
    ['an empty flow map', pod('  securityContext: {$0}\n'), 'runAsUser'],
    ['an empty flow map with a blank', pod('  securityContext: { $0 }\n'), 'runAsUser'],
    ['a half-typed key in a flow map', pod('  securityContext: { runAs$0 }\n'), 'runAsUser'],
    ['an open flow map', pod('  securityContext: { $0'), 'runAsUser'],
    ['a flow map in a flow map', pod('  containers: [{ name: web, securityContext: { $0 } }]\n'), 'privileged'],
    ['a flow map on lines of its own', pod('  securityContext: {\n    $0\n  }\n'), 'runAsUser'],
    ['CRLF', deployment('  paused: true\n  re$0\n  selector: {}\n').replaceAll('\n', '\r\n'), 'replicas'],
    [
      'CRLF, on a blank line',
      deployment('  paused: true\n  $0\n  selector: {}\n').replaceAll('\n', '\r\n'),
      'replicas',
    ],
    ['the second document', `${head('ConfigMap')}---\n${deployment('  re$0')}`, 'replicas'],
    ['the first of two', `${deployment('  re$0\n')}---\n${head('ConfigMap')}`, 'replicas'],
    [
      'a List’s item',
      `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: apps/v1\n    kind: Deployment\n    spec:\n      re$0\n`,
      'replicas',
    ],
    ['a document with a broken line above', deployment('  strategy: "open\n  re$0\n'), 'replicas'],
    ['a document with a broken flow map above', deployment('  strategy: { type: \n  re$0\n'), 'replicas'],
    ['a document with a tab above', deployment('\tpaused: true\n  re$0\n'), 'replicas'],
    ['a document with a broken line below', deployment('  re$0\n  strategy: "open\n'), 'replicas'],
    ['a broken item above', pod('  containers:\n    - name: "web\n      im$0'), 'image'],
    ['a comment above', deployment('  # how many\n  re$0'), 'replicas'],
    ['a comment behind', deployment('  re$0 # how many\n'), 'replicas'],
    ['a quoted key', deployment('  "re$0'), 'replicas'],
    ['below a block scalar', `${head('ConfigMap')}data:\n  a: |\n    text\n$0`, 'immutable'],
    ['emoji above', `# 😀😀\n${deployment('  re$0')}`, 'replicas'],
    ['a key that has its colon', deployment('  re$0: 2\n'), 'replicas'],
    ['the middle of a key', deployment('  re$0licas: 2\n'), 'replicas'],
    ['a template’s metadata', deployment('  template:\n    metadata:\n      $0'), 'labels'],
    ['a map below a key with an anchor', deployment('  template: &t\n    $0\n'), 'spec'],
  ])('%s', (_, text, label) => {
    expect(offers(text)).toContain(label);
  });

  it.each([
    ['in a comment', deployment('  # re$0')],
    ['in a comment behind a value', deployment('  replicas: 2 # re$0')],
    ['in a block scalar', `${head('ConfigMap')}data:\n  a: |\n    te$0\n`],
    ['in a map of the user’s own keys', `${head('ConfigMap')}data:\n  $0\n`],
    ['below an unknown field', deployment('  selecter:\n    $0\n')],
    ['for an unknown kind', `${head('Deplyment', 'apps/v1')}spec:\n  $0\n`],
    ['on a document marker', `${deployment('  paused: true\n')}---$0\n`],
    ['in the middle of a plain text', pod('  hostname: one$0 two\n')],
    ['behind a number', deployment('  replicas: 1$0')],
    ['in a template', `${head('Pod')}spec:\n  {{- if .x }}\n  $0\n  {{- end }}\n`],
  ])('and where not: %s', (_, text) => {
    expect(offers(text)).toEqual([]);
  });
});

describe('which keys', () => {
  it('not those that are there', () => {
    const labels = offers(deployment('  replicas: 2\n  $0\n  paused: true\n'));
    expect(labels).toContain('strategy');
    expect(labels).not.toContain('replicas');
    expect(labels).not.toContain('paused');
    expect(offers(pod('  containers: [{ name: web, $0 }]\n'))).not.toContain('name');
    expect(offers(pod('  containers:\n    - $0\n      image: nginx\n'))).not.toContain('image');
  });

  it('but the one that is being changed', () => expect(offers(deployment('  repl$0icas: 2\n'))).toContain('replicas'));

  it('those of the other item are no hindrance', () =>
    expect(offers(pod('  containers:\n    - name: web\n    - $0\n'))).toContain('name'));

  it('required ones first, status last', () => {
    const labels = offers(deployment('  $0'));
    expect(labels.slice(0, 2).sort()).toEqual(['selector', 'template']);
    expect(offers(`${head('Pod')}$0`).at(-1)).toBe('status');
  });

  it.each([
    [
      'behind the name of a container its image',
      pod('  containers:\n    - name: web\n      $0'),
      ['image', 'ports', 'env'],
    ],
    [
      'behind the image its ports',
      pod('  containers:\n    - name: web\n      image: nginx\n      $0'),
      ['ports', 'env', 'envFrom'],
    ],
    ['in a flow map as well', pod('  containers: [{ name: web, $0 }]\n'), ['image', 'ports', 'env']],
    [
      'behind the name of a variable its value',
      pod('  containers:\n    - name: web\n      env:\n        - name: A\n          $0'),
      ['value', 'valueFrom'],
    ],
    [
      'in ports the number, then the name',
      pod('  containers:\n    - name: web\n      ports:\n        - $0'),
      ['containerPort', 'name', 'protocol'],
    ],
    [
      'behind the name of a volume where it comes from',
      pod('  volumes:\n    - name: v\n      $0'),
      ['configMap', 'secret', 'emptyDir'],
    ],
    [
      'the ports of a Service',
      `${head('Service')}spec:\n  ports:\n    - port: 80\n      $0`,
      ['name', 'targetPort', 'protocol'],
    ],
    [
      'the rules of a role',
      `${head('Role', 'rbac.authorization.k8s.io/v1')}rules:\n  - $0`,
      ['verbs', 'apiGroups', 'resources'],
    ],
  ])('the next sensible one first: %s', (_, text, expected) => {
    expect(offers(text).slice(0, expected.length)).toEqual(expected);
  });

  it('deprecated ones last, struck through', () => {
    const { snapshot, uri, offset } = atCursor(pod('  $0'));
    const items = snapshot
      .completion(uri, offset)
      .filter(({ kind }) => kind === 'field')
      .sort((a, b) => (a.sortText < b.sortText ? -1 : 1));
    const last = items.map(({ label, deprecated }) => (deprecated ? label : '')).filter((label) => label !== '');
    expect(last).toContain('serviceAccount');
    expect(items.slice(-last.length).map(({ label }) => label)).toEqual(last);
  });

  it('of types that there are', () => {
    const seen = new Set<Schema>();
    // Several groups may have a type of the same name.
    const types = new Map<string, Set<string>>();
    const walk = (schema: Schema): void => {
      if (schema.type === 'list') walk(schema.items);
      if (schema.type === 'map') walk(schema.values);
      if (schema.type !== 'object' || seen.has(schema)) return;
      seen.add(schema);
      const known = types.get(schema.name) ?? new Set();
      types.set(schema.name, known);
      for (const name of schema.fields.keys()) known.add(name);
      for (const field of schema.fields.values()) walk(field.schema);
    };
    const model = realModel();
    for (const info of model.kinds()) if (model.serves(info) && !info.custom) walk(info.schema);
    for (const [name, fields] of Object.entries(usualFields))
      expect(
        fields.filter((field) => !types.get(name)?.has(field)),
        name,
      ).toEqual([]);
  });

  it('with type and documentation', () => {
    const { snapshot, uri, offset } = atCursor(deployment('  $0'));
    const item = snapshot.completion(uri, offset).find(({ label }) => label === 'replicas');
    expect(item?.detail).toBe('integer');
    expect(item?.documentation).toContain('Number of desired pods');
  });

  it.each([
    ['a field', deployment('  $0'), 'replicas', 'apps/deployment-v1/#DeploymentSpec'],
    ['a field of a pod', deployment('  template:\n    spec:\n      $0'), 'volumes', 'core/pod-v1/#PodSpec'],
    ['a field of a container', pod('  containers:\n    - name: web\n      $0'), 'image', 'core/pod-v1/#Container'],
    ['metadata', `${head('Pod')}  $0`, 'labels', 'definitions/object-meta-v1-meta/#ObjectMeta'],
    ['a kind', '$0', 'Ingress', 'networking/ingress-v1/#Ingress'],
    ['a kind with capitals', '$0', 'CSIDriver', 'storage/csi-driver-v1/#CSIDriver'],
    ['a kind of a long group', '$0', 'ClusterRole', 'rbac/cluster-role-v1/#ClusterRole'],
    [
      'a kind in its second version',
      '$0',
      'HorizontalPodAutoscaler',
      'autoscaling/horizontal-pod-autoscaler-v2/#HorizontalPodAutoscaler',
    ],
    ['a kind with more capitals', '$0', 'APIService', 'apiregistration/api-service-v1/#APIService'],
    [
      'a definition',
      '$0',
      'CustomResourceDefinition',
      'apiextensions/custom-resource-definition-v1/#CustomResourceDefinition',
    ],
  ])('with a link to the documentation of %s', (_, text, label, path) => {
    const { snapshot, uri, offset } = atCursor(text);
    const item = snapshot.completion(uri, offset).find((one) => one.label === label);
    expect(item?.documentation).toContain(`](https://kubernetes.io/docs/reference/kubernetes-api/${path})`);
  });

  it('and with the release that brought them', () => {
    const { snapshot, uri, offset } = atCursor(pod('  $0'));
    const item = snapshot.completion(uri, offset).find(({ label }) => label === 'schedulingGates');
    expect(item?.documentation).toMatch(/since 1\.\d\d/);
  });

  it('and without one where the version has no page', () => {
    const { snapshot, uri, offset } = atCursor(`${head('HorizontalPodAutoscaler', 'autoscaling/v1')}spec:\n  $0`);
    const item = snapshot.completion(uri, offset).find(({ label }) => label === 'maxReplicas');
    expect(item?.documentation).not.toContain('kubernetes.io/docs/reference/kubernetes-api');
  });
});

describe('what is inserted', () => {
  it.each([
    ['a scalar', deployment('  re$0'), 'replicas', deployment('  replicas: $0')],
    ['the rest of the word gives way', deployment('  re$0plcas\n'), 'replicas', deployment('  replicas: $0\n')],
    ['only the key where a colon is', deployment('  re$0: 2\n'), 'replicas', deployment('  replicas: 2\n')],
    [
      'only the key where a colon is, in the middle',
      deployment('  rep$0lcas: 2\n'),
      'replicas',
      deployment('  replicas: 2\n'),
    ],
    ['a map, in two spaces', deployment('  strategy$0'), 'strategy', deployment('  strategy:\n    $0')],
    [
      'a map, in four spaces',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n    name: web\nspec:\n    str$0',
      'strategy',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n    name: web\nspec:\n    strategy:\n        $0',
    ],
    ['a list, indented', pod('  vol$0'), 'volumes', pod('  volumes:\n    - name: ${1}')],
    [
      'a list, not indented',
      pod('  tolerations:\n  - key: a\n  vol$0'),
      'volumes',
      pod('  tolerations:\n  - key: a\n  volumes:\n  - name: ${1}'),
    ],
    [
      'a list, four spaces',
      'apiVersion: v1\nkind: Pod\nmetadata:\n    name: web\nspec:\n    vol$0',
      'volumes',
      'apiVersion: v1\nkind: Pod\nmetadata:\n    name: web\nspec:\n    volumes:\n        - name: ${1}',
    ],
    [
      'required fields, nested',
      deployment('  selector: {}\n  tem$0'),
      'template',
      deployment('  selector: {}\n  template:\n    $0'),
    ],
    ['an item', pod('  containers:\n    $0'), 'image', pod('  containers:\n    - image: $0')],
    [
      'in a flow map',
      pod('  securityContext: { run$0 }\n'),
      'runAsUser',
      pod('  securityContext: { runAsUser: $0 }\n'),
    ],
    ['in quotes', deployment('  "re$0"'), 'replicas', deployment('  "replicas": $0')],
    ['in an open quote', deployment('  "re$0'), 'replicas', deployment('  "replicas": $0')],
    [
      'CRLF',
      deployment('  str$0\n').replaceAll('\n', '\r\n'),
      'strategy',
      deployment('  strategy:\n    $0\n').replaceAll('\n', '\r\n'),
    ],
    ['behind a dash', pod('  containers:\n    - im$0\n'), 'image', pod('  containers:\n    - image: $0\n')],
    [
      'a map behind a dash',
      pod('  containers:\n    - res$0\n'),
      'resources',
      pod('  containers:\n    - resources:\n        $0\n'),
    ],
    [
      'a list of scalars',
      pod('  containers:\n    - name: web\n      ar$0\n'),
      'args',
      pod('  containers:\n    - name: web\n      args:\n        - $0\n'),
    ],
  ])('%s', (_, before, label, after) => {
    expect(complete(before, label)).toBe(after);
  });
});
