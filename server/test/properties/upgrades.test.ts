import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { edited, type Fixture, open, parseFixture } from '../fixture.ts';
import { holds, isWhole, workspaces } from './workspaces.ts';

/** A fixture with everything in it upgraded for a release. */
function upgraded(fixture: Fixture, kubernetesVersion: string): Fixture {
  const { snapshot } = open(fixture, { kubernetesVersion });
  return { files: new Map([...fixture.files, ...edited(snapshot, snapshot.upgradeAll())]), cursor: undefined };
}

const comments = (text: string): string[] => [...text.matchAll(/# note \d+/g)].map(([note]) => note).sort();

const ofVersions = new Set(['api-version-removed', 'api-version-not-served', 'deprecated-api-version']);

const template = {
  metadata: { labels: { app: 'web', tier: 'front' } },
  spec: { containers: [{ name: 'web', image: 'nginx:1.27', ports: [{ containerPort: 80 }] }] },
};

type Spec = { readonly [field: string]: unknown };

/** What manifests of versions that are gone look like: which fields they have is drawn. */
interface Sort {
  readonly versions: readonly string[];
  readonly kind: string;
  readonly body: Spec;
  /** At the root, or in spec where it isn't said. */
  readonly atRoot?: true;
}

const sorts: readonly Sort[] = [
  {
    versions: ['extensions/v1beta1', 'apps/v1beta1', 'apps/v1beta2'],
    kind: 'Deployment',
    body: {
      replicas: 2,
      minReadySeconds: 5,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
      revisionHistoryLimit: 3,
      template,
    },
  },
  {
    versions: ['extensions/v1beta1', 'apps/v1beta2'],
    kind: 'DaemonSet',
    body: { updateStrategy: { type: 'RollingUpdate' }, minReadySeconds: 5, template },
  },
  {
    versions: ['apps/v1beta1', 'apps/v1beta2'],
    kind: 'StatefulSet',
    body: { serviceName: 'web', replicas: 3, podManagementPolicy: 'Parallel', template },
  },
  { versions: ['extensions/v1beta1', 'apps/v1beta2'], kind: 'ReplicaSet', body: { replicas: 2, template } },
  {
    versions: ['extensions/v1beta1', 'networking.k8s.io/v1beta1'],
    kind: 'Ingress',
    body: {
      backend: { serviceName: 'web', servicePort: 80 },
      tls: [{ hosts: ['shop.example.com'], secretName: 'tls' }],
      rules: [
        {
          host: 'shop.example.com',
          http: {
            paths: [
              { path: '/', backend: { serviceName: 'web', servicePort: 'http' } },
              { path: '/api', pathType: 'Prefix', backend: { serviceName: 'api', servicePort: 8080 } },
            ],
          },
        },
      ],
    },
  },
  {
    versions: ['batch/v1beta1'],
    kind: 'CronJob',
    body: {
      schedule: '0 3 * * *',
      suspend: false,
      jobTemplate: {
        spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'job', image: 'job:1' }] } } },
      },
    },
  },
  {
    versions: ['policy/v1beta1'],
    kind: 'PodDisruptionBudget',
    body: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } },
  },
  {
    versions: ['autoscaling/v2beta1'],
    kind: 'HorizontalPodAutoscaler',
    body: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas: 1,
      maxReplicas: 5,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', targetAverageUtilization: 60 } },
        { type: 'Pods', pods: { metricName: 'requests', targetAverageValue: '10' } },
      ],
    },
  },
  {
    versions: ['autoscaling/v2beta2'],
    kind: 'HorizontalPodAutoscaler',
    body: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 5 },
  },
  {
    versions: ['rbac.authorization.k8s.io/v1beta1', 'rbac.authorization.k8s.io/v1alpha1'],
    kind: 'RoleBinding',
    atRoot: true,
    body: {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [{ kind: 'User', name: 'jane', apiGroup: 'rbac.authorization.k8s.io' }],
    },
  },
  {
    versions: ['scheduling.k8s.io/v1beta1'],
    kind: 'PriorityClass',
    atRoot: true,
    body: { value: 1000, description: 'urgent' },
  },
  {
    versions: ['storage.k8s.io/v1beta1'],
    kind: 'StorageClass',
    atRoot: true,
    body: { provisioner: 'ebs.csi.aws.com', allowVolumeExpansion: true, mountOptions: ['discard'] },
  },
  {
    versions: ['admissionregistration.k8s.io/v1beta1'],
    kind: 'ValidatingWebhookConfiguration',
    atRoot: true,
    body: {
      webhooks: [
        {
          name: 'policy.shop.example.com',
          sideEffects: 'None',
          timeoutSeconds: 5,
          clientConfig: { url: 'https://policy.example.com/validate' },
          rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        },
      ],
    },
  },
  {
    versions: ['apiextensions.k8s.io/v1beta1'],
    kind: 'CustomResourceDefinition',
    body: {
      group: 'example.com',
      scope: 'Namespaced',
      version: 'v1',
      names: { plural: 'widgets', kind: 'Widget' },
      validation: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object' } } } },
      additionalPrinterColumns: [{ name: 'Size', type: 'integer', JSONPath: '.spec.size' }],
      subresources: { status: {} },
    },
  },
  {
    versions: ['discovery.k8s.io/v1beta1'],
    kind: 'EndpointSlice',
    atRoot: true,
    body: {
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.0.0.1'], topology: { 'topology.kubernetes.io/zone': 'a' } }],
      ports: [{ name: 'http', port: 80 }],
    },
  },
];

