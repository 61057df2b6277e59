import { describe, expect, it } from 'vitest';
import { type Case, judged, Manifests } from './bent.ts';

const manifests = new Manifests(`
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: policy}
spec:
  paramKind: {apiVersion: rules.example.com/v1, kind: Limit}
  matchConstraints:
    resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]
  matchConditions: [{name: not-ours, expression: request.userInfo.username != 'system'}]
  variables:
    - {name: replicas, expression: object.spec.replicas}
    - {name: name, expression: "'web-' + object.metadata.name"}
    - {name: many, expression: variables.replicas > 5}
  validations:
    - {expression: variables.replicas < params.most && !variables.many, messageExpression: "'too many: ' + string(params.most)"}
  auditAnnotations: [{key: replicas, valueExpression: "'many'"}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicy
metadata: {name: mutation}
spec:
  reinvocationPolicy: Never
  matchConstraints:
    resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
  mutations:
    - patchType: ApplyConfiguration
      applyConfiguration: {expression: "Object{metadata: Object.metadata{labels: {'a': object.metadata.name}}}"}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: hook}
webhooks:
  - name: policy.shop.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig: {url: "https://policy.example.com/validate"}
    matchConditions: [{name: a, expression: "!('system:nodes' in request.userInfo.groups)"}]
---
apiVersion: resource.k8s.io/v1
kind: DeviceClass
metadata: {name: gpu.example.com}
spec: {selectors: [{cel: {expression: "device.driver == 'gpu.example.com' && device.attributes['gpu.example.com'].?model.orValue('') == 'a'"}}]}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: widgets, kind: Widget}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          x-kubernetes-validations: [{rule: "self.metadata.name.startsWith('w') && self.kind == 'Widget'"}]
          properties:
            spec:
              type: object
              x-kubernetes-validations: [{rule: self.least <= self.most, messageExpression: "'least is ' + string(self.least)"}]
              properties:
                least: {type: integer}
                most: {type: integer}
                half: {type: number}
                x-y: {type: string}
                namespace: {type: string}
                any: {x-kubernetes-preserve-unknown-fields: true}
                either: {x-kubernetes-int-or-string: true}
                since: {type: string, format: date-time}
                names: {type: array, items: {type: string}}
                parts: {type: array, items: {type: object, properties: {name: {type: string}, size: {type: integer}}}}
                labels: {type: object, additionalProperties: {type: string}}
`);

it.each(manifests.names)('a sound %s has no error', (name) => expect(judged(manifests.text(name))).toEqual([]));

const validation = 'spec.validations.0.expression';
const message = 'spec.validations.0.messageExpression';

const policies: readonly Case[] = [
  ['ValidatingAdmissionPolicy', validation, 'objct.spec.replicas < 5', 'invalid-expression objct'],
  ['ValidatingAdmissionPolicy', validation, 'variables.replica < 5', 'invalid-expression replica'],
  ['ValidatingAdmissionPolicy', validation, 'object.spec.replicas.isSmal()', 'invalid-expression isSmal'],
  ['ValidatingAdmissionPolicy', validation, 'object.spec.replicas <', 'invalid-expression object.spec.replicas <'],
  ['ValidatingAdmissionPolicy', validation, "variables.name + 'x'", "invalid-expression variables.name + 'x'"],
  ['ValidatingAdmissionPolicy', validation, 'variables.name > 5', 'invalid-expression >'],
  ['ValidatingAdmissionPolicy', validation, 'authorizer.group("").resource("pods").check("get").allowed()', ''],
  ['ValidatingAdmissionPolicy', validation, 'namespaceObject.metadata.labels["a"] == "b"', ''],
  ['ValidatingAdmissionPolicy', validation, 'request.operation == "CREATE" || oldObject.a', ''],
  ['ValidatingAdmissionPolicy', validation, 'request.user.username == "a"', 'invalid-expression user'],
  ['ValidatingAdmissionPolicy', message, 'authorizer.x', 'invalid-expression authorizer'],
  ['ValidatingAdmissionPolicy', message, '5', 'invalid-expression "5"'],
  ['ValidatingAdmissionPolicy', 'spec.paramKind', null, 'invalid-expression params'],
  ['ValidatingAdmissionPolicy', 'spec.variables.0.name', 'copies', 'invalid-expression replicas'],
  ['ValidatingAdmissionPolicy', 'spec.variables.0.expression', 'variables.many', 'invalid-expression many'],
  ['ValidatingAdmissionPolicy', 'spec.matchConditions.0.expression', "'a'", 'invalid-expression "\'a\'"'],
  ['ValidatingAdmissionPolicy', 'spec.auditAnnotations.0.valueExpression', 'true', 'invalid-expression "true"'],
  [
    'MutatingAdmissionPolicy',
    'spec.mutations.0.applyConfiguration.expression',
    'Object{a: objekt.a}',
    'invalid-expression objekt',
  ],
  [
    'ValidatingWebhookConfiguration',
    'webhooks.0.matchConditions.0.expression',
    'params.a',
    'invalid-expression params',
  ],
  [
    'ValidatingWebhookConfiguration',
    'webhooks.0.matchConditions.0.expression',
    'request.resource.resources != ""',
    'invalid-expression resources',
  ],
  ['DeviceClass', 'spec.selectors.0.cel.expression', 'device.drivers == "a"', 'invalid-expression drivers'],
  ['DeviceClass', 'spec.selectors.0.cel.expression', 'devices.driver == "a"', 'invalid-expression devices'],
];

