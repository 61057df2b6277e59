import { dns1123Label, dns1123Subdomain } from '../../kubernetes/forms.ts';
import type { SchemaRule } from '../rule.ts';
import { remove } from './fixes.ts';
import { isPod } from './pod.ts';

export const volumeSource: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['Volume', 'VolumeProjection', 'DownwardAPIVolumeFile'],
  id: 'volume-source',
  severity: 'error',
  mirrors: [
    'core/validation validateVolumeSource',
    'core/validation validateProjectionSources',
    'core/validation validateDownwardAPIVolumeFile',
    'core/validation ValidateVolumes',
  ],
  title: 'A volume has more than one source, or a part of it has none',
  why: 'A volume has one source (none is an emptyDir), each entry of a projected volume one, and a file of the downward API either a field or a resource. The API server refuses anything else.',
  remedy: 'Keep one source, or make two volumes.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts:
        - name: settings
          mountPath: /etc/settings
  volumes:
    - name: settings
      emptyDir: {}
      hostPath:
#     ^^^^^^^^ error volume-source
        path: /etc/settings
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts:
        - name: settings
          mountPath: /etc/settings
  volumes:
    - name: settings
      hostPath:
        path: /etc/settings
`,
  visit(visit, report) {
    const { schema, value, document } = visit;
    if (schema.type !== 'object' || value.unknown) return;
    const isFile = schema.name === 'DownwardAPIVolumeFile';
    const noun = isFile ? 'file' : schema.name === 'Volume' ? 'volume' : 'entry';
    const sources = value.entries.filter(({ name }) =>
      isFile ? name === 'fieldRef' || name === 'resourceFieldRef' : name !== 'name' && schema.fields.has(name),
    );
    const [first, ...others] = sources;
    if (isFile && !first)
      report({
        span: value.get('path').keySpan,
        ofAbsence: true,
        message: 'A file of the downward API needs a fieldRef or a resourceFieldRef: the API server refuses it.',
      });
    for (const other of others)
      report({
        span: { start: other.key.start, end: other.key.end },
        message: `This ${noun} has a source already (${first?.name}): the API server refuses more than one.`,
        related: first
          ? [{ document, span: { start: first.key.start, end: first.key.end }, message: 'The first source' }]
          : [],
        fixes: () => [other, ...(first ? [first] : [])].flatMap(({ name }) => remove(visit, value, name, false)),
      });
    if (schema.name === 'Volume' && isPod(visit)) claimOfPod();

    /** A Pod's own name is in the names of the claims that its ephemeral volumes make. */
    function claimOfPod(): void {
      const pod = visit.root.get('metadata').get('name').text;
      if (!pod) return;
      const name = value.get('name');
      if (value.get('ephemeral').present && name.text) {
        const fault = dns1123Subdomain(`${pod}-${name.text}`);
        if (fault !== undefined && dns1123Subdomain(pod) === undefined && dns1123Label(name.text) === undefined)
          report({
            span: name.span,
            message: `The claim of this volume would be called "${pod}-${name.text}", which ${fault}: the API server refuses it.`,
          });
      }
      const claim = value.get('persistentVolumeClaim').get('claimName');
      if (!claim.text) return;
      const made = visit.root
        .get('spec')
        .get('volumes')
        .items.some(
          (volume) => volume.get('ephemeral').present && `${pod}-${volume.get('name').text ?? ''}` === claim.text,
        );
      if (made)
        report({
          span: claim.span,
          message: `The claim "${claim.text}" is made for an ephemeral volume of this pod: the API server refuses to use it as another volume.`,
        });
    }
  },
};
