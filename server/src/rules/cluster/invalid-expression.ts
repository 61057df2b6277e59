import { type CelFault, type CelNode, parseCel } from '../../kubernetes/cel.ts';
import { baseOf, type CelType, celTypeName, checkCel } from '../../kubernetes/cel-check.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { DraftFix, SchemaRule, SchemaVisit } from '../rule.ts';
import { namesIn } from './expression-names.ts';
import { placeIn } from './expression-place.ts';

/** The fields that hold expressions, by their types, and what they have to give; nothing where that isn't known. */
const expressions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  ApplyConfiguration: { expression: [] },
  AuditAnnotation: { valueExpression: ['string', 'null'] },
  CELDeviceSelector: { expression: ['bool'] },
  JSONPatch: { expression: [] },
  MatchCondition: { expression: ['bool'] },
  Validation: { expression: ['bool'], messageExpression: ['string'] },
  ValidationRule: { rule: ['bool'], messageExpression: ['string'] },
  Variable: { expression: [] },
};

export const invalidExpression: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: Object.keys(expressions),
  id: 'invalid-expression',
  severity: 'error',
  title: 'The expression cannot be compiled',
  why: 'The API server compiles expressions (CEL) when a policy, a webhook, a definition or a class of devices is created. It refuses one with a fault in its syntax, with a name, a function or a field that there is not, and with values that an operator does not take.',
  remedy:
    'Close brackets and quotes, and use the names, the functions and the fields that there are where the expression stands.',
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
    for (const [field, result] of Object.entries(expressions[schema.name] ?? {})) {
      const held = value.get(field);
      const text = held.text?.trim() ? held.text : undefined;
      const read = text === undefined ? undefined : parseCel(text);
      if (text === undefined || !read) continue;
      const names = namesIn(visit, schema.name, field);
      const fault = 'fault' in read ? read.fault : names && faultOf(read.tree, names, result);
      if (fault) refuse(judge, visit, held, text, fault);
    }
  },
};

/** What nothing, a name or a type is wrong with, still has to give what the field is for. */
function faultOf(tree: CelNode, names: ReadonlyMap<string, CelType>, result: readonly string[]): CelFault | undefined {
  const checked = checkCel(tree, names);
  if ('fault' in checked) return checked.fault;
  const given = baseOf(checked.type);
  if (result.length === 0 || given === 'dyn' || result.includes(given)) return undefined;
  // Of an operation, its first operand and its operator are not what gives the wrong type: the whole does.
  return {
    at: 0,
    end: 0,
    message: `gives ${celTypeName(checked.type)}, and has to give ${result[0] === 'bool' ? 'true or false' : 'a string'}`,
  };
}

/** Marks the very token where it stands in the text as it is, in one line or in a literal block; else the expression. */
function refuse(judge: Judge, { document }: SchemaVisit, held: Value, text: string, fault: CelFault): void {
  const { scalar } = held;
  const span = scalar && held.pair?.value === scalar ? placeIn(document.text, scalar, text, fault) : undefined;
  if (span) {
    const fixes = (): readonly DraftFix[] =>
      (fault.meant ?? []).slice(0, 3).map((newText, _i, all) => ({
        title: `Change to "${newText}"`,
        preferred: all.length === 1,
        edits: [{ document, span, newText }],
      }));
    judge.refuseSpan(span, `The expression ${fault.message}`, { fixes });
    return;
  }
  const line =
    scalar?.style === 'block' && fault.end > 0 ? `, in its line ${text.slice(0, fault.at).split('\n').length}` : '';
  judge.refuse(held, `The expression ${fault.message}${line}`);
}
