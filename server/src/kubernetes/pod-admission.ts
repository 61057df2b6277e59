import {
  type Data,
  dataFrom,
  isTrue,
  type Json,
  type MapData,
  mapAt,
  mapsAt,
  type Origin,
  replaceAt,
  textOf,
  toJson,
  valueAt,
} from '../base/data.ts';
import { accountNames } from './pod-defaults.ts';
import { changeItems, fill } from './volume-defaults.ts';

/** What admission reads of the cluster, as far as the workspace shows it. */
export interface Surroundings {
  /** The ServiceAccount of that name in the pod's namespace. */
  readonly serviceAccount: (name: string) => MapData | undefined;
  readonly priorityClasses: readonly MapData[];
  /** Those of the pod's namespace, by name. */
  readonly limitRanges: readonly MapData[];
  /** The minor release: 36 for 1.36. */
  readonly minor: number;
}

export interface Admitted {
  readonly pod: MapData;
  /** What could not be known, a sentence each. */
  readonly unknown: readonly string[];
}

/**
 * A pod with what the admission plugins that every cluster has add to it: LimitRanger, ServiceAccount, Priority,
 * DefaultTolerationSeconds (plugin/pkg/admission). `pod` has its defaults by then.
 */
export function admitPod(pod: MapData, surroundings: Surroundings): Admitted {
  if (!mapAt(pod, 'spec')) return { pod, unknown: [] };
  const unknown: string[] = [];
  let result = applyLimitRanges(pod, surroundings.limitRanges);
  result = addServiceAccount(result, surroundings);
  result = addPriority(result, surroundings.priorityClasses, unknown);
  return { pod: addTolerations(result), unknown };
}

const by = (plugin: string, from?: Data): Origin => {
  const place = from?.origin.place;
  return { maker: 'admission', note: plugin, ...(place && { place }) };
};

const change = (
  pod: MapData,
  path: readonly (string | number)[],
  origin: Origin,
  make: (part: Data | undefined) => Data | undefined,
): MapData => {
  const changed = replaceAt(pod, path, origin, make);
  return changed?.type === 'map' ? changed : pod;
};

function append(pod: MapData, path: readonly (string | number)[], items: readonly Data[], origin: Origin): MapData {
  if (items.length === 0) return pod;
  return change(pod, path, origin, (list) => ({
    type: 'list',
    items: [...(list?.type === 'list' ? list.items : []), ...items],
    origin: list?.origin ?? origin,
  }));
}

/** limitranger/admission.go, mergeContainerResources: limits and requests that a container doesn't state. */
function applyLimitRanges(pod: MapData, limitRanges: readonly MapData[]): MapData {
  let result = pod;
  for (const limitRange of limitRanges) {
    const { requests, limits } = containerDefaults(limitRange);
    const origin = by(`LimitRange "${textOf(limitRange, 'metadata', 'name')}"`, limitRange);
    const notes: string[] = [];
    for (const list of ['containers', 'initContainers']) {
      result = changeItems(result, ['spec', list], (container) => {
        let changed = container;
        for (const [kind, defaults] of [
          ['request', requests],
          ['limit', limits],
        ] as const) {
          const stated = mapAt(changed, 'resources', `${kind}s`);
          const missing = [...defaults].filter(([name]) => !stated?.entries.has(name)).sort();
          if (missing.length === 0) continue;
          for (const [name, value] of missing) {
            const made = dataFrom(toJson(value), {
              ...origin,
              ...(value.origin.place && { place: value.origin.place }),
            });
            changed = change(changed, ['resources', `${kind}s`, name], origin, () => made);
          }
          const names = missing.map(([name]) => name).join(', ');
          const what = list === 'initContainers' ? 'init container' : 'container';
          notes.push(`${names} ${kind} for ${what} ${textOf(container, 'name')}`);
        }
        return changed;
      });
    }
    if (notes.length > 0)
      result = change(result, ['metadata', 'annotations', 'kubernetes.io/limit-ranger'], origin, (before) => {
        const text = `LimitRanger plugin set: ${notes.join('; ')}`;
        return dataFrom(before ? `${textOf(before)}; ${text}` : text, origin);
      });
  }
  return result;
}

/** What a LimitRange gives containers, with its own defaults: SetDefaults_LimitRangeItem. */
function containerDefaults(limitRange: MapData): {
  readonly requests: ReadonlyMap<string, Data>;
  readonly limits: ReadonlyMap<string, Data>;
} {
  const requests = new Map<string, Data>();
  const limits = new Map<string, Data>();
  const takeOver = (to: Map<string, Data>, from: ReadonlyMap<string, Data> | undefined): void => {
    for (const [name, value] of from ?? []) if (!to.has(name)) to.set(name, value);
  };
  for (const item of mapsAt(limitRange, 'spec', 'limits')) {
    if (textOf(item, 'type') !== 'Container') continue;
    const own = new Map<string, Data>();
    takeOver(own, mapAt(item, 'default')?.entries);
    takeOver(own, mapAt(item, 'max')?.entries);
    const asked = new Map<string, Data>();
    takeOver(asked, mapAt(item, 'defaultRequest')?.entries);
    takeOver(asked, own);
    takeOver(asked, mapAt(item, 'min')?.entries);
    for (const [name, value] of own) limits.set(name, value);
    for (const [name, value] of asked) requests.set(name, value);
  }
  return { requests, limits };
}

const tokenPath = '/var/run/secrets/kubernetes.io/serviceaccount';

