import { resourceText } from '../graph/preset-wording.ts';
import { podsOf, presetOf, presettingOf } from '../graph/presets.ts';
import { longestPresetName } from '../kubernetes/pod-preset.ts';
import type { WiringRule } from './rule.ts';

export const presetNameTooLong: WiringRule = {
  scope: 'wiring',
  id: 'preset-name-too-long',
  severity: 'error',
  title: 'The name of a PodPreset has more than 53 characters',
  why: 'An applied preset leaves the annotation `podpreset.admission.kubernetes.io/podpreset-NAME`, of which the part behind the slash may have 63 characters. With a longer name the API server takes the preset, and refuses every pod that it matches.',
  remedy: 'Give the preset a name of 53 characters at most.',
  kubernetesVersion: '1.19',
  bad: `apiVersion: settings.k8s.io/v1alpha1
kind: PodPreset
metadata:
  name: the-database-of-the-frontend-and-of-everything-behind-it
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error preset-name-too-long
spec:
  selector:
    matchLabels:
      role: frontend
  env:
    - name: DB_PORT
      value: "6379"
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
`,
  good: `apiVersion: settings.k8s.io/v1alpha1
kind: PodPreset
metadata:
  name: database
spec:
  selector:
    matchLabels:
      role: frontend
  env:
    - name: DB_PORT
      value: "6379"
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
`,
  *check(facts, index) {
    const preset = presetOf(facts);
    const { nameSpan, name } = facts.resource;
    if (!preset || !nameSpan || name.length <= longestPresetName) return;
    const pods = podsOf(index, preset).filter((pod) => {
      index.readWhole(pod);
      return presettingOf(index, pod)?.merged.tooLong.some((one) => one.value === preset.value);
    });
    const [first] = pods;
    const whom = first
      ? `${resourceText(first.resource)}${pods.length > 1 ? ` and ${pods.length - 1} more` : ''}`
      : 'any pod that it matches';
    yield {
      span: nameSpan,
      ...(first ? {} : { severity: 'warning' as const }),
      message: `This name has ${name.length} characters, and a preset's may have ${longestPresetName}: it becomes a part of an annotation, which is then too long, and the API server refuses the pods of ${whom}.`,
      related: pods.slice(0, 10).map(({ document, resource }) => ({
        document,
        span: resource.nameSpan ?? resource.kindSpan,
        message: `The pods of ${resourceText(resource)} are refused`,
      })),
    };
  },
};
