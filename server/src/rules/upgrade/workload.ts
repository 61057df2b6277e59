import { copyOf, DraftMap } from '../../syntax/draft.ts';
import { type Change, takeAnnotation } from './change.ts';

/** extensions/v1beta1, apps/v1beta1 and apps/v1beta2 → apps/v1: the selector has to be written, and cannot be changed. */
export const workload: Change = (upgrade) => {
  const { resource, from, note } = upgrade;
  const spec = resource.map('spec');
  if (!spec) return;
  spec.remove('rollbackTo');
  spec.remove('templateGeneration');
  selectTemplate(upgrade, spec);
  const old = from.version === 'v1beta1';
  const extensions = from.group === 'extensions';
  if (from.kind === 'Deployment' && old) {
    const strategy = spec.map('strategy');
    const rolling = strategy?.text('type') !== 'Recreate';
    const steps = strategy?.map('rollingUpdate');
    if (extensions && rolling && !(steps?.has('maxSurge') && steps.has('maxUnavailable')))
      note('rolls out in steps of 25 %, not of one pod');
    if (!spec.has('revisionHistoryLimit')) note(`keeps 10 old ReplicaSets, not ${extensions ? 'all' : '2'}`);
    if (extensions && !spec.has('progressDeadlineSeconds')) note('fails after 600 s without progress');
  }
  const updates = spec.map('updateStrategy')?.has('type') === true;
  if (!updates && ((from.kind === 'DaemonSet' && extensions) || (from.kind === 'StatefulSet' && old)))
    note('updates its pods by itself (RollingUpdate), not when they are deleted');
};

/** The alpha of StatefulSet, apps/v1alpha1, had no update strategy at all. */
export const petSet: Change = (upgrade) => {
  const { resource, note } = upgrade;
  const spec = resource.map('spec');
  if (!spec) return;
  takeAnnotation(spec.map('template', 'metadata'), 'pod.alpha.kubernetes.io/initialized');
  selectTemplate(upgrade, spec);
  note('updates its pods by itself (RollingUpdate)');
};

/** A selector made of the template's labels, as the old versions made it when they stored the object. */
export function selectTemplate(
  { resource, undecided }: Pick<Parameters<Change>[0], 'resource' | 'undecided'>,
  spec: DraftMap,
): void {
  const template = spec.map('template');
  if (!template) return;
  let labels = template.map('metadata', 'labels');
  const selector = spec.map('selector');
  const selects = ['matchLabels', 'matchExpressions'].some((key) => selector?.has(key) === true);
  if (selects) return;
  if (!labels || labels.entries.length === 0) {
    const name = resource.map('metadata')?.text('name');
    if (name === undefined) return;
    // What these pods are to be called is the author's choice.
    undecided();
    template.ensure('metadata', { first: true }).set('labels', { app: name });
    labels = template.map('metadata', 'labels');
  }
  if (!labels) return;
  const copy = copyOf(labels);
  // What is said of the labels is said once.
  if (copy instanceof DraftMap)
    for (const entry of copy.entries) Object.assign(entry, { lead: [], comment: '', tail: [] });
  const made = new DraftMap();
  made.set('matchLabels', copy);
  spec.set('selector', made, {
    after: ['replicas', 'serviceName'],
    ...(spec.has('replicas') || spec.has('serviceName') ? {} : { first: true }),
  });
}
