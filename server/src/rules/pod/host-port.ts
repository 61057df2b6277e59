import type { Value } from '../../syntax/value.ts';
import type { Finding, SchemaRule, SchemaVisit } from '../rule.ts';
import { changeToBare } from './fixes.ts';
import { isPod } from './pod.ts';

export const hostPort: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['PodSpec'],
  id: 'host-port',
  severity: 'error',
  mirrors: ['core/validation validatePodHostNetworkDeps', 'core/validation AccumulateUniqueHostPorts'],
  title: 'Host ports collide, or contradict hostNetwork',
  why: "Two containers of a pod can't have one port of the node, and with hostNetwork a container's ports are the node's own. The API server refuses it.",
  remedy: 'Use another host port, or none; with hostNetwork the same number as containerPort.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostNetwork: true
  containers:
    - name: web
      image: nginx:1.27
      ports:
        - containerPort: 80
          hostPort: 8080
#                   ^^^^ error host-port
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostNetwork: true
  containers:
    - name: web
      image: nginx:1.27
      ports:
        - containerPort: 80
          hostPort: 80
`,
  visit(visit, report) {
    const { value } = visit;
    const hostNetwork = value.get('hostNetwork').boolean === true;
    const taken = new Map<string, Value>();
    for (const container of value.get('containers').items) {
      const ports = container.get('ports').items;
      if (hostNetwork) for (const port of ports) mismatch(visit, port, report);
      collisions(visit, ports, hostNetwork, taken, report);
    }
    // Init containers run one by one, so that each is only held against itself.
    for (const container of value.get('initContainers').items)
      collisions(visit, container.get('ports').items, hostNetwork, new Map(), report);
  },
};

type Report = (finding: Finding) => void;

function mismatch(visit: SchemaVisit, port: Value, report: Report): void {
  const host = port.get('hostPort');
  const wanted = port.get('containerPort').integer;
  const actual = host.integer;
  if (!actual || wanted === undefined || actual === wanted || !inRange(actual) || !inRange(wanted)) return;
  report({
    span: host.span,
    message: `With hostNetwork, hostPort must be the same as containerPort ${wanted}, not ${actual}: the API server refuses it.`,
    fixes: () => changeToBare(visit, host, String(wanted)),
  });
}

function collisions(
  visit: SchemaVisit,
  ports: readonly Value[],
  hostNetwork: boolean,
  taken: Map<string, Value>,
  report: Report,
): void {
  for (const port of ports) {
    const written = port.get('hostPort');
    if (written.present && written.integer === undefined) continue;
    // SetDefaults_PodSpec: on the node's network a container's port is the node's. In a template it is set later.
    const implied = !written.integer && hostNetwork ? port.get('containerPort') : undefined;
    const at = implied ?? written;
    const number = at.integer;
    const protocol = port.get('protocol');
    const ip = port.get('hostIP');
    if (!number || !inRange(number) || protocol.unknown || ip.unknown) continue;
    const key = `${protocol.text || 'TCP'}/${ip.text ?? ''}/${number}`;
    const earlier = taken.get(key);
    if (!earlier) {
      taken.set(key, at);
      continue;
    }
    const refused = isPod(visit) || (written.integer ?? 0) > 0;
    report({
      span: at.span,
      severity: refused ? 'error' : 'warning',
      message: `Port ${number} of the node is taken by another port of this pod already: the API server refuses ${refused ? 'it' : 'the pods that are made of this template'}.`,
      related: [{ document: visit.document, span: earlier.span, message: `Port ${number} of the node is taken here` }],
    });
  }
}

const inRange = (port: number): boolean => port >= 1 && port <= 65_535;
