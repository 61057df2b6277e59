import type { SchemaRule } from '../rule.ts';
import { changeTo } from './fixes.ts';
import { isPod } from './pod.ts';

export const imageBlanks: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['Container', 'EphemeralContainer'],
  id: 'image-blanks',
  severity: 'error',
  mirrors: ['core/validation validateContainerOnlyForPod'],
  title: "An image's name begins or ends with a blank",
  why: 'The API server refuses the Pod. In a pod template it is let through, and every pod that is made of it is refused.',
  remedy: 'Remove the blanks.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: "nginx:1.27 "
#            ^^^^^^^^^^^^^ error image-blanks
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
    const image = visit.value.get('image');
    const { text } = image;
    if (text === undefined || text === '' || text.trim() === text) return;
    const pod = isPod(visit);
    report({
      span: image.span,
      severity: pod ? 'error' : 'warning',
      message: `The image "${text}" has a blank at its beginning or end: the API server refuses ${pod ? 'the Pod' : 'the pods that are made of this template'}.`,
      fixes: () => (text.trim() === '' ? [] : changeTo(visit, image, text.trim())),
    });
  },
};
