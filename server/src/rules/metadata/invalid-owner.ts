import { qualifiedName } from '../../kubernetes/forms.ts';
import type { SchemaRule } from '../rule.ts';

export const invalidOwner: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['ObjectMeta', 'NamespaceSpec'],
  customToo: true,
  id: 'invalid-owner',
  severity: 'error',
  mirrors: [
    'apimachinery api/validation ValidateOwnerReferences',
    'apimachinery api/validation ValidateFinalizerName',
    'core/validation validateKubeFinalizerName',
  ],
  title: 'An owner or a finalizer has a form that Kubernetes refuses',
  why: 'At most one owner may be the controller, and finalizers are names that controllers know. The API server refuses anything else.',
  remedy: 'Leave owners to controllers; name finalizers "domain/name".',
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  finalizers:
    - keep this
#     ^^^^^^^^^ error invalid-owner
data:
  colour: blue
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  finalizers:
    - example.com/keep
data:
  colour: blue
`,
  visit({ value, schema, kind, path }, report) {
    const ofSpec = schema.type === 'object' && schema.name !== 'ObjectMeta';
    if (kind.custom && ofSpec) return;
    // Of what is made of a template, only labels and annotations are looked at.
    if (!ofSpec && path.length !== 1) return;
    const known = !kind.custom && (ofSpec || checked.has(kind.group));
    for (const finalizer of value.get('finalizers').items) {
      const fault = finalizer.text === undefined ? undefined : finalizerForm(finalizer.text, known);
      if (fault)
        report({
          span: finalizer.span,
          message: `"${finalizer.text}" is no finalizer: it ${fault}. The API server refuses it.`,
        });
    }
    const controllers = value.get('ownerReferences').items.filter((owner) => owner.get('controller').boolean === true);
    for (const owner of controllers.slice(1))
      report({
        span: owner.get('controller').span,
        message: 'An object has at most one owner that is its controller: the API server refuses a second one.',
      });
  },
};

/** The groups whose objects are held against `core/validation ValidateObjectMeta`, which asks more of finalizers. */
const checked: ReadonlySet<string> = new Set(['', 'apps', 'batch']);

const ofKubernetes = ['foregroundDeletion', 'kubernetes', 'orphan'];

/** Where it is known, they are Kubernetes' own, or have a domain in front (validateKubeFinalizerName). */
function finalizerForm(text: string, known: boolean): string | undefined {
  const fault = qualifiedName(text);
  if (fault !== undefined || !known) return fault;
  return text.includes('/') || ofKubernetes.includes(text)
    ? undefined
    : `must have a domain in front, or be ${ofKubernetes.join(', ')}`;
}
