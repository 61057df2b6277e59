import { documentOf } from '../graph/document.ts';
import type { Index } from '../graph/index.ts';
import { usesOf } from '../graph/links.ts';
import { resolveUse } from '../graph/resolve.ts';
import type { Definition, Use } from '../model/facts.ts';
import { appended, contentOf, insertAt, plainSafe, textInPlaceOf } from '../syntax/edit.ts';
import { isPlaceholder } from '../syntax/placeholder.ts';
import { nodeAt, resolveAlias } from '../syntax/tree.ts';
import type { Content } from '../tables/row-types.ts';
import { say } from './message.ts';
import type { DraftFix, Finding, WiringRule } from './rule.ts';
import { containerPorts, labelsToSelect } from './service-fixes.ts';
import { placeOf } from './wording.ts';

export const headlessService: WiringRule = {
  scope: 'wiring',
  id: 'headless-service',
  severity: 'warning',
  title: "The Service of a StatefulSet isn't headless",
  why: 'Only a headless Service (`clusterIP: None`) is sure to give each pod a DNS name of its own (`web-0.web`): the others stand for all pods together, under one address. It matters as soon as there is more than one pod.',
  remedy:
    'Name a headless Service in `serviceName`. An existing Service keeps its `clusterIP` for life: leave it to its users, and add a headless one.',
  bad: `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: database
spec:
  replicas: 3
  serviceName: database
#              ^^^^^^^^ warning headless-service
  selector:
    matchLabels:
      app: database
  template:
    metadata:
      labels:
        app: database
    spec:
      containers:
        - name: database
          image: mysql:8.4
---
apiVersion: v1
kind: Service
metadata:
  name: database
spec:
  selector:
    app: database
  ports:
    - port: 3306
`,
  good: `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: database
spec:
  replicas: 3
  serviceName: database
  selector:
    matchLabels:
      app: database
  template:
    metadata:
      labels:
        app: database
    spec:
      containers:
        - name: database
          image: mysql:8.4
---
apiVersion: v1
kind: Service
metadata:
  name: database
spec:
  clusterIP: None
  selector:
    app: database
  ports:
    - port: 3306
`,
  *check(facts, index) {
    for (const use of facts.uses) {
      if (use.row.mode !== 'name' || !use.row.headless) continue;
      const resolution = resolveUse(index, use);
      const [service] = resolution.status === 'resolved' ? resolution.targets : [];
      const address = service?.facts.notes.get('cluster-ip')?.text ?? '';
      if (service && address !== 'None' && !isPlaceholder(address)) yield judge(index, use, service);
    }
  },
};

function judge(index: Index, use: Use, service: Definition): Finding {
  const { kind, name } = use.facts.resource;
  return {
    span: use.span,
    // One pod is its Service: nobody needs another name for it.
    ...(Number(use.facts.notes.get('replicas')?.text ?? 1) > 1 ? {} : { severity: 'hint' as const }),
    message: say`Service "${service.name}" (${placeOf(service)}) is not headless (clusterIP: None), and only such a Service is sure to give each pod of ${kind} "${name}" a DNS name of its own.`,
    related: [{ ...placeOf(service), message: `Service "${service.name}" is not headless` }],
    fixes: () => [...makeHeadless(index, use, service), createBeside(use, service)],
  };
}

/** For a Service that only the StatefulSet names: others may need its address, and one on the cluster keeps it. */
function makeHeadless(index: Index, use: Use, service: Definition): readonly DraftFix[] {
  const type = service.facts.notes.get('service-type')?.text ?? 'ClusterIP';
  if (type !== 'ClusterIP' || usesOf(index, [service]).some((other) => other !== use)) return [];
  const document = documentOf(service.facts.document);
  const { path } = service.facts.resource;
  const stands = service.facts.notes.get('cluster-ip');
  const edit = stands
    ? { span: stands.span, newText: 'None' }
    : insertAt(document.text, document.tree, [...path, 'spec'], { entry: ['clusterIP', 'None'] });
  if (!edit) return [];
  return [
    {
      title: `Make Service "${service.name}" headless, if it is not on the cluster yet`,
      preferred: false,
      edits: [{ document, ...edit }],
    },
  ];
}

/** A headless twin of the Service, which stays as it is. */
function createBeside(use: Use, service: Definition): DraftFix {
  const name = `${service.name}-headless`;
  const document = documentOf(service.facts.document);
  const own = documentOf(use.facts.document);
  const spec = nodeAt(document.tree, [...service.facts.resource.path, 'spec']);
  const ports = resolveAlias(nodeAt(spec, ['ports']));
  const content = headless(name, service.facts.resource.namespace, {
    selector: contentOf(document.text, nodeAt(spec, ['selector'])),
    ports: ports?.type === 'list' ? ports.items.map((port) => withoutNodePort(contentOf(document.text, port))) : [],
  });
  const node = resolveAlias(nodeAt(own.tree, [...use.facts.resource.path, ...use.path]));
  return {
    title: `Create headless Service "${name}"`,
    preferred: false,
    edits: [
      { document, ...appended(document, content) },
      { document: own, span: use.span, newText: textInPlaceOf(node, use.span, name) },
    ],
  };
}

function withoutNodePort(port: Content): Content {
  if (typeof port === 'string' || Array.isArray(port)) return port;
  return Object.fromEntries(Object.entries(port).filter(([key]) => key !== 'nodePort'));
}

/** The headless Service that a workload names, for its own pods and their ports. */
export function createHeadless(use: Use): DraftFix {
  const document = documentOf(use.facts.document);
  const content = headless(use.text, use.namespace, {
    selector: labelsToSelect(use.facts),
    ports: containerPorts(use.facts).map(({ name, number }) => ({
      name: plainSafe(name ?? `port-${number}`),
      port: number,
    })),
  });
  return {
    title: `Create headless Service "${use.text}" in this file`,
    preferred: false,
    edits: [{ document, ...appended(document, content) }],
  };
}

const headless = (
  name: string,
  namespace: string,
  { selector, ports }: { readonly selector: Content; readonly ports: readonly Content[] },
): Content => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: plainSafe(name), ...(namespace === '' ? {} : { namespace: plainSafe(namespace) }) },
  spec: { clusterIP: 'None', selector, ...(ports.length > 0 ? { ports } : {}) },
});
