import { describe, expect, it } from 'vitest';
import type { MapData } from '../../src/base/data.ts';
import {
  applyPresets,
  exemption,
  type Preset,
  presetMatches,
  requirementsOf,
} from '../../src/kubernetes/pod-preset.ts';
import { map, part, pod, preset } from './values.ts';

const prefix = 'podpreset.admission.kubernetes.io';

/** The lists of the pod's container after the merge, and what the pod got besides. */
function merge(own: MapData, ...presets: Preset[]) {
  const merged = applyPresets(own, presets);
  return {
    ...merged,
    env: part(merged.pod, 'spec', 'containers', 0, 'env'),
    envFrom: part(merged.pod, 'spec', 'containers', 0, 'envFrom'),
    mounts: part(merged.pod, 'spec', 'containers', 0, 'volumeMounts'),
    volumes: part(merged.pod, 'spec', 'volumes'),
    annotations: part(merged.pod, 'metadata', 'annotations'),
    untouched: merged.pod === own,
  };
}

const port = (value: string, name = 'database'): Preset => preset(name, `env: [{ name: DB_PORT, value: "${value}" }]`);

describe('which pods presets touch', () => {
  const annotated = (annotations: string): MapData =>
    map(`metadata: { annotations: { ${annotations} } }\nspec: { containers: [{ name: web }] }`);

  it('no mirror pods', () => {
    const mirror = annotated('kubernetes.io/config.mirror: ""');
    expect(exemption(mirror)).toBe('mirror');
    expect(merge(mirror, port('1')).untouched).toBe(true);
  });

  it('none that are excluded, by exactly "true"', () => {
    const excluded = annotated(`${prefix}/exclude: "true"`);
    expect(exemption(excluded)).toBe('excluded');
    expect(merge(excluded, port('1')).untouched).toBe(true);
    for (const other of ['"True"', '"TRUE"', '"1"', '"yes"', '" true"', '""', 'true']) {
      const pod = annotated(`${prefix}/exclude: ${other}`);
      expect(exemption(pod), other).toBeUndefined();
      expect(merge(pod, port('1')).env, other).toEqual([{ name: 'DB_PORT', value: '1' }]);
    }
  });
});

describe('which presets match', () => {
  const matches = (selector: string, labels = '{ app: web, tier: front }'): boolean =>
    presetMatches(requirementsOf(map(`spec: ${selector}`)), map(`metadata: { labels: ${labels} }`));

  it.each([
    ['{ selector: { matchLabels: { app: web } } }', true],
    ['{ selector: { matchLabels: { app: web, tier: front } } }', true],
    ['{ selector: { matchLabels: { app: web, tier: back } } }', false],
    ['{ selector: { matchLabels: { other: web } } }', false],
    ['{ selector: {} }', true],
    ['{ selector: { matchLabels: {} } }', true],
    ['{ }', true],
    ['{ selector: { matchExpressions: [{ key: app, operator: In, values: [db, web] }] } }', true],
    ['{ selector: { matchExpressions: [{ key: app, operator: NotIn, values: [db] }] } }', true],
    ['{ selector: { matchExpressions: [{ key: app, operator: NotIn, values: [web] }] } }', false],
    ['{ selector: { matchExpressions: [{ key: other, operator: NotIn, values: [web] }] } }', true],
    ['{ selector: { matchExpressions: [{ key: app, operator: Exists }] } }', true],
    ['{ selector: { matchExpressions: [{ key: app, operator: DoesNotExist }] } }', false],
    [
      '{ selector: { matchLabels: { app: web }, matchExpressions: [{ key: tier, operator: In, values: [a] }] } }',
      false,
    ],
  ])('%s: %s', (selector, expected) => expect(matches(selector)).toBe(expected));

  it('an empty selector matches a pod without labels', () => {
    expect(presetMatches([], map('spec: {}'))).toBe(true);
  });

  it('labels that a controller adds count, and their values where they are known', () => {
    const added = new Map([
      ['job-name', 'backup'],
      ['controller-uid', undefined],
    ]);
    const asks = (key: string, operator: string, values = '[]'): boolean =>
      presetMatches(
        requirementsOf(
          map(`spec: { selector: { matchExpressions: [{ key: ${key}, operator: ${operator}, values: ${values} }] } }`),
        ),
        map('metadata: {}'),
        added,
      );
    expect(asks('job-name', 'In', '[backup]')).toBe(true);
    expect(asks('job-name', 'In', '[other]')).toBe(false);
    expect(asks('controller-uid', 'Exists')).toBe(true);
    expect(asks('controller-uid', 'In', '[""]')).toBe(false);
  });
});

