import type { ReferenceRow } from './row-types.ts';

/** How claims, volumes and storage classes find one another. */
export const storageReferences: readonly ReferenceRow[] = [
  {
    id: 'volume-claim',
    noun: 'volume',
    mode: 'name',
    to: 'persistentvolumeclaim',
    at: [{ pod: 'spec.volumes[].persistentVolumeClaim.claimName' }],
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
