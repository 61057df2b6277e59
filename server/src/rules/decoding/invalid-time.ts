import type { SchemaRule } from '../rule.ts';

export const invalidTime: SchemaRule = {
  scope: 'schema',
  nodes: ['scalar'],
  applies: (schema) => schema.type === 'string' && schema.format === 'date-time',
  id: 'invalid-time',
  severity: 'error',
  mirrors: ['apimachinery apis/meta/v1 Time.UnmarshalJSON'],
  title: 'The value is no point in time',
  why: 'The API server reads times in the form of RFC 3339 only.',
  remedy: 'Write the date, "T", the time and the zone: 2026-01-31T08:30:00Z.',
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  creationTimestamp: "2026-01-31"
#                    ^^^^^^^^^^^^ error invalid-time
data:
  colour: blue
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  creationTimestamp: "2026-01-31T08:30:00Z"
data:
  colour: blue
`,
  visit({ schema, value }, report) {
    if (schema.type !== 'string' || schema.format !== 'date-time') return;
    const text = value.text;
    if (text === undefined || text === 'null' || rfc3339.test(text)) return;
    report({
      span: value.span,
      message: `"${text}" is no point in time: the API server reads the form 2026-01-31T08:30:00Z only, and refuses this.`,
    });
  },
};

const rfc3339 =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]?\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:[.,]\d+)?(?:Z|[-+]\d{2}:\d{2})$/;
