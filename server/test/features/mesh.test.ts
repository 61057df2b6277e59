import { describe, expect, it } from 'vitest';
import { atCursor, open, parseFixture } from '../fixture.ts';

const said = (text: string): string[] => {
  const fixture = parseFixture(text);
  const { snapshot } = open(fixture);
  return [...fixture.files].flatMap(([uri, content]) =>
    snapshot
      .diagnostics(uri)
      .map(({ severity, code, span }) => `${severity} ${code} ${content.slice(span.start, span.end)}`),
  );
};

const service = (name: string): string => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: shop
spec:
  selector:
    app: ${name}
  ports:
    - port: 80
`;

const pod = (app: string, version: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: ${app}-${version}
  namespace: shop
  labels: {app: ${app}, version: ${version}}
spec:
  containers:
    - name: ${app}
      image: ${app}:1
`;

const rule = (
  host: string,
  subsets: readonly string[],
  namespace = 'shop',
): string => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: ${host}
  namespace: ${namespace}
spec:
  host: ${host}
  subsets: [${subsets.map((version) => `{name: ${version}, labels: {version: ${version}}}`).join(', ')}]
`;

const route = (host: string, subset: string): string => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts:
    - ${host}
  http:
    - route:
        - destination:
            host: ${host}
            subset: ${subset}
`;

const all = (...documents: readonly string[]): string => documents.join('---\n');

describe('subsets', () => {
  it('are those of every rule for the host, however it is written and wherever the rule is', () => {
    const elsewhere = rule('reviews.shop.svc.cluster.local', ['v2'], 'istio-system');
    const pods = all(service('reviews'), pod('reviews', 'v1'), pod('reviews', 'v2'));
    for (const subset of ['v1', 'v2'])
      expect(said(all(pods, rule('reviews', ['v1']), elsewhere, route('reviews.shop', subset)))).toEqual([]);
    const missing = said(all(pods, rule('reviews', ['v1']), elsewhere, route('reviews.shop', 'v3')));
    expect(missing).toEqual(['warning unresolved-mesh-subset v3']);
  });

  it('are not judged where no rule is here, or the host is one of elsewhere', () => {
    expect(said(all(service('reviews'), pod('reviews', 'v1'), route('reviews', 'v3')))).toEqual([]);
    expect(said(all(rule('api.example.com', ['v1']), route('www.example.com', 'v3')))).toEqual([]);
    expect(said(all(rule('api.example.com', ['v1']), route('api.example.com', 'v3')))).toEqual([
      'warning unresolved-mesh-subset v3',
    ]);
  });

  it('look among the pods of their Service, and none of a version is no fault', () => {
    const pods = all(service('reviews'), service('ratings'), pod('reviews', 'v1'), pod('ratings', 'v2'));
    expect(said(all(pods, rule('reviews', ['v1', 'v2'])))).toEqual([]);
    expect(said(all(pods, rule('reviews', ['stable']), pod('reviews', 'stabel')))).toEqual([
      'warning selector-matches-nothing stable',
    ]);
  });

  it('keep to their Service when a version is renamed', () => {
    const text = all(
      service('reviews'),
      service('ratings'),
      pod('reviews', 'v1').replace('version: v1', 'version: $0v1'),
      pod('ratings', 'v1'),
      rule('reviews', ['v1']),
      rule('ratings', ['v1']),
    );
    const { snapshot, uri, offset } = atCursor(text);
    const answer = snapshot.rename(uri, offset, 'v9');
    if (!('edits' in answer)) return expect.fail(answer.refused);
    const lines = answer.edits.map(({ span }) => (snapshot.text(uri) ?? '').slice(0, span.start).split('\n').at(-1));
    expect(lines).toEqual([expect.stringContaining('app: reviews'), '  subsets: [{name: v1, labels: {version: ']);
  });

  it('are looked up again when a rule changes', () => {
    const fixture = parseFixture(
      `# file: rule.yaml\n${rule('reviews', ['v1'])}# file: route.yaml\n${route('reviews', 'v2')}`,
    );
    const { engine } = open(fixture);
    const codes = (): string[] =>
      engine
        .snapshot()
        .diagnostics('file:///w/route.yaml')
        .map(({ code }) => code);
    expect(codes()).toEqual(['unresolved-mesh-subset']);
    engine.apply([{ type: 'edit', uri: 'file:///w/rule.yaml', text: rule('reviews', ['v1', 'v2']) }]);
    expect(codes()).toEqual([]);
  });
});

