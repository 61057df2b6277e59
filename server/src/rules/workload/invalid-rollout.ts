import type { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';
import { amount, checkAmount } from './amount.ts';

export const invalidRollout: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['DeploymentSpec', 'DeploymentStrategy', 'DaemonSetUpdateStrategy', 'StatefulSetUpdateStrategy'],
  id: 'invalid-rollout',
  severity: 'error',
  title: 'The rolling update is one that could never go on',
  why: 'The API server refuses it: while pods are replaced, either more of them have to run or fewer, by a number or a percentage, and only the strategy RollingUpdate has such numbers.',
  remedy: 'Give maxSurge and maxUnavailable numbers or percentages, of which one is above 0, or remove rollingUpdate.',
  mirrors: [
    'apps/validation ValidateDeploymentSpec',
    'apps/validation ValidateDeploymentStrategy',
    'apps/validation ValidateRollingUpdateDeployment',
    'apps/validation ValidateRollingUpdateDaemonSet',
    'apps/validation validateRollingUpdateStatefulSet',
  ],
  bad: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  strategy:
    type: Recreate
    rollingUpdate:
#   ^^^^^^^^^^^^^ error invalid-rollout
      maxSurge: 1
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
  good: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 0
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
  visit(visit, report) {
    const { value: strategy, schema } = visit;
    const judge = new Judge(visit, report);
    const of = schema.type === 'object' ? schema.name : '';
    if (of === 'DeploymentSpec') {
      checkDeadline(judge, strategy);
      return;
    }
    const type = strategy.get('type');
    const rolling = strategy.get('rollingUpdate');
    const other = of === 'DeploymentStrategy' ? 'Recreate' : 'OnDelete';
    if (type.text === other) {
      // A DaemonSet's is ignored.
      if (rolling.present && of !== 'DaemonSetUpdateStrategy')
        judge.refuseField(rolling, `The strategy ${other} has no "rollingUpdate"`, {
          fixes: () => [...judge.remove(strategy, 'rollingUpdate', true), ...judge.change(type, 'RollingUpdate')],
        });
      return;
    }
    if (!rolling.map) return;
    const unavailable = rolling.get('maxUnavailable');
    const surge = rolling.get('maxSurge');
    if (of === 'StatefulSetUpdateStrategy') {
      if (visit.model.release < maxUnavailableOfStatefulSets) return;
      if (checkAmount(judge, unavailable, true) && amount(unavailable) === 0)
        judge.refuse(unavailable, '"maxUnavailable" must not be 0, or no pod could be replaced');
      return;
    }
    const ofDeployment = of === 'DeploymentStrategy';
    const sound = [checkAmount(judge, unavailable, true), checkAmount(judge, surge, !ofDeployment)];
    if (sound.includes(false)) return;
    checkBoth(judge, rolling, unavailable, surge, ofDeployment);
  },
};

/** Before, the server drops the field unread. */
const maxUnavailableOfStatefulSets = 35;

/** A deployment has failed when its deadline passes before its pods could be ready. */
function checkDeadline(judge: Judge, spec: Value): void {
  const deadline = spec.get('progressDeadlineSeconds');
  const ready = spec.get('minReadySeconds');
  const seconds = deadline.absent ? 600 : deadline.integer;
  if (seconds === undefined || ready.integer === undefined || ready.integer < 0 || seconds > ready.integer) return;
  judge.refuse(
    deadline.present ? deadline : ready,
    `"progressDeadlineSeconds" is ${seconds} and must be more than "minReadySeconds", ${ready.integer}`,
    {
      ofAbsence: deadline.absent,
      ...(deadline.present ? { related: [ready, 'The time for which a pod has to be ready'] } : {}),
    },
  );
}

/** One of the two has to be above 0; of a DaemonSet's only one may be. */
function checkBoth(judge: Judge, rolling: Value, unavailable: Value, surge: Value, ofDeployment: boolean): void {
  // What isn't written is 25% for both, and for a DaemonSet 1 and 0.
  const down = unavailable.absent ? (ofDeployment ? 25 : 1) : amount(unavailable);
  const up = surge.absent ? (ofDeployment ? 25 : 0) : amount(surge);
  if (down === undefined || up === undefined) return;
  if (down === 0 && up === 0) {
    const mark = unavailable.present ? unavailable : surge;
    judge.refuse(mark, '"maxSurge" and "maxUnavailable" are both 0, so no pod could be replaced', {
      ofAbsence: unavailable.absent || surge.absent,
      fixes: () => [
        ...judge.change(unavailable, '1'),
        ...(surge.present
          ? judge.change(surge, '1')
          : rolling.pair
            ? judge.add(['rollingUpdate'], 'maxSurge', '1')
            : []),
      ],
    });
  } else if (!ofDeployment && down > 0 && up > 0) {
    judge.refuse(surge, 'A DaemonSet replaces pods by "maxSurge" or by "maxUnavailable", one of which has to be 0', {
      advice: unavailable.absent ? "What isn't written for maxUnavailable is 1." : 'Set one of them to 0.',
      ofAbsence: unavailable.absent,
    });
  }
}
