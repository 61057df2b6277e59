import type { SchemaRule } from '../rule.ts';
import { changeToBare } from './fixes.ts';

export const fileMode: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: [
    'SecretVolumeSource',
    'ConfigMapVolumeSource',
    'DownwardAPIVolumeSource',
    'ProjectedVolumeSource',
    'KeyToPath',
    'DownwardAPIVolumeFile',
  ],
  id: 'file-mode',
  severity: 'error',
  mirrors: ['core/validation validateSecretVolumeSource', 'core/validation validateKeyToPath'],
  title: "A file's mode is out of range",
  why: 'Modes go from 0 to 0777 in octal, which is 511: a bare 644 is the decimal number, not rw-r--r--. The API server refuses anything else.',
  remedy: 'Write the mode with a 0 in front, which makes it octal.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts:
        - name: key
          mountPath: /etc/key
  volumes:
    - name: key
      secret:
        secretName: web-key
        defaultMode: 644
#                    ^^^ error file-mode
---
apiVersion: v1
kind: Secret
metadata:
  name: web-key
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts:
        - name: key
          mountPath: /etc/key
  volumes:
    - name: key
      secret:
        secretName: web-key
        defaultMode: 0644
---
apiVersion: v1
kind: Secret
metadata:
  name: web-key
`,
  visit(visit, report) {
    for (const field of ['defaultMode', 'mode']) {
      const mode = visit.value.get(field);
      const { integer, scalar } = mode;
      if (integer === undefined || (integer >= 0 && integer <= 0o777)) continue;
      const octal = /^[0-7]{3}$/.test(scalar?.value ?? '') ? `0${scalar?.value}` : undefined;
      report({
        span: mode.span,
        message: `${field} must be from 0 to 0777 (octal), and ${scalar?.value} is ${integer} as a decimal number: the API server refuses it.${octal ? ` Did you mean ${octal}?` : ''}`,
        fixes: () => (octal ? changeToBare(visit, mode, octal) : []),
      });
    }
  },
};
