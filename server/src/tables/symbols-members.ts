import { emptyBlank } from '../base/blanks.ts';
import { containers, podPresets, workflows } from './kinds.ts';
import { kustomizations } from './places.ts';
import type { MemberSymbol, More, Place, PodSymbol, SymbolId } from './row-types.ts';

export type MemberId = Extract<
  SymbolId,
  | 'secret-key'
  | 'configmap-key'
  | 'service-port'
  | 'volume'
  | 'container'
  | 'container-port'
  | 'variable'
  | 'pod-label'
  | 'pod-annotation'
  | 'pod-resource-claim'
>;

/** What the entries of a kustomize generator are called: `key=value`, `key=path`, or the file's own name. */
const generatedKeys = (generator: string): readonly Place[] => [
  { kinds: kustomizations, path: `${generator}[].(literals|files)[]`, capture: `^["']?([^="'\\s]+)=` },
  {
    kinds: kustomizations,
    path: `${generator}[].files[]`,
    capture: `^["']?(?:[^="'\\n]*/)?([^="'/\\n]+)["']?$`,
    made: true,
  },
];

/** What brings more: files of variables, and generators of the same name further in. */
const otherGeneratedKeys = (generator: string): readonly More[] => [
  { kinds: kustomizations, path: `${generator}[].(envs|env)` },
  { kinds: kustomizations, path: `${generator}[].behavior`, unless: ['create'] },
];

