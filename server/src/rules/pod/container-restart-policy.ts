import type { Release } from '../../base/release.ts';
import type { Value } from '../../syntax/value.ts';
import type { Finding, SchemaRule, SchemaVisit } from '../rule.ts';
import { changeTo, remove } from './fixes.ts';

export const containerRestartPolicy: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['PodSpec'],
  id: 'container-restart-policy',
  severity: 'error',
  mirrors: [
    'core/validation validateContainerRestartPolicy',
    'core/validation validateInitContainerRestartPolicy',
    'core/validation validateResizePolicy',
  ],
  title: "A container's own restart rules don't fit",
  why: 'From 1.35 on a container may have a restartPolicy of its own, and rules only together with it; before, only an init container could, and only Always. The API server refuses anything else.',
  remedy: "Remove the field, or add what it needs. The pod's restartPolicy holds for all of its containers.",
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  restartPolicy: Never
  containers:
    - name: web
#     ^^^^ error container-restart-policy
      image: nginx:1.27
      restartPolicyRules:
        - action: Restart
          exitCodes:
            operator: In
            values: [42]
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  restartPolicy: Never
  containers:
    - name: web
      image: nginx:1.27
      restartPolicy: Never
      restartPolicyRules:
        - action: Restart
          exitCodes:
            operator: In
            values: [42]
`,
  visit(visit, report) {
    const { value, model } = visit;
    const never = value.get('restartPolicy').text === 'Never';
    for (const list of ['initContainers', 'containers'])
      for (const container of value.get(list).items) {
        if (container.unknown) continue;
        if (model.release >= ownPolicies) checkRules(visit, container, report);
        else if (model.release >= sidecars) beforeRules(visit, container, list, report);
        resizePolicy(visit, container, list === 'initContainers', never, report);
      }
  },
};

/** ContainerRestartRules is on by default from then on. */
const ownPolicies: Release = 35;
/** Before SidecarContainers the field is dropped without a word. */
const sidecars: Release = 29;

type Report = (finding: Finding) => void;

function beforeRules(visit: SchemaVisit, container: Value, list: string, report: Report): void {
  const policy = container.get('restartPolicy');
  const { text } = policy;
  if (text === undefined) return;
  if (list === 'containers') {
    report({
      span: policy.keySpan,
      message: `Before 1.35 only init containers may have a restartPolicy of their own: the API server refuses it. The pod's restartPolicy holds for all of its containers.`,
      fixes: () => remove(visit, container, 'restartPolicy'),
    });
  } else if (text !== 'Always') {
    report({
      span: policy.span,
      message: `Before 1.35 the restartPolicy of an init container can only be Always, not "${text}": the API server refuses it.`,
      fixes: () => [...remove(visit, container, 'restartPolicy', false), ...changeTo(visit, policy, 'Always', false)],
    });
  }
}

function checkRules({ document }: SchemaVisit, container: Value, report: Report): void {
  const rules = container.get('restartPolicyRules');
  const { items } = rules;
  if (items.length === 0) return;
  const policy = container.get('restartPolicy');
  if (policy.absent)
    report({
      span: policy.keySpan,
      ofAbsence: true,
      message: 'restartPolicyRules need a restartPolicy of the same container: the API server refuses them without.',
      related: [{ document, span: rules.keySpan, message: 'The rules' }],
    });
  if (items.length > 20)
    report({
      span: rules.keySpan,
      message: `A container may have 20 restartPolicyRules, not ${items.length}: the API server refuses it.`,
    });
  for (const rule of items) {
    const codes = rule.get('exitCodes');
    if (rule.present && !rule.unknown && codes.absent)
      report({
        span: rule.keySpan,
        ofAbsence: true,
        message: 'The rule must say for which exitCodes it holds: the API server refuses it.',
      });
    if (codes.get('values').items.length > 255)
      report({
        span: codes.get('values').keySpan,
        message: 'A rule may list 255 exit codes: the API server refuses more.',
      });
  }
}

/** RestartContainer makes no sense where nothing is started again. */
function resizePolicy(visit: SchemaVisit, container: Value, init: boolean, never: boolean, report: Report): void {
  const { document, model } = visit;
  const seen = new Map<string, Value>();
  // InPlacePodVerticalScaling is on by default from then on; before, the field is dropped.
  if (model.release < 33) return;
  for (const item of container.get('resizePolicy').items) {
    const name = item.get('resourceName');
    const earlier = name.text === undefined ? undefined : seen.get(name.text);
    if (earlier)
      report({
        span: name.span,
        message: `resizePolicy speaks of ${name.text} twice: the API server refuses it.`,
        related: [{ document, span: earlier.span, message: `The first entry for ${name.text}` }],
      });
    else if (name.text) seen.set(name.text, name);
    const policy = item.get('restartPolicy');
    if (policy.text !== 'RestartContainer') continue;
    const own = container.get('restartPolicy');
    const plainInit = init && model.release >= ownPolicies && !own.unknown && own.text !== 'Always';
    if (!never && !plainInit) continue;
    report({
      span: policy.span,
      message: `A container ${never ? 'of a pod with restartPolicy: Never' : 'that runs once, before the others,'} can't be restarted when it is resized: the API server refuses it.`,
      fixes: () => changeTo(visit, policy, 'NotRequired'),
    });
  }
}
