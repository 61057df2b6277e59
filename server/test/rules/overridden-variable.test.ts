import { it } from 'vitest';
import { checkDiagnostics } from '../fixture.ts';

const objects = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  COLOR: red
  SIZE: large
---
apiVersion: v1
kind: Secret
metadata:
  name: login
stringData:
  SIZE: small
  TOKEN: abc
---
`;

it('of several entries of envFrom the later one counts', () => {
  checkDiagnostics(`${objects}apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      envFrom:
        - configMapRef:
            name: settings
        - secretRef:
            name: login
#                 ^^^^^ hint overridden-variable
        - prefix: OTHER_
          configMapRef:
            name: settings
      env:
        - name: OTHER_COLOR
#               ^^^^^^^^^^^ hint overridden-variable
          value: blue
        - name: OTHER_TOKEN
          value: none
    - name: proxy
      image: nginx:1.27
      env:
        - name: COLOR
          value: blue
`);
});

it('a variable that is the same key by name takes nothing away', () => {
  checkDiagnostics(`${objects}apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      envFrom:
        - configMapRef:
            name: settings
      env:
        - name: COLOR
          valueFrom:
            configMapKeyRef:
              name: settings
              key: COLOR
        - name: SIZE
#               ^^^^ hint overridden-variable
          valueFrom:
            configMapKeyRef:
              name: settings
              key: COLOR
`);
});
