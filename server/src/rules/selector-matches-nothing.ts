import type { Index } from '../graph/index.ts';
import { nearMisses } from '../graph/pods.ts';
import { podsSelected } from '../graph/resolve.ts';
import { selectorText } from '../kubernetes/label-selector.ts';
import type { Selector } from '../model/facts.ts';
import type { Finding, WiringRule } from './rule.ts';
import { missSpan, missText, selectorFixes } from './selector-fixes.ts';
import { fileName } from './wording.ts';

export const selectorMatchesNothing: WiringRule = {
  scope: 'wiring',
  id: 'selector-matches-nothing',
  severity: 'warning',
  title: 'The selector finds no pods',
  why: 'A Service whose selector finds no pods has no endpoints: connections to it are refused. Nothing reports that.',
  remedy: "Make the selector's labels those of the pod template (not those of the workload's own metadata), in the same namespace.",
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
      if (selector.row.to !== 'pods' || selector.open || selector.requirements.length === 0) continue;
      if (podsSelected(index, selector).length > 0) continue;
      yield judge(index, selector);
    }
  },
};

function judge(index: Index, selector: Selector): Finding {
  const selects = `Selects ${selectorText(selector.requirements)}, but no pod`;
  const [best, second] = nearMisses(index, selector);
  const failing = selector.pairs.find((pair) => best?.failed.some(({ requirement }) => requirement.key === pair.key)) ?? selector.pairs[0];
  const span = failing ? (best?.failed[0]?.actual ? failing.valueSpan : { start: failing.keySpan.start, end: failing.valueSpan.end }) : selector.span;
  if (!best) {
    return { span, severity: 'hint', message: `${selects} in this workspace has these labels; they may be on the cluster, or made by an operator.` };
  }
  const place = missSpan(best.pod, best);
  const where = fileName(place);
  const { namespace } = selector.facts.resource;
  const message = best.sameNamespace
    ? `${selects} has these labels: ${missText(best)} (${where}). The Service gets no endpoints.`
    : `${selects} in namespace ${namespace} has these labels: ${missText(best)} in namespace ${best.pod.facts.resource.namespace} (${where}). A Service finds pods of its own namespace only.`;
  const only = second === undefined || second.failed.length > best.failed.length || second.met.length < best.met.length;
  return {
    span,
    ...(best.evident ? {} : { severity: 'hint' as const }),
    message,
    related: [{ ...place, message: missText(best) }],
    fixes: () => selectorFixes(selector, best, only),
  };
}
