import { nearest } from '../../base/edit-distance.ts';
import type { Release } from '../../base/release.ts';
import { qualifiedName } from '../../kubernetes/forms.ts';
import { parseQuantity, type Quantity } from '../../kubernetes/quantity.ts';
import type { Value } from '../../syntax/value.ts';
import type { Finding, SchemaRule, SchemaVisit } from '../rule.ts';
import { didYouMean, listOf } from '../wording.ts';
import { changeTo } from './fixes.ts';

export const invalidFieldRef: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['ObjectFieldSelector', 'ResourceFieldSelector'],
  id: 'invalid-field-ref',
  severity: 'error',
  mirrors: [
    'core/validation validateObjectFieldSelector',
    'core/validation validateContainerResourceFieldSelector',
    'core/validation validateContainerResourceDivisor',
    'core/pods ConvertDownwardAPIFieldLabel',
  ],
  title: 'The downward API has no such field or resource',
  why: "Only some of a pod's fields can be read by its containers, and variables and volumes can read different ones. The API server refuses any other.",
  remedy: 'Use one of the fields that the message lists.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      env:
        - name: NODE
          valueFrom:
            fieldRef:
              fieldPath: spec.node
#                        ^^^^^^^^^ error invalid-field-ref
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      env:
        - name: NODE
          valueFrom:
            fieldRef:
              fieldPath: spec.nodeName
`,
  visit(visit, report) {
    const { schema, path } = visit;
    const inVolume = !path.includes('valueFrom');
    if (schema.type !== 'object') return;
    if (schema.name === 'ObjectFieldSelector') checkField(visit, inVolume, report);
    else checkResource(visit, inVolume, report);
  },
};

type Report = (finding: Finding) => void;

const inVolumes = ['metadata.name', 'metadata.namespace', 'metadata.labels', 'metadata.annotations', 'metadata.uid'];

const inVariables = (release: Release): readonly string[] => [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  ...(release >= hostIps ? ['status.hostIPs'] : []),
  'status.podIP',
  'status.podIPs',
];

/** PodHostIPs is on by default from then on. */
const hostIps: Release = 29;

function checkField(visit: SchemaVisit, inVolume: boolean, report: Report): void {
  const { value, model } = visit;
  const version = value.get('apiVersion');
  if (version.text && version.text !== 'v1') {
    report({
      span: version.span,
      message: `apiVersion of a fieldRef must be v1, not "${version.text}": the API server refuses it.`,
      fixes: () => changeTo(visit, version, 'v1'),
    });
    return;
  }
  const at = value.get('fieldPath');
  const { text } = at;
  if (!text) return;
  const [, map, key] = /^(.+?)\['(.*)'\]$/s.exec(text) ?? [];
  if (map !== undefined && key !== undefined) {
    if (map !== 'metadata.labels' && map !== 'metadata.annotations') {
      report({
        span: at.span,
        message: `"${map}" has no entries to choose from, only metadata.labels and metadata.annotations have: the API server refuses it.`,
      });
      return;
    }
    const fault = qualifiedName(map === 'metadata.annotations' ? key.toLowerCase() : key);
    if (fault !== undefined)
      report({ span: at.span, message: `"${key}" is no valid key of ${map}: it ${fault}. The API server refuses it.` });
    return;
  }
  const allowed = inVolume ? inVolumes : inVariables(model.release);
  // An old name of spec.nodeName, which the server still translates.
  if (allowed.includes(text) || (text === 'spec.host' && !inVolume)) return;
  report(noneOf(visit, at, text, `fieldPath of a ${inVolume ? 'volume' : 'variable'}`, allowed, whole(text, inVolume)));
}

/** What is most often meant by a field that only the other of the two can read. */
const whole = (text: string, inVolume: boolean): string =>
  !inVolume && (text === 'metadata.labels' || text === 'metadata.annotations')
    ? ` A variable can take one entry: ${text}['<key>'].`
    : '';

function checkResource(visit: SchemaVisit, inVolume: boolean, report: Report): void {
  const { value } = visit;
  const container = value.get('containerName');
  if (inVolume && (container.absent || container.text === '')) {
    report({
      span: value.keySpan,
      ofAbsence: true,
      message:
        'A resourceFieldRef of a volume must say of which container: containerName is missing. The API server refuses it.',
    });
  }
  const at = value.get('resource');
  const { text } = at;
  if (!text) return;
  if (!resources.includes(text) && !hugePages.test(text)) {
    report(noneOf(visit, at, text, 'resource of a resourceFieldRef', resources, ''));
    return;
  }
  const divisor = value.get('divisor');
  const written = divisor.scalar?.value ?? '';
  const quantity = divisor.absent || divisor.unknown ? undefined : parseQuantity(written);
  if (!quantity || quantity.nanos === 0n) return;
  const cpu = text.endsWith('.cpu');
  if (cpu ? isCpuDivisor(quantity) : isByteDivisor(quantity)) return;
  report({
    span: divisor.span,
    message: `The divisor ${written} is none that ${text} can be divided by: the API server refuses it. Allowed: ${cpu ? '1 and 1m' : '1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi and 1Ei'}.`,
    fixes: () => changeTo(visit, divisor, '1', false),
  });
}

const resources = ['limits', 'requests'].flatMap((kind) =>
  ['cpu', 'memory', 'ephemeral-storage'].map((name) => `${kind}.${name}`),
);
const hugePages = /^(?:limits|requests)\.hugepages-/;

const one = 1_000_000_000n;

const isCpuDivisor = ({ nanos }: Quantity): boolean => nanos === one || nanos === one / 1000n;

/** The server looks at the canonical form, in which 1024Ki is 1Mi, and 1000 is 1k. */
function isByteDivisor({ nanos, suffix }: Quantity): boolean {
  const base = suffix.endsWith('i') ? 1024n : 1000n;
  let step = one;
  for (let i = 0; i < 7; i++, step *= base) if (nanos === step) return true;
  return false;
}

function noneOf(
  visit: SchemaVisit,
  at: Value,
  text: string,
  noun: string,
  allowed: readonly string[],
  more: string,
): Finding {
  const near = nearest(text, allowed, Math.max(2, Math.floor(text.length / 3)));
  return {
    span: at.span,
    message: `"${text}" is no ${noun}: the API server refuses it.${more || didYouMean(near)} Allowed: ${listOf(allowed, 12)}.`,
    fixes: () => near.slice(0, 3).flatMap((name) => changeTo(visit, at, name, near.length === 1)),
  };
}
