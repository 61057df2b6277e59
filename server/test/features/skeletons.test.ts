import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/lsp/snippet.ts';
import { atCursor, type Fixture, open, parseFixture } from '../fixture.ts';

/** What a kind's whole manifest is, offered at the cursor of a fixture. */
function manifest(text: string, kind: string): string {
  const { snapshot, uri, offset } = atCursor(text);
  for (const file of snapshot.files()) snapshot.diagnostics(file);
  const item = snapshot.completion(uri, offset).find((one) => one.kind === 'kind' && one.label === kind);
  if (!item) throw new Error(`${kind} is not offered`);
  return item.newText;
}

const errors = (text: string): string[] => {
  const fixture: Fixture = parseFixture(text);
  const { snapshot } = open(fixture);
  return [...fixture.files.keys()].flatMap((uri) =>
    snapshot
      .diagnostics(uri)
      .filter(({ severity }) => severity === 'error')
      .map(({ code, message }) => `${code}: ${message}`),
  );
};

const kinds = (() => {
  const { snapshot, uri, offset } = atCursor('$0');
  return snapshot.completion(uri, offset).filter(({ kind }) => kind === 'kind');
})();

describe('the whole manifest of a kind', () => {
  // The name of an IPAddress is the address that it is for.
  it.each(
    kinds
      .filter(({ label }) => label !== 'IPAddress')
      .map(({ detail, label, newText }) => [`${detail} ${label}`, newText]),
  )('%s, with its first choices, is what the API server takes', (_, newText) => {
    expect(newText).toMatch(/\$0$/);
    expect(errors(`${plainText(newText)}\n`)).toEqual([]);
  });

  it('has a tab stop for each value that is required', () => {
    expect(manifest('$0', 'VolumeAttachment')).toBe(`apiVersion: storage.k8s.io/v1
kind: VolumeAttachment
metadata:
  name: \${1:name}
spec:
  attacher: \${2:attacher}
  nodeName: \${3:node-name}
  source:
    persistentVolumeName: \${4:persistent-volume-name}$0`);
  });

  it('names what the workspace has, nearest first', () => {
    const services = `# file: a.yaml\napiVersion: v1\nkind: Service\nmetadata:\n  name: shop\nspec:\n  ports: [{port: 80}]\n# file: b.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: front\nspec: {}\n`;
    expect(manifest(`${services}# file: new.yaml\n$0`, 'Ingress')).toContain('shop');
    expect(manifest(`${services}# file: new.yaml\n$0`, 'HorizontalPodAutoscaler')).toContain('front');
    expect(manifest(`${services}# file: new.yaml\n$0`, 'APIService')).toContain('name: ${6:shop}');
  });

  it('is laid out as the file is', () => {
    const text = `apiVersion: v1\nkind: Pod\nmetadata:\n    name: a\nspec:\n    containers:\n    -   name: a\n        image: a\n---\n$0`;
    expect(manifest(text, 'VolumeAttachment')).toContain('\nspec:\n    attacher:');
    expect(manifest('# CRLF\r\n$0', 'VolumeAttachment')).toContain('\r\nspec:\r\n  attacher:');
  });

  it('of a custom resource, from its definition in the workspace', () => {
    const definition = `# file: crd.yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.example.com
spec:
  group: example.com
  scope: Namespaced
  names: {plural: widgets, kind: Widget}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            spec:
              type: object
              required: [size, mode, hosts, parts, active]
              properties:
                size: {type: integer, minimum: 3}
                mode: {type: string, enum: [fast, slow]}
                hosts: {type: array, items: {type: string}}
                parts: {type: array, items: {type: object, required: [name], properties: {name: {type: string}}}}
                active: {type: boolean}
                note: {type: string}
`;
    const text = manifest(`${definition}# file: new.yaml\n$0`, 'Widget');
    expect(text).toBe(`apiVersion: example.com/v1
kind: Widget
metadata:
  name: \${1:name}
spec:
  size: \${2:3}
  mode: \${3|fast,slow|}
  hosts:
    - \${4:value}
  parts:
    - name: \${5:name}
  active: \${6|true,false|}$0`);
    expect(errors(`${definition}# file: new.yaml\n${plainText(text)}\n`)).toEqual([]);
  });

  it('of a well-known custom resource once the workspace has one of its group, with names to choose from', () => {
    const scaled = (name: string): string =>
      `apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata:\n  name: ${name}\nspec:\n  scaleTargetRef:\n    name: ${name}\n  triggers: []\n`;
    const deployment = (name: string): string =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec: {}\n`;
    const files = `# file: a/a.yaml\n${deployment('far')}# file: b.yaml\n${deployment('near')}# file: c.yaml\n${scaled('near')}`;
    expect(manifest(`${files}# file: new.yaml\n$0`, 'ScaledObject')).toMatch(
      /^apiVersion: keda.sh\/v1alpha1\nkind: ScaledObject\n[\s\S]*scaleTargetRef:\n {4}name: \$\{\d\|near,far\|\}/,
    );
  });
});
