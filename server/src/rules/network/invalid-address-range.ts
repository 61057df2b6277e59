import { cidr, dns1123Subdomain, parseCidr, pathSegmentName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

export const invalidAddressRange: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['ServiceCIDR', 'IPAddress'],
  id: 'invalid-address-range',
  severity: 'error',
  title: 'The range of Service addresses is none',
  why: 'The API server refuses it: a ServiceCIDR has one address range, or one of each family, and an IPAddress names what has it.',
  remedy: 'Write the range with its first address, such as 10.96.0.0/16.',
  mirrors: ['networking/validation ValidateServiceCIDR', 'networking/validation ValidateIPAddress'],
  bad: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata:
  name: more
spec:
  cidrs:
    - 10.96.0.0
#     ^^^^^^^^^ error invalid-address-range
`,
  good: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata:
  name: more
spec:
  cidrs:
    - 10.96.0.0/16
`,
  visit(visit, report) {
    const { value, kind } = visit;
    const judge = new Judge(visit, report);
    const spec = value.get('spec');
    if (spec.unknown) return;
    if (kind.kind === 'IPAddress') {
      judge.form(spec.at('parentRef', 'group'), dns1123Subdomain);
      for (const field of ['resource', 'name', 'namespace']) judge.form(spec.at('parentRef', field), pathSegmentName);
      return;
    }
    const ranges = spec.get('cidrs');
    if (ranges.unknown || (ranges.present && !ranges.list)) return;
    if (ranges.items.length === 0)
      judge.lacks(spec.present ? spec : value, spec.present ? 'cidrs' : 'spec', 'A ServiceCIDR needs "cidrs"');
    else if (ranges.items.length > 2)
      judge.refuseField(ranges, 'A ServiceCIDR has two ranges at most, one of each family');
    else for (const range of ranges.items) checkRange(judge, range);
    const sizes = ranges.items.map(sizeOf);
    if (sizes.length === 2 && sizes[0] !== undefined && sizes[0] === sizes[1] && ranges.items[1])
      judge.refuse(ranges.items[1], 'A ServiceCIDR has one range of each family');
  },
};

const sizeOf = ({ text }: Value): number | undefined => (text === undefined ? undefined : parseCidr(text)?.size);

function checkRange(judge: Judge, range: Value): void {
  if (!judge.form(range, cidr, { empty: true }) || range.text === undefined) return;
  const parsed = parseCidr(range.text);
  if (!parsed) return;
  const host = BigInt(parsed.size - parsed.length);
  if ((parsed.bits >> host) << host !== parsed.bits)
    judge.refuse(range, `${range.text} must begin with the first address of the range`);
}
