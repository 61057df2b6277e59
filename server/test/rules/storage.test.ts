import { describe, expect, it } from 'vitest';
import { type Case, gone, judged, Manifests } from './bent.ts';

const volume = (name: string, source: string): string => `
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: ${name}}
spec:
  capacity: {storage: 5Gi}
  accessModes: [ReadWriteOnce]
  ${source}
`;

const manifests = new Manifests(`
apiVersion: storage.k8s.io/v1
kind: CSIDriver
metadata: {name: ebs.csi.aws.com}
spec: {tokenRequests: [{audience: vault}], serviceAccountTokenInSecrets: true}
---
apiVersion: storage.k8s.io/v1
kind: CSIStorageCapacity
metadata: {name: zone-a}
storageClassName: fast
capacity: 5Gi
---
apiVersion: storage.k8s.io/v1
kind: VolumeAttachment
metadata: {name: named}
spec: {attacher: ebs.csi.aws.com, nodeName: node-1, source: {persistentVolumeName: data}}
---
apiVersion: storage.k8s.io/v1
kind: VolumeAttachment
metadata: {name: inline}
spec:
  attacher: ebs.csi.aws.com
  nodeName: node-1
  source: {inlineVolumeSpec: {accessModes: [ReadWriteOnce], csi: {driver: ebs.csi.aws.com, volumeHandle: vol-1}}}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: slice}
addressType: IPv4
endpoints: [{addresses: [10.0.0.1]}]
ports: [{port: 80, protocol: TCP}]
---
apiVersion: networking.k8s.io/v1
kind: IPAddress
metadata: {name: 10.96.0.7}
spec: {parentRef: {resource: services, namespace: shop, name: web}}
---
apiVersion: v1
kind: Service
metadata: {name: dual}
spec:
  ipFamilies: [IPv4, IPv6]
  ipFamilyPolicy: PreferDualStack
  ports: [{port: 80}]
${volume('csi', 'csi: {driver: ebs.csi.aws.com, volumeHandle: vol-1, nodeStageSecretRef: {name: stage}, nodePublishSecretRef: {name: publish, namespace: shop}}\n  volumeAttributesClassName: gold')}
${volume('nfs', 'nfs: {server: nfs.example.com, path: /data}')}
${volume('local', 'local: {path: /mnt/disk}\n  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: Exists}]}]}}')}
${volume('file', 'azureFile: {secretName: azure, shareName: share, secretNamespace: shop}')}
${volume('disk', 'azureDisk: {diskName: disk, diskURI: /subscriptions/a, kind: Managed}')}
${volume('gluster', 'glusterfs: {endpoints: cluster, path: data, endpointsNamespace: shop}')}
${volume('cinder', 'cinder: {volumeID: vol-1, secretRef: {name: cinder, namespace: shop}}')}
${volume('iscsi', 'iscsi: {targetPortal: "10.0.0.1:3260", iqn: "iqn.2001-04.com.example:disk", lun: 0, secretRef: {name: chap}}')}
${volume('fc', 'fc: {targetWWNs: [50060e801049cfd1], lun: 0}')}
${volume('scaleio', 'scaleIO: {gateway: "https://scaleio", system: scaleio, volumeName: vol-1, secretRef: {name: scaleio}}')}
${volume('storageos', 'storageos: {volumeName: vol-1, volumeNamespace: shop, secretRef: {name: os, namespace: shop}}')}
`);

it.each(manifests.names)('a sound %s has no error', (name) => expect(judged(manifests.text(name))).toEqual([]));

