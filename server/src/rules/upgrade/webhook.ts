import type { Change } from './change.ts';

/** What admissionregistration.k8s.io/v1beta1 filled in, and v1 fills in otherwise or not at all. */
const defaults = [
  ['failurePolicy', 'Ignore'],
  ['matchPolicy', 'Exact'],
  ['timeoutSeconds', '30'],
] as const;

/** admissionregistration.k8s.io/v1beta1 → v1 */
export const webhook: Change = ({ resource, note, undecided }) => {
  let written = false;
  for (const hook of resource.maps('webhooks')) {
    // A webhook that answers v1beta1 need not know v1.
    if (!hook.has('admissionReviewVersions')) hook.set('admissionReviewVersions', ['v1beta1']);
    const effects = hook.text('sideEffects');
    if (effects !== 'None' && effects !== 'NoneOnDryRun') {
      // v1 takes no webhook whose side effects are unknown: only its author knows them.
      hook.set('sideEffects', 'None');
      note('says that it has no side effects: see that this is so');
      undecided();
    }
    for (const [field, value] of defaults) {
      if (hook.has(field)) continue;
      hook.set(field, value);
      written = true;
    }
  }
  if (written) note('with the defaults of v1beta1 written out');
};
