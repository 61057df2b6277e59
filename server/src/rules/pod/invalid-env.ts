import { configMapKey, envVarName } from '../../kubernetes/forms.ts';
import { pathWithoutBacksteps } from '../../kubernetes/paths.ts';
import type { SchemaRule } from '../rule.ts';
import { changeTo } from './fixes.ts';

export const invalidEnv: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['EnvVar', 'EnvFromSource', 'ConfigMapKeySelector', 'SecretKeySelector', 'FileKeySelector'],
  id: 'invalid-env',
  severity: 'error',
  mirrors: [
    'core/validation ValidateEnv',
    'core/validation ValidateEnvFrom',
    'core/validation validateSecretKeySelector',
    'core/validation validateConfigMapKeySelector',
    'core/validation validateFileKeySelector',
  ],
  title: "An environment variable's name or key has the wrong form",
  why: 'The API server refuses it. Before 1.32 a variable could not begin with a digit, nor have blanks in its name.',
  remedy: 'Use letters, digits and "_".',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      env:
        - name: LOG=LEVEL
#               ^^^^^^^^^ error invalid-env
          value: debug
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      env:
        - name: LOG_LEVEL
          value: debug
`,
  visit(visit, report) {
    const { schema, value, model } = visit;
    const type = schema.type === 'object' ? schema.name : '';
    const isEnv = type === 'EnvVar' || type === 'EnvFromSource';
    const field = type === 'EnvVar' ? 'name' : type === 'EnvFromSource' ? 'prefix' : 'key';
    const at = value.get(field);
    const { text } = at;
    const form = (name: string): string | undefined =>
      isEnv || type === 'FileKeySelector' ? envVarName(name, model.release) : configMapKey(name);
    // An empty prefix is none, and an empty name is a missing one.
    const fault = text ? form(text) : undefined;
    if (fault !== undefined) {
      report({
        span: at.span,
        message: `"${text}" is no valid ${isEnv ? `${field} of an environment variable` : 'key'}: it ${fault}. The API server refuses it.`,
        fixes: () => {
          const near = (text ?? '').replace(/[^A-Za-z0-9_]+/g, '_').replace(/^(?=\d)/, '_');
          return isEnv && form(near) === undefined ? changeTo(visit, at, near) : [];
        },
      });
    }
    if (type !== 'FileKeySelector') return;
    const path = value.get('path');
    const pathFault = path.text ? pathWithoutBacksteps(path.text) : undefined;
    if (pathFault !== undefined)
      report({ span: path.span, message: `The path "${path.text}" ${pathFault}: the API server refuses it.` });
  },
};
