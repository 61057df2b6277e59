import { describe, expect, it } from 'vitest';
import { after, atCursor, open } from '../fixture.ts';

/** What a fix makes of the file, which has nothing but hints afterwards. */
function fixed(text: string, title: string): string {
  const { snapshot, uri, offset } = atCursor(text);
  const actions = snapshot.codeActions(uri, { start: offset, end: offset });
  expect(actions.map((action) => action.title)).toContain(title);
  const action = actions.find((candidate) => candidate.title === title);
  const files = new Map(snapshot.files().map((file) => [file, snapshot.text(file) ?? '']));
  const result = after({ files, cursor: undefined }, snapshot, action?.edits ?? []);
  const again = open(result).snapshot;
  const found = [...result.files.keys()].flatMap((file) => again.diagnostics(file));
  expect(found.filter(({ severity }) => severity !== 'hint')).toEqual([]);
  return result.files.get(uri) ?? '';
}

const pod = (ports: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  containers:
    - name: web
      image: nginx:1.27
${ports}---
`;
const service = (ports: string): string => `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
${ports}`;
const ingress = (port: string): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  defaultBackend:
    service:
      name: web
      port: ${port}
---
`;

describe('a port that a Service lacks is added', () => {
  it('by its number; of several ports each gets a name, that of its target or a customary one', () => {
    const before = ingress('{ number: 8$0443 }') + service('    # for all\n    - port: 80 # plain\n    - port: 9113\n');
    expect(fixed(before, 'Add port 8443 to Service "web"')).toBe(
      ingress('{ number: 8443 }') +
        service(
          '    # for all\n    - name: http\n      port: 80 # plain\n    - name: port-9113\n      port: 9113\n    - name: https\n      port: 8443\n',
        ),
    );
  });

  it('with the target that the others have, where the pods have no such port', () => {
    const pods = pod('      ports:\n        - name: main\n          containerPort: 5000\n');
    const before = `${ingress('{ number: 81$0 }')}${pods}${service('    - port: 80\n      targetPort: main\n')}`;
    expect(fixed(before, 'Add port 81 to Service "web"')).toBe(
      ingress('{ number: 81 }') +
        pods +
        service(
          '    - name: main\n      port: 80\n      targetPort: main\n    - name: port-81\n      port: 81\n      targetPort: main\n',
        ),
    );
  });

  it('by its name, with the number that the pods have for it', () => {
    const pods = pod('      ports:\n        - { name: admin, containerPort: 9000 }\n');
    const before = `${ingress('{ name: adm$0in }')}${pods}${service('    - { name: http, port: 80, protocol: TCP }\n')}`;
    expect(fixed(before, 'Add port "admin" to Service "web"')).toBe(
      ingress('{ name: admin }') +
        pods +
        service(
          '    - { name: http, port: 80, protocol: TCP }\n    - name: admin\n      port: 9000\n      protocol: TCP\n      targetPort: admin\n',
        ),
    );
  });

  it('under a number that is free', () => {
    const before =
      ingress('{ name: we$0b }') + service('    - name: http\n      port: 80\n    - name: x\n      port: 8080\n');
    expect(fixed(before, 'Add port "web" to Service "web"')).toContain('    - name: web\n      port: 8081\n');
  });

  it('or the only one without a name gets it', () => {
    const before = ingress('{ name: we$0b }') + service('    - port: 80\n');
    expect(fixed(before, 'Name port 80 of Service "web" "web"')).toBe(
      ingress('{ name: web }') + service('    - name: web\n      port: 80\n'),
    );
  });

  it('but not to a list that an alias brings, nor beside what a template writes', () => {
    const { snapshot, uri, offset } = atCursor(ingress('{ number: 8$01 }') + service(`    - port: \${PORT}\n`));
    const titles = snapshot.codeActions(uri, { start: offset, end: offset }).map(({ title }) => title);
    expect(titles.filter((title) => title.startsWith('Add '))).toEqual([]);
  });
});

describe('a port that the pods lack is added', () => {
  const target = service('    - port: 3000\n      targetPort: ht$0tp\n');

  it('with the number of the Service, in the layout of the file', () => {
    const before = pod('      ports:\n      - name: metrics\n        containerPort: 9090\n') + target;
    expect(fixed(before, 'Add container port "http" to Pod "web"')).toContain(
      '      ports:\n      - name: metrics\n        containerPort: 9090\n      - name: http\n        containerPort: 3000\n---\n',
    );
  });

  it('or the only one without a name gets it', () => {
    const before = pod('      ports:\n        - containerPort: 8080\n') + target;
    expect(fixed(before, 'Name container port 8080 of Pod "web" "http"')).toContain(
      '      ports:\n        - name: http\n          containerPort: 8080\n---\n',
    );
  });
});
