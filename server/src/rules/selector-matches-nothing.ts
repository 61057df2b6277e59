import { type Index, soughtBy } from '../graph/index.ts';
import { nearMisses } from '../graph/pods.ts';
import { selected } from '../graph/selection.ts';
import { selectorText } from '../kubernetes/label-selector.ts';
import type { Selector } from '../model/facts.ts';
import { labelledNouns } from '../tables/kinds.ts';
import type { Finding, WiringRule } from './rule.ts';
import { missSpan, missText, selectorFixes } from './selector-fixes.ts';
import { fileName } from './wording.ts';

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
      yield judge(index, selector);
    }
  },
};

function judge(index: Index, selector: Selector): Finding {
  const what = labelledNouns[soughtBy(selector)];
  const selects = `Selects ${selectorText(selector.requirements)}, but no ${what}`;
  const consequence = selector.row.consequence ?? '';
  const [best, second] = nearMisses(index, selector);
  const failing =
    selector.pairs.find((pair) => best?.failed.some(({ requirement }) => requirement.key === pair.key)) ??
    selector.pairs[0];
  const span = failing
    ? best?.failed[0]?.actual
      ? failing.valueSpan
      : { start: failing.keySpan.start, end: failing.valueSpan.end }
    : selector.span;
  if (!best) {
    return {
      span,
      severity: 'hint',
      message: `${selects} in this workspace has these labels; they may be on the cluster, or made by an operator.`,
    };
  }
  const place = missSpan(best.pod, best);
  const where = fileName(place);
  const { namespace } = selector.facts.resource;
  const message = best.sameNamespace
    ? `${selects} has these labels: ${missText(best)} (${where}). ${consequence}`
    : `${selects} in namespace ${namespace} has these labels: ${missText(best)} in namespace ${best.pod.facts.resource.namespace} (${where}). It looks in its own namespace only. ${consequence}`;
  const only = second === undefined || second.failed.length > best.failed.length || second.met.length < best.met.length;
  return {
    span,
    ...(best.evident ? {} : { severity: 'hint' as const }),
    message,
    related: [{ ...place, message: missText(best) }],
    fixes: () => selectorFixes(index, selector, best, only),
  };
}
