import { describe, expect, it } from 'vitest';
import { atCursor, complete, completionsAt } from '../fixture.ts';

const offers = (text: string): string[] => completionsAt(text);

const head = (kind: string, apiVersion = 'v1'): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: web\n`;
const pod = (spec: string): string => `${head('Pod')}spec:\n${spec}`;

describe('values of the schema', () => {
  it.each([
    ['an enum', pod('  restartPolicy: $0\n'), ['Always', 'Never', 'OnFailure']],
    ['an enum, half-typed', pod('  restartPolicy: Al$0\n'), ['Always', 'Never', 'OnFailure']],
    ['an enum, right behind the colon', pod('  restartPolicy:$0\n'), ['Always', 'Never', 'OnFailure']],
    ['an enum, in quotes', pod('  restartPolicy: "$0"\n'), ['Always', 'Never', 'OnFailure']],
    [
      'an enum in a flow map',
      pod('  containers: [{ name: a, imagePullPolicy: $0 }]\n'),
      ['Always', 'IfNotPresent', 'Never'],
    ],
    ['an enum in CRLF', pod('  restartPolicy: $0\n').replaceAll('\n', '\r\n'), ['Always', 'Never', 'OnFailure']],
    ['an enum in an item', pod('  containers:\n    - imagePullPolicy: $0\n'), ['Always', 'IfNotPresent', 'Never']],
    [
      'an enum in a nested map',
      pod('  containers:\n    - name: a\n      securityContext:\n        capabilities: {}\n').replace(
        'capabilities: {}',
        'procMount: $0',
      ),
      ['Default', 'Unmasked'],
    ],
    [
      'an enum as an item',
      `${head('PersistentVolumeClaim')}spec:\n  accessModes:\n    - $0\n`,
      ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'],
    ],
    [
      'an enum in a flow list',
      `${head('PersistentVolumeClaim')}spec:\n  accessModes: [$0]\n`,
      ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'],
    ],
    ['a boolean', pod('  hostNetwork: $0\n'), ['true', 'false']],
    ['a boolean, half-typed', pod('  hostNetwork: tr$0\n'), ['true', 'false']],
  ])('%s', (_, text, wanted) => {
    expect([...offers(text)].sort()).toEqual([...wanted].sort());
  });

  it('none for a number or a text', () => {
    expect(offers(pod('  hostname: $0\n'))).toEqual([]);
    expect(offers(`${head('Deployment', 'apps/v1')}spec:\n  replicas: $0\n`)).toEqual([]);
  });

  it.each([
    ['behind the colon, a blank comes first', pod('  restartPolicy:$0\n'), 'Never', pod('  restartPolicy: Never\n')],
    ['the rest of the word gives way', pod('  restartPolicy: Al$0ways\n'), 'Never', pod('  restartPolicy: Never\n')],
    ['in quotes', pod('  restartPolicy: "Al$0ways"\n'), 'Never', pod('  restartPolicy: "Never"\n')],
    ['in an open quote', pod("  restartPolicy: '$0\n"), 'Never', pod("  restartPolicy: 'Never'\n")],
    ['before a comment', pod('  restartPolicy: $0 # why\n'), 'Never', pod('  restartPolicy: Never # why\n')],
    [
      'in a flow map',
      pod('  containers: [{ imagePullPolicy: Al$0, name: a }]\n'),
      'Never',
      pod('  containers: [{ imagePullPolicy: Never, name: a }]\n'),
    ],
    [
      'as an item',
      `${head('PersistentVolumeClaim')}spec:\n  accessModes:\n    - Read$0\n`,
      'ReadWriteOnce',
      `${head('PersistentVolumeClaim')}spec:\n  accessModes:\n    - ReadWriteOnce\n`,
    ],
    [
      'as the first item, without a dash yet',
      `${head('PersistentVolumeClaim')}spec:\n  accessModes:\n    $0\n`,
      'ReadWriteOnce',
      `${head('PersistentVolumeClaim')}spec:\n  accessModes:\n    - ReadWriteOnce\n`,
    ],
    [
      'in a flow list',
      `${head('PersistentVolumeClaim')}spec:\n  accessModes: [Re$0]\n`,
      'ReadWriteOnce',
      `${head('PersistentVolumeClaim')}spec:\n  accessModes: [ReadWriteOnce]\n`,
    ],
  ])('%s', (_, before, label, after) => {
    expect(complete(before, label)).toBe(after);
  });
});

describe('kind and apiVersion', () => {
  it('an empty document offers both, and whole manifests', () => {
    const labels = offers('$0');
    expect(labels.slice(0, 2)).toEqual(['apiVersion', 'kind']);
    expect(labels).toEqual(expect.arrayContaining(['Deployment', 'Service', 'Secret']));
  });

  it('so does an empty document behind another, or below a comment', () => {
    for (const text of [`${head('Pod')}---\n$0`, '# a comment\n$0', '---\n$0\n---\n', '\n\n$0\n\n', 'Dep$0'])
      expect(offers(text), text).toContain('Deployment');
  });

  it('a manifest is written whole', () => {
    expect(complete('$0', 'ServiceAccount')).toBe(
      'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${1:app-account}$0',
    );
    expect(complete('Dep$0', 'Deployment')).toMatch(
      /^apiVersion: apps\/v1\nkind: Deployment\nmetadata:\n {2}name: \$\{1:app\}\nspec:\n {2}/,
    );
  });

  it('the kinds of an apiVersion, and the versions of a kind', () => {
    expect(offers('apiVersion: apps/v1\nkind: $0\n')).toEqual(expect.arrayContaining(['Deployment', 'StatefulSet']));
    expect(offers('apiVersion: apps/v1\nkind: $0\n')).not.toContain('Pod');
    expect(offers('apiVersion: $0\nkind: CronJob\n').slice(0, 1)).toEqual(['batch/v1']);
    expect(offers('apiVersion: $0\nkind: CronJob\n')).not.toContain('v1');
  });

  it('pairs of both where neither is there', () => {
    expect(complete('apiVersion: $0', 'apps/v1 Deployment')).toBe('apiVersion: apps/v1\nkind: Deployment\n$0');
    expect(complete('apiVersion: ap$0\r\n', 'apps/v1 Deployment')).toBe(
      'apiVersion: apps/v1\r\nkind: Deployment\r\n$0\r\n',
    );
  });

  it('the values of a whole manifest can be changed', () => {
    expect(complete(pod('  containers: []\n').replace('kind: Pod', 'kind: P$0od'), 'Service')).toContain(
      '\nkind: Service\n',
    );
    expect(offers(pod('  containers: []\n').replace('kind: Pod', 'kind: P$0od'))).toContain('ConfigMap');
    expect(offers(`${head('Deployment', 'apps/v1b$0eta1')}spec: {}\n`)).toContain('apps/v1');
  });

  it('the other key, where one is there', () => {
    expect(offers('kind: Pod\n$0')).toEqual(['apiVersion', 'metadata']);
    expect(offers('apiVersion: v1\n$0')).toEqual(['kind', 'metadata']);
    expect(complete('kind: Pod\r\n$0', 'metadata')).toBe('kind: Pod\r\nmetadata:\r\n  name: $0');
  });

  it('in a List’s item', () => {
    expect(offers('apiVersion: v1\nkind: List\nitems:\n  - apiVersion: apps/v1\n    kind: $0\n')).toContain(
      'Deployment',
    );
  });
});

const secret = `apiVersion: v1\nkind: Secret\nmetadata:\n  name: login\nstringData:\n  user: x\n  password: x\n---\n`;
const env = (name: string, key: string): string =>
  `${secret}${pod(`  containers:\n    - name: web\n      image: nginx:1.27\n      env:\n        - name: A\n          valueFrom:\n            secretKeyRef:\n              name: ${name}\n              key: ${key}\n`)}`;

describe('names of the workspace', () => {
  it.each([
    ['an object', env('$0', 'user'), ['login']],
    ['an object, half-typed', env('lo$0', 'user'), ['login']],
    ['a key', env('login', '$0'), ['password', 'user']],
    ['a key in quotes', env('login', '"$0"'), ['password', 'user']],
    ['a key in an open quote', env('login', '"us$0'), ['password', 'user']],
    ['a key in single quotes', env('login', "'$0'"), ['password', 'user']],
    ['a key of an unknown object', env('other', '$0'), []],
    [
      'a key in a flow map',
      `${secret}${pod('  containers: [{ name: web, env: [{ name: A, valueFrom: { secretKeyRef: { name: login, key: $0 } } }] }]\n')}`,
      ['password', 'user'],
    ],
    [
      'a volume',
      pod(
        '  containers:\n    - name: web\n      volumeMounts:\n        - name: $0\n          mountPath: /x\n  volumes:\n    - name: data\n      emptyDir: {}\n    - name: cache\n',
      ),
      ['cache', 'data'],
    ],
    [
      'a name in a broken document',
      `${secret}${pod('  hostname: "open\n  volumes:\n    - secret:\n        secretName: $0\n')}`,
      ['login'],
    ],
  ])('%s', (_, text, wanted) => {
    expect([...offers(text)].sort()).toEqual(wanted);
  });

  it.each([
    ['in quotes', env('login', '"us$0er"'), 'password', env('login', '"password"')],
    ['in an open quote', env('login', '"us$0'), 'password', env('login', '"password"')],
    ['the rest of the word gives way', env('login', 'us$0er'), 'password', env('login', 'password')],
    ['right behind the colon', env('$0', 'user').replace('name: $0', 'name:$0'), 'login', env('login', 'user')],
  ])('%s', (_, before, label, after) => {
    expect(complete(before, label)).toBe(after);
  });

  it('a name that must be quoted is', () => {
    expect(complete(env('login', '$0').replace('user: x', '"on": x'), 'on')).toBe(
      env('login', '"on"').replace('user: x', '"on": x'),
    );
    expect(complete(env('login', "'$0'").replace('user: x', '"on": x'), 'on')).toMatch(/key: ['"]on['"]\n/);
  });

  it('say where they are defined, nearest first', () => {
    const far = `# file: far/away.yaml\n${secret.replace('login', 'another').slice(0, -4)}# file: main.yaml\n${env('$0', 'user')}`;
    expect(offers(far)).toEqual(['login', 'another']);
    const { snapshot, uri, offset } = atCursor(far);
    expect(snapshot.completion(uri, offset).find(({ label }) => label === 'another')?.detail).toBe('Secret away.yaml');
  });

  it('only of the own namespace', () => {
    expect(
      offers(
        env('$0', 'user')
          .replace('name: login\n', 'name: login\n  namespace: blue\n')
          .replace('name: web\nspec', 'name: web\n  namespace: red\nspec'),
      ),
    ).toEqual([]);
  });

  it('ports: by name where a name is due, by number where a number is', () => {
    const ingress = (port: string): string =>
      `${head('Service')}spec:\n  ports:\n    - { name: http, port: 80 }\n    - { name: admin, port: 8080 }\n---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\nspec:\n  defaultBackend:\n    service:\n      name: web\n      port:\n        ${port}: $0\n`;
    expect(offers(ingress('name'))).toEqual(['admin', 'http']);
    expect([...offers(ingress('number'))].sort()).toEqual(['80', '8080']);
  });
});

