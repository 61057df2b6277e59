import { describe, expect, it } from 'vitest';
import { atCursor, checkDiagnostics, open, parseFixture, placesOf } from '../fixture.ts';

const definitions = (text: string): string[] => {
  const { snapshot, uri, offset } = atCursor(text);
  return placesOf(snapshot, snapshot.definition(uri, offset));
};

const summaries = (text: string): string[] => {
  const { snapshot } = open(parseFixture(text));
  return snapshot
    .files()
    .flatMap((uri) =>
      snapshot.diagnostics(uri).map(({ severity, code, message }) => `${severity} ${code}: ${message}`),
    );
};

const namespaced = (namespace: string): string => (namespace === '' ? '' : `  namespace: ${namespace}\n`);

const configMap = (name: string, namespace = '', key = 'color'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${namespaced(namespace)}data:\n  ${key}: blue\n`;

const user = (name: string, namespace = '', key = 'color'): string => `apiVersion: v1
kind: Pod
metadata:
  name: web
${namespaced(namespace)}spec:
  containers:
    - name: web
      image: nginx:1.27
      env:
        - name: A
          valueFrom:
            configMapKeyRef:
              name: ${name}
              key: ${key}
`;

const pod = (name: string, labels: string, namespace = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n${namespaced(namespace)}  labels: ${labels}\nspec:\n  containers:\n    - name: web\n      image: nginx:1.27\n`;

const service = (selector: string, namespace = '', more = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n${namespaced(namespace)}spec:\n${more}  selector: ${selector}\n  ports:\n    - port: 80\n`;

describe('which of several same-named objects is meant', () => {
  it('that of the same file, then of the same folder, then of the nearest parent', () => {
    const files = (own: string): string =>
      `# file: base/config.yaml\n${configMap('settings')}# file: overlays/a/config.yaml\n${configMap('settings')}# file: config.yaml\n${configMap('settings')}# file: ${own}\n`;
    expect(definitions(`${files('overlays/a/pod.yaml')}${user('$0settings')}`)).toEqual([
      'overlays/a/config.yaml:4 settings',
    ]);
    expect(definitions(`${files('overlays/b/pod.yaml')}${user('$0settings')}`)).toEqual(['config.yaml:4 settings']);
    expect(definitions(`${files('base/pod.yaml')}${configMap('settings')}---\n${user('$0settings')}`)).toEqual([
      'base/pod.yaml:4 settings',
    ]);
  });

  it('all of them where they are equally near', () => {
    const text = `# file: a.yaml\n${configMap('settings')}# file: b.yaml\n${configMap('settings')}# file: c.yaml\n${user('$0settings')}`;
    expect(definitions(text)).toEqual(['a.yaml:4 settings', 'b.yaml:4 settings']);
  });

  it('existence is judged over the whole workspace, the contents by the one that is meant', () => {
    expect(
      summaries(`# file: far/away.yaml\n${configMap('settings')}# file: here/pod.yaml\n${user('settings')}`),
    ).toEqual([]);
    const near = `# file: far/away.yaml\n${configMap('settings')}# file: here/config.yaml\n${configMap('settings', '', 'size')}# file: here/pod.yaml\n${user('settings')}`;
    expect(summaries(near)).toEqual([
      expect.stringMatching(
        /^error unresolved-configmap-key: ConfigMap "settings" \(config\.yaml:4\) has no key "color"\./,
      ),
    ]);
  });
});

describe('namespaces', () => {
  it('an object of the same namespace goes before one without any', () => {
    const files = `# file: a.yaml\n${configMap('settings')}---\n${configMap('settings', 'blue')}---\n${configMap('settings', 'red')}`;
    expect(definitions(`${files}# file: b.yaml\n${user('$0settings', 'blue')}`)).toEqual(['a.yaml:11 settings']);
    expect(definitions(`${files}# file: b.yaml\n${user('$0settings', 'green')}`)).toEqual(['a.yaml:4 settings']);
    expect(definitions(`${files}# file: b.yaml\n${user('$0settings')}`)).toEqual(['a.yaml:4 settings']);
  });

  it('an absent one may be any', () => {
    expect(summaries(`${configMap('settings')}---\n${user('settings', 'blue')}`)).toEqual([]);
    expect(summaries(`${configMap('settings', 'blue')}---\n${user('settings')}`)).toEqual([]);
  });

  it('an object of another one is out of reach, and said to be there', () => {
    expect(summaries(`${configMap('settings', 'red')}---\n${user('settings', 'blue')}`)).toEqual([
      expect.stringMatching(
        /^warning unresolved-configmap: ConfigMap "settings" is in namespace red \(main\.yaml:4\), and this Pod looks for it in blue\./,
      ),
    ]);
  });

  it('hold for pods and selectors, too', () => {
    expect(summaries(`${service('{ app: web }', 'blue')}---\n${pod('web', '{ app: web }', 'blue')}`)).toEqual([]);
    expect(summaries(`${service('{ app: web }', 'blue')}---\n${pod('web', '{ app: web }')}`)).toEqual([]);
    expect(summaries(`${service('{ app: web }', 'blue')}---\n${pod('web', '{ app: web }', 'red')}`)).toEqual([
      expect.stringMatching(/^warning selector-matches-nothing: .*in namespace red\. .*own namespace only/),
    ]);
  });

  it('mean nothing to what belongs to the cluster', () => {
    const claim =
      'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n  namespace: blue\nspec:\n  storageClassName: $0fast\n  accessModes: [ReadWriteOnce]\n  resources: { requests: { storage: 1Gi } }\n';
    expect(
      definitions(
        `# file: a.yaml\napiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata:\n  name: fast\nprovisioner: x\n# file: b.yaml\n${claim}`,
      ),
    ).toEqual(['a.yaml:4 fast']);
  });
});

