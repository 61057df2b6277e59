import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

export const invalidAdmissionPolicy: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['ValidatingAdmissionPolicySpec', 'ValidatingAdmissionPolicyBindingSpec'],
  id: 'invalid-admission-policy',
  severity: 'error',
  title: 'The admission policy or its binding does nothing',
  why: 'The API server refuses it: a policy says which resources it matches and validates or notes something, and a binding does each of its actions once, denying or warning.',
  remedy: 'Give the policy matchConstraints with resourceRules, and validations or auditAnnotations.',
  mirrors: [
    'admissionregistration/validation validateValidatingAdmissionPolicySpec',
    'admissionregistration/validation validateValidatingAdmissionPolicyBindingSpec',
  ],
  bad: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: few-replicas
spec:
# ^^^^ error invalid-admission-policy
  matchConstraints:
    resourceRules:
      - apiGroups: [apps]
        apiVersions: [v1]
        operations: [CREATE]
        resources: [deployments]
`,
  good: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: few-replicas
spec:
  matchConstraints:
    resourceRules:
      - apiGroups: [apps]
        apiVersions: [v1]
        operations: [CREATE]
        resources: [deployments]
  validations:
    - expression: object.spec.replicas <= 5
`,
  visit(visit, report) {
    const { value: spec, schema } = visit;
    if (spec.unknown) return;
    const judge = new Judge(visit, report);
    if (schema.type === 'object' && schema.name === 'ValidatingAdmissionPolicySpec') {
      const constraints = spec.get('matchConstraints');
      const rules = constraints.get('resourceRules');
      if (constraints.absent) judge.lacks(spec, 'matchConstraints', 'A policy needs "matchConstraints"');
      else if (!constraints.unknown && !rules.unknown && rules.items.length === 0)
        judge.lacks(constraints, 'resourceRules', 'A policy needs "resourceRules" that say what it matches');
      const [validations, notes] = [spec.get('validations'), spec.get('auditAnnotations')];
      if (validations.items.length === 0 && notes.items.length === 0 && !validations.unknown && !notes.unknown)
        judge.lacks(spec, 'validations', 'A policy needs "validations" or "auditAnnotations"');
      return;
    }
    const items = spec.get('validationActions').items;
    judge.unique(
      items,
      ({ text }) => text,
      (item) => item,
      'action',
    );
    const [deny, warn] = ['Deny', 'Warn'].map((action) => items.find(({ text }) => text === action));
    if (deny && warn)
      judge.refuse(warn, "What is denied is told anyway: Deny and Warn can't stand together", {
        related: [deny, 'Deny'],
      });
  },
};
