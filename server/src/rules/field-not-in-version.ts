import { releaseName } from '../base/release.ts';
import { isPlaceholder } from '../syntax/placeholder.ts';
import type { SchemaRule } from './rule.ts';

/** From this release on kubectl asks the API server to refuse fields that it doesn't know. */
const strictSince = 25;

export const fieldNotInVersion: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  applies: (schema) =>
    schema.type === 'object' && [...schema.fields.values()].some(({ since, until }) => since ?? until),
  id: 'field-not-in-version',
  severity: 'error',
  mirrors: ['apimachinery runtime/serializer/json strict decoding'],
  title: 'The target release does not have this field',
  why: 'To the API server of the target release (the setting podwire.kubernetesVersion) the field is unknown: since 1.25 kubectl has it refused, before that it was dropped without a word, and the manifest did something else than it says.',
  remedy: 'Remove the field, or target a release that has it.',
  kubernetesVersion: '1.27',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  initContainers:
    - name: proxy
      image: envoyproxy/envoy:v1.30
      restartPolicy: Always
#     ^^^^^^^^^^^^^ error field-not-in-version
  containers:
    - name: web
      image: nginx:1.27
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: proxy
      image: envoyproxy/envoy:v1.30
    - name: web
      image: nginx:1.27
`,
  visit({ node, schema, kind, model }, report) {
    if (node?.type !== 'map' || schema.type !== 'object') return;
    for (const { key } of node.pairs) {
      const field = schema.fields.get(key.value);
      if (!field || model.serves(field) || isPlaceholder(key.value)) continue;
      // Of a version that isn't served at all another rule speaks.
      if (!model.serves(kind)) continue;
      const release = releaseName(model.release);
      const strict = model.release >= strictSince;
      const when =
        field.since !== undefined && field.since > model.release
          ? `came with ${releaseName(field.since)}`
          : `left the API in ${releaseName((field.until ?? model.release) + 1)}`;
      const fate = strict
        ? `the API server of ${release} refuses it`
        : `the API server of ${release} drops it without a word`;
      report({
        span: { start: key.start, end: key.end },
        severity: strict ? 'error' : 'warning',
        message: `${schema.name} field "${field.name}" ${when}: ${fate}.`,
      });
    }
  },
};
