import { dns1123Label, dns1123Subdomain, type Form, qualifiedName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { closedGate } from '../../tables/feature-gates.ts';
import type { DraftFix, SchemaRule, SchemaVisit } from '../rule.ts';
import { podSpecOf } from './pod.ts';

export const podNameForm: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: [
    'Container',
    'EphemeralContainer',
    'Volume',
    'PodSpec',
    'PodResourceClaim',
    'ResourceClaim',
    'PodReadinessGate',
    'ConfigMapKeySelector',
    'SecretKeySelector',
    'FileKeySelector',
    'ConfigMapEnvSource',
    'SecretEnvSource',
    'CSIVolumeSource',
  ],
  id: 'pod-name-form',
  severity: 'error',
  mirrors: [
    'core/validation ValidatePodSpec',
    'core/validation ValidateVolumes',
    'core/validation validateContainerCommon',
    'core/validation validateSecretKeySelector',
    'core/validation validateConfigMapEnvSource',
    'core/validation validatePodResourceClaim',
  ],
  title: 'A name in a pod template has the wrong form',
  why: 'Containers, volumes and host names are DNS labels; what names another object is a DNS subdomain. The API server refuses anything else.',
  remedy: 'Use lower-case letters, digits and "-".',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: Web_Server
#           ^^^^^^^^^^ error pod-name-form
      image: nginx:1.27
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web-server
      image: nginx:1.27
`,
  visit(visit, report) {
    const { schema, value, model } = visit;
    const type = schema.type === 'object' ? schema.name : '';
    for (const [field, form] of fieldsOf[type] ?? []) {
      if (closedGate(type, field, model.release)) continue;
      const at = value.get(field);
      const { text } = at;
      // An empty name is a missing one, but for pointers in Go.
      if (text === undefined || (text === '' && !pointers.has(field))) continue;
      const fault = form(text);
      if (fault === undefined) continue;
      report({
        span: at.span,
        message: `"${text}" is no valid ${field === 'name' ? 'name' : field}: it ${fault}. The API server refuses it.`,
        fixes: () => renamed(visit, at, field, form),
      });
    }
  },
};

/** An empty string in one of these is something, and no valid name. */
const pointers: ReadonlySet<string> = new Set(['runtimeClassName', 'resourceClaimName', 'resourceClaimTemplateName']);

/** Names that may get something appended: NameIsDNSSubdomain with its prefix flag (maskTrailingDash). */
const subdomainPrefix: Form = (text) =>
  dns1123Subdomain(text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text);

const override: Form = (text) =>
  text.length > 64 ? `must have no more than 64 characters, and has ${text.length}` : dns1123Subdomain(text);

/** ValidateCSIDriverName: case doesn't count. */
const driver: Form = (text) =>
  text.length > 63
    ? `must have no more than 63 characters, and has ${text.length}`
    : dns1123Subdomain(text.toLowerCase());

const fieldsOf: Readonly<Record<string, readonly (readonly [field: string, form: Form])[]>> = {
  Container: [['name', dns1123Label]],
  EphemeralContainer: [['name', dns1123Label]],
  Volume: [['name', dns1123Label]],
  PodSpec: [
    ['hostname', dns1123Label],
    ['subdomain', dns1123Label],
    ['nodeName', dns1123Subdomain],
    ['serviceAccountName', dns1123Subdomain],
    ['priorityClassName', dns1123Subdomain],
    ['runtimeClassName', dns1123Subdomain],
    ['hostnameOverride', override],
  ],
  PodResourceClaim: [
    ['name', dns1123Label],
    ['resourceClaimName', dns1123Subdomain],
    ['resourceClaimTemplateName', dns1123Subdomain],
  ],
  ResourceClaim: [['request', dns1123Label]],
  PodReadinessGate: [['conditionType', qualifiedName]],
  ConfigMapKeySelector: [['name', dns1123Subdomain]],
  SecretKeySelector: [['name', dns1123Subdomain]],
  FileKeySelector: [['volumeName', dns1123Label]],
  ConfigMapEnvSource: [['name', subdomainPrefix]],
  SecretEnvSource: [['name', subdomainPrefix]],
  CSIVolumeSource: [['driver', driver]],
};

/** The name in lower case, with "-" for what may not stand there; the mounts of a volume follow. */
function renamed(visit: SchemaVisit, at: Value, field: string, form: Form): readonly DraftFix[] {
  const { document, schema } = visit;
  const text = at.text ?? '';
  const name = text
    .toLowerCase()
    .replace(form === dns1123Label ? /[^-a-z0-9]+/g : /[^-.a-z0-9]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  if (name === '' || form(name) !== undefined) return [];
  const isVolume = schema.type === 'object' && schema.name === 'Volume' && field === 'name';
  const places = [at, ...(isVolume ? mountsOf(visit, text) : [])];
  const edits = places.flatMap(({ scalar }) =>
    scalar ? [{ document, span: { start: scalar.start, end: scalar.end }, newText: name }] : [],
  );
  return [{ title: `Change to "${name}"`, preferred: true, edits }];
}

function mountsOf(visit: SchemaVisit, name: string): readonly Value[] {
  const spec = podSpecOf(visit);
  return ['containers', 'initContainers', 'ephemeralContainers'].flatMap((list) =>
    (spec?.get(list).items ?? []).flatMap((container) =>
      ['volumeMounts', 'volumeDevices'].flatMap((mounts) =>
        container
          .get(mounts)
          .items.map((mount) => mount.get('name'))
          .filter(({ text }) => text === name),
      ),
    ),
  );
}
