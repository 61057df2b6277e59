import { closedGate } from '../../tables/feature-gates.ts';
import type { SchemaRule } from '../rule.ts';
import { oneHandler } from './invalid-probe.ts';
import { podSpecOf } from './pod.ts';

export const invalidLifecycle: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['LifecycleHandler', 'Lifecycle'],
  id: 'invalid-lifecycle',
  severity: 'error',
  mirrors: [
    'core/validation validateLifecycle',
    'core/validation validateSleepAction',
    'core/validation validateStopSignal',
  ],
  title: 'A lifecycle hook contradicts itself',
  why: "A hook has exactly one handler, and can't sleep longer than the pod's grace period. The API server refuses it.",
  remedy: 'Give the hook one of exec, httpGet, sleep and tcpSocket.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      lifecycle:
        preStop:
          sleep:
            seconds: 60
#                    ^^ error invalid-lifecycle
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  terminationGracePeriodSeconds: 90
  containers:
    - name: web
      image: nginx:1.27
      lifecycle:
        preStop:
          sleep:
            seconds: 60
`,
  visit(visit, report) {
    const { schema, value, path, model } = visit;
    if (value.unknown || schema.type !== 'object') return;
    if (schema.name === 'Lifecycle') {
      const signal = value.get('stopSignal');
      const os = podSpecOf(visit)?.get('os');
      if (signal.text && !closedGate('Lifecycle', 'stopSignal', model.release) && os?.absent)
        report({
          span: signal.keySpan,
          ofAbsence: true,
          message:
            'stopSignal needs spec.os.name, which says what signals there are: the API server refuses it without.',
        });
      return;
    }
    oneHandler(visit, `${String(path.at(-1))}`, ['exec', 'httpGet', 'tcpSocket', 'sleep'], report);
    const seconds = value.get('sleep').get('seconds');
    const { integer } = seconds;
    if (integer === undefined) return;
    const grace = podSpecOf(visit)?.get('terminationGracePeriodSeconds');
    if (!grace || grace.unknown) return;
    const longest = grace.integer ?? 30;
    // Sleeping for no time at all is allowed from 1.33 on (PodLifecycleSleepActionAllowZero).
    const least = model.release >= 33 ? 0 : 1;
    if (integer >= least && integer <= longest) return;
    report({
      span: seconds.span,
      // A patch doesn't show the pod's own grace period.
      ofAbsence: grace.absent,
      message: `sleep must take from ${least} to ${longest} seconds, the pod's terminationGracePeriodSeconds: the API server refuses ${integer}.`,
    });
  },
};
