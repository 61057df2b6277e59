import { dns1123Subdomain, pathSegmentName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

const rbac = 'rbac.authorization.k8s.io';

export const invalidRoleBinding: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['RoleBinding', 'ClusterRoleBinding'],
  id: 'invalid-role-binding',
  severity: 'error',
  title: 'The binding names a role or a subject in a way that none has',
  why: 'The API server refuses it: a ClusterRoleBinding grants ClusterRoles, users and groups are of the API group of RBAC, and a ServiceAccount is of none and lives in a namespace.',
  remedy: 'Name a ClusterRole in a ClusterRoleBinding, and give ServiceAccounts their namespace and no apiGroup.',
  mirrors: [
    'rbac/validation ValidateRoleBinding',
    'rbac/validation ValidateClusterRoleBinding',
    'rbac/validation ValidateRoleBindingSubject',
  ],
  bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: viewers
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - kind: ServiceAccount
#   ^^^^ error invalid-role-binding
    name: default
`,
  good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: viewers
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - kind: ServiceAccount
    name: default
    namespace: default
`,
  visit(visit, report) {
    const { value: binding, kind } = visit;
    if (kind.group !== rbac) return;
    const judge = new Judge(visit, report);
    const ofCluster = kind.kind === 'ClusterRoleBinding';
    const role = binding.get('roleRef');
    if (ofCluster && role.get('kind').text === 'Role')
      judge.refuse(role.get('kind'), 'A ClusterRoleBinding grants ClusterRoles, not Roles', {
        fixes: () => judge.change(role.get('kind'), 'ClusterRole'),
      });
    judge.form(role.get('name'), pathSegmentName);
    for (const [i, subject] of binding.get('subjects').items.entries())
      if (!subject.unknown) checkSubject(judge, subject, i, ofCluster);
  },
};

function checkSubject(judge: Judge, subject: Value, at: number, ofCluster: boolean): void {
  const group = subject.get('apiGroup');
  const kind = subject.get('kind').text;
  if (kind === 'ServiceAccount') {
    judge.form(subject.get('name'), dns1123Subdomain);
    if (group.text)
      judge.refuse(group, 'A ServiceAccount is of the core group, which is "" or left out', {
        fixes: () => judge.remove(subject, 'apiGroup', true),
      });
    const namespace = subject.get('namespace');
    if (ofCluster && (namespace.absent || namespace.text === ''))
      judge.lacks(
        subject,
        'namespace',
        'A ServiceAccount lives in a namespace, which a ClusterRoleBinding has to name',
        {
          ofNamespace: true,
          fixes: () => (namespace.pair ? [] : judge.add(['subjects', at], 'namespace', 'default')),
        },
      );
  } else if (
    (kind === 'User' || kind === 'Group') &&
    group.text !== undefined &&
    group.text !== '' &&
    group.text !== rbac
  )
    judge.refuse(group, `A ${kind} is of the API group ${rbac}`, { fixes: () => judge.change(group, rbac, true) });
}
