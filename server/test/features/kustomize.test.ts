import { describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine.ts';
import { after, applyFix, atCursor, completionsAt, open, parseFixture, placesOf } from '../fixture.ts';
import { realModel } from '../schema/real-model.ts';

const codes = (text: string): string[] => {
  const { snapshot } = open(parseFixture(text));
  return snapshot.files().flatMap((uri) => {
    const name = uri.slice('file:///w/'.length);
    return snapshot.diagnostics(uri).map(({ severity, code }) => `${name} ${severity} ${code}`);
  });
};

const partial = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: web
          env:
            - name: COLOR
              value: red
`;

describe('a patch', () => {
  it('is called incomplete where nothing says that it is one', () => {
    expect(codes(`# file: deployment.yaml\n${partial}`)).toEqual([
      'deployment.yaml error missing-field',
      'deployment.yaml error missing-field',
    ]);
  });

  it.each([
    ['patches', 'patches:\n  - path: deployment.yaml\n'],
    ['patchesStrategicMerge', 'patchesStrategicMerge:\n  - deployment.yaml\n'],
  ])('is never called incomplete where a kustomization names it (%s)', (_, field) => {
    expect(codes(`# file: kustomization.yaml\n${field}# file: deployment.yaml\n${partial}`)).toEqual([]);
    const elsewhere = field.replace('deployment.yaml', '../shared/deployment.yaml');
    expect(codes(`# file: app/kustomization.yaml\n${elsewhere}# file: shared/deployment.yaml\n${partial}`)).toEqual([]);
  });

  it('nor where its own name or folder says it, or a directive in it', () => {
    expect(codes(`# file: web.patch.yaml\n${partial}`)).toEqual([]);
    expect(codes(`# file: patches/web.yaml\n${partial}`)).toEqual([]);
    expect(codes(`# file: web.yaml\n${partial.replace('spec:\n', 'spec:\n  $retainKeys: [template]\n')}`)).toEqual([]);
  });

  it('is still told of what it says wrong', () => {
    const text = `# file: kustomization.yaml\npatches:\n  - path: web.yaml\n# file: web.yaml\n${partial.replace('containers', 'contaners')}`;
    expect(codes(text)).toEqual(['web.yaml error unknown-field']);
  });

  it('is judged again when the kustomization comes, and when it goes', () => {
    const engine = new Engine({ model: realModel() });
    const uri = 'file:///w/deployment.yaml';
    const kustomization = 'file:///w/kustomization.yaml';
    engine.apply([{ type: 'disk', uri, text: partial }]);
    const before = engine.snapshot().diagnosticsVersion(uri);
    expect(engine.snapshot().diagnostics(uri)).toHaveLength(2);
    engine.apply([{ type: 'disk', uri: kustomization, text: 'patches:\n  - path: deployment.yaml\n' }]);
    expect(engine.snapshot().diagnostics(uri)).toEqual([]);
    expect(engine.snapshot().diagnosticsVersion(uri)).not.toBe(before);
    engine.apply([{ type: 'remove', uri: kustomization }]);
    expect(engine.snapshot().diagnostics(uri)).toHaveLength(2);
  });
});

describe('labels that a kustomization adds', () => {
  const labelled = (field: string, deployment: string): string =>
    `# file: kustomization.yaml\n${field}resources:\n  - deployment.yaml\n# file: deployment.yaml\n${deployment}`;
  const whole = partial.replace('        - name: web\n', '        - name: web\n          image: nginx:1.27\n');

  it('may be the selector that is missing', () => {
    expect(codes(labelled('', whole))).toEqual(['deployment.yaml error missing-field']);
    expect(codes(labelled('commonLabels:\n  app: web\n', whole))).toEqual([]);
    expect(codes(labelled('labels:\n  - pairs:\n      app: web\n    includeSelectors: true\n', whole))).toEqual([]);
  });

  it('come from further out, too', () => {
    const base = labelled('', whole).replaceAll('# file: ', '# file: base/');
    expect(codes(`# file: kustomization.yaml\nresources:\n  - base\n${base}`)).toEqual([
      'base/deployment.yaml error missing-field',
    ]);
    expect(codes(`# file: kustomization.yaml\ncommonLabels:\n  app: web\nresources:\n  - base\n${base}`)).toEqual([]);
  });

  it('excuse nothing else', () => {
    expect(codes(labelled('commonLabels:\n  app: web\n', partial))).toEqual(['deployment.yaml error missing-field']);
  });
});