describe('the pods that a selector finds', () => {
  it('are all workloads that have its labels', () => {
    const text = `# file: s.yaml\n${service('{ app$0: web }')}# file: p.yaml\n${pod('one', '{ app: web, v: "1" }')}---\n${pod('two', '{ app: web }')}---\n${pod('no', '{ app: wep }')}`;
    expect(definitions(text)).toEqual(['p.yaml:5 app: web', 'p.yaml:15 app: web']);
  });

  it('of one workload that several folders hold, are the nearest', () => {
    const web = pod('web', '{ app: web }');
    expect(
      definitions(`# file: a/p.yaml\n${web}# file: b/p.yaml\n${web}# file: b/s.yaml\n${service('{ $0app: web }')}`),
    ).toEqual(['b/p.yaml:5 app: web']);
  });

  it('are none where the selector is empty, and nobody complains', () => {
    expect(summaries(`${service('{}')}---\n${pod('web', '{ app: web }')}`)).toEqual([]);
  });

  it('do not matter to an ExternalName', () => {
    expect(summaries(service('{ app: web }', '', '  type: ExternalName\n  externalName: example.com\n'))).toEqual([]);
  });

  it('live in every kind of workload, and in Lists', () => {
    const template = (indent: string): string =>
      `template:\n  metadata:\n    labels:\n      app: web\n  spec:\n    restartPolicy: Never\n    containers:\n      - name: web\n        image: nginx:1.27\n`
        .replace(/^/gm, indent)
        .trimEnd();
    const job = `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: web\nspec:\n${template('  ')}\n`;
    const cron = `apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: web\nspec:\n  schedule: "@daily"\n  jobTemplate:\n    spec:\n${template('      ')}\n`;
    const list = `apiVersion: v1\nkind: List\nitems:\n  - ${pod('web', '{ app: web }').replace(/\n(?=.)/g, '\n    ')}`;
    for (const workload of [job, cron, list])
      expect(summaries(`${service('{ app: web }')}---\n${workload}`)).toEqual([]);
  });
});

it('a Knative Service has a pod template, and needs no names in it', () => {
  const knative = (key: string): string => `apiVersion: serving.knative.dev/v1
kind: Service
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - image: nginx:1.27
          env:
            - name: A
              valueFrom:
                configMapKeyRef:
                  name: settings
                  key: ${key}
`;
  expect(summaries(`${configMap('settings')}---\n${knative('color')}`)).toEqual([]);
  expect(summaries(`${configMap('settings')}---\n${knative('colour')}`)).toEqual([
    expect.stringMatching(/^error unresolved-configmap-key: .*Did you mean "color"/),
  ]);
});

describe('what cannot be known is not judged', () => {
  it.each([
    ['a SealedSecret', 'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: login\nspec: {}\n'],
    [
      'an ExternalSecret',
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata:\n  name: other\nspec:\n  target:\n    name: login\n',
    ],
    [
      'a Certificate',
      'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata:\n  name: other\nspec:\n  secretName: login\n',
    ],
  ])('a Secret that %s makes, and its keys', (_, maker) => {
    const key = maker.includes('Certificate') ? 'tls.key' : 'color';
    expect(summaries(`${maker}---\n${user('login', '', key).replace('configMapKeyRef', 'secretKeyRef')}`)).toEqual([]);
    expect(summaries(`${maker}---\n${user('logim', '', key).replace('configMapKeyRef', 'secretKeyRef')}`)).toEqual([
      expect.stringMatching(/^warning unresolved-secret: .*Did you mean "login"/),
    ]);
  });

  it('an optional reference', () => {
    for (const text of [user('settinsg'), user('settings', '', 'colour')]) {
      expect(summaries(`${configMap('settings')}---\n${text}`)).toHaveLength(1);
      expect(summaries(`${configMap('settings')}---\n${text}              optional: true\n`)).toEqual([]);
      expect(summaries(`${configMap('settings')}---\n${text}              optional: false\n`)).toHaveLength(1);
    }
  });

  it('what every cluster has', () => {
    expect(summaries(`${configMap('settings')}---\n${user('kube-root-ca.crt', '', 'ca.crt')}`)).toEqual([]);
  });
});

