import { podPresets } from './kinds.ts';
import type { Anchor, ReferenceRow } from './row-types.ts';

const claimSources: readonly Anchor[] = [
  { kinds: ['PersistentVolumeClaim'], path: 'spec.(dataSource|dataSourceRef).name' },
  {
    kinds: ['StatefulSet.apps', 'PetSet.apps'],
    path: 'spec.volumeClaimTemplates[].spec.(dataSource|dataSourceRef).name',
  },
  { pod: 'spec.volumes[].ephemeral.volumeClaimTemplate.spec.(dataSource|dataSourceRef).name' },
];

/** How claims, volumes and storage classes find one another. */
export const storageReferences: readonly ReferenceRow[] = [
  {
    id: 'volume-claim',
    noun: 'volume',
    mode: 'name',
    to: 'persistentvolumeclaim',
    at: [
      { pod: 'spec.volumes[].persistentVolumeClaim.claimName' },
      { kinds: podPresets, path: 'spec.volumes[].persistentVolumeClaim.claimName' },
    ],
  },
  {
    id: 'claim-storageclass',
    noun: 'claim',
    mode: 'name',
    to: 'storageclass',
    at: [
      { kinds: ['PersistentVolumeClaim'], path: 'spec.storageClassName' },
      { kinds: ['PersistentVolumeClaim'], path: "metadata.annotations['volume.beta.kubernetes.io/storage-class']" },
      { kinds: ['StatefulSet.apps', 'PetSet.apps'], path: 'spec.volumeClaimTemplates[].spec.storageClassName' },
      { pod: 'spec.volumes[].ephemeral.volumeClaimTemplate.spec.storageClassName' },
    ],
  },
  {
    id: 'claim-source-claim',
    noun: 'data source',
    mode: 'name',
    to: 'persistentvolumeclaim',
    kind: 'kind',
    namespace: 'namespace',
    consequence: 'The new claim stays Pending: there is nothing to copy from.',
    at: claimSources,
  },
  {
    id: 'claim-source-snapshot',
    noun: 'data source',
    mode: 'name',
    to: 'volumesnapshot',
    kind: 'kind',
    namespace: 'namespace',
    at: claimSources,
  },
  {
    id: 'snapshot-claim',
    noun: 'snapshot source',
    mode: 'name',
    to: 'persistentvolumeclaim',
    consequence: 'The snapshot is never taken.',
    at: [{ kinds: ['VolumeSnapshot.snapshot.storage.k8s.io'], path: 'spec.source.persistentVolumeClaimName' }],
  },
  {
    id: 'volume-driver-login',
    noun: 'volume driver',
    mode: 'name',
    to: 'secret',
    namespace: 'namespace',
    consequence: 'The driver can not attach or mount the volume.',
    at: [
      {
        kinds: ['PersistentVolume'],
        path: 'spec.csi.(controllerPublish|controllerExpand|nodeStage|nodePublish|nodeExpand)SecretRef.name',
      },
      {
        kinds: ['PersistentVolume'],
        path: 'spec.(flexVolume|cephfs|rbd|iscsi|scaleIO|storageos|cinder).secretRef.name',
      },
    ],
  },
  {
    id: 'claim-volume',
    noun: 'claim',
    mode: 'name',
    to: 'persistentvolume',
    at: [{ kinds: ['PersistentVolumeClaim'], path: 'spec.volumeName' }],
  },
  {
    id: 'volume-claim-ref',
    noun: 'claim reference',
    mode: 'name',
    to: 'persistentvolumeclaim',
    namespace: 'namespace',
    consequence: 'The volume stays Available, kept for a claim that is not there.',
    at: [{ kinds: ['PersistentVolume'], path: 'spec.claimRef.name' }],
  },
  {
    id: 'volume-storageclass',
    noun: 'volume',
    mode: 'name',
    to: 'storageclass',
    quiet: true,
    consequence: 'Only claims that name the same class are bound to the volume.',
    at: [{ kinds: ['PersistentVolume'], path: 'spec.storageClassName' }],
  },
];
