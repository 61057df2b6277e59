import { parseQuantity, type Quantity } from '../../kubernetes/quantity.ts';
import type { Entry, Value } from '../../syntax/value.ts';
import type { Finding, SchemaRule, SchemaVisit } from '../rule.ts';
import { changeTo } from './fixes.ts';

export const resourceAmount: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['ResourceRequirements', 'PodSpec', 'Overhead'],
  id: 'resource-amount',
  severity: 'error',
  mirrors: [
    'core/validation validateResourceRequirements',
    'core/validation ValidateResourceQuantityValue',
    'core/validation validatePodResourceConsistency',
  ],
  title: 'Requests and limits contradict each other',
  why: 'A request is no more than its limit, nothing is negative, and devices and huge pages come whole and with a limit. The API server refuses anything else.',
  remedy: 'Raise the limit or lower the request.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      resources:
        requests:
          memory: 1Gi
#                 ^^^ error resource-amount
        limits:
          memory: 512Mi
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      resources:
        requests:
          memory: 512Mi
        limits:
          memory: 1Gi
`,
  visit(visit, report) {
    const { schema, value } = visit;
    if (value.unknown) return;
    if (schema.type === 'object' && schema.name === 'PodSpec') {
      for (const amount of amountsOf(value.get('overhead')).values()) ofItself(visit, amount, report);
      if (visit.model.release >= podResources) podLevel(visit, report);
      return;
    }
    if (schema.type === 'object' && schema.name === 'Overhead') {
      for (const amount of amountsOf(value.get('podFixed')).values()) ofItself(visit, amount, report);
      return;
    }
    const limits = amountsOf(value.get('limits'));
    const requests = amountsOf(value.get('requests'));
    for (const amount of limits.values()) ofItself(visit, amount, report);
    for (const amount of requests.values()) {
      ofItself(visit, amount, report);
      const limit = limits.get(amount.name);
      if (limit) compare(visit, amount, limit, report);
      else if (
        !overcommits(amount.name) &&
        !value.get('limits').unknown &&
        value.get('limits').get(amount.name).pair === undefined
      )
        report({
          span: value.get('limits').pair ? value.get('limits').keySpan : value.keySpan,
          ofAbsence: true,
          message: `${amount.name} can't be overcommitted: it needs a limit, the same as the request of ${amount.text}. The API server refuses it without.`,
          related: [{ document: visit.document, span: amount.at, message: `The request of ${amount.text}` }],
        });
    }
    hugePages(value, limits, requests, report);
    claims(visit, report);
  },
};

/** PodLevelResources is on by default from then on; before, the field is dropped. */
const podResources = 34;

type Report = (finding: Finding) => void;

interface Amount {
  readonly name: string;
  readonly value: Value;
  readonly quantity: Quantity;
  /** As it was written; '0' where nothing stands, which is what the decoder makes of it. */
  readonly text: string;
  readonly at: { readonly start: number; readonly end: number };
}

/** What can be read, by name; the server rounds up to thousandths before it looks (SetDefaults_ResourceList). */
function amountsOf(list: Value): ReadonlyMap<string, Amount> {
  const result = new Map<string, Amount>();
  for (const { name, value } of withNulls(list)) {
    if (value.unknown) continue;
    const text = value.absent ? '0' : (value.scalar?.value ?? '');
    const quantity = parseQuantity(text);
    if (!quantity) continue;
    result.set(name, { name, value, text, quantity: { ...quantity, nanos: milli(quantity.nanos) }, at: value.span });
  }
  return result;
}

const withNulls = (list: Value): readonly Pick<Entry, 'name' | 'value'>[] => {
  const written = list.map?.pairs.filter(({ key }) => key.value !== '<<').map(({ key }) => key.value) ?? [];
  return [...new Set([...list.entries.map(({ name }) => name), ...written])].map((name) => ({
    name,
    value: list.get(name),
  }));
};

function milli(nanos: bigint): bigint {
  const rest = nanos % 1_000_000n;
  if (rest === 0n) return nanos;
  return nanos - rest + (nanos > 0n ? 1_000_000n : -1_000_000n);
}

const isHugePages = (name: string): boolean => name.startsWith('hugepages-');
const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/');
const overcommits = (name: string): boolean => isNative(name) && !isHugePages(name);

