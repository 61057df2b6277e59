import type { Value } from '../../syntax/value.ts';
import { Judge, presentOf } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

export const invalidPolicyRule: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['Role', 'ClusterRole'],
  id: 'invalid-policy-rule',
  severity: 'error',
  title: 'A rule of the role allows nothing that there is',
  why: 'The API server refuses it: a rule is about resources, with their API groups, or about URLs that are no resources, which no namespace has.',
  remedy:
    'Give the rule apiGroups ("" is the core group), resources and verbs, and put nonResourceURLs into a rule of its own of a ClusterRole.',
  mirrors: ['rbac/validation ValidatePolicyRule', 'rbac/validation ValidateClusterRole'],
  bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader
rules:
  - resources: [pods]
#   ^^^^^^^^^ error invalid-policy-rule
    verbs: [get, list]
`,
  good: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [get, list]
`,
  visit(visit, report) {
    const { value: role, kind } = visit;
    if (kind.group !== 'rbac.authorization.k8s.io') return;
    const judge = new Judge(visit, report);
    const rules = role.get('rules').items;
    for (const [i, rule] of rules.entries())
      if (!rule.unknown && rule.map) checkRule(judge, rule, i, kind.kind === 'Role');
    const aggregation = role.get('aggregationRule');
    const selectors = aggregation.get('clusterRoleSelectors');
    if (aggregation.present && !aggregation.unknown && !selectors.unknown && selectors.items.length === 0)
      judge.lacks(aggregation, 'clusterRoleSelectors', 'An aggregation rule needs "clusterRoleSelectors"');
  },
};

function checkRule(judge: Judge, rule: Value, at: number, namespaced: boolean): void {
  const urls = rule.get('nonResourceURLs');
  if (urls.items.length > 0) {
    if (namespaced)
      judge.refuseField(urls, 'URLs that are no resources belong to no namespace, and a Role does', {
        advice: 'A ClusterRole can have them.',
      });
    const beside = presentOf(rule, ['apiGroups', 'resources', 'resourceNames']).filter(
      (field) => rule.get(field).items.length > 0,
    );
    if (beside[0] !== undefined)
      judge.refuseField(urls, 'A rule is about resources or about URLs that are none, not about both', {
        related: [rule.get(beside[0]), 'The resources'],
      });
    return;
  }
  if (urls.unknown) return;
  const lacking = ['apiGroups', 'resources'].filter((field) => {
    const value = rule.get(field);
    return !value.unknown && value.items.length === 0 && (value.absent || value.list);
  });
  const [field] = lacking;
  if (field === undefined) return;
  const names = lacking.map((name) => (name === 'apiGroups' ? '"apiGroups" ("" is the core group)' : `"${name}"`));
  judge.lacks(rule, field, `A rule needs ${names.join(' and ')}`, {
    fixes: () => (field === 'apiGroups' && !rule.get(field).pair ? judge.add(['rules', at], field, ['""']) : []),
  });
}
