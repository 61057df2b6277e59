import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { Engine } from '../../src/engine.ts';
import { podRules } from '../../src/rules/pod/index.ts';
import { after, open, parseFixture } from '../fixture.ts';
import { realModel } from '../schema/real-model.ts';

/** Errors and warnings as `code "marked text"`, without what the objects that aren't there give rise to. */
function judged(text: string, release = 36): string[] {
  const engine = new Engine({ model: realModel().at(release) });
  engine.apply([{ type: 'edit', uri: 'file:///w/main.yaml', text }]);
  return engine
    .snapshot()
    .diagnostics('file:///w/main.yaml')
    .filter(({ severity, code }) => (severity === 'error' || severity === 'warning') && !code.startsWith('un'))
    .map(
      ({ severity, code, span }) =>
        `${severity === 'error' ? '' : `${severity} `}${code} ${text.slice(span.start, span.end)}`,
    );
}

const indent = (text: string, by: number): string =>
  text
    .trim()
    .split('\n')
    .map((line) => ' '.repeat(by) + line)
    .join('\n');

const container = (more: string): string => `
containers:
  - name: web
    image: nginx:1.27
${indent(more, 4)}`;

const pod = (spec: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: {app: web}
spec:
${indent(spec, 2)}
`;

const deployment = (spec: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
${indent(spec, 6)}
`;

const only = (more: string): string => `${more.trim()}\n${container('tty: false')}`;

type Case = readonly [what: string, spec: string, expected: readonly string[]];

const cases: readonly Case[] = [
  // Ports
  ['a port too high', container('ports: [{containerPort: 65536}]'), ['invalid-port 65536']],
  ['a host port of 0 is none', container('ports: [{containerPort: 80, hostPort: 0}]'), []],
  ['a port without a letter', container('ports: [{containerPort: 80, name: "8080"}]'), ['invalid-port "8080"']],
  [
    'a name of 16 letters',
    container('ports: [{containerPort: 80, name: abcdefghijklmnop}]'),
    ['invalid-port abcdefghijklmnop'],
  ],
  [
    'one host port twice, but once for UDP',
    container(
      'ports: [{containerPort: 1, hostPort: 53}, {containerPort: 2, hostPort: 53, protocol: UDP}, {containerPort: 3, hostPort: 53}]',
    ),
    ['host-port 53'],
  ],
  [
    'host ports of two addresses',
    container('ports: [{containerPort: 1, hostPort: 53, hostIP: 10.0.0.1}, {containerPort: 2, hostPort: 53}]'),
    [],
  ],
  [
    "ports on the node's network are the node's",
    `hostNetwork: true${container('ports: [{containerPort: 53}, {containerPort: 53, name: again}]')}`,
    ['host-port 53'],
  ],
  // Variables
  ['a variable with "="', container('env: [{name: A=B, value: c}]'), ['invalid-env A=B']],
  ['a variable that begins with a digit', container('env: [{name: 1A, value: c}]'), []],
  [
    'an empty value beside valueFrom',
    container('env: [{name: A, value: "", valueFrom: {fieldRef: {fieldPath: metadata.name}}}]'),
    [],
  ],
  [
    'two sources',
    container(
      'env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}, resourceFieldRef: {resource: limits.cpu}}}]',
    ),
    ['env-source resourceFieldRef'],
  ],
  ['no source', container('env: [{name: A, valueFrom: {}}]'), ['env-source valueFrom']],
  ['an entry of envFrom without a source', container('envFrom: [{prefix: A_}]'), ['env-source prefix']],
  ['nothing as an entry of envFrom', container('envFrom: [null]'), ['env-source null']],
  [
    'a key with a slash',
    container('env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: a/b}}}]'),
    ['invalid-env a/b'],
  ],
  // The downward API
  [
    'labels as a whole',
    container('env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.labels}}}]'),
    ['invalid-field-ref metadata.labels'],
  ],
  ['one label', container(`env: [{name: A, valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}}]`), []],
  [
    'one entry of what has none',
    container(`env: [{name: A, valueFrom: {fieldRef: {fieldPath: "metadata.name['a']"}}}]`),
    [`invalid-field-ref "metadata.name['a']"`],
  ],
  ['the old name of nodeName', container('env: [{name: A, valueFrom: {fieldRef: {fieldPath: spec.host}}}]'), []],
  [
    'huge pages as a resource',
    container('env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.hugepages-2Mi}}}]'),
    [],
  ],
  [
    'a divisor of cpu',
    container('env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 10m}}}]'),
    ['invalid-field-ref 10m'],
  ],
  [
    '1000m is 1',
    container('env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 1000m}}}]'),
    [],
  ],
  [
    '1024 is none of the steps of memory',
    container('env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1024}}}]'),
    ['invalid-field-ref 1024'],
  ],
  [
    '1024Ki is',
    container('env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1024Ki}}}]'),
    [],
  ],
  // Probes and hooks
  [
    'two handlers',
    container('livenessProbe: {exec: {command: [a]}, tcpSocket: {port: 80}}'),
    ['invalid-probe tcpSocket'],
  ],
  ['no handler', container('readinessProbe: {periodSeconds: 3}'), ['invalid-probe readinessProbe']],
  ['zero is unset', container('startupProbe: {tcpSocket: {port: 80}, successThreshold: 0}'), []],
  [
    'a grace period of a readiness probe',
    container('readinessProbe: {tcpSocket: {port: 80}, terminationGracePeriodSeconds: 3}'),
    ['invalid-probe terminationGracePeriodSeconds'],
  ],
  ['a port as text', container('livenessProbe: {tcpSocket: {port: "http alt"}}'), ['invalid-handler "http alt"']],
  [
    'a header with a blank',
    container('livenessProbe: {httpGet: {port: 80, httpHeaders: [{name: "X A", value: b}]}}'),
    ['invalid-handler "X A"'],
  ],
  ['no command', container('lifecycle: {preStop: {exec: {command: []}}}'), ['missing-field command']],
  [
    'a sleep beyond the grace period',
    `terminationGracePeriodSeconds: 5${container('lifecycle: {preStop: {sleep: {seconds: 6}}}')}`,
    ['invalid-lifecycle 6'],
  ],
  ['a sleep of nothing', container('lifecycle: {preStop: {sleep: {seconds: 0}}}'), []],
  [
    'probes of an init container that is no sidecar',
    `initContainers: [{name: a, image: a, livenessProbe: {exec: {command: [a]}}}, {name: b, image: b, restartPolicy: Always, livenessProbe: {exec: {command: [a]}}}]${container('tty: false')}`,
    ['init-container-probe livenessProbe'],
  ],
  // Mounts and devices
  [
    'paths within a volume',
    `volumes: [{name: a, emptyDir: {}}]${container('volumeMounts: [{name: a, mountPath: /a, subPath: a/../b}, {name: a, mountPath: /b, subPath: /b}, {name: a, mountPath: /c, subPath: a..b}]')}`,
    ['invalid-mount a/../b', 'invalid-mount /b'],
  ],
  [
    'a path with variables',
    `volumes: [{name: a, emptyDir: {}}]${container('env: [{name: POD, value: x}]\nvolumeMounts: [{name: a, mountPath: /a, subPathExpr: /logs/$(POD)}]')}`,
    ['invalid-mount /logs/$(POD)'],
  ],
  [
    'mounts that reach the node',
    `volumes: [{name: a, hostPath: {path: /a}}]${container('volumeMounts: [{name: a, mountPath: /a, mountPropagation: Bidirectional}]')}`,
    ['container-volumes Bidirectional'],
  ],
  [
    'mounts that reach the node from a privileged container',
    `volumes: [{name: a, hostPath: {path: /a}}]${container('securityContext: {privileged: true}\nvolumeMounts: [{name: a, mountPath: /a, mountPropagation: Bidirectional}]')}`,
    [],
  ],
  [
    'recursiveReadOnly without readOnly',
    `volumes: [{name: a, emptyDir: {}}]${container('volumeMounts: [{name: a, mountPath: /a, recursiveReadOnly: Enabled}]')}`,
    ['invalid-mount name'],
  ],
  [
    'a device that is mounted too',
    `volumes: [{name: a, persistentVolumeClaim: {claimName: a}}]${container('volumeMounts: [{name: a, mountPath: /a}]\nvolumeDevices: [{name: a, devicePath: /a}]')}`,
    ['container-volumes a', 'container-volumes /a'],
  ],
  // Volumes
  [
    'two sources of a volume',
    only('volumes: [{name: a, emptyDir: {}, secret: {secretName: s}}]'),
    ['volume-source secret'],
  ],
  ['no source is an emptyDir', only('volumes: [{name: a}]'), []],
  ['a file with neither', only('volumes: [{name: a, downwardAPI: {items: [{path: a}]}}]'), ['volume-source path']],
  [
    "another's container",
    only('volumes: [{name: a, downwardAPI: {items: [{path: a, resourceFieldRef: {resource: limits.cpu}}]}}]'),
    ['invalid-field-ref resourceFieldRef'],
  ],
  [
    'a mode in octal and in decimal',
    only(
      'volumes: [{name: a, secret: {secretName: s, defaultMode: 0777}}, {name: b, secret: {secretName: s, defaultMode: 777}}]',
    ),
    ['file-mode 777'],
  ],
  [
    'files that lead elsewhere',
    only('volumes: [{name: a, secret: {secretName: s, items: [{key: a, path: ..a}, {key: b, path: a/..b}]}}]'),
    ['volume-path ..a'],
  ],
  ['an NFS path', only('volumes: [{name: a, nfs: {server: s, path: a}}]'), ['volume-path a']],
  [
    'one file twice',
    only(
      'volumes: [{name: a, projected: {sources: [{secret: {name: s, items: [{key: a, path: x}]}}, {configMap: {name: c, items: [{key: a, path: x}]}}]}}]',
    ),
    ['volume-path projected'],
  ],
  [
    'a token for a minute',
    only('volumes: [{name: a, projected: {sources: [{serviceAccountToken: {path: t, expirationSeconds: 60}}]}}]'),
    ['volume-settings 60'],
  ],
  ['a negative size', only('volumes: [{name: a, emptyDir: {sizeLimit: -1Gi}}]'), ['volume-settings -1Gi']],
  [
    'a name for a claim',
    only(
      'volumes: [{name: a, ephemeral: {volumeClaimTemplate: {metadata: {name: x}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}}]',
    ),
    ['volume-settings name'],
  ],
  [
    'an iSCSI name',
    only('volumes: [{name: a, iscsi: {targetPortal: 10.0.0.1, iqn: disk, lun: 256}}]'),
    ['volume-settings disk', 'volume-settings 256'],
  ],
  [
    "an initiator's name that is empty",
    only('volumes: [{name: a, iscsi: {targetPortal: 10.0.0.1, iqn: "iqn.2001-04.com.example:a", initiatorName: ""}}]'),
    ['volume-settings ""'],
  ],
  [
    'no data set',
    only('volumes: [{name: a, flocker: {datasetName: ""}}, {name: b, flocker: {datasetName: "", datasetUUID: u}}]'),
    ['warning in-tree-volume flocker', 'volume-settings ""', 'warning in-tree-volume flocker'],
  ],
  [
    'references to no Secret',
    only(
      'volumes: [{name: a, cinder: {volumeID: v, secretRef: {}}}, {name: b, storageos: {volumeName: v, secretRef: {name: ""}}}, {name: c, rbd: {monitors: [m], image: i, secretRef: {}}}]',
    ),
    [
      'volume-settings secretRef',
      'warning in-tree-volume storageos',
      'volume-settings ""',
      'warning in-tree-volume rbd',
    ],
  ],
  [
    'a disk of Azure whose kind is filled in',
    only(
      'volumes: [{name: a, azureDisk: {diskName: d, diskURI: /subscriptions/a}}, {name: b, azureDisk: {diskName: d, diskURI: "https://a/b"}}]',
    ),
    ['volume-settings /subscriptions/a'],
  ],
  ['a volume without a label for its name', only('volumes: [{name: A, emptyDir: {}}]'), ['pod-name-form A']],
  // Resources
  ['a request without a limit', container('resources: {requests: {nvidia.com/gpu: 1}}'), ['resource-amount resources']],
  ['a device in parts', container('resources: {limits: {nvidia.com/gpu: 500m}}'), ['resource-amount 500m']],
  [
    'another number of devices',
    container('resources: {limits: {nvidia.com/gpu: 2}, requests: {nvidia.com/gpu: 1}}'),
    ['resource-amount 1'],
  ],
  [
    'amounts in other units',
    container('resources: {limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 1000m, memory: 1024Mi}}'),
    [],
  ],
  [
    'a limit with nothing behind it',
    container('resources:\n  requests: {cpu: 1}\n  limits:\n    cpu:'),
    ['resource-amount cpu'],
  ],
  ['a negative amount', container('resources: {limits: {cpu: -1}}'), ['resource-amount -1']],
  ['memory in thousandths', container('resources: {limits: {memory: 100m}}'), ['warning resource-amount 100m']],
  ['huge pages alone', container('resources: {limits: {hugepages-2Mi: 4Mi}}'), ['resource-amount 4Mi']],
  [
    'huge pages that are not whole',
    container('resources: {limits: {hugepages-2Mi: 3Mi, cpu: 1}}'),
    ['resource-amount 3Mi'],
  ],
  ['a name without a domain', container('resources: {limits: {gpu: 1}}'), ['resource-name gpu']],
  ["a domain of Kubernetes' own", container('resources: {limits: {kubernetes.io/x: 1}}'), []],
  [
    'a whole pod that gets too little',
    `resources: {requests: {cpu: 1}}${container('resources: {requests: {cpu: 2}}')}`,
    ['resource-amount 1'],
  ],
  [
    'what a whole pod has not',
    `resources: {limits: {nvidia.com/gpu: 1}}${container('tty: false')}`,
    ['resource-name nvidia.com/gpu'],
  ],
  // Security
  ['a user below zero', container('securityContext: {runAsUser: -1}'), ['invalid-user-id -1']],
  [
    'groups beyond 31 bits',
    only('securityContext: {supplementalGroups: [1, 2147483648]}'),
    ['invalid-user-id 2147483648'],
  ],
  [
    'a profile of the node that is not named',
    container('securityContext: {seccompProfile: {type: Localhost}}'),
    ['security-context seccompProfile'],
  ],
  [
    'a profile for another type',
    container('securityContext: {seccompProfile: {type: RuntimeDefault, localhostProfile: a.json}}'),
    ['security-context localhostProfile'],
  ],
  [
    'SYS_ADMIN by its long name',
    container('securityContext: {allowPrivilegeEscalation: false, capabilities: {add: [CAP_SYS_ADMIN]}}'),
    ['security-context CAP_SYS_ADMIN'],
  ],
  ['a sysctl with blanks', only('securityContext: {sysctls: [{name: "a b", value: "1"}]}'), ['invalid-sysctl "a b"']],
  [
    "a sysctl of the node's network",
    only('hostNetwork: true\nsecurityContext: {sysctls: [{name: net.core.somaxconn, value: "1"}]}'),
    ['invalid-sysctl net.core.somaxconn'],
  ],
  [
    'a Windows pod',
    only('os: {name: windows}\nhostPID: true\nhostIPC: false\nsecurityContext: {fsGroup: 1}'),
    ['pod-os hostPID', 'pod-os fsGroup'],
  ],
  [
    'a Linux pod',
    `os: {name: linux}${container('securityContext: {windowsOptions: {runAsUserName: a}}')}`,
    ['pod-os windowsOptions'],
  ],
  [
    'a HostProcess container off the network',
    container('securityContext: {windowsOptions: {hostProcess: true}}'),
    ['pod-os spec'],
  ],
  // Scheduling
  ['a toleration of nothing', only('tolerations: [{value: a}]'), ['invalid-toleration value']],
  ['a toleration of everything', only('tolerations: [{operator: Exists}]'), []],
  [
    'seconds without an effect',
    only(
      'tolerations: [{key: a, operator: Exists, tolerationSeconds: 60}, {key: b, effect: "", tolerationSeconds: 60}]',
    ),
    ['invalid-toleration key', 'invalid-toleration effect'],
  ],
  ['nothing as a toleration', only('tolerations: [null]'), ['invalid-toleration null']],
  [
    'seconds of another effect',
    only('tolerations: [{key: a, operator: Exists, effect: NoSchedule, tolerationSeconds: 3}]'),
    ['invalid-toleration NoSchedule'],
  ],
  ['a taint with a blank', only('tolerations: [{key: "a b", operator: Exists}]'), ['invalid-toleration "a b"']],
  [
    'no terms',
    only('affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: []}}}'),
    ['missing-field nodeSelectorTerms'],
  ],
  [
    'In without values',
    only(
      'affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: In}]}]}}}',
    ),
    ['node-affinity key'],
  ],
  [
    'Gt with two',
    only(
      'affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Gt, values: ["1", "2"]}]}]}}}',
    ),
    ['node-affinity values'],
  ],
  [
    'a value that no label has, preferred',
    only(
      'affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, preference: {matchExpressions: [{key: a, operator: In, values: ["a b"]}]}}]}}',
    ),
    [],
  ],
  [
    'a field that is not the name',
    only(
      'affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: spec.x, operator: In, values: [a]}]}]}}}',
    ),
    ['node-affinity spec.x'],
  ],
  [
    'keys of labels in both lists',
    only(
      'affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a, labelSelector: {}, matchLabelKeys: [b], mismatchLabelKeys: [b]}]}}',
    ),
    ['pod-affinity b'],
  ],
  [
    'keys without a selector',
    only(
      'affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a, matchLabelKeys: [b]}]}}',
    ),
    ['pod-affinity matchLabelKeys'],
  ],
  [
    'a key that the selector has',
    only(
      'topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}, matchLabelKeys: [app]}]',
    ),
    ['topology-spread app'],
  ],
  [
    'a key that the pod has not',
    only(
      'topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {x: web}}, matchLabelKeys: [x]}]',
    ),
    [],
  ],
  [
    'domains where they do not count',
    only('topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: ScheduleAnyway, minDomains: 2}]'),
    ['topology-spread minDomains'],
  ],
  [
    'two constraints of one key',
    only(
      'topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: ScheduleAnyway}, {maxSkew: 2, topologyKey: a, whenUnsatisfiable: ScheduleAnyway}]',
    ),
    ['topology-spread maxSkew'],
  ],
  ['gates and a node', only('schedulingGates: [{name: a/b}]\nnodeName: node-1'), ['pod-settings node-1']],
  ['one gate twice', only('schedulingGates: [{name: a/b}, {name: a/b}]'), ['pod-settings a/b']],
  // The rest of a pod
  ['a deadline of nothing', only('activeDeadlineSeconds: 0'), ['pod-settings 0']],
  ['name servers by name', only('dnsConfig: {nameservers: [dns.local, 10.0.0.1]}'), ['pod-dns dns.local']],
  [
    'four name servers',
    only('dnsConfig: {nameservers: [10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4]}'),
    ['pod-dns nameservers'],
  ],
  ['search domains', only('dnsConfig: {searches: [_tcp.local., ., "a b"]}'), ['pod-dns "a b"']],
  ['a host alias', only('hostAliases: [{ip: a, hostnames: [A]}]'), ['pod-dns a', 'pod-dns A']],
  ['labels of nodes', only('nodeSelector: {"a b": c, d: "e f"}'), ['node-selector "a b"', 'node-selector "e f"']],
  ['a host name with dots', only('hostname: a.b'), ['pod-name-form a.b']],
  ['claims that say nothing', only('resourceClaims: [{name: a}]'), ['pod-settings name']],
  ['a user namespace and the network of the node', only('hostUsers: false\nhostNetwork: true'), ['pod-settings true']],
  [
    'placeholders',
    container('image: "{{ x }}"\nports: [{containerPort: "{{ port }}", name: "${NAME}"}]').replace(
      '    image: nginx:1.27\n',
      '',
    ),
    [],
  ],
];

describe('what the API server refuses of a pod', () => {
  it.each(cases)('%s', (_what, spec, expected) => {
    expect(judged(pod(spec))).toEqual(expected);
  });

  const bent = cases.filter(([, , expected]) => expected.length > 0);
  const own = new Set(podRules.map(({ id }) => id));

  it.each(bent)('is mended by each of its fixes: %s', (_what, spec) => {
    // In blocks, as manifests are written.
    const fixture = parseFixture(stringify(parse(pod(spec))));
    const { snapshot } = open(fixture);
    const [uri = ''] = snapshot.files();
    const codes = (of: typeof snapshot): string[] => of.diagnostics(uri).map(({ code }) => code);
    const faults = (of: typeof snapshot): number => codes(of).filter((code) => own.has(code)).length;
    for (const { code, span } of snapshot.diagnostics(uri)) {
      if (!own.has(code)) continue;
      for (const action of snapshot.codeActions(uri, span)) {
        if (action.title.startsWith('Ignore')) continue;
        const mended = open(after(fixture, snapshot, action.edits)).snapshot;
        expect(codes(mended), action.title).not.toContain('yaml-syntax');
        expect(faults(mended), action.title).toBeLessThan(faults(snapshot));
      }
    }
  });

  it('goes by the release', () => {
    const digit = pod(container('env: [{name: 1A, value: c}]'));
    expect([judged(digit, 31), judged(digit, 32)]).toEqual([['invalid-env 1A'], []]);
    const sidecar = pod(
      `initContainers: [{name: a, image: a, restartPolicy: Always, startupProbe: {exec: {command: [a]}}}]${container('tty: false')}`,
    );
    expect([judged(sidecar, 28), judged(sidecar, 29)]).toEqual([['init-container-probe startupProbe'], []]);
    const own = pod(container('restartPolicy: Never'));
    expect([judged(own, 34), judged(own, 35)]).toEqual([['container-restart-policy restartPolicy'], []]);
    const domains = pod(
      only(
        'topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: ScheduleAnyway, minDomains: 2}]',
      ),
    );
    expect([judged(domains, 20), judged(domains, 27)]).toEqual([
      ['warning field-not-in-version minDomains'],
      ['topology-spread minDomains'],
    ]);
  });

  it('is a warning where only the pods that are made of a template are refused', () => {
    const blank = container('tty: false').replace('nginx:1.27', '"nginx:1.27 "');
    expect(judged(pod(blank))).toEqual(['image-blanks "nginx:1.27 "']);
    expect(judged(deployment(blank))).toEqual(['warning image-blanks "nginx:1.27 "']);
    const key = only(
      'topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}, matchLabelKeys: [app]}]',
    );
    expect(judged(deployment(key))).toEqual(['warning topology-spread app']);
  });

  it('holds wherever a pod template stands', () => {
    expect(judged(deployment(container('livenessProbe: {}')))).toEqual(['invalid-probe livenessProbe']);
  });
});

describe('what is behind a feature gate that is off', () => {
  const stop = (more: string): string => pod(`${more}${container('lifecycle: {stopSignal: SIGNAL}')}`);
  const projected = pod(
    only(
      'volumes: [{name: a, projected: {sources: [{clusterTrustBundle: {path: a}}, {podCertificate: {keyType: RSA, keyPath: a}}]}}]',
    ),
  );
  const gated = (text: string, release: number): readonly string[] => {
    const engine = new Engine({ model: realModel().at(release) });
    engine.apply([{ type: 'edit', uri: 'file:///w/main.yaml', text }]);
    const found = engine.snapshot().diagnostics('file:///w/main.yaml');
    return found.filter(({ code }) => code === 'gated-field').map(({ span }) => text.slice(span.start, span.end));
  };

  it('is dropped, whatever it holds, and says so in a hint', () => {
    expect(judged(stop(''))).toEqual([]);
    expect(gated(stop(''), 36)).toEqual(['stopSignal']);
    expect(judged(projected)).toEqual([]);
    expect(gated(projected, 36)).toEqual(['clusterTrustBundle', 'podCertificate']);
  });

  it('is still decoded', () => {
    expect(judged(stop('').replace('SIGNAL', '9'))).toEqual(['wrong-type 9']);
  });

  it('is judged from the release on that has the gate on', () => {
    expect(judged(stop(''), 37)).toEqual(['invalid-lifecycle stopSignal', 'invalid-value SIGNAL']);
    expect(judged(stop('os: {name: linux}').replace('SIGNAL', 'SIGTERM'), 37)).toEqual([]);
    const name = pod(only('hostnameOverride: Not-One'));
    expect(judged(name, 34)).toEqual([]);
    expect(judged(name, 35)).toEqual(['pod-name-form Not-One']);
    expect(gated(name, 34)).toEqual(['hostnameOverride']);
    expect(gated(name, 35)).toEqual([]);
  });
});

it('takes an empty text for a name where Kubernetes has a pointer', () => {
  const spec = only(
    'hostname: ""\nserviceAccountName: ""\nruntimeClassName: ""\nresourceClaims: [{name: a, resourceClaimName: ""}]',
  );
  expect(judged(pod(spec))).toEqual(['pod-name-form ""', 'pod-name-form ""']);
});

describe('an AppArmor profile in an annotation and in a field', () => {
  const both = (annotation: string, field: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    container.apparmor.security.beta.kubernetes.io/web: ${annotation}
spec:
  containers:
    - name: web
      image: nginx:1.27
      securityContext:
        appArmorProfile: ${field}
`;

  it.each([
    ['unconfined', '{type: RuntimeDefault}', ['pod-annotation unconfined']],
    ['localhost/a', '{type: Localhost, localhostProfile: b}', ['pod-annotation localhost/a']],
    ['localhost/a', '{type: Localhost, localhostProfile: a}', []],
    ['runtime/default', '{type: RuntimeDefault}', []],
  ])('%s and %s', (annotation, field, expected) => expect(judged(both(annotation, field))).toEqual(expected));

  const annotations = (text: string): string => `
    metadata:
      labels: {app: web}
      annotations: {${text}}
    spec:
      securityContext: {appArmorProfile: {type: Unconfined}, seccompProfile: {type: RuntimeDefault}}
      containers: [{name: web, image: "nginx:1.27"}]
`;
  const ofTemplate = (text: string): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector: {matchLabels: {app: web}}\n  template:${annotations(text)}`;
  const ofPod = (text: string): string =>
    `apiVersion: v1\nkind: Pod\n${annotations(text).trim().replaceAll('\n    ', '\n').replace('labels:', 'name: web\n  labels:')}`;
  const errors = (text: string): string[] => judged(text).filter((found) => !found.startsWith('warning '));
  const appArmor = 'container.apparmor.security.beta.kubernetes.io/web: runtime/default';

  it("holds a template's against the whole pod's, too, which a Pod's own gets the better of", () => {
    expect(errors(ofTemplate(appArmor))).toEqual(['pod-annotation runtime/default']);
    expect(errors(ofPod(appArmor))).toEqual([]);
  });

  it.each(['runtime/default', 'docker/default'])('%s is the default of seccomp', (text) => {
    expect(errors(ofPod(`seccomp.security.alpha.kubernetes.io/pod: ${text}`))).toEqual([]);
  });

  it('and so for seccomp', () => {
    const pods = 'seccomp.security.alpha.kubernetes.io/pod: unconfined';
    expect(errors(ofPod(pods))).toEqual(['pod-annotation unconfined']);
    expect(errors(ofTemplate(pods))).toEqual(['pod-annotation unconfined']);
    expect(errors(ofPod('container.seccomp.security.alpha.kubernetes.io/web: unconfined'))).toEqual([]);
  });

  it('takes nothing for an empty text', () => {
    expect(errors(ofPod('controller.kubernetes.io/pod-deletion-cost:'))).toEqual([
      'pod-annotation controller.kubernetes.io/pod-deletion-cost',
    ]);
    expect(errors(ofPod('kubernetes.io/config.mirror: a'))).toEqual(['pod-annotation a']);
  });
});
