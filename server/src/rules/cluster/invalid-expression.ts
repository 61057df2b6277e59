import { celFault } from '../../kubernetes/cel.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

/** The fields that hold expressions, by their types. */
const expressions: Readonly<Record<string, readonly string[]>> = {
  ApplyConfiguration: ['expression'],
  AuditAnnotation: ['valueExpression'],
  CELDeviceSelector: ['expression'],
  JSONPatch: ['expression'],
  MatchCondition: ['expression'],
  Validation: ['expression', 'messageExpression'],
  ValidationRule: ['rule', 'messageExpression'],
  Variable: ['expression'],
};

export const invalidExpression: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: Object.keys(expressions),
  id: 'invalid-expression',
  severity: 'error',
  title: 'The expression cannot be read',
  why: 'The API server compiles expressions (CEL) when a policy, a webhook or a definition is created, and refuses one with a fault in its syntax.',
  remedy: 'Close brackets and quotes, and write an operator between values.',
  mirrors: [
    'admissionregistration/validation validateValidationExpression',
    'admissionregistration/validation validateMatchConditionsExpression',
    'apiextensions/validation ValidateCustomResourceDefinitionOpenAPISchema',
    'resource/validation validateCELExpression',
  ],
  bad: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: few-replicas
spec:
  matchConstraints:
    resourceRules:
      - apiGroups: [apps]
        apiVersions: [v1]
        operations: [CREATE]
        resources: [deployments]
  validations:
    - expression: object.spec.replicas <
#                 ^^^^^^^^^^^^^^^^^^^^^^ error invalid-expression
`,
  good: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: few-replicas
spec:
  matchConstraints:
    resourceRules:
      - apiGroups: [apps]
        apiVersions: [v1]
        operations: [CREATE]
        resources: [deployments]
  validations:
    - expression: object.spec.replicas < 5
`,
  visit(visit, report) {
    const { value, schema } = visit;
    if (schema.type !== 'object') return;
    const judge = new Judge(visit, report);
    for (const field of expressions[schema.name] ?? []) {
      const held = value.get(field);
      // Quotes may be doubled or escaped in YAML: of what stands there as it is, the very place is known.
      const text = held.text?.trim() ? held.text : undefined;
      const fault = text === undefined ? undefined : celFault(text);
      if (text !== undefined && fault)
        judge.refuse(held, `The expression ${fault.message}${around(held, text, fault.at)}`);
    }
  },
};

/** In a text of several lines, which line it is. */
const around = (value: Value, text: string, at: number): string =>
  value.scalar?.style === 'block' ? `, in its line ${text.slice(0, at).split('\n').length}` : '';
