/** Ingress → Service → target port → container port: whatever breaks is said once, where the chain breaks first. */
import { describe, expect, it } from 'vitest';
import { atCursor, open, parseFixture } from '../fixture.ts';

interface Links {
  readonly backend?: string;
  readonly backendPort?: string;
  readonly port?: string;
  readonly targetPort?: string;
  readonly label?: string;
  readonly containerPort?: string;
}

const chain = ({
  backend = 'web',
  backendPort = 'http',
  port = 'http',
  targetPort = 'serve',
  label = 'web',
  containerPort = 'serve',
}: Links = {}): string => `# file: ingress.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  defaultBackend:
    service:
      name: ${backend}
      port:
        name: ${backendPort}
# file: service.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - name: ${port}
      port: 80
      targetPort: ${targetPort}
# file: pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: ${label}
spec:
  containers:
    - name: web
      image: nginx:1.27
      ports:
        - name: ${containerPort}
          containerPort: 8080
`;

const said = (links: Links): string[] => {
  const { snapshot } = open(parseFixture(chain(links)));
  return snapshot
    .files()
    .flatMap((uri) => snapshot.diagnostics(uri).map(({ code }) => `${uri.slice('file:///w/'.length)} ${code}`));
};

describe('a chain is reported once, at its first break', () => {
  it('and not at all where it is whole', () => expect(said({})).toEqual([]));

  it.each<[string, Links, string]>([
    ['the Service that the Ingress names', { backend: 'wep' }, 'ingress.yaml unresolved-service'],
    ['its port', { backendPort: 'htp' }, 'ingress.yaml unresolved-service-port'],
    ['the port of the Service', { port: 'htp' }, 'ingress.yaml unresolved-service-port'],
    ['the target port', { targetPort: 'sevre' }, 'service.yaml unresolved-container-port'],
    ['the port of the container', { containerPort: 'sevre' }, 'service.yaml unresolved-container-port'],
    ['the labels of the pod', { label: 'wep' }, 'service.yaml selector-matches-nothing'],
    ['Service and target port', { backend: 'wep', label: 'wep' }, 'ingress.yaml unresolved-service'],
  ])('%s', (_, links, first) => {
    const found = said(links);
    expect(found[0]).toBe(first);
    // Two breaks are two faults: each at its own place, neither at the other's.
    expect(found).toHaveLength(Object.keys(links).length);
  });

  it('hover shows all of it', () => {
    const { snapshot, uri, offset } = atCursor(
      chain().replace('name: http\n# file: service', 'name: ht$0tp\n# file: service'),
    );
    const text = snapshot.hover(uri, offset)?.wiring ?? '';
    expect(text).toMatch(
      /Port \*\*http\*\* of Service \*\*web\*\*[\s\S]*container port \*\*serve\*\* of Pod \*\*web\*\*/,
    );
  });
});
