import { dns1123Label, dns1123Subdomain, signerName } from '../../kubernetes/forms.ts';
import { parseQuantity } from '../../kubernetes/quantity.ts';
import type { Value } from '../../syntax/value.ts';
import type { Finding, SchemaRule, SchemaVisit } from '../rule.ts';
import { remove } from './fixes.ts';
import { isPod } from './pod.ts';

export const volumeSettings: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: [
    'EmptyDirVolumeSource',
    'ServiceAccountTokenProjection',
    'ClusterTrustBundleProjection',
    'PodCertificateProjection',
    'ISCSIVolumeSource',
    'ISCSIPersistentVolumeSource',
    'FCVolumeSource',
    'GCEPersistentDiskVolumeSource',
    'AWSElasticBlockStoreVolumeSource',
    'FlockerVolumeSource',
    'QuobyteVolumeSource',
    'AzureDiskVolumeSource',
    'FlexVolumeSource',
    'FlexPersistentVolumeSource',
    'StorageOSVolumeSource',
    'CinderVolumeSource',
    'CSIVolumeSource',
    'PersistentVolumeClaimTemplate',
    'ImageVolumeSource',
  ],
  id: 'volume-settings',
  severity: 'error',
  mirrors: [
    'core/validation validateVolumeSource',
    'core/validation validateProjectionSources',
    'core/validation validateISCSIVolumeSource',
    'core/validation validateFCVolumeSource',
    'core/validation validateAzureDisk',
    'core/validation validateFlexVolumeSource',
    'core/validation ValidateTemplateObjectMeta',
  ],
  title: "A volume's settings are out of range, or contradict each other",
  why: 'The API server refuses them.',
  remedy: 'Use a value that the message allows.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts:
        - name: token
          mountPath: /var/run/token
  volumes:
    - name: token
      projected:
        sources:
          - serviceAccountToken:
              path: token
              expirationSeconds: 60
#                                ^^ error volume-settings
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
        - name: token
          mountPath: /var/run/token
  volumes:
    - name: token
      projected:
        sources:
          - serviceAccountToken:
              path: token
              expirationSeconds: 600
