import { qualifiedName } from '../../kubernetes/forms.ts';
import type { Schema } from '../../schema/api-model.ts';
import type { SchemaRule } from '../rule.ts';

export const invalidOwner: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['ObjectMeta', 'NamespaceSpec'],
  customToo: true,
  id: 'invalid-owner',
  severity: 'error',
  mirrors: ['apimachinery api/validation ValidateOwnerReferences', 'apimachinery api/validation ValidateFinalizerName'],
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
  visit({ value, schema, kind }, report) {
    if (kind.custom && schema.type === 'object' && schema.name !== 'ObjectMeta') return;
    for (const finalizer of value.get('finalizers').items) {
      const fault = finalizer.text === undefined ? undefined : finalizerForm(finalizer.text, schema);
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

const ofNamespaces = ['foregroundDeletion', 'kubernetes', 'orphan'];

/** Those of a Namespace's spec are Kubernetes' own, or have a domain in front (validateFinalizerName). */
function finalizerForm(text: string, schema: Schema): string | undefined {
  const fault = qualifiedName(text);
  if (fault !== undefined || schema.type !== 'object' || schema.name !== 'NamespaceSpec') return fault;
  return text.includes('/') || ofNamespaces.includes(text)
    ? undefined
    : `must have a domain in front, or be ${ofNamespaces.join(', ')}`;
}
