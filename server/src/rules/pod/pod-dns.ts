import { dns1123Subdomain, type Form, ipAddress } from '../../kubernetes/forms.ts';
import type { SchemaRule } from '../rule.ts';

export const podDns: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['PodSpec', 'PodDNSConfig', 'HostAlias'],
  id: 'pod-dns',
  severity: 'error',
  mirrors: ['core/validation validatePodDNSConfig', 'core/validation ValidateHostAliases'],
  title: "A pod's DNS settings or host names are impossible",
  why: 'dnsPolicy: None needs a name server; there are at most 3 of them, by address, and 32 search domains with 2048 characters. The API server refuses anything else.',
  remedy: 'Use IP addresses and names in lower case, and no more than there may be.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
# ^^^^ error pod-dns
  dnsPolicy: None
  containers:
    - name: web
      image: nginx:1.27
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  dnsPolicy: None
  dnsConfig:
    nameservers:
      - 10.96.0.10
  containers:
    - name: web
      image: nginx:1.27
`,
  visit(visit, report) {
    const { schema, value, model, document } = visit;
    if (schema.type !== 'object' || value.unknown) return;
    if (schema.name === 'PodSpec') {
      const policy = value.get('dnsPolicy');
      if (policy.text !== 'None') return;
      const config = value.get('dnsConfig');
      const servers = config.get('nameservers');
      if (config.unknown || servers.unknown || servers.items.length > 0) return;
      report({
        // What is missing is marked where the server misses it.
        span: servers.pair ? servers.keySpan : config.pair ? config.keySpan : value.keySpan,
        ofAbsence: servers.absent,
        message:
          'dnsPolicy: None needs at least one name server in dnsConfig.nameservers: the API server refuses it without.',
        related: [{ document, span: policy.span, message: 'dnsPolicy: None' }],
      });
      return;
    }
    const form = (at: typeof value, of: Form, noun: string): void => {
      const fault = at.text === undefined ? undefined : of(at.text);
      if (fault !== undefined)
        report({ span: at.span, message: `"${at.text}" is no valid ${noun}: it ${fault}. The API server refuses it.` });
    };
    if (schema.name === 'HostAlias') {
      const ip = value.get('ip');
      if (ip.text !== '') form(ip, ipAddress, 'address');
      for (const name of value.get('hostnames').items) form(name, dns1123Subdomain, 'host name');
      return;
    }
    const servers = value.get('nameservers');
    if (servers.items.length > 3)
      report({
        span: servers.keySpan,
        message: `There may be 3 name servers, not ${servers.items.length}: the API server refuses more.`,
      });
    for (const server of servers.items) form(server, ipAddress, 'address of a name server');
    const searches = value.get('searches');
    // ExpandedDNSConfig is on by default from 1.26 on.
    const [most, characters] = model.release >= 26 ? [32, 2048] : [6, 256];
    if (searches.items.length > most)
      report({
        span: searches.keySpan,
        message: `There may be ${most} search domains, not ${searches.items.length}: the API server refuses more.`,
      });
    if (searches.items.map((item) => item.text ?? '').join(' ').length > characters)
      report({
        span: searches.keySpan,
        message: `Search domains may have ${characters} characters together: the API server refuses more.`,
      });
    for (const search of searches.items)
      form(search, model.release >= 33 ? relaxedSearch : strictSearch, 'search domain');
  },
};

const strictSearch: Form = (text) => dns1123Subdomain(text.replace(/\.$/, ''));

/** RelaxedDNSSearchValidation, on by default from 1.33 on: "_" where "-" may stand, and the root alone. */
const relaxedSearch: Form = (text) =>
  text === '.' ? undefined : dns1123Subdomain(text.replace(/\.$/, '').replaceAll('_', 'a'));
