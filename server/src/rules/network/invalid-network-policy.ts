import { cidr, ianaServiceName, parseCidr } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge, presentOf } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

/** From then on the field is not dropped unread. */
const knowsEndPort = 22;

export const invalidNetworkPolicy: SchemaRule = {
  scope: 'schema',
  nodes: ['map', 'scalar'],
  types: ['NetworkPolicyPeer', 'NetworkPolicyPort', 'IPBlock', 'NetworkPolicySpec'],
  id: 'invalid-network-policy',
  severity: 'error',
  title: 'A peer or a port of the NetworkPolicy can match nothing',
  why: 'The API server refuses it: a peer is chosen by selectors or by an address range, exceptions lie within that range, and a range of ports has two numbers that rise.',
  remedy: 'Give each peer selectors or one ipBlock, and endPort a port that is a number and not above it.',
  mirrors: [
    'networking/validation ValidateNetworkPolicyPeer',
    'networking/validation ValidateNetworkPolicyPort',
    'networking/validation ValidateIPBlock',
  ],
  bad: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  ingress:
    - from:
        - ipBlock:
            cidr: 10.0.0.0/8
            except: [192.168.0.0/16]
#                    ^^^^^^^^^^^^^^ error invalid-network-policy
`,
  good: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  ingress:
    - from:
        - ipBlock:
            cidr: 10.0.0.0/8
            except: [10.20.0.0/16]
`,
  visit(visit, report) {
    const { value, schema, model } = visit;
    if (value.unknown || (!value.map && value.present)) return;
    const judge = new Judge(visit, report);
    switch (schema.type === 'object' ? schema.name : '') {
      case 'NetworkPolicyPeer':
        checkPeer(judge, value);
        break;
      case 'NetworkPolicyPort':
        checkPort(judge, value, model.release);
        break;
      case 'IPBlock':
        checkBlock(judge, value);
        break;
      default:
        checkTypes(judge, value.get('policyTypes'));
    }
  },
};

function checkPeer(judge: Judge, peer: Value): void {
  const selectors = presentOf(peer, ['podSelector', 'namespaceSelector']);
  const block = peer.get('ipBlock');
  if (block.present && selectors[0] !== undefined)
    judge.refuseField(block, `A peer is chosen by selectors or by "ipBlock", not by both`, {
      related: [peer.get(selectors[0]), 'The selector'],
    });
  else if (block.absent && selectors.length === 0)
    judge.refuse(peer, 'A peer needs "podSelector", "namespaceSelector" or "ipBlock"', {
      advice: '{} as a selector chooses all.',
      ofAbsence: true,
    });
}

function checkPort(judge: Judge, entry: Value, release: number): void {
  const port = entry.get('port');
  judge.range(port, 1, 65_535);
  const { text } = port;
  judge.form(port, ianaServiceName, {
    empty: true,
    ...(text !== undefined && /^\d+$/.test(text)
      ? { advice: 'A number stands without quotes.', fixes: () => judge.unquote(port) }
      : {}),
  });
  const end = entry.get('endPort');
  if (release < knowsEndPort || end.absent || port.unknown) return;
  if (port.absent) judge.refuseField(end, '"endPort" needs "port", where its range begins', { ofAbsence: true });
  else if (text !== undefined)
    judge.refuseField(end, '"endPort" needs a "port" that is a number', { related: [port, 'The port is a name'] });
  else if (end.integer !== undefined && port.integer !== undefined && end.integer < port.integer)
    judge.refuse(end, `"endPort" must not be below "port", ${port.integer}`, {
      related: [port, 'Where the range begins'],
    });
  else judge.range(end, 1, 65_535);
}

function checkBlock(judge: Judge, block: Value): void {
  const range = block.get('cidr');
  if (!judge.form(range, cidr)) return;
  const whole = range.text === undefined ? undefined : parseCidr(range.text);
  for (const except of block.get('except').items) {
    if (except.absent) judge.refuse(except, 'An address range is due here');
    if (!judge.form(except, cidr, { empty: true })) return;
    const part = except.text === undefined ? undefined : parseCidr(except.text);
    if (!whole || !part) continue;
    const shift = BigInt(whole.size - whole.length);
    const inside = whole.size === part.size && part.length > whole.length && part.bits >> shift === whole.bits >> shift;
    if (!inside)
      judge.refuse(except, `${except.text ?? ''} must lie within "cidr", ${range.text ?? ''}, and be smaller`, {
        related: [range, 'The whole range'],
      });
  }
}

function checkTypes(judge: Judge, types: Value): void {
  if (types.items.length > 2)
    judge.refuseField(types, 'There are two types, Ingress and Egress, and "policyTypes" has more');
}