describe('a namespace that a kustomization sets', () => {
  const namespace = '# file: namespace.yaml\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: _\n';
  const listing = 'resources:\n  - namespace.yaml\n';

  it('is the name of the Namespaces in it, too, whatever they are called', () => {
    expect(codes(`# file: kustomization.yaml\n${listing}${namespace}`)).toEqual(['namespace.yaml error invalid-name']);
    expect(codes(`# file: kustomization.yaml\nnamespace: shop\n${listing}${namespace}`)).toEqual([]);
  });

  it('reaches those of a component, and of a base', () => {
    const component = namespace.replace('# file: ', '# file: part/');
    const around = (field: string, kind: string): string =>
      `# file: kustomization.yaml\nnamespace: shop\n${field}:\n  - part\n# file: part/kustomization.yaml\n${kind}${listing}`;
    const head = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n';
    expect(codes(around('components', head) + component)).toEqual([]);
    expect(codes(around('resources', '') + component)).toEqual([]);
  });
});

describe('a patch that is written out in a kustomization', () => {
  const base = (name: string): string => `# file: base/kustomization.yaml
resources:
  - all.yaml
# file: base/all.yaml
apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  ports:
    - name: http
      port: 80
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: red
`;
  const overlay = (name: string, more = ''): string => `# file: kustomization.yaml
resources:
  - base
  - ingress.yaml
patches:
  - patch: |-
      # more of it
      apiVersion: v1
      kind: Service
      metadata:
        name: ${name}
      spec:
        ports:
          - name: admin
            port: 8443
${more}# file: ingress.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  defaultBackend:
    service:
      name: web
      port:
        number: 8443
`;

  it('brings its parts to what it changes', () => {
    expect(codes(base('web') + overlay('web'))).toEqual([]);
    expect(codes(base('web') + overlay('web').replace('number: 8443', 'number: 8444'))).toEqual([
      'ingress.yaml error unresolved-service-port',
    ]);
  });

  it('must change something', () => {
    expect(codes(base('web') + overlay('wep'))).toEqual([
      'ingress.yaml error unresolved-service-port',
      'kustomization.yaml error unresolved-resource',
    ]);
  });

  it('is renamed with it', () => {
    const text = base('web').replace('name: web', 'name: w$0eb') + overlay('web');
    const { snapshot, uri, offset } = atCursor(text);
    const answer = snapshot.rename(uri, offset, 'site');
    if ('refused' in answer) expect.fail(answer.refused);
    const files = after(parseFixture(text), snapshot, answer.edits).files;
    expect(files.get('file:///w/kustomization.yaml')).toContain('      metadata:\n        name: site\n');
  });

  it('may be aimed at something else, with references of its own', () => {
    const aimed = `  - target:
      kind: Deployment
    patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: any
      spec:
        template:
          spec:
            containers:
              - name: web
                envFrom:
                  - configMapRef:
                      name: setings
                volumeMounts:
                  - name: data
                    mountPath: /data
`;
    expect(codes(base('web') + overlay('web', aimed))).toEqual(['kustomization.yaml warning unresolved-configmap']);
  });

  it('may be a JSON patch, which brings what it says; what else its target lacks is in doubt', () => {
    const json =
      '  - target:\n      kind: Service\n      name: web\n    patch: |-\n      - op: add\n        path: /spec/ports/-\n        value: { name: x, port: 9000 }\n';
    const ingress = overlay('web', json).replace('number: 8443', 'number: 9000');
    expect(codes(base('web') + ingress)).toEqual([]);
    expect(codes(base('web') + ingress.replace('number: 9000', 'number: 777'))).toEqual([
      'ingress.yaml hint unresolved-service-port',
    ]);
  });

  it('is no resource of its own', () => {
    const { snapshot } = open(parseFixture(base('web') + overlay('web')));
    expect(snapshot.outline('file:///w/kustomization.yaml').map(({ name }) => name)).not.toContain('web');
  });
});