`,
  visit(visit, report) {
    const { schema, value } = visit;
    if (schema.type === 'object' && !value.unknown) checks[schema.name]?.(visit, value, report);
  },
};

type Report = (finding: Finding) => void;
type Check = (visit: SchemaVisit, value: Value, report: Report) => void;

const within =
  (field: string, least: number, most: number): Check =>
  (_visit, value, report) => {
    const at = value.get(field);
    if (at.integer === undefined || (at.integer >= least && at.integer <= most)) return;
    report({
      span: at.span,
      message: `${field} must be from ${least} to ${most}: the API server refuses ${at.integer}.`,
    });
  };

const both =
  (...all: readonly Check[]): Check =>
  (visit, value, report) => {
    for (const check of all) check(visit, value, report);
  };

/** One of two fields, not both. */
const either =
  (one: string, other: string, needed: boolean): Check =>
  (visit, value, report) => {
    const [a, b] = [value.get(one), value.get(other)];
    if (a.present && b.present)
      report({
        span: b.keySpan,
        message: `Only one of ${one} and ${other} may be set: the API server refuses both.`,
        related: [{ document: visit.document, span: a.keySpan, message: `The other one, ${one}` }],
        fixes: () => [...remove(visit, value, other, false), ...remove(visit, value, one, false)],
      });
    else if (needed && a.absent && b.absent)
      report({
        span: value.keySpan,
        ofAbsence: true,
        message: `One of ${one} and ${other} is needed: the API server refuses it without.`,
      });
  };

const reserved: Check = (_visit, value, report) => {
  for (const { name, key } of value.get('options').entries) {
    const domain = `.${(name.split('/')[0] ?? '').toLowerCase()}`;
    if (/\.(?:kubernetes|k8s)\.io$/.test(domain))
      report({
        span: { start: key.start, end: key.end },
        message: `Options of kubernetes.io and k8s.io are reserved: the API server refuses "${name}".`,
      });
  }
};

const iscsiForms: Readonly<Record<string, RegExp>> = {
  iqn: /iqn\.\d{4}-\d{2}\.([A-Za-z0-9.-]+)(:[^,;*&$|\s]+)$/,
  eui: /^eui.[A-Za-z0-9]{16}$/,
  naa: /^naa.[A-Za-z0-9]{32}$/,
};

const iscsi: Check = (_visit, value, report) => {
  for (const field of ['iqn', 'initiatorName']) {
    const at = value.get(field);
    const { text } = at;
    // An empty iqn is a missing one.
    if (text === undefined || (text === '' && field === 'iqn') || iscsiForms[text.slice(0, 3)]?.test(text)) continue;
    report({
      span: at.span,
      message: `${field} must be a name such as iqn.2001-04.com.example:storage.disk1, or begin with eui or naa: the API server refuses "${text}".`,
    });
  }
  if ((value.get('chapAuthDiscovery').boolean || value.get('chapAuthSession').boolean) && value.get('secretRef').absent)
    report({
      span: value.keySpan,
      ofAbsence: true,
      message: 'CHAP authentication needs a secretRef: the API server refuses it without.',
    });
};

const fibreChannel: Check = (visit, value, report) => {
  const names = value.get('targetWWNs');
  const ids = value.get('wwids');
  const lun = value.get('lun');
  if (names.unknown || ids.unknown) return;
  if (names.items.length > 0 && ids.items.length > 0) either('targetWWNs', 'wwids', true)(visit, value, report);
  else if (names.items.length === 0 && ids.items.length === 0)
    report({
      span: (names.pair ? names : value).keySpan,
      ofAbsence: true,
      message: 'An fc volume needs targetWWNs or wwids: the API server refuses it without.',
    });
  if (names.items.length === 0) return;
  if (lun.absent)
    report({
      span: (lun.pair ? lun : value).keySpan,
      ofAbsence: true,
      message: 'targetWWNs need a lun: the API server refuses them without.',
    });
  else within('lun', 0, 255)(visit, value, report);
};

const azureDisk: Check = (_visit, value, report) => {
  const uri = value.get('diskURI');
  const written = value.get('kind');
  // What isn't written is filled in before anybody looks.
  const kind = written.absent ? 'Shared' : written.text;
  if (!uri.text || kind === undefined) return;
  const wanted = kind === 'Managed' ? '/subscriptions/' : 'https://';
  if (!uri.text.startsWith(wanted))
    report({
      span: uri.span,
      ofAbsence: written.absent,
      message: `The diskURI of a disk of kind ${kind} begins with ${wanted}: the API server refuses "${uri.text}".`,
    });
};

const quobyte: Check = (_visit, value, report) => {
  const registry = value.get('registry');
  const tenant = value.get('tenant');
  if (tenant.text && tenant.text.length >= 65)
    report({ span: tenant.span, message: 'tenant must have no more than 64 characters: the API server refuses it.' });
  else if (registry.text && !registry.text.split(',').every((pair) => /^(?:\[[^\]]*\]|[^:[\]]*):[^:[\]]*$/.test(pair)))
    report({
      span: registry.span,
      message: `registry must be host:port, or several with commas between them: the API server refuses "${registry.text}".`,
    });
};

const flocker: Check = (visit, value, report) => {
  const name = value.get('datasetName');
  const uuid = value.get('datasetUUID');
  // Strings in Go: an empty one is none.
  const empty = [name, uuid].filter(({ text }) => text === '');
  if (empty.length > 0 && [name, uuid].every((at) => at.absent || at.text === ''))
    report({
      span: (empty[0] ?? value).span,
      message: 'One of datasetName and datasetUUID is needed: the API server refuses it without.',
    });
  else if (empty.length === 0) either('datasetName', 'datasetUUID', true)(visit, value, report);
  if (name.text?.includes('/'))
    report({ span: name.span, message: `datasetName must not contain "/": the API server refuses "${name.text}".` });
};

/** A bundle of a signer has the signer's name in front, with ":" for "/". */
const bundleName = (text: string): string | undefined => {
  const at = text.lastIndexOf(':');
  return dns1123Subdomain(at < 0 ? text : text.slice(at + 1));
};

const signer: Check = (_visit, value, report) => {
  const name = value.get('signerName');
  const fault = name.text ? signerName(name.text) : undefined;
  if (fault !== undefined)
    report({
      span: name.span,
      message: `"${name.text}" is no name of a signer: it ${fault}. The API server refuses it.`,
    });
};

const trustBundle: Check = (visit, value, report) => {
  either('name', 'signerName', true)(visit, value, report);
  signer(visit, value, report);
  const name = value.get('name');
  const nameFault = name.text ? bundleName(name.text) : undefined;
  if (nameFault !== undefined)
    report({ span: name.span, message: `"${name.text}" ${nameFault}: the API server refuses it.` });
  const selector = value.get('labelSelector');
  if (selector.present && value.get('name').present && value.get('signerName').absent)
    report({
      span: selector.keySpan,
      message:
        'labelSelector chooses among the bundles of a signer, and does not go with name: the API server refuses it.',
      fixes: () => remove(visit, value, 'labelSelector'),
    });
};

const sizeLimit: Check = (_visit, value, report) => {
  const limit = value.get('sizeLimit');
  const quantity = limit.scalar && !limit.unknown ? parseQuantity(limit.scalar.value) : undefined;
  if (quantity && quantity.nanos < 0n)
    report({
      span: limit.span,
      message: `sizeLimit must not be negative: the API server refuses ${limit.scalar?.value}.`,
    });
};

const storageOs: Check = (_visit, value, report) => {
  for (const field of ['volumeName', 'volumeNamespace']) {
    const at = value.get(field);
    const fault = at.text ? dns1123Label(at.text) : undefined;
    if (fault !== undefined)
      report({ span: at.span, message: `${field} ${fault}: the API server refuses "${at.text}".` });
  }
};

/** A reference that is there has a name. */
const namesSecret =
  (field: string): Check =>
  (_visit, value, report) => {
    const reference = value.get(field);
    const name = reference.get('name');
    if (!reference.map || reference.unknown || (name.present && name.text !== '')) return;
    report({
      span: name.pair ? name.span : reference.keySpan,
      ofAbsence: name.absent,
      message: `${field} names no Secret: the API server refuses it.`,
    });
  };

const nodePublishSecret: Check = (_visit, value, report) => {
  const name = value.get('nodePublishSecretRef').get('name');
  const fault = name.text ? dns1123Subdomain(name.text) : undefined;
  if (fault !== undefined) report({ span: name.span, message: `"${name.text}" ${fault}: the API server refuses it.` });
};

/** Of a claim that is made for a pod, only labels and annotations can be chosen. */
const claimTemplate: Check = (visit, value, report) => {
  const metadata = value.get('metadata');
  for (const { name, key } of metadata.entries) {
    // What exported manifests hold is empty, and counts as nothing.
    if (name === 'labels' || name === 'annotations' || name === 'creationTimestamp') continue;
    report({
      span: { start: key.start, end: key.end },
      message: `The claim of an ephemeral volume gets its name from the pod: "${name}" can't be set here, and the API server refuses it.`,
      fixes: () => remove(visit, metadata, name),
    });
  }
};

