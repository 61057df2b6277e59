import { ianaServiceName, portNumber } from '../../kubernetes/forms.ts';
import type { SchemaRule } from '../rule.ts';
import { changeTo } from './fixes.ts';

export const invalidPort: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['ContainerPort'],
  id: 'invalid-port',
  severity: 'error',
  mirrors: ['core/validation validateContainerPorts'],
  title: "A container's port has an impossible number or name",
  why: 'Port numbers go from 1 to 65535. The name of a port is an IANA service name: at most 15 lower-case letters, digits and single "-", with at least one letter.',
  remedy: 'Use a port number in that range, and a short name such as "http".',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      ports:
        - name: http
          containerPort: 80800
#                        ^^^^^ error invalid-port
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      ports:
        - name: http
          containerPort: 8080
`,
  visit(visit, report) {
    const { value } = visit;
    for (const field of ['containerPort', 'hostPort']) {
      const port = value.get(field);
      const { integer } = port;
      // hostPort: 0 is none.
      if (integer === undefined || (field === 'hostPort' && integer === 0)) continue;
      const fault = portNumber(integer);
      if (fault !== undefined)
        report({ span: port.span, message: `${field} ${integer} ${fault}: the API server refuses it.` });
    }
    const name = value.get('name');
    const fault = name.text ? ianaServiceName(name.text) : undefined;
    if (fault === undefined) return;
    report({
      span: name.span,
      message: `"${name.text}" is no valid name of a port: it ${fault}. The API server refuses it.`,
      fixes: () => {
        const near = (name.text ?? '')
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '-')
          .replace(/^-+|-+$/g, '');
        return near !== '' && ianaServiceName(near) === undefined ? changeTo(visit, name, near) : [];
      },
    });
  },
};
