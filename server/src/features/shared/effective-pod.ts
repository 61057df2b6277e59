import { type MapData, replaceAt, textOf } from '../../base/data.ts';
import { newestRelease, parseRelease } from '../../base/release.ts';
import { nearestBy } from '../../graph/closeness.ts';
import type { Index } from '../../graph/index.ts';
import { namespaceOf, type Presetting, presettingOf, resourceValue, workloadOf } from '../../graph/presets.ts';
import { addDaemonTolerations, admitPod, type Surroundings } from '../../kubernetes/pod-admission.ts';
import { makePod } from '../../kubernetes/pod-controller.ts';
import { defaultPod } from '../../kubernetes/pod-defaults.ts';
import type { Facts } from '../../model/facts.ts';
import { templatePath } from '../../model/trie.ts';
import type { SymbolId } from '../../tables/row-types.ts';

/** What happens to a pod between its manifest and the node, in parts that can be looked at one by one. */
export const layers = ['presets', 'defaults', 'admission', 'controller'] as const;
export type Layer = (typeof layers)[number];

export interface PreviewOptions {
  readonly layers: readonly Layer[];
  readonly kubernetesVersion: string;
}

export interface EffectivePod {
  /** The Pod, or the workload with its template so changed; with the controller's layer, the Pod that it makes. */
  readonly object: MapData;
  /** The pod or template in it. */
  readonly pod: MapData;
  /** As the author wrote it. */
  readonly written: MapData;
  readonly presetting: Presetting;
  /** What could not be known, a sentence each. */
  readonly unknown: readonly string[];
}

/** The pod that a resource's manifest comes to; undefined where there is none. */
export function effectivePod(
  index: Index,
  facts: Facts,
  wanted: ReadonlySet<Layer>,
  kubernetesVersion: string,
): EffectivePod | undefined {
  const workload = workloadOf(facts);
  const presetting = presettingOf(index, facts, true);
  if (!workload || !presetting) return undefined;
  const minor = parseRelease(kubernetesVersion) ?? newestRelease;
  const path = templatePath(facts);
  const unknown: string[] = [];
  let pod = wanted.has('presets') ? presetting.merged.pod : presetting.template;
  if (wanted.has('admission') && facts.resource.kind === 'DaemonSet') pod = addDaemonTolerations(pod);
  const made = wanted.has('controller') && path.length > 0;
  if (made) pod = makePod(workload, pod, minor);
  if (wanted.has('defaults')) pod = defaultPod(pod);
  if (wanted.has('admission')) {
    const admitted = admitPod(pod, surroundingsOf(index, facts, minor));
    pod = admitted.pod;
    unknown.push(...admitted.unknown);
  }
  const object = made ? pod : replaceAt(workload.value, path, {}, () => pod);
  return object?.type === 'map' ? { object, pod, written: workload.value, presetting, unknown } : undefined;
}

function surroundingsOf(index: Index, facts: Facts, minor: number): Surroundings {
  const namespace = namespaceOf(facts);
  const objects = (symbol: SymbolId, kind: string): readonly MapData[] => {
    const found = index
      .objects(symbol, undefined)
      .filter(({ facts: one, members }) => members === 'listed' && one.resource.kind === kind);
    return found.flatMap((definition) => resourceValue(definition.facts) ?? []);
  };
  return {
    minor,
    serviceAccount: (name) => {
      const found = index
        .definitions('serviceaccount', name, namespace)
        .filter((definition) => definition.members === 'listed' && namespaceOf(definition.facts) === namespace);
      const nearest = nearestBy(found, facts.document.uri, (definition) => definition.facts.document.uri)[0];
      return nearest && resourceValue(nearest.facts);
    },
    priorityClasses: objects('priorityclass', 'PriorityClass'),
    limitRanges: index
      .limitRanges(namespace)
      .filter((one) => namespaceOf(one) === namespace)
      .flatMap((one) => resourceValue(one) ?? [])
      .sort((a, b) => (textOf(a, 'metadata', 'name') < textOf(b, 'metadata', 'name') ? -1 : 1)),
  };
}
