import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/base/text-edit.ts';
import { plainText } from '../../src/lsp/snippet.ts';
import { type Snippet, snippets } from '../../src/tables/snippets.ts';
import { atCursor, type Fixture, open, parseFixture } from '../fixture.ts';
import { realModel } from '../schema/real-model.ts';

const isDocument = ({ pieces }: Snippet): boolean => pieces.every((piece) => piece.in === 'document');
const documents = snippets.filter(isDocument).map(({ prefix }) => prefix);
const parts = snippets.filter((snippet) => !isDocument(snippet)).map(({ prefix }) => prefix);

/** What the snippets' made-up names mean, each in a file of its own. */
const world: Readonly<Record<string, string>> = {
  'deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: app
  template:
    metadata:
      labels:
        app.kubernetes.io/name: app
    spec:
      containers:
        - name: app
          image: registry.example.com/app:1.0.0
          ports:
            - name: http
              containerPort: 8080
`,
  'service.yaml': `apiVersion: v1
kind: Service
metadata:
  name: app
spec:
  selector:
    app.kubernetes.io/name: app
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
  'settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app-settings\ndata:\n  LOG_LEVEL: info\n',
  'secrets.yaml':
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: app-secrets\ntype: Opaque\nstringData:\n  password: change-me\n',
  'tls.yaml':
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: app-tls\ntype: kubernetes.io/tls\nstringData:\n  tls.crt: a\n  tls.key: b\n',
  'claim.yaml':
    'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: app-data\nspec:\n  accessModes: [ReadWriteOnce]\n  resources:\n    requests:\n      storage: 1Gi\n',
  'class.yaml':
    'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata:\n  name: nginx\nspec:\n  controller: example.com/nginx\n',
  'namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: team\n',
};

const worldWithout = (kind: string): Record<string, string> =>
  Object.fromEntries(Object.entries(world).filter(([, text]) => !text.includes(`kind: ${kind}\n`)));

const asFixture = (files: Readonly<Record<string, string>>): string =>
  Object.entries(files)
    .map(([name, text]) => `# file: ${name}\n${text}`)
    .join('');

/** A fixture's own file after choosing a snippet at its cursor with its defaults and first choices. */
function insert(text: string, prefix: string): { readonly text: string; readonly fixture: Fixture; uri: string } {
  const { snapshot, uri, offset } = atCursor(text);
  const items = snapshot.completion(uri, offset);
  expect(items.map(({ label }) => label)).toContain(prefix);
  const item = items.find(({ label }) => label === prefix);
  if (!item) throw new Error('not offered');
  const edits = [{ span: item.span, newText: plainText(item.newText) }, ...item.also];
  const result = applyEdits(snapshot.text(uri) ?? '', edits);
  const { files } = parseFixture(text);
  return { text: result, fixture: { files: new Map([...files, [uri, result]]), cursor: undefined }, uri };
}

/** What is said of all files of a fixture, as `severity code: message`. */
function findings(fixture: Fixture): string[] {
  const { snapshot } = open(fixture);
  return [...fixture.files.keys()].flatMap((uri) =>
    snapshot.diagnostics(uri).map(({ severity, code, message }) => `${severity} ${code}: ${message}`),
  );
}

describe('the data', () => {
  it.each(snippets.map((snippet) => [snippet.prefix, snippet] as const))('%s is well-formed', (prefix, snippet) => {
    expect(prefix).toMatch(/^k8s-[a-z0-9-]+$/);
    expect(snippet.title).not.toBe('');
    expect(snippet.description).not.toBe('');
    const bodies = snippet.pieces.map(({ body }) => body.join('\n'));
    expect(bodies[0]).toMatch(/\$0$/);
    expect(bodies.join('').match(/(?<!\\)\$0/g)).toHaveLength(1);
    for (const [number, { of }] of Object.entries(snippet.names ?? {})) {
      expect(bodies.join('\n')).toContain(`\${${number}:`);
      if (of !== undefined) expect(snippet.names?.[of]).toBeDefined();
    }
    if (snippet.kind !== undefined) expect(realModel().named(snippet.kind)).not.toHaveLength(0);
  });

  it('has no prefix twice', () => {
    const prefixes = snippets.map(({ prefix }) => prefix);
    expect(prefixes.filter((prefix, i) => prefixes.indexOf(prefix) !== i)).toEqual([]);
  });
});

