import { expect, it } from 'vitest';
import { open, parseFixture } from '../fixture.ts';

const config = (folder: string): string => `# file: ${folder}/config.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  colour: blue
`;

const pod = (key: string): string => `# file: app/pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      env:
        - name: COLOUR
          valueFrom:
            configMapKeyRef:
              name: settings
              key: ${key}
`;

const severities = (text: string): string[] => {
  const { snapshot } = open(parseFixture(text));
  return snapshot
    .files()
    .flatMap((uri) => snapshot.diagnostics(uri))
    .filter(({ code }) => code === 'unresolved-configmap-key')
    .map(({ severity }) => severity);
};

it('a key is certainly missing where one object can be meant, and doubtful where several are far away', () => {
  expect(severities(config('app') + config('b') + pod('size'))).toEqual(['error']);
  expect(severities(config('b') + pod('size'))).toEqual(['error']);
  expect(severities(config('b') + config('c') + pod('size'))).toEqual(['hint']);
  expect(severities(config('b') + config('c') + pod('color'))).toEqual(['warning']);
});