const cases: readonly Case[] = [
  ['IPAddress', 'spec.parentRef.group', 'a b', 'invalid-address-range a b'],
  [
    'Service',
    'spec',
    { type: 'LoadBalancer', externalTrafficPolicy: 'Local', healthCheckNodePort: -1, ports: [{ port: 80 }] },
    'number-out-of-range -1',
  ],
  ['CSIDriver', 'spec.tokenRequests', [], 'invalid-storage-class serviceAccountTokenInSecrets'],
  ['CSIStorageCapacity', 'storageClassName', 'Fast', 'invalid-storage-class Fast'],
  ['CSIStorageCapacity', 'capacity', '-1', 'invalid-storage-class "-1"'],
  ['VolumeAttachment named', 'spec.nodeName', 'Node 1', 'invalid-attachment Node 1'],
  ['VolumeAttachment named', 'spec.source.persistentVolumeName', 'Data', 'invalid-attachment Data'],
  ['VolumeAttachment inline', 'spec.source.inlineVolumeSpec.accessModes', gone, 'invalid-attachment inlineVolumeSpec'],
  ['VolumeAttachment inline', 'spec.source.inlineVolumeSpec.csi', gone, 'invalid-attachment inlineVolumeSpec'],
  [
    'VolumeAttachment inline',
    'spec.source.inlineVolumeSpec.capacity',
    { storage: '1Gi' },
    'invalid-attachment capacity',
  ],
  ['VolumeAttachment inline', 'spec.source.inlineVolumeSpec.capacity', {}, ''],
  ['VolumeAttachment inline', 'spec.source.inlineVolumeSpec.volumeMode', 'Block', 'invalid-attachment Block'],
  ['VolumeAttachment inline', 'spec.source.inlineVolumeSpec.storageClassName', '', ''],
  ['EndpointSlice', 'ports.0.protocol', '', 'invalid-value ""'],
  ['EndpointSlice', 'ports.0.protocol', null, ''],
  ['Service', 'spec.ipFamilies.1', '', 'invalid-value ""'],
  ['PersistentVolume csi', 'spec.volumeAttributesClassName', '', 'invalid-persistent-volume ""'],
  [
    'PersistentVolume nfs',
    'spec.volumeAttributesClassName',
    'gold',
    'invalid-persistent-volume volumeAttributesClassName',
  ],
  ['PersistentVolume csi', 'spec.csi.nodeStageSecretRef', {}, ''],
  [
    'PersistentVolume csi',
    'spec.csi.nodePublishSecretRef.namespace',
    gone,
    'invalid-persistent-volume nodePublishSecretRef',
  ],
  ['PersistentVolume csi', 'spec.csi.nodePublishSecretRef.name', 'A b', 'invalid-persistent-volume A b'],
  ['PersistentVolume local', 'spec.nodeAffinity', gone, 'invalid-persistent-volume spec'],
  ['PersistentVolume file', 'spec.azureFile.secretNamespace', '', 'invalid-persistent-volume ""'],
  ['PersistentVolume disk', 'spec.azureDisk.kind', gone, 'volume-settings /subscriptions/a'],
  ['PersistentVolume gluster', 'spec.glusterfs.endpointsNamespace', '', 'invalid-persistent-volume ""'],
  ['PersistentVolume cinder', 'spec.cinder.secretRef.namespace', null, 'invalid-persistent-volume namespace'],
  ['PersistentVolume iscsi', 'spec.iscsi.secretRef.name', gone, 'invalid-persistent-volume secretRef'],
  ['PersistentVolume fc', 'spec.fc.lun', gone, 'volume-settings fc'],
  ['PersistentVolume fc', 'spec.fc.targetWWNs', [], 'volume-settings targetWWNs'],
  ['PersistentVolume scaleio', 'spec.scaleIO.secretRef', gone, ''],
  ['PersistentVolume scaleio', 'spec.scaleIO.volumeName', gone, 'missing-field scaleIO'],
  ['PersistentVolume storageos', 'spec.storageos.volumeName', 'Vol 1', 'invalid-persistent-volume Vol 1'],
];

describe('what the API server refuses of volumes and of what brings them', () => {
  it.each(cases)('%s %s: %j', (...one) => expect(manifests.found(one)).toEqual(one[3] === '' ? [] : one[3]));
});
