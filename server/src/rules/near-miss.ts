import type { Failure, NearMiss } from '../graph/pods.ts';
import type { LabelPair } from '../model/facts.ts';
import { type Message, type Place, say } from './message.ts';

const pairText = ({ key, value }: LabelPair): string => `${key}=${value}`;

/** `Deployment "web" (web.yaml:12) has app=web, but tier=frontend`: what a near miss has and lacks. */
export function missText(miss: NearMiss): Message {
  const { kind, name } = miss.pod.facts.resource;
  return say`${kind} "${name}" (${missPlace(miss)}) ${hasAndLacks(miss)}`;
}

/** The same for links, which say by themselves where they lead. */
export function missLink(miss: NearMiss): Place & { readonly message: string } {
  const { kind, name } = miss.pod.facts.resource;
  return { ...missPlace(miss), message: `${kind} "${name}" ${hasAndLacks(miss)}` };
}

function hasAndLacks({ pod, met, failed }: NearMiss): string {
  const has = met.flatMap(({ key }) => {
    const pair = pod.labels.get(key);
    return pair ? [pairText(pair)] : [];
  });
  const lacks = failed
    .filter((failure) => !isOnWorkloadOnly(failure))
    .map(({ requirement, actual }) => (actual ? pairText(actual) : `no label ${requirement.key}`));
  const strays = failed.flatMap(({ stray }) => (stray ? [pairText(stray)] : []));
  if (strays.length > 0)
    lacks.push(`${strays.join(', ')} in its own metadata only, not in the labels of its pod template`);
  if (lacks.length === 0) return `has ${has.join(', ')}`;
  return has.length === 0 ? `has ${lacks.join(', ')}` : `has ${has.join(', ')}, but ${lacks.join(', ')}`;
}

const isOnWorkloadOnly = ({ actual, stray }: Failure): boolean => actual === undefined && stray !== undefined;

/** The smallest part of a pod's labels, or of its workload's, that a near miss turns on. */
export function missPlace({ pod, failed }: NearMiss): Place {
  const decisive = failed.find(({ actual, stray }) => actual ?? stray);
  const pair = decisive?.actual ?? decisive?.stray ?? [...pod.labels.values()][0];
  return {
    document: pod.facts.document,
    span: pair ? { start: pair.keySpan.start, end: pair.valueSpan.end } : pod.span,
  };
}
