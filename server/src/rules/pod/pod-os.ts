import type { Value } from '../../syntax/value.ts';
import type { Finding, SchemaRule, SchemaVisit } from '../rule.ts';
import { remove } from './fixes.ts';
import { containersOf } from './pod.ts';

export const podOs: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['PodSpec'],
  id: 'pod-os',
  severity: 'error',
  mirrors: [
    'core/validation validateWindows',
    'core/validation validateLinux',
    'core/validation validateWindowsHostProcessPod',
  ],
  title: "A pod has a setting that its operating system doesn't have",
  why: 'With os.name the API server refuses what the other system has. HostProcess containers of Windows share the network of the node, and are never mixed with others.',
  remedy: 'Remove the setting, or correct os.name.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  os:
    name: windows
  securityContext:
    runAsUser: 1000
#   ^^^^^^^^^ error pod-os
    runAsNonRoot: true
  containers:
    - name: web
      image: nginx:1.27
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  os:
    name: linux
  securityContext:
    runAsUser: 1000
    runAsNonRoot: true
  containers:
    - name: web
      image: nginx:1.27
`,
  visit(visit, report) {
    const { value, model } = visit;
    if (value.unknown) return;
    const os = value.get('os').get('name').text;
    // IdentifyPodOS is on by default from 1.24 on; before, the field is dropped.
    if (os !== undefined && model.release >= 24) {
      if (os === 'windows') {
        refuse(visit, value, podFields, os, report);
        refuse(visit, value.get('securityContext'), podContext, os, report);
        if (model.release >= 34) refuse(visit, value, ['resources'], os, report);
      }
      const foreign = os === 'windows' ? containerContext : os === 'linux' ? ['windowsOptions'] : [];
      if (os === 'linux') refuse(visit, value.get('securityContext'), foreign, os, report);
      for (const { container } of containersOf(value))
        refuse(visit, container.get('securityContext'), foreign, os, report);
    }
    hostProcess(visit, report);
  },
};

type Report = (finding: Finding) => void;

const podFields = ['hostPID', 'hostIPC', 'hostUsers', 'shareProcessNamespace'];
const podContext = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
];
const containerContext = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
];
/** Plain booleans and lists in Go: false and empty are as good as nothing. */
const unsetWhenEmpty = new Set(['hostPID', 'hostIPC', 'sysctls']);

function refuse(visit: SchemaVisit, holder: Value, fields: readonly string[], os: string, report: Report): void {
  const { value, document } = visit;
  for (const field of fields) {
    const at = holder.get(field);
    if (at.absent || at.unknown) continue;
    if (unsetWhenEmpty.has(field) && at.boolean !== true && at.items.length === 0) continue;
    report({
      span: at.keySpan,
      message: `A ${os} pod has no ${field}: the API server refuses it.`,
      related: [{ document, span: value.get('os').get('name').span, message: `os.name is ${os}` }],
      fixes: () => remove(visit, holder, field),
    });
  }
}

function hostProcess(visit: SchemaVisit, report: Report): void {
  const { value } = visit;
  const flag = (holder: Value): Value => holder.get('securityContext').get('windowsOptions').get('hostProcess');
  const ofPod = flag(value);
  if (ofPod.unknown) return;
  const containers = containersOf(value).map(({ container }) => ({ container, own: flag(container) }));
  if (containers.some(({ own }) => own.unknown)) return;
  const on = containers.filter(({ own }) => own.boolean ?? ofPod.boolean ?? false);
  for (const { own } of containers)
    if (ofPod.boolean !== undefined && own.boolean !== undefined && own.boolean !== ofPod.boolean)
      report({
        span: own.span,
        message: `hostProcess is ${ofPod.boolean} for the whole pod, and must be the same here: the API server refuses it.`,
        related: [{ document: visit.document, span: ofPod.span, message: `hostProcess: ${ofPod.boolean} of the pod` }],
      });
  const first = on[0];
  if (!first) return;
  const at = first.own.present ? first.own.span : ofPod.span;
  if (on.length !== containers.length)
    report({
      span: at,
      message: 'All containers of a pod are HostProcess containers, or none: the API server refuses it.',
    });
  const network = value.get('hostNetwork');
  if (!network.unknown && network.boolean !== true)
    report({
      span: network.span,
      ofAbsence: network.absent,
      message: 'HostProcess containers need hostNetwork: true on the pod: the API server refuses it without.',
      related: [{ document: visit.document, span: at, message: 'A HostProcess container' }],
    });
}