describe('expressions of policies, webhooks and devices', () => {
  it.each(policies)('%s %s: %j', (...one) => expect(manifests.found(one)).toEqual(one[3] === '' ? [] : one[3]));
});

const spec = 'spec.versions.0.schema.openAPIV3Schema.properties.spec';
const rule = (text: string, marked: string): Case => [
  'CustomResourceDefinition',
  `${spec}.x-kubernetes-validations.0.rule`,
  text,
  marked === '' ? '' : `invalid-expression ${marked}`,
];

const rules: readonly Case[] = [
  rule('self.leastt <= self.most', 'leastt'),
  rule('self.least <= selff.most', 'selff'),
  rule('has(self.mosst)', 'mosst'),
  rule('self.least', 'self.least'),
  rule("self.least <= 'a'", '<='),
  rule("self.least + 'a' == ''", '+'),
  rule('self.half == 1', '=='),
  rule('self.half > 1', ''),
  rule("self.x__dash__y == 'a' && self.__namespace__ == 'b' && self.namespace == 'b'", ''),
  rule("self.any.what == 1 && self.either == 'a' && self.either == 1", ''),
  rule("self.since > timestamp('2024-01-01T00:00:00Z') && now", 'now'),
  rule("self.since == 'a'", '=='),
  rule("self.names.all(n, n.startsWith('a') && n > 1)", '>'),
  rule("self.names.exists_one(n, n == 'a') && self.names.size() < 3 && size(self.names) > 0", ''),
  rule("self.names.contains('a')", 'contains'),
  rule("'a' in self.names && self.labels.all(k, v, k != v)", ''),
  rule('1 in self.names', 'in'),
  rule('self.parts.filter(p, p.size > 1).all(p, has(p.name) && p.sizes > 0)', 'sizes'),
  rule('self.parts.map(p, p.size).exists(s, s > 1)', ''),
  rule('self.parts.map(p, p.size).exists(s, s.startsWith("a"))', 'startsWith'),
  rule('self.parts.all(p, self.parts.exists(q, q.size == p.size)) || p', 'p'),
  rule('self.most.all(m, m)', 'all'),
  rule('self.most.what', 'what'),
  rule("self.labels.app == 'a' && self.labels['b'] == 'c'", ''),
  rule('oldSelf.most <= self.most && oldSelf == self', ''),
  rule('!self.most', 'self.most'.slice(5)),
  rule('self.most && true', 'self.most'.slice(5)),
  rule("cel.bind(m, self.most, m > 1 && m.startsWith('a'))", 'startsWith'),
  rule("self.?most.hasValue() && self.?most.orValue(1) > 0 && self[?'x'] == optional.none()", ''),
  rule("url('a').getHost() == 'b' && quantity('1').isLessThan(quantity('2')) && sets.contains([1], [2])", ''),
  rule("format.dns1123Label().validate('a').hasValue() && ip('1.1.1.1').family() == 4 && isIP('a')", ''),
  rule("'%s-%d'.format(['a', 1]) == 'a-1' && [1, 2].sum() == 3 && 'a,b'.split(',').size() == 2", ''),
  rule("type(self.most) == int && int('1') == 1 && duration('1h') < duration('2h')", ''),
  rule('self.most > 1 ? 1 : 2', '"self.most > 1 ? 1 : 2"'),
];

