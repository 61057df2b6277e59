import { describe, expect, it } from 'vitest';
import { applyFix, open, parseFixture } from '../fixture.ts';

const deployment = (apiVersion = 'apps/v1'): string => `---
apiVersion: ${apiVersion}
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.27
`;

const autoscaler = (reference: string): string => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  maxReplicas: 5
  scaleTargetRef:
${reference}    kind: Deployment
    name: $0web
`;

const scaledObject = (reference: string): string => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: web
spec:
  scaleTargetRef:
${reference}    name: web
  triggers: []
`;

const found = (text: string, kubernetesVersion = '1.36'): string[] => {
  const { snapshot } = open(parseFixture(text), { kubernetesVersion });
  return snapshot
    .files()
    .flatMap((uri) => snapshot.diagnostics(uri))
    .filter(({ code }) => code === 'target-api-version')
    .map(({ severity, message }) => `${severity}: ${message}`);
};

describe('the API version beside a kind', () => {
  it('is that of the target', () => {
    expect(found(autoscaler('    apiVersion: apps/v1\n') + deployment())).toEqual([]);
    expect(found(scaledObject('') + deployment())).toEqual([]);
  });

  it('is needed: without one, the core group is meant', () => {
    expect(found(autoscaler('') + deployment(), '1.33')).toEqual([
      'error: Deployment "web" (main.yaml:14) is of apps/v1, and this HorizontalPodAutoscaler asks for one of v1 (it says no apiVersion). Nothing is scaled: the autoscaler finds no target.',
    ]);
  });

  it("that is missing is the API server's affair where it looks for it", () => {
    expect(found(autoscaler('') + deployment())).toEqual([]);
    const mended = applyFix(
      autoscaler('').replace('$0', '').replace('scaleTargetRef', '$0scaleTargetRef') + deployment(),
      'Add "apiVersion: apps/v1"',
    );
    expect(mended).toContain('    name: web\n    apiVersion: apps/v1\n');
    expect(found(mended)).toEqual([]);
  });

  it('of another group finds nothing', () => {
    expect(found(autoscaler('    apiVersion: extensions/v1beta1\n') + deployment())).toEqual([
      expect.stringMatching(/^error: .* asks for one of extensions\/v1beta1\. /),
    ]);
    // What is in the group of old is in the new one, too.
    expect(found(autoscaler('    apiVersion: apps/v1\n') + deployment('extensions/v1beta1'))).toEqual([]);
  });

  it('of the same group in another version misleads where only the group counts, and fails elsewhere', () => {
    expect(found(autoscaler('    apiVersion: apps/v1beta1\n') + deployment())).toEqual([
      expect.stringMatching(/^hint: .* Only the group counts here/),
    ]);
    expect(found(scaledObject('    apiVersion: apps/v1beta1\n') + deployment())).toEqual([
      expect.stringMatching(/^warning: /),
    ]);
  });

  it('is not judged where it is a placeholder, or the target is not here', () => {
    expect(found(autoscaler('    apiVersion: "{{ .version }}"\n') + deployment())).toEqual([]);
    expect(found(autoscaler(''))).toEqual([]);
  });
});
