import { relativePath } from '../../kubernetes/paths.ts';
import type { Value } from '../../syntax/value.ts';
import type { SchemaRule } from '../rule.ts';
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
  visit({ value, model, schema, document }, report) {
    const annotations = value.get('metadata').get('annotations').entries;
    if (annotations.length === 0) return;
    const containers = containersOf(value.get('spec'));
    const names = new Set(containers.map(({ container }) => container.get('name').scalar?.value));
    const profiles = new Map(
      containers.map(({ container }) => [
        container.get('name').text,
        container.at('securityContext', 'appArmorProfile'),
      ]),
    );
    for (const { name, key, value: annotation } of annotations) {
      const { text } = annotation;
      if (text === undefined) continue;
      const refuse = (why: string): void =>
        report({ span: annotation.span, message: `${why}: the API server refuses "${text}".` });
      if (name === 'controller.kubernetes.io/pod-deletion-cost') {
        // validFirstDigit: no sign but "-", and no zeros in front.
        const sound =
          /^(?:0|-?[1-9]\d*)$/.test(text) && Math.abs(Number(text)) <= 2_147_483_648 && Number(text) !== 2_147_483_648;
        if (!sound && model.release >= 22) refuse('The deletion cost must be a 32-bit integer without zeros in front');
      } else if (name.startsWith('container.apparmor.security.beta.kubernetes.io/')) {
        const container = name.slice(name.indexOf('/') + 1);
        if (!names.has(container) && ![...names].some((other) => other === undefined || /[{$<]/.test(other)))
          report({
            span: { start: key.start, end: key.end },
            ofAbsence: true,
            message: `The pod has no container "${container}" for this AppArmor profile: the API server refuses it.`,
          });
        if (text !== '' && text !== 'runtime/default' && text !== 'unconfined' && !text.startsWith('localhost/'))
          refuse('An AppArmor profile is runtime/default, unconfined or localhost/…');
        const field = profiles.get(container);
        const due = field && annotationOf(field);
        if (
          schema.type === 'object' &&
          schema.name === 'Pod' &&
          model.release >= 30 &&
          field &&
          due !== undefined &&
          text !== due
        )
          report({
            span: annotation.span,
            message: `The annotation must say the same as appArmorProfile, "${due}": the API server refuses the pod.`,
            related: [{ document, span: field.span, message: 'The field' }],
          });
      } else if (
        name === 'seccomp.security.alpha.kubernetes.io/pod' ||
        name.startsWith('container.seccomp.security.alpha.kubernetes.io/')
      ) {
        const local = text.startsWith('localhost/') ? relativePath(text.slice('localhost/'.length)) : undefined;
        const known =
          ['runtime/default', 'docker/default', 'unconfined'].includes(text) || text.startsWith('localhost/');
        if (!known) refuse('A seccomp profile is runtime/default, unconfined or localhost/…');
        else if (local !== undefined) refuse(`The path of a profile ${local}`);
      }
    }
  },
};

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