const root = 'spec.versions.0.schema.openAPIV3Schema';
const besides: readonly Case[] = [
  ['CustomResourceDefinition', `${spec}.x-kubernetes-validations.0.rule`, ' ', 'non-structural-schema " "'],
  ['CustomResourceDefinition', `${spec}.x-kubernetes-validations.0.message`, ' ', 'non-structural-schema " "'],
  [
    'CustomResourceDefinition',
    `${spec}.x-kubernetes-validations.0.messageExpression`,
    ' ',
    'non-structural-schema " "',
  ],
  ['CustomResourceDefinition', `${spec}.x-kubernetes-validations.0.message`, 'a\nb', 'non-structural-schema message'],
  [
    'CustomResourceDefinition',
    `${spec}.x-kubernetes-validations.0.rule`,
    'true &&\ntrue',
    'non-structural-schema rule',
  ],
  ['CustomResourceDefinition', `${spec}.x-kubernetes-validations.0.fieldPath`, '.least', ''],
  ['CustomResourceDefinition', `${spec}.x-kubernetes-validations.0.fieldPath`, ".labels['a.b/c']", ''],
  [
    'CustomResourceDefinition',
    `${spec}.x-kubernetes-validations.0.fieldPath`,
    '.leest',
    'non-structural-schema .leest',
  ],
  ['CustomResourceDefinition', `${spec}.x-kubernetes-validations.0.fieldPath`, 'least', 'non-structural-schema least'],
  ['CustomResourceDefinition', `${spec}.x-kubernetes-validations.0.reason`, '', 'invalid-value ""'],
  [
    'CustomResourceDefinition',
    `${spec}.x-kubernetes-validations.0.optionalOldSelf`,
    true,
    'non-structural-schema optionalOldSelf',
  ],
  [
    'CustomResourceDefinition',
    `${spec}.properties.parts.items.x-kubernetes-validations`,
    [{ rule: 'self == oldSelf' }],
    'non-structural-schema self == oldSelf',
  ],
  ['CustomResourceDefinition', `${spec}.properties.least.x-kubernetes-validations`, [{ rule: 'self == oldSelf' }], ''],
  ['CustomResourceDefinition', `${spec}.properties.x-y.enum`, [], ''],
  [
    'CustomResourceDefinition',
    `${root}.properties.spec.properties.x-y`,
    { type: 'string', enum: [], default: 'a' },
    '',
  ],
  ['CustomResourceDefinition', 'spec.conversion', conversion('Cg=='), 'invalid-webhook Cg=='],
  [
    'CustomResourceDefinition',
    'spec.conversion',
    conversion(btoa(`-----BEGIN CERTIFICATE-----\n${btoa('0...')}\n-----END CERTIFICATE-----`)),
    '',
  ],
  ['CustomResourceDefinition', `${spec}.properties.x-y`, { type: 'string', pattern: '^[ab]$', default: 'a' }, ''],
  [
    'CustomResourceDefinition',
    `${spec}.properties.x-y`,
    { type: 'string', pattern: '^[ab]$', default: 'c' },
    'non-structural-schema c',
  ],
  [
    'CustomResourceDefinition',
    `${spec}.properties.parts.x-kubernetes-list-map-keys`,
    ['name'],
    'non-structural-schema parts',
  ],
  ['CustomResourceDefinition', `${root}.properties.metadata`, { type: '' }, 'non-structural-schema type'],
  [
    'CustomResourceDefinition',
    `${root}.properties.metadata`,
    { type: 'object', properties: { name: {} } },
    'non-structural-schema name',
  ],
  ['ValidatingAdmissionPolicy', message, ' ', 'invalid-admission-policy " "'],
];

function conversion(caBundle: string): unknown {
  const clientConfig = { service: { name: 'convert', namespace: 'shop' }, caBundle };
  return { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'], clientConfig } };
}

describe('what stands beside expressions and schemas', () => {
  it.each(besides)('%s %s: %j', (...one) => expect(manifests.found(one)).toEqual(one[3] === '' ? [] : one[3]));
});

describe('rules of custom resources', () => {
  it.each(rules)('%s %s: %j', (...one) => expect(manifests.found(one)).toEqual(one[3] === '' ? [] : one[3]));

  it('know the name and the kind of the resource alone', () => {
    const at = 'spec.versions.0.schema.openAPIV3Schema.x-kubernetes-validations.0.rule';
    expect(judged(manifests.bent('CustomResourceDefinition', at, 'self.metadata.labels.a == "b"'))).toEqual([
      'invalid-expression labels',
    ]);
  });

  it('mark the token in a literal block, and the key of a folded one', () => {
    const text = manifests.text('CustomResourceDefinition');
    const literal = text.replace(
      /(\s+)- rule: self\.least.*/,
      '$1- message: least$1  rule: |-$1    self.least <= 1 &&$1    self.mots > 1',
    );
    expect(judged(literal)).toEqual(['invalid-expression mots']);
    expect(judged(literal.replace('|-', '>-'))).toEqual(['invalid-expression rule']);
  });
});
