import { dns1123Label, qualifiedName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import type { Finding, SchemaRule, SchemaVisit } from '../rule.ts';
import { isPod } from './pod.ts';

export const podAffinity: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['PodAffinityTerm'],
  id: 'pod-affinity',
  severity: 'error',
  mirrors: ['core/validation validatePodAffinityTerm', 'core/validation ValidateMatchLabelKeysAndMismatchLabelKeys'],
  title: 'A term of pod affinity has a key or a namespace of the wrong form',
  why: 'topologyKey is the key of a label of nodes, namespaces are names of namespaces, and matchLabelKeys adds keys that the selector does not have yet. The API server refuses anything else.',
  remedy: 'Use the key of a label, such as kubernetes.io/hostname.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  affinity:
    podAntiAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        - topologyKey: host name
#                      ^^^^^^^^^ error pod-affinity
          labelSelector:
            matchLabels:
              app: web
  containers:
    - name: web
      image: nginx:1.27
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  affinity:
    podAntiAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        - topologyKey: kubernetes.io/hostname
          labelSelector:
            matchLabels:
              app: web
  containers:
    - name: web
      image: nginx:1.27
`,
  visit(visit, report) {
    const { value, model } = visit;
    if (value.unknown) return;
    const key = value.get('topologyKey');
    const fault = key.text ? qualifiedName(key.text) : undefined;
    if (fault !== undefined)
      report({
        span: key.span,
        message: `"${key.text}" is no valid key of a node's label: it ${fault}. The API server refuses it.`,
      });
    for (const namespace of value.get('namespaces').items) {
      const namespaceFault = namespace.text === undefined ? undefined : dns1123Label(namespace.text);
      if (namespaceFault !== undefined)
        report({
          span: namespace.span,
          message: `"${namespace.text}" is no valid name of a namespace: it ${namespaceFault}. The API server refuses it.`,
        });
    }
    // MatchLabelKeysInPodAffinity is on by default from 1.31 on; before, the fields are dropped.
    if (model.release < 31) return;
    const match = value.get('matchLabelKeys');
    labelKeys(visit, match, report);
    labelKeys(visit, value.get('mismatchLabelKeys'), report);
    keysOfSelector(visit, match, report);
    const mismatched = new Map(value.get('mismatchLabelKeys').items.map((item) => [item.text, item]));
    for (const item of match.items) {
      const other = item.text === undefined ? undefined : mismatched.get(item.text);
      if (other)
        report({
          span: item.span,
          message: `"${item.text}" is in matchLabelKeys and in mismatchLabelKeys: the API server refuses it.`,
          related: [{ document: visit.document, span: other.span, message: 'The other one' }],
        });
    }
  },
};

type Report = (finding: Finding) => void;

/** validateLabelKeys: of the form of keys, and nothing without a selector to add them to. */
function labelKeys({ value }: SchemaVisit, keys: Value, report: Report): void {
  if (keys.items.length === 0) return;
  if (value.get('labelSelector').absent) {
    report({
      span: keys.keySpan,
      ofAbsence: true,
      message: `${keys.pair?.key.value} adds to a labelSelector, and there is none: the API server refuses it.`,
    });
    return;
  }
  for (const key of keys.items) {
    const fault = key.text === undefined ? undefined : qualifiedName(key.text);
    if (fault !== undefined)
      report({
        span: key.span,
        message: `"${key.text}" is no valid key of a label: it ${fault}. The API server refuses it.`,
      });
  }
}

/**
 * No key of matchLabelKeys is in the selector as well. The server adds them to the selector of a Pod that has such
 * labels before it looks, and not to a template's: there it is the pods that are refused.
 */
export function keysOfSelector(visit: SchemaVisit, keys: Value, report: Report): void {
  const { value, document, root } = visit;
  if (keys.items.length === 0) return;
  const selector = value.get('labelSelector');
  const inSelector = new Map<string, { readonly start: number; readonly end: number }>();
  for (const { name, key } of selector.get('matchLabels').entries)
    inSelector.set(name, { start: key.start, end: key.end });
  for (const expression of selector.get('matchExpressions').items) {
    const key = expression.get('key');
    if (key.text) inSelector.set(key.text, key.span);
  }
  const pod = isPod(visit);
  for (const key of keys.items) {
    const other = key.text === undefined ? undefined : inSelector.get(key.text);
    if (!other || key.text === undefined) continue;
    if (pod && root.get('metadata').get('labels').get(key.text).absent) continue;
    report({
      span: key.span,
      severity: pod ? 'error' : 'warning',
      message: `"${key.text}" is in the labelSelector already: the API server refuses ${pod ? 'it' : 'the pods that are made of this template'}.`,
      related: [{ document, span: other, message: `"${key.text}" in the labelSelector` }],
    });
  }
}
