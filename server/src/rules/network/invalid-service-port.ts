import { dns1123Label, ianaServiceName, portNumber, qualifiedName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';
import { serviceType } from './service.ts';

export const invalidServicePort: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['ServiceSpec'],
  id: 'invalid-service-port',
  severity: 'error',
  title: "A port of the Service can't be",
  why: 'The API server refuses it: of several ports each has its own name and its own number, a target port is a number or the name of a container port, and node ports are for Services that the nodes open.',
  remedy: 'Name the ports, write numbers without quotes, and set the type NodePort where node ports are meant.',
  mirrors: ['core/validation ValidateService', 'core/validation validateServicePort'],
  bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - name: http
      port: 80
      targetPort: "8080"
#                 ^^^^^^ error invalid-service-port
    - name: metrics
      port: 9113
`,
  good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - name: http
      port: 80
      targetPort: 8080
    - name: metrics
      port: 9113
`,
  visit(visit, report) {
    const { value: spec } = visit;
    const judge = new Judge(visit, report);
    const type = serviceType(spec);
    const ports = spec.get('ports').items;
    for (const port of ports) {
      const name = port.get('name');
      if (ports.length > 1 && !port.unknown && (name.absent || name.text === '') && port.map) {
        const message = `Each of several ports needs a name`;
        if (name.pair) judge.refuseField(name, message, { ofAbsence: true });
        else judge.refuse(port, message, { ofAbsence: true });
      }
      judge.form(name, dns1123Label);
      judge.form(port.get('appProtocol'), qualifiedName, { empty: true });
      checkPortOrName(judge, port.get('targetPort'));
      const node = port.get('nodePort');
      if (type === 'ClusterIP' && node.integer !== undefined && node.integer !== 0)
        judge.refuseField(node, `A Service of the type ClusterIP has no node ports`, {
          advice: 'Node ports need the type NodePort or LoadBalancer.',
          ofAbsence: spec.get('type').absent,
          fixes: () => [
            ...(spec.get('type').present
              ? judge.change(spec.get('type'), 'NodePort')
              : judge.add([], 'type', 'NodePort')),
            ...judge.remove(port, 'nodePort'),
          ],
        });
    }
    judge.unique(
      ports,
      (port) => port.get('name').text || undefined,
      (port) => port.get('name'),
      'port',
    );
    judge.unique(ports, keyOf('port'), (port) => port.get('port'), 'port');
    judge.unique(ports, keyOf('nodePort'), (port) => port.get('nodePort'), 'node port');
  },
};

/** A port and its protocol, which tell two ports apart. */
const keyOf =
  (field: string) =>
  (port: Value): string | undefined => {
    const number = port.get(field).integer;
    const protocol = port.get('protocol');
    const text = protocol.absent || protocol.text === '' ? 'TCP' : protocol.text;
    return number === undefined || number === 0 || text === undefined ? undefined : `${number}/${text}`;
  };

/** Reports what is neither a port number nor the name of a port (ValidatePortNumOrName); 0 and "" are as good as nothing. */
function checkPortOrName(judge: Judge, port: Value): void {
  const { text, integer } = port;
  if (integer !== undefined && integer !== 0 && portNumber(integer) !== undefined) judge.range(port, 1, 65_535);
  if (text === undefined || text === '') return;
  const quotedNumber = /^\d+$/.test(text) && portNumber(Number(text)) === undefined;
  judge.form(
    port,
    ianaServiceName,
    quotedNumber ? { advice: 'A number stands without quotes.', fixes: () => judge.unquote(port) } : {},
  );
}
