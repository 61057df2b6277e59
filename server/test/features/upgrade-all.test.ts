import { describe, expect, it } from 'vitest';
import { edited, open, parseFixture } from '../fixture.ts';

const workspace = `# file: web.yaml
# the shop
apiVersion: extensions/v1beta1
kind: Deployment
metadata:
  name: web
spec:
  template:
    metadata:
      labels:
        app: web # its name
      annotations:
        seccomp.security.alpha.kubernetes.io/pod: runtime/default
    spec:
      serviceAccount: default
      containers:
        - name: web
          image: nginx:1.27
          port:
            - containerPort: 80
---
apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata:
  name: api
spec:
  scaleTargetRef:
    apiVersion: extensions/v1beta1
    kind: Deployment
    name: api
  maxReplicas: 3
# file: kept.yaml
# podwire-ignore: api-version-removed
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  minAvailable: 1
  selector:
    matchLabels:
      app: web
# file: broken.yaml
apiVersion: extensions/v1beta1
kind: Ingress
metadata: "
# file: chart.yaml
apiVersion: batch/v1beta1
kind: CronJob
metadata:
  name: {{ .Release.Name }}
`;

const upgraded = `# the shop
apiVersion: apps/v1
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
        app: web # its name
    spec:
      securityContext:
        seccompProfile:
          type: RuntimeDefault
      serviceAccountName: default
      containers:
        - name: web
          image: nginx:1.27
          port:
            - containerPort: 80
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: api
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: api
  maxReplicas: 3
`;

const filesOf = (text: string, kubernetesVersion = '1.36'): Map<string, string> => {
  const { snapshot } = open(parseFixture(text), { kubernetesVersion });
  return edited(snapshot, snapshot.upgradeAll());
};

describe('upgrade all', () => {
  it('upgrades in one go what leaves no choice, and nothing else', () => {
    expect([...filesOf(workspace)]).toEqual([['file:///w/web.yaml', upgraded]]);
  });

  it('finds nothing more the second time', () => {
    expect([...filesOf(`# file: web.yaml\n${upgraded}`)]).toEqual([]);
  });

  it('goes as far as the target release', () => {
    const old = filesOf(workspace, '1.18').get('file:///w/web.yaml') ?? '';
    expect(old).toContain('apiVersion: apps/v1\n');
    // Neither autoscaling/v2 nor the seccomp field is there yet.
    expect(old).toContain('apiVersion: autoscaling/v1\n');
    expect(old).toContain('seccomp.security.alpha.kubernetes.io/pod: runtime/default');
  });

  it('keeps CRLF, and what stands in other documents', () => {
    const text = workspace
      .slice(0, workspace.indexOf('# file: kept.yaml'))
      .replaceAll('\n', '\r\n')
      .replace('# file: web.yaml\r\n', '# file: web.yaml\n');
    expect(filesOf(text).get('file:///w/web.yaml')).toBe(upgraded.replaceAll('\n', '\r\n'));
  });
});
