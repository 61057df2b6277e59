import type { SymbolId } from '../tables/row-types.ts';

/** A bad and a good fixture for each symbol's rule. */
export const examples: Readonly<Record<SymbolId, { readonly bad: string; readonly good: string }>> = {
  secret: inBothForms(
    (name, mark) => `apiVersion: v1
kind: Secret
metadata:
  name: db-secrets
---
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      envFrom:
        - secretRef:
            name: ${name}
${mark('#                 ^^^^^^^^^ warning unresolved-secret')}`,
    'db-secret',
    'db-secrets',
  ),
  configmap: inBothForms(
    (name, mark) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: app-config
---
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
  volumes:
    - name: config
      configMap:
        name: ${name}
${mark('#             ^^^^^^^^^^^ warning unresolved-configmap')}`,
    'app-confing',
    'app-config',
  ),
  persistentvolumeclaim: inBothForms(
    (name, mark) => `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 1Gi
---
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
  volumes:
    - name: uploads
      persistentVolumeClaim:
        claimName: ${name}
${mark('#                  ^^^^^^ warning unresolved-persistentvolumeclaim')}`,
    'upload',
    'uploads',
  ),
  storageclass: inBothForms(
    (name, mark) => `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: ebs.csi.aws.com
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: uploads
spec:
  storageClassName: ${name}
${mark('#                   ^^^^^ warning unresolved-storageclass')}  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 1Gi
`,
    'fastt',
    'fast',
  ),
  service: inBothForms(
    (name, mark) => `apiVersion: v1
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
      name: ${name}
${mark('#           ^^^ warning unresolved-service')}      port:
        number: 80
`,
    'wep',
    'web',
  ),
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
};

/** One fixture twice: with the name that is wrong and its mark, and with the right one and no mark. */
function inBothForms(text: (name: string, mark: (line: string) => string) => string, bad: string, good: string): { bad: string; good: string } {
  return { bad: text(bad, (line) => `${line}\n`), good: text(good, () => '') };
}
