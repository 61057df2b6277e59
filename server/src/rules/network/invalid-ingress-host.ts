import { dns1123Subdomain, ipBits, wildcardSubdomain } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { type Details, Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

export const invalidIngressHost: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['IngressRule', 'IngressTLS', 'IngressSpec'],
  id: 'invalid-ingress-host',
  severity: 'error',
  title: 'A host or a name in the Ingress has the wrong form',
  why: 'The API server refuses it: a host is a domain in lower case, with "*." in front at most, and has no scheme, no port and no path; Secrets and IngressClasses are named by their names.',
  remedy: 'Write the domain alone, such as shop.example.com or "*.example.com".',
  mirrors: [
    'networking/validation validateIngressRules',
    'networking/validation validateIngressTLS',
    'networking/validation ValidateIngressSpec',
  ],
  bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  rules:
    - host: https://shop.example.com
#           ^^^^^^^^^^^^^^^^^^^^^^^^ error invalid-ingress-host
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
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
  good: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
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
    const { value, schema } = visit;
    const judge = new Judge(visit, report);
    switch (schema.type === 'object' ? schema.name : '') {
      case 'IngressRule':
        checkHost(judge, value.get('host'), {});
        break;
      case 'IngressTLS':
        for (const host of value.get('hosts').items) checkHost(judge, host, { empty: true });
        judge.form(value.get('secretName'), dns1123Subdomain);
        break;
      default:
        judge.form(value.get('ingressClassName'), dns1123Subdomain, { empty: true });
    }
  },
};

function checkHost(judge: Judge, host: Value, details: Details & { readonly empty?: boolean }): void {
  const { text } = host;
  if (text !== undefined && !details.empty && /^\d/.test(text) && ipBits(text)) {
    judge.refuse(host, `"${text}" must be a domain, and is an IP address`);
    return;
  }
  judge.form(host, (name) => (name.includes('*') ? wildcardSubdomain(name) : dns1123Subdomain(name)), {
    ...details,
    fixes: () => {
      const bare =
        text
          ?.replace(/^\w+:\/\//, '')
          .replace(/[:/].*$/, '')
          .toLowerCase() ?? '';
      return bare !== text && (bare.includes('*') ? wildcardSubdomain(bare) : dns1123Subdomain(bare)) === undefined
        ? judge.change(host, bare, true)
        : [];
    },
  });
}
