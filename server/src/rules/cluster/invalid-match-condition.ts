import { qualifiedName } from '../../kubernetes/forms.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

export const invalidMatchCondition: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['ValidatingWebhook', 'MutatingWebhook', 'ValidatingAdmissionPolicySpec', 'MutatingAdmissionPolicySpec'],
  id: 'invalid-match-condition',
  severity: 'error',
  title: 'A match condition has no name of its own',
  why: 'The API server refuses it: of at most 64 conditions each has a name like the key of a label, and no two the same.',
  remedy: 'Name each condition after what it looks for, such as exclude-leases.',
  mirrors: ['admissionregistration/validation validateMatchConditions'],
  bad: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: policy
webhooks:
  - name: policy.shop.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig:
      url: https://policy.example.com/validate
    matchConditions:
      - name: no leases
#             ^^^^^^^^^ error invalid-match-condition
        expression: request.resource.resource != "leases"
`,
  good: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: policy
webhooks:
  - name: policy.shop.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig:
      url: https://policy.example.com/validate
    matchConditions:
      - name: no-leases
        expression: request.resource.resource != "leases"
`,
  visit(visit, report) {
    const judge = new Judge(visit, report);
    const conditions = visit.value.get('matchConditions');
    const { items } = conditions;
    if (items.length > 64)
      judge.refuseField(conditions, `There are no more than 64 match conditions, and these are ${items.length}`);
    for (const condition of items) judge.form(condition.get('name'), qualifiedName);
    judge.unique(
      items,
      (condition) => condition.get('name').text || undefined,
      (condition) => condition.get('name'),
      'condition',
    );
  },
};
