import type { Release } from '../base/release.ts';

/**
 * The forms of names and values, as apimachinery's pkg/util/validation has them. Each answers undefined for a sound
 * text, otherwise why the API server refuses it, as the end of a sentence that begins with the text: "Web" + "must …".
 */
export type Form = (text: string) => string | undefined;

const label = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const qualified = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** IsDNS1123Label: containers, volumes, Namespaces. */
export const dns1123Label: Form = (text) =>
  firstOf(
    tooLong(text, 63),
    label.test(text)
      ? undefined
      : 'must consist of lower-case letters, digits and "-", with a letter or digit at both ends',
  );

/** IsDNS1123Subdomain: most objects. */
export const dns1123Subdomain: Form = (text) =>
  firstOf(
    tooLong(text, 253),
    subdomain.test(text)
      ? undefined
      : 'must consist of lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part',
  );

/** IsDNS1035Label: Services before 1.35. */
export const dns1035Label: Form = (text) =>
  firstOf(
    tooLong(text, 63),
    /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/.test(text)
      ? undefined
      : 'must begin with a lower-case letter and consist of lower-case letters, digits and "-", with a letter or digit at its end',
  );

/** IsWildcardDNS1123Subdomain: `*.` in front of a subdomain. */
export const wildcardSubdomain: Form = (text) =>
  firstOf(
    tooLong(text, 253),
    text.startsWith('*.') && subdomain.test(text.slice(2)) ? undefined : 'must be "*." and a domain in lower case',
  );

/** IsQualifiedName: keys of labels and annotations, resource names, taints' keys. */
export const qualifiedName: Form = (text) => {
  const parts = text.split('/');
  if (parts.length > 2) return 'must have at most one "/", between a domain and a name';
  const name = parts.at(-1) ?? '';
  if (parts.length === 2) {
    const prefix = parts[0] ?? '';
    if (prefix === '') return 'must have a domain before its "/"';
    const fault = dns1123Subdomain(prefix);
    if (fault !== undefined) return `must have a domain before its "/", and "${prefix}" ${fault}`;
  }
  if (name === '') return 'must have a name';
  if (name.length > 63) return 'must have no more than 63 characters in its name';
  return qualified.test(name)
    ? undefined
    : 'must consist of letters, digits, "-", "_" and ".", with a letter or digit at both ends';
};

/** IsValidLabelValue. */
export const labelValue: Form = (text) =>
  text === ''
    ? undefined
    : firstOf(
        tooLong(text, 63),
        qualified.test(text)
          ? undefined
          : 'must consist of letters, digits, "-", "_" and ".", with a letter or digit at both ends, or be empty',
      );

/** IsValidPortName, an IANA service name: ports of containers, probes, NetworkPolicies, Ingresses. */
export const ianaServiceName: Form = (text) =>
  firstOf(
    tooLong(text, 15),
    /^[-a-z0-9]+$/.test(text) ? undefined : 'must consist of lower-case letters, digits and "-"',
    /[a-z]/.test(text) ? undefined : 'must have at least one letter',
    text.includes('--') ? 'must not have two "-" in a row' : undefined,
    /^-|-$/.test(text) ? 'must not begin or end with "-"' : undefined,
  );

/** IsValidPortNum. */
export const portNumber = (value: number): string | undefined =>
  Number.isInteger(value) && value >= 1 && value <= 65_535 ? undefined : 'must be between 1 and 65535';

/** IsConfigMapKey: keys of ConfigMaps and Secrets. */
export const configMapKey: Form = (text) =>
  firstOf(
    tooLong(text, 253),
    /^[-._a-zA-Z0-9]+$/.test(text) ? undefined : 'must consist of letters, digits, "-", "_" and "."',
    text === '.' || text.startsWith('..') ? 'must not be "." nor begin with ".."' : undefined,
  );

/**
 * IsRelaxedEnvVarName (from 1.32 on, by default): printable ASCII but "="; before that IsEnvVarName: letters, digits,
 * "-", "_" and ".", with no digit in front.
 */
export const envVarName = (text: string, release: Release): string | undefined => {
  if (text === '') return 'must not be empty';
  if (release >= relaxedEnvVarNames)
    return /^[ -<>-~]+$/.test(text) ? undefined : 'must consist of printable ASCII characters other than "="';
  return firstOf(
    /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(text)
      ? undefined
      : 'must consist of letters, digits, "-", "_" and ".", with no digit in front',
    text === '.' || text.startsWith('..') ? 'must not be "." nor begin with ".."' : undefined,
  );
};

/** RelaxedEnvironmentVariableValidation is on by default from then on. */
const relaxedEnvVarNames: Release = 32;

/** IsValidPathSegmentName: names of RBAC objects. */
export const pathSegmentName: Form = (text) =>
  firstOf(
    text === '.' || text === '..' ? `must not be "${text}"` : undefined,
    /[/%]/.test(text) ? 'must not have "/" or "%"' : undefined,
  );

/** IsHTTPHeaderName. */
export const httpHeaderName: Form = (text) =>
  /^[-A-Za-z0-9]+$/.test(text) ? undefined : 'must consist of letters, digits and "-"';