/** Fields without which a manifest is not whole, and that are never left out. */
const needed = new Set(
  'template rules schedule jobTemplate scaleTargetRef maxReplicas selector minAvailable roleRef value provisioner webhooks group scope version names validation addressType endpoints serviceName'.split(
    ' ',
  ),
);

/** A manifest in some layout, with notes behind lines and between them. */
const manifests: fc.Arbitrary<string> = fc
  .record({
    sort: fc.constantFrom(...sorts),
    version: fc.nat(2),
    left: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    indent: fc.constantFrom(2, 4),
    indentSeq: fc.boolean(),
    notes: fc.array(fc.tuple(fc.nat(60), fc.boolean()), { maxLength: 8 }),
    newline: fc.constantFrom('\n', '\r\n'),
  })
  .map(({ sort, version, left, indent, indentSeq, notes, newline }) => {
    const body = Object.fromEntries(
      Object.entries(sort.body).filter(([field], i) => needed.has(field) || left[i % left.length]),
    );
    const name = sort.kind === 'CustomResourceDefinition' ? 'widgets.example.com' : 'web';
    const manifest = {
      apiVersion: sort.versions[version % sort.versions.length],
      kind: sort.kind,
      metadata: { name },
      ...(sort.atRoot ? body : { spec: body }),
    };
    const lines = stringify(manifest, { indent, indentSeq, lineWidth: 0, aliasDuplicateObjects: false })
      .trimEnd()
      .split('\n');
    const before = new Map<number, string[]>();
    const behind = new Map<number, string>();
    notes.forEach(([at, isLine], i) => {
      const line = at % lines.length;
      if (isLine) before.set(line, [...(before.get(line) ?? []), `# note ${i}`]);
      else if (!behind.has(line)) behind.set(line, ` # note ${i}`);
    });
    return `${lines
      .flatMap((line, i) => {
        const indentation = /^ */.exec(line)?.[0] ?? '';
        return [...(before.get(i) ?? []).map((note) => indentation + note), line + (behind.get(i) ?? '')];
      })
      .join(newline)}${newline}`;
  });

const releases = fc.constantFrom('1.22', '1.25', '1.29', '1.36');

describe('upgrading everything', () => {
  it('leaves sound YAML with every comment, in versions that the release serves, and nothing to upgrade', () => {
    holds(
      fc.property(manifests, releases, (text, release) => {
        const after = upgraded(parseFixture(text), release);
        const [[uri, now] = ['', '']] = after.files;
        expect(isWhole(now), now).toBe(true);
        expect(comments(now), now).toEqual(comments(text));
        const { snapshot } = open(after, { kubernetesVersion: release });
        expect(
          snapshot.diagnostics(uri).filter(({ code }) => ofVersions.has(code)),
          now,
        ).toEqual([]);
        expect(upgraded(after, release).files, now).toEqual(after.files);
      }),
      40,
    );
  }, 60_000);

  it.each(workspaces())('%s: keeps its comments, and is done after one time', (_, fixture) => {
    const after = upgraded(fixture, '1.36');
    const changed = [...after.files].filter(([uri, text]) => fixture.files.get(uri) !== text);
    if (changed.length === 0) return;
    for (const [uri, text] of changed) {
      const before = fixture.files.get(uri) ?? '';
      if (isWhole(before)) expect(isWhole(text), uri).toBe(true);
      const notes = (of: string): string[] => [...of.matchAll(/^\s*#.*$/gm)].map(([note]) => note.trim()).sort();
      expect(notes(text), uri).toEqual(notes(before));
    }
    expect(upgraded(after, '1.36').files).toEqual(after.files);
  });
});
