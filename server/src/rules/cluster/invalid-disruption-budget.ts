import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';
import { checkAmount } from '../workload/amount.ts';

export const invalidDisruptionBudget: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['PodDisruptionBudgetSpec'],
  id: 'invalid-disruption-budget',
  severity: 'error',
  title: 'The disruption budget has two limits, or one that is no amount',
  why: 'The API server refuses it: a budget says how many pods stay or how many may go, as a number or a percentage.',
  remedy: 'Keep one of minAvailable and maxUnavailable.',
  mirrors: ['policy/validation ValidatePodDisruptionBudgetSpec'],
  bad: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  minAvailable: 2
# ^^^^^^^^^^^^ error invalid-disruption-budget
  maxUnavailable: 1
`,
  good: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  maxUnavailable: 1
`,
  visit(visit, report) {
    const { value: spec } = visit;
    const judge = new Judge(visit, report);
    const [least, most] = [spec.get('minAvailable'), spec.get('maxUnavailable')];
    checkAmount(judge, least, true);
    checkAmount(judge, most, true);
    if (least.present && most.present)
      judge.refuseField(least, 'A budget has "minAvailable" or "maxUnavailable", not both', {
        related: [most, 'The other limit'],
        fixes: () => [...judge.remove(spec, 'minAvailable'), ...judge.remove(spec, 'maxUnavailable')],
      });
  },
};
