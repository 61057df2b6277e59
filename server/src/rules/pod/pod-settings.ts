import { qualifiedName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import type { Finding, SchemaRule, SchemaVisit } from '../rule.ts';
import { changeToBare, remove } from './fixes.ts';
import { containersOf, isPod } from './pod.ts';

export const podSettings: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['PodSpec'],
  id: 'pod-settings',
  severity: 'error',
  mirrors: [
    'core/validation ValidatePodSpec',
    'core/validation validateHostUsers',
    'core/validation validatePodHostName',
    'core/validation validateSchedulingGates',
    'core/validation validatePodResourceClaim',
  ],
  title: 'Settings of a pod contradict each other',
  why: "A pod can't share processes and have the node's, be in a user namespace of its own and in other namespaces of the node, or wait at a gate and have a node. The API server refuses it.",
  remedy: 'Keep one of the two settings.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostPID: true
  shareProcessNamespace: true
#                        ^^^^ error pod-settings
  containers:
    - name: web
      image: nginx:1.27
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  shareProcessNamespace: true
  containers:
    - name: web
      image: nginx:1.27
`,
  visit(visit, report) {
    const { value, model } = visit;
    if (value.unknown) return;
    const deadline = value.get('activeDeadlineSeconds');
    const { integer } = deadline;
    if (integer !== undefined && (integer < 1 || integer > 2_147_483_647))
      report({
        span: deadline.span,
        message: `activeDeadlineSeconds must be from 1 to 2147483647: the API server refuses ${integer}.`,
        fixes: () => [
          ...remove(visit, value, 'activeDeadlineSeconds', false),
          ...(integer > 1 ? changeToBare(visit, deadline, '2147483647', false) : []),
        ],
      });
    const isOn = (field: string): boolean => value.get(field).boolean === true;
    if (isOn('shareProcessNamespace') && isOn('hostPID'))
      conflict(visit, 'shareProcessNamespace', 'hostPID', "the pod's processes are the node's already", report);
    // UserNamespacesSupport is on by default from 1.33 on; before, the field is dropped.
    if (value.get('hostUsers').boolean === false && model.release >= 33) hostUsers(visit, report);
    if (value.get('hostnameOverride').text && model.release >= 35)
      for (const other of ['setHostnameAsFQDN', 'hostNetwork'])
        if (isOn(other)) conflict(visit, 'hostnameOverride', other, 'the name is given otherwise', report);
    gates(visit, report);
    resourceClaims(visit, report);
  },
};

type Report = (finding: Finding) => void;

function conflict(visit: SchemaVisit, one: string, other: string, reason: string, report: Report): void {
  const { value, document } = visit;
  report({
    span: value.get(one).span,
    message: `${one} doesn't go with ${other}, since ${reason}: the API server refuses it.`,
    related: [{ document, span: value.get(other).span, message: `${other} is set here` }],
    fixes: () => [...remove(visit, value, one, false), ...remove(visit, value, other, false)],
  });
}

function hostUsers(visit: SchemaVisit, report: Report): void {
  const { value, document } = visit;
  for (const other of ['hostNetwork', 'hostPID', 'hostIPC'])
    if (value.get(other).boolean === true)
      conflict(visit, other, 'hostUsers', "hostUsers: false takes the pod out of the node's namespaces", report);
  // They work with no user namespace, and have only been refused since 1.35.
  if (visit.model.release < 35) return;
  for (const { container } of containersOf(value)) {
    const devices = container.get('volumeDevices');
    if (devices.items.length > 0)
      report({
        span: devices.keySpan,
        message: "volumeDevices don't work with hostUsers: false: the API server refuses it.",
        related: [{ document, span: value.get('hostUsers').span, message: 'hostUsers: false' }],
      });
  }
}

function gates(visit: SchemaVisit, report: Report): void {
  const { value, document, model } = visit;
  const list = value.get('schedulingGates');
  // PodSchedulingReadiness is on by default from 1.27 on.
  if (list.items.length === 0 || model.release < 27) return;
  const first = new Map<string, Value>();
  for (const gate of list.items) {
    const name = gate.get('name');
    if (!name.text) continue;
    const fault = qualifiedName(name.text);
    const earlier = first.get(name.text);
    if (fault !== undefined)
      report({
        span: name.span,
        message: `"${name.text}" is no valid name of a gate: it ${fault}. The API server refuses it.`,
      });
    else if (earlier)
      report({
        span: name.span,
        message: `The gate "${name.text}" stands here twice: the API server refuses it.`,
        related: [{ document, span: earlier.span, message: 'The first one' }],
      });
    else first.set(name.text, name);
  }
  if (isPod(visit) && value.get('nodeName').text)
    conflict(visit, 'nodeName', 'schedulingGates', 'a pod with gates has no node yet', report);
}

function resourceClaims(visit: SchemaVisit, report: Report): void {
  const { value, document } = visit;
  for (const claim of value.get('resourceClaims').items) {
    const name = claim.get('resourceClaimName');
    const template = claim.get('resourceClaimTemplateName');
    // Until 1.30 both were in `source`.
    if (claim.absent || claim.unknown || claim.get('source').present) continue;
    if (name.present && template.present)
      report({
        span: template.keySpan,
        message: 'Only one of resourceClaimName and resourceClaimTemplateName may be set: the API server refuses both.',
        related: [{ document, span: name.keySpan, message: 'The other one' }],
        fixes: () => [
          ...remove(visit, claim, 'resourceClaimTemplateName', false),
          ...remove(visit, claim, 'resourceClaimName', false),
        ],
      });
    else if (name.absent && template.absent)
      report({
        span: claim.keySpan,
        ofAbsence: true,
        message: 'A claim needs a resourceClaimName or a resourceClaimTemplateName: the API server refuses it without.',
      });
  }
}