describe('where a kustomization puts its resources', () => {
  const around = (field: string, rest: string): string[] =>
    codes(`# file: kustomization.yaml\n${field}resources:\n  - all.yaml\n# file: all.yaml\n${rest}`);
  const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: robot\n';
  const binding = `${account}---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: robot
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - kind: ServiceAccount
    name: robot
`;
  const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: blue
spec:
  podSelector:
    matchLabels:
      app: web
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: red
  labels:
    app: web
spec:
  serviceAccountName: robot
  containers:
    - name: web
      image: nginx:1.27
---
${account}  namespace: blue
`;

  it('subjects get a namespace', () => {
    expect(around('', binding)).toEqual(['all.yaml error invalid-role-binding']);
    expect(around('namespace: shop\n', binding)).toEqual([]);
  });

  it('two namespaces may become one', () => {
    expect(around('', policy)).toEqual([
      'all.yaml warning selector-matches-nothing',
      'all.yaml warning unresolved-serviceaccount',
    ]);
    expect(around('namespace: shop\n', policy)).toEqual([]);
  });
});

describe('generators', () => {
  const pod = (name: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      env:
        - name: COLOR
          valueFrom:
            configMapKeyRef:
              name: ${name}
              key: color
`;
  const kustomization = 'configMapGenerator:\n  - name: settings\n    literals: [color=red]\n';

  const keys = (generator: string): string[] =>
    codes(
      `# file: kustomization.yaml\nconfigMapGenerator:\n  - name: other\n    literals: [color=blue]\n  - name: settings\n    ${generator}\n# file: pod.yaml\n${pod('settings')}# file: files/color\n`,
    );

  it.each(['literals: [a=b, "color=red=blue"]', 'files: [files/color]', 'files: [color=files/web.txt]'])(
    'say which keys they make: %s',
    (generator) => {
      expect(keys(generator)).toEqual([]);
      expect(keys(generator.replaceAll('color', 'colour'))).toEqual(['pod.yaml error unresolved-configmap-key']);
    },
  );

  it.each(['envs: [.env]', 'env: app.env', 'literals: [a=b]\n    behavior: merge'])(
    'may make others than they say: %s',
    (generator) => {
      expect(keys(generator)).toEqual([]);
    },
  );

  it('are renamed in their literals', () => {
    const text = `# file: kustomization.yaml\nconfigMapGenerator:\n  - name: settings\n    literals: ["$0color=red"]\n# file: pod.yaml\n${pod('settings')}`;
    const fixture = parseFixture(text);
    const { snapshot, uri, offset } = atCursor(text);
    const answer = snapshot.rename(uri, offset, 'shade');
    if (!('edits' in answer)) expect.fail(answer.refused);
    const { files } = after(fixture, snapshot, answer.edits);
    expect(files.get(uri)).toContain('["shade=red"]');
    expect(files.get('file:///w/pod.yaml')).toContain('key: shade');
  });

  it('define what they make', () => {
    expect(codes(`# file: kustomization.yaml\n${kustomization}# file: pod.yaml\n${pod('settings')}`)).toEqual([]);
  });

  it('and so a near miss is one', () => {
    expect(codes(`# file: kustomization.yaml\n${kustomization}# file: pod.yaml\n${pod('setings')}`)).toEqual([
      'pod.yaml warning unresolved-configmap',
    ]);
  });
});

describe('an object that lists nothing', () => {
  it('may be filled in by somebody else: a patch of a Service has no ports', () => {
    const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  defaultBackend:
    service:
      name: web
      port:
        number: 80
`;
    const service = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  type: NodePort\n';
    const patched = 'patches:\n  - path: service.yaml\n';
    expect(
      codes(`# file: kustomization.yaml\n${patched}# file: ingress.yaml\n${ingress}# file: service.yaml\n${service}`),
    ).toEqual([]);
  });
});

