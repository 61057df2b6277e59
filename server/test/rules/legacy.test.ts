import { describe, expect, it } from 'vitest';
import { edited, open, parseFixture } from '../fixture.ts';

const uri = 'file:///w/main.yaml';

/** Each finding of some rules, `severity code: what is marked`. */
function findings(text: string, kubernetesVersion = '1.36'): string[] {
  const { snapshot } = open(parseFixture(text), { kubernetesVersion });
  return snapshot
    .diagnostics(uri)
    .filter(({ code }) => /legacy|in-tree|stale-target|deprecated-field/.test(code))
    .map(({ severity, code, span }) => `${severity} ${code}: ${text.slice(span.start, span.end)}`);
}

/** The text after the first fix of the first such finding, with its title and whether it is applied by itself. */
function fixed(
  text: string,
): { readonly title: string; readonly preferred: boolean; readonly text: string } | undefined {
  const { snapshot } = open(parseFixture(text));
  const found = snapshot.diagnostics(uri).find(({ code }) => /legacy|in-tree|stale-target|deprecated-field/.test(code));
  if (!found) throw new Error('nothing is found');
  const action = snapshot
    .codeActions(uri, found.span)
    .find(({ silences, diagnostics }) => !silences && diagnostics.some(({ code }) => code === found.code));
  return (
    action && {
      title: action.title,
      preferred: action.preferred,
      text: edited(snapshot, action.edits).get(uri) ?? text,
    }
  );
}

const pod = (annotations: string, spec = ''): string => `apiVersion: v1
kind: Pod
metadata:
  name: web
${annotations}spec:
${spec}  containers:
    - name: web # the server
      image: nginx:1.27
`;
const annotated = (line: string, more = ''): string => pod(`  annotations:\n    ${line}\n${more}`);

describe('annotations that became fields', () => {
  it.each([
    [
      'affinity',
      annotated(
        'scheduler.alpha.kubernetes.io/affinity: \'{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"disk","operator":"In","values":["ssd"]}]}]}}}\'',
      ),
      pod(
        '',
        '  affinity:\n    nodeAffinity:\n      requiredDuringSchedulingIgnoredDuringExecution:\n        nodeSelectorTerms:\n          - matchExpressions:\n              - key: disk\n                operator: In\n                values:\n                  - ssd\n',
      ),
    ],
    [
      'tolerations, in a block scalar, among others',
      annotated(
        'scheduler.alpha.kubernetes.io/tolerations: |\n      [{"key": "dedicated", "value": "a", "effect": "NoSchedule"}]',
        '    other: x # kept\n',
      ),
      pod(
        '  annotations:\n    other: x # kept\n',
        '  tolerations:\n    - key: dedicated\n      value: a\n      effect: NoSchedule\n',
      ),
    ],
    [
      'init containers',
      annotated(
        'pod.beta.kubernetes.io/init-containers: \'[{"name":"init","image":"alpine:3.20","command":["true"]}]\'',
      ),
      pod('', '  initContainers:\n    - name: init\n      image: alpine:3.20\n      command:\n        - "true"\n'),
    ],
    [
      'seccomp of the pod',
      annotated('# locked in\n    seccomp.security.alpha.kubernetes.io/pod: localhost/web.json # ours'),
      pod(
        '',
        '  # locked in\n  securityContext:\n    seccompProfile: # ours\n      type: Localhost\n      localhostProfile: web.json\n',
      ).replace('  # locked in\n  securityContext:\n', '  securityContext:\n    # locked in\n'),
    ],
    [
      'AppArmor of a container',
      annotated('container.apparmor.security.beta.kubernetes.io/web: runtime/default'),
      `${pod('')}      securityContext:\n        appArmorProfile:\n          type: RuntimeDefault\n`,
    ],
    [
      'sysctls',
      annotated('security.alpha.kubernetes.io/sysctls: kernel.shm_rmid_forced=1,net.ipv4.ip_forward=0'),
      pod(
        '',
        '  securityContext:\n    sysctls:\n      - name: kernel.shm_rmid_forced\n        value: "1"\n      - name: net.ipv4.ip_forward\n        value: "0"\n',
      ),
    ],
    ['the host name', annotated('pod.beta.kubernetes.io/hostname: web-1'), pod('', '  hostname: web-1\n')],
  ])('%s', (_, before, after) => {
    const made = fixed(before);
    expect(made?.preferred).toBe(true);
    expect(made?.text).toBe(after);
    expect(findings(made?.text ?? '')).toEqual([]);
  });

  it('of claims, in a template too', () => {
    const claim = (annotations: string, spec: string): string =>
      `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n${annotations}spec:\n${spec}  accessModes:\n    - ReadWriteOnce\n  resources:\n    requests:\n      storage: 8Gi\n`;
    const made = fixed(
      claim('  annotations:\n    volume.beta.kubernetes.io/storage-class: "standard" # the usual\n', ''),
    );
    expect(made).toMatchObject({ title: 'Move to spec.storageClassName', preferred: true });
    expect(made?.text).toBe(claim('', '  storageClassName: "standard" # the usual\n'));
  });

  it('are left alone where the release has no field yet, or where they are somebody else’s', () => {
    const seccomp = annotated('seccomp.security.alpha.kubernetes.io/pod: runtime/default');
    expect(findings(seccomp, '1.18')).toEqual([]);
    expect(findings(seccomp, '1.19')).toEqual(['hint legacy-annotation: seccomp.security.alpha.kubernetes.io/pod']);
    expect(findings(annotated('external-dns.alpha.kubernetes.io/hostname: web.example.com'))).toEqual([]);
  });

  it('have no fix where their value can’t be read', () => {
    expect(fixed(annotated('scheduler.alpha.kubernetes.io/affinity: "{ nonsense"'))).toBeUndefined();
    expect(fixed(annotated('scheduler.alpha.kubernetes.io/critical-pod: ""'))).toBeUndefined();
  });
});

