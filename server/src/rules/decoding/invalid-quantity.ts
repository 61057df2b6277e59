import { parseQuantity } from '../../kubernetes/quantity.ts';
import { scalarLike } from '../../syntax/edit.ts';
import type { SchemaRule } from '../rule.ts';

export const invalidQuantity: SchemaRule = {
  scope: 'schema',
  nodes: ['scalar'],
  applies: ({ type }) => type === 'quantity',
  id: 'invalid-quantity',
  severity: 'error',
  mirrors: ['apimachinery api/resource ParseQuantity'],
  title: 'The value is no quantity',
  why: "The API server can't read it: a quantity is a number with one of the suffixes n, u, m, k, M, G, T, P, E (powers of ten), Ki, Mi, Gi, Ti, Pi, Ei (powers of two) or an exponent, without blanks.",
  remedy: 'Write 128Mi for mebibytes or 128M for megabytes, 500m or 0.5 for half a CPU.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      resources:
        limits:
          memory: 128MB
#                 ^^^^^ error invalid-quantity
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      resources:
        limits:
          memory: 128Mi
`,
  visit({ node, schema, value, document }, report) {
    const text = value.text;
    if (schema.type !== 'quantity' || node?.type !== 'scalar' || text === undefined || parseQuantity(text)) return;
    report({
      span: value.span,
      message: `"${text}" is no quantity: the API server refuses it. Write a number with a suffix such as m, Mi or Gi, without blanks.`,
      fixes: () =>
        meant(text).map((better, _, all) => ({
          title: `Change to ${better}`,
          preferred: all.length === 1,
          edits: [{ document, span: { start: node.start, end: node.end }, newText: scalarLike(node, better) }],
        })),
    });
  },
};

/** What may have been meant: 128MB → 128Mi, 128M; 1 Gi → 1Gi; 2K → 2Ki, 2k. */
function meant(text: string): readonly string[] {
  const match = /^([-+]?[\d.]+) *([a-zA-Z]*)$/.exec(text.trim());
  if (!match) return [];
  const [, number = '', unit = ''] = match;
  const letter = unit.charAt(0);
  const candidates = [
    `${number}${unit}`,
    ...(/^[kKmMgGtTpP]i?[bB]?$/.test(unit)
      ? [`${number}${letter.toUpperCase()}i`, `${number}${letter.toLowerCase() === 'k' ? 'k' : letter.toUpperCase()}`]
      : []),
  ];
  const exact = /i[bB]?$/.test(unit) ? candidates.slice(0, 2) : candidates;
  const sound = exact.filter((candidate, i) => parseQuantity(candidate) && exact.indexOf(candidate) === i);
  return sound.slice(0, sound[0] === `${number}${unit}` ? 1 : 2);
}
