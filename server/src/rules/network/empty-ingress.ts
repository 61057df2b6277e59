import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

export const emptyIngress: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['Ingress'],
  id: 'empty-ingress',
  severity: 'error',
  title: 'The Ingress leads nowhere, or names its class twice',
  why: 'The API server refuses an Ingress that has neither rules nor a default backend, and one that has both ingressClassName and the annotation that it took the place of.',
  remedy: 'Add a rule or a default backend, and keep ingressClassName.',
  mirrors: ['networking/validation ValidateIngressSpec', 'networking/validation ValidateIngressCreate'],
  bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
# ^^^^ error empty-ingress
  tls:
    - hosts: [shop.example.com]
`,
  good: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  tls:
    - hosts: [shop.example.com]
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
    const { value: ingress, kind } = visit;
    const spec = ingress.get('spec');
    if (spec.unknown) return;
    const judge = new Judge(visit, report);
    const backend = kind.version === 'v1' ? 'defaultBackend' : 'backend';
    const rules = spec.get('rules');
    if (!rules.unknown && rules.items.length === 0 && (rules.absent || rules.list) && spec.get(backend).absent)
      judge.lacks(spec.present ? spec : ingress, 'rules', `An Ingress needs "rules" or "${backend}"`);
    const name = spec.get('ingressClassName');
    const annotations = ingress.at('metadata', 'annotations');
    const annotation = annotations.get('kubernetes.io/ingress.class');
    if (name.present && annotation.present)
      judge.refuseField(
        annotation,
        'The annotation "kubernetes.io/ingress.class" can\'t stand beside "ingressClassName"',
        {
          related: [name, 'The class in its own field'],
          fixes: () => judge.remove(annotations, 'kubernetes.io/ingress.class', annotation.text === name.text),
        },
      );
  },
};