describe('there is one', () => {
  const words = (text: string): readonly string[] => text.trim().split(/\s+/);

  it.each(
    words(`pod deployment statefulset daemonset job cronjob
      service service-nodeport service-loadbalancer service-headless service-externalname ingress ingress-tls
      configmap configmap-file secret secret-tls secret-registry pvc storageclass pv rbac hpa pdb
      networkpolicy-deny networkpolicy-allow namespace podpreset priorityclass crd kustomization`),
  )('for what is written by hand: %s', (name) => expect(documents).toContain(`k8s-${name}`));

  it.each(
    words(`container init-container sidecar reverse-proxy probes resources env-secret env-configmap
      envfrom-secret envfrom-configmap volume-configmap volume-secret volume-claim volume-emptydir volume-projected
      node-affinity-required node-affinity-preferred pod-affinity pod-anti-affinity topology-spread tolerations
      security-context pod-security-context`),
  )('for a part of a pod: %s', (name) => expect(parts).toContain(`k8s-${name}`));
});

describe('whole documents', () => {
  it.each(documents)('%s, alone: nothing but what may be on the cluster', (prefix) => {
    const { fixture } = insert('k8s-$0', prefix);
    const faults = findings(fixture).filter((line) => !/^hint (?:unresolved-|selector-matches-nothing)/.test(line));
    expect(faults).toEqual([]);
  });

  it.each(documents)('%s, among what it names: nothing at all', (prefix) => {
    const own = snippets.find((snippet) => snippet.prefix === prefix)?.pieces[0]?.body.join('\n') ?? '';
    const kind = /^kind: (\w+)/m.exec(own)?.[1] ?? '';
    const { fixture } = insert(
      `${asFixture(worldWithout(kind === 'Pod' ? 'Deployment' : kind))}# file: new.yaml\nk8s-$0`,
      prefix,
    );
    expect(findings(fixture)).toEqual([]);
  });
});

/** The same pod in other layouts; CURSOR-… are lines of their own. */
const styles: Readonly<Record<string, { step: number; dash: number; newline: string }>> = {
  'two spaces': { step: 2, dash: 2, newline: '\n' },
  'two spaces, lists not indented': { step: 2, dash: 0, newline: '\n' },
  'four spaces': { step: 4, dash: 4, newline: '\n' },
  'four spaces, lists not indented': { step: 4, dash: 0, newline: '\n' },
  'two spaces, CRLF': { step: 2, dash: 2, newline: '\r\n' },
};

function pod(style: string, at: 'container' | 'container-between' | 'spec' | 'spec-between', typed: string): string {
  const { step, dash, newline } = styles[style] ?? { step: 2, dash: 2, newline: '\n' };
  const s = (levels: number, dashes = 0, inside = 0): string => ' '.repeat(levels * step + dashes * dash + inside * 2);
  const cursor = (where: string, indent: string): string[] => (at === where ? [`${indent}${typed}$0`] : []);
  return [
    'apiVersion: apps/v1',
    'kind: Deployment',
    'metadata:',
    `${s(1)}name: app`,
    'spec:',
    `${s(1)}selector:`,
    `${s(2)}matchLabels:`,
    `${s(3)}app.kubernetes.io/name: app`,
    `${s(1)}template:`,
    `${s(2)}metadata:`,
    `${s(3)}labels:`,
    `${s(4)}app.kubernetes.io/name: app`,
    `${s(2)}spec:`,
    ...cursor('spec-between', s(3)),
    `${s(3)}containers:`,
    `${s(3, 1)}- name: app`,
    ...cursor('container-between', s(3, 1, 1)),
    `${s(3, 1, 1)}image: registry.example.com/app:1.0.0`,
    ...cursor('container', s(3, 1, 1)),
    ...(at === 'container-between' || at === 'spec-between' ? [`${s(3)}terminationGracePeriodSeconds: 10`] : []),
    ...cursor('spec', s(3)),
    '',
  ].join(newline);
}

const around = asFixture(worldWithout('Deployment'));

describe.each(Object.keys(styles))('parts, %s', (style) => {
  it.each(parts)('%s', (prefix) => {
    let fitted = 0;
    for (const at of ['container', 'container-between', 'spec', 'spec-between'] as const) {
      for (const typed of ['', 'k8s-']) {
        const text = `${around}# file: main.yaml\n${pod(style, at, typed)}`;
        const { snapshot, uri, offset } = atCursor(text);
        if (!snapshot.completion(uri, offset).some(({ label }) => label === prefix)) continue;
        fitted++;
        const inserted = insert(text, prefix);
        expect(findings(inserted.fixture), `${at}:\n${inserted.text}`).toEqual([]);
      }
    }
    // `containers` is there in every one of them: its items are tested below.
    if (prefix !== 'k8s-container' && prefix !== 'k8s-reverse-proxy') expect(fitted).toBeGreaterThanOrEqual(4);
  });
});

