import { dns1123Label, dns1123Subdomain, domainPrefixedPath, pathSegmentName } from '../../kubernetes/forms.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

export const invalidIngressClass: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['IngressClass'],
  id: 'invalid-ingress-class',
  severity: 'error',
  title: 'The IngressClass names no controller, or its parameters are nowhere',
  why: 'The API server refuses it: a controller is named by a domain and a path, and parameters of the scope Namespace need a namespace, which those of the scope Cluster have none of.',
  remedy: 'Name the controller as its documentation does, such as k8s.io/ingress-nginx.',
  mirrors: [
    'networking/validation validateIngressClassSpec',
    'networking/validation validateIngressClassParametersReference',
  ],
  bad: `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: nginx
spec:
  controller: ingress-nginx
#             ^^^^^^^^^^^^^ error invalid-ingress-class
`,
  good: `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: nginx
spec:
  controller: k8s.io/ingress-nginx
`,
  visit(visit, report) {
    const judge = new Judge(visit, report);
    const spec = visit.value.get('spec');
    if (spec.unknown) return;
    judge.form(
      spec.get('controller'),
      (text) => domainPrefixedPath(text) ?? (text.length > 250 ? 'must have no more than 250 characters' : undefined),
    );
    const parameters = spec.get('parameters');
    judge.form(parameters.get('apiGroup'), dns1123Subdomain, { empty: true });
    for (const field of ['kind', 'name']) judge.form(parameters.get(field), pathSegmentName);
    const scope = parameters.get('scope');
    const namespace = parameters.get('namespace');
    if (scope.text === 'Namespace') {
      if (namespace.absent || namespace.text === '')
        judge.lacks(parameters, 'namespace', 'Parameters of the scope Namespace need a "namespace"');
      else judge.form(namespace, dns1123Label);
    } else if ((scope.text === 'Cluster' || scope.absent) && namespace.present)
      judge.refuseField(namespace, 'Parameters of the scope Cluster have no "namespace"', {
        ofAbsence: scope.absent,
        fixes: () => [
          ...judge.remove(parameters, 'namespace'),
          ...(scope.present
            ? judge.change(scope, 'Namespace')
            : judge.add(['spec', 'parameters'], 'scope', 'Namespace')),
        ],
      });
  },
};
