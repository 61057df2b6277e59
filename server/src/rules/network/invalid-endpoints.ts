import {
  dns1123Label,
  dns1123Subdomain,
  type Form,
  ipAddress,
  ipBits,
  labelValue,
  qualifiedName,
} from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';
import { checkLabels } from '../workload/invalid-selector.ts';
import { specialAddress } from './invalid-service-address.ts';

export const invalidEndpoints: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['Endpoints', 'EndpointSlice'],
  id: 'invalid-endpoints',
  severity: 'error',
  title: "Addresses or ports of endpoints can't be",
  why: 'The API server refuses it: addresses are of the type that the slice has, each endpoint has one at least, and of several ports each has its own name.',
  remedy: 'Write addresses of the type of the slice, and name the ports.',
  mirrors: ['discovery/validation ValidateEndpointSlice', 'core/validation validateEndpointSubsets'],
  bad: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: database
addressType: IPv4
endpoints:
  - addresses: [db.example.com]
#               ^^^^^^^^^^^^^^ error invalid-endpoints
ports:
  - port: 5432
`,
  good: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: database
addressType: FQDN
endpoints:
  - addresses: [db.example.com]
ports:
  - port: 5432
`,
  visit(visit, report) {
    const { value, kind } = visit;
    const judge = new Judge(visit, report);
    if (kind.kind === 'EndpointSlice') checkSlice(judge, value);
    else for (const subset of value.get('subsets').items) if (!subset.unknown) checkSubset(judge, subset);
  },
};

function checkSlice(judge: Judge, slice: Value): void {
  const type = slice.get('addressType').text;
  const form: Form = (text) => {
    const size = ipBits(text)?.size;
    if (type === 'FQDN')
      return dns1123Subdomain(text) ?? (text.includes('.') ? undefined : 'must be a domain with at least one "."');
    return size === (type === 'IPv6' ? 128 : 32) ? undefined : `must be an ${type ?? ''} address`;
  };
  const endpoints = slice.get('endpoints');
  if (endpoints.items.length > 1000)
    judge.refuseField(
      endpoints,
      `An EndpointSlice has no more than 1000 endpoints, and this one ${endpoints.items.length}`,
    );
  for (const endpoint of endpoints.items) {
    const addresses = endpoint.get('addresses');
    if (addresses.items.length > 100) judge.refuseField(addresses, 'An endpoint has no more than 100 addresses');
    for (const address of addresses.items) {
      if (type !== 'IPv4' && type !== 'IPv6' && type !== 'FQDN') continue;
      if (judge.form(address, form, { empty: true }) && type !== 'FQDN') checkSpecial(judge, address);
    }
    judge.form(endpoint.get('hostname'), dns1123Label, { empty: true });
    judge.form(endpoint.get('nodeName'), dns1123Subdomain, { empty: true });
    checkLabels(judge, endpoint.get('deprecatedTopology'));
    checkHints(judge, endpoint.at('hints', 'forZones'), labelValue);
    checkHints(judge, endpoint.at('hints', 'forNodes'), dns1123Subdomain);
  }
  const ports = slice.get('ports').items;
  for (const port of ports) {
    judge.form(port.get('name'), dns1123Label);
    judge.form(port.get('appProtocol'), qualifiedName, { empty: true });
  }
  judge.unique(
    ports,
    (port) => (port.unknown || port.get('name').unknown ? undefined : `"${port.get('name').text ?? ''}"`),
    (port) => (port.get('name').present ? port.get('name') : port),
    'port',
  );
}

function checkHints(judge: Judge, hints: Value, form: Form): void {
  if (hints.items.length > 8) judge.refuseField(hints, 'There are no more than 8 hints');
  for (const hint of hints.items) judge.form(hint.get('name'), form);
  judge.unique(
    hints.items,
    (hint) => hint.get('name').text || undefined,
    (hint) => hint.get('name'),
    'hint',
  );
}

function checkSubset(judge: Judge, subset: Value): void {
  const addresses = [...subset.get('addresses').items, ...subset.get('notReadyAddresses').items];
  if (addresses.length === 0 && !subset.get('addresses').unknown)
    judge.refuse(subset, 'A subset needs "addresses" or "notReadyAddresses"', { ofAbsence: true });
  for (const address of addresses) {
    if (judge.form(address.get('ip'), ipAddress)) checkSpecial(judge, address.get('ip'));
    judge.form(address.get('hostname'), dns1123Label);
    judge.form(address.get('nodeName'), dns1123Subdomain);
  }
  const ports = subset.get('ports').items;
  for (const port of ports) {
    const name = port.get('name');
    if (ports.length > 1 && !port.unknown && (name.absent || name.text === ''))
      judge.refuse(name.pair ? name : port, 'Each of several ports needs a name', { ofAbsence: true });
    judge.form(name, dns1123Label);
    judge.form(port.get('appProtocol'), qualifiedName, { empty: true });
    judge.range(port.get('port'), 1, 65_535);
  }
}

function checkSpecial(judge: Judge, address: Value): void {
  const bits = address.text === undefined ? undefined : ipBits(address.text);
  const fault = bits && specialAddress(bits);
  if (fault !== undefined) judge.refuse(address, `${address.text ?? ''} is ${fault}, which leads nowhere`);
}
