import { dns1123Subdomain } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge, known } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';
import { checkAccessModes } from './access-modes.ts';
import { sizeOf } from './invalid-claim.ts';
import { checkPersistentSource } from './persistent-source.ts';

/** From then on a volume's attributes class is looked at. */
const attributesClasses = 34;

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
# ^^^^ error invalid-persistent-volume
  capacity:
    storage: 100Gi
  accessModes: [ReadWriteOnce]
  local:
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
    judge.form(spec.get('storageClassName'), dns1123Subdomain);
    checkPersistentSource(judge, spec);
    if (visit.model.release >= attributesClasses) checkAttributesClass(judge, spec);
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

/** What an attributes class changes, a CSI driver does. */
function checkAttributesClass(judge: Judge, spec: Value): void {
  const name = spec.get('volumeAttributesClassName');
  if (!known(name)) return;
  if (name.text === '') judge.refuse(name, '"volumeAttributesClassName" must not be empty');
  else judge.form(name, dns1123Subdomain);
  if (spec.get('csi').absent)
    judge.refuseField(name, '"volumeAttributesClassName" is for volumes of a CSI driver, in "csi"', {
      ofAbsence: true,
      fixes: () => judge.remove(spec, 'volumeAttributesClassName'),
    });
}

/** Its terms are judged with those of pods. */
function checkAffinity(judge: Judge, spec: Value): void {
  const affinity = spec.get('nodeAffinity');
  if (affinity.map && !affinity.unknown && affinity.get('required').absent)
    judge.lacks(affinity, 'required', 'A volume\'s "nodeAffinity" needs "required"');
}
