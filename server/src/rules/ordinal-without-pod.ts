import { documentOf } from '../graph/document.ts';
import type { Index } from '../graph/index.ts';
import { patchesUnnamed } from '../graph/kustomize.ts';
import { usesOf } from '../graph/links.ts';
import { type Ordinals, ordinalsOf } from '../graph/ordinals.ts';
import { isNamespaceOfWorkspace } from '../graph/readings.ts';
import { isAimedAt, resolveUse } from '../graph/resolve.ts';
import type { Definition, Use } from '../model/facts.ts';
import { insertAt } from '../syntax/edit.ts';
import { say } from './message.ts';
import type { DraftFix, Finding, Place, WiringRule } from './rule.ts';
import { placeOf } from './wording.ts';

/** A StatefulSet of three, and who names its pods: up to the second name. */
const manifests = `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: queue
spec:
  replicas: 3
  serviceName: queue
  selector:
    matchLabels:
      app: queue
  template:
    metadata:
      labels:
        app: queue
    spec:
      containers:
        - name: queue
          image: nats:2.11
---
apiVersion: v1
kind: Service
metadata:
  name: queue
spec:
  clusterIP: None
  selector:
    app: queue
  ports:
    - port: 4222
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: clients
data:
  servers: nats://queue-0.queue:4222,`;

export const ordinalWithoutPod: WiringRule = {
  scope: 'wiring',
  id: 'ordinal-without-pod',
  severity: 'warning',
  title: 'An address names a pod that its StatefulSet does not make',
  why: 'A StatefulSet with three replicas makes the pods 0, 1 and 2 (from `spec.ordinals.start` on, where that is set). The name of any other pod does not resolve: clients fail, or wait for a member that never comes.',
  remedy:
    'Correct the number, or raise `replicas`. Nothing is said where something else scales the set: an autoscaler, a patch, a kustomization, another definition of it.',
  bad: `${manifests}nats://queue-3.queue:4222
#                                                 ^ warning ordinal-without-pod
`,
  good: `${manifests}nats://queue-2.queue:4222
`,
  *check(facts, index) {
    for (const use of facts.uses) {
      if (!use.ordinal) continue;
      const resolution = resolveUse(index, use);
      if (resolution.status !== 'resolved') continue;
      const [set, ...others] = resolution.targets;
      const pods = set && ordinalsOf(set);
      if (!pods || others.length > 0) continue;
      const wanted = Number(use.ordinal.text);
      if (wanted >= pods.first && wanted <= pods.last) continue;
      if (!isScaledElsewhere(index, set) && !mayBeService(index, use)) yield judge(use, use.ordinal, set, pods);
    }
  },
};

/** Whether a StatefulSet may have another number of replicas than its manifest says. */
function isScaledElsewhere(index: Index, set: Definition): boolean {
  const { symbol, name, facts } = set;
  const { namespace } = facts.resource;
  if (facts.isPatch || facts.inline) return true;
  // Where it is written several times, each may be what counts in some overlay.
  const written = index.definitions(symbol, name, namespace).filter(({ facts: other }) => other !== facts);
  if (written.some(({ facts: { resource } }) => resource.kind === facts.resource.kind)) return true;
  const scales = ({ row, kind }: Use): boolean =>
    row.address === undefined && (kind === undefined || kind === facts.resource.kind);
  if (index.uses(symbol, name, namespace).some(scales)) return true;
  const own = facts.definitions.filter((definition) => definition.symbol === 'resource');
  if (index.uses('resource', name, undefined).length > 0 || usesOf(index, own).length > 0) return true;
  return isAimedAt(index, set) || patchesUnnamed(index, facts.document.uri);
}

/** Whether the address may be that of a Service in another namespace. */
const mayBeService = (index: Index, { reading }: Use): boolean =>
  reading !== undefined && (reading.stated || isNamespaceOfWorkspace(index, reading));

function judge(use: Use, ordinal: NonNullable<Use['ordinal']>, set: Definition, { first, last }: Ordinals): Finding {
  const { kind } = set.facts.resource;
  const replicas = set.facts.notes.get('replicas');
  const place: Place = replicas ? { document: set.facts.document, span: replicas.span } : placeOf(set);
  const count = last - first + 1;
  const have = count === 1 ? `only pod ${set.name}-${first}` : `pods ${set.name}-${first} to ${set.name}-${last}`;
  const says = replicas ? `${count} ${count === 1 ? 'replica' : 'replicas'}` : 'no number of replicas, which means one';
  return {
    span: ordinal.span,
    // Who leaves the number out may leave it to an autoscaler.
    ...(replicas ? {} : { severity: 'hint' as const }),
    message: say`There is no pod "${set.name}-${ordinal.text}": ${kind} "${set.name}" has ${says} (${place}), that is ${have}. The name does not resolve.`,
    related: [{ ...place, message: replicas ? 'The replicas are here' : `${kind} "${set.name}" is here` }],
    fixes: () => [changeOrdinal(use, ordinal, set, last), ...raise(set, Number(ordinal.text), first)],
  };
}

const changeOrdinal = (
  use: Use,
  { span }: NonNullable<Use['ordinal']>,
  { name }: Definition,
  last: number,
): DraftFix => ({
  title: `Change to the last pod, "${name}-${last}"`,
  preferred: false,
  edits: [{ document: documentOf(use.facts.document), span, newText: String(last) }],
});

/** As many replicas as it takes for a pod of that number. */
function raise({ name, facts }: Definition, wanted: number, first: number): readonly DraftFix[] {
  const needed = wanted - first + 1;
  if (needed < 1 || needed > 100) return [];
  const document = documentOf(facts.document);
  const stands = facts.notes.get('replicas');
  const edit = stands
    ? { span: stands.span, newText: String(needed) }
    : insertAt(document.text, document.tree, [...facts.resource.path, 'spec'], { entry: ['replicas', String(needed)] });
  if (!edit) return [];
  return [
    {
      title: `Let ${facts.resource.kind} "${name}" have ${needed} replicas`,
      preferred: false,
      edits: [{ document, ...edit }],
    },
  ];
}
