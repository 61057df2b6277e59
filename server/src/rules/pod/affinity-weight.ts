import type { SchemaRule } from '../rule.ts';
import { changeToBare } from './fixes.ts';

export const affinityWeight: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['PreferredSchedulingTerm', 'WeightedPodAffinityTerm'],
  id: 'affinity-weight',
  severity: 'error',
  mirrors: ['core/validation ValidatePreferredSchedulingTerms', 'core/validation validateWeightedPodAffinityTerms'],
  title: 'The weight of a preference is out of range',
  why: 'Weights go from 1 to 100. The API server refuses anything else.',
  remedy: 'Use a weight from 1 to 100.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  affinity:
    nodeAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 1000
#                 ^^^^ error affinity-weight
          preference:
            matchExpressions:
              - key: disk
                operator: Exists
  containers:
    - name: web
      image: nginx:1.27
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  affinity:
    nodeAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 100
          preference:
            matchExpressions:
              - key: disk
                operator: Exists
  containers:
    - name: web
      image: nginx:1.27
`,
  visit(visit, report) {
    const weight = visit.value.get('weight');
    const { integer } = weight;
    if (integer === undefined || (integer >= 1 && integer <= 100)) return;
    report({
      span: weight.span,
      message: `weight must be from 1 to 100: the API server refuses ${integer}.`,
      fixes: () => changeToBare(visit, weight, integer < 1 ? '1' : '100'),
    });
  },
};