describe('severity goes by the evidence', () => {
  it('nothing of the kind is here: a hint', () => {
    expect(summaries(user('settings'))).toEqual([
      expect.stringMatching(/^hint unresolved-configmap: .*may be on the cluster/),
    ]);
  });

  it('others of the kind are here: a warning, but for what comes with the cluster', () => {
    const text = (namespace: string): string =>
      `${configMap('settings', namespace)}---\n${user('unrelated', namespace)}`;
    expect(summaries(text('shop'))).toEqual([expect.stringMatching(/^warning unresolved-configmap/)]);
    expect(summaries(text('kube-system'))).toEqual([expect.stringMatching(/^hint unresolved-configmap/)]);
  });

  it('a near miss: a warning', () => {
    checkDiagnostics(
      `${configMap('settings')}---\n${user('setings').replace('name: setings\n', 'name: setings\n#                   ^^^^^^^ warning unresolved-configmap\n')}`,
    );
  });

  it('a key that is not in the object that is here: an error', () => {
    expect(summaries(`${configMap('settings')}---\n${user('settings', '', 'unrelated')}`)).toEqual([
      expect.stringMatching(/^error unresolved-configmap-key/),
    ]);
  });
});

describe('a wrong namespace is reported once', () => {
  const shop = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n';
  const web =
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  ports:\n    - port: 80\n';
  const config = (url: string, namespace = 'front'): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: ${namespace}\ndata:\n  url: ${url}\n`;

  it('in an address', () => {
    expect(summaries(`${shop}---\n${web}---\n${config('http://web.shpo.svc')}`)).toEqual([
      expect.stringMatching(/^warning unresolved-namespace: Namespace "shpo" .*Did you mean "shop"/),
    ]);
  });

  it('at the service where no namespace is near', () => {
    expect(summaries(`${shop}---\n${web}---\n${config('http://web.other.svc')}`)).toEqual([
      expect.stringMatching(/^warning unresolved-service: Service "web" is in namespace shop/),
    ]);
  });

  it('of a whole resource', () => {
    expect(summaries(`${shop}---\n${web}---\n${config('http://web.shpo.svc http://web:80', 'shpo')}`)).toEqual([
      expect.stringMatching(/^warning unresolved-namespace/),
      expect.stringMatching(/^warning unresolved-namespace/),
    ]);
  });
});

describe('the port of an address', () => {
  const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  url: http://web-0.web:8080\n';
  const behind = (more: string): string[] => summaries(`${config}---\n${service('{}', '', more)}`);

  it('must be one of the Service', () => {
    expect(behind('')).toEqual([
      expect.stringMatching(/^error unresolved-service-port: Service "web" .* has no port 8080/),
    ]);
  });

  it('is that of whoever listens there where the Service has no address of its own', () => {
    expect(behind('  clusterIP: None\n')).toEqual([]);
    expect(summaries(`${config.replace('8080', '81')}---\n${service('{}', '', '  clusterIP: None\n')}`)).toEqual([
      expect.stringMatching(/^warning unresolved-service-port: .* Did you mean "80"/),
    ]);
    expect(behind('  type: ExternalName\n  externalName: example.com\n')).toEqual([]);
  });

  it('leads to the container that listens there, behind a headless Service', () => {
    const listening = `${pod('web', '{ app: web }')}      ports:\n        - containerPort: 8080\n`;
    const text = `${config.replace('8080', '80$080')}---\n${service('{ app: web }', '', '  clusterIP: None\n')}---\n${listening}`;
    expect(definitions(text)).toEqual(['main.yaml:28 8080']);
  });
});

describe('the named port of an egress rule', () => {
  const listening = (name: string, namespace = 'shop'): string =>
    `${pod(name, `{ app: ${name} }`, namespace)}      ports:\n        - name: http\n          containerPort: 8080\n`;
  const peer = (name: string, more = ''): string => `        - ${more}podSelector: { matchLabels: { app: ${name} } }\n`;
  const policy = (to: string): string =>
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  podSelector: {}\n  egress:\n    - ports:\n        - port: htp\n${to}`;
  const found = (to: string): string[] =>
    summaries(
      `${policy(to)}---\n${listening('api')}---\n${listening('cache')}---\n${listening('far', 'elsewhere')}`,
    ).filter((text) => text.includes('unresolved-container-port'));

  it('must be one of the pods that its peers find', () => {
    for (const to of [peer('api'), peer('api') + peer('cache')])
      expect(found(`      to:\n${to}`)).toEqual([expect.stringMatching(/^error .* no container port "htp"/)]);
  });

  it('is not judged where the peers can be others', () => {
    for (const to of [
      '',
      '      to: []\n',
      `      to:\n${peer('api')}        - ipBlock: { cidr: 10.0.0.0/8 }\n`,
      `      to:\n${peer('api')}        - namespaceSelector: {}\n`,
      `      to:\n${peer('far', 'namespaceSelector: { matchLabels: { team: web } }\n          ')}`,
      `      to:\n${peer('api')}${peer('unknown')}`,
    ])
      expect(found(to), to).toEqual([]);
  });
});
