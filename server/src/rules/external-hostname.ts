import { dns1123Subdomain } from '../kubernetes/forms.ts';
import { isPlaceholder } from '../syntax/placeholder.ts';
import type { SchemaRule } from './rule.ts';

const annotations = [
  'external-dns.alpha.kubernetes.io/hostname',
  'external-dns.alpha.kubernetes.io/internal-hostname',
] as const;

export const externalHostname: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['ObjectMeta'],
  customToo: true,
  id: 'external-hostname',
  severity: 'warning',
  title: 'external-dns can make no record of the name',
  why: 'external-dns takes the names of DNS records from this annotation, several of them with commas between. What is no DNS name, a URL or a name with a port, makes no record.',
  remedy: 'Write host names alone, in lower case: `shop.example.com,www.example.com`.',
  bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    external-dns.alpha.kubernetes.io/hostname: https://shop.example.com/
#                                              ^^^^^^^^^^^^^^^^^^^^^^^^^ warning external-hostname
spec:
  type: LoadBalancer
  ports:
    - port: 80
`,
  good: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    external-dns.alpha.kubernetes.io/hostname: shop.example.com, *.shop.example.com
spec:
  type: LoadBalancer
  ports:
    - port: 80
`,
  visit({ value }, report) {
    for (const annotation of annotations) {
      const host = value.at('annotations', annotation);
      if (!host.text || isPlaceholder(host.text)) continue;
      const names = host.text.split(',').map((name) => name.trim().replace(/\.$/, ''));
      const bad = names.find((name) => name !== '' && faultOf(name) !== undefined);
      if (bad === undefined) continue;
      report({
        span: host.span,
        message: `"${bad}" is no host name: it ${faultOf(bad)}. external-dns makes no record of it.`,
      });
    }
  },
};

/** Records may have a wildcard in front, and underscores, as those of services do. */
const faultOf = (name: string): string | undefined =>
  dns1123Subdomain(name.toLowerCase().replace(/^\*\./, '').replaceAll('_', ''));
