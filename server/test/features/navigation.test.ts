import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../src/base/line-index.ts';
import { atCursor, placesOf } from '../fixture.ts';

const at = (text: string) => {
  const { snapshot, uri, offset } = atCursor(text);
  const lines = new LineIndex(snapshot.text(uri) ?? '');
  return {
    definition: placesOf(snapshot, snapshot.definition(uri, offset)),
    references: placesOf(snapshot, snapshot.references(uri, offset, false)),
    everything: placesOf(snapshot, snapshot.references(uri, offset, true)),
    highlights: snapshot
      .highlights(uri, offset)
      .map(({ span, kind }) => `${kind} ${lines.position(span.start).line + 1}`)
      .sort(),
  };
};

const deployment = (name: string, labels: string, containers: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector:
    matchLabels: ${labels}
  template:
    metadata:
      labels: ${labels}
    spec:
      containers:
${containers}`;

const service = (selector: string, target = '80'): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector: ${selector}\n  ports:\n    - port: 80\n      targetPort: ${target}\n`;

describe('volumes', () => {
  const pod = (second: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  initContainers:
    - name: init
      volumeMounts: [{ name: data, mountPath: /data }]
  containers:
    - name: web
      volumeMounts:
        - name: ${second}
          mountPath: /data
  volumes:
    - name: data
      emptyDir: {}
`;

  it('are found from their mounts, and their mounts from them', () => {
    const found = at(pod('da$0ta'));
    expect(found.definition).toEqual(['main.yaml:15 data']);
    expect(found.references).toEqual(['main.yaml:8 data', 'main.yaml:12 data']);
    expect(found.highlights).toEqual(['read 12', 'read 8', 'write 15']);
  });

  it('belong to their own pod: the same name in another one is another volume', () => {
    const found = at(`${pod('da$0ta')}---\n${pod('data').replace('name: web', 'name: api')}`);
    expect(found.everything).toEqual(['main.yaml:8 data', 'main.yaml:12 data', 'main.yaml:15 data']);
  });

  it('what leads nowhere still has its likes', () => {
    const found = at(pod('nowhe$0re'));
    expect(found.definition).toEqual([]);
    expect(found.everything).toEqual(['main.yaml:12 nowhere']);
  });
});

describe('keys', () => {
  const files = (cursor: string): string => `# file: login.yaml
apiVersion: v1
kind: Secret
metadata:
  name: login
data:
  user: eA==
stringData:
  ${cursor}: x
---
apiVersion: v1
kind: Secret
metadata:
  name: other
stringData:
  user: x
# file: web.yaml
${deployment(
  'web',
  '{ app: web }',
  `        - name: web
          env:
            - name: A
              valueFrom: { secretKeyRef: { name: login, key: user } }
            - name: B
              valueFrom: { secretKeyRef: { name: other, key: user } }
            - name: C
              valueFrom: { secretKeyRef: { name: login, key: user, optional: true } }
`,
)}`;

  it('belong to their own object, and stand in data and in stringData', () => {
    const found = at(files('us$0er'));
    expect(found.references).toEqual(['web.yaml:16 user', 'web.yaml:20 user']);
    expect(found.everything).toEqual([
      'login.yaml:6 user',
      'login.yaml:8 user',
      'web.yaml:16 user',
      'web.yaml:20 user',
    ]);
    expect(found.highlights).toEqual(['write 6', 'write 8']);
  });
});

describe('ports', () => {
  const web = deployment(
    'web',
    '{ app: web }',
    '        - name: web\n          ports:\n            - { name: http, containerPort: 8080 }\n',
  );
  const api = deployment(
    'api',
    '{ app: web, tier: api }',
    '        - name: api\n          ports:\n            - { name: http, containerPort: 9090 }\n',
  );

  it('of all the workloads that a Service selects', () => {
    const found = at(`# file: s.yaml\n${service('{ app: web }', 'ht$0tp')}# file: d.yaml\n${web}---\n${api}`);
    expect(found.definition).toEqual(['d.yaml:15 http', 'd.yaml:31 http']);
  });

  it('a number leads to the containers that list it, and to the Service that has it', () => {
    const listed = at(`# file: s.yaml\n${service('{ app: web }', '80$080')}# file: d.yaml\n${web}`);
    expect(listed.definition).toEqual(['d.yaml:15 8080']);
    expect(at(`# file: s.yaml\n${service('{ app: web }', '80$081')}# file: d.yaml\n${web}`).definition).toEqual([]);
    const ingress =
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\nspec:\n  defaultBackend: { service: { name: web, port: { number: 8$00 } } }\n';
    expect(at(`# file: s.yaml\n${service('{ app: web }')}# file: i.yaml\n${ingress}`).definition).toEqual([
      's.yaml:8 80',
    ]);
  });
});

describe('labels', () => {
  const web = deployment('web', '{ app: web }', '        - name: web\n');

  it('a selector leads to the pods, and a pod to its selectors', () => {
    expect(at(`# file: s.yaml\n${service('{ a$0pp: web }')}# file: d.yaml\n${web}`).definition).toEqual([
      'd.yaml:10 app: web',
    ]);
    const fromPod = at(
      `# file: s.yaml\n${service('{ app: web }')}# file: d.yaml\n${web.replace('      labels: { app: web', '      labels: { app: w$0eb')}`,
    );
    expect([...fromPod.definition].sort()).toEqual(['d.yaml:7 app: web', 's.yaml:6 app: web']);
    expect(fromPod.everything).toEqual(['d.yaml:7 app: web', 'd.yaml:10 app: web', 's.yaml:6 app: web']);
  });

  it('of a workload whose selector does not match still belong together', () => {
    const text = web.replace('matchLabels: { app: web }', 'matchLabels: { app: we$0b, tier: front }');
    expect(at(text).everything).toEqual(['main.yaml:7 app: web', 'main.yaml:10 app: web']);
  });

  it('of the workload itself are nobody’s business', () => {
    const text = web.replace('  name: web\nspec', '  name: web\n  labels: { app: w$0eb }\nspec');
    expect(at(text)).toEqual({ definition: [], references: [], everything: [], highlights: [] });
  });
});

it('nothing is wired in comments, keys and other values', () => {
  for (const text of [
    '# a comm$0ent\n',
    'apiVersion: v1\nkind: ConfigMap\nmeta$0data:\n  name: a\n',
    'apiVersion: v1\nkind: Config$0Map\nmetadata:\n  name: a\n',
  ]) {
    expect(at(text)).toEqual({ definition: [], references: [], everything: [], highlights: [] });
  }
});