describe('hosts', () => {
  const entry = (host: string): string => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: entry
  namespace: shop
spec:
  hosts: ['${host}']
`;

  it('of a ServiceEntry are known, whatever they look like', () => {
    const reviews = all(service('reviews'), pod('reviews', 'v1'));
    expect(said(all(reviews, rule('reviewz', [])))).toEqual(['warning unresolved-service reviewz']);
    for (const host of ['reviewz', 'reviewz.shop', 'reviewz.shop.svc.cluster.local', '*.shop.svc.cluster.local'])
      expect(said(all(reviews, entry(host), rule('reviewz.shop.svc.cluster.local', [])))).toEqual([]);
    expect(said(all(reviews, entry('reviewz'), rule('reviewz', [])))).toEqual([]);
  });

  it('of elsewhere are only near misses where nothing covers them', () => {
    const near = 'warning unresolved-mesh-host api.payment.example';
    expect(said(all(entry('api.payments.example'), rule('api.payment.example', [])))).toEqual([near]);
    const covered = entry('*.payment.example').replace('name: entry', 'name: other');
    expect(said(all(entry('api.payments.example'), covered, rule('api.payment.example', [])))).toEqual([]);
  });

  it('lead to the ServiceEntry that has them', () => {
    const { snapshot, uri, offset } = atCursor(
      all(entry('reviewz'), rule('reviewz', []).replace('host: r', 'host: $0r')),
    );
    expect(snapshot.definition(uri, offset)).toHaveLength(1);
    expect(snapshot.hover(uri, offset)?.contents).toContain('ServiceEntry');
  });

  it('are not renamed where they stand for a whole domain', () => {
    const { snapshot, uri, offset } = atCursor(entry('*.pay$0ments.example'));
    expect(snapshot.prepareRename(uri, offset)).toEqual({ refused: expect.stringContaining('all hosts of a domain') });
  });
});

describe('namespace/name', () => {
  const gateway = (name: string, namespace: string): string => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  servers: []
`;
  const using = (written: string): string => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: web
  namespace: shop
spec:
  hosts: [shop.example.com]
  gateways:
    - ${written}
`;
  const labels = (text: string): string[] => {
    const { snapshot, uri, offset } = atCursor(text);
    return snapshot.completion(uri, offset).map(({ label }) => label);
  };
  const gateways = all(gateway('public', 'edge'), gateway('internal', 'shop'));

  it('offers the names of the namespace behind the slash, and namespaces before it', () => {
    expect(labels(all(gateways, using('edge/$0')))).toEqual(['public']);
    expect(labels(all(gateways, using('edge/pu$0b')))).toEqual(['public']);
    expect(labels(all(gateways, using('"./$0"')))).toEqual(['internal']);
    expect(labels(all(gateways, using('int$0')))).toEqual(['internal']);
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: edge\n';
    expect(labels(all(namespace, gateways, using('e$0/public')))).toEqual(['edge']);
  });

  it('is judged in that namespace', () => {
    expect(said(all(gateways, using('edge/public')))).toEqual([]);
    expect(said(all(gateways, using('edge/publik')))).toEqual(['warning unresolved-mesh-gateway publik']);
    expect(said(all(gateways, using('public')))).toEqual(['warning unresolved-mesh-gateway public']);
  });
});

describe('selectors', () => {
  const policy = (namespace: string): string => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: web
  namespace: ${namespace}
spec:
  selector: {matchLabels: {app: reviews}}
`;

  it('of the root namespace look everywhere, others in their own', () => {
    expect(said(all(pod('reviews', 'v1'), policy('shop')))).toEqual([]);
    expect(said(all(pod('reviews', 'v1'), policy('istio-system')))).toEqual([]);
    expect(said(all(pod('reviews', 'v1'), policy('other')))).toEqual(['warning selector-matches-nothing app: reviews']);
  });

  it('of a Gateway say nothing of proxies that come with Istio', () => {
    const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers: []
`;
    expect(said(all(gateway, pod('reviews', 'v1')))).toEqual([]);
  });
});