const podOf = (spec: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: app\n  labels:\n    app.kubernetes.io/name: app\nspec:\n  containers:\n    - name: app\n      image: registry.example.com/app:1.0.0\n${spec}`;
const own = (text: string, prefix: string): string => insert(`${around}# file: main.yaml\n${text}`, prefix).text;
const offered = (text: string): string[] => {
  const { snapshot, uri, offset } = atCursor(text);
  return snapshot
    .completion(uri, offset)
    .map(({ label }) => label)
    .filter((label) => label.startsWith('k8s-'));
};
const snippetText = (text: string, prefix: string): string => {
  const { snapshot, uri, offset } = atCursor(text);
  return snapshot.completion(uri, offset).find(({ label }) => label === prefix)?.newText ?? '';
};

describe('into a list that is there', () => {
  it.each([
    [
      'on a blank line',
      '    $0\n',
      '    - key: dedicated\n      operator: Equal\n      value: batch\n      effect: NoSchedule\n',
    ],
    [
      'half typed',
      '    k8s-tol$0\n',
      '    - key: dedicated\n      operator: Equal\n      value: batch\n      effect: NoSchedule\n',
    ],
    [
      'behind a dash',
      '    - $0\n',
      '    - key: dedicated\n      operator: Equal\n      value: batch\n      effect: NoSchedule\n',
    ],
    [
      'behind a dash, half typed',
      '    - k8s$0\n',
      '    - key: dedicated\n      operator: Equal\n      value: batch\n      effect: NoSchedule\n',
    ],
  ])('%s', (_, line, item) => {
    const head = podOf('  tolerations:\n    - operator: Exists\n');
    expect(own(`${head}${line}`, 'k8s-tolerations')).toBe(`${head}${item}`);
  });

  it('a second container, with a free name', () =>
    expect(own(podOf('    - $0'), 'k8s-container')).toContain('    - name: app-2\n      image: '));

  it('a container of a reverse proxy, its volume, and its ConfigMap', () => {
    const inserted = insert(`${around}# file: main.yaml\n${podOf('    - k8s$0\n')}`, 'k8s-reverse-proxy');
    expect(inserted.text).toContain(
      '  volumes:\n    - name: proxy-config\n      configMap:\n        name: proxy-config\n---\n',
    );
    expect(inserted.text).toContain('proxy_set_header Host $host;');
    expect(findings(inserted.fixture)).toEqual([]);
  });

  it('the same before other fields of the pod', () => {
    const text = podOf('    - $0\n  hostname: app\n  volumes:\n    - name: proxy-config\n      emptyDir: {}\n');
    const mounted = text.replace(
      '1.0.0\n',
      '1.0.0\n      volumeMounts:\n        - name: proxy-config\n          mountPath: /a\n',
    );
    const inserted = insert(`${around}# file: main.yaml\n${mounted}`, 'k8s-reverse-proxy');
    expect(inserted.text).toContain('    - name: proxy-config-2\n      configMap:\n        name: proxy-config\n---\n');
    expect(findings(inserted.fixture)).toEqual([]);
  });

  it('a volume to those that are there, under a free name', () => {
    const text = podOf('      $0\n  volumes:\n    - name: config\n      emptyDir: {}\n');
    expect(own(text, 'k8s-volume-configmap')).toBe(
      podOf(
        '      volumeMounts:\n        - name: config-2\n          mountPath: /etc/app\n          readOnly: true\n' +
          '  volumes:\n    - name: config\n      emptyDir: {}\n    - name: config-2\n      configMap:\n        name: app-settings\n',
      ),
    );
  });

  it('a term to an affinity that is there', () => {
    const text = podOf('  affinity:\n    podAffinity: {}\n    $0\n');
    expect(own(text, 'k8s-node-affinity-preferred')).toContain(
      '    nodeAffinity:\n      preferredDuringSchedulingIgnoredDuringExecution:\n        - weight: 100\n',
    );
  });
});

describe('where they fit', () => {
  it.each([
    [
      'the pod’s spec',
      podOf('  $0\n'),
      ['k8s-tolerations', 'k8s-volume-secret'],
      ['k8s-resources', 'k8s-deployment', 'k8s-container'],
    ],
    ['a container', podOf('      $0\n'), ['k8s-resources', 'k8s-volume-secret'], ['k8s-tolerations', 'k8s-deployment']],
    ['a container that has the field', podOf('      resources: {}\n      $0\n'), ['k8s-probes'], ['k8s-resources']],
    [
      'an item of env',
      podOf('      env:\n        - $0\n'),
      ['k8s-env-secret'],
      ['k8s-envfrom-secret', 'k8s-resources'],
    ],
  ])('in %s', (_, text, wanted, unwanted) => {
    const labels = offered(text);
    expect(labels).toEqual(expect.arrayContaining(wanted));
    for (const label of unwanted) expect(labels).not.toContain(label);
  });

  it.each([
    ['at a value', podOf('  hostname: $0\n')],
    ['in a block scalar', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: |\n    $0\n'],
    ['in a map of labels', podOf('  nodeSelector:\n    $0\n')],
    ['where the colon is there', podOf('      k8s$0: a\n')],
    ['in a flow map', podOf('  securityContext: { $0 }\n')],
    ['in a comment', podOf('  # k8s$0\n')],
    ['in a document of something else', 'services:\n  web:\n    $0\n'],
    ['behind other keys', 'services: {}\n$0'],
  ])('and where not: %s', (_, text) => expect(offered(text)).toEqual([]));
});

describe('tab stops', () => {
  it('choose among the workspace’s names, nearest first', () => {
    const text = `${around}# file: more/a.yaml\n${(world['settings.yaml'] ?? '').replace('app-settings', 'far')}# file: main.yaml\n${podOf('      $0\n')}`;
    const body = snippetText(text, 'k8s-env-configmap');
    expect(body).toContain('name: ${2|app-settings,far|}');
    expect(body).toContain('key: ${3:LOG_LEVEL}');
  });

  it('choose no object without the parts that are asked for', () => {
    const empty = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: aaa\n';
    const text = `${around}# file: aaa.yaml\n${empty}# file: main.yaml\n${podOf('      $0\n')}`;
    expect(snippetText(text, 'k8s-env-secret')).toContain('name: ${2|app-secrets,app-tls|}');
  });

  it('choose among the labels of pods', () => {
    const text = `# file: a.yaml\n${(world['deployment.yaml'] ?? '').replaceAll('app.kubernetes.io/name: app', 'app: web')}# file: b.yaml\n$0`;
    expect(snippetText(text, 'k8s-service')).toContain('selector:\n    ${2:app: web}\n');
  });

  it('are linked between a mount and a volume that both go to the cursor', () => {
    const body = snippetText(podOf('      $0\n'), 'k8s-volume-emptydir');
    expect(body.match(/name: \$\{1:scratch\}/g)).toHaveLength(2);
  });

  it('are none where the name stands elsewhere, too', () => {
    const body = snippetText(podOf('      $0\n  hostname: a\n'), 'k8s-volume-emptydir');
    expect(body).toContain('- name: scratch\n');
    expect(body).toContain('mountPath: ${2:/tmp/scratch}');
  });

  it('name the container’s own port', () => {
    const text = podOf('      ports:\n        - name: web\n          containerPort: 80\n      $0\n');
    expect(snippetText(text, 'k8s-probes')).toContain('port: ${1:web}');
  });

  it('a kind is written as its snippet has it', () => {
    const { snapshot, uri, offset } = atCursor('$0');
    const items = snapshot.completion(uri, offset);
    const text = (label: string): string | undefined => items.find((item) => item.label === label)?.newText;
    expect(text('Deployment')).toBe(text('k8s-deployment'));
  });
});

describe('the list to choose from', () => {
  it('says of each what it inserts, and whether it fits at the cursor', () => {
    const { snapshot, uri, offset } = atCursor(podOf('      $0\n'));
    const choices = snapshot.snippets(uri, offset);
    expect(choices.map(({ prefix }) => prefix)).toEqual(snippets.map(({ prefix }) => prefix));
    const of = (prefix: string) => choices.find((choice) => choice.prefix === prefix);
    expect(of('k8s-resources')?.here?.newText).toContain('requests:');
    expect(of('k8s-resources')).toMatchObject({ place: 'a container', document: undefined });
    expect(of('k8s-tolerations')).toMatchObject({ place: 'the spec of a pod', here: undefined });
    expect(of('k8s-secret')?.here).toBeUndefined();
    expect(of('k8s-secret')?.document).toMatch(/^apiVersion: v1\nkind: Secret\n/);
    expect(of('k8s-secret')?.preview).toContain('\n  password: change-me');
  });

  it('is there for a file that does not exist yet, with the names of its neighbours', () => {
    const { snapshot } = open(parseFixture(`${around}# file: deployment.yaml\n${world['deployment.yaml']}`));
    const choice = snapshot.snippets('file:///w/new.yaml', undefined).find(({ prefix }) => prefix === 'k8s-ingress');
    expect(choice?.here).toBeUndefined();
    expect(choice?.document).toContain('name: ${6:app}\n');
  });
});
