import { describe, expect, it } from 'vitest';
import { newestRelease, oldestRelease, releaseName } from '../../src/base/release.ts';
import { successorOf } from '../../src/rules/versions.ts';
import type { KindInfo } from '../../src/schema/api-model.ts';
import { open, parseFixture } from '../fixture.ts';
import { realModel } from '../schema/real-model.ts';

const model = realModel();

const info = (apiVersion: string, kind: string): KindInfo => {
  const found = model.find(apiVersion, kind);
  if (!found) throw new Error(`${apiVersion} ${kind} is unknown`);
  return found;
};

/** `rule: what` for all diagnostics of a manifest, judged for a release. */
function findings(text: string, kubernetesVersion: string): string[] {
  const { snapshot } = open(parseFixture(text), { kubernetesVersion });
  const [uri = ''] = snapshot.files();
  return snapshot
    .diagnostics(uri)
    .map(({ severity, code, span }) => `${severity} ${code}: ${snapshot.text(uri)?.slice(span.start, span.end) ?? ''}`);
}

function hoverAt(text: string, kubernetesVersion = '1.36'): string {
  const fixture = parseFixture(text);
  const { snapshot } = open(fixture, { kubernetesVersion });
  return snapshot.hover(fixture.cursor?.uri ?? '', fixture.cursor?.offset ?? 0)?.contents ?? '';
}

function completions(text: string, kubernetesVersion: string): string[] {
  const fixture = parseFixture(text);
  const { snapshot } = open(fixture, { kubernetesVersion });
  return snapshot.completion(fixture.cursor?.uri ?? '', fixture.cursor?.offset ?? 0).map(({ label }) => label);
}

describe('the facts', () => {
  it.each([
    ['extensions/v1beta1', 'Deployment', undefined, 15, 'apps/v1 Deployment'],
    ['apps/v1beta2', 'StatefulSet', undefined, 15, 'apps/v1 StatefulSet'],
    ['extensions/v1beta1', 'Ingress', undefined, 21, 'networking.k8s.io/v1 Ingress'],
    ['networking.k8s.io/v1', 'Ingress', 19, undefined, undefined],
    ['batch/v1beta1', 'CronJob', undefined, 24, 'batch/v1 CronJob'],
    ['batch/v1', 'CronJob', 21, undefined, undefined],
    ['policy/v1beta1', 'PodSecurityPolicy', undefined, 24, undefined],
    ['autoscaling/v2beta1', 'HorizontalPodAutoscaler', undefined, 24, 'autoscaling/v2 HorizontalPodAutoscaler'],
    ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', undefined, 25, 'autoscaling/v2 HorizontalPodAutoscaler'],
    [
      'apiextensions.k8s.io/v1beta1',
      'CustomResourceDefinition',
      undefined,
      21,
      'apiextensions.k8s.io/v1 CustomResourceDefinition',
    ],
    ['storage.k8s.io/v1beta1', 'CSIStorageCapacity', 21, 26, 'storage.k8s.io/v1 CSIStorageCapacity'],
    ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', 26, 31, 'flowcontrol.apiserver.k8s.io/v1 FlowSchema'],
    ['settings.k8s.io/v1alpha1', 'PodPreset', undefined, 19, undefined],
    ['apps/v1alpha1', 'PetSet', undefined, 4, 'apps/v1 StatefulSet'],
    ['apps/v1', 'Deployment', undefined, undefined, undefined],
  ])('%s %s', (apiVersion, kind, since, until, replacement) => {
    expect(info(apiVersion, kind)).toMatchObject({ since, until, replacement });
  });

  it('of fields', () => {
    const spec = info('v1', 'Pod').schema.fields.get('spec')?.schema;
    const field = (name: string) => (spec?.type === 'object' ? spec.fields.get(name) : undefined);
    expect(field('hostUsers')).toMatchObject({ since: 25, until: undefined });
    expect(field('schedulingGates')).toMatchObject({ since: 26 });
    expect(field('containers')).toMatchObject({ since: undefined, until: undefined });
    const service = info('v1', 'Service').schema.fields.get('spec')?.schema;
    expect(service?.type === 'object' ? service.fields.get('topologyKeys') : undefined).toMatchObject({
      since: 17,
      until: 21,
    });
  });

  it('name only successors that exist', () => {
    for (const { replacement } of model.kinds()) {
      if (replacement === undefined) continue;
      const [apiVersion = '', kind = ''] = replacement.split(' ');
      expect(model.find(apiVersion, kind), replacement).toBeDefined();
    }
  });

  it.each([
    ['extensions/v1beta1', 'Ingress', 18, 'networking.k8s.io/v1beta1'],
    ['extensions/v1beta1', 'Ingress', 19, 'networking.k8s.io/v1'],
    ['autoscaling/v2beta1', 'HorizontalPodAutoscaler', 22, 'autoscaling/v2beta2'],
    ['autoscaling/v2beta1', 'HorizontalPodAutoscaler', 36, 'autoscaling/v2'],
    ['batch/v1beta1', 'CronJob', 20, undefined],
    ['batch/v2alpha1', 'CronJob', 20, 'batch/v1beta1'],
    ['policy/v1beta1', 'PodDisruptionBudget', 21, 'policy/v1'],
  ])('the successor of %s %s in 1.%i is %s', (apiVersion, kind, release, expected) => {
    const target = model.at(release);
    expect(successorOf(target, info(apiVersion, kind))?.apiVersion).toBe(expected);
  });

  it('leave a served version to every kind that has ever had a stable one', () => {
    for (const kind of [
      'Deployment',
      'Ingress',
      'CronJob',
      'PodDisruptionBudget',
      'HorizontalPodAutoscaler',
      'StorageClass',
    ]) {
      for (let release = oldestRelease; release <= newestRelease; release++)
        expect(
          model
            .at(release)
            .named(kind)
            .some((one) => model.at(release).serves(one)),
          `${kind} in ${releaseName(release)}`,
        ).toBe(true);
    }
  });
});

