import { describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine.ts';
import { open, parseFixture } from '../fixture.ts';
import { realModel } from '../schema/real-model.ts';

const codes = (text: string): string[] => {
  const { snapshot } = open(parseFixture(text));
  return snapshot.files().flatMap((uri) => {
    const name = uri.slice('file:///w/'.length);
    return snapshot.diagnostics(uri).map(({ severity, code }) => `${name} ${severity} ${code}`);
  });
};

const partial = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: web
          env:
            - name: COLOR
              value: red
`;

describe('a patch', () => {
  it('is called incomplete where nothing says that it is one', () => {
    expect(codes(`# file: deployment.yaml\n${partial}`)).toEqual([
      'deployment.yaml error missing-field',
      'deployment.yaml error missing-field',
    ]);
  });

  it.each([
    ['patches', 'patches:\n  - path: deployment.yaml\n'],
    ['patchesStrategicMerge', 'patchesStrategicMerge:\n  - deployment.yaml\n'],
  ])('is never called incomplete where a kustomization names it (%s)', (_, field) => {
    expect(codes(`# file: kustomization.yaml\n${field}# file: deployment.yaml\n${partial}`)).toEqual([]);
    const elsewhere = field.replace('deployment.yaml', '../shared/deployment.yaml');
    expect(codes(`# file: app/kustomization.yaml\n${elsewhere}# file: shared/deployment.yaml\n${partial}`)).toEqual([]);
  });

  it('nor where its own name or folder says it, or a directive in it', () => {
    expect(codes(`# file: web.patch.yaml\n${partial}`)).toEqual([]);
    expect(codes(`# file: patches/web.yaml\n${partial}`)).toEqual([]);
    expect(codes(`# file: web.yaml\n${partial.replace('spec:\n', 'spec:\n  $retainKeys: [template]\n')}`)).toEqual([]);
  });

  it('is still told of what it says wrong', () => {
    const text = `# file: kustomization.yaml\npatches:\n  - path: web.yaml\n# file: web.yaml\n${partial.replace('containers', 'contaners')}`;
    expect(codes(text)).toEqual(['web.yaml error unknown-field']);
  });

  it('is judged again when the kustomization comes, and when it goes', () => {
    const engine = new Engine({ model: realModel() });
    const uri = 'file:///w/deployment.yaml';
    const kustomization = 'file:///w/kustomization.yaml';
    engine.apply([{ type: 'disk', uri, text: partial }]);
    const before = engine.snapshot().diagnosticsVersion(uri);
    expect(engine.snapshot().diagnostics(uri)).toHaveLength(2);
    engine.apply([{ type: 'disk', uri: kustomization, text: 'patches:\n  - path: deployment.yaml\n' }]);
    expect(engine.snapshot().diagnostics(uri)).toEqual([]);
    expect(engine.snapshot().diagnosticsVersion(uri)).not.toBe(before);
    engine.apply([{ type: 'remove', uri: kustomization }]);
    expect(engine.snapshot().diagnostics(uri)).toHaveLength(2);
  });
});

describe('labels that a kustomization adds', () => {
  const labelled = (field: string, deployment: string): string =>
    `# file: kustomization.yaml\n${field}resources:\n  - deployment.yaml\n# file: deployment.yaml\n${deployment}`;
  const whole = partial.replace('        - name: web\n', '        - name: web\n          image: nginx:1.27\n');

  it('may be the selector that is missing', () => {
    expect(codes(labelled('', whole))).toEqual(['deployment.yaml error missing-field']);
    expect(codes(labelled('commonLabels:\n  app: web\n', whole))).toEqual([]);
    expect(codes(labelled('labels:\n  - pairs:\n      app: web\n    includeSelectors: true\n', whole))).toEqual([]);
  });

  it('excuse nothing else', () => {
    expect(codes(labelled('commonLabels:\n  app: web\n', partial))).toEqual(['deployment.yaml error missing-field']);
  });
});

describe('generators', () => {
  const pod = (name: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      env:
        - name: COLOR
          valueFrom:
            configMapKeyRef:
              name: ${name}
              key: color
`;
  const kustomization = 'configMapGenerator:\n  - name: settings\n    literals: [color=red]\n';

  it('define what they make, keys unseen', () => {
    expect(codes(`# file: kustomization.yaml\n${kustomization}# file: pod.yaml\n${pod('settings')}`)).toEqual([]);
  });

  it('and so a near miss is one', () => {
    expect(codes(`# file: kustomization.yaml\n${kustomization}# file: pod.yaml\n${pod('setings')}`)).toEqual([
      'pod.yaml warning unresolved-configmap',
    ]);
  });
});

describe('an object that lists nothing', () => {
  it('may be filled in by somebody else: a patch of a Service has no ports', () => {
    const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  defaultBackend:
    service:
      name: web
      port:
        number: 80
`;
    const service = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  type: NodePort\n';
    const patched = 'patches:\n  - path: service.yaml\n';
    expect(
      codes(`# file: kustomization.yaml\n${patched}# file: ingress.yaml\n${ingress}# file: service.yaml\n${service}`),
    ).toEqual(['ingress.yaml hint unresolved-service-port']);
  });
});
