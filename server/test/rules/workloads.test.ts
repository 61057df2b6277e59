import { expect, it } from 'vitest';
import { Engine } from '../../src/engine.ts';
import { realModel } from '../schema/real-model.ts';

/** What stands to be judged of a manifest in one line a field, as `severity code "marked text"`. */
function judged(text: string): string[] {
  const engine = new Engine({ model: realModel() });
  engine.apply([{ type: 'edit', uri: 'file:///w/main.yaml', text }]);
  return engine
    .snapshot()
    .diagnostics('file:///w/main.yaml')
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ severity, code, span }) => `${severity} ${code} ${text.slice(span.start, span.end)}`);
}

const job = (spec: string): string => `apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec:
${spec.replace(/^/gm, '  ')}
  template: {spec: {restartPolicy: Never, containers: [{name: once, image: "once:1"}]}}
`;

const secret = (type: string, rest: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ntype: kubernetes.io/${type}\n${rest}\n`;

const node = (spec: string): string => `apiVersion: v1\nkind: Node\nmetadata: {name: n1}\nspec: ${spec}\n`;

it.each([
  ['how many indexes there are is missed where it would stand', 'completionMode: Indexed', ['error invalid-job spec']],
  ['the same with nothing behind it', 'completionMode: Indexed\ncompletions:', ['error invalid-job completions']],
  [
    'nothing among exit codes is 0',
    'podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [null, 2]}}]}',
    ['error invalid-pod-failure-policy null'],
  ],
  [
    '0 and then something is in order',
    'podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: NotIn, values: [null, 2]}}]}',
    [],
  ],
  [
    'exit codes that fall',
    'podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [3, 2]}}]}',
    ['error invalid-pod-failure-policy values'],
  ],
  [
    'what indexes may fail, and how often is missing',
    'completionMode: Indexed\ncompletions: 3\nmaxFailedIndexes: 1',
    ['error invalid-job spec'],
  ],
  ["a selector of one's own that is missing", 'manualSelector: true', ['error invalid-job spec']],
])('of a Job: %s', (_, spec, expected) => expect(judged(job(spec))).toEqual(expected));

it.each([
  ['a key with nothing behind it', secret('tls', 'data: {tls.crt: , tls.key: YQ==}'), []],
  ['a key that is not there', secret('tls', 'data: {tls.key: YQ==}'), ['error incomplete-secret data']],
  ['nothing is no JSON', secret('dockercfg', 'stringData: {.dockercfg: }'), ['error incomplete-secret .dockercfg']],
  ['an empty private key', secret('ssh-auth', 'stringData: {ssh-privatekey: ""}'), ['error incomplete-secret ""']],
  ['one of a name and a password', secret('basic-auth', 'stringData: {username: }'), []],
])('of a Secret: %s', (_, text, expected) => expect(judged(text)).toEqual(expected));

it.each([
  ['{podCIDR: 10.4.0.0/24, podCIDRs: [10.4.0.0/24, "fd00::/64"]}', []],
  ['{podCIDR: 10.4.0.0/24, podCIDRs: [a, b, c]}', ['warning invalid-node a']],
  ['{podCIDRs: [a]}', ['error invalid-node a']],
  ['{podCIDR: 10.4.0.0/24, podCIDRs: [10.4.0.0/24, 10.5.0.0/24]}', ['error invalid-node 10.5.0.0/24']],
])('of a Node: %s', (spec, expected) => expect(judged(node(spec))).toEqual(expected));

it('asks finalizers for a domain, but for those of what is made of a template', () => {
  const text = (metadata: string, template: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, finalizers: [${metadata}]}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}, finalizers: [${template}]}
    spec: {containers: [{name: web, image: "nginx:1.27"}]}
`;
  expect(judged(text('hold', 'hold'))).toEqual(['error invalid-owner hold']);
  expect(judged(text('orphan, example.com/hold', 'not a name'))).toEqual([]);
});

it("leaves the labels of a CronJob's template to the Jobs that are made of it", () => {
  expect(
    judged(`apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  schedule: "@daily"
  jobTemplate:
    metadata: {labels: {team: "not one"}, annotations: {"a b": c}}
    spec: {template: {metadata: {labels: {team: "not one"}}, spec: {restartPolicy: Never, containers: [{name: c, image: "c:1"}]}}}
`),
  ).toEqual(['warning invalid-label "not one"', 'warning invalid-annotation "a b"', 'error invalid-label "not one"']);
});

it('asks for the template of a PodTemplate', () => {
  expect(judged('apiVersion: v1\nkind: PodTemplate\nmetadata: {name: t}\n')).toEqual([
    'error missing-field apiVersion',
  ]);
});

it('takes nothing for an empty text where a label names a level of the Pod Security Standards', () => {
  expect(
    judged('apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n  labels: {pod-security.kubernetes.io/warn: }\n'),
  ).toEqual(['error pod-security-label pod-security.kubernetes.io/warn']);
});

it('reads a status, and says nothing of its values', () => {
  const pod = (status: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: "nginx:1.27"}]}\nstatus: ${status}\n`;
  expect(
    judged(pod('{phase: Walking, conditions: [null], containerStatuses: [{resources: {limits: {gpu: 1}}}]}')),
  ).toEqual([]);
  expect(judged(pod('{phase: 1}'))).toEqual(['error wrong-type 1']);
});

it('takes nothing among the claims of a StatefulSet for an empty claim', () => {
  expect(
    judged(`apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  selector: {matchLabels: {app: db}}
  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: "db:1"}]}}
  volumeClaimTemplates: [null]
`),
  ).toEqual(['error invalid-claim null']);
});