/** IsDomainPrefixedPath: "example.com/path". */
export const domainPrefixedPath: Form = (text) => {
  const at = text.indexOf('/');
  if (at <= 0 || at === text.length - 1) return 'must be a domain, "/" and a path, such as "example.com/path"';
  const fault = dns1123Subdomain(text.slice(0, at));
  if (fault !== undefined) return `must begin with a domain, and "${text.slice(0, at)}" ${fault}`;
  return /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(text.slice(at + 1)) ? undefined : 'must have a valid path';
};

/** ValidateSignerName: a domain of two parts at least, and a path of names. */
export const signerName: Form = (text) => {
  const [domain = '', path, ...more] = text.split('/');
  const sound =
    path !== undefined &&
    more.length === 0 &&
    text.length <= 571 &&
    domain.includes('.') &&
    domain.split('.').every((part) => dns1123Label(part) === undefined) &&
    path.split('.').every((part) => part.length > 0 && /^[a-z0-9](?:[-a-z0-9:]*[a-z0-9])?$/.test(part));
  return sound ? undefined : 'must be a domain and a name, such as example.com/my-signer';
};

/** IsFullyQualifiedName of device attributes: a domain and an identifier, "gpu.example.com/model". */
export const attributeName: Form = (text) => {
  const at = text.indexOf('/');
  if (at < 0) return 'must be a domain, "/" and a name, such as gpu.example.com/model';
  const [domain, name] = [text.slice(0, at), text.slice(at + 1)];
  const fault = domain.length > 63 ? 'must have no more than 63 characters' : dns1123Subdomain(domain);
  if (fault !== undefined) return `must begin with a domain, and "${domain}" ${fault}`;
  return name.length <= 32 && /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
    ? undefined
    : `must end with a name of letters, digits and "_", and "${name}" is none`;
};

/** IsValidIPv4Address. */
export const ipv4Address: Form = (text) => (isIpv4(text) ? undefined : 'must be an IPv4 address, such as 10.9.8.7');

/** IsValidIP: IPv4 or IPv6. */
export const ipAddress: Form = (text) =>
  isIpv4(text) || isIpv6(text) ? undefined : 'must be an IP address, such as 10.9.8.7 or 2001:db8::ffff';

/** IsValidCIDR: an address, "/" and the number of its bits. */
export const cidr: Form = (text) =>
  parseCidr(text) ? undefined : 'must be an address range, such as 10.9.8.0/24 or 2001:db8::/64';

/** An address range as its bits and how many of them count; undefined for any other text. */
export function parseCidr(
  text: string,
): { readonly bits: bigint; readonly length: number; readonly size: 32 | 128 } | undefined {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
  if (!match) return undefined;
  const address = ipBits(match[1] ?? '');
  const length = Number(match[2]);
  if (!address || length > address.size || (match[2] ?? '').length !== String(length).length) return undefined;
  return { ...address, length };
}

/** An address as one number; undefined for any other text. */
export function ipBits(text: string): { readonly bits: bigint; readonly size: 32 | 128 } | undefined {
  if (isIpv4(text)) return { bits: text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n), size: 32 };
  if (!isIpv6(text)) return undefined;
  return { bits: ipv6Groups(text).reduce((sum, group) => sum * 65_536n + BigInt(group), 0n), size: 128 };
}

const isIpv4 = (text: string): boolean =>
  // Zeros in front are taken, with a warning, as they always were (ParseIPSloppy).
  /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255);

function isIpv6(text: string): boolean {
  if (!/^[0-9a-fA-F:.]+$/.test(text) || !text.includes(':')) return false;
  const [head, tail, ...more] = text.split('::');
  if (more.length > 0) return false;
  const groups = ipv6Groups(text);
  const parts = [...(head ? head.split(':') : []), ...(tail ? tail.split(':') : [])];
  const dotted = parts.at(-1)?.includes('.') ?? false;
  const hex = dotted ? parts.slice(0, -1) : parts;
  if (!hex.every((part) => /^[0-9a-fA-F]{1,4}$/.test(part))) return false;
  if (dotted && !isIpv4(parts.at(-1) ?? '')) return false;
  const written = hex.length + (dotted ? 2 : 0);
  return tail === undefined ? written === 8 : written < 8 && groups.length === 8;
}

function ipv6Groups(text: string): number[] {
  const [head = '', tail] = text.split('::');
  const read = (part: string): number[] =>
    part === ''
      ? []
      : part.split(':').flatMap((group) => {
          if (!group.includes('.')) return [Number.parseInt(group, 16) || 0];
          const bytes = group.split('.').map(Number);
          return [(bytes[0] ?? 0) * 256 + (bytes[1] ?? 0), (bytes[2] ?? 0) * 256 + (bytes[3] ?? 0)];
        });
  const before = read(head);
  if (tail === undefined) return before;
  const after = read(tail);
  return [...before, ...Array<number>(Math.max(0, 8 - before.length - after.length)).fill(0), ...after];
}

const tooLong = (text: string, most: number): string | undefined =>
  text.length > most ? `must have no more than ${most} characters, and has ${text.length}` : undefined;

function firstOf(...faults: readonly (string | undefined)[]): string | undefined {
  return faults.find((fault) => fault !== undefined);
}