const imageReference: Check = (visit, value, report) => {
  const reference = value.get('reference');
  // In a template it may come later, by whoever makes pods of it. ImageVolume is on by default from 1.35 on.
  if (!isPod(visit) || visit.model.release < 35 || reference.unknown || (reference.text ?? '') !== '') return;
  report({
    span: value.keySpan,
    ofAbsence: true,
    message: 'An image volume needs a reference, the name of an image: the API server refuses it without.',
  });
};

const checks: Readonly<Record<string, Check>> = {
  EmptyDirVolumeSource: sizeLimit,
  ServiceAccountTokenProjection: within('expirationSeconds', 600, 2 ** 32),
  ClusterTrustBundleProjection: trustBundle,
  PodCertificateProjection: both(signer, within('maxExpirationSeconds', 3600, 7_862_400)),
  ISCSIVolumeSource: both(iscsi, within('lun', 0, 255)),
  ISCSIPersistentVolumeSource: both(iscsi, within('lun', 0, 255)),
  FCVolumeSource: fibreChannel,
  GCEPersistentDiskVolumeSource: within('partition', 0, 255),
  AWSElasticBlockStoreVolumeSource: within('partition', 0, 255),
  FlockerVolumeSource: flocker,
  QuobyteVolumeSource: quobyte,
  AzureDiskVolumeSource: azureDisk,
  FlexVolumeSource: reserved,
  FlexPersistentVolumeSource: reserved,
  StorageOSVolumeSource: both(storageOs, namesSecret('secretRef')),
  CinderVolumeSource: namesSecret('secretRef'),
  CSIVolumeSource: both(namesSecret('nodePublishSecretRef'), nodePublishSecret),
  PersistentVolumeClaimTemplate: claimTemplate,
  ImageVolumeSource: imageReference,
};