/** Parts of objects, of pod templates and of containers that others call by name. */
export const memberSymbols: Readonly<Record<MemberId, MemberSymbol | PodSymbol>> = {
  'secret-key': {
    of: 'secret',
    noun: 'key',
    article: 'a',
    form: 'key',
    at: [
      { kinds: ['Secret'], path: 'data{}' },
      { kinds: ['Secret'], path: 'stringData{}' },
      { kinds: ['SealedSecret.bitnami.com'], path: 'spec.(encryptedData|template.data){}' },
      { kinds: ['ExternalSecret.external-secrets.io'], path: 'spec.data[].secretKey' },
      { kinds: ['ExternalSecret.external-secrets.io'], path: 'spec.target.template.data{}' },
      { kinds: ['SecretProviderClass.secrets-store.csi.x-k8s.io'], path: 'spec.secretObjects[].data[].key' },
      ...generatedKeys('secretGenerator'),
    ],
    given: [
      {
        kinds: ['Secret'],
        names: ['token', 'ca.crt', 'namespace'],
        when: { path: 'type', is: 'kubernetes.io/service-account-token' },
      },
      // cert-manager's pkg/controller/certificates/issuing/internal/secret.go.
      { kinds: ['Certificate.cert-manager.io'], names: ['tls.crt', 'tls.key', 'ca.crt'] },
      {
        kinds: ['Certificate.cert-manager.io'],
        names: ['keystore.jks', 'truststore.jks'],
        when: { path: 'spec.keystores.jks' },
      },
      {
        kinds: ['Certificate.cert-manager.io'],
        names: ['keystore.p12', 'truststore.p12'],
        when: { path: 'spec.keystores.pkcs12' },
      },
      {
        kinds: ['Certificate.cert-manager.io'],
        names: ['tls-combined.pem', 'key.der'],
        when: { path: 'spec.additionalOutputFormats' },
      },
    ],
    // core/validation ValidateSecret
    demanded: Object.entries({
      'kubernetes.io/tls': ['tls.crt', 'tls.key'],
      'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
      'kubernetes.io/dockercfg': ['.dockercfg'],
      'kubernetes.io/ssh-auth': ['ssh-privatekey'],
      'kubernetes.io/basic-auth': ['username', 'password'],
    }).map(([is, names]) => ({ kinds: ['Secret'], names, when: { path: 'type', is } })),
    more: [
      ...otherGeneratedKeys('secretGenerator'),
      // The whole Secret in one sealed text, as old controllers had it.
      { kinds: ['SealedSecret.bitnami.com'], path: 'spec.data' },
      { kinds: ['ExternalSecret.external-secrets.io'], path: 'spec.(dataFrom|target.template.templateFrom)' },
      // Merged into a Secret that somebody else makes.
      {
        kinds: ['ExternalSecret.external-secrets.io'],
        path: 'spec.target.creationPolicy',
        unless: ['Owner', 'Orphan'],
      },
    ],
    create: { entryOf: ['data', 'stringData'], value: emptyBlank },
    consequence: 'The container does not start (CreateContainerConfigError), or the file is missing from the volume.',
    remedy: 'Correct the key, add it to the Secret, or mark the reference `optional: true`.',
  },
  'configmap-key': {
    of: 'configmap',
    noun: 'key',
    article: 'a',
    form: 'key',
    at: [
      { kinds: ['ConfigMap'], path: 'data{}' },
      { kinds: ['ConfigMap'], path: 'binaryData{}' },
      ...generatedKeys('configMapGenerator'),
    ],
    more: otherGeneratedKeys('configMapGenerator'),
    create: { entryOf: ['data'], value: emptyBlank },
    consequence: 'The container does not start (CreateContainerConfigError), or the file is missing from the volume.',
    remedy: 'Correct the key, add it to the ConfigMap, or mark the reference `optional: true`.',
  },
  'service-port': {
    of: 'service',
    noun: 'port',
    article: 'a',
    form: 'label',
    at: [{ kinds: ['Service'], path: 'spec.ports[].name' }],
    number: 'spec.ports[].port',
    create: { portOf: ['spec', 'ports'], number: 'port', named: 'each' },
    consequence: 'Requests end in an error page (503), since the Service has no such port.',
    remedy: 'Use a port that the Service has (`port` or its `name`, not `targetPort`), or add it to the Service.',
  },
  volume: {
    twice: 'refused',
    of: 'pod',
    noun: 'volume',
    article: 'a',
    form: 'label',
    at: [
      { pod: 'spec.volumes[].name' },
      { kinds: podPresets, path: 'spec.volumes[].name' },
      { kinds: ['StatefulSet.apps', 'PetSet.apps'], path: 'spec.volumeClaimTemplates[].metadata.name' },
      ...workflows.map(([kinds, spec]) => ({ kinds, path: `${spec}.volumeClaimTemplates[].metadata.name` })),
    ],
    create: { itemOf: ['spec', 'volumes'], item: { name: 'NAME', emptyDir: {} } },
    consequence: 'The API server refuses the pod: a mount needs a volume of the same pod.',
    remedy: 'Correct the name, or add a volume of that name under `spec.volumes` of the same pod template.',
  },
  container: {
    twice: 'refused',
    of: 'pod',
    noun: 'container',
    article: 'a',
    form: 'label',
    at: [{ pod: `${containers}.name` }],
    consequence: 'The API server refuses the pod, or the metric is never there.',
    remedy: 'Use the name of a container of the same pod.',
  },
  'container-port': {
    twice: 'refused',
    of: 'container',
    noun: 'container port',
    article: 'a',
    form: 'port',
    at: [{ pod: `${containers}.ports[].name` }],
    number: `${containers}.ports[].containerPort`,
    create: { portOf: ['ports'], number: 'containerPort' },
    consequence:
      'The Service gets no endpoints: a named target port must be the name of a port in the pods that it selects.',
    remedy: 'Use the name of a port of the selected containers, or its number.',
  },
  variable: {
    twice: 'last-counts',
    of: 'container',
    proof: 'weak',
    noun: 'environment variable',
    article: 'an',
    form: 'variable',
    at: [{ pod: `${containers}.env[].name` }, { kinds: podPresets, path: 'spec.env[].name' }],
    more: [{ pod: `${containers}.envFrom[]` }, { kinds: podPresets, path: 'spec.envFrom[]' }],
    consequence: 'Kubernetes leaves the reference as it stands, `$(…)` included.',
    remedy:
      'Correct the name, define the variable in the same container (above, for another variable), or write `$$(NAME)` for the text itself.',
  },
  'pod-label': {
    of: 'pod',
    proof: 'weak',
    noun: 'label',
    article: 'a',
    form: 'qualified',
    at: [{ pod: 'metadata.labels{}' }],
    create: { entryOf: ['metadata.labels'], value: emptyBlank },
    consequence: 'The value is empty: the pod has no such label.',
    remedy: "Correct the key, or add the label to the template's metadata.",
  },
  'pod-annotation': {
    of: 'pod',
    proof: 'weak',
    noun: 'annotation',
    article: 'an',
    form: 'qualified',
    at: [{ pod: 'metadata.annotations{}' }],
    create: { entryOf: ['metadata.annotations'], value: emptyBlank },
    consequence: 'The value is empty: the pod has no such annotation.',
    remedy: "Correct the key, or add the annotation to the template's metadata.",
  },
  'pod-resource-claim': {
    twice: 'refused',
    of: 'pod',
    noun: 'resource claim',
    article: 'a',
    form: 'label',
    at: [{ pod: 'spec.resourceClaims[].name' }],
    consequence: 'The API server refuses the pod.',
    remedy: 'Correct the name, or add it to `spec.resourceClaims` of the same pod template.',
  },
};
