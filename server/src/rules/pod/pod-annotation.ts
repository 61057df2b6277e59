import { relativePath } from '../../kubernetes/paths.ts';
import type { Value } from '../../syntax/value.ts';
import type { Finding, SchemaRule, SchemaVisit } from '../rule.ts';
import { containersOf } from './pod.ts';

export const podAnnotation: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['Pod', 'PodTemplateSpec'],
  id: 'pod-annotation',
  severity: 'error',
  mirrors: [
    'core/validation ValidatePodSpecificAnnotations',
    'core/validation ValidateAppArmorPodAnnotations',
    'core/validation ValidateSeccompPodAnnotations',
    'core/validation validateSeccompAnnotationsAndFields',
    'core/validation validateAppArmorAnnotationsAndFieldsMatchOnCreate',
  ],
  title: 'An annotation that Kubernetes itself reads has no valid value',
  why: 'The deletion cost is an integer, and AppArmor and seccomp annotations name a profile and a container that is there. The API server refuses anything else.',
  remedy: 'Correct the value, or use the field that replaced the annotation.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    controller.kubernetes.io/pod-deletion-cost: high
#                                               ^^^^ error pod-annotation
spec:
  containers:
    - name: web
      image: nginx:1.27
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    controller.kubernetes.io/pod-deletion-cost: "100"
spec:
  containers:
    - name: web
      image: nginx:1.27
`,
  visit(visit, report) {
    const { value } = visit;
    const annotations = value.get('metadata').get('annotations').strings;
    if (annotations.length === 0) return;
    const containers = containersOf(value.get('spec')).map(({ container }) => container);
    for (const annotation of annotations) {
      if (annotation.text === undefined) continue;
      const { name, text, value: at } = annotation;
      const refuse = (why: string): void =>
        report({ span: at.span, message: `${why}: the API server refuses "${text}".` });
      const container = name.slice(name.indexOf('/') + 1);
      if (name === 'controller.kubernetes.io/pod-deletion-cost') {
        // validFirstDigit: no sign but "-", and no zeros in front.
        const sound =
          /^(?:0|-?[1-9]\d*)$/.test(text) && Math.abs(Number(text)) <= 2_147_483_648 && Number(text) !== 2_147_483_648;
        if (!sound && visit.model.release >= 22)
          refuse('The deletion cost must be a 32-bit integer without zeros in front');
      } else if (name === 'kubernetes.io/config.mirror') {
        const node = value.at('spec', 'nodeName');
        if (node.absent || node.text === '')
          report({
            span: at.span,
            ofAbsence: node.absent,
            message:
              'A mirror of a static pod is on a node: the API server refuses this annotation without spec.nodeName.',
          });
      } else if (name.startsWith('container.apparmor.security.beta.kubernetes.io/')) {
        const names = containers.map((one) => one.get('name').scalar?.value);
        if (!names.includes(container) && !names.some((other) => other === undefined || /[{$<]/.test(other)))
          report({
            span: { start: annotation.key.start, end: annotation.key.end },
            ofAbsence: true,
            message: `The pod has no container "${container}" for this AppArmor profile: the API server refuses it.`,
          });
        if (text !== '' && text !== 'runtime/default' && text !== 'unconfined' && !text.startsWith('localhost/'))
          refuse('An AppArmor profile is runtime/default, unconfined or localhost/…');
        if (visit.model.release >= 30)
          contradiction(visit, at, text, appArmorOf(visit, named(containers, container)), report);
      } else if (name === 'seccomp.security.alpha.kubernetes.io/pod') {
        seccomp(text, refuse);
        contradiction(visit, at, text, value.at('spec', 'securityContext', 'seccompProfile'), report);
      } else if (name.startsWith('container.seccomp.security.alpha.kubernetes.io/')) {
        seccomp(text, refuse);
        const own = named(containers, container)?.at('securityContext', 'seccompProfile');
        contradiction(visit, at, text, own, report);
      }
    }
  },
};

type Report = (finding: Finding) => void;

const named = (containers: readonly Value[], name: string): Value | undefined =>
  containers.find((container) => container.get('name').text === name);

function seccomp(text: string, refuse: (why: string) => void): void {
  const local = text.startsWith('localhost/') ? relativePath(text.slice('localhost/'.length)) : undefined;
  const known = ['runtime/default', 'docker/default', 'unconfined'].includes(text) || text.startsWith('localhost/');
  if (!known) refuse('A seccomp profile is runtime/default, unconfined or localhost/…');
  else if (local !== undefined) refuse(`The path of a profile ${local}`);
}

/**
 * The profile that a container's annotation is held against. A Pod's containers get their fields from the annotations
 * first, where they have none; in a template the whole pod's counts then, and Windows has none.
 */
function appArmorOf({ value, schema }: SchemaVisit, container: Value | undefined): Value | undefined {
  const own = container?.at('securityContext', 'appArmorProfile');
  if (schema.type !== 'object' || value.at('spec', 'os', 'name').text === 'windows') return undefined;
  return own?.absent && schema.name !== 'Pod' ? value.at('spec', 'securityContext', 'appArmorProfile') : own;
}

/** Says where an annotation and the field that replaced it name different profiles. */
function contradiction(
  { document }: SchemaVisit,
  annotation: Value,
  text: string,
  field: Value | undefined,
  report: Report,
): void {
  const due = field && annotationOf(field);
  if (!field || due === undefined || text === due || (text === 'docker/default' && due === 'runtime/default')) return;
  const name = field.pair?.key.value ?? '';
  report({
    span: annotation.span,
    message: `The annotation must say the same as ${name}, "${due}": the API server refuses the pod.`,
    related: [{ document, span: field.span, message: 'The field' }],
  });
}

/** What an annotation has for a profile in a field; undefined where that isn't known. */
function annotationOf(profile: Value): string | undefined {
  switch (profile.get('type').text) {
    case 'RuntimeDefault':
      return 'runtime/default';
    case 'Unconfined':
      return 'unconfined';
    case 'Localhost': {
      const name = profile.get('localhostProfile').text;
      return name === undefined ? undefined : `localhost/${name}`;
    }
    default:
      return undefined;
  }
}
