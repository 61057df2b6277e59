import type { ResourceSymbol, SymbolId } from './row-types.ts';

const kustomizations = ['Kustomization.kustomize.config.k8s.io', 'Component.kustomize.config.k8s.io'] as const;

type ObjectId = Exclude<
  SymbolId,
  | 'secret-key'
  | 'configmap-key'
  | 'service-port'
  | 'volume'
  | 'container'
  | 'container-port'
  | 'variable'
  | 'pod-label'
  | 'pod-annotation'
  | 'pod-resource-claim'
>;

const neverStarts = 'The containers that need it do not start (CreateContainerConfigError, or a volume that never mounts).';

/** Objects that others call by name. */
export const objectSymbols: Readonly<Record<ObjectId, ResourceSymbol>> = {
  secret: {
    of: 'namespace',
    noun: 'Secret',
    article: 'a',
    kinds: ['Secret'],
    madeBy: [
      { kinds: kustomizations, name: 'secretGenerator[].name' },
      { kinds: ['SealedSecret.bitnami.com'], name: 'metadata.name' },
      { kinds: ['SealedSecret.bitnami.com'], name: 'spec.template.metadata.name' },
      { kinds: ['ExternalSecret.external-secrets.io'], name: 'spec.target.name' },
      { kinds: ['ExternalSecret.external-secrets.io'], name: 'metadata.name' },
      { kinds: ['Certificate.cert-manager.io'], name: 'spec.secretName' },
      { kinds: ['SecretProviderClass.secrets-store.csi.x-k8s.io'], name: 'spec.secretObjects[].secretName' },
      { kinds: ['OnePasswordItem.onepassword.com'], name: 'metadata.name' },
      { kinds: ['VaultStaticSecret.secrets.hashicorp.com', 'VaultDynamicSecret.secrets.hashicorp.com'], name: 'spec.destination.name' },
    ],
    evidence: 'near-miss',
    consequence: neverStarts,
    remedy: 'Correct the name, add the Secret to the workspace, or mark the reference `optional: true`.',
  },
  configmap: {
    of: 'namespace',
    noun: 'ConfigMap',
    article: 'a',
    kinds: ['ConfigMap'],
    madeBy: [{ kinds: kustomizations, name: 'configMapGenerator[].name' }],
    evidence: 'same-folder',
    builtIn: ['kube-root-ca.crt'],
    consequence: neverStarts,
    remedy: 'Correct the name, add the ConfigMap to the workspace, or mark the reference `optional: true`.',
  },
  persistentvolumeclaim: {
    of: 'namespace',
    noun: 'PersistentVolumeClaim',
    article: 'a',
    kinds: ['PersistentVolumeClaim'],
    // A volume of the template that has a claim template's name gives way to the claim made from it.
    madeBy: [{ kinds: ['StatefulSet.apps', 'PetSet.apps'], name: 'spec.volumeClaimTemplates[].metadata.name' }],
    evidence: 'same-folder',
    consequence: 'The pod stays Pending until a claim of that name exists.',
    remedy: 'Correct the claim name, or add the PersistentVolumeClaim to the workspace.',
  },
  persistentvolume: {
    of: 'cluster',
    noun: 'PersistentVolume',
    article: 'a',
    kinds: ['PersistentVolume'],
    evidence: 'near-miss',
    consequence: 'The claim stays Pending until a volume of that name exists.',
    remedy: 'Correct the name, or add the PersistentVolume.',
  },
  storageclass: {
    of: 'cluster',
    noun: 'StorageClass',
    article: 'a',
    kinds: ['StorageClass.storage.k8s.io'],
    evidence: 'near-miss',
    consequence: 'The claim stays Pending: nothing provisions a volume for it.',
    remedy: 'Correct the name, or add the StorageClass; an empty name (`""`) asks for no provisioning at all.',
  },
  service: {
    of: 'namespace',
    noun: 'Service',
    article: 'a',
    form: 'label',
    kinds: ['Service'],
    evidence: 'same-folder',
    builtIn: ['kubernetes'],
    consequence: 'Requests end in an error page (503), since there is no backend.',
    remedy: 'Correct the name, or add the Service in the same namespace.',
  },
  serviceaccount: {
    of: 'namespace',
    noun: 'ServiceAccount',
    article: 'a',
    kinds: ['ServiceAccount'],
    evidence: 'near-miss',
    builtIn: ['default'],
    consequence: 'No pod is created: the API server refuses pods of a service account that is not there.',
    remedy: 'Correct the name, or add the ServiceAccount in the same namespace.',
  },
  priorityclass: {
    of: 'cluster',
    noun: 'PriorityClass',
    article: 'a',
    kinds: ['PriorityClass.scheduling.k8s.io'],
    evidence: 'near-miss',
    builtIn: ['system-cluster-critical', 'system-node-critical'],
    consequence: 'No pod is created: the API server refuses pods of a priority class that is not there.',
    remedy: 'Correct the name, or add the PriorityClass.',
  },
  runtimeclass: {
    of: 'cluster',
    noun: 'RuntimeClass',
    article: 'a',
    kinds: ['RuntimeClass.node.k8s.io'],
    evidence: 'near-miss',
    consequence: 'No pod is created: the API server refuses pods of a runtime class that is not there.',
    remedy: 'Correct the name, or add the RuntimeClass.',
  },
  ingressclass: {
    of: 'cluster',
    noun: 'IngressClass',
    article: 'an',
    kinds: ['IngressClass.networking.k8s.io'],
    evidence: 'near-miss',
    consequence: 'No controller serves the Ingress.',
    remedy: 'Correct the name, or add the IngressClass.',
  },
  node: {
    of: 'cluster',
    noun: 'Node',
    article: 'a',
    kinds: ['Node'],
    evidence: 'workspace',
    consequence: 'The pod stays Pending, and is deleted in the end: there is no such node.',
    remedy: 'Correct the name, or choose the node by labels (`nodeSelector`).',
  },
  namespace: {
    of: 'cluster',
    noun: 'Namespace',
    article: 'a',
    form: 'label',
    kinds: ['Namespace'],
    evidence: 'near-miss',
    builtIn: ['default', 'kube-*'],
    consequence: 'The API server refuses objects of a namespace that is not there.',
    remedy: 'Correct the name, or add the Namespace.',
  },
  role: {
    of: 'namespace',
    noun: 'Role',
    article: 'a',
    form: 'segment',
    kinds: ['Role.rbac.authorization.k8s.io', 'ClusterRole.rbac.authorization.k8s.io'],
    evidence: 'near-miss',
    builtIn: ['cluster-admin', 'admin', 'edit', 'view', 'system:*'],
    consequence: 'The binding grants nothing, and nothing reports that.',
    remedy: 'Correct the name or the kind of the role, or add the role.',
  },
  'scale-target': {
    of: 'namespace',
    noun: 'workload',
    article: 'a',
    kinds: [
      'Deployment.apps',
      'Deployment.extensions',
      'StatefulSet.apps',
      'ReplicaSet.apps',
      'ReplicaSet.extensions',
      'DaemonSet.apps',
      'Job.batch',
      'CronJob.batch',
      'ReplicationController',
      'Rollout.argoproj.io',
    ],
    evidence: 'near-miss',
    consequence: 'Nothing is scaled: the autoscaler finds no target.',
    remedy: 'Correct the name and the kind, or add the workload in the same namespace.',
  },
  resourceclaim: {
    of: 'namespace',
    noun: 'ResourceClaim',
    article: 'a',
    kinds: ['ResourceClaim.resource.k8s.io'],
    evidence: 'near-miss',
    consequence: 'The pod stays Pending until the claim exists.',
    remedy: 'Correct the name, or add the ResourceClaim.',
  },
  resourceclaimtemplate: {
    of: 'namespace',
    noun: 'ResourceClaimTemplate',
    article: 'a',
    kinds: ['ResourceClaimTemplate.resource.k8s.io'],
    evidence: 'near-miss',
    consequence: 'The pod stays Pending until the template exists.',
    remedy: 'Correct the name, or add the ResourceClaimTemplate.',
  },
};
