import type { Release } from '../base/release.ts';

/** A volume plugin that was a part of Kubernetes. */
export interface InTreePlugin {
  /** The field of a volume and of a PersistentVolume; undefined for what only PersistentVolumes had. */
  readonly field: string;
  /** What a StorageClass calls it; undefined where it could not provision. */
  readonly provisioner: string | undefined;
  /** The CSI driver that took over. */
  readonly driver: string | undefined;
  /** From this release on the driver does the plugin's work, by the migration that is on by default. */
  readonly migrated?: Release;
  /** The first release without the plugin, and without a migration that would stand in for it. */
  readonly gone?: Release;
}

/** Kubernetes' changelogs and the feature gates CSIMigration… say these. */
export const inTreePlugins: readonly InTreePlugin[] = [
  { field: 'awsElasticBlockStore', provisioner: 'kubernetes.io/aws-ebs', driver: 'ebs.csi.aws.com', migrated: 23 },
  { field: 'azureDisk', provisioner: 'kubernetes.io/azure-disk', driver: 'disk.csi.azure.com', migrated: 23 },
  { field: 'azureFile', provisioner: 'kubernetes.io/azure-file', driver: 'file.csi.azure.com', migrated: 24 },
  { field: 'cinder', provisioner: 'kubernetes.io/cinder', driver: 'cinder.csi.openstack.org', migrated: 21 },
  { field: 'gcePersistentDisk', provisioner: 'kubernetes.io/gce-pd', driver: 'pd.csi.storage.gke.io', migrated: 23 },
  {
    field: 'vsphereVolume',
    provisioner: 'kubernetes.io/vsphere-volume',
    driver: 'csi.vsphere.vmware.com',
    migrated: 25,
  },
  { field: 'portworxVolume', provisioner: 'kubernetes.io/portworx-volume', driver: 'pxd.portworx.com', migrated: 31 },
  { field: 'rbd', provisioner: 'kubernetes.io/rbd', driver: 'rbd.csi.ceph.com', gone: 31 },
  { field: 'cephfs', provisioner: undefined, driver: 'cephfs.csi.ceph.com', gone: 31 },
  { field: 'glusterfs', provisioner: 'kubernetes.io/glusterfs', driver: undefined, gone: 26 },
  { field: 'flocker', provisioner: 'kubernetes.io/flocker', driver: undefined, gone: 25 },
  { field: 'quobyte', provisioner: 'kubernetes.io/quobyte', driver: 'csi.quobyte.com', gone: 25 },
  { field: 'storageos', provisioner: 'kubernetes.io/storageos', driver: undefined, gone: 25 },
  { field: 'scaleIO', provisioner: 'kubernetes.io/scaleio', driver: undefined, gone: 22 },
  { field: 'photonPersistentDisk', provisioner: 'kubernetes.io/photon-pd', driver: undefined, gone: 16 },
  { field: 'gitRepo', provisioner: undefined, driver: undefined, gone: 33 },
];
