import type { Index } from '../graph/index.ts';
import { failureOf } from '../graph/pods.ts';
import { meets, requirementText } from '../kubernetes/label-selector.ts';
import type { LabelSet, Requirement, Selector } from '../model/facts.ts';
import { say } from './message.ts';
import { missPlace } from './near-miss.ts';
import type { Finding, Place, WiringRule } from './rule.ts';
import { selectorFixes } from './selector-fixes.ts';

export const selectorMismatch: WiringRule = {
  scope: 'wiring',
  id: 'selector-mismatch',
  severity: 'error',
  mirrors: ['apps/validation ValidatePodTemplateSpecForReplicaSet', 'apps/validation ValidateDeploymentSpec'],
  title: "The workload's selector does not match its own template",
  why: 'The API server refuses the workload: "selector does not match template labels".',
  remedy: "Give the template's metadata.labels every label that the selector asks for.",
  wholeOnly: true,
  bad: `apiVersion: apps/v1
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
        app: website
#       ^^^^^^^^^^^^ error selector-mismatch
    spec:
      containers:
        - name: web
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
`,
  *check(facts, index) {
    const pod = facts.labelSets.find((labelSet) => labelSet.of === 'pods');
    if (!pod || pod.open) return;
    for (const selector of facts.selectors) {
      if (selector.row.to !== 'own-template' || selector.open) continue;
      for (const requirement of selector.requirements)
        if (!meets(pod.labels, requirement)) yield judge(index, selector, requirement, pod);
    }
  },
};

function judge(index: Index, selector: Selector, requirement: Requirement, pod: LabelSet): Finding {
  const failure = failureOf(pod, requirement);
  const { actual, stray } = failure;
  const pair = selector.pairs.find((candidate) => candidate.key === requirement.key);
  const met = selector.requirements.filter((other) => meets(pod.labels, other));
  const miss = { pod, met, failed: [failure], sameNamespace: true, evident: true };
  const has = actual ? `has ${actual.key}=${actual.value}` : `has no label ${requirement.key}`;
  const { document, resource } = selector.facts;
  const span = pair ? { start: pair.keySpan.start, end: pair.valueSpan.end } : selector.span;
  const asking: Place = { document, span };
  const own: Place | undefined = stray && { document, span: { start: stray.keySpan.start, end: stray.valueSpan.end } };
  const astray = own ? say` (that of the ${resource.kind}'s own metadata, ${own}, is not the pods')` : '';
  return {
    // Where the API server puts it, too: spec.template.metadata.labels.
    span: missPlace({ ...miss, failed: [{ ...failure, stray: undefined }] }).span,
    ofLabels: true,
    message: say`The selector (${asking}) asks for ${requirementText(requirement)}, but the pod template ${has}${astray}: the API server refuses this ${resource.kind}, since it would never find its own pods.`,
    related: [
      { ...asking, message: `The selector asks for ${requirementText(requirement)}` },
      ...(own ? [{ ...own, message: 'The label stands here' }] : []),
    ],
    fixes: () => selectorFixes(index, selector, miss, false),
  };
}
