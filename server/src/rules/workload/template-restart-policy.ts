import type { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

export const templateRestartPolicy: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: [
    'DeploymentSpec',
    'ReplicaSetSpec',
    'StatefulSetSpec',
    'DaemonSetSpec',
    'ReplicationControllerSpec',
    'JobSpec',
  ],
  id: 'template-restart-policy',
  severity: 'error',
  title: 'The pods of this workload need another restart policy',
  why: 'The API server refuses it: a Job ends, so its pods are never restarted or only on failure, which has to be written; the pods of all other workloads run until they are removed, so they always restart and have no deadline.',
  remedy:
    'Write restartPolicy: OnFailure or Never for a Job, and leave restartPolicy and activeDeadlineSeconds out elsewhere.',
  mirrors: ['batch/validation validateJobSpec', 'apps/validation ValidatePodTemplateSpecForReplicaSet'],
  bad: `apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
spec:
  template:
    spec:
      restartPolicy: Always
#                    ^^^^^^ error template-restart-policy
      containers:
        - name: migrate
          image: migrate:1
`,
  good: `apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
spec:
  template:
    spec:
      restartPolicy: OnFailure
      containers:
        - name: migrate
          image: migrate:1
`,
  visit(visit, report) {
    const { value: spec, schema, kind } = visit;
    const judge = new Judge(visit, report);
    const pod = spec.at('template', 'spec');
    const policy = pod.get('restartPolicy');
    if (pod.unknown || policy.unknown) return;
    if (schema.type === 'object' && schema.name === 'JobSpec') {
      checkJob(judge, spec, pod, policy);
      return;
    }
    const { text } = policy;
    if (text === 'Never' || text === 'OnFailure')
      judge.refuse(policy, `The pods of a ${kind.kind} always restart, and "restartPolicy" is ${text}`, {
        advice: 'For pods that end, use a Job.',
        fixes: () => judge.change(policy, 'Always', true),
      });
    const deadline = pod.get('activeDeadlineSeconds');
    if (deadline.present)
      judge.refuseField(deadline, `The pods of a ${kind.kind} have no "activeDeadlineSeconds"`, {
        fixes: () => judge.remove(pod, 'activeDeadlineSeconds', true),
      });
  },
};

function checkJob(judge: Judge, spec: Value, pod: Value, policy: Value): void {
  const { text } = policy;
  const choices = 'OnFailure starts the containers of a failed pod anew, Never makes another pod.';
  if (text === 'Always')
    judge.refuse(policy, 'The pods of a Job end, and "restartPolicy" is Always', {
      advice: choices,
      fixes: () => [...judge.change(policy, 'OnFailure'), ...judge.change(policy, 'Never')],
    });
  else if (policy.absent || text === '') {
    // Without any containers, other things are missing first.
    if (!pod.map) return;
    const advice = `Without it, it is Always. ${choices}`;
    const message = 'The pods of a Job need "restartPolicy: OnFailure" or "restartPolicy: Never"';
    const fixes = (): ReturnType<Judge['add']> =>
      text === ''
        ? [...judge.change(policy, 'OnFailure'), ...judge.change(policy, 'Never')]
        : policy.pair
          ? []
          : [
              ...judge.add(['template', 'spec'], 'restartPolicy', 'OnFailure'),
              ...judge.add(['template', 'spec'], 'restartPolicy', 'Never'),
            ];
    judge.lacks(pod, 'restartPolicy', message, { advice, fixes });
  } else if (text === 'OnFailure' && spec.get('podFailurePolicy').present)
    judge.refuse(policy, 'A Job with "podFailurePolicy" needs "restartPolicy: Never"', {
      related: [spec.get('podFailurePolicy'), 'It looks at pods that have failed'],
      fixes: () => judge.change(policy, 'Never', true),
    });
}
