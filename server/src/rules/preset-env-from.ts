import { lossText } from '../graph/preset-wording.ts';
import { isPreset, isSelectedByPreset, podsOf, presetOf, presettingOf } from '../graph/presets.ts';
import type { Loss } from '../kubernetes/pod-preset.ts';
import type { Finding, WiringRule } from './rule.ts';

export const presetEnvFrom: WiringRule = {
  scope: 'wiring',
  id: 'preset-env-from',
  severity: 'warning',
  title: 'A PodPreset takes the envFrom of a container away',
  why: "A container's own envFrom entry and a preset's that name the same object with the same prefix must be identical. Kubernetes looks at that only while it merges, gives up there, and leaves the container without any envFrom, its own included. Nothing reports it.",
  remedy: 'Make the two entries identical (`optional` among it), or remove one of them.',
  kubernetesVersion: '1.19',
  bad: `apiVersion: settings.k8s.io/v1alpha1
kind: PodPreset
metadata:
  name: database
spec:
  selector:
    matchLabels:
      role: frontend
  envFrom:
    - secretRef:
#     ^^^^^^^^^ warning preset-env-from
        name: database
        optional: true
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    role: frontend
spec:
  containers:
    - name: web
      image: nginx:1.27
      envFrom:
        - secretRef:
#         ^^^^^^^^^ warning preset-env-from
            name: database
#                 ^^^^^^^^ hint unresolved-secret
            optional: false
`,
  good: `apiVersion: settings.k8s.io/v1alpha1
kind: PodPreset
metadata:
  name: database
spec:
  selector:
    matchLabels:
      role: frontend
  envFrom:
    - secretRef:
        name: database
        optional: true
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    role: frontend
spec:
  containers:
    - name: web
      image: nginx:1.27
      envFrom:
        - secretRef:
            name: database
            optional: true
`,
  *check(facts, index) {
    if (!isPreset(facts)) {
      if (!isSelectedByPreset(index, facts)) return;
      for (const loss of presettingOf(index, facts)?.merged.losses ?? []) yield* finding(loss, 'own');
      return;
    }
    const preset = presetOf(facts);
    if (!preset) return;
    for (const pod of podsOf(index, preset)) {
      index.readWhole(pod);
      for (const loss of presettingOf(index, pod)?.merged.losses ?? [])
        if (loss.preset.value === preset.value) yield* finding(loss, 'entry');
    }
  },
};

function* finding(loss: Loss, end: 'own' | 'entry'): Generator<Finding> {
  const mark = (which: 'own' | 'entry') => {
    const place = loss[which].origin.place;
    // The first field of the entry: what it names, as a rule.
    const key = [...loss[which].entries.keys()][0] ?? '';
    return place && { document: place.source, span: { start: place.span.start, end: place.span.start + key.length } };
  };
  const here = mark(end);
  const there = mark(end === 'own' ? 'entry' : 'own');
  if (!here) return;
  yield {
    span: here.span,
    message: lossText(loss),
    related: there ? [{ ...there, message: 'The other envFrom entry is here' }] : [],
  };
}