/** serviceaccount/admission.go: the account's name, its pull secrets, and its token in every container. */
function addServiceAccount(pod: MapData, { serviceAccount, minor }: Surroundings): MapData {
  const plugin = by('ServiceAccount admission');
  let result = change(pod, ['spec'], plugin, (spec) => {
    if (spec?.type !== 'map') return spec;
    const named = accountNames(spec);
    return fill(named, { serviceAccountName: 'default', serviceAccount: 'default' }, plugin);
  });
  const name = textOf(result, 'spec', 'serviceAccountName');
  const account = serviceAccount(name);
  const origin = account ? by(`ServiceAccount "${name}"`, account) : plugin;
  if (mapsAt(pod, 'spec', 'imagePullSecrets').length === 0) {
    const secrets = mapsAt(account, 'imagePullSecrets').map((secret) => ({
      ...secret,
      origin: by(origin.note ?? '', secret),
    }));
    result = append(result, ['spec', 'imagePullSecrets'], secrets, origin);
  }
  const asked =
    valueAt(pod, 'spec', 'automountServiceAccountToken') ?? valueAt(account, 'automountServiceAccountToken');
  if (asked?.type === 'scalar' && asked.value === false) return result;
  // Since 1.21 the token is projected; before, it was a Secret that the token controller made.
  const projected = minor >= 21;
  const prefix = projected ? 'kube-api-access-' : `${name}-token-`;
  const there = mapsAt(pod, 'spec', 'volumes').find((volume) => textOf(volume, 'name').startsWith(prefix));
  const volume = there ? textOf(there, 'name') : `${prefix}<random>`;
  let mounted = false;
  const mount = dataFrom({ name: volume, readOnly: true, mountPath: tokenPath }, plugin);
  for (const list of ['initContainers', 'containers']) {
    result = changeItems(result, ['spec', list], (container) => {
      if (mapsAt(container, 'volumeMounts').some((own) => textOf(own, 'mountPath') === tokenPath)) return container;
      mounted = true;
      return append(container, ['volumeMounts'], [mount], plugin);
    });
  }
  if (there || !mounted) return result;
  const source: Json = projected ? tokenVolume : { secret: { defaultMode: 420, secretName: volume } };
  return append(result, ['spec', 'volumes'], [dataFrom({ name: volume, ...source }, plugin)], plugin);
}

const tokenVolume = {
  projected: {
    defaultMode: 420,
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      {
        downwardAPI: {
          items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
        },
      },
    ],
  },
} as const;

const systemPriorities: Readonly<Record<string, number>> = {
  'system-node-critical': 2_000_001_000,
  'system-cluster-critical': 2_000_000_000,
};

/** priority/admission.go, admitPod: the class that is named, or the one that is the default, or 0. */
function addPriority(pod: MapData, classes: readonly MapData[], unknown: string[]): MapData {
  const named = textOf(pod, 'spec', 'priorityClassName');
  const globals = classes.filter((one) => isTrue(one, 'globalDefault'));
  const lowest = globals.sort((a, b) => Number(textOf(a, 'value')) - Number(textOf(b, 'value')))[0];
  const found = named === '' ? lowest : classes.find((one) => textOf(one, 'metadata', 'name') === named);
  const system = systemPriorities[named];
  if (named !== '' && !found && system === undefined) {
    unknown.push(`PriorityClass "${named}" is not in this workspace: the pod's priority is unknown.`);
    return pod;
  }
  const name = found ? textOf(found, 'metadata', 'name') : named;
  const origin = found ? by(`PriorityClass "${name}"`, found) : by('Priority admission');
  const value = found ? Number(textOf(found, 'value')) : (system ?? 0);
  return change(pod, ['spec'], origin, (spec) =>
    spec?.type === 'map'
      ? fill(
          spec,
          {
            ...(name !== '' && { priorityClassName: name }),
            priority: value,
            preemptionPolicy: textOf(found, 'preemptionPolicy') || 'PreemptLowerPriority',
          },
          origin,
        )
      : spec,
  );
}

/** defaulttolerationseconds/admission.go: five minutes on a node that is not ready or out of reach. */
function addTolerations(pod: MapData): MapData {
  const own = mapsAt(pod, 'spec', 'tolerations');
  const origin = by('DefaultTolerationSeconds admission');
  const missing = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].filter(
    (key) =>
      !own.some(
        (toleration) =>
          ['', key].includes(textOf(toleration, 'key')) && ['', 'NoExecute'].includes(textOf(toleration, 'effect')),
      ),
  );
  const added = missing.map((key) =>
    dataFrom({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }, origin),
  );
  return append(pod, ['spec', 'tolerations'], added, origin);
}

/** The tolerations that a DaemonSet's controller gives its pods: pkg/controller/daemon/util, AddOrUpdateDaemonPodTolerations. */
export function addDaemonTolerations(pod: MapData): MapData {
  const origin: Origin = { maker: 'admission', note: 'DaemonSet controller' };
  const own = mapsAt(pod, 'spec', 'tolerations');
  const added: Json[] = [
    { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
    { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' },
    ...['disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable']
      .concat(isTrue(pod, 'spec', 'hostNetwork') ? ['network-unavailable'] : [])
      .map((taint) => ({ key: `node.kubernetes.io/${taint}`, operator: 'Exists', effect: 'NoSchedule' })),
  ];
  const isThere = (one: Json): boolean => {
    const { key, effect } = one as { readonly key: string; readonly effect: string };
    return own.some(
      (toleration) =>
        textOf(toleration, 'key') === key &&
        textOf(toleration, 'effect') === effect &&
        textOf(toleration, 'operator') === 'Exists',
    );
  };
  const missing = added.filter((one) => !isThere(one)).map((one) => dataFrom(one, origin));
  return append(pod, ['spec', 'tolerations'], missing, origin);
}
