import type { Span } from '../base/span.ts';

/** A host in a text that has the form of a Service's DNS name. Spans count from the text's start. */
export interface Address {
  readonly service: string;
  readonly serviceSpan: Span;
  /** The namespace that the name states; undefined for a bare name. */
  readonly namespace: string | undefined;
  readonly namespaceSpan: Span | undefined;
  /** The name before the number of one of the Service's pods: `db` of `db-0.db`. */
  readonly pod: { readonly text: string; readonly span: Span } | undefined;
  /** That number, without the dash. */
  readonly ordinal: { readonly text: string; readonly span: Span } | undefined;
  readonly port: { readonly text: string; readonly span: Span } | undefined;
  /**
   * What else it may be: `web-1.shop` is a pod of the Service shop, or the Service web-1 of the namespace shop. Only the
   * latter resolves with `.svc` behind it.
   */
  readonly otherwise:
    | {
        readonly service: string;
        readonly serviceSpan: Span;
        readonly namespace: string;
        readonly namespaceSpan: Span;
        readonly stated: boolean;
      }
    | undefined;
}

const label = '[a-z](?:[-a-z0-9]*[a-z0-9])?';
const host = `(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?\\.)*${label}`;
/** `x.svc`, with or without the cluster's domain, anywhere. */
const qualified = new RegExp(
  String.raw`(?<![\w.-])(${host})\.svc(?:\.cluster\.local)?\.?(?![\w-]|\.[a-z])(?::(\d{1,5})(?![\w.]))?`,
  'gd',
);
/** `scheme://user@x:80`. */
const url = new RegExp(
  String.raw`(?<![\w.-])[a-z][a-z0-9+.-]*://(?:[^\s/@"']*@)?(${label}(?:\.${label})?)(?![\w.-])(?::(\d{1,5})(?![\w.]))?`,
  'gd',
);
/** `x:3306`; not `nginx:1.27`, nor a time or a range. */
const withPort = new RegExp(String.raw`(?<![\w.:/@-])(${label}(?:\.${label})?):(\d{2,5})(?![\w.:-])`, 'gd');
/** The whole text, quotes aside. */
const whole = new RegExp(String.raw`^["']?(${label}(?:\.${label})?)["']?$`, 'd');

/** Domains of the world outside: `example.com` is not the Service example of the namespace com. */
const outside = new Set(
  'com org net io dev app cloud co ai sh gov edu de uk eu fr nl ch at us info biz me tv local internal lan home test example invalid arpa'.split(
    ' ',
  ),
);

const addressName =
  /(?:^|[_.-])(?:host|hosts|hostname|url|uri|addr|address|addresses|service|svc|endpoint|endpoints|server|servers|broker|brokers|upstream|backend|dsn|origin)$/i;

/** Whether a variable or key of this name is likely to hold an address: DB_HOST, apiUrl, redis-addr. */
export const looksLikeAddress = (name: string): boolean =>
  addressName.test(name.replace(/([a-z0-9])([A-Z])/g, '$1_$2'));

/**
 * The Service names in a text: `svc.ns.svc.cluster.local`, hosts of URLs, `svc:80`, and the whole text where `name`
 * (of the variable, or of the ConfigMap's key) looks like an address. Only forms: whether such a Service exists is
 * another matter.
 */
export function findAddresses(text: string, name: string | undefined): readonly Address[] {
  const found = new Map<number, Address>();
  const add = (match: RegExpExecArray, stated: boolean): void => {
    const address = toAddress(match, stated);
    if (address && !found.has(address.serviceSpan.start)) found.set(address.serviceSpan.start, address);
  };
  if (text.includes('.svc')) for (const match of text.matchAll(qualified)) add(match, true);
  if (text.includes('://')) for (const match of text.matchAll(url)) add(match, false);
  if (text.includes(':')) for (const match of text.matchAll(withPort)) add(match, false);
  if (name !== undefined && text.length < 130 && looksLikeAddress(name)) {
    const match = whole.exec(text);
    if (match) add(match, false);
  }
  return [...found.values()].sort((a, b) => a.serviceSpan.start - b.serviceSpan.start);
}

/** @param stated whether `.svc` follows, so that the parts before it are known to be a Service and a namespace */
function toAddress(match: RegExpExecArray, stated: boolean): Address | undefined {
  const range = match.indices?.[1];
  const name = match[1];
  if (!range || name === undefined) return undefined;
  const parts = name.split('.');
  if (parts.length > 3 || name === 'localhost') return undefined;
  // A pod of a StatefulSet stands before its Service: `db-0.db`.
  const pod = parts.length === 3 || (parts.length === 2 && /-\d+$/.test(parts[0] ?? ''));
  const service = parts[pod ? 1 : 0];
  const namespace = parts[pod ? 2 : 1];
  if (service === undefined || (!stated && namespace !== undefined && outside.has(namespace))) return undefined;
  const start = range[0] + (pod ? (parts[0] ?? '').length + 1 : 0);
  const portRange = match.indices?.[2];
  const port =
    portRange && match[2] !== undefined
      ? { text: match[2], span: { start: portRange[0], end: portRange[1] } }
      : undefined;
  const end = start + service.length;
  const [, set, ordinal] = (pod && /^(.+)-(\d+)$/.exec(parts[0] ?? '')) || [];
  const namespaceSpan = namespace === undefined ? undefined : { start: end + 1, end: end + 1 + namespace.length };
  return {
    service,
    serviceSpan: { start, end },
    namespace,
    namespaceSpan,
    pod: set === undefined ? undefined : { text: set, span: { start: range[0], end: range[0] + set.length } },
    ordinal:
      ordinal === undefined
        ? undefined
        : { text: ordinal, span: { start: start - 1 - ordinal.length, end: start - 1 } },
    port,
    otherwise:
      pod && parts.length === 2
        ? {
            service: parts[0] ?? '',
            serviceSpan: { start: range[0], end: start - 1 },
            namespace: service,
            namespaceSpan: { start, end },
            stated,
          }
        : undefined,
  };
}
