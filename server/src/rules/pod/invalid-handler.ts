import { httpHeaderName, ianaServiceName, portNumber } from '../../kubernetes/forms.ts';
import type { SchemaRule } from '../rule.ts';
import { changeTo, changeToBare } from './fixes.ts';

export const invalidHandler: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['HTTPGetAction', 'TCPSocketAction', 'GRPCAction', 'HTTPHeader'],
  id: 'invalid-handler',
  severity: 'error',
  mirrors: ['core/validation validateHTTPGetAction', 'core/validation ValidatePortNumOrName'],
  title: 'A probe or hook asks an impossible port or header',
  why: 'The port is a number from 1 to 65535 or the name of a container port. A quoted number is a name, and no valid one. The API server refuses it.',
  remedy: 'Write the number without quotes, or use the name of a port.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      livenessProbe:
        httpGet:
          path: /
          port: "80"
#               ^^^^ error invalid-handler
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      livenessProbe:
        httpGet:
          path: /
          port: 80
`,
  visit(visit, report) {
    const { schema, value } = visit;
    if (schema.type === 'object' && schema.name === 'HTTPHeader') {
      const name = value.get('name');
      const fault = name.text ? httpHeaderName(name.text) : undefined;
      if (fault !== undefined)
        report({
          span: name.span,
          message: `"${name.text}" is no valid name of a header: it ${fault}. The API server refuses it.`,
        });
      return;
    }
    const port = value.get('port');
    const { integer, text } = port;
    const fault = integer === undefined ? (text ? ianaServiceName(text) : undefined) : portNumber(integer);
    if (fault === undefined) return;
    const isNumber = text !== undefined && /^\d+$/.test(text);
    if (schema.type === 'object' && schema.name === 'GRPCAction' && integer === undefined) return;
    report({
      span: port.span,
      message: isNumber
        ? `"${text}" in quotes is the name of a port, and a name ${fault}: the API server refuses it. Write the number without quotes.`
        : `Port ${integer ?? `"${text}"`} ${fault}: the API server refuses it.`,
      fixes: () => {
        if (isNumber && portNumber(Number(text)) === undefined) return changeToBare(visit, port, String(Number(text)));
        const near = (text ?? '').toLowerCase().replace(/[^a-z0-9]+/g, '-');
        return text && ianaServiceName(near) === undefined ? changeTo(visit, port, near) : [];
      },
    });
  },
};
