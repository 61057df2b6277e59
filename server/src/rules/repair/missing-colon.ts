import type { RepairRule } from '../rule.ts';

export const missingColon: RepairRule = {
  scope: 'repair',
  stage: 'layout',
  id: 'missing-colon',
  severity: 'error',
  title: 'A colon is missing behind a key',
  why: 'Without it the line is a text, or goes on with the one above: the field is not there, and kubectl refuses the file.',
  remedy: 'Put a colon and a space behind the key.',
  bad: `apiVersion: v1
kind: ConfigMap
metadata
# ^^^^^^^^ error missing-colon
  name: settings
data:
  color: blue
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: blue
`,
  *find({ layout }) {
    for (const { space, key } of layout?.placements ?? []) {
      if (!space?.newText.startsWith(':') || key === undefined) continue;
      const end = space.span.start;
      yield {
        span: { start: end - key.length, end: Math.max(end, space.span.end) },
        message: `A colon is missing behind "${key}": as it stands, the line is no field.`,
        repairs: [{ title: 'Put a colon in', edits: [space] }],
      };
    }
  },
};
