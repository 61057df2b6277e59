import type { Finding, SchemaRule, SchemaVisit } from '../rule.ts';
import { listOf } from '../wording.ts';
import { changeToBare, remove } from './fixes.ts';
import { presentOf } from './pod.ts';

export const invalidProbe: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['Probe'],
  id: 'invalid-probe',
  severity: 'error',
  mirrors: [
    'core/validation validateProbe',
    'core/validation validateHandler',
    'core/validation validateLivenessProbe',
    'core/validation validateReadinessProbe',
  ],
  title: 'A probe contradicts itself',
  why: 'A probe has exactly one way to ask, and no negative times. A liveness or startup probe succeeds with its first success. The API server refuses anything else.',
  remedy: 'Give the probe one of exec, httpGet, tcpSocket and grpc, and sensible numbers.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      livenessProbe:
        httpGet:
          path: /
          port: 80
        successThreshold: 2
#                         ^ error invalid-probe
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      livenessProbe:
        httpGet:
          path: /
          port: 80
        successThreshold: 1
`,
  visit(visit, report) {
    const { value, path } = visit;
    if (value.unknown) return;
    const probe = String(path.at(-1));
    oneHandler(visit, `The ${probe}`, handlers, report);
    for (const field of counts) {
      const at = value.get(field);
      const { integer } = at;
      if (integer === undefined || integer >= 0) continue;
      report({ span: at.span, message: `${field} must not be negative: the API server refuses ${integer}.` });
    }
    const threshold = value.get('successThreshold');
    // Zero is unset, and becomes one.
    if (probe !== 'readinessProbe' && (threshold.integer ?? 0) > 1) {
      report({
        span: threshold.span,
        message: `successThreshold of a ${probe} must be 1: the API server refuses ${threshold.integer}. Only a readinessProbe may ask for more.`,
        fixes: () => [...changeToBare(visit, threshold, '1'), ...remove(visit, value, 'successThreshold', false)],
      });
    }
    const grace = value.get('terminationGracePeriodSeconds');
    if (grace.absent || grace.unknown) return;
    if (probe === 'readinessProbe') {
      report({
        span: grace.keySpan,
        message:
          'A readinessProbe may not have terminationGracePeriodSeconds, since it ends no container: the API server refuses it.',
        fixes: () => remove(visit, value, 'terminationGracePeriodSeconds'),
      });
    } else if ((grace.integer ?? 1) <= 0) {
      report({
        span: grace.span,
        message: `terminationGracePeriodSeconds of a probe must be above 0: the API server refuses ${grace.integer}.`,
      });
    }
  },
};

const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'];
const counts = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'];

/** validateHandler: exactly one of the fields; shared with lifecycle hooks. */
export function oneHandler(
  visit: SchemaVisit,
  subject: string,
  all: readonly string[],
  report: (finding: Finding) => void,
): void {
  const { value, document } = visit;
  const [first, ...others] = presentOf(value, all);
  if (!first) {
    report({
      span: value.keySpan,
      ofAbsence: true,
      message: `${subject} doesn't say what to do: it needs one of ${listOf(all)}. The API server refuses it.`,
    });
  }
  for (const other of others) {
    report({
      span: other.keySpan,
      message: `${subject} has another handler already: the API server refuses more than one.`,
      related: first ? [{ document, span: first.keySpan, message: 'The first handler' }] : [],
      fixes: () =>
        [other, ...(first ? [first] : [])].flatMap(({ pair }) => remove(visit, value, pair?.key.value ?? '', false)),
    });
  }
}
