import {
  dns1035Label,
  dns1123Label,
  dns1123Subdomain,
  ianaServiceName,
  pathSegmentName,
} from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

/** From then on the name of a Service may begin with a digit. */
const relaxedServiceNames = 35;

export const invalidIngressBackend: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['IngressBackend'],
  id: 'invalid-ingress-backend',
  severity: 'error',
  title: 'The backend of the Ingress is not one Service and one port',
  why: 'The API server refuses it: a backend is a Service with the name or the number of a port, or another resource.',
  remedy: 'Name one Service, and one of its ports by name or by number.',
  mirrors: [
    'networking/validation validateIngressBackend',
    'networking/validation validateIngressTypedLocalObjectReference',
  ],
  bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  defaultBackend:
    service:
#   ^^^^^^^ error invalid-ingress-backend
      name: web
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
`,
  good: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  defaultBackend:
    service:
      name: web
      port:
        number: 80
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
`,
  visit(visit, report) {
    const { value: backend, kind, model } = visit;
    if (kind.version !== 'v1' || backend.unknown) return;
    const judge = new Judge(visit, report);
    const service = backend.get('service');
    const resource = backend.get('resource');
    if (service.present && resource.present) {
      judge.refuseField(resource, 'A backend is a Service or another resource, not both', {
        related: [service, 'The Service'],
        fixes: () => [...judge.remove(backend, 'resource'), ...judge.remove(backend, 'service')],
      });
      return;
    }
    if (resource.present) checkResource(judge, resource);
    // The fields of before v1 are unknown, and that is said already.
    else if (service.absent && backend.get('serviceName').absent && backend.get('servicePort').absent)
      judge.lacks(backend, 'service', 'A backend needs a "service" or a "resource"');
    else if (service.present && !service.unknown) {
      judge.form(service.get('name'), model.release >= relaxedServiceNames ? dns1123Label : dns1035Label);
      checkPort(judge, service);
    }
  },
};

function checkPort(judge: Judge, service: Value): void {
  const port = service.get('port');
  if (port.unknown) return;
  const name = port.get('name');
  const number = port.get('number');
  const named = name.present && name.text !== '';
  const numbered = number.present && number.integer !== 0;
  if (named && numbered)
    judge.refuseField(name, "A backend's port has a name or a number, not both", {
      related: [number, 'The number'],
      fixes: () => [...judge.remove(port, 'name'), ...judge.remove(port, 'number')],
    });
  else if (!named && !numbered)
    judge.lacks(
      port.present ? port : service,
      port.present ? 'name' : 'port',
      "A backend needs its port's name or number",
    );
  else
    judge.form(
      name,
      ianaServiceName,
      /^\d+$/.test(name.text ?? '') ? { advice: 'A number belongs into "number".' } : {},
    );
}

function checkResource(judge: Judge, resource: Value): void {
  if (resource.unknown) return;
  judge.form(resource.get('apiGroup'), dns1123Subdomain, { empty: true });
  const lacking = ['kind', 'name'].filter((field) => resource.get(field).absent);
  if (lacking[0] !== undefined)
    judge.lacks(
      resource,
      lacking[0],
      `A backend's resource needs a ${lacking.map((field) => `"${field}"`).join(' and a ')}`,
    );
  for (const field of ['kind', 'name']) {
    const value = resource.get(field);
    if (value.text === '') judge.refuse(value, `"${field}" must not be empty`);
    else judge.form(value, pathSegmentName);
  }
}
