import { dns1123Label, dns1123Subdomain, type Form } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge, known } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

export const invalidFlowControl: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['FlowSchema', 'PriorityLevelConfiguration'],
  id: 'invalid-flow-control',
  severity: 'error',
  title: 'The flow schema or priority level contradicts itself',
  why: 'The API server refuses it: a subject has the block of its kind, a rule has verbs, groups and resources, a limited level says how it is limited, and one that queues says how.',
  remedy: 'Give each subject the block of its kind, and the level the block of its type.',
  mirrors: [
    'flowcontrol/validation ValidateFlowSchemaSpec',
    'flowcontrol/validation ValidateFlowSchemaSubject',
    'flowcontrol/validation ValidateFlowSchemaResourcePolicyRule',
    'flowcontrol/validation ValidateNonResourceURLPath',
    'flowcontrol/validation ValidatePriorityLevelConfigurationSpec',
    'flowcontrol/validation ValidateLimitResponse',
    'flowcontrol/validation ValidatePriorityLevelQueuingConfiguration',
  ],
  bad: `apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: PriorityLevelConfiguration
metadata:
  name: batch
spec:
  type: Limited
  limited:
    limitResponse:
      type: Queue
#           ^^^^^ error invalid-flow-control
`,
  good: `apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: PriorityLevelConfiguration
metadata:
  name: batch
spec:
  type: Limited
  limited:
    limitResponse:
      type: Queue
      queuing:
        queues: 16
`,
  visit(visit, report) {
    const { value, kind } = visit;
    const [spec, name] = [value.get('spec'), value.at('metadata', 'name').text];
    if (spec.unknown || !spec.map) return;
    const judge = new Judge(visit, report);
    if (kind.kind === 'FlowSchema') checkFlow(judge, spec, name);
    else checkLevel(judge, spec, name);
  },
};

function checkFlow(judge: Judge, spec: Value, name: string | undefined): void {
  const precedence = spec.get('matchingPrecedence');
  if (precedence.integer === 1 && name !== undefined && name !== 'exempt')
    judge.refuse(precedence, 'Only the flow schema "exempt" has the precedence 1', {
      fixes: () => judge.change(precedence, '2'),
    });
  judge.form(spec.at('priorityLevelConfiguration', 'name'), dns1123Subdomain);
  for (const rule of spec.get('rules').items) {
    if (rule.unknown) continue;
    for (const subject of rule.get('subjects').items) checkSubject(judge, subject);
    const [resources, urls] = [rule.get('resourceRules'), rule.get('nonResourceRules')];
    if (resources.items.length === 0 && urls.items.length === 0 && !resources.unknown && !urls.unknown)
      judge.lacks(rule, 'resourceRules', 'A rule needs "resourceRules" or "nonResourceRules"');
    for (const resource of resources.items) checkResources(judge, resource);
    for (const url of urls.items) {
      checkVerbs(judge, url.get('verbs'));
      if (alone(judge, url.get('nonResourceURLs')))
        for (const path of url.get('nonResourceURLs').items) judge.form(path, urlPath, { empty: true });
    }
  }
}

const blocks: Readonly<Record<string, string>> = { ServiceAccount: 'serviceAccount', User: 'user', Group: 'group' };

function checkSubject(judge: Judge, subject: Value): void {
  const kind = subject.get('kind');
  const due = kind.text === undefined ? undefined : blocks[kind.text];
  if (subject.unknown || (due === undefined && !kind.text)) return;
  if (due === undefined) {
    judge.refuse(kind, `"${kind.text ?? ''}" is no kind of subject`, {
      advice: 'There are User, Group and ServiceAccount.',
    });
    return;
  }
  if (subject.get(due).absent) judge.lacks(subject, due, `A subject of the kind ${kind.text} needs "${due}"`);
  for (const other of Object.values(blocks))
    if (other !== due && subject.get(other).present)
      judge.refuseField(subject.get(other), `A subject of the kind ${kind.text} has no "${other}"`, {
        related: [kind, 'The kind'],
        fixes: () => judge.remove(subject, other),
      });
  const account = subject.get('serviceAccount');
  judge.form(account.get('name'), (text) => (text === '*' ? undefined : dns1123Subdomain(text)));
  judge.form(account.get('namespace'), dns1123Label);
}

