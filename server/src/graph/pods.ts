import { editDistance, nearest, tolerance } from '../base/edit-distance.ts';
import { meets } from '../kubernetes/label-selector.ts';
import type { LabelPair, LabelSet, Requirement, Selector } from '../model/facts.ts';
import { byPlace } from './closeness.ts';
import { type Index, soughtBy } from './index.ts';
import { behind, looksInto, mayFind, ownPods, reachOf, selected, withRarestLabel } from './selection.ts';

/** A requirement that a pod doesn't meet. */
export interface Failure {
  readonly requirement: Requirement;
  /** The pod's label of that key. */
  readonly actual: LabelPair | undefined;
  /** The label that is asked for, in the metadata of the pod's workload: a classic mistake. */
  readonly stray: LabelPair | undefined;
}

/** A pod that a selector was perhaps meant to find, and what keeps it from that. */
export interface NearMiss {
  readonly pod: LabelSet;
  readonly met: readonly Requirement[];
  readonly failed: readonly Failure[];
  readonly sameNamespace: boolean;
  /**
   * True where every difference looks like a slip: a value or a key a few letters off, or a label that only the
   * workload itself has. A label that is missing altogether may be set at run time (by an operator, say), and a quite
   * different value may mean another workload.
   */
  readonly evident: boolean;
}

/**
 * The pods that come nearest to a selector that finds none: those of its namespace that meet some of its
 * requirements, or have a value a few letters off; else those of another namespace that meet them all. Best first.
 */
export function nearMisses(index: Index, selector: Selector): readonly NearMiss[] {
  const nearness = new Nearness();
  const result: Scored[] = [];
  const isBehind = behind(index, selector);
  for (const pod of podsInReach(index, selector).filter(isBehind)) {
    const miss = pod.open ? undefined : compare(selector, pod, true, nearness);
    if (miss) result.push(miss);
  }
  for (const pod of podsBeyondReach(index, selector)) {
    const miss = pod.open ? undefined : compare(selector, pod, false, nearness);
    if (miss?.failed.length === 0) result.push(miss);
  }
  const sameFile = (miss: NearMiss): number => (miss.pod.facts.document.uri === selector.facts.document.uri ? 0 : 1);
  return result.sort(
    (a, b) =>
      b.score - a.score || a.failed.length - b.failed.length || sameFile(a) - sameFile(b) || byPlace(a.pod, b.pod),
  );
}

type Scored = NearMiss & { readonly score: number };

const podsInReach = (index: Index, selector: Selector): readonly LabelSet[] =>
  selector.row.to === 'own-template' ? ownPods(selector) : index.allLabelled(soughtBy(selector), reachOf(selector));

/** Pods of other namespaces that have one of the labels asked for: the one that the fewest have. */
function podsBeyondReach(index: Index, selector: Selector): readonly LabelSet[] {
  const reach = reachOf(selector);
  if (selector.row.to === 'own-template' || selector.behind !== undefined || !reach) return [];
  return (withRarestLabel(index, selector, undefined) ?? []).filter((pod) => !looksInto(selector, pod));
}

/** What a pod meets of a selector, and how nearly; undefined where the two have nothing in common. */
function compare(selector: Selector, pod: LabelSet, sameNamespace: boolean, nearness: Nearness): Scored | undefined {
  const met: Requirement[] = [];
  const failed: Failure[] = [];
  let metByValue = 0;
  let near = 0;
  let far = 0;
  for (const requirement of selector.requirements) {
    if (meets(pod.labels, requirement)) {
      met.push(requirement);
      if (requirement.operator === 'In') metByValue++;
      continue;
    }
    const failure = failureOf(pod, requirement);
    const { actual, stray } = failure;
    failed.push(failure);
    if (actual ? nearness.ofValue(requirement, actual.value) : stray || nearness.ofKeys(requirement, pod.labels.keys()))
      near++;
    else if (stray) far++;
  }
  const score = metByValue + near * 0.9 + far * 0.5;
  return score > 0 ? { pod, met, failed, sameNamespace, evident: near === failed.length, score } : undefined;
}

/** How a pod fails a requirement that it doesn't meet. */
export function failureOf({ labels, ofWorkload }: LabelSet, requirement: Requirement): Failure {
  const stray =
    requirement.operator === 'In' && meets(ofWorkload, requirement) ? ofWorkload.get(requirement.key) : undefined;
  return { requirement, actual: labels.get(requirement.key), stray };
}

/** Which labels look like a slip of what a requirement asks for. Pods have few different ones: each is judged once. */
class Nearness {
  readonly #values = new Map<Requirement, Map<string, boolean>>();
  readonly #keys = new Map<Requirement, Map<string, boolean>>();

  ofValue(requirement: Requirement, value: string): boolean {
    return remembered(this.#values, requirement, value, () => isNear(requirement.values, value));
  }

  ofKeys(requirement: Requirement, keys: Iterable<string>): boolean {
    for (const key of keys)
      if (remembered(this.#keys, requirement, key, () => nearest(requirement.key, [key]).length > 0)) return true;
    return false;
  }
}

function remembered(
  known: Map<Requirement, Map<string, boolean>>,
  requirement: Requirement,
  text: string,
  judge: () => boolean,
): boolean {
  let answers = known.get(requirement);
  if (!answers) {
    answers = new Map();
    known.set(requirement, answers);
  }
  let answer = answers.get(text);
  if (answer === undefined) {
    answer = judge();
    answers.set(text, answer);
  }
  return answer;
}

function isNear(values: readonly string[], value: string): boolean {
  return values.some((wanted) => {
    if (isAnotherOfAKind(wanted, value)) return false;
    const limit = tolerance(wanted);
    return editDistance(wanted, value, limit) <= limit || isCutShort(wanted, value) || isCutShort(value, wanted);
  });
}

/** `v1` and `v2`, `shard-07` and `shard-11` are two things. */
const isAnotherOfAKind = (a: string, b: string): boolean => a.replaceAll(/\d+/g, '0') === b.replaceAll(/\d+/g, '0');

/** `front` for `frontend`; but `web` and `web-admin` are two things. */
const isCutShort = (short: string, long: string): boolean =>
  short.length > 2 && long.startsWith(short) && /^[A-Za-z]/.test(long.slice(short.length));

/** The selectors that find a pod: Services' and the like of its namespace, and its own workload's. */
export function selectorsOf(index: Index, pod: LabelSet): readonly Selector[] {
  const seen = new Set<Selector>();
  const { namespace } = pod.facts.resource;
  for (const { key, value } of pod.labels.values()) {
    for (const selector of index.selectorsWithLabel(pod.of, key, value, namespace)) {
      if (!seen.has(selector) && mayFind(selector, pod) && selected(index, selector).includes(pod)) seen.add(selector);
    }
  }
  return [...seen];
}
