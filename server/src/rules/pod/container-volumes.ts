import { pathWithoutBacksteps } from '../../kubernetes/paths.ts';
import type { Value } from '../../syntax/value.ts';
import type { Finding, SchemaRule, SchemaVisit } from '../rule.ts';
import { podSpecOf } from './pod.ts';

export const containerVolumes: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['Container', 'EphemeralContainer'],
  id: 'container-volumes',
  severity: 'error',
  mirrors: [
    'core/validation ValidateVolumeDevices',
    'core/validation ValidateVolumeMounts',
    'core/validation validateMountPropagation',
    'core/validation validateFileKeyRefVolumes',
  ],
  title: "A container can't use a volume in this way",
  why: 'A block device is a claim, stands once and is not mounted as well; only a privileged container may hand mounts on to the node; variables are read from files of an emptyDir alone. The API server refuses anything else.',
  remedy: 'Use a claim for volumeDevices, another path, or a privileged container.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: db
spec:
  containers:
    - name: db
      image: postgres:17
      volumeDevices:
        - name: data
#               ^^^^ error container-volumes
          devicePath: /dev/xvda
  volumes:
    - name: data
      emptyDir: {}
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: db
spec:
  containers:
    - name: db
      image: postgres:17
      volumeDevices:
        - name: data
          devicePath: /dev/xvda
  volumes:
    - name: data
      persistentVolumeClaim:
        claimName: data
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 1Gi
`,
  visit(visit, report) {
    const { value } = visit;
    if (value.unknown) return;
    propagation(visit, report);
    const devices = value.get('volumeDevices').items;
    if (devices.length > 0) checkDevices(visit, devices, report);
    for (const variable of value.get('env').items) fileVariable(visit, variable, report);
  },
};

type Report = (finding: Finding) => void;

function propagation({ value }: SchemaVisit, report: Report): void {
  const privileged = value.get('securityContext').get('privileged');
  if (privileged.unknown || privileged.boolean === true) return;
  for (const mount of value.get('volumeMounts').items) {
    const at = mount.get('mountPropagation');
    if (at.text !== 'Bidirectional') continue;
    report({
      span: at.span,
      ofAbsence: privileged.absent,
      message:
        'mountPropagation: Bidirectional is for privileged containers only (securityContext.privileged: true): the API server refuses it.',
    });
  }
}

function checkDevices(visit: SchemaVisit, devices: readonly Value[], report: Report): void {
  const { value, document } = visit;
  const mounts = value.get('volumeMounts').items;
  const mountNames = byText(mounts, 'name');
  const mountPaths = byText(mounts, 'mountPath');
  const volumes = byText(podSpecOf(visit)?.get('volumes').items ?? [], 'name');
  const names = new Map<string, Value>();
  const paths = new Map<string, Value>();
  const taken = (at: Value, other: Value, message: string): void =>
    report({ span: at.span, message, related: [{ document, span: other.span, message: 'The other use' }] });
  for (const device of devices) {
    const name = device.get('name');
    if (name.text) {
      const earlier = names.get(name.text);
      const mount = mountNames.get(name.text)?.get('name');
      const volume = volumes.get(name.text);
      if (earlier)
        taken(
          name,
          earlier,
          `The volume "${name.text}" is a device of this container already: the API server refuses it.`,
        );
      else names.set(name.text, name);
      if (mount)
        taken(
          name,
          mount,
          `The volume "${name.text}" is mounted in this container as well: the API server refuses it.`,
        );
      if (volume && !volume.unknown && volume.get('persistentVolumeClaim').absent && volume.get('ephemeral').absent)
        taken(
          name,
          volume.get('name'),
          `A device needs a persistentVolumeClaim or an ephemeral volume, and "${name.text}" is none: the API server refuses it.`,
        );
    }
    const path = device.get('devicePath');
    if (!path.text) continue;
    const fault = pathWithoutBacksteps(path.text);
    const earlier = paths.get(path.text);
    const mount = mountPaths.get(path.text)?.get('mountPath');
    if (fault !== undefined)
      report({ span: path.span, message: `devicePath ${fault}: the API server refuses "${path.text}".` });
    else if (earlier)
      taken(path, earlier, `Another device of this container has the path ${path.text}: the API server refuses it.`);
    else paths.set(path.text, path);
    if (mount) taken(path, mount, `A volume is mounted at ${path.text} in this container: the API server refuses it.`);
  }
}

/** Items by the text of a field. */
function byText(items: readonly Value[], field: string): ReadonlyMap<string, Value> {
  return new Map(items.map((item) => [item.get(field).text ?? '', item]));
}

function fileVariable(visit: SchemaVisit, variable: Value, report: Report): void {
  const reference = variable.get('valueFrom').get('fileKeyRef');
  if (reference.absent || visit.model.release < 35) return;
  const name = reference.get('volumeName');
  const spec = podSpecOf(visit);
  if (!name.text || !spec) return;
  const volume = spec.get('volumes').items.find((item) => item.get('name').text === name.text);
  // A volume without a source is an emptyDir.
  if (volume && (volume.unknown || volume.get('emptyDir').present || volume.entries.length === 1)) return;
  report({
    span: name.span,
    ofAbsence: !volume,
    message: volume
      ? `Variables can only be read from files of an emptyDir, and "${name.text}" is none: the API server refuses it.`
      : `The pod has no volume "${name.text}": the API server refuses it.`,
  });
}
