import { describe, expect, it } from 'vitest';
import { type MapData, textOf, toJson } from '../../src/base/data.ts';
import { addDaemonTolerations, admitPod, type Surroundings } from '../../src/kubernetes/pod-admission.ts';
import { controllerLabels, makePod } from '../../src/kubernetes/pod-controller.ts';
import { defaultPod, pullPolicy } from '../../src/kubernetes/pod-defaults.ts';
import { map, part, pod } from './values.ts';

describe('what the API server fills in', () => {
  const filled = (container: string, spec = '', ...path: (string | number)[]) =>
    part(defaultPod(pod(container, spec)), 'spec', ...path);

  it('in the pod', () => {
    const { containers: _, ...spec } = filled('') as Record<string, never>;
    expect(spec).toEqual({
      restartPolicy: 'Always',
      dnsPolicy: 'ClusterFirst',
      terminationGracePeriodSeconds: 30,
      schedulerName: 'default-scheduler',
      securityContext: {},
      enableServiceLinks: true,
    });
  });

  it('in containers and init containers', () => {
    const expected = {
      resources: {},
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
      imagePullPolicy: 'Always',
    };
    expect(filled('image: nginx', '', 'containers', 0)).toEqual({ name: 'web', image: 'nginx', ...expected });
    expect(filled('', 'initContainers: [{ image: nginx }]', 'initContainers', 0)).toEqual({
      image: 'nginx',
      ...expected,
    });
  });

  it('leaves what is written', () => {
    const own = 'imagePullPolicy: Never\nterminationMessagePolicy: FallbackToLogsOnError';
    expect(filled(own, 'restartPolicy: Never', 'containers', 0)).toMatchObject({
      imagePullPolicy: 'Never',
      terminationMessagePolicy: 'FallbackToLogsOnError',
    });
    expect(filled('', 'restartPolicy: Never', 'restartPolicy')).toBe('Never');
    expect(filled('', 'restartPolicy:', 'restartPolicy')).toBe('Always');
  });

  it.each([
    ['nginx', 'Always'],
    ['nginx:latest', 'Always'],
    ['nginx:1.27', 'IfNotPresent'],
    ['registry:5000/nginx', 'Always'],
    ['registry:5000/nginx:1.27', 'IfNotPresent'],
    ['nginx@sha256:0123', 'IfNotPresent'],
    ['nginx:latest@sha256:0123', 'Always'],
  ])('pulls %s: %s', (image, policy) => expect(pullPolicy(image)).toBe(policy));

  it('the account by both of its names', () => {
    expect(filled('', 'serviceAccountName: bot', 'serviceAccount')).toBe('bot');
    expect(filled('', 'serviceAccount: bot', 'serviceAccountName')).toBe('bot');
  });

  it("requests from limits, and ports' protocols", () => {
    const own =
      'resources: { limits: { cpu: 1, memory: 1Gi }, requests: { cpu: 500m } }\nports: [{ containerPort: 80 }]';
    expect(filled(own, '', 'containers', 0)).toMatchObject({
      resources: { requests: { cpu: '500m', memory: '1Gi' } },
      ports: [{ containerPort: 80, protocol: 'TCP' }],
    });
    expect(filled(own, 'hostNetwork: true', 'containers', 0, 'ports', 0, 'hostPort')).toBe(80);
  });

  it('in probes and hooks', () => {
    const own = `livenessProbe: { httpGet: { port: 80 } }
startupProbe: { tcpSocket: { port: 80 }, periodSeconds: 3 }
lifecycle: { preStop: { httpGet: { port: 80 } } }`;
    expect(filled(own, '', 'containers', 0)).toMatchObject({
      livenessProbe: {
        httpGet: { path: '/', scheme: 'HTTP' },
        timeoutSeconds: 1,
        periodSeconds: 10,
        successThreshold: 1,
        failureThreshold: 3,
      },
      startupProbe: { periodSeconds: 3, failureThreshold: 3 },
      lifecycle: { preStop: { httpGet: { path: '/', scheme: 'HTTP' } } },
    });
  });

  it.each([
    ['{ name: v }', { name: 'v', emptyDir: {} }],
    ['{ secret: { secretName: s } }', { secret: { secretName: 's', defaultMode: 420 } }],
    ['{ configMap: { name: c, defaultMode: 0400 } }', { configMap: { name: 'c', defaultMode: 256 } }],
    ['{ hostPath: { path: /x } }', { hostPath: { path: '/x', type: '' } }],
    ['{ iscsi: { lun: 0 } }', { iscsi: { lun: 0, iscsiInterface: 'default' } }],
    [
      '{ downwardAPI: { items: [{ path: p, fieldRef: { fieldPath: metadata.name } }] } }',
      {
        downwardAPI: {
          items: [{ path: 'p', fieldRef: { fieldPath: 'metadata.name', apiVersion: 'v1' } }],
          defaultMode: 420,
        },
      },
    ],
    [
      '{ projected: { sources: [{ serviceAccountToken: { path: t } }] } }',
      { projected: { sources: [{ serviceAccountToken: { path: 't', expirationSeconds: 3600 } }], defaultMode: 420 } },
    ],
  ])('the volume %s', (volume, expected) => expect(filled('', `volumes: [${volume}]`, 'volumes', 0)).toEqual(expected));

  it('a reference to a field has its version', () => {
    const own = 'env: [{ name: A, valueFrom: { fieldRef: { fieldPath: metadata.name } } }]';
    expect(filled(own, '', 'containers', 0, 'env', 0, 'valueFrom', 'fieldRef', 'apiVersion')).toBe('v1');
  });
});

