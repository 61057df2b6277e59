import type { SchemaRule } from '../rule.ts';
import { remove } from './fixes.ts';

export const ephemeralContainers: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['PodSpec'],
  id: 'ephemeral-containers',
  severity: 'error',
  mirrors: ['core/validation ValidatePodCreate', 'core/validation ValidatePodTemplateSpec'],
  title: 'A manifest has ephemeral containers',
  why: 'They can only be added to a running pod (kubectl debug). The API server refuses them in a manifest.',
  remedy: 'Remove them; use kubectl debug on the running pod.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
  ephemeralContainers:
# ^^^^^^^^^^^^^^^^^^^ error ephemeral-containers
    - name: debugger
      image: busybox:1.36
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
`,
  visit(visit, report) {
    const { value } = visit;
    const list = value.get('ephemeralContainers');
    if (list.items.length === 0) return;
    report({
      span: list.keySpan,
      message:
        'Ephemeral containers can only be added to a running pod, with kubectl debug: the API server refuses them here.',
      fixes: () => remove(visit, value, 'ephemeralContainers'),
    });
  },
};
