import { qualifiedName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

export const invalidPodFailurePolicy: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['JobSpec'],
  id: 'invalid-pod-failure-policy',
  severity: 'error',
  title: "A rule of the Job's pod failure policy can't be followed",
  why: 'The API server refuses it: a rule looks at exit codes or at conditions, its exit codes rise and stand once each, and 0, success, is no failure.',
  remedy: 'Give each rule either onExitCodes or onPodConditions, and name a container of the pod template.',
  mirrors: [
    'batch/validation validatePodFailurePolicy',
    'batch/validation validatePodFailurePolicyRuleOnExitCodes',
    'batch/validation validatePodReplacementPolicy',
  ],
  bad: `apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
spec:
  podFailurePolicy:
    rules:
      - action: FailJob
        onExitCodes:
          operator: In
          values: [0, 42]
#                  ^ error invalid-pod-failure-policy
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: migrate
          image: migrate:1
`,
  good: `apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
spec:
  podFailurePolicy:
    rules:
      - action: FailJob
        onExitCodes:
          operator: In
          values: [42]
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: migrate
          image: migrate:1
`,
  visit(visit, report) {
    const { value: spec } = visit;
    const policy = spec.get('podFailurePolicy');
    if (policy.absent) return;
    const judge = new Judge(visit, report);
    const replacement = spec.get('podReplacementPolicy');
    if (replacement.text === 'TerminatingOrFailed')
      judge.refuse(replacement, 'Beside "podFailurePolicy", "podReplacementPolicy" must be Failed', {
        fixes: () => judge.change(replacement, 'Failed', true),
      });
    const rules = policy.get('rules').items;
    if (rules.length > 20)
      judge.refuseField(
        policy.get('rules'),
        `A pod failure policy has no more than 20 rules, and this one ${rules.length}`,
      );
    const template = spec.at('template', 'spec');
    const containers = [...template.get('containers').items, ...template.get('initContainers').items];
    const names = containers.some((container) => container.unknown || container.get('name').text === undefined)
      ? undefined
      : containers.map((container) => container.get('name').text ?? '');
    for (const rule of rules) if (!rule.unknown) checkRule(judge, spec, rule, names);
  },
};

function checkRule(judge: Judge, spec: Value, rule: Value, names: readonly string[] | undefined): void {
  const action = rule.get('action');
  if (action.text === 'FailIndex' && spec.get('backoffLimitPerIndex').absent)
    judge.refuse(action, 'The action FailIndex needs "backoffLimitPerIndex"', { ofAbsence: true });
  const codes = rule.get('onExitCodes');
  const conditions = rule.get('onPodConditions');
  if (codes.present && conditions.items.length > 0)
    judge.refuseField(conditions, 'A rule looks at exit codes or at conditions, not at both', {
      related: [codes, 'The exit codes'],
      fixes: () => [...judge.remove(rule, 'onPodConditions'), ...judge.remove(rule, 'onExitCodes')],
    });
  else if (codes.absent && conditions.items.length === 0 && !conditions.unknown)
    judge.refuse(rule, 'A rule needs "onExitCodes" or "onPodConditions"', { ofAbsence: true });
  if (codes.present) checkExitCodes(judge, codes, names);
  if (conditions.items.length > 20)
    judge.refuseField(conditions, `A rule has no more than 20 conditions, and this one ${conditions.items.length}`);
  for (const condition of conditions.items) judge.form(condition.get('type'), qualifiedName);
}

function checkExitCodes(judge: Judge, codes: Value, names: readonly string[] | undefined): void {
  const container = codes.get('containerName');
  if (container.text !== undefined && names && names.length > 0 && !names.includes(container.text))
    judge.refuse(container, `The pod template has no container "${container.text}"`, {
      advice: `It has ${names.join(', ')}.`,
      ofAbsence: true,
      fixes: () => names.flatMap((name) => judge.change(container, name, names.length === 1)),
    });
  const values = codes.get('values').items;
  if (values.length > 255)
    judge.refuseField(codes.get('values'), `A rule has no more than 255 exit codes, and this one ${values.length}`);
  const seen = new Set<number>();
  let before: number | undefined;
  for (const value of values) {
    const code = value.integer;
    if (code === undefined) continue;
    if (code === 0 && codes.get('operator').text === 'In') judge.refuse(value, 'The exit code 0 is no failure');
    else if (seen.has(code)) judge.refuse(value, `The exit code ${code} stands here twice`);
    else if (before !== undefined && code < before)
      judge.refuseField(codes.get('values'), `Exit codes must rise, and ${code} comes after ${before}`);
    seen.add(code);
    before = code;
  }
}