const nothing: Surroundings = { serviceAccount: () => undefined, priorityClasses: [], limitRanges: [], minor: 36 };
const admit = (of: MapData, more: Partial<Surroundings> = {}) => admitPod(of, { ...nothing, ...more });

describe('what admission adds', () => {
  it('the default account with its token in every container', () => {
    const admitted = admit(pod('', 'initContainers: [{ name: first }]')).pod;
    const mount = {
      name: 'kube-api-access-<random>',
      readOnly: true,
      mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
    };
    expect(part(admitted, 'spec', 'serviceAccountName')).toBe('default');
    expect(part(admitted, 'spec', 'containers', 0, 'volumeMounts')).toEqual([mount]);
    expect(part(admitted, 'spec', 'initContainers', 0, 'volumeMounts')).toEqual([mount]);
    expect(part(admitted, 'spec', 'volumes', 0, 'projected', 'sources', 0)).toEqual({
      serviceAccountToken: { expirationSeconds: 3607, path: 'token' },
    });
  });

  it('as a Secret before 1.21', () => {
    expect(part(admit(pod(), { minor: 19 }).pod, 'spec', 'volumes', 0)).toEqual({
      name: 'default-token-<random>',
      secret: { defaultMode: 420, secretName: 'default-token-<random>' },
    });
  });

  it('no token where the pod or its account says so, or something is mounted there', () => {
    expect(part(admit(pod('', 'automountServiceAccountToken: false')).pod, 'spec', 'volumes')).toBeUndefined();
    const account = map(
      'metadata: { name: default }\nautomountServiceAccountToken: false\nimagePullSecrets: [{ name: r }]',
    );
    const admitted = admit(pod(), { serviceAccount: (name) => (name === 'default' ? account : undefined) }).pod;
    expect(part(admitted, 'spec', 'volumes')).toBeUndefined();
    expect(part(admitted, 'spec', 'imagePullSecrets')).toEqual([{ name: 'r' }]);
    const own = 'volumeMounts: [{ name: v, mountPath: /var/run/secrets/kubernetes.io/serviceaccount }]';
    expect(part(admit(pod(own)).pod, 'spec', 'volumes')).toBeUndefined();
  });

  it('the priority', () => {
    const spec = (of: MapData) => part(of, 'spec') as Record<string, unknown>;
    expect(spec(admit(pod()).pod)).toMatchObject({ priority: 0, preemptionPolicy: 'PreemptLowerPriority' });
    const classes = [
      map('metadata: { name: high }\nvalue: 1000\npreemptionPolicy: Never'),
      map('metadata: { name: usual }\nvalue: 10\nglobalDefault: true'),
    ];
    expect(spec(admit(pod(), { priorityClasses: classes }).pod)).toMatchObject({
      priorityClassName: 'usual',
      priority: 10,
    });
    const named = pod('', 'priorityClassName: high');
    expect(spec(admit(named, { priorityClasses: classes }).pod)).toMatchObject({
      priority: 1000,
      preemptionPolicy: 'Never',
    });
    const { pod: unknown, unknown: notes } = admit(pod('', 'priorityClassName: gone'));
    expect(spec(unknown)).not.toHaveProperty('priority');
    expect(notes).toHaveLength(1);
    expect(spec(admit(pod('', 'priorityClassName: system-node-critical')).pod)).toMatchObject({
      priority: 2_000_001_000,
    });
  });

  it('two tolerations, but for what is tolerated already', () => {
    const keys = (of: MapData): string[] =>
      (part(of, 'spec', 'tolerations') as { key: string }[]).map(({ key }) => key);
    expect(keys(admit(pod()).pod)).toEqual(['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']);
    expect(part(admit(pod('', 'tolerations: [{ operator: Exists }]')).pod, 'spec', 'tolerations')).toHaveLength(1);
    const daemon = admit(addDaemonTolerations(pod('', 'hostNetwork: true'))).pod;
    expect(keys(daemon).map((key) => key.replace('node.kubernetes.io/', ''))).toEqual([
      'not-ready',
      'unreachable',
      'disk-pressure',
      'memory-pressure',
      'pid-pressure',
      'unschedulable',
      'network-unavailable',
    ]);
  });

  it('what a LimitRange gives containers', () => {
    const limitRange = map(
      'metadata: { name: usual }\nspec: { limits: [{ type: Container, default: { cpu: 1 }, defaultRequest: { cpu: 500m }, max: { memory: 2Gi } }] }',
    );
    const admitted = admit(pod('resources: { requests: { cpu: 100m } }'), { limitRanges: [limitRange] }).pod;
    expect(part(admitted, 'spec', 'containers', 0, 'resources')).toEqual({
      requests: { cpu: '100m', memory: '2Gi' },
      limits: { cpu: 1, memory: '2Gi' },
    });
    expect(part(admitted, 'metadata', 'annotations')).toEqual({
      'kubernetes.io/limit-ranger':
        'LimitRanger plugin set: memory request for container web; cpu, memory limit for container web',
    });
  });
});

