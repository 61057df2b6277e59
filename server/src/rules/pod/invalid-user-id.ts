import type { SchemaRule } from '../rule.ts';

export const invalidUserId: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['SecurityContext', 'PodSecurityContext'],
  id: 'invalid-user-id',
  severity: 'error',
  mirrors: ['core/validation ValidateSecurityContext', 'core/validation validatePodSpecSecurityContext'],
  title: 'A user or group number is out of range',
  why: 'They go from 0 to 2147483647. The API server refuses anything else.',
  remedy: 'Use a number in that range.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  securityContext:
    runAsUser: -1
#              ^^ error invalid-user-id
  containers:
    - name: web
      image: nginx:1.27
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  securityContext:
    runAsUser: 1000
  containers:
    - name: web
      image: nginx:1.27
`,
  visit({ value }, report) {
    const ids = ['runAsUser', 'runAsGroup', 'fsGroup'].map((field) => [field, value.get(field)] as const);
    const groups = value.get('supplementalGroups').items.map((item) => ['supplementalGroups', item] as const);
    for (const [field, at] of [...ids, ...groups]) {
      const { integer } = at;
      if (integer === undefined || (integer >= 0 && integer <= 2_147_483_647)) continue;
      report({
        span: at.span,
        message: `${field} must be from 0 to 2147483647: the API server refuses ${integer}.`,
      });
    }
  },
};