function ofItself(visit: SchemaVisit, { name, value, quantity, text, at }: Amount, report: Report): void {
  const { nanos } = quantity;
  if (nanos < 0n)
    report({
      span: at,
      message: `${name} must not be negative: the API server refuses ${text}.`,
      fixes: () => changeTo(visit, value, text.replace(/^-/, ''), false),
    });
  else if (!isNative(name) && nanos % 1_000_000_000n !== 0n)
    report({ span: at, message: `${name} comes in whole numbers: the API server refuses ${text}.` });
  else if (isHugePages(name)) {
    const size = parseQuantity(name.slice('hugepages-'.length));
    if (!size || size.nanos <= 0n)
      report({ span: at, message: `"${name}" has no size of a page behind its "-": the API server refuses it.` });
    else if (nanos % size.nanos !== 0n)
      report({
        span: at,
        message: `${name} must be a multiple of ${name.slice('hugepages-'.length)}: the API server refuses ${text}.`,
      });
  } else if ((name === 'memory' || name === 'ephemeral-storage') && nanos % 1_000_000_000n !== 0n && value.present)
    report({
      span: at,
      severity: 'warning',
      message: `${text} of ${name} is less than whole bytes: "m" stands for thousandths. The API server takes it with a warning.`,
      fixes: () => (/^\d+m$/.test(text) ? changeTo(visit, value, text.replace(/m$/, 'Mi'), false) : []),
    });
}

function compare(visit: SchemaVisit, request: Amount, limit: Amount, report: Report): void {
  const { document } = visit;
  const difference = request.quantity.nanos - limit.quantity.nanos;
  const same = overcommits(request.name);
  if (same ? difference <= 0n : difference === 0n) return;
  if (limit.value.absent) {
    report({
      span: limit.value.keySpan,
      message: `A limit with nothing behind it counts as 0, and the request is ${request.text}: the API server refuses it.`,
      related: [{ document, span: request.at, message: `The request of ${request.text}` }],
    });
    return;
  }
  report({
    span: request.at,
    message: same
      ? `The request of ${request.text} ${request.name} is more than the limit of ${limit.text}: the API server refuses it.`
      : `${request.name} can't be overcommitted: the request of ${request.text} must be the same as the limit of ${limit.text}. The API server refuses it.`,
    related: [{ document, span: limit.at, message: `The limit of ${limit.text}` }],
    fixes: () => [
      ...changeTo(visit, request.value, limit.text, false),
      ...changeTo(visit, limit.value, request.text, false).map((fix) => ({
        ...fix,
        title: `Raise the limit to "${request.text}"`,
      })),
    ],
  });
}

function hugePages(
  resources: Value,
  limits: ReadonlyMap<string, Amount>,
  requests: ReadonlyMap<string, Amount>,
  report: Report,
): void {
  const all = [...limits.values(), ...requests.values()];
  const pages = all.find(({ name }) => isHugePages(name));
  const others = ['limits', 'requests'].some((kind) =>
    ['cpu', 'memory'].some((name) => resources.get(kind).unknown || resources.get(kind).get(name).pair !== undefined),
  );
  if (pages && !others)
    report({
      span: pages.at,
      ofAbsence: true,
      message: 'Huge pages need cpu or memory beside them: the API server refuses them alone.',
    });
}

function claims({ value, document, path }: SchemaVisit, report: Report): void {
  const list = value.get('claims');
  if (path.at(-2) === 'spec' && list.present) {
    report({
      span: list.keySpan,
      message: 'A pod as a whole has no claims, its containers have: the API server refuses it.',
    });
    return;
  }
  const seen = new Map<string, Value>();
  for (const claim of list.items) {
    const name = claim.get('name');
    const request = claim.get('request');
    if (!name.text || request.unknown) continue;
    const key = request.text ? `${name.text}/${request.text}` : name.text;
    const overlap = [...seen].find(
      ([other]) => other === key || other === name.text || (!request.text && other.startsWith(`${name.text}/`)),
    );
    if (overlap)
      report({
        span: name.span,
        message: `This container asks for the claim "${key}" already: the API server refuses it.`,
        related: [{ document, span: overlap[1].span, message: 'The first time' }],
      });
    else seen.set(key, name);
  }
}

/** What the whole pod gets against what its containers ask for. */
function podLevel(visit: SchemaVisit, report: Report): void {
  const { value, document } = visit;
  const resources = value.get('resources');
  if (resources.absent || resources.unknown) return;
  const containers = value.get('containers').items;
  const podLimits = amountsOf(resources.get('limits'));
  for (const container of containers)
    for (const limit of amountsOf(container.get('resources').get('limits')).values()) {
      const whole = podLimits.get(limit.name);
      if (whole && limit.quantity.nanos > whole.quantity.nanos)
        report({
          span: limit.at,
          message: `The limit of ${limit.text} ${limit.name} is more than the whole pod's ${whole.text}: the API server refuses it.`,
          related: [{ document, span: whole.at, message: `The pod's limit of ${whole.text}` }],
        });
    }
  for (const whole of amountsOf(resources.get('requests')).values()) {
    let sum = 0n;
    for (const container of containers) {
      const own = container.get('resources');
      const asked = amountsOf(own.get('requests')).get(whole.name) ?? amountsOf(own.get('limits')).get(whole.name);
      sum += asked?.quantity.nanos ?? 0n;
    }
    if (sum > whole.quantity.nanos)
      report({
        span: whole.at,
        message: `The containers ask for more ${whole.name} than the ${whole.text} of the whole pod: the API server refuses it.`,
      });
  }
}
