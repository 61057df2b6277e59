import { describe, expect, it } from 'vitest';
import { fixesAt, open, parseFixture, placesOf } from '../fixture.ts';

const service = (selector: string, namespace = ''): string => `# file: service.yaml
apiVersion: v1
kind: Service
metadata:
  name: web${namespace && `\n  namespace: ${namespace}`}
spec:
  selector:
    ${selector.replace(', ', '\n    ')}
  ports:
    - port: 80
`;

const deployment = (
  name: string,
  own: string,
  pods: string,
  selector = pods,
  namespace = '',
): string => `# file: ${name}.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}${namespace && `\n  namespace: ${namespace}`}
  labels: { ${own} }
spec:
  selector:
    matchLabels: { ${selector} }
  template:
    metadata:
      labels:
        ${pods.replace(', ', '\n        ')}
    spec:
      containers:
        - name: ${name}
          image: nginx:1.27
`;

/** The finding of the Service, its links and the titles of its fixes. */
function explained(text: string) {
  const fixture = parseFixture(text);
  const { snapshot } = open(fixture);
  const uri = 'file:///w/service.yaml';
  const [found, ...more] = snapshot.diagnostics(uri);
  expect(more).toEqual([]);
  if (!found) expect.fail('there is no diagnostic');
  const fixes = snapshot.codeActions(uri, found.span).filter(({ silences }) => !silences);
  for (const { edits, title } of fixes) {
    const files = new Map(fixture.files);
    for (const edit of [...edits].sort((a, b) => b.span.start - a.span.start)) {
      const old = files.get(edit.uri) ?? '';
      files.set(edit.uri, old.slice(0, edit.span.start) + edit.newText + old.slice(edit.span.end));
    }
    expect(open({ files, cursor: undefined }).snapshot.diagnostics(uri), title).toEqual([]);
  }
  return {
    severity: found.severity,
    message: found.message,
    related: placesOf(
      snapshot,
      found.related.map(({ location }) => location),
    ),
    fixes: fixes.map(({ title }) => title),
  };
}

