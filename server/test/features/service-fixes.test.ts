import { describe, expect, it } from 'vitest';
import { after, atCursor, open } from '../fixture.ts';

/** What each fix that creates a Service is called, and makes of the file with the workload. */
function created(text: string): readonly { readonly title: string; readonly text: string }[] {
  const { snapshot, uri, offset } = atCursor(text);
  const files = new Map(snapshot.files().map((file) => [file, snapshot.text(file) ?? '']));
  return snapshot
    .codeActions(uri, { start: offset, end: offset })
    .filter(({ title }) => title.startsWith('Create Service'))
    .map(({ title, edits }) => {
      const result = after({ files, cursor: undefined }, snapshot, edits);
      const again = open(result).snapshot;
      const found = [...result.files.keys()].flatMap((file) => again.diagnostics(file));
      expect(found.filter(({ severity }) => severity !== 'hint')).toEqual([]);
      expect(found.filter(({ code }) => code.startsWith('unresolved-service'))).toEqual([]);
      return { title, text: result.files.get(edits[0]?.uri ?? '') ?? '' };
    });
}

const deployment = (name: string, ports: string, labels = 'app: web'): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        ${labels}
    spec:
      containers:
        - name: web
          image: nginx:1.27
          ports: [${ports}]
`;
const ingress = (service: string, port: string): string => `# file: ingress.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
spec:
  defaultBackend:
    service:
      name: ${service}$0
      port: { ${port} }
`;
const workload = (...args: Parameters<typeof deployment>): string => `# file: web.yaml\n${deployment(...args)}`;

describe('a Service that an Ingress names', () => {
  it.each([
    ['web', 'number: 80', '{ containerPort: 8080 }', '    - port: 80\n      targetPort: 8080\n'],
    ['web', 'number: 80', '{ containerPort: 8080, name: http }', '    - port: 80\n      targetPort: http\n'],
    ['web', 'number: 8080', '{ containerPort: 8080 }', '    - port: 8080\n'],
    ['web', 'number: 80', '', '    - port: 80\n'],
    [
      'web-service',
      'name: admin',
      '{ containerPort: 8080, name: http }, { containerPort: 9090, name: admin }',
      '    - name: admin\n      port: 9090\n      targetPort: admin\n',
    ],
  ])('%s, %s, where the container has [%s]', (name, asked, has, ports) => {
    const [fix, ...others] = created(ingress(name, asked) + workload('web', has, 'app: web'));
    expect(others).toEqual([]);
    expect(fix?.title).toBe(`Create Service "${name}" for Deployment "web" (web.yaml)`);
    expect(fix?.text).toBe(
      `${deployment('web', has)}---\napiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n  selector:\n    app: web\n  ports:\n${ports}`,
    );
  });

  it('is for a workload of a near name, too', () => {
    expect(created(ingress('shop-web', 'number: 80') + workload('shop-webs', '')).map(({ title }) => title)).toEqual([
      'Create Service "shop-web" for Deployment "shop-webs" (web.yaml)',
    ]);
  });

  it('is not made where no workload is like it, or nobody knows its port', () => {
    expect(created(ingress('web', 'number: 80') + workload('database', ''))).toEqual([]);
    expect(created(ingress('web', 'name: http') + workload('web', ''))).toEqual([]);
  });
});

it('a Service that an HTTPRoute names, with all ports that are asked of it', () => {
  const route = `# file: route.yaml
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web
  namespace: shop
spec:
  rules:
    - backendRefs:
        - name: web$0
          port: 80
        - name: web
          port: 9090
`;
  const ports = '{ containerPort: 8080 }, { containerPort: 9090 }';
  expect(created(route + workload('web', ports)).map(({ text }) => text.split('  ports:\n').at(-1))).toEqual([
    '    - name: port-80\n      port: 80\n      targetPort: 8080\n    - name: port-9090\n      port: 9090\n',
  ]);
});
