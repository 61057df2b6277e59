import type { Form } from '../../kubernetes/forms.ts';
import { pathWithoutBacksteps, relativePath, volumeFilePath } from '../../kubernetes/paths.ts';
import type { Value } from '../../syntax/value.ts';
import { closedGate } from '../../tables/feature-gates.ts';
import type { SchemaRule, SchemaVisit } from '../rule.ts';
import { changeTo } from './fixes.ts';

export const volumePath: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: [
    'KeyToPath',
    'DownwardAPIVolumeFile',
    'ServiceAccountTokenProjection',
    'ClusterTrustBundleProjection',
    'PodCertificateProjection',
    'GitRepoVolumeSource',
    'HostPathVolumeSource',
    'LocalVolumeSource',
    'NFSVolumeSource',
    'ProjectedVolumeSource',
  ],
  id: 'volume-path',
  severity: 'error',
  mirrors: [
    'core/validation ValidateLocalNonReservedPath',
    'core/validation validateProjectionSources',
    'core/validation validateHostPathVolumeSource',
    'core/validation validateNFSVolumeSource',
  ],
  title: 'A path in a volume leads elsewhere, or stands twice',
  why: 'Files of a volume have relative paths without "..", each its own; a path of the node has no ".."; one of an NFS server is absolute. The API server refuses anything else.',
  remedy: 'Use a path of that form.',
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
      configMap:
        name: settings
        items:
          - key: web.conf
            path: /web.conf
#                 ^^^^^^^^^ error volume-path
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  web.conf: ""
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
      configMap:
        name: settings
        items:
          - key: web.conf
            path: web.conf
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  web.conf: ""
`,
  visit(visit, report) {
    const { schema, value } = visit;
    const type = schema.type === 'object' ? schema.name : '';
    if (type === 'ProjectedVolumeSource') {
      for (const [path, earlier] of pathsTwice(visit))
        report({
          // Where the server puts it, for lack of one file that is to blame.
          span: value.keySpan,
          message: `Two sources of this volume write ${path.text}: the API server refuses it.`,
          related: [earlier, path].map(({ span }) => ({
            document: visit.document,
            span,
            message: `${path.text} is written here`,
          })),
        });
      return;
    }
    for (const [field, form] of pathsOf(visit, type)) {
      const path = value.get(field);
      const fault = path.text ? form(path.text) : undefined;
      if (fault === undefined) continue;
      report({
        span: path.span,
        message: `${field} ${fault}: the API server refuses "${path.text}".`,
        fixes: () => {
          const text = path.text ?? '';
          const near = form === absolutePath ? `/${text}` : text.replace(/^\/+/, '');
          return near !== '' && form(near) === undefined ? changeTo(visit, path, near) : [];
        },
      });
    }
  },
};

const absolutePath: Form = (text) => (text.startsWith('/') ? undefined : 'must be an absolute path');

function pathsOf({ path }: SchemaVisit, type: string): readonly (readonly [field: string, form: Form])[] {
  switch (type) {
    case 'GitRepoVolumeSource':
      return [['directory', relativePath]];
    case 'HostPathVolumeSource':
    case 'LocalVolumeSource':
      return [['path', pathWithoutBacksteps]];
    case 'NFSVolumeSource':
      return [['path', absolutePath]];
    case 'PodCertificateProjection':
      return ['credentialBundlePath', 'keyPath', 'certificateChainPath'].map((field) => [field, volumeFilePath]);
    default:
      // `items` of a projected volume and of a volume of one source alike.
      return path.length > 0 ? [['path', volumeFilePath]] : [];
  }
}

/** The paths of a projected volume's files that another has already; a token's isn't compared. */
function pathsTwice({ value: volume, model }: SchemaVisit): readonly (readonly [Value, Value])[] {
  const first = new Map<string, Value>();
  const twice: [Value, Value][] = [];
  for (const source of volume.get('sources').items) {
    const paths = ['secret', 'configMap', 'downwardAPI'].flatMap((kind) =>
      source
        .get(kind)
        .get('items')
        .items.map((item) => item.get('path')),
    );
    const kept = (field: string): boolean => !closedGate('VolumeProjection', field, model.release);
    if (kept('clusterTrustBundle')) paths.push(source.get('clusterTrustBundle').get('path'));
    const certificate = source.get('podCertificate');
    if (kept('podCertificate'))
      paths.push(...['credentialBundlePath', 'keyPath', 'certificateChainPath'].map((field) => certificate.get(field)));
    for (const path of paths) {
      if (!path.text) continue;
      const earlier = first.get(path.text);
      if (earlier) twice.push([path, earlier]);
      else first.set(path.text, path);
    }
  }
  return twice;
}
