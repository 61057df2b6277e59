import { presetOf } from '../graph/presets.ts';
import { isEmptyPreset } from '../kubernetes/preset-faults.ts';
import type { WiringRule } from './rule.ts';

export const presetEmpty: WiringRule = {
  scope: 'wiring',
  id: 'preset-empty',
  severity: 'error',
  title: 'A PodPreset brings nothing',
  why: 'The API server refuses a PodPreset that has neither env, envFrom, volumes nor volumeMounts.',
  remedy: 'Add what the preset shall bring, or remove it.',
  wholeOnly: true,
  mirrors: ['settings/validation ValidatePodPresetSpec'],
  kubernetesVersion: '1.19',
  bad: `apiVersion: settings.k8s.io/v1alpha1
kind: PodPreset
#     ^^^^^^^^^ error preset-empty
metadata:
  name: database
spec:
  selector: {}
`,
  good: `apiVersion: settings.k8s.io/v1alpha1
kind: PodPreset
metadata:
  name: database
spec:
  selector: {}
  env:
    - name: DB_PORT
      value: "6379"
`,
  *check(facts) {
    const preset = presetOf(facts);
    if (preset?.by !== 'plugin' || !isEmptyPreset(preset.value)) return;
    yield {
      span: facts.resource.kindSpan,
      message:
        'This preset brings neither env, envFrom, volumes nor volumeMounts: the API server refuses it. Add one of them, or remove the preset.',
    };
  },
};
