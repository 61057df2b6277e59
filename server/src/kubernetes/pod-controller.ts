import {
  type Data,
  dataFrom,
  type Json,
  type MapData,
  mapAt,
  mapData,
  mapsAt,
  type Origin,
  replaceAt,
  textOf,
  valueAt,
} from '../base/data.ts';

/** A workload, as far as its pods take over from it. */
export interface Workload {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** The whole object. */
  readonly value: MapData;
}

/**
 * The labels that a workload's controller puts on its pods besides those of the template; undefined stands for a value
 * that is made up at run time.
 */
export function controllerLabels(
  { kind, name }: { readonly kind: string; readonly name: string },
  minor: number,
): ReadonlyMap<string, string | undefined> {
  const labels = new Map<string, string | undefined>();
  switch (kind) {
    case 'Deployment':
      labels.set('pod-template-hash', undefined);
      break;
    case 'StatefulSet':
      labels.set('controller-revision-hash', undefined).set('statefulset.kubernetes.io/pod-name', `${name}-0`);
      if (minor >= 28) labels.set('apps.kubernetes.io/pod-index', '0');
      break;
    case 'DaemonSet':
      labels.set('controller-revision-hash', undefined).set('pod-template-generation', '1');
      break;
    case 'Job':
    case 'CronJob': {
      const job = kind === 'Job' && name !== '' ? name : undefined;
      labels.set('controller-uid', undefined).set('job-name', job);
      if (minor >= 27)
        labels.set('batch.kubernetes.io/controller-uid', undefined).set('batch.kubernetes.io/job-name', job);
      break;
    }
  }
  return labels;
}

/**
 * The volumes that a StatefulSet's controller makes for its claims, in the first pod: they take the place of the
 * template's volumes of the same names (pkg/controller/statefulset, updateStorage).
 */
export function claimVolumes({ kind, name, value }: Workload): readonly MapData[] {
  if (kind !== 'StatefulSet' && kind !== 'PetSet') return [];
  return mapsAt(value, 'spec', 'volumeClaimTemplates').flatMap((claim) => {
    const volume = textOf(claim, 'metadata', 'name');
    if (volume === '') return [];
    const place = claim.origin.place;
    const origin: Origin = { maker: 'controller', note: `claim of ${kind} "${name}"`, ...(place && { place }) };
    const made = dataFrom({ name: volume, persistentVolumeClaim: { claimName: `${volume}-${name}-0` } }, origin);
    return made.type === 'map' ? [made] : [];
  });
}

/**
 * The Pod that a workload's controller makes from its template: names, labels, owner. What is made up at run time
 * stands in angle brackets.
 */
export function makePod(workload: Workload, template: MapData, minor: number): MapData {
  const { kind, name } = workload;
  const origin: Origin = {
    maker: 'controller',
    note: `${kind} controller`,
    ...(workload.value.origin.place && { place: workload.value.origin.place }),
  };
  let pod: MapData = mapData(
    [
      ['apiVersion', dataFrom('v1', origin)],
      ['kind', dataFrom('Pod', origin)],
      ['metadata', mapAt(template, 'metadata') ?? mapData([], origin)],
      ...[...template.entries].filter(([key]) => key !== 'metadata'),
    ],
    template.origin,
  );
  const set = (path: readonly string[], value: Data): void => {
    const changed = replaceAt(pod, path, origin, () => value);
    if (changed?.type === 'map') pod = changed;
  };
  const { owner, podName, generateName } = naming(workload);
  if (podName !== undefined) set(['metadata', 'name'], dataFrom(podName, origin));
  if (generateName !== undefined) set(['metadata', 'generateName'], dataFrom(generateName, origin));
  if (workload.namespace !== '') set(['metadata', 'namespace'], dataFrom(workload.namespace, origin));
  for (const [label, value] of controllerLabels(workload, minor))
    set(['metadata', 'labels', label], dataFrom(value ?? runTimeValue(label, workload), origin));
  set(
    ['metadata', 'ownerReferences'],
    dataFrom([{ ...owner, uid: '<uid>', controller: true, blockOwnerDeletion: true }], origin),
  );
  if (kind === 'StatefulSet' || kind === 'PetSet') {
    set(['spec', 'hostname'], dataFrom(`${name}-0`, origin));
    const service = valueAt(workload.value, 'spec', 'serviceName');
    if (service)
      set(['spec', 'subdomain'], { ...service, origin: { ...origin, ...service.origin, maker: 'controller' } });
    const claims = claimVolumes(workload);
    const names = new Set(claims.map((volume) => textOf(volume, 'name')));
    const others = mapsAt(pod, 'spec', 'volumes').filter((volume) => !names.has(textOf(volume, 'name')));
    if (claims.length > 0) set(['spec', 'volumes'], { type: 'list', items: [...claims, ...others], origin });
  }
  return pod;
}

function runTimeValue(label: string, { kind, name }: Workload): string {
  if (label.endsWith('uid')) return '<uid>';
  if (label.endsWith('job-name')) return `${name}-<time>`;
  return label === 'controller-revision-hash' && kind === 'StatefulSet' ? `${name}-<hash>` : '<hash>';
}

function naming({ apiVersion, kind, name }: Workload): {
  readonly owner: { readonly [key: string]: Json };
  readonly podName?: string;
  readonly generateName?: string;
} {
  switch (kind) {
    case 'Deployment':
      return {
        owner: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${name}-<hash>` },
        generateName: `${name}-<hash>-`,
        podName: `${name}-<hash>-<random>`,
      };
    case 'CronJob':
      return {
        owner: { apiVersion: 'batch/v1', kind: 'Job', name: `${name}-<time>` },
        generateName: `${name}-<time>-`,
        podName: `${name}-<time>-<random>`,
      };
    case 'StatefulSet':
    case 'PetSet':
      return { owner: { apiVersion, kind, name }, podName: `${name}-0` };
    default:
      return { owner: { apiVersion, kind, name }, generateName: `${name}-`, podName: `${name}-<random>` };
  }
}
