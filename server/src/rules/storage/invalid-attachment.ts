import { dns1123Subdomain, type Form, qualifiedName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge, known } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';
import { checkAccessModes } from './access-modes.ts';
import { checkPersistentSource } from './persistent-source.ts';

export const invalidAttachment: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['VolumeAttachmentSpec', 'CSINodeSpec'],
  id: 'invalid-attachment',
  severity: 'error',
  title: 'The attachment names no volume, or a driver of the node cannot be',
  why: 'The API server refuses it: what is attached is a PersistentVolume or a volume in the spec, and each driver of a node has a name of its own.',
  remedy: 'Name the volume in source.persistentVolumeName.',
  mirrors: [
    'storage/validation validateVolumeAttachmentSource',
    'storage/validation ValidateVolumeAttachmentV1',
    'core/validation ValidatePersistentVolumeSpec',
    'storage/validation validateCSINodeSpec',
  ],
  bad: `apiVersion: storage.k8s.io/v1
kind: VolumeAttachment
metadata:
  name: data
spec:
  attacher: ebs.csi.aws.com
  nodeName: node-1
  source: {}
# ^^^^^^ error invalid-attachment
`,
  good: `apiVersion: storage.k8s.io/v1
kind: VolumeAttachment
metadata:
  name: data
spec:
  attacher: ebs.csi.aws.com
  nodeName: node-1
  source:
    persistentVolumeName: data
`,
  visit(visit, report) {
    const { value: spec, schema } = visit;
    if (spec.unknown) return;
    const judge = new Judge(visit, report);
    if (schema.type === 'object' && schema.name === 'VolumeAttachmentSpec') {
      const source = spec.get('source');
      const [name, inline] = [source.get('persistentVolumeName'), source.get('inlineVolumeSpec')];
      if (name.present && name.text !== '' && inline.present)
        judge.refuseField(inline, 'One volume is attached: by name or as it stands here', {
          related: [name, 'The name'],
          fixes: () => judge.remove(source, 'inlineVolumeSpec'),
        });
      else if (source.present && (name.absent || name.text === '') && inline.absent)
        judge.lacks(source, 'persistentVolumeName', 'What is attached needs a "persistentVolumeName"');
      else if (known(inline)) checkInline(judge, inline);
      judge.form(spec.get('attacher'), driverName);
      judge.form(spec.get('nodeName'), dns1123Subdomain);
      judge.form(name, dns1123Subdomain);
      return;
    }
    const drivers = spec.get('drivers').items;
    for (const driver of drivers) {
      judge.form(driver.get('name'), driverName);
      judge.form(driver.get('nodeID'), (text) =>
        text.length > 256 ? 'must have no more than 256 characters' : undefined,
      );
      judge.range(driver.at('allocatable', 'count'), 0);
      for (const key of driver.get('topologyKeys').items) judge.form(key, qualifiedName, { empty: true });
      judge.unique(
        driver.get('topologyKeys').items,
        ({ text }) => text,
        (key) => key,
        'key',
      );
    }
    judge.unique(
      drivers,
      (driver) => driver.get('name').text || undefined,
      (driver) => driver.get('name'),
      'driver',
    );
  },
};

/** What a volume that is attached as it stands can't have: it is no object that is claimed and kept. */
function checkInline(judge: Judge, spec: Value): void {
  checkAccessModes(judge, spec, 'A volume');
  for (const field of ['claimRef', 'capacity', 'nodeAffinity', 'storageClassName']) {
    const value = spec.get(field);
    if (value.absent || value.unknown || value.text === '' || (field === 'capacity' && value.entries.length === 0))
      continue;
    judge.refuseField(value, `A volume that stands in an attachment has no "${field}"`, {
      fixes: () => judge.remove(spec, field),
    });
  }
  for (const [field, only] of [
    ['persistentVolumeReclaimPolicy', 'Retain'],
    ['volumeMode', 'Filesystem'],
  ] as const) {
    const value = spec.get(field);
    if (value.text && value.text !== only)
      judge.refuse(value, `"${field}" of a volume that stands in an attachment is ${only} alone`, {
        fixes: () => judge.change(value, only),
      });
  }
  if (spec.get('csi').absent) judge.lacks(spec, 'csi', 'A volume that stands in an attachment needs "csi"');
  else checkPersistentSource(judge, spec);
}

/** ValidateCSIDriverName. */
const driverName: Form = (text) =>
  text.length > 63
    ? `must have no more than 63 characters, and has ${text.length}`
    : /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/i.test(text)
      ? undefined
      : 'must consist of letters, digits, "-" and "."';
