import { qualifiedName } from '../../kubernetes/forms.ts';
import type { SchemaRule } from '../rule.ts';

export const invalidOwner: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['ObjectMeta'],
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
  visit({ value }, report) {
    for (const finalizer of value.get('finalizers').items) {
      const fault = finalizer.text === undefined ? undefined : qualifiedName(finalizer.text);
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
