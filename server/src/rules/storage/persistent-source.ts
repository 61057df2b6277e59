import { dns1123Label, dns1123Subdomain, type Form } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { type Judge, known, presentOf } from '../judge.ts';

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

/** Judges where the volume is: one source, and what each kind of source minds (ValidatePersistentVolumeSpec). */
export function checkPersistentSource(judge: Judge, spec: Value): void {
  const present = presentOf(spec, sources);
  if (present.length === 0)
    judge.lacks(spec, 'csi', 'A volume needs a source that says where it is, such as "csi" or "nfs"');
  const [first, ...more] = present;
  for (const field of more)
    judge.refuseField(spec.get(field), `A volume has one source, and this one has "${first ?? ''}" already`, {
      related: [spec.get(first ?? ''), 'The first source'],
      fixes: () => judge.remove(spec, field),
    });
  const source = spec.get(first ?? '');
  if (first && known(source)) checks[first]?.(judge, source, spec);
}

/** ValidateCSIDriverName. */
export const csiDriver: Form = (text) =>
  text.length > 63
    ? `must have no more than 63 characters, and has ${text.length}`
    : dns1123Subdomain(text.toLowerCase());

type Check = (judge: Judge, source: Value, spec: Value) => void;

const withoutSteps: Check = (judge, source) => {
  const path = source.get('path');
  if (path.text?.split('/').includes('..')) judge.refuse(path, `"${path.text}" must not have ".."`);
};

const hostPath: Check = (judge, source, spec) => {
  withoutSteps(judge, source, spec);
  const path = source.get('path');
  const policy = spec.get('persistentVolumeReclaimPolicy');
  if (path.text && /^\/+$/.test(path.text) && policy.text === 'Recycle')
    judge.refuse(path, "The root of a node can't be recycled", { related: [policy, 'The reclaim policy'] });
};

const local: Check = (judge, source, spec) => {
  withoutSteps(judge, source, spec);
  if (spec.get('nodeAffinity').absent)
    judge.lacks(spec, 'nodeAffinity', 'A local volume needs "nodeAffinity", which says on which nodes it is', {
      related: [source, 'The local volume'],
    });
};

const nfs: Check = (judge, source) => {
  const path = source.get('path');
  if (path.text && !path.text.startsWith('/'))
    judge.refuse(path, `"${path.text}" must be an absolute path`, {
      fixes: () => judge.change(path, `/${path.text ?? ''}`),
    });
};

/** Some sources take a Secret by a name and a namespace, others by a name alone; few look at their forms. */
function checkSecret(judge: Judge, source: Value, field: string, parts: readonly string[], forms = false): void {
  const secret = source.get(field);
  if (!known(secret)) return;
  for (const part of parts)
    if (secret.get(part).absent || secret.get(part).text === '')
      judge.lacks(secret, part, `"${field}" needs a "${part}"`);
  if (!forms) return;
  judge.form(secret.get('name'), dns1123Subdomain);
  judge.form(secret.get('namespace'), dns1123Label);
}

const whole = ['name', 'namespace'];

const csi: Check = (judge, source) => {
  judge.form(source.get('driver'), csiDriver);
  // Nobody looks at nodeStageSecretRef.
  for (const field of [
    'controllerPublishSecretRef',
    'controllerExpandSecretRef',
    'nodePublishSecretRef',
    'nodeExpandSecretRef',
  ])
    checkSecret(judge, source, field, whole, true);
};

/** A namespace that is written is one. */
const namespaceIn =
  (field: string, form?: Form): Check =>
  (judge, source) => {
    if (source.get(field).text === '') judge.refuse(source.get(field), `"${field}" must not be empty`);
    else if (form) judge.form(source.get(field), form);
  };

const checks: Readonly<Record<string, Check>> = {
  hostPath,
  local,
  nfs,
  csi,
  azureFile: namespaceIn('secretNamespace'),
  glusterfs: namespaceIn('endpointsNamespace', dns1123Label),
  cinder: (judge, source) => checkSecret(judge, source, 'secretRef', whole),
  iscsi: (judge, source) => checkSecret(judge, source, 'secretRef', ['name']),
  storageos: (judge, source) => {
    for (const field of ['volumeName', 'volumeNamespace']) judge.form(source.get(field), dns1123Label);
    checkSecret(judge, source, 'secretRef', whole);
  },
};
