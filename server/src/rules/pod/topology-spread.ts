import type { Release } from '../../base/release.ts';
import { qualifiedName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import type { Finding, SchemaRule, SchemaVisit } from '../rule.ts';
import { changeTo, changeToBare, remove } from './fixes.ts';
import { keysOfSelector } from './pod-affinity.ts';

export const topologySpread: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['TopologySpreadConstraint', 'PodSpec'],
  id: 'topology-spread',
  severity: 'error',
  mirrors: ['core/validation validateTopologySpreadConstraints', 'core/validation validateMinDomains'],
  title: 'A topology spread constraint contradicts itself or another',
  why: 'maxSkew and minDomains are above zero, minDomains only counts where whenUnsatisfiable is DoNotSchedule, and one key has one constraint of each sort. The API server refuses anything else.',
  remedy: 'Correct the number, or merge the two constraints.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  topologySpreadConstraints:
    - maxSkew: 0
#              ^ error topology-spread
      topologyKey: topology.kubernetes.io/zone
      whenUnsatisfiable: DoNotSchedule
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
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: topology.kubernetes.io/zone
      whenUnsatisfiable: DoNotSchedule
      labelSelector:
        matchLabels:
          app: web
  containers:
    - name: web
      image: nginx:1.27
`,
  visit(visit, report) {
    const { schema, value } = visit;
    if (schema.type !== 'object' || value.unknown) return;
    if (schema.name === 'PodSpec') twice(visit, report);
    else one(visit, report);
  },
};

type Report = (finding: Finding) => void;

function twice({ value, document }: SchemaVisit, report: Report): void {
  const first = new Map<string, Value>();
  for (const constraint of value.get('topologySpreadConstraints').items) {
    const key = constraint.get('topologyKey');
    const action = constraint.get('whenUnsatisfiable');
    if (!key.text || !action.text) continue;
    const both = `${key.text} ${action.text}`;
    const earlier = first.get(both);
    if (earlier)
      // The server names the first of the two.
      report({
        span: earlier.span,
        message: `There is another constraint for ${key.text} with ${action.text} further down: the API server refuses a second one.`,
        related: [{ document, span: key.span, message: 'The other constraint' }],
      });
    else first.set(both, constraint);
  }
}

function one(visit: SchemaVisit, report: Report): void {
  const { value, model } = visit;
  const positive = (field: string): void => {
    const at = value.get(field);
    if (at.integer !== undefined && at.integer <= 0)
      report({
        span: at.span,
        message: `${field} must be above 0: the API server refuses ${at.integer}.`,
        fixes: () => changeToBare(visit, at, '1', false),
      });
  };
  positive('maxSkew');
  if (model.release >= minDomains) {
    positive('minDomains');
    const domains = value.get('minDomains');
    const action = value.get('whenUnsatisfiable');
    if (domains.present && action.text !== undefined && action.text !== 'DoNotSchedule')
      report({
        span: domains.keySpan,
        message: `minDomains only goes with whenUnsatisfiable: DoNotSchedule, not ${action.text}: the API server refuses it.`,
        fixes: () => [...remove(visit, value, 'minDomains', false), ...changeTo(visit, action, 'DoNotSchedule', false)],
      });
  }
  const keys = value.get('matchLabelKeys');
  if (keys.items.length === 0 || model.release < matchLabelKeys) return;
  if (value.get('labelSelector').absent)
    report({
      span: keys.keySpan,
      ofAbsence: true,
      message: 'matchLabelKeys adds to a labelSelector, and there is none: the API server refuses it.',
    });
  for (const key of keys.items) {
    const fault = key.text === undefined ? undefined : qualifiedName(key.text);
    if (fault !== undefined)
      report({
        span: key.span,
        message: `"${key.text}" is no valid key of a label: it ${fault}. The API server refuses it.`,
      });
  }
  keysOfSelector(visit, keys, report);
}

/** MinDomainsInPodTopologySpread and MatchLabelKeysInPodTopologySpread are on by default from then on. */
const minDomains: Release = 27;
const matchLabelKeys: Release = 27;
