import type { Change } from './change.ts';

/** policy/v1beta1 → policy/v1: an empty selector selected no pod, and selects all of them. */
export const disruptionBudget: Change = ({ resource, note, undecided }) => {
  const spec = resource.map('spec');
  const selector = spec?.map('selector');
  if (!selector) return;
  const filled = ['matchLabels', 'matchExpressions'].some(
    (key) => (selector.map(key)?.entries.length ?? selector.list(key)?.items.length ?? 0) > 0,
  );
  if (filled) return;
  note('its empty selector stands for all pods of the namespace, not for none');
  undecided();
};

/** rbac.authorization.k8s.io/v1alpha1 named a subject's API version, where v1 has its group. */
export const rbac: Change = ({ resource }) => {
  for (const subject of resource.maps('subjects')) {
    const version = subject.text('apiVersion');
    if (version === undefined) continue;
    const group = version.includes('/') ? version.slice(0, version.indexOf('/')) : '';
    subject.remove('apiVersion');
    if (group !== '' && !subject.has('apiGroup')) subject.set('apiGroup', group, { after: ['kind'] });
  }
};

/** authorization.k8s.io/v1beta1 → v1 */
export const accessReview: Change = ({ resource }) => resource.map('spec')?.rename('group', 'groups');

/** certificates.k8s.io/v1beta1 → v1: who signs has to be said. */
export const signingRequest: Change = ({ resource, note, undecided }) => {
  const spec = resource.map('spec');
  if (!spec || (spec.has('signerName') && spec.has('usages'))) return;
  undecided();
  if (!spec.has('signerName')) {
    spec.set('signerName', 'kubernetes.io/kube-apiserver-client');
    note('signed for clients of the API server: see that this is meant');
  }
  if (!spec.has('usages')) spec.set('usages', ['client auth']);
};
