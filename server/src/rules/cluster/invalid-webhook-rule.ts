import { pathSegmentName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

export const invalidWebhookRule: SchemaRule = {
  scope: 'schema',
  nodes: ['map', 'scalar'],
  types: ['RuleWithOperations', 'NamedRuleWithOperations'],
  id: 'invalid-webhook-rule',
  severity: 'error',
  title: 'The rule of the webhook or policy matches no request',
  why: 'The API server refuses it: a rule has operations, API groups, versions and resources, and what means all of them stands alone.',
  remedy: 'Give the rule all four lists, and leave "*" alone in its list.',
  mirrors: [
    'admissionregistration/validation validateRuleWithOperations',
    'admissionregistration/validation validateRule',
    'admissionregistration/validation validateResources',
  ],
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
    rules:
      - apiGroups: [apps, "*"]
#                         ^^^ error invalid-webhook-rule
        apiVersions: ["*"]
        operations: [CREATE]
        resources: [deployments]
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
    rules:
      - apiGroups: [apps]
        apiVersions: ["*"]
        operations: [CREATE]
        resources: [deployments]
`,
  visit(visit, report) {
    const { value: rule } = visit;
    if (rule.unknown || (rule.present && !rule.map)) return;
    const judge = new Judge(visit, report);
    checkNames(judge, rule.get('resourceNames'));
    for (const field of ['operations', 'apiGroups', 'apiVersions', 'resources']) {
      const list = rule.get(field);
      if (list.unknown || (list.present && !list.list)) continue;
      if (list.items.length === 0) {
        judge.lacks(rule, field, `A rule needs "${field}"`);
        if (rule.absent) return;
        continue;
      }
      for (const item of list.items) {
        if (item.text === '' && (field === 'apiVersions' || field === 'resources'))
          judge.refuse(item, `"${field}" must not have an empty item`);
      }
      if (field === 'resources') checkResources(judge, list);
      else {
        const all = list.items.find(({ text }) => text === '*');
        if (all && list.items.length > 1) judge.refuse(all, `"*" means all, and stands alone in "${field}"`);
      }
    }
  },
};

function checkNames(judge: Judge, names: Value): void {
  for (const name of names.items) judge.form(name, pathSegmentName);
  judge.unique(
    names.items,
    ({ text }) => text,
    (name) => name,
    'name',
  );
}

function checkResources(judge: Judge, list: Value): void {
  const ofResource = new Set<string>();
  const ofPart = new Set<string>();
  const { items } = list;
  for (const item of items) {
    const { text } = item;
    const at = text?.indexOf('/') ?? -1;
    if (text === undefined || at < 0) continue;
    const [resource, part] = [text.slice(0, at), text.slice(at + 1)];
    if (ofResource.has(resource)) judge.refuse(item, `"${resource}/*" has "${text}" already`);
    else if (ofPart.has(part)) judge.refuse(item, `"*/${part}" has "${text}" already`);
    if (part === '*') ofResource.add(resource);
    if (resource === '*') ofPart.add(part);
  }
  const everything = items.find(({ text }) => text === '*/*');
  if (everything && items.length > 1) judge.refuse(everything, '"*/*" means all, and stands alone in "resources"');
  // Only the last one without a part counts, as in the API server.
  const last = items.filter(({ text }) => text !== undefined && text !== '' && !text.includes('/')).at(-1);
  const all = items.find(({ text }) => text === '*');
  if (all && last && last.text !== '*') judge.refuse(all, '"*" means all resources, and there is another one');
}
