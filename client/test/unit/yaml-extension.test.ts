import { describe, expect, it } from 'vitest';
import { type Given, givenFor } from '../../src/yaml-extension/given.ts';

const setup = { validate: true, hover: true, completion: true, schemas: {}, everyManifest: false };
const manifest = 'apiVersion: v1\nkind: Pod\n';
const given = (schemas: unknown, path = '/w/k8s/pod.yaml', text = manifest): Given =>
  givenFor({ ...setup, schemas }, path, text);

it('without the schema of Kubernetes: what any YAML file gets', () =>
  expect(given({ 'https://json.schemastore.org/github-workflow.json': '*.yaml' })).toEqual({
    diagnostics: new Set(['yaml-syntax', 'duplicate-key']),
    hover: false,
    completion: false,
  }));

it('with it: fields, too, as far as they are switched on', () => {
  const all = given({ kubernetes: '*.yaml' });
  expect(all).toMatchObject({ hover: true, completion: true });
  expect([...all.diagnostics]).toContain('unknown-field');
  expect(
    givenFor({ ...setup, validate: false, hover: false, schemas: { Kubernetes: '*.yaml' } }, '/w/a.yaml', manifest),
  ).toEqual({ diagnostics: new Set(), hover: false, completion: true });
});

describe('globs', () => {
  it.each([
    ['*.yaml', true],
    ['/*.yaml', true],
    ['**/*.yml', false],
    ['k8s/**', true],
    ['/k8s/*', true],
    ['8s/*', false],
    ['**/k8s/**/*.yaml', true],
    ['*.{yml,yaml}', true],
    [['other/*', 'pod.yaml'], true],
    [['*.yaml', '!**/pod.yaml'], false],
    ['[', false],
    [7, false],
  ])('%j', (globs, matches) => expect(given({ kubernetes: globs }).hover).toBe(matches));
});

it('a comment in the file counts before settings', () => {
  const url = 'https://raw.githubusercontent.com/yannh/kubernetes-json-schema/master/v1.30.0/pod-v1.json';
  expect(given({}, '/a.yaml', `# yaml-language-server: $schema=${url}\n${manifest}`).hover).toBe(true);
  expect(given({ kubernetes: '*' }, '/a.yaml', `# yaml-language-server: $schema=x.json\n${manifest}`).hover).toBe(
    false,
  );
});

it('another extension brings the schema for every manifest, and for nothing else', () => {
  const all = { ...setup, everyManifest: true };
  expect(givenFor(all, '/a.yaml', manifest).hover).toBe(true);
  expect(givenFor(all, '/a.yaml', 'services:\n').hover).toBe(false);
});
