import { dns1035Label, dns1123Subdomain } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge, presentOf } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

export const invalidApiService: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['APIService'],
  id: 'invalid-api-service',
  severity: 'error',
  title: 'The APIService has another name than its API, or contradictory trust',
  why: 'The API server refuses it: an APIService is named by its version and group, and a CA bundle is for a Service whose certificate is checked.',
  remedy: 'Name it version.group, and keep one of caBundle and insecureSkipTLSVerify.',
  mirrors: ['apiregistration/validation ValidateAPIService'],
  bad: `apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata:
  name: metrics
#       ^^^^^^^ error invalid-api-service
spec:
  group: metrics.k8s.io
  version: v1beta1
  groupPriorityMinimum: 100
  versionPriority: 100
`,
  good: `apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata:
  name: v1beta1.metrics.k8s.io
spec:
  group: metrics.k8s.io
  version: v1beta1
  groupPriorityMinimum: 100
  versionPriority: 100
`,
  visit(visit, report) {
    const { value } = visit;
    const judge = new Judge(visit, report);
    const spec = value.get('spec');
    if (spec.unknown) return;
    const [group, version, name] = [spec.get('group'), spec.get('version'), value.at('metadata', 'name')];
    judge.form(group, dns1123Subdomain);
    judge.form(version, dns1035Label);
    const isText = (value: Value): boolean => value.absent || value.text !== undefined;
    const known = spec.present && isText(group) && isText(version) && name.text !== undefined;
    const due = `${version.text ?? ''}.${group.text ?? ''}`;
    if (known && name.text !== due)
      judge.refuse(name, `An APIService is named by its version and group, "${due}"`, {
        fixes: () => judge.change(name, due),
      });
    const service = spec.get('service');
    for (const field of ['namespace', 'name'])
      if (service.map && (service.get(field).absent || service.get(field).text === ''))
        judge.lacks(service, field, `The Service of an APIService needs a "${field}"`);
    if (service.absent) {
      for (const field of presentOf(spec, ['caBundle', 'insecureSkipTLSVerify'])) {
        const held = spec.get(field);
        if (held.boolean !== false && held.text !== '')
          judge.refuseField(held, `An APIService without a "service" has no "${field}"`, {
            ofAbsence: true,
            fixes: () => judge.remove(spec, field),
          });
      }
    } else if (spec.get('insecureSkipTLSVerify').boolean && spec.get('caBundle').present)
      judge.refuse(spec.get('insecureSkipTLSVerify'), '"insecureSkipTLSVerify" can\'t be true beside a "caBundle"', {
        related: [spec.get('caBundle'), 'The CA bundle'],
        fixes: () => judge.remove(spec, 'insecureSkipTLSVerify'),
      });
  },
};
