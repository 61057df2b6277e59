// Makes workspaces of Kubernetes manifests: realistic, deterministic, and each a beginning of every larger one.

const ENVIRONMENTS = ['dev', 'staging', 'production'];
const TEAMS = ['shop', 'billing', 'search', 'media', 'identity', 'logistics', 'support', 'insights'];
const APPS = ['orders', 'catalog', 'checkout', 'reviews', 'pricing', 'stock', 'web', 'mailer'];
const APPS_PER_NAMESPACE = APPS.length;

/**
 * A workspace with `count` resources, of which about one in fifty has a fault. Every team keeps the same applications
 * in three namespaces; some names (`web`, `common-env`) come back in all of them, as they do in real life.
 *
 * @param {number} count resources, at least 100
 * @returns {Map<string, string>} text by path, with `/`
 */
export function generateWorkspace(count) {
  const files = new Map();
  for (const { path, text } of resources(count)) {
    const before = files.get(path);
    files.set(path, before === undefined ? text : `${before}---\n${text}`);
  }
  return files;
}

/** The same resources in a single file, one document each. */
export function generateFile(count) {
  return [...resources(count)].map(({ text }) => text).join('---\n');
}

/** A file of ten resources, the same in every workspace: the one that is typed in. It has one fault of the schema. */
export const OPEN_FILE = 'teams/shop/dev/orders.yaml';
/** A file with a name that the whole workspace uses. */
export const SHARED_FILE = 'teams/shop/dev/namespace.yaml';

function* resources(count) {
  let left = count;
  const take = function* (path, text) {
    if (left > 0) yield { path, text };
    left--;
  };
  yield* take('storage/classes.yaml', storageClass('standard', 'gp3'));
  yield* take('storage/classes.yaml', storageClass('fast', 'io2'));
  for (let namespace = 0; left > 0; namespace++) {
    const place = placeOf(namespace);
    for (const text of shared(place)) yield* take(`${place.folder}/namespace.yaml`, text);
    for (let app = 0; app < APPS_PER_NAMESPACE && left > 0; app++) {
      const parts = application(place, app, namespace * APPS_PER_NAMESPACE + app);
      for (const [file, text] of parts) yield* take(`${place.folder}/${file}`, text);
    }
  }
}

function placeOf(index) {
  const number = Math.floor(index / ENVIRONMENTS.length);
  const word = TEAMS[number % TEAMS.length];
  const team = number < TEAMS.length ? word : `${word}-${Math.floor(number / TEAMS.length) + 1}`;
  const environment = ENVIRONMENTS[index % ENVIRONMENTS.length];
  return { team, environment, namespace: `${team}-${environment}`, folder: `teams/${team}/${environment}` };
}

/** The ten resources of an application with their files. Each refers only to itself and those before it. */
function application(place, app, serial) {
  // `web` is called that by every team.
  const name = APPS[app] === 'web' || place.team === 'shop' ? APPS[app] : `${place.team}-${APPS[app]}`;
  const context = { ...place, name, serial, fault: faultOf(serial) };
  const parts = [
    ['config', 'configmap', configMap],
    ['config', 'secret', secret],
    ['config', 'serviceaccount', serviceAccount],
    ['storage', 'pvc', claim],
    ['workload', 'deployment', deployment],
    ['network', 'service', service],
    ['network', 'ingress', ingress],
    ['workload', 'statefulset', statefulSet],
    ['network', 'db-service', databaseService],
    ['workload', 'cronjob', cronJob],
  ];
  // Teams lay out their files in three ways: an application a file, one for each purpose, one for each resource.
  const layout = [() => `${name}.yaml`, (purpose) => `${name}/${purpose}.yaml`, (_, kind) => `${name}/${kind}.yml`][
    serial % 3
  ];
  return parts.map(([purpose, kind, make]) => [layout(purpose, kind), make(context)]);
}

/** One fault in every fifth application of ten resources. */
function faultOf(serial) {
  if (serial % 5 !== 0) return undefined;
  return ['unknown-field', 'key', 'configmap-name', 'selector', 'target-port', 'volume'][(serial / 5) % 6];
}

const labels = ({ name, team, environment }, component, indent) =>
  [
    `app.kubernetes.io/name: ${name}`,
    `app.kubernetes.io/instance: ${name}-${environment}`,
    `app.kubernetes.io/component: ${component}`,
    `app.kubernetes.io/part-of: ${team}`,
    'app.kubernetes.io/managed-by: kustomize',
  ].join(`\n${' '.repeat(indent)}`);

