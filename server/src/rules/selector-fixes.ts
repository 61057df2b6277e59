import { documentOf } from '../graph/document.ts';
import type { Index } from '../graph/index.ts';
import { type NearMiss, selectorsOf } from '../graph/pods.ts';
import type { Facts, LabelPair, LabelSet, Selector } from '../model/facts.ts';
import { templatePath } from '../model/trie.ts';
import { insertAt, plainSafe, textInPlaceOf } from '../syntax/edit.ts';
import { nodeAt, resolveAlias } from '../syntax/tree.ts';
import { filled } from './content.ts';
import type { DraftFix, Place } from './rule.ts';

type Edit = Place & { readonly newText: string };

/** Repairs a selector and the pod that it just misses from both ends; nothing where the two have too little in common. */
export function selectorFixes(index: Index, selector: Selector, miss: NearMiss, only: boolean): readonly DraftFix[] {
  if (!miss.sameNamespace) return miss.failed.length === 0 ? namespaceFixes(selector, miss.pod) : [];
  if (miss.failed.length === 0) return [];
  const fixes: DraftFix[] = [];
  const towardsPod = editsOfSelector(selector, miss);
  const podName = nameOf(miss.pod.facts);
  const towardsSelector = editsOfPod(index, selector, miss);
  const labels = labelList(miss.failed.map(({ requirement }) => `${requirement.key}=${requirement.values[0] ?? ''}`));
  const astray = miss.failed.every(({ actual, stray }) => actual === undefined && stray !== undefined);
  if (towardsSelector && astray)
    fixes.push({ title: `Add ${labels} to the pod template of ${podName}`, preferred: only, edits: towardsSelector });
  if (towardsPod)
    fixes.push({
      title: `Change the selector to ${labelList(towardsPod.labels)}`,
      preferred: only && !astray,
      edits: towardsPod.edits,
    });
  if (towardsSelector && !astray)
    fixes.push({ title: `Change the labels of ${podName} to ${labels}`, preferred: false, edits: towardsSelector });
  return fixes;
}

const labelList = (labels: readonly string[]): string => labels.join(', ');

const nameOf = ({ resource }: Facts): string => `${resource.kind} "${resource.name}"`;

/** Lets a selector find pods of another namespace: there, or with one of the two moved. */
function namespaceFixes(selector: Selector, pod: LabelSet): readonly DraftFix[] {
  const wide = widened(selector, pod.facts.resource.namespace);
  return wide ? [wide] : [...moved(selector.facts, pod.facts), ...moved(pod.facts, selector.facts)];
}

function widened({ row, path, facts }: Selector, namespace: string): DraftFix | undefined {
  if (!row.widen) return undefined;
  const document = documentOf(facts.document);
  const [field, content] = row.widen;
  const edit = insertAt(document.text, document.tree, [...facts.resource.path, ...path.slice(0, -1)], {
    entries: { [field]: filled(content, { NAME: plainSafe(namespace) }) },
  });
  return edit && { title: `Look in namespace ${namespace}`, preferred: false, edits: [{ document, ...edit }] };
}

function moved(facts: Facts, to: Facts): readonly DraftFix[] {
  const document = documentOf(facts.document);
  const { namespace } = to.resource;
  const node = resolveAlias(nodeAt(document.tree, [...facts.resource.path, 'metadata', 'namespace']));
  if (node?.type !== 'scalar') return [];
  const span = { start: node.start, end: node.end };
  const newText = textInPlaceOf(node, span, namespace);
  return [
    {
      title: `Move ${nameOf(facts)} to namespace ${namespace}`,
      preferred: false,
      edits: [{ document, span, newText }],
    },
  ];
}

function editsOfSelector(
  selector: Selector,
  miss: NearMiss,
): { readonly edits: readonly Edit[]; readonly labels: readonly string[] } | undefined {
  const { document } = selector.facts;
  const edits: Edit[] = [];
  const labels: string[] = [];
  const spare = spareLabels(selector, miss);
  for (const { requirement, actual } of miss.failed) {
    const pair = selector.pairs.find((candidate) => candidate.key === requirement.key);
    const label = actual ?? spare.shift();
    if (!pair || !label) return undefined;
    if (actual) edits.push(replaceValue(document, pair, actual.value));
    else
      edits.push(
        { document, span: pair.keySpan, newText: plainSafe(label.key) },
        replaceValue(document, pair, label.value),
      );
    labels.push(`${label.key}=${label.value}`);
  }
  return { edits, labels };
}

/**
 * The labels by which a pod's own workload finds it, for a selector to ask for in place of those that the pod lacks;
 * none where there are more or fewer of them.
 */
function spareLabels(selector: Selector, { pod, failed }: NearMiss): LabelPair[] {
  const own = pod.facts.selectors.filter((other) => other.row.to === 'own-template' && other !== selector);
  const pairs = own
    .flatMap((other) => other.pairs)
    .filter(
      ({ key, value }) => pod.labels.get(key)?.value === value && selector.pairs.every((pair) => pair.key !== key),
    );
  return pairs.length === failed.filter(({ actual }) => actual === undefined).length ? pairs : [];
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
  const added: Record<string, string> = {};
  const changing = new Set(miss.failed.map(({ requirement }) => requirement.key));
  const others = selectorsOf(index, pod).filter((other) => other !== selector && other.row.to !== 'own-template');
  if (others.some((other) => other.requirements.some(({ key }) => changing.has(key)))) return undefined;
  for (const { requirement, actual } of miss.failed) {
    const value = requirement.values[0];
    if (requirement.operator !== 'In' || value === undefined) return undefined;
    if (actual) edits.push(replaceValue(document, actual, value));
    else added[requirement.key] = plainSafe(value);
    for (const own of pod.facts.selectors) {
      if (own === selector || own.row.to !== 'own-template') continue;
      const pair = own.pairs.find((candidate) => candidate.key === requirement.key);
      if (pair && pair.value !== value) edits.push(replaceValue(document, pair, value));
    }
  }
  if (Object.keys(added).length === 0) return edits;
  const { resource } = pod.facts;
  const path = [...resource.path, ...templatePath(pod.facts, pod.pod), 'metadata', 'labels'];
  const edit = insertAt(document.text, document.tree, path, { entries: added });
  return edit && [...edits, { document, ...edit }];
}
