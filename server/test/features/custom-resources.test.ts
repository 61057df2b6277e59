import { describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine.ts';
import { ApiModel } from '../../src/schema/api-model.ts';
import { atCursor, checkDiagnostics, completionsAt, open, parseFixture } from '../fixture.ts';
import { realPack, realSchemaText } from '../schema/real-model.ts';

const crd = (schema: string, rest = ''): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: boats.example.com
spec:
  group: example.com
  scope: Namespaced
  names:
    kind: Boat
    plural: boats
${rest}  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
${schema.replace(/^(?=.)/gm, ' '.repeat(14))}`;

const boats = crd(`type: object
required: [name, crew]
x-kubernetes-validations:
  - rule: self.crew > 0
    message: a boat needs a crew
properties:
  name:
    type: string
    description: What stands on its bow.
    pattern: ^[A-Z][a-z]+$
  crew:
    type: integer
    default: 2
  sails:
    type: array
    items:
      type: object
      properties:
        colour:
          type: string
          enum: [red, white]
  draught:
    x-kubernetes-int-or-string: true
  cargo:
    type: object
    x-kubernetes-preserve-unknown-fields: true
    properties:
      weight:
        type: number
  labels:
    type: object
    additionalProperties:
      type: string
`);

const files = (resource: string): string => `# file: crd.yaml\n${boats}# file: boat.yaml\n${resource}`;
const boat = (spec: string): string =>
  files(`apiVersion: example.com/v1\nkind: Boat\nmetadata:\n  name: dinghy\nspec:\n${spec}`);

describe('a resource whose definition is in the workspace', () => {
  it('is judged by it', () => {
    checkDiagnostics(
      boat(`  name: Jolly
  crews: 3
# ^^^^^ error unknown-field
  sails:
    - colour: green
#             ^^^^^ error invalid-value
  draught: 1m
  cargo:
    weight: heavy
#           ^^^^^ error wrong-type
    rum: 3
  labels:
    port: 7
#         ^ error wrong-type
`),
    );
  });

  it('has its required fields, but for those with a default', () => {
    checkDiagnostics(boat('# ^^^^ error missing-field\n  crew: 3\n'));
  });

  it('has patterns', () => {
    checkDiagnostics(boat('  name: jolly\n#       ^^^^^ error custom-limits\n'));
  });

  it('is judged anew as its definition changes', () => {
    const fixture = parseFixture(boat('  name: Jolly\n  flag: red\n'));
    const { engine, snapshot } = open(fixture);
    const codes = (): string[] =>
      engine
        .snapshot()
        .diagnostics('file:///w/boat.yaml')
        .map(({ code }) => code);
    const before = snapshot.diagnosticsVersion('file:///w/boat.yaml');
    expect(codes()).toEqual(['unknown-field']);
    const text = boats.replace('  crew:', '  flag:\n                  type: string\n                crew:');
    engine.apply([{ type: 'edit', uri: 'file:///w/crd.yaml', text }]);
    expect(codes()).toEqual([]);
    expect(engine.snapshot().diagnosticsVersion('file:///w/boat.yaml')).not.toBe(before);
    engine.apply([{ type: 'close', uri: 'file:///w/crd.yaml' }]);
    expect(codes()).toEqual([]);
    engine.apply([{ type: 'edit', uri: 'file:///w/crd.yaml', text: boats }]);
    expect(codes()).toEqual(['unknown-field']);
  });

  it('has its keys, values and documentation', () => {
    expect(completionsAt(boat('  $0\n'))).toEqual(expect.arrayContaining(['name', 'crew', 'sails', 'cargo']));
    expect(completionsAt(boat('  name: Jolly\n  sails:\n    - colour: $0\n'))).toEqual(
      expect.arrayContaining(['red', 'white']),
    );
    const bow = atCursor(boat('  na$0me: Jolly\n'));
    expect(bow.snapshot.hover(bow.uri, bow.offset)?.contents).toContain('What stands on its bow.');
    const spec = atCursor(boat('  name: Jolly\n').replace('\nspec:\n  name: Jolly', '\nsp$0ec:\n  name: Jolly'));
    expect(spec.snapshot.hover(spec.uri, spec.offset)?.contents).toContain('a boat needs a crew');
  });

  it('may be of any version that is served, each with its own schema', () => {
    const two = `${boats}    - name: v2\n      served: true\n      storage: false\n      schema:\n        openAPIV3Schema:\n          type: object\n          properties:\n            spec:\n              type: object\n              properties:\n                title:\n                  type: string\n`;
    checkDiagnostics(
      `# file: crd.yaml\n${two}# file: boat.yaml\napiVersion: example.com/v2\nkind: Boat\nmetadata:\n  name: dinghy\nspec:\n  title: a\n  name: b\n# ^^^^ error unknown-field\n`,
    );
  });

  it('keeps what it does not know where a v1beta1 definition says nothing else', () => {
    const beta = boats.replace('apiextensions.k8s.io/v1', 'apiextensions.k8s.io/v1beta1');
    const { snapshot } = open(
      parseFixture(
        `# file: crd.yaml\n${beta}# file: boat.yaml\napiVersion: example.com/v1\nkind: Boat\nmetadata:\n  name: dinghy\nspec:\n  name: Jolly\n  flag: red\n`,
      ),
    );
    expect(snapshot.diagnostics('file:///w/boat.yaml')).toEqual([]);
  });

  it('comes to no harm by a hostile definition', () => {
    const hostile = crd('type: string\npattern: ^(a+)+$\n');
    const text = `# file: crd.yaml\n${hostile}# file: boat.yaml\napiVersion: example.com/v1\nkind: Boat\nmetadata:\n  name: dinghy\nspec: ${'a'.repeat(60)}!\n`;
    expect(open(parseFixture(text)).snapshot.diagnostics('file:///w/boat.yaml')).toEqual([]);
    const endless = crd('&a\ntype: object\nproperties:\n  again: *a\n');
    expect(() =>
      open(
        parseFixture(
          `# file: crd.yaml\n${endless}# file: boat.yaml\napiVersion: example.com/v1\nkind: Boat\nmetadata:\n  name: dinghy\nspec:\n  again: 3\n`,
        ),
      ),
    ).not.toThrow();
  });
});

it('a status is nobody’s to complete', () => {
  const acceptedNames = 'status:\n  acceptedNames:\n    kind: ""\n    plural: ""\n';
  const { snapshot } = open(parseFixture(boats + acceptedNames));
  expect(snapshot.diagnostics('file:///w/main.yaml')).toEqual([]);
});

describe('a resource of a well-known operator', () => {
  it('is judged, with care: another version of the operator may be on the cluster', () => {
    checkDiagnostics(`apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata:
  name: letsencrypt
spec:
  selfSigned: {}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: web
spec:
  secretName: web-tls
  dnsName:
# ^^^^^^^ warning unknown-field
    - example.com
  revisionHistoryLimit: many
#                       ^^^^ warning wrong-type
  entirelyNew: true
  issuerRef:
    name: letsencrypt
    kind: ClusterIssuer
`);
  });

  it('may have fields and values that came later, and look like those that are known', () => {
    checkDiagnostics(`apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata:
  name: vault
spec:
  provider:
    onepasswordSDK:
      vault: main
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Alert
metadata:
  name: all
spec:
  providerRef:
    name: chat
  eventSources:
    - kind: FluxInstance
      name: "*"
    - kind: GitRepositry
#           ^^^^^^^^^^^^ warning invalid-value
      name: "*"
`);
  });

  it('of a kind that is not known is told only where it looks like a slip', () => {
    checkDiagnostics(`apiVersion: cert-manager.io/v1
kind: Certifcate
#     ^^^^^^^^^^ warning unknown-kind
metadata:
  name: web
---
apiVersion: cert-manager.io/v9
kind: Unheard
metadata:
  name: web
`);
  });

  it.each([
    ['argoproj.io/v1alpha1', 'Application'],
    ['cert-manager.io/v1', 'Certificate'],
    ['external-secrets.io/v1', 'ExternalSecret'],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
    ['networking.istio.io/v1', 'VirtualService'],
    ['keda.sh/v1alpha1', 'ScaledObject'],
    ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'],
    ['monitoring.coreos.com/v1', 'ServiceMonitor'],
    ['traefik.io/v1alpha1', 'IngressRoute'],
  ])('%s %s has keys', (apiVersion, kind) => {
    const keys = completionsAt(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: x\nspec:\n  $0\n`);
    expect(keys.length).toBeGreaterThan(1);
  });
});

describe('the packs that are shipped', () => {
  it('are read when a resource of theirs appears, each once, and not before', () => {
    const read: string[] = [];
    const model = ApiModel.parse(realSchemaText(), (name) => {
      read.push(name);
      return realPack(name);
    });
    const engine = new Engine({ model });
    const judge = (uri: string, text: string): void => {
      engine.apply([{ type: 'edit', uri, text }]);
      engine.snapshot().diagnostics(uri);
    };
    judge('file:///w/a.yaml', 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec: {}\n');
    judge('file:///w/b.yaml', 'apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: web\n');
    engine.snapshot().completion('file:///w/a.yaml', 0);
    expect(read).toEqual([]);
    judge('file:///w/c.yaml', 'apiVersion: cert-manager.io/v1\nkind: Issuer\nmetadata:\n  name: a\nspec: {}\n');
    judge('file:///w/d.yaml', 'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata:\n  name: a\nspec: {}\n');
    expect(read).toEqual(['cert-manager']);
  });
});
