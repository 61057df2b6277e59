import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

const prefix = 'pod-security.kubernetes.io/';
const levels = ['privileged', 'baseline', 'restricted'];

/** From then on the admission that reads these labels is switched on. */
const readsLabels = 23;

export const podSecurityLabel: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['Namespace'],
  id: 'pod-security-label',
  severity: 'error',
  title: 'The label names no level or version of the Pod Security Standards',
  why: 'The API server refuses the Namespace: its admission reads the label, and there are the levels privileged, baseline and restricted and the versions latest and v1.30.',
  remedy: 'Write one of the levels, or a version.',
  mirrors: ['pod-security-admission api PolicyToEvaluate'],
  bad: `apiVersion: v1
kind: Namespace
metadata:
  name: team
  labels:
    pod-security.kubernetes.io/enforce: strict
#                                       ^^^^^^ error pod-security-label
`,
  good: `apiVersion: v1
kind: Namespace
metadata:
  name: team
  labels:
    pod-security.kubernetes.io/enforce: restricted
`,
  visit(visit, report) {
    if (visit.model.release < readsLabels) return;
    const judge = new Judge(visit, report);
    for (const { name, value, text } of visit.value.at('metadata', 'labels').strings) {
      const match = name.startsWith(prefix)
        ? /^(enforce|audit|warn)(-version)?$/.exec(name.slice(prefix.length))
        : null;
      if (!match || text === undefined) continue;
      if (match[2]) {
        if (text !== 'latest' && !/^v1\.(?:0|[1-9]\d*)$/.test(text))
          judge.refuse(value, `"${text}" must be "latest" or a version such as "v1.30"`);
      } else if (!levels.includes(text))
        judge.refuse(value, `"${text}" is no level of the Pod Security Standards`, {
          advice: 'There are privileged, baseline and restricted.',
          fixes: () => (levels.includes(text.toLowerCase()) ? judge.change(value, text.toLowerCase(), true) : []),
        });
    }
  },
};
