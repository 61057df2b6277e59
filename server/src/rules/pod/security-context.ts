import { dns1123Subdomain } from '../../kubernetes/forms.ts';
import { relativePath } from '../../kubernetes/paths.ts';
import type { Value } from '../../syntax/value.ts';
import type { Finding, SchemaRule, SchemaVisit } from '../rule.ts';
import { remove } from './fixes.ts';
import { podSpecOf } from './pod.ts';

export const securityContext: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['SecurityContext', 'SeccompProfile', 'AppArmorProfile', 'WindowsSecurityContextOptions'],
  id: 'security-context',
  severity: 'error',
  mirrors: [
    'core/validation ValidateSecurityContext',
    'core/validation validateSeccompProfileField',
    'core/validation ValidateAppArmorProfileField',
    'core/validation validateWindowsSecurityContextOptions',
  ],
  title: 'A security context contradicts itself',
  why: "A privileged container can't be kept from more privileges, and a profile of the node is named exactly where type: Localhost asks for one. The API server refuses anything else.",
  remedy: 'Keep one of the two settings.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      securityContext:
        privileged: true
        allowPrivilegeEscalation: false
#                                 ^^^^^ error security-context
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      securityContext:
        allowPrivilegeEscalation: false
`,
  visit(visit, report) {
    const { schema, value } = visit;
    if (schema.type !== 'object' || value.unknown) return;
    switch (schema.name) {
      case 'SecurityContext':
        escalation(visit, report);
        return;
      case 'WindowsSecurityContextOptions':
        windows(value, report);
        return;
      default:
        profile(visit, schema.name === 'SeccompProfile', report);
    }
  },
};

type Report = (finding: Finding) => void;

function escalation(visit: SchemaVisit, report: Report): void {
  const { value, document } = visit;
  const escalates = value.get('allowPrivilegeEscalation');
  if (escalates.boolean === false) {
    const privileged = value.get('privileged');
    if (privileged.boolean === true)
      report({
        span: escalates.span,
        message: "A privileged container can't be kept from more privileges: the API server refuses it.",
        related: [{ document, span: privileged.span, message: 'privileged: true' }],
        fixes: () => [
          ...remove(visit, value, 'privileged', false),
          ...remove(visit, value, 'allowPrivilegeEscalation', false),
        ],
      });
    // "SYS_ADMIN", the usual spelling, has only been refused since a release that isn't out.
    const admin = value
      .get('capabilities')
      .get('add')
      .items.find(({ text }) => text === 'CAP_SYS_ADMIN');
    if (admin)
      report({
        span: admin.span,
        message:
          "A container with CAP_SYS_ADMIN can't be kept from more privileges (allowPrivilegeEscalation: false): the API server refuses it.",
        related: [{ document, span: escalates.span, message: 'allowPrivilegeEscalation: false' }],
      });
  }
  const mount = value.get('procMount');
  const hostUsers = podSpecOf(visit)?.get('hostUsers');
  // ProcMountType is on by default from 1.33 on; before, the field is dropped.
  if (mount.text !== 'Unmasked' || visit.model.release < 33 || !hostUsers || hostUsers.unknown) return;
  if (hostUsers.boolean !== false)
    report({
      span: mount.span,
      ofAbsence: hostUsers.absent,
      message: 'procMount: Unmasked needs hostUsers: false on the pod: the API server refuses it.',
    });
}

function profile(visit: SchemaVisit, seccomp: boolean, report: Report): void {
  const { value } = visit;
  const type = value.get('type');
  const local = value.get('localhostProfile');
  if (type.text === undefined || type.text === '') return;
  if (type.text !== 'Localhost') {
    if (local.present)
      report({
        span: local.keySpan,
        message: `localhostProfile only goes with type: Localhost, not ${type.text}: the API server refuses it.`,
        fixes: () => remove(visit, value, 'localhostProfile'),
      });
    return;
  }
  if (local.absent || (!seccomp && local.text?.trim() === '')) {
    report({
      span: local.pair ? local.span : value.keySpan,
      ofAbsence: local.absent,
      message: 'type: Localhost needs a localhostProfile, the profile on the node: the API server refuses it without.',
      related: [{ document: visit.document, span: type.span, message: 'type: Localhost' }],
    });
    return;
  }
  const { text } = local;
  if (text === undefined) return;
  const fault = seccomp
    ? relativePath(text)
    : text.trim() !== text
      ? 'must not have blanks around it'
      : text.length > 4095
        ? 'must have no more than 4095 characters'
        : undefined;
  if (fault !== undefined)
    report({ span: local.span, message: `localhostProfile ${fault}: the API server refuses "${text}".` });
}

function windows(value: Value, report: Report): void {
  const name = value.get('gmsaCredentialSpecName');
  const nameFault = name.text === undefined ? undefined : dns1123Subdomain(name.text);
  if (nameFault !== undefined)
    report({ span: name.span, message: `gmsaCredentialSpecName ${nameFault}: the API server refuses "${name.text}".` });
  const spec = value.get('gmsaCredentialSpec');
  if (spec.text === '' || (spec.text?.length ?? 0) > 64 * 1024)
    report({
      span: spec.span,
      message: 'gmsaCredentialSpec must have from 1 byte to 64 KiB: the API server refuses it.',
    });
  const user = value.get('runAsUserName');
  const userFault = user.text === undefined ? undefined : windowsUser(user.text);
  if (userFault !== undefined)
    report({ span: user.span, message: `runAsUserName ${userFault}: the API server refuses "${user.text}".` });
}

function windowsUser(text: string): string | undefined {
  if (text === '') return 'must not be empty';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  if (/[\x00-\x1f\x7f]/.test(text)) return 'must not have control characters';
  const parts = text.split('\\');
  if (parts.length > 2) return 'must have no more than one "\\"';
  const user = parts.at(-1) ?? '';
  const domain = parts.length === 2 ? (parts[0] ?? '') : undefined;
  if (domain !== undefined) {
    if (domain.length >= 256) return 'must have less than 256 characters in its domain';
    const netBios = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/.test(domain);
    const dns =
      /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/.test(
        domain,
      );
    if (!netBios && !dns) return 'must have a NetBIOS or DNS name before its "\\"';
  }
  if (user === '') return 'must have a user';
  if (user.length > 104) return 'must have no more than 104 characters in its user';
  if (/^[. ]+$/.test(user)) return 'must have more than dots and blanks in its user';
  return /["/\\:;|=,+*?<>@[\]]/.test(user) ? 'must have none of "/\\:;|=,+*?<>@[] in its user' : undefined;
}
