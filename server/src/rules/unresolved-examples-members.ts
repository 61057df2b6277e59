import type { MemberId } from '../tables/symbols-members.ts';
import { container, type Example, inBothForms, object, podWith } from './unresolved-examples-text.ts';

/** For the names of parts of objects, of pod templates and of containers. */
export const membersExamples: Readonly<Record<MemberId, Example>> = {
  'secret-key': inBothForms(
    (name, mark) => `apiVersion: v1
kind: Secret
metadata:
  name: db-secrets
stringData:
  db-password: change-me
---
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      env:
        - name: DB_PASSWORD
          valueFrom:
            secretKeyRef:
              name: db-secrets
              key: ${name}
${mark('#                  ^^^^^^^^^^ error unresolved-secret-key')}`,
    'dbpassword',
    'db-password',
  ),
  'configmap-key': inBothForms(
    (name, mark) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: app-config
data:
  driver: jdbc
---
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      env:
        - name: DRIVER
          valueFrom:
            configMapKeyRef:
              name: app-config
              key: ${name}
${mark('#                  ^^^^^ error unresolved-configmap-key')}`,
    'drive',
    'driver',
  ),
  'service-port': inBothForms(
    (number, mark) => `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  defaultBackend:
    service:
      name: web
      port:
        number: ${number}
${mark('#               ^^^^ error unresolved-service-port')}`,
    '8080',
    '80',
  ),
  volume: inBothForms(
    (name, mark) => `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts:
        - name: ${name}
${mark('#               ^^^^^^ error unresolved-volume')}          mountPath: /var/cache
  volumes:
    - name: cache
      emptyDir: {}
`,
    'cached',
    'cache',
  ),
  'container-port': inBothForms(
    (name, mark) => `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: ${name}
${mark('#                 ^^^^^^^^ error unresolved-container-port')}---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      ports:
        - name: http
          containerPort: 8080
`,
    'web-port',
    'http',
  ),
  container: inBothForms(
    (name, mark) =>
      podWith(`${container}      env:
        - name: CPU
          valueFrom:
            resourceFieldRef:
              containerName: ${name}
${mark(`#                            ^^^ error unresolved-container`)}              resource: limits.cpu
`),
    'wep',
    'web',
  ),
  variable: inBothForms(
    (name, mark) =>
      podWith(`${container}      env:
        - name: HOST
          value: example.com
      args: [--host, $(${name})]
${mark(`#                      ^^^^ warning unresolved-variable`)}`),
    'HOTS',
    'HOST',
  ),
  'pod-label': inBothForms(
    (name, mark) =>
      podWith(`${container}      env:
        - name: APP
          valueFrom:
            fieldRef:
              fieldPath: metadata.labels['${name}']
${mark(`#                                         ^^^^ warning unresolved-pod-label`)}`),
    'apps',
    'app',
  ),
  'pod-annotation': inBothForms(
    (name, mark) =>
      podWith(`${container}      env:
        - name: TEAM
          valueFrom:
            fieldRef:
              fieldPath: metadata.annotations['${name}']
${mark(`#                                              ^^^^ warning unresolved-pod-annotation`)}`),
    'teem',
    'team',
  ),
  'pod-resource-claim': inBothForms(
    (name, mark) => `${object('resource.k8s.io/v1', 'ResourceClaim', 'graphics', 'spec: {}\n')}---
${podWith(`  resourceClaims:
    - name: gpu
      resourceClaimName: graphics
${container}      resources:
        claims:
          - name: ${name}
${mark(`#                 ^^^^ error unresolved-pod-resource-claim`)}`)}`,
    'gpus',
    'gpu',
  ),
};
