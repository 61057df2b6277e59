import { byPlace, distance } from '../graph/closeness.ts';
import type { Index } from '../graph/index.ts';
import { ownPods } from '../graph/selection.ts';
import { matches, selectorText } from '../kubernetes/label-selector.ts';
import type { Selector } from '../model/facts.ts';
import { say } from './message.ts';
import type { WiringRule } from './rule.ts';

export const overlappingSelectors: WiringRule = {
  scope: 'wiring',
  id: 'overlapping-selectors',
  severity: 'warning',
  title: "Two workloads select each other's pods",
  why: "Controllers that select the same pods fight over them: each counts the other's as its own, and scales or deletes them.",
  remedy: 'Give each workload a label of its own, in its selector and in its template.',
  bad: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: shop
#     ^^^^^^^^^ warning overlapping-selectors
  template:
    metadata:
      labels:
        app: shop
    spec:
      containers:
        - name: web
          image: nginx:1.27
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
spec:
  selector:
    matchLabels:
      app: shop
#     ^^^^^^^^^ warning overlapping-selectors
  template:
    metadata:
      labels:
        app: shop
    spec:
      containers:
        - name: api
          image: nginx:1.27
`,
  good: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.27
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
spec:
  selector:
    matchLabels:
      app: api
  template:
    metadata:
      labels:
        app: api
    spec:
      containers:
        - name: api
          image: nginx:1.27
`,
  *check(facts, index) {
    for (const selector of facts.selectors) {
      if (selector.row.to !== 'own-template' || selector.open || selector.pairs.length === 0) continue;
      const own = ownPods(selector).find((pod) => matches(pod.labels, selector.requirements));
      if (!own) continue;
      // Selectors that ask for one of these labels by value are the only ones that can find these pods.
      for (const other of candidates(index, selector)) {
        if (!meansSamePlace(selector, other) || !matches(own.labels, other.requirements)) continue;
        if (!ownPods(other).some((pod) => matches(pod.labels, selector.requirements))) continue;
        const [pair] = selector.pairs;
        const { kind, name } = other.facts.resource;
        const place = { document: other.facts.document, span: other.facts.resource.nameSpan ?? other.span };
        yield {
          span: pair ? { start: pair.keySpan.start, end: pair.valueSpan.end } : selector.span,
          message: say`${kind} "${name}" (${place}) selects the same pods, ${selectorText(selector.requirements)}: the two controllers fight over them. Give each a label of its own.`,
          related: [{ ...place, message: `${kind} "${name}" selects ${selectorText(other.requirements)}` }],
        };
        break;
      }
    }
  },
};

function candidates(index: Index, selector: Selector): readonly Selector[] {
  const { namespace } = selector.facts.resource;
  const found = new Set<Selector>();
  for (const { key, value } of selector.pairs) {
    for (const other of index.selectorsWithLabel('pods', key, value, namespace))
      if (other !== selector && other.row.to === 'own-template' && !other.open) found.add(other);
  }
  return [...found].sort(byPlace);
}

/** Both will run in one namespace: it is stated, or they stand in one file or folder and neither states one. */
function meansSamePlace(a: Selector, b: Selector): boolean {
  const [x, y] = [a.facts.resource, b.facts.resource];
  if (x.kind === y.kind && x.name === y.name) return false;
  if (x.namespace !== y.namespace) return false;
  return distance(a.facts.document.uri, b.facts.document.uri) <= (x.namespace === '' ? 0 : 1);
}
