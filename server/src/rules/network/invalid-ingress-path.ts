import type { Value } from '../../syntax/value.ts';
import { Judge, quoted } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

export const invalidIngressPath: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['HTTPIngressPath'],
  id: 'invalid-ingress-path',
  severity: 'error',
  title: 'The path of the Ingress is none that a request can have',
  why: 'The API server refuses it: a path begins with "/" and, for the types Exact and Prefix, is written without steps that a client would leave out.',
  remedy:
    'Begin the path with "/", and leave "//", "/./", "/../" and encoded slashes out; a regular expression needs pathType: ImplementationSpecific.',
  mirrors: ['networking/validation validateHTTPIngressPath'],
  bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  rules:
    - http:
        paths:
          - path: shop
#                 ^^^^ error invalid-ingress-path
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
    - http:
        paths:
          - path: /shop
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
    const { value: entry } = visit;
    const judge = new Judge(visit, report);
    const path = entry.get('path');
    const type = entry.get('pathType').text;
    const strict = type === 'Exact' || type === 'Prefix';
    const { text } = path;
    if (text === undefined || text === '') {
      if (!strict || entry.unknown || path.unknown || (path.present && text === undefined)) return;
      const message = `The type ${type} needs a path`;
      const fixes = (): ReturnType<Judge['add']> =>
        text === '' ? judge.change(path, '/', true) : path.pair ? [] : judge.add([], 'path', '/', true);
      if (path.pair) judge.refuse(path, message, { ofAbsence: true, fixes });
      else judge.refuse(entry, message, { ofAbsence: true, fixes });
      return;
    }
    if (!text.startsWith('/')) {
      judge.refuse(path, `${quoted(text)} must begin with "/"`, { fixes: () => judge.change(path, `/${text}`, true) });
      return;
    }
    if (strict) checkSteps(judge, path, text);
  },
};

function checkSteps(judge: Judge, path: Value, text: string): void {
  const sequence = ['//', '/./', '/../', '%2f', '%2F'].find((part) => text.includes(part));
  const ending = ['/..', '/.'].find((part) => text.endsWith(part));
  if (sequence !== undefined) judge.refuse(path, `${quoted(text)} must not have "${sequence}"`);
  else if (ending !== undefined) judge.refuse(path, `${quoted(text)} must not end with "${ending}"`);
}
