import { nearest } from '../base/edit-distance.ts';
import { documentOf } from '../graph/document.ts';
import type { Index } from '../graph/index.ts';
import { mayShareNamespace } from '../graph/selection.ts';
import type { Definition, Facts, Use } from '../model/facts.ts';
import { templatePath } from '../model/trie.ts';
import { appended, plainSafe } from '../syntax/edit.ts';
import { isPlaceholder } from '../syntax/placeholder.ts';
import { nodeAt, resolveAlias, textAt } from '../syntax/tree.ts';
import type { Content } from '../tables/row-types.ts';
import type { DraftFix } from './rule.ts';
import { fileName } from './wording.ts';

/** A port of a container. */
export interface ContainerPort {
  readonly name: string | undefined;
  readonly number: string;
}

/** The Service that a token names, for the workload of that name or a near one, behind it in its file. */
export function createService(index: Index, use: Use): readonly DraftFix[] {
  if ((use.kind !== undefined && use.kind !== 'Service') || !/^[a-z](?:[-a-z0-9]*[a-z0-9])?$/.test(use.text)) return [];
  return workloadsFor(index, use).flatMap((workload): DraftFix[] => {
    const ports = portsAsked(use, containerPorts(workload.facts));
    const selector = labelsToSelect(workload.facts);
    if (ports.length === 0 || Object.keys(selector).length === 0) return [];
    const document = documentOf(workload.facts.document);
    const namespace = use.namespace === '' ? {} : { namespace: plainSafe(use.namespace) };
    const content: Content = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: plainSafe(use.text), ...namespace },
      spec: { selector, ports },
    };
    const { kind, name } = workload.facts.resource;
    const place = document.uri === use.facts.document.uri ? '' : ` (${fileName({ document, span: workload.span })})`;
    return [
      {
        title: `Create Service "${use.text}" for ${kind} "${name}"${place}`,
        preferred: false,
        edits: [{ document, ...appended(document, content) }],
      },
    ];
  });
}

/** What a Service for a workload's pods has to select: what the workload itself does, or all of their labels. */
export function labelsToSelect({ selectors, labelSets }: Facts): { readonly [key: string]: string } {
  const own = selectors.find(({ row }) => row.to === 'own-template');
  const labels = own && own.pairs.length > 0 ? own.pairs : [...(labelSets[0]?.labels.values() ?? [])];
  return Object.fromEntries(labels.map(({ key, value }) => [key, plainSafe(value)]));
}

/** The ports of a workload's containers, in order; those that are no plain numbers are left out. */
export function containerPorts(facts: Facts): readonly ContainerPort[] {
  const { root } = documentOf(facts.document).parsed;
  const containers = resolveAlias(nodeAt(root, [...facts.resource.path, ...templatePath(facts), 'spec', 'containers']));
  return (containers?.type === 'list' ? containers.items : []).flatMap((container) => {
    const ports = resolveAlias(nodeAt(container, ['ports']));
    return (ports?.type === 'list' ? ports.items : []).flatMap((port): ContainerPort[] => {
      const number = textAt(port, 'containerPort');
      return number !== undefined && /^\d+$/.test(number) ? [{ name: textAt(port, 'name'), number }] : [];
    });
  });
}

/** Workloads of the namespace that a Service of this name may be for: the one of the same name, or those of near ones. */
function workloadsFor(index: Index, use: Use): readonly Definition[] {
  const workloads = index
    .objects('scale-target', use.namespace)
    .filter(
      ({ made, facts: { isPatch, resource, labelSets } }) =>
        !made &&
        !isPatch &&
        mayShareNamespace(resource.namespace, use.namespace) &&
        labelSets.some(({ of, open, labels }) => of === 'pods' && !open && labels.size > 0),
    );
  const names = new Set(workloads.map(({ name }) => name));
  const bare = use.text.replace(/-(?:service|svc)$/, '');
  const meant = [use.text, bare].find((name) => names.has(name));
  const near = meant === undefined ? nearest(use.text, names) : [meant];
  return workloads.filter(({ name }) => near.includes(name)).slice(0, 3);
}

/** The ports that are asked of the Service beside its name, each with the container port that fits it best. */
function portsAsked(use: Use, ports: readonly ContainerPort[]): readonly Content[] {
  const asked = use.facts.uses.filter(
    ({ row, owner, text }) => row.mode === 'port' && owner?.text === use.text && !isPlaceholder(text),
  );
  const [first] = ports;
  const byText = new Map(asked.map((other) => [other.text, other.numeric]));
  if (byText.size === 0) return first ? [portFor(undefined, first.number, first)] : [];
  return [...byText].flatMap(([text, numeric]): Content[] => {
    const target = ports.find(({ name, number }) => text === (numeric ? number : name)) ?? first;
    if (!numeric) return target ? [portFor(text, target.number, target)] : [];
    return [portFor(byText.size > 1 ? `port-${text}` : undefined, text, target)];
  });
}

const portFor = (name: string | undefined, port: string, target: ContainerPort | undefined): Content => ({
  ...(name === undefined ? {} : { name: plainSafe(name) }),
  port,
  ...(target && (target.name ?? target.number) !== port
    ? { targetPort: target.name === undefined ? target.number : plainSafe(target.name) }
    : {}),
});
