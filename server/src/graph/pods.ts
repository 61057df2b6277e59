import { editDistance, nearest, tolerance } from '../base/edit-distance.ts';
import { meets } from '../kubernetes/label-selector.ts';
import type { LabelPair, LabelSet, Requirement, Selector } from '../model/facts.ts';
import { byPlace } from './closeness.ts';
import { type Index, soughtBy } from './index.ts';
import { looksInto, ownPods, selected } from './selection.ts';

/** A pod that a selector was perhaps meant to find, and what keeps it from that. */
export interface NearMiss {
  readonly pod: LabelSet;
  readonly met: readonly Requirement[];
  readonly failed: readonly { readonly requirement: Requirement; readonly actual: LabelPair | undefined }[];
  readonly sameNamespace: boolean;
  /**
   * True where every difference looks like a slip: a value or a key a few letters off. A label that is missing
   * altogether may be set at run time (by an operator, say), and a quite different value may mean another workload.
   */
  readonly evident: boolean;
}

/**
 * The pods that come nearest to a selector that finds none: those of its namespace that meet some of its
 * requirements, or have a value a few letters off; else those of another namespace that meet them all. Best first.
 */
export function nearMisses(index: Index, selector: Selector): readonly NearMiss[] {
  const result: (NearMiss & { readonly score: number })[] = [];
  for (const pod of selector.row.to === 'own-template' ? ownPods(selector) : index.allLabelled(soughtBy(selector))) {
    if (pod.open) continue;
    const sameNamespace = looksInto(selector, pod);
    const met = selector.requirements.filter((requirement) => meets(pod.labels, requirement));
    const failed = selector.requirements
      .filter((requirement) => !meets(pod.labels, requirement))
      .map((requirement) => ({ requirement, actual: pod.labels.get(requirement.key) }));
    if (!sameNamespace && failed.length > 0) continue;
    const near = failed.filter(({ requirement, actual }) =>
      actual ? isNear(requirement.values, actual.value) : nearest(requirement.key, pod.labels.keys()).length > 0,
    ).length;
    const score = met.filter((requirement) => requirement.operator === 'In').length + near * 0.9;
    if (score > 0) result.push({ pod, met, failed, sameNamespace, evident: near === failed.length, score });
  }
  const sameFile = (miss: NearMiss): number => (miss.pod.facts.document.uri === selector.facts.document.uri ? 0 : 1);
  return result.sort(
    (a, b) =>
      b.score - a.score || a.failed.length - b.failed.length || sameFile(a) - sameFile(b) || byPlace(a.pod, b.pod),
  );
}

function isNear(values: readonly string[], value: string): boolean {
  return values.some((wanted) => {
    const limit = tolerance(wanted);
    return editDistance(wanted, value, limit) <= limit || isCutShort(wanted, value) || isCutShort(value, wanted);
  });
}

/** `front` for `frontend`; but `web` and `web-admin` are two things. */
const isCutShort = (short: string, long: string): boolean =>
  short.length > 2 && long.startsWith(short) && /^[A-Za-z]/.test(long.slice(short.length));

/** The selectors that find a pod: Services' and the like of its namespace, and its own workload's. */
export function selectorsOf(index: Index, pod: LabelSet): readonly Selector[] {
  const seen = new Set<Selector>();
  for (const { key, value } of pod.labels.values()) {
    for (const selector of index.selectorsWithLabel(pod.of, key, value)) {
      if (!seen.has(selector) && selected(index, selector).includes(pod)) seen.add(selector);
    }
  }
  return [...seen];
}