const settings = (name: string, data = 'color: red'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  ${data}\n`;

const deployment = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: web
          image: nginx:1.27
`;

const messages = (text: string): string[] => {
  const { snapshot } = open(parseFixture(text));
  return snapshot.files().flatMap((uri) => snapshot.diagnostics(uri).map(({ message }) => message));
};

/** The diagnostics of a kustomization with one resource, as the host's news have it. */
const withNews = (resource: string, news: (engine: Engine) => void): string[] => {
  const engine = new Engine({ model: realModel() });
  const uri = 'file:///w/app/kustomization.yaml';
  engine.apply([{ type: 'disk', uri, text: `resources:\n  - ${resource}\n` }]);
  news(engine);
  return engine
    .snapshot()
    .diagnostics(uri)
    .map(({ severity, code }) => `${severity} ${code}`);
};

describe('a path', () => {
  const walked = (engine: Engine): void => engine.apply([{ type: 'walked', uri: 'file:///w' }]);

  it('is called wrong once the host has told of everything around it', () => {
    expect(withNews('web.yaml', () => {})).toEqual([]);
    expect(withNews('web.yaml', walked)).toEqual(['hint unresolved-file']);
    expect(withNews('../base', walked)).toEqual(['hint unresolved-file']);
  });

  it('is missing beside others that are there, though perhaps written before kustomize runs', () => {
    const rest = `# file: web.yaml\n${settings('web')}`;
    expect(codes(`# file: kustomization.yaml\nresources: [web.yaml, database.yaml]\n${rest}`)).toEqual([
      'kustomization.yaml warning unresolved-file',
    ]);
    expect(
      codes(`# file: kustomization.yaml\nresources: [web.yaml]\npatches: [{ path: database.yaml }]\n${rest}`),
    ).toEqual(['kustomization.yaml error unresolved-file']);
  });

  it('is right as soon as the file is there, and wrong again when it goes', () => {
    const uri = 'file:///w/app/web.yaml';
    const come = (engine: Engine): void => engine.apply([{ type: 'disk', uri, text: settings('web') }]);
    const go = (engine: Engine): void => engine.apply([{ type: 'remove', uri }]);
    const both = (engine: Engine): void => {
      walked(engine);
      engine.snapshot().diagnostics('file:///w/app/kustomization.yaml');
      come(engine);
    };
    expect(withNews('web.yaml', both)).toEqual([]);
    expect(
      withNews('web.yaml', (engine) => {
        both(engine);
        engine.snapshot().diagnostics('file:///w/app/kustomization.yaml');
        go(engine);
      }),
    ).toEqual(['hint unresolved-file']);
  });

  it.each(['file:///w/app/web.yaml', 'file:///w/app'])('may lead to what is there and was not read: %s', (uri) => {
    const unread = (engine: Engine): void => engine.apply([{ type: 'unread', uri }]);
    const all = (engine: Engine): void => {
      walked(engine);
      engine.snapshot().diagnostics('file:///w/app/kustomization.yaml');
      unread(engine);
    };
    expect(withNews('web.yaml', all)).toEqual([]);
    expect(
      withNews('web.yaml', (engine) => {
        all(engine);
        engine.apply([{ type: 'remove', uri }]);
      }),
    ).toEqual(['hint unresolved-file']);
  });

  it.each([
    'https://example.com/web.yaml',
    'github.com/example/app/deploy',
    'git@example.com:app.git',
    'git::https://example.com/app',
    '../base?ref=v1',
    '/etc/web.yaml',
    '../../elsewhere/base',
    'settings.json',
    '${FOLDER}/web.yaml',
  ])('is not judged where it leads out of the workspace, or may: %s', (resource) => {
    expect(withNews(resource, walked)).toEqual([]);
  });

  it('is a slip beside a file that is nearly called so, whatever its ending', () => {
    expect(codes(`# file: kustomization.yaml\nresources: [web.yml]\n# file: web.yaml\n${settings('web')}`)).toEqual([
      'kustomization.yaml error unresolved-file',
    ]);
    expect(codes(`# file: kustomization.yaml\nresources: [web.yam]\n# file: web.yaml\n${settings('web')}`)).toEqual([
      'kustomization.yaml error unresolved-file',
    ]);
  });

  it('of a generator is only judged where it is YAML', () => {
    const text =
      'configMapGenerator:\n  - name: a\n    files: [app.properties, keys=other.txt, web.yaml]\n    envs: [.env]\n';
    expect(codes(`# file: kustomization.yaml\n${text}`)).toEqual(['kustomization.yaml error unresolved-file']);
  });

  it('of a folder needs a kustomization in it', () => {
    const text = `# file: app/kustomization.yaml\nresources: [../base]\n# file: base/web.yaml\n${settings('web')}`;
    expect(codes(text)).toEqual(['app/kustomization.yaml hint unresolved-file']);
    expect(messages(text)[0]).toContain('kustomization.yaml');
    expect(codes(`${text}# file: base/Kustomization\nresources: [web.yaml]\n`)).toEqual([]);
  });

  it('is mended to where the file is now', () => {
    const text = `# file: kustomization.yaml\nresources:\n  - $0web.yaml\n# file: app/web.yaml\n${settings('web')}`;
    expect(applyFix(text, 'Change to "app/web.yaml"')).toContain('  - app/web.yaml\n');
  });

  it('is completed with files below, and folders that are kustomizations', () => {
    const files = `# file: app/web.yaml\n${settings('web')}# file: app/more/db.yaml\n${settings('db')}# file: other.yaml\n${settings('other')}# file: base/kustomization.yaml\nresources: []\n# file: plain/web.yaml\n${settings('plain')}`;
    expect(completionsAt(`# file: app/kustomization.yaml\nresources:\n  - $0\n${files}`)).toEqual([
      'web.yaml',
      'more/db.yaml',
      '../base',
    ]);
    expect(completionsAt(`# file: app/kustomization.yaml\npatches:\n  - path: $0\n${files}`)).toEqual([
      'web.yaml',
      'more/db.yaml',
    ]);
  });

  it('says how many resources it brings', () => {
    const { snapshot, uri, offset } = atCursor(
      `# file: app/kustomization.yaml\nresources: [$0../base]\n# file: base/kustomization.yaml\nresources: [web.yaml]\n# file: base/web.yaml\n${settings('a')}---\n${settings('b')}`,
    );
    expect(snapshot.hover(uri, offset)?.contents).toContain('2 resources');
  });

  it('from the root of the repository is looked for from there, and only near misses are told of', () => {
    const flux = (path: string): string =>
      `# file: clusters/a/apps.yaml\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: apps\nspec:\n  path: $0${path}\n# file: apps/east1/web.yaml\n${settings('web')}`;
    const { snapshot, uri, offset } = atCursor(flux('./apps/east1'));
    expect(placesOf(snapshot, snapshot.definition(uri, offset))).toEqual(['apps/east1/web.yaml:1 ']);
    const found = (path: string): string[] => codes(flux(path).replace('$0', ''));
    expect(found('./apps/eest1')).toEqual(['clusters/a/apps.yaml warning unresolved-file']);
    expect(found('./apps/east2')).toEqual([]);
    expect(found('./somewhere/else')).toEqual([]);
  });
});

describe('what a kustomization changes', () => {
  const base = `# file: base/kustomization.yaml\nresources: [web.yaml, settings.yaml]\n# file: base/web.yaml\n${deployment('web')}# file: base/settings.yaml\n${settings('settings')}`;
  const overlay = (text: string): string => `${base}# file: overlay/kustomization.yaml\nresources: [../base]\n${text}`;

  it('is found through the kustomizations further in', () => {
    expect(codes(overlay('replicas: [{ name: web, count: 2 }]\n'))).toEqual([]);
    expect(codes(overlay('replicas: [{ name: wep, count: 2 }]\n'))).toEqual([
      'overlay/kustomization.yaml error unresolved-resource',
    ]);
    expect(codes(overlay('replicas: [{ name: settings, count: 2 }]\n'))).toEqual([
      'overlay/kustomization.yaml error unresolved-resource',
    ]);
  });

  it('is not judged where resources come from elsewhere', () => {
    for (const elsewhere of ['https://example.com/x.yaml', 'github.com/example/app', '../../outside'])
      expect(
        codes(overlay('replicas: [{ name: wep, count: 2 }]\n').replace('../base]', `../base, ${elsewhere}]`)),
      ).toEqual([]);
    expect(codes(overlay('helmCharts: [{ name: a }]\nreplicas: [{ name: wep, count: 2 }]\n'))).toEqual([]);
  });

  it('may be named by a regular expression', () => {
    const target = (name: string): string =>
      overlay(`patches:\n  - target: { kind: Deploy.*, name: "${name}" }\n    patch: "[]"\n`);
    expect(codes(target('w.*'))).toEqual([]);
    expect(codes(target('web|other'))).toEqual(['overlay/kustomization.yaml warning unresolved-resource']);
    expect(codes(target('x.*'))).toEqual(['overlay/kustomization.yaml warning unresolved-resource']);
  });

  it('may have the name that a prefix further in gives it, or its own', () => {
    const prefixed = (name: string): string =>
      `${overlay(`replicas: [{ name: ${name}, count: 2 }]\n`).replace('resources: [web', 'namePrefix: my-\nresources: [web')}`;
    expect(codes(prefixed('my-web'))).toEqual([]);
    expect(codes(prefixed('web'))).toEqual([]);
    expect(codes(prefixed('our-web'))).toEqual(['overlay/kustomization.yaml error unresolved-resource']);
  });

  it('is, for a component, what the kustomizations around it have', () => {
    const component = (name: string): string =>
      `${overlay('components: [../component]\n')}# file: component/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{ path: color.yaml }]\n# file: component/color.yaml\n${settings(name)}`;
    expect(codes(component('settings'))).toEqual([]);
    expect(codes(component('setings'))).toEqual(['component/color.yaml error unresolved-resource']);
    expect(codes(component('setings').replace('components:', 'crds:'))).not.toContain(
      'component/color.yaml error unresolved-resource',
    );
  });

  it('is whatever the target says, where there is one beside the patch', () => {
    const patch = `# file: overlay/color.yaml\n${settings('any')}`;
    expect(codes(overlay(`patches:\n  - path: color.yaml\n    target: { kind: ConfigMap }\n${patch}`))).toEqual([]);
  });

  it('may be what a generator makes', () => {
    expect(
      codes(
        overlay(
          `configMapGenerator: [{ name: made }]\npatches: [{ path: made.yaml }]\n# file: overlay/made.yaml\n${settings('made')}`,
        ),
      ),
    ).toEqual([]);
  });

  it('has the image that was put in its place further in', () => {
    const renamed = overlay('images: [{ name: my.io/nginx, newTag: "1" }]\n').replace(
      'resources: [web',
      'images: [{ name: nginx, newName: my.io/nginx }]\nresources: [web',
    );
    const { snapshot } = open(parseFixture(renamed));
    const uri = 'file:///w/overlay/kustomization.yaml';
    const at = snapshot.text(uri)?.indexOf('my.io') ?? -1;
    expect(placesOf(snapshot, snapshot.definition(uri, at))).toEqual(['base/kustomization.yaml:1 my.io/nginx']);
  });
});

describe('a patch and its resource', () => {
  const pod = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: nginx:1.27\n      env:\n        - name: A\n          valueFrom:\n            configMapKeyRef: { name: settings, key: size }\n`;
  const files = (key: string): string =>
    `# file: base/kustomization.yaml\nresources: [settings.yaml]\n# file: base/settings.yaml\n${settings('settings')}# file: overlay/kustomization.yaml\nresources: [../base, pod.yaml]\npatches: [{ path: size.yaml }]\n# file: overlay/size.yaml\n${settings('settings', 'size: large')}# file: overlay/pod.yaml\n${pod.replace('key: size', `key: ${key}`)}`;

  it('have their keys together', () => {
    expect(codes(files('size'))).toEqual([]);
    expect(codes(files('color'))).toEqual([]);
    expect(codes(files('colour'))).toEqual(['overlay/pod.yaml error unresolved-configmap-key']);
  });

  it('are renamed together, with what targets them and refers to them', () => {
    const fixture = parseFixture(
      files('size').replace(
        'patches: [',
        'patches: [{ target: { kind: ConfigMap, name: settings|web }, patch: "[]" }, ',
      ),
    );
    const { snapshot } = open(fixture);
    const uri = 'file:///w/base/settings.yaml';
    const answer = snapshot.rename(uri, snapshot.text(uri)?.indexOf('settings') ?? -1, 'renamed');
    if (!('edits' in answer)) expect.fail(answer.refused);
    const texts = [...after(fixture, snapshot, answer.edits).files].map(([name, text]) => `${name} ${text}`).join('');
    expect(texts).toContain('name: renamed|web');
    expect(texts.match(/(?<!\w)settings(?!\.yaml)/g)).toBeNull();
  });

  it('are not renamed where a pattern would lose them', () => {
    const text = files('size').replace(
      'patches: [',
      'patches: [{ target: { kind: ConfigMap, name: set.* }, patch: "[]" }, ',
    );
    const { snapshot } = open(parseFixture(text));
    const uri = 'file:///w/base/settings.yaml';
    const at = snapshot.text(uri)?.indexOf('settings') ?? -1;
    expect(snapshot.rename(uri, at, 'setup')).toHaveProperty('edits');
    expect(snapshot.rename(uri, at, 'renamed')).toEqual({ refused: expect.stringContaining('set.*') });
  });

  it('change sides when the kustomization changes', () => {
    const engine = new Engine({ model: realModel() });
    const files: [string, string][] = [
      ['a.yaml', settings('settings')],
      ['b.yaml', settings('settings', 'size: large')],
      ['kustomization.yaml', 'resources: [a.yaml, b.yaml]\n'],
    ];
    engine.apply(files.map(([name, text]) => ({ type: 'edit', uri: `file:///w/${name}`, text })));
    const found = (): string[] =>
      engine
        .snapshot()
        .files()
        .flatMap((uri) =>
          engine
            .snapshot()
            .diagnostics(uri)
            .map(({ code }) => code),
        );
    expect(found()).toEqual(['duplicate-resource']);
    const text = 'resources: [a.yaml]\npatches: [{ path: b.yaml }]\n';
    engine.apply([{ type: 'edit', uri: 'file:///w/kustomization.yaml', text }]);
    expect(found()).toEqual([]);
    engine.apply([{ type: 'edit', uri: 'file:///w/kustomization.yaml', text: text.replace('a.yaml', 'b.yaml') }]);
    expect(found()).toEqual([]);
  });
});

describe('names with a prefix or a suffix', () => {
  const rest = `# file: app/web.yaml\n${settings('settings')}# file: other/pod.yaml\n`;
  const pod = (name: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: nginx:1.27\n      envFrom:\n        - configMapRef: { name: ${name} }\n`;

  it('are known where they are made', () => {
    const text = (name: string): string =>
      `# file: app/kustomization.yaml\nnamePrefix: dev-\nnameSuffix: -v1\nresources: [web.yaml]\n${rest}${pod(name)}`;
    expect(codes(text('dev-settings-v1'))).toEqual([]);
    expect(codes(text('prod-settings-v1'))).toEqual(['other/pod.yaml hint unresolved-configmap']);
  });
});

