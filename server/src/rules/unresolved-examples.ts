import type { SymbolId } from '../tables/row-types.ts';

const podWith = (spec: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
  annotations:
    team: shop
spec:
${spec}`;

const container = `  containers:
    - name: web
      image: nginx:1.27
`;

const object = (apiVersion: string, kind: string, name: string, rest = ''): string => `apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: ${name}
${rest}`;

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
      volumeMounts:
        - name: config
          mountPath: /etc/config
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
      volumeMounts:
        - name: uploads
          mountPath: /uploads
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
  persistentvolume: inBothForms(
    (name, mark) => `${object('v1','PersistentVolume','disk','spec:\n  capacity:\n    storage: 1Gi\n  accessModes: [ReadWriteOnce]\n  hostPath:\n    path: /data\n')}---
${object('v1','PersistentVolumeClaim','data')}spec:
  volumeName: ${name}
${mark(`#             ^^^^ warning unresolved-persistentvolume`)}  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 1Gi
`,
    'disc',
    'disk',
  ),
  serviceaccount: inBothForms(
    (name, mark) => `${object('v1','ServiceAccount','builder')}---
${podWith(`  serviceAccountName: ${name}
${mark(`#                     ^^^^^^^ warning unresolved-serviceaccount`)}${container}`)}`,
    'buidler',
    'builder',
  ),
  priorityclass: inBothForms(
    (name, mark) => `${object('scheduling.k8s.io/v1','PriorityClass','urgent','value: 1000\n')}---
${podWith(`  priorityClassName: ${name}
${mark(`#                    ^^^^^^ warning unresolved-priorityclass`)}${container}`)}`,
    'urgant',
    'urgent',
  ),
  runtimeclass: inBothForms(
    (name, mark) => `${object('node.k8s.io/v1','RuntimeClass','gvisor','handler: runsc\n')}---
${podWith(`  runtimeClassName: ${name}
${mark(`#                   ^^^^^^ warning unresolved-runtimeclass`)}${container}`)}`,
    'gvizor',
    'gvisor',
  ),
  ingressclass: inBothForms(
    (name, mark) => `${object('networking.k8s.io/v1','IngressClass','public','spec:\n  controller: k8s.io/ingress-nginx\n')}---
${object('networking.k8s.io/v1','Ingress','web')}spec:
  ingressClassName: ${name}
${mark(`#                   ^^^^^^ warning unresolved-ingressclass`)}`,
    'publik',
    'public',
  ),
  node: inBothForms(
    (name, mark) => `${object('v1','Node','worker-1')}---
${podWith(`  nodeName: ${name}
${mark(`#           ^^^^^^^^ warning unresolved-node`)}${container}`)}`,
    'worker-2',
    'worker-1',
  ),
  namespace: inBothForms(
    (name, mark) => `${object('v1','Namespace','shop')}---
${object('v1','ConfigMap','settings')}  namespace: ${name}
${mark(`#            ^^^^^ warning unresolved-namespace`)}`,
    'shopp',
    'shop',
  ),
  role: inBothForms(
    (name, mark) => `${object('rbac.authorization.k8s.io/v1','Role','reader','rules: []\n')}---
${object('rbac.authorization.k8s.io/v1','RoleBinding','reader')}roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: ${name}
${mark(`#       ^^^^^^ warning unresolved-role`)}`,
    'raeder',
    'reader',
  ),
  'scale-target': inBothForms(
    (name, mark) => `${object('apps/v1','Deployment','web','spec:\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n        - name: web\n          image: nginx:1.27\n')}---
${object('autoscaling/v2','HorizontalPodAutoscaler','web')}spec:
  maxReplicas: 5
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: ${name}
${mark(`#         ^^^ warning unresolved-scale-target`)}`,
    'wbe',
    'web',
  ),
  resourceclaim: inBothForms(
    (name, mark) => `${object('resource.k8s.io/v1','ResourceClaim','graphics','spec: {}\n')}---
${podWith(`  resourceClaims:
    - name: gpu
      resourceClaimName: ${name}
${mark(`#                        ^^^^^^^ warning unresolved-resourceclaim`)}${container}`)}`,
    'graphic',
    'graphics',
  ),
  resourceclaimtemplate: inBothForms(
    (name, mark) => `${object('resource.k8s.io/v1','ResourceClaimTemplate','graphics','spec:\n  spec: {}\n')}---
${podWith(`  resourceClaims:
    - name: gpu
      resourceClaimTemplateName: ${name}
${mark(`#                                ^^^^^^^ warning unresolved-resourceclaimtemplate`)}${container}`)}`,
    'graphic',
    'graphics',
  ),
  container: inBothForms(
    (name, mark) => podWith(`${container}      env:
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
    (name, mark) => podWith(`${container}      env:
        - name: HOST
          value: example.com
      args: [--host, $(${name})]
${mark(`#                      ^^^^ warning unresolved-variable`)}`),
    'HOTS',
    'HOST',
  ),
  'pod-label': inBothForms(
    (name, mark) => podWith(`${container}      env:
        - name: APP
          valueFrom:
            fieldRef:
              fieldPath: metadata.labels['${name}']
${mark(`#                                         ^^^^ warning unresolved-pod-label`)}`),
    'apps',
    'app',
  ),
  'pod-annotation': inBothForms(
    (name, mark) => podWith(`${container}      env:
        - name: TEAM
          valueFrom:
            fieldRef:
              fieldPath: metadata.annotations['${name}']
${mark(`#                                              ^^^^ warning unresolved-pod-annotation`)}`),
    'teem',
    'team',
  ),
  'pod-resource-claim': inBothForms(
    (name, mark) => `${object('resource.k8s.io/v1','ResourceClaim','graphics','spec: {}\n')}---
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

/** One fixture twice: with the name that is wrong and its mark, and with the right one and no mark. */
function inBothForms(text: (name: string, mark: (line: string) => string) => string, bad: string, good: string): { bad: string; good: string } {
  return { bad: text(bad, (line) => `${line}\n`), good: text(good, () => '') };
}