describe('the service account of old', () => {
  it('is renamed, or removed where the new name is there', () => {
    expect(fixed(pod('', '  serviceAccount: web # ours\n'))?.text).toBe(pod('', '  serviceAccountName: web # ours\n'));
    expect(fixed(pod('', '  serviceAccount: web\n  serviceAccountName: web\n'))?.text).toBe(
      pod('', '  serviceAccountName: web\n'),
    );
  });
});

describe('a stale target', () => {
  const hpa = (apiVersion: string): string =>
    `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: web\nspec:\n  scaleTargetRef:\n    apiVersion: ${apiVersion}\n    kind: Deployment\n    name: web\n  maxReplicas: 10\n`;
  it('is named anew', () => {
    expect(findings(hpa('"extensions/v1beta1"'))).toEqual(['error stale-target-version: "extensions/v1beta1"']);
    expect(fixed(hpa('"extensions/v1beta1"'))).toMatchObject({ preferred: true, text: hpa('"apps/v1"') });
    expect(findings(hpa('apps/v1beta1'))).toEqual(['hint stale-target-version: apps/v1beta1']);
    expect(findings(hpa('apps/v1'))).toEqual([]);
  });
});

describe('volumes of plugins that left', () => {
  const inline =
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  containers:\n    - name: web\n      image: nginx:1.27\n      volumeMounts:\n        - name: data\n          mountPath: /data\n  volumes:\n    - name: data # disk\n      awsElasticBlockStore: # by hand\n        volumeID: aws://eu-west-1a/vol-1\n        fsType: ext4\n';

  it('become a claim and a PersistentVolume', () => {
    const made = fixed(inline);
    expect(made?.preferred).toBe(false);
    expect(made?.text).toContain(
      '    - name: data # disk\n      persistentVolumeClaim: # by hand\n        claimName: web-data\n---\n',
    );
    expect(made?.text).toContain('    driver: ebs.csi.aws.com\n    volumeHandle: vol-1\n    fsType: ext4\n');
    const { snapshot } = open(parseFixture(made?.text ?? ''));
    expect(snapshot.diagnostics(uri)).toEqual([]);
  });

  it('are judged by the release', () => {
    expect(findings(inline, '1.22')).toEqual([]);
    expect(findings(inline, '1.23')).toEqual(['hint in-tree-volume: awsElasticBlockStore']);
    const gluster = inline.replace(
      'awsElasticBlockStore: # by hand\n        volumeID: aws://eu-west-1a/vol-1\n        fsType: ext4',
      'glusterfs:\n        endpoints: a\n        path: b',
    );
    expect(findings(gluster, '1.25')).toEqual([]);
    expect(findings(gluster, '1.26')).toEqual(['warning in-tree-volume: glusterfs']);
  });

  it('have no fix where something would be lost', () => {
    expect(fixed(inline.replace('fsType: ext4', 'partition: 1'))).toBeUndefined();
  });
});

describe('provisioners that left', () => {
  const storageClass = (provisioner: string, parameters: string): string =>
    `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata:\n  name: fast\nprovisioner: ${provisioner} # who\nparameters:\n  ${parameters}\n`;

  it('are drivers now, with their own words for parameters', () => {
    expect(
      fixed(storageClass('kubernetes.io/gce-pd', 'type: pd-ssd # fast\n  fstype: ext4\n  zones: a, b'))?.text,
    ).toBe(
      `${storageClass('pd.csi.storage.gke.io', 'type: pd-ssd # fast\n  csi.storage.k8s.io/fstype: ext4')}allowedTopologies:\n  - matchLabelExpressions:\n      - key: topology.gke.io/zone\n        values:\n          - a\n          - b\n`,
    );
  });

  it('have no fix where the driver has no word', () => {
    expect(fixed(storageClass('kubernetes.io/cinder', 'unheard: of'))).toBeUndefined();
    expect(findings(storageClass('kubernetes.io/quobyte', 'a: b'))).toEqual([
      'warning in-tree-provisioner: kubernetes.io/quobyte',
    ]);
  });
});