describe('labels', () => {
  const workload = `---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\nspec:\n  selector:\n    matchLabels:\n      app: api\n  template:\n    metadata:\n      labels:\n        app: api\n        tier: back\n    spec:\n      containers:\n        - name: api\n          image: nginx:1.27\n`;
  const service = (selector: string): string =>
    `${head('Service')}spec:\n  selector:${selector}\n  ports:\n    - port: 80\n${workload}`;

  it.each([
    ['a pair on a blank line', service('\n    $0'), ['app: api', 'tier: back']],
    ['a pair, half-typed', service('\n    ap$0'), ['app: api', 'tier: back']],
    ['not the key that is there', service('\n    app: api\n    $0'), ['tier: back']],
    ['a value', service('\n    app: $0'), ['api']],
    ['a pair in a flow map', service(' { $0 }'), ['app: api', 'tier: back']],
    ['only the key before a colon', service('\n    $0: api'), ['app', 'tier']],
    [
      'in a workload’s own selector',
      workload.slice(4).replace('      app: api\n  template', '      $0\n  template'),
      ['app: api', 'tier: back'],
    ],
    [
      'in a template, what the selectors ask for',
      `${service('\n    app: api\n    env: live')}`.replace('        app: api\n        tier: back', '        $0'),
      ['app: api', 'env: live'],
    ],
  ])('%s', (_, text, wanted) => {
    expect([...offers(text)].sort()).toEqual(wanted);
  });

  it.each([
    ['a pair', service('\n    ti$0'), 'tier: back', service('\n    tier: back')],
    ['a value, the rest giving way', service('\n    app: a$0bc'), 'api', service('\n    app: api')],
    ['a pair in a flow map', service(' { $0 }'), 'tier: back', service(' { tier: back }')],
    ['a key in quotes', service('\n    "ti$0": back'), 'tier', service('\n    "tier": back')],
  ])('%s is inserted', (_, before, label, after) => {
    expect(complete(before, label)).toBe(after);
  });
});

describe('kinds', () => {
  const first = (text: string): string[] => completionsAt(text).slice(0, 5);

  it('come in the order in which people need them', () => {
    expect(first('$0')).toEqual(['apiVersion', 'kind', 'Deployment', 'Service', 'ConfigMap']);
    expect(first('apiVersion: apps/v1\nkind: $0\n').slice(0, 3)).toEqual(['Deployment', 'StatefulSet', 'DaemonSet']);
  });

  it('are offered in the group that they live in today', () => {
    expect(completionsAt('apiVersion: $0\n')).toContain('networking.k8s.io/v1 Ingress');
    expect(completionsAt('apiVersion: $0\n')).not.toContain('extensions/v1beta1 Ingress');
    expect(completionsAt('kind: Ingress\napiVersion: $0\n')).toEqual(['networking.k8s.io/v1']);
  });
});