const selector = ({ name, environment }, component, indent) =>
  [
    `app.kubernetes.io/name: ${name}`,
    `app.kubernetes.io/instance: ${name}-${environment}`,
    `app.kubernetes.io/component: ${component}`,
  ].join(`\n${' '.repeat(indent)}`);

const storageClass = (name, type) => `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: ${name}
provisioner: ebs.csi.aws.com
parameters:
  type: ${type}
volumeBindingMode: WaitForFirstConsumer
`;

const shared = ({ namespace, team, environment }) => [
  `apiVersion: v1
kind: Namespace
metadata:
  name: ${namespace}
  labels:
    team: ${team}
    environment: ${environment}
`,
  `# What every application of the namespace gets.
apiVersion: v1
kind: ConfigMap
metadata:
  name: common-env
  namespace: ${namespace}
data:
  ENVIRONMENT: ${environment}
  REGION: eu-central-1
  OTEL_EXPORTER_OTLP_ENDPOINT: http://otel-collector.observability:4317
`,
  `apiVersion: v1
kind: Secret
metadata:
  name: registry-credentials
  namespace: ${namespace}
type: kubernetes.io/dockerconfigjson
data:
  .dockerconfigjson: e30=
`,
];

const configMap = (c) => `# Settings of ${c.name}; a change needs a restart of its pods.
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${c.name}-config
  namespace: ${c.namespace}
  labels:
    ${labels(c, 'api', 4)}
data:
  LOG_LEVEL: ${c.environment === 'production' ? 'warn' : 'debug'}
  LISTEN_PORT: "8080"
  FEATURE_FLAGS: "search=on,reviews=${c.serial % 2 ? 'on' : 'off'}"
  DATABASE_HOST: ${c.name}-db
  DATABASE_NAME: ${c.name.replaceAll('-', '_')}
  application.properties: |
    server.port=8080
    management.endpoints.web.exposure.include=health,info,prometheus
    spring.application.name=${c.name}
    spring.jpa.open-in-view=false
`;

const secret = (c) => `apiVersion: v1
kind: Secret
metadata:
  name: ${c.name}-secrets
  namespace: ${c.namespace}
  labels:
    ${labels(c, 'api', 4)}
type: Opaque
stringData:
  database-user: ${c.name}
  database-password: change-me-${c.serial}
  session-key: "0123456789abcdef"
  smtp-password: change-me-too
`;

const serviceAccount = (c) => `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${c.name}
  namespace: ${c.namespace}
imagePullSecrets:
  - name: registry-credentials
`;

const claim = (c) => `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: ${c.name}-uploads
  namespace: ${c.namespace}
spec:
  storageClassName: ${c.serial % 4 ? 'standard' : 'fast'}
  accessModes:
    - ReadWriteOnce
  resources:
    requests:
      storage: ${5 + (c.serial % 20)}Gi
`;

const fromSecret = (name, secretName, key) => `            - name: ${name}
              valueFrom:
                secretKeyRef:
                  name: ${secretName}
                  key: ${key}`;

const fromConfigMap = (name, configMapName, key) => `            - name: ${name}
              valueFrom:
                configMapKeyRef:
                  name: ${configMapName}
                  key: ${key}`;

const deployment = (c) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${c.name}
  namespace: ${c.namespace}
  labels:
    ${labels(c, 'api', 4)}
spec:
  replicas: ${1 + (c.serial % 4)}
  revisionHistoryLimit: 3
  selector:
    matchLabels:
      ${selector(c, 'api', 6)}
  template:
    metadata:
      labels:
        ${labels(c, 'api', 8)}
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "9090"
    spec:
      serviceAccountName: ${c.name}
      terminationGracePeriodSeconds: 30
      initContainers:
        - name: migrate
          image: registry.example.com/${c.team}/${c.name}-migrations:1.${c.serial % 30}.0
          args: ["--wait", "--timeout=60s"]
          envFrom:
            - configMapRef:
                name: ${c.name}-config
            - secretRef:
                name: ${c.name}-secrets
      containers:
        - name: api
          image: registry.example.com/${c.team}/${c.name}:1.${c.serial % 30}.0
          ${c.fault === 'unknown-field' ? 'imagePullPolcy' : 'imagePullPolicy'}: IfNotPresent
          ports:
            - name: http
              containerPort: 8080
            - name: metrics
              containerPort: 9090
          envFrom:
            - configMapRef:
                name: common-env
          env:
