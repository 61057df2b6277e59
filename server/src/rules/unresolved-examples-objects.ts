import type { ObjectId } from '../tables/symbols-objects.ts';
import { container, type Example, inBothForms, object, podWith } from './unresolved-examples-text.ts';

/** For the names of objects. */
export const objectsExamples: Readonly<Record<ObjectId, Example>> = {
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
  persistentvolume: inBothForms(
    (
      name,
      mark,
    ) => `${object('v1', 'PersistentVolume', 'disk', 'spec:\n  capacity:\n    storage: 1Gi\n  accessModes: [ReadWriteOnce]\n  hostPath:\n    path: /data\n')}---
${object('v1', 'PersistentVolumeClaim', 'data')}spec:
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
    (name, mark) => `${object('v1', 'ServiceAccount', 'builder')}---
${podWith(`  serviceAccountName: ${name}
${mark(`#                     ^^^^^^^ warning unresolved-serviceaccount`)}${container}`)}`,
    'buidler',
    'builder',
  ),
  priorityclass: inBothForms(
    (name, mark) => `${object('scheduling.k8s.io/v1', 'PriorityClass', 'urgent', 'value: 1000\n')}---
${podWith(`  priorityClassName: ${name}
${mark(`#                    ^^^^^^ warning unresolved-priorityclass`)}${container}`)}`,
    'urgant',
    'urgent',
  ),
  runtimeclass: inBothForms(
    (name, mark) => `${object('node.k8s.io/v1', 'RuntimeClass', 'gvisor', 'handler: runsc\n')}---
${podWith(`  runtimeClassName: ${name}
${mark(`#                   ^^^^^^ warning unresolved-runtimeclass`)}${container}`)}`,
    'gvizor',
    'gvisor',
  ),
  ingressclass: inBothForms(
    (
      name,
      mark,
    ) => `${object('networking.k8s.io/v1', 'IngressClass', 'public', 'spec:\n  controller: k8s.io/ingress-nginx\n')}---
${object('networking.k8s.io/v1', 'Ingress', 'web')}spec:
  ingressClassName: ${name}
${mark(`#                   ^^^^^^ warning unresolved-ingressclass`)}  defaultBackend:
    resource:
      apiGroup: k8s.example.com
      kind: Bucket
      name: web
`,
    'publik',
    'public',
  ),
  node: inBothForms(
    (name, mark) => `${object('v1', 'Node', 'worker-1')}---
${podWith(`  nodeName: ${name}
${mark(`#           ^^^^^^^^ warning unresolved-node`)}${container}`)}`,
    'worker-2',
    'worker-1',
  ),
  namespace: inBothForms(
    (name, mark) => `${object('v1', 'Namespace', 'shop')}---
${object('v1', 'ConfigMap', 'settings')}  namespace: ${name}
${mark(`#            ^^^^^ warning unresolved-namespace`)}`,
    'shopp',
    'shop',
  ),
  role: inBothForms(
    (name, mark) => `${object('rbac.authorization.k8s.io/v1', 'Role', 'reader', 'rules: []\n')}---
${object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'reader')}roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: ${name}
${mark(`#       ^^^^^^ warning unresolved-role`)}`,
    'raeder',
    'reader',
  ),
  'scale-target': inBothForms(
    (
      name,
      mark,
    ) => `${object('apps/v1', 'Deployment', 'web', 'spec:\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n        - name: web\n          image: nginx:1.27\n')}---
${object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web')}spec:
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
    (name, mark) => `${object('resource.k8s.io/v1', 'ResourceClaim', 'graphics', 'spec: {}\n')}---
${podWith(`  resourceClaims:
    - name: gpu
      resourceClaimName: ${name}
${mark(`#                        ^^^^^^^ warning unresolved-resourceclaim`)}${container}`)}`,
    'graphic',
    'graphics',
  ),
  resourceclaimtemplate: inBothForms(
    (name, mark) => `${object('resource.k8s.io/v1', 'ResourceClaimTemplate', 'graphics', 'spec:\n  spec: {}\n')}---
${podWith(`  resourceClaims:
    - name: gpu
      resourceClaimTemplateName: ${name}
${mark(`#                                ^^^^^^^ warning unresolved-resourceclaimtemplate`)}${container}`)}`,
    'graphic',
    'graphics',
  ),
  ingress: inBothForms(
    (name, mark) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: storefront
spec:
  defaultBackend:
    resource:
      kind: StorageBucket
      name: pages
---
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
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.27
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  maxReplicas: 5
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
  metrics:
    - type: Object
      object:
        describedObject:
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          name: ${name}
${mark('#               ^^^^^^^^^ warning unresolved-ingress')}        metric:
          name: requests-per-second
        target:
          type: Value
          value: 2k
`,
    'storfront',
    'storefront',
  ),
  volumesnapshot: inBothForms(
    (name, mark) => `apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata:
  name: before-upgrade
spec:
  source:
    volumeSnapshotContentName: upgrade
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: restored
spec:
  dataSource:
    apiGroup: snapshot.storage.k8s.io
    kind: VolumeSnapshot
    name: ${name}
${mark('#         ^^^^^^^^^^^^^^ warning unresolved-volumesnapshot')}  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 1Gi
`,
    'before-upgarde',
    'before-upgrade',
  ),
  object: inBothForms(
    (name, mark) => `apiVersion: rabbitmq.com/v1beta1
kind: Queue
metadata:
  name: orders
spec:
  name: orders
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: worker
spec:
  maxReplicas: 5
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    # podwire-ignore: unresolved-scale-target
    name: worker
  metrics:
    - type: Object
      object:
        describedObject:
          apiVersion: rabbitmq.com/v1beta1
          kind: Queue
          name: ${name}
${mark('#               ^^^^^^ warning unresolved-object')}        metric:
          name: messages-ready
        target:
          type: Value
          value: "30"
`,
    'ordres',
    'orders',
  ),
};