describe('a selector that matches nothing explains itself', () => {
  it('where a label has another value', () => {
    expect(explained(service('app: web, tier: front') + deployment('web', 'a: b', 'app: web, tier: frontend'))).toEqual(
      {
        severity: 'warning',
        message:
          'Selects app=web, tier=front, but no pod has these labels: Deployment "web" (web.yaml:13) has app=web, but tier=frontend. The Service gets no endpoints, and connections to it are refused.',
        related: ['web.yaml:13 tier: frontend'],
        fixes: [
          'Change the selector to tier=frontend',
          'Change the labels of Deployment "web" to tier=front',
          'Add tier=front to the pod template of Deployment "web"',
        ].slice(0, 2),
      },
    );
  });

  it('where the labels are those of the workload, and not of its pods', () => {
    expect(
      explained(service('app: web, tier: front') + deployment('web', 'app: web, tier: front', 'run: web')),
    ).toEqual({
      severity: 'warning',
      message:
        'Selects app=web, tier=front, but no pod has these labels: Deployment "web" (web.yaml:5) has app=web, tier=front in its own metadata only, not in the labels of its pod template. The Service gets no endpoints, and connections to it are refused.',
      related: ['web.yaml:5 app: web'],
      fixes: ['Add app=web, tier=front to the pod template of Deployment "web"'],
    });
    expect(explained(service('app: web') + deployment('web', 'app: web', 'run: web')).fixes).toEqual([
      'Add app=web to the pod template of Deployment "web"',
      'Change the selector to run=web',
    ]);
  });

  it('where the workload has the label that is asked for, and its pods another one', () => {
    expect(explained(service('app: web') + deployment('web', 'app: web', 'app: backend'))).toMatchObject({
      severity: 'hint',
      message: expect.stringContaining(
        'Deployment "web" (web.yaml:12) has app=backend, app=web in its own metadata only, not in the labels of its pod template.',
      ),
    });
  });

  it('where the pods are in another namespace', () => {
    expect(explained(service('app: web', 'front') + deployment('web', 'a: b', 'app: web', 'app: web', 'back'))).toEqual(
      {
        severity: 'warning',
        message:
          'Selects app=web, but no pod in namespace front has these labels: Deployment "web" (web.yaml:13) has app=web in namespace back. It looks in its own namespace only. The Service gets no endpoints, and connections to it are refused.',
        related: ['web.yaml:13 app: web'],
        fixes: ['Move Service "web" to namespace back', 'Move Deployment "web" to namespace front'],
      },
    );
  });

  it('where one label is on one workload and the rest on another', () => {
    expect(
      explained(
        service('app: web, tier: front') +
          deployment('web', 'a: b', 'app: web') +
          deployment('cache', 'a: b', 'app: redis, tier: front'),
      ),
    ).toEqual({
      severity: 'hint',
      message:
        'Selects app=web, tier=front, but no pod has all of these labels: Deployment "cache" (cache.yaml:12) has tier=front, but app=redis; Deployment "web" (web.yaml:12) has app=web, but no label tier. The Service gets no endpoints, and connections to it are refused.',
      related: ['cache.yaml:12 app: redis', 'web.yaml:12 app: web'],
      fixes: [
        'Change the selector to app=redis',
        'Change the labels of Deployment "cache" to app=web',
        'Change the labels of Deployment "web" to tier=front',
      ],
    });
  });

  it('where a rule looks in its own namespace, it can look further', () => {
    const titles = (text: string): string[] => fixesAt(text).map(({ title }) => title);
    const pod = `---
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: back
  labels:
    app: web
spec:
  containers:
    - name: web
      image: nginx:1.27
`;
    const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: front
spec:
  podSelector: {}
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: $0web
`;
    expect(titles(policy + pod)).toContain('Look in namespace back');
    const [fix] = fixesAt(policy + pod);
    expect(fix?.edits.map(({ newText }) => newText)).toEqual([
      '\n          namespaceSelector:\n            matchLabels:\n              kubernetes.io/metadata.name: back',
    ]);
  });
});

it("a workload's own selector that its template doesn't meet says where the label is instead", () => {
  const fixture = parseFixture(deployment('web', 'app: web', 'run: web', 'app: web'));
  const { snapshot } = open(fixture);
  const [found] = snapshot.diagnostics('file:///w/web.yaml');
  expect(found).toMatchObject({
    code: 'selector-mismatch',
    message:
      "The selector (web.yaml:8) asks for app=web, but the pod template has no label app (that of the Deployment's own metadata, web.yaml:5, is not the pods'): the API server refuses this Deployment, since it would never find its own pods.",
  });
  const titles = snapshot
    .codeActions('file:///w/web.yaml', found?.span ?? { start: 0, end: 0 })
    .map(({ title }) => title);
  expect(titles[0]).toBe('Add app=web to the pod template of Deployment "web"');
});

describe('lines in messages', () => {
  it('follow edits of the file that they speak of, however it is edited', () => {
    const fixture = parseFixture(service('app: web') + deployment('web', 'app: web', 'run: web'));
    const { engine } = open(fixture);
    const shown = (): string => engine.snapshot().diagnostics('file:///w/service.yaml')[0]?.message ?? '';
    expect(shown()).toContain('(web.yaml:5)');
    const version = engine.snapshot().diagnosticsVersion('file:///w/service.yaml');
    const text = fixture.files.get('file:///w/web.yaml') ?? '';
    // Another document above leaves this one as it is; a comment in it replaces it.
    engine.apply([{ type: 'edit', uri: 'file:///w/web.yaml', text: `# a comment\n---\n${text}` }]);
    expect(shown()).toContain('(web.yaml:7)');
    expect(engine.snapshot().diagnosticsVersion('file:///w/service.yaml')).not.toBe(version);
    engine.apply([{ type: 'edit', uri: 'file:///w/web.yaml', text: `# a comment\n${text}` }]);
    expect(shown()).toContain('(web.yaml:6)');
  });

  it('name the file as seen from the folder of who reads it', () => {
    const other = service('app: wep').replace('service.yaml', 'a/service.yaml');
    const { snapshot } = open(
      parseFixture(other + deployment('web', 'a: b', 'app: web').replace('web.yaml', 'b%20c/web.yaml')),
    );
    expect(snapshot.diagnostics('file:///w/a/service.yaml')[0]?.message).toContain('(../b c/web.yaml:12)');
  });
});
