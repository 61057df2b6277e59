import { describe, expect, it } from 'vitest';
import { Engine, type Settings, type Snapshot } from '../../src/engine.ts';
import { lensKinds } from '../../src/features/code-lens/code-lens.ts';
import { open, parseFixture, placesOf } from '../fixture.ts';
import { realModel } from '../schema/real-model.ts';
import { pod, preset } from './preset-texts.ts';

/** `file:line title → where a click leads`, of all lenses; those that are nothing but a way somewhere by their kind. */
function lensesOf(snapshot: Snapshot): string[] {
  return snapshot.files().flatMap((uri) =>
    snapshot.codeLenses(uri).map((lens) => {
      const text = snapshot.codeLensText(uri, lens);
      const [place = ''] = placesOf(snapshot, [{ uri, span: lens.span }]);
      const action = text?.action;
      const leads =
        action?.does === 'show-places' ? placesOf(snapshot, action.places).join(', ') : (action?.does ?? '');
      return `${place.trim()} ${text?.title} → ${leads}`;
    }),
  );
}

const opened = (text: string, settings: Partial<Settings> = { kubernetesVersion: '1.19' }): string[] =>
  lensesOf(open(parseFixture(text), { codeLens: { effectivePod: false }, ...settings }).snapshot);

const shop = `# file: shop.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, tier: front } }
    spec:
      containers:
        - name: web
          image: web:1
          env:
            - name: USER
              valueFrom: { secretKeyRef: { name: database, key: user } }
            - name: PASSWORD
              valueFrom: { secretKeyRef: { name: database, key: password } }
---
apiVersion: v1
kind: Pod
metadata: { name: api, labels: { app: api, tier: front } }
spec:
  containers: [{ name: api, image: api:1, envFrom: [{ secretRef: { name: database } }] }]
# file: services.yaml
apiVersion: v1
kind: Service
metadata: { name: front }
spec:
  selector:
    tier: front
---
apiVersion: v1
kind: Service
metadata: { name: nobody }
spec:
  selector: { app: nobody }
# file: secret.yaml
apiVersion: v1
kind: Secret
metadata: { name: database }
stringData: { user: a, password: b }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: unused }
`;
const only = (...kinds: readonly string[]): Partial<Settings> => ({
  codeLens: Object.fromEntries(lensKinds.map(({ id }) => [id, kinds.includes(id)])),
});

describe('what is used', () => {
  it('says by how many resources, by name or by labels, and leads to the first place in each', () =>
    expect(opened(shop, only('usedBy'))).toEqual([
      'secret.yaml:1 used by 2 → shop.yaml:14 database, shop.yaml:22 database',
      'shop.yaml:1 used by 1 → services.yaml:6 tier: front',
      'shop.yaml:18 used by 1 → services.yaml:6 tier: front',
    ]));

  it('says so where the nearer object of a name takes all uses', () =>
    expect(
      opened(
        `# file: a/secret.yaml
apiVersion: v1
kind: Secret
metadata: { name: database }
# file: b/all.yaml
apiVersion: v1
kind: Secret
metadata: { name: database }
---
apiVersion: v1
kind: Pod
metadata: { name: api }
spec:
  containers: [{ name: api, image: api:1, envFrom: [{ secretRef: { name: database } }] }]
`,
        only('usedBy'),
      ),
    ).toEqual(['a/secret.yaml:1 used by none → ', 'b/all.yaml:1 used by 1 → b/all.yaml:9 database']));
});

describe('selectors', () => {
  it('that ask for more than a label in common are no users', () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { selector: { app: web, tier: back } }\n';
    expect(opened(`${shop}---\n${service}`, only('usedBy')).filter((line) => line.startsWith('shop'))).toEqual([
      'shop.yaml:1 used by 1 → services.yaml:6 tier: front',
      'shop.yaml:18 used by 1 → services.yaml:6 tier: front',
    ]);
  });

  it('say what they find, above their field', () =>
    expect(opened(shop, only('selects'))).toEqual([
      'services.yaml:5 selects 2 pods in web, api → shop.yaml:7 { app: web, tier: front }, shop.yaml:20 { app: api, tier: front }',
      'services.yaml:12 selects no pod of this workspace → ',
    ]));

  it('each of several has its own, and names are cut short', () => {
    const pods = ['a', 'b', 'c', 'd', 'e'].map(
      (name) => `---\napiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, labels: { app: ${name} } }\n`,
    );
    const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: all }
spec:
  podSelector: {}
  ingress:
    - from:
        - podSelector: { matchLabels: { app: a } }
        - podSelector: { matchLabels: { app: "{{ .app }}" } }
`;
    expect(
      opened(`# file: a.yaml\n${policy}${pods.join('')}`, only('selects')).map((line) => line.replace(/ →.*/, '')),
    ).toEqual(['a.yaml:5 selects 5 pods in a, b, c and 2 more', 'a.yaml:8 selects 1 pod in a']);
  });

  it('of workloads and presets say nothing, nor do those that find nothing by their nature', () => {
    const bare = 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { selector: {} }\n';
    expect(opened(`# file: a.yaml\n${preset('db', env)}---\n${bare}`, only('selects'))).toEqual([]);
  });
});

