import { documentOf } from '../graph/document.ts';
import type { Index } from '../graph/index.ts';
import { type NearMiss, selectorsOf } from '../graph/pods.ts';
import type { LabelPair, LabelSet, Selector } from '../model/facts.ts';
import { templatePath } from '../model/trie.ts';
import { insertAt, plainSafe } from '../syntax/edit.ts';
import type { DraftFix, Place } from './rule.ts';

type Edit = Place & { readonly newText: string };

/** Repairs a selector and the pod that it just misses from both ends; nothing where the two have too little in common. */
export function selectorFixes(index: Index, selector: Selector, miss: NearMiss, only: boolean): readonly DraftFix[] {
  if (!miss.sameNamespace || miss.failed.length === 0) return [];
  const fixes: DraftFix[] = [];
  const towardsPod = editsOfSelector(selector, miss);
  const podName = `${miss.pod.facts.resource.kind} "${miss.pod.facts.resource.name}"`;
  if (towardsPod) {
    fixes.push({
      title: `Change the selector to ${labelList(towardsPod.labels)}`,
      preferred: only,
      edits: towardsPod.edits,
    });
  }
  const towardsSelector = editsOfPod(index, selector, miss);
  if (towardsSelector) {
    const labels = miss.failed.map(({ requirement }) => `${requirement.key}=${requirement.values[0] ?? ''}`);
    fixes.push({
      title: `Change the labels of ${podName} to ${labelList(labels)}`,
      preferred: false,
      edits: towardsSelector,
    });
  }
  return fixes;
}

const labelList = (labels: readonly string[]): string => labels.join(', ');

function editsOfSelector(
  selector: Selector,
  miss: NearMiss,
): { readonly edits: readonly Edit[]; readonly labels: readonly string[] } | undefined {
  const edits: Edit[] = [];
  const labels: string[] = [];
  for (const { requirement, actual } of miss.failed) {
    const pair = selector.pairs.find((candidate) => candidate.key === requirement.key);
    if (!pair || !actual) return undefined;
    edits.push(replaceValue(selector.facts.document, pair, actual.value));
    labels.push(`${actual.key}=${actual.value}`);
  }
  return { edits, labels };
}

const replaceValue = (document: Place['document'], pair: LabelPair, value: string): Edit =>
  pair.valueSpan.start === pair.keySpan.end
    ? { document, span: pair.valueSpan, newText: `: ${plainSafe(value)}` }
    : { document, span: pair.valueSpan, newText: plainSafe(value) };

/**
 * The template's labels and, so that it goes on finding its pods, the workload's own selector. Undefined where others
 * find the pods by a label that would change.
 */
function editsOfPod(index: Index, selector: Selector, miss: NearMiss): readonly Edit[] | undefined {
  const { pod } = miss;
  const document = documentOf(pod.facts.document);
  const edits: Edit[] = [];
  const added: [string, string][] = [];
  const changing = new Set(miss.failed.map(({ requirement }) => requirement.key));
  const others = selectorsOf(index, pod).filter((other) => other !== selector && other.row.to !== 'own-template');
  if (others.some((other) => other.requirements.some(({ key }) => changing.has(key)))) return undefined;
  for (const { requirement, actual } of miss.failed) {
    const value = requirement.values[0];
    if (requirement.operator !== 'In' || value === undefined) return undefined;
    if (actual) edits.push(replaceValue(document, actual, value));
    else added.push([requirement.key, value]);
    for (const own of pod.facts.selectors) {
      if (own === selector || own.row.to !== 'own-template') continue;
      const pair = own.pairs.find((candidate) => candidate.key === requirement.key);
      if (pair && pair.value !== value) edits.push(replaceValue(document, pair, value));
    }
  }
  // One edit can bring one label: more than one new label has no single place.
  if (added.length > 1) return undefined;
  const [first] = added;
  if (first) {
    const { resource } = pod.facts;
    const path = [...resource.path, ...templatePath(resource), 'metadata', 'labels'];
    const edit = insertAt(document.text, document.parsed.root, path, { entry: [first[0], plainSafe(first[1])] });
    if (!edit) return undefined;
    edits.push({ document, ...edit });
  }
  return edits;
}

/** "Deployment "web" has app=web, but tier=frontend": what a near miss has and lacks. */
export function missText({ pod, met, failed }: NearMiss): string {
  const { kind, name } = pod.facts.resource;
  const has = met.flatMap((requirement) => {
    const pair = pod.labels.get(requirement.key);
    return pair ? [`${pair.key}=${pair.value}`] : [];
  });
  const lacks = failed.map(({ requirement, actual }) =>
    actual ? `${actual.key}=${actual.value}` : `no label ${requirement.key}`,
  );
  const owner = kind === 'Pod' ? `Pod "${name}"` : `${kind} "${name}"`;
  if (lacks.length === 0) return `${owner} has ${has.join(', ')}`;
  return has.length === 0
    ? `${owner} has ${lacks.join(', ')}`
    : `${owner} has ${has.join(', ')}, but ${lacks.join(', ')}`;
}

/** The smallest part of a pod's labels that a near miss turns on. */
export function missSpan(pod: LabelSet, miss: NearMiss): Place {
  const actual = miss.failed.find((failed) => failed.actual)?.actual ?? [...pod.labels.values()][0];
  return {
    document: pod.facts.document,
    span: actual ? { start: actual.keySpan.start, end: actual.valueSpan.end } : pod.span,
  };
}
