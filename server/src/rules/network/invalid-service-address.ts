import { ipAddress, ipBits, parseCidr, qualifiedName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';
import { checkLabels } from '../workload/invalid-selector.ts';
import { isHeadless, serviceType } from './service.ts';

export const invalidServiceAddress: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['ServiceSpec'],
  id: 'invalid-service-address',
  severity: 'error',
  title: 'An address or a label of the Service has the wrong form',
  why: 'The API server refuses it: addresses are IP addresses, of which each family has one, None stands alone, ranges are in CIDR notation, and the selector is made of labels.',
  remedy:
    'Write addresses such as 10.9.8.7 and ranges such as 10.9.8.0/24, or leave the field out so that the cluster gives one.',
  mirrors: ['core/validation ValidateService', 'core/validation ValidateServiceClusterIPsRelatedFields'],
  bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: none
#            ^^^^ error invalid-service-address
  ports:
    - port: 80
`,
  good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  ports:
    - port: 80
`,
  visit(visit, report) {
    const { value: spec } = visit;
    const judge = new Judge(visit, report);
    checkLabels(judge, spec.get('selector'));
    for (const address of spec.get('externalIPs').items) {
      if (judge.form(address, ipAddress, { empty: true })) checkReachable(judge, address);
    }
    for (const range of spec.get('loadBalancerSourceRanges').items) {
      judge.form(
        range,
        (text) => (parseCidr(text.trim()) ? undefined : 'must be an address range, such as 10.9.8.0/24'),
        { empty: true },
      );
    }
    if (serviceType(spec) === 'LoadBalancer') judge.form(spec.get('loadBalancerClass'), qualifiedName, { empty: true });
    if (serviceType(spec) !== 'ExternalName') checkClusterAddresses(judge, spec);
  },
};

/** Addresses of this very machine lead nowhere (ValidateNonSpecialIP). */
function checkReachable(judge: Judge, address: Value): void {
  const { text } = address;
  const bits = text === undefined ? undefined : ipBits(text);
  if (text === undefined || !bits) return;
  const fault = specialAddress(bits);
  if (fault !== undefined) judge.refuse(address, `${text} is ${fault}`);
}

/** What makes an address one that no other machine can reach. */
export function specialAddress({ bits, size }: { readonly bits: bigint; readonly size: 32 | 128 }): string | undefined {
  const first = size === 32 ? bits >> 24n : bits >> 118n;
  if (bits === 0n) return 'the unspecified address';
  if (size === 32 ? first === 127n : bits === 1n) return 'a loopback address';
  if (size === 32 ? bits >> 16n === 0xa9fen : first === 0xfe80n >> 6n) return 'a link-local address';
  if (size === 32 ? bits >> 8n === 0xe00000n : ((bits >> 112n) & 0xff0fn) === 0xff02n)
    return 'a link-local multicast address';
  return undefined;
}

function checkClusterAddresses(judge: Judge, spec: Value): void {
  const single = spec.get('clusterIP');
  const several = spec.get('clusterIPs');
  const form = (text: string): string | undefined =>
    text === 'None' ? undefined : ipAddress(text)?.replace('must be', 'must be "None" or');
  judge.form(single, form, {
    fixes: () => (single.text?.toLowerCase() === 'none' ? judge.change(single, 'None', true) : []),
  });
  const items = several.items;
  if (items.length > 0 && (single.absent || single.text === ''))
    judge.refuseField(several, '"clusterIPs" needs its first address in "clusterIP" as well', {
      ofAbsence: true,
      fixes: () => (items[0]?.text ? judge.add([], 'clusterIP', items[0].text, true) : []),
    });
  else if (single.text && items[0]?.text && items[0].text !== single.text)
    judge.refuse(items[0], `The first of "clusterIPs" must be the same as "clusterIP", ${single.text}`, {
      related: [single, 'The address in "clusterIP"'],
    });
  if (isHeadless(spec) && items.length > 1) judge.refuseField(several, '"None" must be the only one of "clusterIPs"');
  else for (const item of items) judge.form(item, form, { empty: true });
  if (items.length > 2) judge.refuseField(several, '"clusterIPs" has two addresses at most');
  checkFamilies(judge, spec, items);
}

function checkFamilies(judge: Judge, spec: Value, addresses: readonly Value[]): void {
  const families = spec.get('ipFamilies').items;
  judge.unique(
    families,
    (family) => family.text,
    (family) => family,
    'family',
  );
  const sizes = addresses.map(({ text }) => (text === undefined ? undefined : ipBits(text)?.size));
  if (sizes.length === 2 && sizes[0] !== undefined && sizes[0] === sizes[1] && addresses[1])
    judge.refuse(addresses[1], '"clusterIPs" has one address of each family at most');
  const written = addresses.length > 0 ? addresses : [spec.get('clusterIP')];
  for (const [i, address] of written.entries()) {
    const family = families[i]?.text;
    const size = address.text === undefined ? undefined : ipBits(address.text)?.size;
    if (size === undefined || (family !== 'IPv4' && family !== 'IPv6') || (family === 'IPv4') === (size === 32))
      continue;
    judge.refuse(address, `${address.text ?? ''} is no ${family} address, as "ipFamilies" has it`);
  }
}
