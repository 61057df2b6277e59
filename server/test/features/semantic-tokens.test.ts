import { expect, it } from 'vitest';
import { open, parseFixture } from '../fixture.ts';

/** `text type` of each token of the first file, with `!` for what leads nowhere and `=` for what pods carry. */
function tokens(text: string): string[] {
  const { snapshot } = open(parseFixture(text));
  const uri = snapshot.files()[0] ?? '';
  const content = snapshot.text(uri) ?? '';
  return snapshot
    .semanticTokens(uri)
    .map(
      ({ span, type, unresolved, declaration }) =>
        `${content.slice(span.start, span.end)} ${type}${unresolved ? '!' : ''}${declaration ? '=' : ''}`,
    );
}

const pod = (labels: string, env: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels:\n    ${labels}\nspec:\n  containers:\n    - name: web\n      image: nginx\n      envFrom:\n        - ${env}\n`;
const service =
  'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector:\n    app: web\n  ports:\n    - port: 80\n';
const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  a: b\n';

it('names that lead somewhere', () =>
  expect(
    tokens(`# file: a.yaml\n${pod('app: web', 'configMapRef: { name: settings }')}# file: b.yaml\n${settings}`),
  ).toEqual(['app label=', 'web label=', 'settings reference']));

it('names that lead nowhere, unless that is allowed', () => {
  expect(tokens(pod('app: web', 'configMapRef: { name: settings }'))).toContain('settings reference!');
  expect(tokens(pod('app: web', 'configMapRef: { name: settings, optional: true }'))).toContain('settings reference');
});

it('label pairs of selectors, by what they find', () => {
  const found = (labels: string): string[] =>
    tokens(`# file: a.yaml\n${service}# file: b.yaml\n${pod(labels, 'configMapRef: { name: a }')}`);
  expect(found('app: web')).toEqual(expect.arrayContaining(['app label', 'web label']));
  expect(found('app: api')).toEqual(expect.arrayContaining(['app label!', 'web label!']));
});

it('nothing of placeholders, nor of what is no manifest', () => {
  expect(tokens(pod('app: ${APP}', 'configMapRef: { name: "${NAME}" }'))).toEqual([]);
  expect(tokens('services:\n  web:\n    image: nginx\n')).toEqual([]);
});

it('by position, each by itself, over several documents', () => {
  const { snapshot } = open(
    parseFixture(`${service}---\n${pod('app: web', 'configMapRef: { name: settings }')}---\n${settings}`),
  );
  const all = snapshot.semanticTokens(snapshot.files()[0] ?? '');
  expect(all.length).toBeGreaterThan(4);
  for (const [i, { span }] of all.entries()) expect(span.start).toBeGreaterThanOrEqual(all[i - 1]?.span.end ?? 0);
});