${fromConfigMap('LOG_LEVEL', `${c.name}-config`, 'LOG_LEVEL')}
${fromConfigMap('FEATURE_FLAGS', c.fault === 'configmap-name' ? `${c.name}-confg` : `${c.name}-config`, 'FEATURE_FLAGS')}
${fromConfigMap('DATABASE_HOST', `${c.name}-config`, 'DATABASE_HOST')}
${fromSecret('DATABASE_USER', `${c.name}-secrets`, 'database-user')}
${fromSecret('DATABASE_PASSWORD', `${c.name}-secrets`, c.fault === 'key' ? 'database-pasword' : 'database-password')}
${fromSecret('SESSION_KEY', `${c.name}-secrets`, 'session-key')}
            - name: POD_IP
              valueFrom:
                fieldRef:
                  fieldPath: status.podIP
          resources:
            requests:
              cpu: 100m
              memory: 256Mi
            limits:
              memory: 512Mi
          readinessProbe:
            httpGet:
              path: /health/ready
              port: http
            periodSeconds: 5
          livenessProbe:
            httpGet:
              path: /health/live
              port: http
            initialDelaySeconds: 20
          securityContext:
            runAsNonRoot: true
            allowPrivilegeEscalation: false
            capabilities:
              drop: [ALL]
          volumeMounts:
            - name: settings
              mountPath: /etc/${c.name}
              readOnly: true
            - name: ${c.fault === 'volume' ? 'upload' : 'uploads'}
              mountPath: /var/lib/${c.name}/uploads
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: settings
          configMap:
            name: ${c.name}-config
            items:
              - key: application.properties
                path: application.properties
        - name: uploads
          persistentVolumeClaim:
            claimName: ${c.name}-uploads
        - name: tmp
          emptyDir: {}
`;

const service = (c) => `apiVersion: v1
kind: Service
metadata:
  name: ${c.name}
  namespace: ${c.namespace}
  labels:
    ${labels(c, 'api', 4)}
spec:
  type: ClusterIP
  selector:
    ${selector(c, c.fault === 'selector' ? 'ap' : 'api', 4)}
  ports:
    - name: http
      port: 80
      targetPort: ${c.fault === 'target-port' ? 'htp' : 'http'}
    - name: metrics
      port: 9090
      targetPort: metrics
`;

const ingress = (c) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${c.name}
  namespace: ${c.namespace}
  annotations:
    nginx.ingress.kubernetes.io/proxy-body-size: 16m
spec:
  ingressClassName: nginx
  tls:
    - hosts:
        - ${c.name}.${c.environment}.example.com
      secretName: wildcard-tls
  rules:
    - host: ${c.name}.${c.environment}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: ${c.name}
                port:
                  name: http
          - path: /metrics
            pathType: Exact
            backend:
              service:
                name: ${c.name}
                port:
                  number: 9090
`;

const statefulSet = (c) => `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: ${c.name}-db
  namespace: ${c.namespace}
  labels:
    ${labels(c, 'database', 4)}
spec:
  serviceName: ${c.name}-db
  replicas: 1
  selector:
    matchLabels:
      ${selector(c, 'database', 6)}
  template:
    metadata:
      labels:
        ${labels(c, 'database', 8)}
    spec:
      containers:
        - name: postgres
          image: postgres:17
          ports:
            - name: postgres
              containerPort: 5432
          env:
${fromSecret('POSTGRES_USER', `${c.name}-secrets`, 'database-user')}
${fromSecret('POSTGRES_PASSWORD', `${c.name}-secrets`, 'database-password')}
${fromConfigMap('POSTGRES_DB', `${c.name}-config`, 'DATABASE_NAME')}
          resources:
            requests:
              cpu: 250m
              memory: 512Mi
          volumeMounts:
            - name: data
              mountPath: /var/lib/postgresql/data
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        storageClassName: fast
        accessModes:
          - ReadWriteOnce
        resources:
          requests:
            storage: 20Gi
`;

const databaseService = (c) => `apiVersion: v1
kind: Service
metadata:
  name: ${c.name}-db
  namespace: ${c.namespace}
spec:
  clusterIP: None
  selector:
    ${selector(c, 'database', 4)}
  ports:
    - name: postgres
      port: 5432
      targetPort: postgres
`;

const cronJob = (c) => `apiVersion: batch/v1
kind: CronJob
metadata:
  name: ${c.name}-cleanup
  namespace: ${c.namespace}
spec:
  schedule: "${c.serial % 60} 3 * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      backoffLimit: 2
      template:
        metadata:
          labels:
            ${labels(c, 'cleanup', 12)}
        spec:
          restartPolicy: OnFailure
          containers:
            - name: cleanup
              image: registry.example.com/${c.team}/${c.name}:1.${c.serial % 30}.0
              command: ["/app/cleanup", "--older-than=30d"]
              envFrom:
                - configMapRef:
                    name: ${c.name}-config
                - secretRef:
                    name: ${c.name}-secrets
`;
