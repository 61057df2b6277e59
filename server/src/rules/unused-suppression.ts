import type { SuppressionRule } from './rule.ts';

export const unusedSuppression: SuppressionRule = {
  scope: 'suppression',
  id: 'unused-suppression',
  severity: 'hint',
  title: 'A suppression has nothing to suppress',
  why: 'A `# podwire-ignore` that outlived its reason would hide the next fault of that kind.',
  remedy: 'Remove the comment, or the code in it that has no effect.',
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
# podwire-ignore: duplicate-key
#                 ^^^^^^^^^^^^^ hint unused-suppression
data:
  color: red
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: red
  # podwire-ignore: duplicate-key
  color: blue
`,
};