const env = '  env: [{ name: PORT, value: "1" }]\n';

describe('the lenses of presets and pods', () => {
  it('count and lead to each other', () => {
    const files = `# file: a.yaml\n${preset('db', env)}# file: b.yaml\n${pod('one')}---\n${pod('two')}`;
    expect(opened(files)).toEqual([
      'a.yaml:1 applies to 2 pods → b.yaml:4 one, b.yaml:14 two',
      'b.yaml:1 1 preset applies → a.yaml:4 db',
      'b.yaml:11 1 preset applies → a.yaml:4 db',
    ]);
  });

  it('say until when, where the target release has no presets; the operator’s are applied in all', () => {
    const of = (apiVersion: string): string[] =>
      opened(`# file: a.yaml\n${preset('db', env, apiVersion)}# file: b.yaml\n${pod('one')}`, {
        kubernetesVersion: '1.36',
        codeLens: { effectivePod: false },
      }).map((line) => line.replace(/^\S+ | →.*/g, ''));
    expect(of('settings.k8s.io/v1alpha1')).toEqual(['applies to 1 pod until 1.19', '1 preset applies until 1.19']);
    expect(of('redhatcop.redhat.io/v1alpha1')).toEqual(['applies to 1 pod', '1 preset applies']);
  });

  it('tell of pods that a conflict or an annotation keeps from their presets', () => {
    const taken = '      env: [{ name: PORT, value: "2" }]\n';
    const excluded = pod('out').replace(
      '  name: out\n',
      '  name: out\n  annotations: { podpreset.admission.kubernetes.io/exclude: "true" }\n',
    );
    expect(
      opened(
        `# file: a.yaml\n${preset('db', env)}---\n${preset('log', '  env: [{ name: LOG, value: x }]\n')}# file: b.yaml\n${pod('one', taken)}---\n${pod('two')}---\n${excluded}`,
      ).map((line) => line.replace(/ →.*/, '')),
    ).toEqual([
      'a.yaml:1 applies to 1 of 3 pods',
      'a.yaml:9 applies to 1 of 3 pods',
      'b.yaml:1 2 presets would apply but for a conflict',
      'b.yaml:12 2 presets apply',
      'b.yaml:22 excluded from 2 presets',
    ]);
  });

  it('tell of presets that match nothing, or that the API server refuses', () => {
    const bare = preset('bare', '');
    const homeless = preset('homeless', '  volumeMounts: [{ name: x, mountPath: /x }]\n');
    expect(opened(`# file: a.yaml\n${preset('db', env)}`)).toEqual(['a.yaml:1 applies to no pod → ']);
    expect(opened(`# file: a.yaml\n${homeless}# file: b.yaml\n${pod('one')}`)).toEqual([
      'a.yaml:1 applies to no pod: the API server refuses it → ',
      'b.yaml:1 the API server refuses 1 preset → a.yaml:4 homeless',
    ]);
    expect(opened(`# file: a.yaml\n${bare}`)).toHaveLength(1);
  });

  it('are switched off one kind by one', () => {
    const files = `# file: a.yaml\n${preset('db', env)}# file: b.yaml\n${pod('one')}`;
    const kinds = (codeLens: Settings['codeLens']): string[] => {
      const { snapshot } = open(parseFixture(files), { codeLens });
      return snapshot.files().flatMap((uri) => snapshot.codeLenses(uri).map(({ kind }) => kind));
    };
    expect(kinds({})).toEqual(['presetPods', 'podPresets', 'effectivePod']);
    expect(kinds({ podPresets: false, effectivePod: true })).toEqual(['presetPods', 'effectivePod']);
  });

  it('stand on what runs: a patch is only a part of it', () => {
    const files = `# file: kustomization.yaml\npatches: [{ path: patch.yaml }]\n# file: patch.yaml\n${pod('one')}`;
    const { snapshot } = open(parseFixture(files));
    expect(snapshot.codeLenses('file:///w/patch.yaml').map(({ kind }) => kind)).not.toContain('effectivePod');
  });

  it('follow a change of the other file, and lenses of an older text say nothing', () => {
    const engine = new Engine({ model: realModel() });
    engine.configure({ kubernetesVersion: '1.19', codeLens: { effectivePod: false } });
    engine.apply([
      { type: 'edit', uri: 'file:///w/a.yaml', text: preset('db', env) },
      { type: 'disk', uri: 'file:///w/b.yaml', text: pod('one') },
    ]);
    const [lens] = engine.snapshot().codeLenses('file:///w/b.yaml');
    expect(lensesOf(engine.snapshot())).toHaveLength(2);
    engine.apply([{ type: 'edit', uri: 'file:///w/a.yaml', text: preset('db', env).replace('frontend', 'backend') }]);
    expect(lensesOf(engine.snapshot())).toEqual(['a.yaml:1 applies to no pod → ']);
    expect(lens && engine.snapshot().codeLensText('file:///w/b.yaml', lens)).toBeUndefined();
  });
});