describe('the merge', () => {
  it('appends env, envFrom and mounts to every container and init container, and volumes to the pod', () => {
    const own = pod(
      'env: [{ name: OWN, value: a }]\nvolumeMounts: [{ name: own, mountPath: /own }]\nenvFrom: [{ secretRef: { name: own } }]',
      'initContainers: [{ name: first }]\nvolumes: [{ name: own, emptyDir: {} }]',
    );
    const brought = preset(
      'cache',
      `env: [{ name: B, value: b }]
envFrom: [{ configMapRef: { name: all } }]
volumeMounts: [{ name: cache, mountPath: /cache }]
volumes: [{ name: cache, emptyDir: {} }]`,
    );
    const result = merge(own, brought);
    expect(result.env).toEqual([
      { name: 'OWN', value: 'a' },
      { name: 'B', value: 'b' },
    ]);
    expect(result.envFrom).toEqual([{ secretRef: { name: 'own' } }, { configMapRef: { name: 'all' } }]);
    expect(result.mounts).toEqual([
      { name: 'own', mountPath: '/own' },
      { name: 'cache', mountPath: '/cache' },
    ]);
    expect(result.volumes).toEqual([
      { name: 'own', emptyDir: {} },
      { name: 'cache', emptyDir: {} },
    ]);
    expect(part(result.pod, 'spec', 'initContainers', 0)).toEqual({
      name: 'first',
      env: [{ name: 'B', value: 'b' }],
      envFrom: [{ configMapRef: { name: 'all' } }],
      volumeMounts: [{ name: 'cache', mountPath: '/cache' }],
    });
  });

  it('leaves ephemeral containers alone', () => {
    const own = pod('', 'ephemeralContainers: [{ name: debug }]');
    expect(part(merge(own, port('1')).pod, 'spec', 'ephemeralContainers')).toEqual([{ name: 'debug' }]);
  });

  it('goes by the name of the presets', () => {
    const result = merge(pod(), preset('b', 'env: [{ name: B, value: "" }]'), preset('a', 'env: [{ name: A }]'));
    expect(result.env).toEqual([{ name: 'A' }, { name: 'B', value: '' }]);
    expect(result.applied.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('leaves an annotation for each preset, with its resourceVersion where it has one', () => {
    const known: Preset = {
      name: 'known',
      by: 'plugin',
      value: map('metadata: { name: known, resourceVersion: "42" }\nspec: { env: [{ name: A }] }'),
    };
    expect(merge(pod(), port('1'), known).annotations).toEqual({
      [`${prefix}/podpreset-database`]: '',
      [`${prefix}/podpreset-known`]: '42',
    });
  });

  it('tells where every part comes from', () => {
    const { pod: merged } = merge(pod('env: [{ name: OWN }]'), port('1'));
    const env = merged.entries.get('spec');
    const origins = (
      JSON.parse(JSON.stringify(env, (_, v) => (v instanceof Map ? Object.fromEntries(v) : v))) as {
        entries: {
          containers: { items: [{ entries: { env: { items: { origin: { maker?: string; note?: string } }[] } } }] };
        };
      }
    ).entries.containers.items[0].entries.env.items.map(({ origin }) => [origin.maker, origin.note]);
    expect(origins).toEqual([
      [undefined, undefined],
      ['preset', 'PodPreset "database"'],
    ]);
  });

  it('of a name that is too long makes the API server refuse the pod', () => {
    const name = (length: number): string => 'p'.repeat(length);
    expect(merge(pod(), port('1', name(53))).tooLong).toEqual([]);
    expect(merge(pod(), port('1', name(54))).tooLong.map((one) => one.name)).toEqual([name(54)]);
    // Where nothing is applied there is no annotation to refuse.
    expect(merge(pod('env: [{ name: DB_PORT, value: "2" }]'), port('1', name(54))).tooLong).toEqual([]);
  });
});

describe('identical entries', () => {
  it('are not repeated', () => {
    const own = pod(
      'env: [{ value: "1", name: DB_PORT }]\nvolumeMounts: [{ mountPath: /c, name: c, readOnly: false }]',
      'volumes: [{ name: c, configMap: { name: x } }]',
    );
    const same = preset(
      'a',
      `env: [{ name: DB_PORT, value: "1" }]
volumeMounts: [{ name: c, mountPath: /c }]
volumes: [{ name: c, configMap: { name: x } }]`,
    );
    const result = merge(own, same, { ...same, name: 'b' });
    expect(result.conflicts).toEqual([]);
    expect(result.env).toHaveLength(1);
    expect(result.mounts).toHaveLength(1);
    expect(result.volumes).toHaveLength(1);
    expect(Object.keys(result.annotations as object)).toHaveLength(2);
  });

  it.each([
    ['volumes', '{ name: v, secret: { secretName: s } }', '{ name: v, secret: { secretName: s, defaultMode: 0644 } }'],
    ['volumes', '{ name: v }', '{ name: v, emptyDir: {} }'],
    ['volumes', '{ name: v, hostPath: { path: /x } }', '{ name: v, hostPath: { path: /x, type: "" } }'],
    [
      'volumes',
      '{ name: v, projected: { sources: [{ serviceAccountToken: { path: t } }] } }',
      '{ name: v, projected: { defaultMode: 420, sources: [{ serviceAccountToken: { path: t, expirationSeconds: 3600 } }] } }',
    ],
    ['volumes', '{ name: v, emptyDir: { medium: "" } }', '{ name: v, emptyDir: {} }'],
  ])('are compared after defaulting: %s %s, %s', (list, mine, theirs) => {
    const result = merge(pod('', `${list}: [${mine}]`), preset('a', `${list}: [${theirs}]`));
    expect(result.conflicts).toEqual([]);
    expect(result.volumes).toHaveLength(1);
  });

  it('a reference to a field has its version by default', () => {
    const own = 'env: [{ name: POD, valueFrom: { fieldRef: { fieldPath: metadata.name } } }]';
    const full = 'env: [{ name: POD, valueFrom: { fieldRef: { apiVersion: v1, fieldPath: metadata.name } } }]';
    expect(merge(pod(own), preset('a', full)).env).toHaveLength(1);
  });

  it('an absent optional is not a false one', () => {
    const ref = (more: string): string => `env: [{ name: A, valueFrom: { secretKeyRef: { name: s, key: k${more} } } }]`;
    expect(merge(pod(ref('')), preset('a', ref(', optional: false'))).conflicts).toHaveLength(1);
  });
});

describe('conflicts', () => {
  it.each([
    ['env', 'env: [{ name: A, value: "1" }]', '', 'env: [{ name: A, value: "2" }]'],
    [
      'env',
      'env: [{ name: A, value: "1" }]',
      '',
      'env: [{ name: A, valueFrom: { secretKeyRef: { name: s, key: k } } }]',
    ],
    ['volumes', '', 'volumes: [{ name: v, emptyDir: {} }]', 'volumes: [{ name: v, secret: { secretName: s } }]'],
    ['volumeMounts', 'volumeMounts: [{ name: v, mountPath: /a }]', '', 'volumeMounts: [{ name: v, mountPath: /b }]'],
    ['volumeMounts', 'volumeMounts: [{ name: v, mountPath: /a }]', '', 'volumeMounts: [{ name: w, mountPath: /a }]'],
    [
      'volumeMounts',
      'volumeMounts: [{ name: v, mountPath: /a }]',
      '',
      'volumeMounts: [{ name: v, mountPath: /a, readOnly: true }]',
    ],
  ])('in %s mean that nothing is applied', (list, container, spec, brought) => {
    const result = merge(pod(container, spec), preset('a', brought), preset('b', 'env: [{ name: OTHER, value: x }]'));
    expect(result.untouched).toBe(true);
    expect(result.applied).toEqual([]);
    expect(result.conflicts.map((conflict) => [conflict.list, conflict.preset.name])).toEqual([[list, 'a']]);
  });

  it('name what is shared, and the container', () => {
    const own = pod('volumeMounts: [{ name: v, mountPath: /a }]');
    const [conflict] = merge(own, preset('a', 'volumeMounts: [{ name: w, mountPath: /a }]')).conflicts;
    expect(conflict).toMatchObject({ shares: 'mountPath', key: '/a', container: 'web' });
    expect(conflict?.against.preset).toBeUndefined();
  });

  it('are also those of presets with each other', () => {
    const { conflicts, untouched } = merge(pod(), port('1', 'a'), port('2', 'b'));
    expect(untouched).toBe(true);
    expect(conflicts.map(({ preset: one, against }) => [one.name, against.preset?.name])).toEqual([['b', 'a']]);
  });

  it('in an init container count', () => {
    const own = pod('', 'initContainers: [{ name: first, env: [{ name: DB_PORT, value: "2" }] }]');
    const { conflicts, untouched } = merge(own, port('1'));
    expect(untouched).toBe(true);
    expect(conflicts.map(({ container }) => container)).toEqual(['first']);
  });

  it('of a preset with itself: one volume at two paths', () => {
    const twice = preset('a', 'volumeMounts: [{ name: v, mountPath: /a }, { name: v, mountPath: /b }]');
    const { conflicts, untouched } = merge(pod(), twice);
    expect(untouched).toBe(true);
    expect(conflicts[0]?.against.preset).toBe(conflicts[0]?.preset);
  });

  it("of a pod's own duplicates only the last counts", () => {
    const own = pod('env: [{ name: DB_PORT, value: "1" }, { name: DB_PORT, value: "2" }]');
    expect(merge(own, port('2')).conflicts).toEqual([]);
    expect(merge(own, port('1')).conflicts).toHaveLength(1);
    const mounts = pod('volumeMounts: [{ name: v, mountPath: /a }, { name: v, mountPath: /b }]');
    expect(merge(mounts, preset('a', 'volumeMounts: [{ name: v, mountPath: /b }]')).conflicts).toEqual([]);
    expect(merge(mounts, preset('a', 'volumeMounts: [{ name: v, mountPath: /a }]')).conflicts).toHaveLength(1);
  });

  it("a StatefulSet's claims are volumes of its pods", () => {
    const claims = [map('{ name: data, persistentVolumeClaim: { claimName: data-db-0 } }')];
    const brought = preset('a', 'volumes: [{ name: data, emptyDir: {} }]');
    expect(applyPresets(pod(), [brought], claims).conflicts).toHaveLength(1);
    expect(applyPresets(pod(), [brought]).conflicts).toEqual([]);
  });
});

describe('envFrom', () => {
  const from = (more = ''): string => `envFrom: [{ configMapRef: { name: all${more} } }]`;

  it('is no conflict, and the same entry of two presets is given twice', () => {
    const result = merge(pod(), preset('a', from()), preset('b', from()));
    expect(result.envFrom).toEqual([{ configMapRef: { name: 'all' } }, { configMapRef: { name: 'all' } }]);
  });

  it("an entry like the container's own is not repeated", () => {
    expect(merge(pod(from()), preset('a', from())).envFrom).toEqual([{ configMapRef: { name: 'all' } }]);
  });

  it('with another prefix it is another entry', () => {
    const prefixed = 'envFrom: [{ prefix: X_, configMapRef: { name: all } }]';
    expect(merge(pod(from()), preset('a', prefixed)).envFrom).toHaveLength(2);
  });

  it('an own entry that differs otherwise makes the container lose its whole envFrom', () => {
    const own = pod('envFrom: [{ configMapRef: { name: all, optional: true } }, { secretRef: { name: s } }]');
    const result = merge(
      own,
      preset('a', `${from()}\nenv: [{ name: A }]`),
      preset('b', 'envFrom: [{ secretRef: { name: t } }]'),
    );
    expect(result.conflicts).toEqual([]);
    expect(result.envFrom).toBeUndefined();
    expect(result.losses.map((loss) => [loss.container, loss.preset.name])).toEqual([['web', 'a']]);
    // All else is merged.
    expect(result.env).toEqual([{ name: 'A' }]);
    expect(Object.keys(result.annotations as object)).toHaveLength(2);
  });
});

describe("the operator's webhook", () => {
  const brought = preset('a', 'env: [{ name: A, value: "1" }]\nvolumes: [{ name: v, emptyDir: {} }]', 'webhook');

  it('merges like the plugin', () => {
    const result = merge(pod(), brought);
    expect(result.env).toEqual([{ name: 'A', value: '1' }]);
    expect(result.volumes).toEqual([{ name: 'v', emptyDir: {} }]);
    expect(result.annotations).toEqual({ [`${prefix}/podpreset-a`]: '' });
  });

  it('applies in spite of conflicts: the list with the conflict is lost, all else is merged', () => {
    const result = merge(pod('env: [{ name: A, value: "2" }, { name: B }]'), brought);
    expect(result.conflicts).toHaveLength(1);
    expect(result.env).toBeUndefined();
    expect(result.volumes).toEqual([{ name: 'v', emptyDir: {} }]);
    expect(result.annotations).toEqual({ [`${prefix}/podpreset-a`]: '' });
  });

  it("its presets have no defaults, and the pod's entries do by then", () => {
    const volume = 'volumes: [{ name: v, secret: { secretName: s } }]';
    expect(merge(pod('', volume), preset('a', volume, 'webhook')).conflicts).toHaveLength(1);
    expect(merge(pod('', volume), preset('a', volume, 'plugin')).conflicts).toEqual([]);
  });

  it('comes behind the plugin, and sees what that has merged', () => {
    const result = merge(pod(), { ...brought, name: 'a' }, port('1', 'z'));
    expect(result.env).toEqual([
      { name: 'DB_PORT', value: '1' },
      { name: 'A', value: '1' },
    ]);
  });
});

describe('half-typed pods', () => {
  it.each([
    'metadata: { name: web }',
    'spec:\n  containers:',
    'spec: { containers: [null, "x", { name: web, env: [null, "A", { name: B }] }] }',
    'spec: { containers: [{ env: 3 }], volumes: none }',
    'metadata: 3\nspec: { containers: [{}] }',
  ])('%j', (text) => {
    const result = applyPresets(map(text), [port('1'), preset('v', 'volumes: [{ name: v }]'), preset('x', 'env:')]);
    expect(result.conflicts).toEqual([]);
  });
});
