import { dns1123Subdomain } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge, presentOf } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';
import { checkAccessModes } from './access-modes.ts';
import { sizeOf } from './invalid-claim.ts';

/** The fields of a PersistentVolume that say where it is. */
const sources = [
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'csi',
  'fc',
  'flexVolume',
  'flocker',
  'gcePersistentDisk',
  'glusterfs',
  'hostPath',
  'iscsi',
  'local',
  'nfs',
  'photonPersistentDisk',
  'portworxVolume',
  'quobyte',
  'rbd',
  'scaleIO',
  'storageos',
  'vsphereVolume',
];

export const invalidPersistentVolume: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['PersistentVolume'],
  id: 'invalid-persistent-volume',
  severity: 'error',
  title: 'The PersistentVolume does not say what and where it is',
  why: 'The API server refuses it: a volume has one source, access modes and a size, and one that is local says on which nodes it is.',
  remedy: 'Give the volume capacity.storage, accessModes and one source, and a local one nodeAffinity.',
  mirrors: [
    'core/validation ValidatePersistentVolumeSpec',
    'core/validation validateLocalVolumeSource',
    'core/validation validateCSIPersistentVolumeSource',
    'core/validation validateNFSVolumeSource',
  ],
  bad: `apiVersion: v1
kind: PersistentVolume
metadata:
  name: disk
spec:
  capacity:
    storage: 100Gi
  accessModes: [ReadWriteOnce]
  local:
# ^^^^^ error invalid-persistent-volume
    path: /mnt/disk
`,
  good: `apiVersion: v1
kind: PersistentVolume
metadata:
  name: disk
spec:
  capacity:
    storage: 100Gi
  accessModes: [ReadWriteOnce]
  local:
    path: /mnt/disk
  nodeAffinity:
    required:
      nodeSelectorTerms:
        - matchExpressions:
            - key: kubernetes.io/hostname
              operator: In
              values: [node-1]
`,
  visit(visit, report) {
    const { value: volume } = visit;
    const spec = volume.get('spec');
    if (spec.unknown || (spec.present && !spec.map)) return;
    const judge = new Judge(visit, report);
    if (spec.absent) {
      judge.lacks(volume, 'spec', 'A volume needs a "spec" with "capacity.storage", "accessModes" and a source');
      return;
    }
    checkAccessModes(judge, spec, 'A volume');
    checkCapacity(judge, spec);
    for (const field of ['storageClassName', 'volumeAttributesClassName'])
      judge.form(spec.get(field), dns1123Subdomain);
    const present = presentOf(spec, sources);
    if (present.length === 0)
      judge.lacks(spec, 'csi', 'A volume needs a source that says where it is, such as "csi" or "nfs"');
    const [first, ...more] = present;
    for (const field of more)
      judge.refuseField(spec.get(field), `A volume has one source, and this one has "${first ?? ''}" already`, {
        related: [spec.get(first ?? ''), 'The first source'],
        fixes: () => judge.remove(spec, field),
      });
    if (first) checkSource(judge, spec, first, spec.get(first));
    checkAffinity(judge, spec);
  },
};

function checkCapacity(judge: Judge, spec: Value): void {
  const capacity = spec.get('capacity');
  if (capacity.unknown) return;
  const size = capacity.get('storage');
  if (size.absent) {
    const way: readonly (readonly [Value, string])[] = [
      [capacity, 'storage'],
      [spec, 'capacity'],
    ];
    const [holder, field] = way.find(([value]) => value.present) ?? [spec, 'capacity'];
    judge.lacks(holder, field, 'A volume needs its size in "capacity.storage"');
  }
  for (const { name, value } of capacity.entries) {
    const amount = sizeOf(value);
    if (name !== 'storage')
      judge.refuseField(value, `A volume's capacity is its "storage" alone, and not "${name}"`, {
        fixes: () => judge.remove(capacity, name, true),
      });
    else if (amount !== undefined && amount <= 0n) judge.refuse(value, 'The size of a volume is above 0');
  }
}

function checkSource(judge: Judge, spec: Value, field: string, source: Value): void {
  const path = source.get('path');
  const hasSteps = (path.text ?? '').split('/').includes('..');
  switch (field) {
    case 'hostPath':
      if (hasSteps) judge.refuse(path, `"${path.text ?? ''}" must not have ".."`);
      if (
        path.text !== undefined &&
        /^\/*$/.test(path.text) &&
        path.text !== '' &&
        spec.get('persistentVolumeReclaimPolicy').text === 'Recycle'
      )
        judge.refuse(path, "The root of a node can't be recycled", {
          related: [spec.get('persistentVolumeReclaimPolicy'), 'The reclaim policy'],
        });
      break;
    case 'local':
      if (hasSteps) judge.refuse(path, `"${path.text ?? ''}" must not have ".."`);
      if (spec.get('nodeAffinity').absent) {
        const message = 'A local volume needs "nodeAffinity", which says on which nodes it is';
        if (spec.get('nodeAffinity').pair) judge.lacks(spec, 'nodeAffinity', message);
        else judge.refuseField(source, message, { ofAbsence: true });
      }
      break;
    case 'nfs':
      if (path.text !== undefined && path.text !== '' && !path.text.startsWith('/'))
        judge.refuse(path, `"${path.text}" must be an absolute path`, {
          fixes: () => judge.change(path, `/${path.text ?? ''}`),
        });
      break;
    case 'csi':
      judge.form(source.get('driver'), (text) =>
        text.length > 63 ? 'must have no more than 63 characters' : dns1123Subdomain(text.toLowerCase()),
      );
      for (const secret of [
        'controllerPublishSecretRef',
        'nodePublishSecretRef',
        'nodeStageSecretRef',
        'controllerExpandSecretRef',
        'nodeExpandSecretRef',
      ])
        if (source.get(secret).present && !source.get(secret).unknown)
          for (const part of ['name', 'namespace'])
            if (source.get(secret).get(part).absent || source.get(secret).get(part).text === '')
              judge.lacks(source.get(secret), part, `"${secret}" needs a "${part}"`);
      break;
  }
}

/** Its terms are judged with those of pods. */
function checkAffinity(judge: Judge, spec: Value): void {
  const affinity = spec.get('nodeAffinity');
  if (affinity.map && !affinity.unknown && affinity.get('required').absent)
    judge.lacks(affinity, 'required', 'A volume\'s "nodeAffinity" needs "required"');
}
