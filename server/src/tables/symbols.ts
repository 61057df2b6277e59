import { containers } from './kinds.ts';
import type { ResourceSymbol, SymbolId, SymbolRow } from './row-types.ts';

/** Whether a symbol is an object of the cluster, rather than a part of one. */
export const isObjectSymbol = (row: SymbolRow): row is ResourceSymbol => row.of === 'cluster' || row.of === 'namespace';

const kustomizations = ['Kustomization.kustomize.config.k8s.io', 'Component.kustomize.config.k8s.io'] as const;

/** What can be named, and where such names are defined. */
export const symbols: Readonly<Record<SymbolId, SymbolRow>> = {
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
      { kinds: ['OnePasswordItem.onepassword.com'], name: 'metadata.name' },
      { kinds: ['VaultStaticSecret.secrets.hashicorp.com', 'VaultDynamicSecret.secrets.hashicorp.com'], name: 'spec.destination.name' },
    ],
    siblingsAreEvidence: false,
    consequence: 'The containers that need it do not start (CreateContainerConfigError, or a volume that never mounts).',
    remedy: 'Correct the name, add the Secret to the workspace, or mark the reference `optional: true`.',
  },
  configmap: {
    of: 'namespace',
    noun: 'ConfigMap',
    article: 'a',
    kinds: ['ConfigMap'],
    madeBy: [{ kinds: kustomizations, name: 'configMapGenerator[].name' }],
    siblingsAreEvidence: true,
    builtIn: ['kube-root-ca.crt'],
    consequence: 'The containers that need it do not start (CreateContainerConfigError, or a volume that never mounts).',
    remedy: 'Correct the name, add the ConfigMap to the workspace, or mark the reference `optional: true`.',
  },
  persistentvolumeclaim: {
    of: 'namespace',
    noun: 'PersistentVolumeClaim',
    article: 'a',
    kinds: ['PersistentVolumeClaim'],
    // A volume of the template that has a claim template's name gives way to the claim made from it.
    madeBy: [{ kinds: ['StatefulSet.apps', 'PetSet.apps'], name: 'spec.volumeClaimTemplates[].metadata.name' }],
    siblingsAreEvidence: true,
    consequence: 'The pod stays Pending until a claim of that name exists.',
    remedy: 'Correct the claim name, or add the PersistentVolumeClaim to the workspace.',
  },
  storageclass: {
    of: 'cluster',
    noun: 'StorageClass',
    article: 'a',
    kinds: ['StorageClass.storage.k8s.io'],
    siblingsAreEvidence: false,
    consequence: 'The claim stays Pending: nothing provisions a volume for it.',
    remedy: 'Correct the name, or add the StorageClass; an empty name (`""`) asks for no provisioning at all.',
  },
  service: {
    of: 'namespace',
    noun: 'Service',
    article: 'a',
    kinds: ['Service'],
    siblingsAreEvidence: true,
    builtIn: ['kubernetes'],
    consequence: 'Requests end in an error page (503), since there is no backend.',
    remedy: 'Correct the name, or add the Service in the same namespace.',
  },
  'secret-key': {
    of: 'secret',
    noun: 'key',
    article: 'a',
    at: [{ kinds: ['Secret'], path: 'data{}' }, { kinds: ['Secret'], path: 'stringData{}' }],
    create: { entryOf: ['data', 'stringData'], value: '""' },
    consequence: 'The container does not start (CreateContainerConfigError), or the file is missing from the volume.',
    remedy: 'Correct the key, add it to the Secret, or mark the reference `optional: true`.',
  },
  'configmap-key': {
    of: 'configmap',
    noun: 'key',
    article: 'a',
    at: [{ kinds: ['ConfigMap'], path: 'data{}' }, { kinds: ['ConfigMap'], path: 'binaryData{}' }],
    create: { entryOf: ['data'], value: '""' },
    consequence: 'The container does not start (CreateContainerConfigError), or the file is missing from the volume.',
    remedy: 'Correct the key, add it to the ConfigMap, or mark the reference `optional: true`.',
  },
  'service-port': {
    of: 'service',
    noun: 'port',
    article: 'a',
    at: [{ kinds: ['Service'], path: 'spec.ports[].name' }],
    number: 'spec.ports[].port',
    consequence: 'Requests end in an error page (503), since the Service has no such port.',
    remedy: 'Use a port that the Service has (`port` or its `name`, not `targetPort`), or add it to the Service.',
  },
  volume: {
    of: 'pod',
    noun: 'volume',
    article: 'a',
    at: [
      { pod: 'spec.volumes[].name' },
      { kinds: ['StatefulSet.apps', 'PetSet.apps'], path: 'spec.volumeClaimTemplates[].metadata.name' },
    ],
    create: { itemOf: ['spec', 'volumes'], item: { name: 'NAME', emptyDir: {} } },
    consequence: 'The API server refuses the pod: a mount needs a volume of the same pod.',
    remedy: 'Correct the name, or add a volume of that name under `spec.volumes` of the same pod template.',
  },
  'container-port': {
    of: 'pod',
    noun: 'container port',
    article: 'a',
    at: [{ pod: `${containers}.ports[].name` }],
    number: `${containers}.ports[].containerPort`,
    create: { itemOf: ['spec', 'containers', 0, 'ports'], item: { name: 'NAME', containerPort: '80' } },
    consequence: 'The Service gets no endpoints: a named target port must be the name of a port in the pods that it selects.',
    remedy: 'Use the name of a port of the selected containers, or its number.',
  },
};
