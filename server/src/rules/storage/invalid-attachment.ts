import { type Form, qualifiedName } from '../../kubernetes/forms.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

export const invalidAttachment: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['VolumeAttachmentSpec', 'CSINodeSpec'],
  id: 'invalid-attachment',
  severity: 'error',
  title: 'The attachment names no volume, or a driver of the node cannot be',
  why: 'The API server refuses it: what is attached is a PersistentVolume or a volume in the spec, and each driver of a node has a name of its own.',
  remedy: 'Name the volume in source.persistentVolumeName.',
  mirrors: ['storage/validation validateVolumeAttachmentSource', 'storage/validation validateCSINodeSpec'],
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
      judge.form(spec.get('attacher'), driverName);
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

/** ValidateCSIDriverName. */
const driverName: Form = (text) =>
  text.length > 63
    ? `must have no more than 63 characters, and has ${text.length}`
    : /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/i.test(text)
      ? undefined
      : 'must consist of letters, digits, "-" and "."';
