import { nearest } from '../base/edit-distance.ts';
import { scalarLike } from '../syntax/edit.ts';
import type { SchemaRule } from './rule.ts';
import { didYouMean, listOf } from './wording.ts';

/** What people write by habit, from kubectl's columns or from elsewhere. */
const habits: Readonly<Record<string, string>> = {
  RWO: 'ReadWriteOnce',
  ROX: 'ReadOnlyMany',
  RWX: 'ReadWriteMany',
  RWOP: 'ReadWriteOncePod',
  bool: 'boolean',
  int: 'integer',
  float: 'number',
  double: 'number',
  list: 'array',
  map: 'object',
};

export const invalidValue: SchemaRule = {
  scope: 'schema',
  nodes: ['scalar'],
  ofValues: true,
  applies: (schema) => schema.type === 'string' && schema.enum.length > 0,
  id: 'invalid-value',
  severity: 'error',
  mirrors: ['pkg/apis/*/validation field.NotSupported'],
  title: 'The value is not one of those allowed',
  why: 'The API server refuses it. Such values are case-sensitive.',
  remedy: 'Use one of the values that the message lists.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  restartPolicy: Alwayss
#                ^^^^^^^ error invalid-value
  containers:
    - name: web
      image: nginx:1.27
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  restartPolicy: Always
  containers:
    - name: web
      image: nginx:1.27
`,
  visit({ node, value, schema, field, document, kind }, report) {
    if (node?.type !== 'scalar' || schema.type !== 'string' || schema.enum.length === 0) return;
    // What is no string at all is of the wrong type.
    const { text } = value;
    if (text === undefined || schema.enum.includes(text)) return;
    // A required one that is empty is missing.
    if (text === '' && field?.required && !kind.custom) return;
    const habit = habits[text];
    const near =
      habit !== undefined && schema.enum.includes(habit)
        ? [habit]
        : nearest(text, schema.enum, kind.custom === 'pack' ? undefined : Math.max(2, Math.floor(text.length / 2)));
    // Values come with versions, too.
    if (kind.custom === 'pack' && near.length === 0) return;
    const span = { start: node.start, end: node.end };
    report({
      span: value.span,
      message: `"${text}" is no value of ${field?.name ?? 'this list'}: the API server refuses it.${didYouMean(near)} Allowed: ${listOf(
        schema.enum.filter((value) => value !== ''),
        12,
      )}.`,
      fixes: () =>
        near.slice(0, 3).map((value) => ({
          title: `Change to "${value}"`,
          preferred: near.length === 1,
          edits: [{ document, span, newText: scalarLike(node, value) }],
        })),
    });
  },
};
