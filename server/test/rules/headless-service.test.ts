import { describe, expect, it } from 'vitest';
import { applyFix, fixesAt, open, parseFixture } from '../fixture.ts';

const statefulSet = (replicas = ''): string => `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
  namespace: shop
spec:
${replicas}  serviceName: $0db
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
          ports:
            - name: mysql
              containerPort: 3306
            - containerPort: 9104
`;

const service = (spec = ''): string => `---
apiVersion: v1
kind: Service
metadata:
  name: db
  namespace: shop
spec:
${spec}  selector:
    app: db
  ports:
    - port: 3306
      targetPort: mysql
      nodePort: 30306 # for the old clients
`;

const severities = (text: string): string[] => {
  const { snapshot } = open(parseFixture(text));
  return snapshot
    .files()
    .flatMap((uri) => snapshot.diagnostics(uri))
    .filter(({ code }) => code === 'headless-service')
    .map(({ severity }) => severity);
};

const titles = (text: string): string[] =>
  fixesAt(text)
    .filter(({ silences }) => !silences)
    .map(({ title }) => title);

describe('the Service of a StatefulSet', () => {
  it('matters where there are several pods', () => {
    expect(severities(statefulSet('  replicas: 3\n') + service())).toEqual(['warning']);
    expect(severities(statefulSet('  replicas: 1\n') + service())).toEqual(['hint']);
    expect(severities(statefulSet() + service())).toEqual(['hint']);
    expect(severities(statefulSet('  replicas: 3\n') + service('  clusterIP: None\n'))).toEqual([]);
    expect(severities(statefulSet('  replicas: 3\n') + service('  clusterIP: "{{ .ip }}"\n'))).toEqual([]);
  });

  it('is judged again when it becomes headless, or is so no longer', () => {
    const set = parseFixture(statefulSet('  replicas: 3\n')).files.get('file:///w/main.yaml') ?? '';
    const { engine } = open({ files: new Map([['file:///w/set.yaml', set]]), cursor: undefined });
    const codes = (text: string): string[] => {
      engine.apply([{ type: 'edit', uri: 'file:///w/service.yaml', text }]);
      return engine
        .snapshot()
        .diagnostics('file:///w/set.yaml')
        .map(({ code }) => code);
    };
    expect(codes(service())).toEqual(['headless-service']);
    expect(codes(service('  clusterIP: None\n'))).toEqual([]);
    expect(codes(service())).toEqual(['headless-service']);
  });

  it('can become headless where nobody else needs its address', () => {
    const make = 'Make Service "db" headless, if it is not on the cluster yet';
    const create = 'Create headless Service "db-headless"';
    expect(titles(statefulSet() + service())).toEqual([make, create]);
    expect(applyFix(statefulSet() + service(), make)).toContain('  clusterIP: None\n');
    expect(titles(statefulSet() + service('  type: NodePort\n'))).toEqual([create]);
    const client = `---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: shop
data:
  db_host: db
`;
    expect(titles(statefulSet() + service() + client)).toEqual([create]);
  });

  it('gets a headless twin', () => {
    const mended = applyFix(statefulSet() + service(), 'Create headless Service "db-headless"');
    expect(mended).toContain('  serviceName: db-headless\n');
    expect(mended.slice(mended.lastIndexOf('---'))).toBe(`---
apiVersion: v1
kind: Service
metadata:
  name: db-headless
  namespace: shop
spec:
  clusterIP: None
  selector:
    app: db
  ports:
    - port: 3306
      targetPort: mysql
`);
    expect(severities(mended)).toEqual([]);
  });

  it('is created headless, for the pods and their ports', () => {
    const mended = applyFix(statefulSet(), 'Create headless Service "db" in this file');
    expect(mended.slice(mended.lastIndexOf('---'))).toBe(`---
apiVersion: v1
kind: Service
metadata:
  name: db
  namespace: shop
spec:
  clusterIP: None
  selector:
    app: db
  ports:
    - name: mysql
      port: 3306
    - name: port-9104
      port: 9104
`);
    const { snapshot } = open(parseFixture(mended));
    expect(snapshot.files().flatMap((uri) => snapshot.diagnostics(uri))).toEqual([]);
  });
});