describe('what controllers make', () => {
  const made = (kind: string, apiVersion: string, value: string, minor = 36) => {
    const whole = map(value);
    const template = map(
      'metadata: { labels: { app: db } }\nspec: { containers: [{ name: db }], volumes: [{ name: data }, { name: v }] }',
    );
    return toJson(makePod({ apiVersion, kind, name: 'db', namespace: 'prod', value: whole }, template, minor)) as {
      apiVersion: string;
      kind: string;
      metadata: Record<string, unknown> & { labels: Record<string, string>; ownerReferences: { kind: string }[] };
      spec: Record<string, unknown> & { volumes: unknown[] };
    };
  };

  it("a Deployment's pods belong to its ReplicaSet", () => {
    const { apiVersion, kind, metadata } = made('Deployment', 'apps/v1', 'spec: {}');
    expect([apiVersion, kind]).toEqual(['v1', 'Pod']);
    expect(metadata).toMatchObject({
      name: 'db-<hash>-<random>',
      namespace: 'prod',
      labels: { app: 'db', 'pod-template-hash': '<hash>' },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'db-<hash>', controller: true }],
    });
  });

  it("a StatefulSet's have names of their own, and its claims as volumes", () => {
    const { metadata, spec } = made(
      'StatefulSet',
      'apps/v1',
      'spec: { serviceName: db, volumeClaimTemplates: [{ metadata: { name: data } }] }',
    );
    expect(metadata).toMatchObject({ name: 'db-0', ownerReferences: [{ kind: 'StatefulSet' }] });
    expect(metadata).not.toHaveProperty('generateName');
    expect(metadata.labels['statefulset.kubernetes.io/pod-name']).toBe('db-0');
    expect(spec).toMatchObject({ hostname: 'db-0', subdomain: 'db' });
    expect(spec.volumes).toEqual([{ name: 'data', persistentVolumeClaim: { claimName: 'data-db-0' } }, { name: 'v' }]);
  });

  it('Jobs name themselves in labels, with a prefix since 1.27', () => {
    expect(Object.keys(made('Job', 'batch/v1', '{}').metadata.labels)).toEqual([
      'app',
      'controller-uid',
      'job-name',
      'batch.kubernetes.io/controller-uid',
      'batch.kubernetes.io/job-name',
    ]);
    expect([...controllerLabels({ kind: 'Job', name: 'backup' }, 19)]).toEqual([
      ['controller-uid', undefined],
      ['job-name', 'backup'],
    ]);
    expect(controllerLabels({ kind: 'CronJob', name: 'backup' }, 19).get('job-name')).toBeUndefined();
  });

  it('others have the name of their maker in front', () => {
    expect(made('DaemonSet', 'apps/v1', '{}').metadata).toMatchObject({ generateName: 'db-' });
    expect(textOf(map('a: b'), 'a')).toBe('b');
  });
});
