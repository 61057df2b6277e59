import { isPlaceholder } from '../syntax/placeholder.ts';
import { type Node, nodeAt, resolveAlias } from '../syntax/tree.ts';
import { say } from './message.ts';
import type { SchemaRule } from './rule.ts';

export const duplicateMountPath: SchemaRule = {
  scope: 'schema',
  nodes: ['list'],
  id: 'duplicate-mount-path',
  severity: 'error',
  mirrors: ['core/validation ValidateVolumeMounts'],
  title: 'Two mounts of one container have the same path',
  why: 'The API server refuses it: mountPath must be unique in a container.',
  remedy: 'Mount one of the two elsewhere, or a single file of it with subPath.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts:
        - name: cache
          mountPath: /var/cache
        - name: cache
          mountPath: /var/cache
#                    ^^^^^^^^^^ error duplicate-mount-path
          subPath: tmp
  volumes:
    - name: cache
      emptyDir: {}
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts:
        - name: cache
          mountPath: /var/cache
        - name: cache
          mountPath: /var/tmp
          subPath: tmp
  volumes:
    - name: cache
      emptyDir: {}
`,
  visit({ node, schema, document }, report) {
    if (
      node?.type !== 'list' ||
      schema.type !== 'list' ||
      schema.items.type !== 'object' ||
      schema.items.name !== 'VolumeMount'
    )
      return;
    const mounts = new Map<string, Node>();
    for (const item of node.items) {
      const path = resolveAlias(nodeAt(item, ['mountPath']));
      if (path?.type !== 'scalar' || path.value === '' || isPlaceholder(path.value)) continue;
      const earlier = mounts.get(path.value);
      if (!earlier) {
        mounts.set(path.value, path);
        continue;
      }
      const first = { document, span: { start: earlier.start, end: earlier.end } };
      report({
        span: { start: path.start, end: path.end },
        message: say`Another volume is mounted at ${path.value} in this container (${first}): the API server refuses it.`,
        related: [{ ...first, message: `The first mount at ${path.value}` }],
      });
    }
  },
};
