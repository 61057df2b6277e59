import type { Span } from '../base/span.ts';
import { type Index, soughtBy } from '../graph/index.ts';
import { setsNamespace } from '../graph/kustomize.ts';
import { type NearMiss, nearMisses } from '../graph/pods.ts';
import { selected } from '../graph/selection.ts';
import { selectorText } from '../kubernetes/label-selector.ts';
import type { Selector } from '../model/facts.ts';
import { labelledNouns } from '../tables/kinds.ts';
import { type Message, say } from './message.ts';
import { missLink, missText } from './near-miss.ts';
import type { Finding, WiringRule } from './rule.ts';
import { selectorFixes } from './selector-fixes.ts';

export const selectorMatchesNothing: WiringRule = {
  scope: 'wiring',
  id: 'selector-matches-nothing',
  severity: 'warning',
  title: 'The selector finds nothing',
  why: 'A Service whose selector finds no pods has no endpoints, a policy protects nothing, a budget keeps nothing up. Nothing reports that.',
  remedy:
    "Make the selector's labels those of the pod template (not those of the workload's own metadata), in the same namespace.",
  bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: wep
#        ^^^ warning selector-matches-nothing
  ports:
    - port: 80
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  containers:
    - name: web
      image: nginx:1.27
`,
  good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  containers:
    - name: web
      image: nginx:1.27
`,
  *check(facts, index) {
    for (const selector of facts.selectors) {
      if (selector.row.to === 'own-template' || selector.open || selector.requirements.length === 0) continue;
      if (selected(index, selector).length > 0) continue;
      const finding = judge(index, selector);
      if (finding) yield finding;
    }
  },
};

function judge(index: Index, selector: Selector): Finding | undefined {
  const what = labelledNouns[soughtBy(selector)];
  const selects = `Selects ${selectorText(selector.requirements)}, but no ${what}`;
  const [best, ...others] = nearMisses(index, selector);
  if (selector.row.quiet && !best?.evident) return undefined;
  if (!best) {
    return {
      span: spanOf(selector, undefined),
      severity: 'hint',
      message: `${selects} in this workspace has these labels; they may be on the cluster, or made by an operator.`,
    };
  }
  // Where the two stand is not where a kustomization puts them.
  const documents = best.sameNamespace ? [] : [selector.facts.document, best.pod.facts.document];
  if (documents.some(({ uri }) => setsNamespace(index, uri))) return undefined;
  const rest = best.evident ? undefined : others.find((other) => hasTheRest(best, other));
  const [second] = others;
  const only = second === undefined || second.failed.length > best.failed.length || second.met.length < best.met.length;
  return {
    span: spanOf(selector, best),
    ...(best.evident ? {} : { severity: 'hint' as const }),
    message: say`${selects} ${explanation(selector, best, rest)} ${selector.row.consequence ?? ''}`,
    related: [best, ...(rest ? [rest] : [])].map(missLink),
    fixes: () => [
      ...selectorFixes(index, selector, best, only),
      ...(rest ? selectorFixes(index, selector, rest, false) : []),
    ],
  };
}

function explanation(selector: Selector, best: NearMiss, rest: NearMiss | undefined): Message {
  if (rest) return say`has all of these labels: ${missText(best)}; ${missText(rest)}.`;
  if (best.sameNamespace) return say`has these labels: ${missText(best)}.`;
  const { namespace } = selector.facts.resource;
  const elsewhere = best.pod.facts.resource.namespace;
  return say`in namespace ${namespace} has these labels: ${missText(best)} in namespace ${elsewhere}. It looks in its own namespace only.`;
}

/** One label is on one workload, and the rest on another. */
const hasTheRest = (best: NearMiss, other: NearMiss): boolean =>
  other.sameNamespace &&
  best.failed.every(({ requirement }) => requirement.operator === 'In' && other.met.includes(requirement));

/** The pair that keeps a pod from being found, or its value where only that is wrong. */
function spanOf({ pairs, span }: Selector, best: NearMiss | undefined): Span {
  const failing = best?.failed.find(({ requirement }) => pairs.some(({ key }) => key === requirement.key));
  const pair = pairs.find(({ key }) => key === failing?.requirement.key) ?? pairs[0];
  if (!pair) return span;
  return failing?.actual ? pair.valueSpan : { start: pair.keySpan.start, end: pair.valueSpan.end };
}
