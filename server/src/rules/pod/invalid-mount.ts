import { relativePath } from '../../kubernetes/paths.ts';
import type { SchemaRule } from '../rule.ts';
import { add, changeTo, remove } from './fixes.ts';

export const invalidMount: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['VolumeMount'],
  id: 'invalid-mount',
  severity: 'error',
  mirrors: [
    'core/validation ValidateVolumeMounts',
    'core/validation validateMountPropagation',
    'core/validation validateMountRecursiveReadOnly',
  ],
  title: "A volume can't be mounted in this way",
  why: 'The path within a volume is relative and never leads out of it, and it is given in one way only. The API server refuses anything else. A mount path that is relative or has a ":" is taken, and does not do what it says.',
  remedy: 'Use a relative subPath without "..", and an absolute mountPath.',
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
          subPath: /nginx
#                  ^^^^^^ error invalid-mount
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
          subPath: nginx
  volumes:
    - name: cache
      emptyDir: {}
`,
  visit(visit, report) {
    const { value } = visit;
    if (value.unknown) return;
    for (const field of ['subPath', 'subPathExpr']) {
      const path = value.get(field);
      // In subPathExpr $(NAME) stands for a variable: the path around it is still there to be judged.
      const text = path.text ?? (field === 'subPathExpr' ? path.scalar?.value.replace(/\$\([^)]*\)/g, 'x') : undefined);
      const fault = text && !/\{\{|<%|\$\{/.test(text) ? relativePath(text) : undefined;
      if (fault === undefined) continue;
      report({
        span: path.span,
        message: `${field} ${fault}: the API server refuses "${path.scalar?.value}".`,
        fixes: () => {
          const near = (path.text ?? '').replace(/^\/+/, '');
          return near !== '' && relativePath(near) === undefined ? changeTo(visit, path, near) : [];
        },
      });
    }
    const expression = value.get('subPathExpr');
    const subPath = value.get('subPath');
    if (
      (expression.scalar?.value ?? '') !== '' &&
      (subPath.scalar?.value ?? '') !== '' &&
      expression.present &&
      subPath.present
    )
      report({
        span: expression.keySpan,
        message: 'A mount has a subPath or a subPathExpr, not both: the API server refuses it.',
        related: [{ document: visit.document, span: subPath.keySpan, message: 'The other path' }],
        fixes: () => [...remove(visit, value, 'subPathExpr', false), ...remove(visit, value, 'subPath', false)],
      });
    const recursive = value.get('recursiveReadOnly');
    if (recursive.text === 'Enabled' || recursive.text === 'IfPossible') {
      const readOnly = value.get('readOnly');
      if (!readOnly.unknown && readOnly.boolean !== true)
        report({
          span: readOnly.present ? recursive.span : readOnly.pair ? readOnly.keySpan : value.keySpan,
          ofAbsence: readOnly.absent,
          message: `recursiveReadOnly: ${recursive.text} needs readOnly: true on the same mount: the API server refuses it.`,
          related: [
            { document: visit.document, span: recursive.span, message: `recursiveReadOnly: ${recursive.text}` },
          ],
          fixes: () => (readOnly.absent ? add(visit, [], 'readOnly', 'true') : []),
        });
      const propagation = value.get('mountPropagation');
      if (propagation.text && propagation.text !== 'None')
        report({
          span: recursive.span,
          message: `recursiveReadOnly: ${recursive.text} doesn't go with mountPropagation: ${propagation.text}: the API server refuses it.`,
        });
    }
    const mountPath = value.get('mountPath');
    const path = mountPath.text ?? '';
    // A path of Windows begins with its drive.
    if (path === '' || /^[A-Za-z]:/.test(path)) return;
    if (path.includes(':'))
      report({
        span: mountPath.span,
        severity: 'warning',
        message: `mountPath must not contain ":", which container runtimes take for the end of the path.`,
      });
    else if (!/^[/\\]/.test(path))
      report({
        span: mountPath.span,
        severity: 'hint',
        message: `mountPath is relative: the kubelet takes it for /${path.replace(/^\.\//, '')}.`,
        fixes: () => changeTo(visit, mountPath, `/${path.replace(/^\.\//, '')}`, false),
      });
  },
};