const cronJob = (version: string): string =>
  `apiVersion: batch/${version}\nkind: CronJob\nmetadata:\n  name: a\nspec:\n  schedule: 0 3 * * *\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n          containers:\n            - name: a\n              image: alpine:3.20\n`;

describe('a kind is judged by the target release', () => {
  it.each([
    ['v1beta1', '1.20', []],
    ['v1beta1', '1.21', ['warning deprecated-api-version: batch/v1beta1']],
    ['v1beta1', '1.24', ['warning deprecated-api-version: batch/v1beta1']],
    ['v1beta1', '1.25', ['error api-version-removed: batch/v1beta1']],
    ['v1', '1.20', ['error api-version-not-served: batch/v1']],
    ['v1', '1.21', []],
  ])('batch/%s CronJob in %s', (version, release, expected) => {
    expect(findings(cronJob(version), release)).toEqual(expected);
  });

  it('in a List too', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: policy/v1beta1\n    kind: PodSecurityPolicy\n    metadata:\n      name: a\n    spec: {}\n`;
    expect(findings(list, '1.25').filter((one) => one.includes('api-version'))).toEqual([
      'error api-version-removed: policy/v1beta1',
    ]);
  });
});

const pod = (more: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n${more}  containers:\n    - name: a\n      image: alpine:3.20\n`;

describe('a field is judged by the target release', () => {
  it.each([
    ['hostUsers: false', '1.24', ['warning field-not-in-version: hostUsers']],
    ['hostUsers: false', '1.25', []],
    ['hostnameOverride: a', '1.33', ['error field-not-in-version: hostnameOverride']],
  ])('%s in %s', (line, release, expected) => {
    expect(findings(pod(`  ${line}\n`), release)).toEqual(expected);
  });

  it('also one that has left the API', () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  topologyKeys: ["*"]\n  ports:\n    - port: 80\n';
    expect(findings(service, '1.21')).toEqual([]);
    expect(findings(service, '1.36')).toEqual(['error field-not-in-version: topologyKeys']);
  });

  it('but not where the whole version is not served', () => {
    expect(findings(cronJob('v1').replace('spec:\n', 'spec:\n  timeZone: Etc/UTC\n'), '1.20')).toEqual([
      'error api-version-not-served: batch/v1',
    ]);
  });
});

describe('hover and completion', () => {
  it('give the dates and the replacement', () => {
    const text = hoverAt('apiVersion: extensions/v1beta1\nkind: In$0gress\nmetadata:\n  name: a\n');
    expect(text).toContain('up to 1.21');
    expect(text).toContain('Deprecated since 1.14, removed in 1.22. Replaced by `networking.k8s.io/v1 Ingress`.');
    expect(hoverAt('apiVersion: batch/v$01\nkind: CronJob\nmetadata:\n  name: a\n')).toContain('since 1.21');
    expect(hoverAt(pod('  host$0Users: false\n'))).toContain('since 1.25');
  });

  it('offer only what the target has', () => {
    expect(completions(pod('  host$0\n'), '1.36')).toContain('hostUsers');
    expect(completions(pod('  host$0\n'), '1.24')).not.toContain('hostUsers');
    expect(completions('kind: CronJob\napiVersion: $0\n', '1.20')).toEqual(['batch/v1beta1', 'batch/v2alpha1']);
    expect(completions('kind: CronJob\napiVersion: $0\n', '1.24')).toEqual(['batch/v1', 'batch/v1beta1']);
    expect(completions('$0', '1.20')).toContain('PodSecurityPolicy');
    expect(completions('$0', '1.36')).not.toContain('PodSecurityPolicy');
    expect(completions('$0', '1.36')).not.toContain('PetSet');
  });

  it('strike deprecated versions through, and put them last', () => {
    const fixture = parseFixture('kind: CronJob\napiVersion: $0\n');
    const { snapshot } = open(fixture, { kubernetesVersion: '1.24' });
    const offers = snapshot.completion(fixture.cursor?.uri ?? '', fixture.cursor?.offset ?? 0);
    expect(offers.map(({ label, deprecated }) => [label, deprecated])).toEqual([
      ['batch/v1', false],
      ['batch/v1beta1', true],
    ]);
  });
});