describe('two resources of one identity', () => {
  const one = (name: string): string => `# file: ${name}/kustomization.yaml\nresources: [../common]\n`;
  const common = `# file: common/kustomization.yaml\nresources: [web.yaml]\n# file: common/web.yaml\n${settings('web')}---\n${settings('more')}`;
  const both = '# file: all/kustomization.yaml\nresources: [../a, ../b]\n';

  it('break a kustomization that two ways lead to them from', () => {
    expect(codes(both + one('a') + one('b') + common)).toEqual(['all/kustomization.yaml error duplicate-resource']);
    expect(messages(both + one('a') + one('b') + common)[0]).toMatch(/"web" \(.*\) and 1 more/);
  });

  it('are two where a kustomization on the way gives one another name or namespace', () => {
    for (const field of ['namePrefix: a-', 'nameSuffix: -a', 'namespace: a', 'transformers: [x.yaml]'])
      expect(codes(`${both}${one('a').replace('resources', `${field}\nresources`)}${one('b')}${common}`)).not.toContain(
        'all/kustomization.yaml error duplicate-resource',
      );
  });

  it('are found in files that are listed side by side, or twice', () => {
    const files = `# file: a.yaml\n${settings('web')}# file: b.yaml\n${settings('web', 'size: large')}`;
    expect(codes(`# file: kustomization.yaml\nresources: [a.yaml, b.yaml]\n${files}`)).toEqual([
      'kustomization.yaml error duplicate-resource',
    ]);
    expect(codes(`# file: kustomization.yaml\nresources: [a.yaml, ./a.yaml]\n${files}`)).toEqual([
      'kustomization.yaml error duplicate-resource',
    ]);
  });

  it('are a hint in two files of a folder that are applied together by all appearance', () => {
    const shared = (data: string): string => settings('shared', data);
    const file = (name: string, more: string): string => `# file: ${name}.yaml\n${more}`;
    const parts = (...names: string[]): string => names.map((name) => `---\n${settings(name)}`).join('');
    expect(
      codes(file('a', shared('a: one') + parts('b', 'c')) + file('d', shared('d: one') + parts('e', 'f'))),
    ).toEqual(['d.yaml hint duplicate-resource']);
    // Two forms of one application.
    expect(codes(file('dev', shared('a: one') + parts('b')) + file('prod', shared('d: one') + parts('b')))).toEqual([]);
    // What both files bring along.
    expect(
      codes(file('a', shared('a: one') + parts('b', 'c')) + file('d', shared('a: one') + parts('e', 'f'))),
    ).toEqual([]);
  });
});
