import { describe, expect, it } from 'vitest';
import { atCursor, fixesAt, open, parseFixture, placesOf } from '../fixture.ts';

const set = (spec = '  replicas: 3\n', kind = 'StatefulSet', namespace = 'shop'): string => `apiVersion: ${
  kind === 'PetSet' ? 'apps/v1alpha1' : 'apps/v1'
}
kind: ${kind}
metadata:
  name: db
  namespace: ${namespace}
spec:
${spec}  serviceName: pods
  selector:
    matchLabels:
      app: db
  template:
    metadata:
      labels:
        app: db
    spec:
      containers:
        - name: db
          image: mysql:8.4
`;

const service = (name = 'pods', namespace = 'shop'): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nspec:\n  clusterIP: None\n  selector:\n    app: db\n`;

const config = (host: string): string =>
  `---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  host: ${host}\n`;

const told = (text: string): string[] => {
  const { snapshot } = open(parseFixture(text), { kubernetesVersion: '1.34' });
  return snapshot
    .files()
    .flatMap((uri) => snapshot.diagnostics(uri))
    .filter(({ code }) => code === 'ordinal-without-pod')
    .map(({ severity, message }) => `${severity} ${message}`);
};

describe('a pod of an address', () => {
  it.each(['db-3.pods', 'db-3.pods.shop.svc', 'db-12.pods.shop.svc.cluster.local', 'http://db-3.pods:80'])(
    'that is beyond the replicas is told: %s',
    (host) => {
      expect(told(set() + service() + config(host))).toEqual([
        expect.stringMatching(/^warning There is no pod "db-\d+": .* 3 replicas .*pods db-0 to db-2/),
      ]);
    },
  );

  it.each(['db-0.pods', 'db-2.pods.shop.svc.cluster.local', 'db-3.other', 'cache-7.pods', 'xdb-3.example.com'])(
    'that is there, or of something else, is not: %s',
    (host) => expect(told(set() + service() + config(host))).toEqual([]),
  );

  it('counts from the first ordinal', () => {
    const from = '  replicas: 2\n  ordinals:\n    start: 5\n';
    expect(told(set(from) + service() + config('db-6.pods'))).toEqual([]);
    for (const host of ['db-7.pods', 'db-0.pods'])
      expect(told(set(from) + service() + config(host))).toEqual([expect.stringMatching(/pods db-5 to db-6/)]);
  });

  it('is one where nothing says how many, which an autoscaler on the cluster may', () => {
    expect(told(set('') + service() + config('db-0.pods'))).toEqual([]);
    expect(told(set('') + service() + config('db-1.pods'))).toEqual([expect.stringMatching(/^hint .* only pod db-0/)]);
  });

  it('is that of a PetSet, too', () => {
    expect(told(set(undefined, 'PetSet') + service() + config('db-3.pods'))).toEqual([
      expect.stringMatching(/^warning .*PetSet "db" has 3 replicas/),
    ]);
  });
});

describe('nothing is told where the number of replicas may be another', () => {
  const address = config('db-3.pods');
  const scaler = (spec: string, apiVersion = 'autoscaling/v2', kind = 'HorizontalPodAutoscaler'): string =>
    `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: db\n  namespace: shop\nspec:\n${spec}`;
  const target = (kind: string, name = 'db'): string =>
    `  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: ${kind}\n    name: ${name}\n`;
  const kustomization = (more: string): string =>
    `# file: kustomization.yaml\nresources:\n  - db.yaml\n${more}# file: db.yaml\n${set()}${service()}${address}`;

  it.each([
    ['an autoscaler', set() + service() + address + scaler(`${target('StatefulSet')}  maxReplicas: 5\n`)],
    ['KEDA', set() + service() + address + scaler(target('StatefulSet'), 'keda.sh/v1alpha1', 'ScaledObject')],
    [
      'another definition',
      `# file: a/db.yaml\n${set()}${service()}${address}# file: b/db.yaml\n${set('  replicas: 5\n')}`,
    ],
    ['a kustomization', kustomization('replicas:\n  - name: db\n    count: 5\n')],
    [
      'a patch',
      kustomization(
        'patches:\n  - target:\n      kind: StatefulSet\n      name: db\n    patch: |\n      - op: replace\n        path: /spec/replicas\n        value: 5\n',
      ),
    ],
    [
      'a patch of whatever fits',
      kustomization(
        'patches:\n  - target:\n      kind: StatefulSet\n    patch: |\n      - op: replace\n        path: /spec/replicas\n        value: 5\n',
      ),
    ],
    ['a placeholder', set(`  replicas: \${REPLICAS}\n`) + service() + address],
    ['none for now', set('  replicas: 0\n') + service() + address],
    ['a Service of that name', set() + service() + address + service('db-3', 'pods')],
  ])('%s', (_, text) => expect(told(text)).toEqual([]));

  it('but where that is about something else', () => {
    const others = [
      scaler(`${target('Deployment')}  maxReplicas: 5\n`),
      scaler(`${target('StatefulSet', 'cache')}  maxReplicas: 5\n`),
      `---\n${set('  replicas: 5\n', 'StatefulSet', 'staging')}`,
    ];
    for (const other of others) expect(told(set() + service() + address + other)).toHaveLength(1);
    expect(told(kustomization(''))).toHaveLength(1);
  });
});

describe('the fixes', () => {
  const titles = (text: string): string[] => fixesAt(text).flatMap(({ title, silences }) => (silences ? [] : [title]));
  const address = config('db-$03.pods');

  it('name the last pod, or the number of replicas that it takes', () => {
    expect(titles(set() + service() + address)).toEqual([
      'Change to the last pod, "db-2"',
      'Let StatefulSet "db" have 4 replicas',
    ]);
    expect(fixesAt(set() + service() + address).some(({ preferred }) => preferred)).toBe(false);
  });

  it('do not ask for fewer than none, nor for a thousand', () => {
    const from = '  replicas: 2\n  ordinals:\n    start: 5\n';
    expect(titles(set(from) + service() + address)).toEqual(['Change to the last pod, "db-6"']);
    expect(titles(set() + service() + config('db-9$099.pods'))).toEqual(['Change to the last pod, "db-2"']);
  });
});

it('the pod of a PetSet leads to it', () => {
  for (const host of ['d$0b-0.pods', 'd$0b-0.pods.shop.svc.cluster.local']) {
    const { snapshot, uri, offset } = atCursor(set(undefined, 'PetSet') + service() + config(host));
    expect(placesOf(snapshot, snapshot.definition(uri, offset))).toEqual(['main.yaml:4 db']);
  }
});