const verbs = ['get', 'list', 'create', 'update', 'delete', 'deletecollection', 'patch', 'watch', 'proxy'];

function checkVerbs(judge: Judge, list: Value): void {
  if (!alone(judge, list)) return;
  for (const item of list.items)
    if (item.text !== undefined && !verbs.includes(item.text))
      judge.refuse(item, `"${item.text}" is no verb of a request`, { advice: `There are ${verbs.join(', ')}.` });
}

function checkResources(judge: Judge, rule: Value): void {
  if (rule.unknown) return;
  checkVerbs(judge, rule.get('verbs'));
  alone(judge, rule.get('apiGroups'));
  alone(judge, rule.get('resources'));
  const [namespaces, ofCluster] = [rule.get('namespaces'), rule.get('clusterScope')];
  if (namespaces.items.length === 0 && !namespaces.unknown && ofCluster.boolean !== true && !ofCluster.unknown)
    judge.lacks(rule, 'namespaces', 'A rule needs "namespaces", or "clusterScope: true"');
  else if (alone(judge, namespaces))
    for (const namespace of namespaces.items) judge.form(namespace, dns1123Label, { empty: true });
}

/** "*" stands alone; true where it isn't there, and the items are to be judged. */
function alone(judge: Judge, list: Value): boolean {
  const all = list.items.find(({ text }) => text === '*');
  if (all && list.items.length > 1)
    judge.refuse(all, `"*" means all, and stands alone in "${list.pair?.key.value ?? ''}"`);
  return !all;
}

const urlPath: Form = (text) => {
  if (text === '/') return undefined;
  if (!text.startsWith('/')) return 'must begin with "/"';
  if (/ |\/\//.test(text)) return 'must have no blanks and no "//"';
  const star = text.indexOf('*');
  return star < 0 || (star === text.length - 1 && text.endsWith('/*'))
    ? undefined
    : 'has "*" only at its end, as in "/*"';
};

function checkLevel(judge: Judge, spec: Value, name: string | undefined): void {
  const [type, limited] = [spec.get('type'), spec.get('limited')];
  if (name !== undefined && type.text && (name === 'exempt') !== (type.text === 'Exempt'))
    judge.refuse(type, 'The level "exempt" has the type Exempt, and no other has');
  if (type.text === 'Exempt' && limited.present)
    judge.refuseField(limited, 'A level of the type Exempt has no "limited"', {
      fixes: () => judge.remove(spec, 'limited'),
    });
  if (type.text === 'Limited' && limited.absent)
    judge.lacks(spec, 'limited', 'A level of the type Limited needs "limited"');
  if (type.text === 'Limited' && spec.get('exempt').present)
    judge.refuseField(spec.get('exempt'), 'A level of the type Limited has no "exempt"', {
      fixes: () => judge.remove(spec, 'exempt'),
    });
  if (!known(limited) || !limited.map) return;
  const response = limited.get('limitResponse');
  if (response.absent) {
    judge.lacks(limited, 'limitResponse', 'A limited level needs a "limitResponse"');
    return;
  }
  const [how, queuing] = [response.get('type'), response.get('queuing')];
  if (how.text === 'Reject' && queuing.present)
    judge.refuseField(queuing, 'What is rejected is not queued', {
      related: [how, 'The type'],
      fixes: () => judge.remove(response, 'queuing'),
    });
  if (how.text === 'Queue' && queuing.absent)
    judge.refuse(how, 'A level that queues needs "queuing"', { ofAbsence: true });
  const [hand, queues] = [queuing.get('handSize'), queuing.get('queues')];
  if (hand.integer !== undefined && hand.integer > 0 && queuing.present && !queues.unknown) {
    const most = queues.integer ?? 64;
    if (hand.integer > most)
      judge.refuse(hand, `"handSize" is ${hand.integer}, and there are only ${most} queues`, {
        fixes: () => judge.change(hand, String(most)),
      });
    else if (entropyBits(most, hand.integer) > 60)
      judge.refuse(hand, `A hand of ${hand.integer} among ${most} queues takes more bits than a hash has`);
  }
}

/** How many bits it takes to deal a hand (shufflesharding.RequiredEntropyBits). */
const entropyBits = (queues: number, hand: number): number => Math.ceil(Math.log2(queues) * hand);
