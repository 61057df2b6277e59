import type { SchemaRule } from '../rule.ts';
import { listOf } from '../wording.ts';
import { remove } from './fixes.ts';
import { presentOf } from './pod.ts';

export const envSource: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['EnvVar', 'EnvFromSource', 'Container', 'EphemeralContainer'],
  id: 'env-source',
  severity: 'error',
  mirrors: ['core/validation validateEnvVarValueFrom', 'core/validation ValidateEnvFrom'],
  title: 'An environment variable has no source, or more than one',
  why: 'A variable has a value or a valueFrom with one source; an entry of envFrom has one source. The API server refuses anything else.',
  remedy: 'Keep the one source that is meant.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      env:
        - name: NODE
          value: unknown
#                ^^^^^^^ error env-source
          valueFrom:
            fieldRef:
              fieldPath: spec.nodeName
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
        - name: NODE
          valueFrom:
            fieldRef:
              fieldPath: spec.nodeName
`,
  visit(visit, report) {
    const { schema, value } = visit;
    if (value.unknown || schema.type !== 'object') return;
    if (schema.name.endsWith('Container')) {
      for (const item of value.get('envFrom').items)
        if (item.absent)
          report({
            span: item.span,
            message: `This entry of envFrom is empty: the API server refuses it. ${oneOf(envFromSources)}`,
          });
      return;
    }
    const isVariable = schema.name === 'EnvVar';
    const holder = isVariable ? value.get('valueFrom') : value;
    if (holder.absent || holder.unknown || !holder.map) return;
    const all = isVariable ? sources : envFromSources;
    const present = presentOf(holder, all);
    const [first, second] = present;
    if (!first) {
      report({
        span: holder.keySpan,
        ofAbsence: true,
        message: `${isVariable ? 'valueFrom' : 'This entry of envFrom'} names no source: the API server refuses it. ${oneOf(all)}`,
      });
      return;
    }
    const literal = value.get('value');
    if (isVariable && (literal.unknown || (literal.text ?? '') !== '')) {
      report({
        span: literal.span,
        message: 'A variable has a value or a valueFrom, not both: the API server refuses it.',
        related: [{ document: visit.document, span: holder.keySpan, message: 'The other source of the same variable' }],
        fixes: () => [...remove(visit, value, 'value', false), ...remove(visit, value, 'valueFrom', false)],
      });
    } else if (second) {
      report({
        span: second.keySpan,
        message: `There is another source already: the API server refuses more than one.`,
        related: [{ document: visit.document, span: first.keySpan, message: 'The first source' }],
        fixes: () => present.flatMap((source) => remove(visit, holder, source.pair?.key.value ?? '', false)),
      });
    }
  },
};

const oneOf = (all: readonly string[]): string => `It needs one of ${listOf(all, all.length)}.`;

const sources = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'];
const envFromSources = ['configMapRef', 'secretRef'];
