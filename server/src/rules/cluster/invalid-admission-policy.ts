import { isCelIdentifier } from '../../kubernetes/cel.ts';
import { dns1035Label, dns1123Subdomain, type Form, qualifiedName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge, known } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

export const invalidAdmissionPolicy: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: [
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'MutatingAdmissionPolicy',
    'MutatingAdmissionPolicyBinding',
  ],
  id: 'invalid-admission-policy',
  severity: 'error',
  title: 'The admission policy or its binding does nothing',
  why: 'The API server refuses it: a policy says which resources it matches, and validates, notes or changes something; a binding names its policy and its parameters, and does each of its actions once, denying or warning.',
  remedy: 'Give the policy matchConstraints with resourceRules, and validations, auditAnnotations or mutations.',
  mirrors: [
    'admissionregistration/validation validateValidatingAdmissionPolicySpec',
    'admissionregistration/validation validateValidatingAdmissionPolicyBindingSpec',
    'admissionregistration/validation validateMutatingAdmissionPolicySpec',
    'admissionregistration/validation validateParamKind',
    'admissionregistration/validation validateParamRef',
    'admissionregistration/validation validateVariable',
    'admissionregistration/validation validateAuditAnnotation',
  ],
  bad: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: few-replicas
spec:
# ^^^^ error invalid-admission-policy
  matchConstraints:
    resourceRules:
      - apiGroups: [apps]
        apiVersions: [v1]
        operations: [CREATE]
        resources: [deployments]
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
    - expression: object.spec.replicas <= 5
`,
  visit(visit, report) {
    const { value, kind } = visit;
    const spec = value.get('spec');
    if (spec.unknown || (spec.present && !spec.map)) return;
    const judge = new Judge(visit, report);
    const isBinding = kind.kind.endsWith('Binding');
    if (spec.absent) {
      judge.lacks(value, 'spec', `A ${isBinding ? 'binding' : 'policy'} needs a "spec"`);
      return;
    }
    if (!isBinding) checkPolicy(judge, spec, value.at('metadata', 'name').text, kind.kind.startsWith('Mutating'));
    else checkBinding(judge, spec, kind.kind.startsWith('Mutating'));
  },
};

function checkPolicy(judge: Judge, spec: Value, name: string | undefined, mutates: boolean): void {
  const constraints = spec.get('matchConstraints');
  const rules = constraints.get('resourceRules');
  if (constraints.absent) judge.lacks(spec, 'matchConstraints', 'A policy needs "matchConstraints"');
  else if (!constraints.unknown && !rules.unknown && rules.items.length === 0)
    judge.lacks(constraints, 'resourceRules', 'A policy needs "resourceRules" that say what it matches');
  checkParamKind(judge, spec.get('paramKind'));
  for (const variable of spec.get('variables').items)
    judge.form(variable.get('name'), (text) =>
      isCelIdentifier(text) ? undefined : 'must be an identifier: letters, digits and "_", and no word of CEL',
    );
  if (mutates) checkMutations(judge, spec);
  else checkValidations(judge, spec, name);
}

/** The group and version of a kind of parameters, and the kind itself in any case. */
const apiVersion: Form = (text) => {
  const parts = text.split('/');
  if (parts.length > 2) return 'must be a group and a version, such as rules.example.com/v1';
  const [version = '', group] = [parts.at(-1), parts.length === 2 ? parts[0] : undefined];
  const fault = group ? dns1123Subdomain(group) : undefined;
  if (fault !== undefined) return `must begin with a group, and "${group}" ${fault}`;
  const ofVersion = dns1035Label(version);
  return ofVersion === undefined ? undefined : `must end with a version, and "${version}" ${ofVersion}`;
};

function checkParamKind(judge: Judge, param: Value): void {
  if (!known(param)) return;
  for (const field of ['apiVersion', 'kind'])
    if (param.get(field).absent || param.get(field).text === '')
      judge.lacks(param, field, `A kind of parameters needs "${field}"`);
  judge.form(param.get('apiVersion'), apiVersion);
  judge.form(param.get('kind'), (text) => dns1035Label(text.toLowerCase()));
}

function checkValidations(judge: Judge, spec: Value, name: string | undefined): void {
  const [validations, notes] = [spec.get('validations'), spec.get('auditAnnotations')];
  if (validations.items.length === 0 && notes.items.length === 0 && !validations.unknown && !notes.unknown)
    judge.lacks(spec, 'validations', 'A policy needs "validations" or "auditAnnotations"');
  for (const validation of validations.items) {
    const message = validation.get('message');
    if (message.text?.trim() === '' && message.text !== '') judge.refuse(message, 'A message must not be blank');
    else if (/[\r\n]/.test(message.text?.trim() ?? '')) judge.refuse(message, 'A message is of one line');
    else if (
      /[\r\n]/.test(validation.get('expression').text?.trim() ?? '') &&
      !validation.unknown &&
      (message.absent || message.text === '')
    )
      judge.lacks(validation, 'message', 'An expression of several lines needs a "message"');
    const expression = validation.get('messageExpression');
    if (expression.text !== '' && expression.text?.trim() === '')
      judge.refuse(expression, 'A message expression must not be blank');
  }
  if (notes.items.length > 20)
    judge.refuseField(notes, `There are no more than 20 annotations, and these are ${notes.items.length}`);
  // The annotation of the audit log is named after the policy and the key.
  for (const note of notes.items)
    judge.form(note.get('key'), (text) => (name ? qualifiedName(`${name}/${text}`) : qualifiedName(text)));
  judge.unique(
    notes.items,
    (note) => note.get('key').text || undefined,
    (note) => note.get('key'),
    'annotation',
  );
}

const isNothing = (value: Value): boolean => value.absent || value.text?.trim() === '';

const patches: Readonly<Record<string, string>> = {
  ApplyConfiguration: 'applyConfiguration',
  JSONPatch: 'jsonPatch',
};

function checkMutations(judge: Judge, spec: Value): void {
  const mutations = spec.get('mutations');
  if (!mutations.unknown && mutations.items.length === 0) judge.lacks(spec, 'mutations', 'A policy needs "mutations"');
  for (const mutation of mutations.items) {
    const type = mutation.get('patchType');
    const due = type.text === undefined ? undefined : patches[type.text];
    if (mutation.unknown || due === undefined) continue;
    const held = mutation.get(due);
    if (held.absent) judge.lacks(mutation, due, `A mutation of the type ${type.text} needs "${due}"`);
    else if (!held.unknown && isNothing(held.get('expression')))
      judge.lacks(held, 'expression', 'A mutation needs an "expression"');
    for (const other of Object.values(patches))
      if (other !== due && mutation.get(other).present)
        judge.refuseField(mutation.get(other), `A mutation of the type ${type.text} has no "${other}"`, {
          related: [type, 'The type'],
          fixes: () => judge.remove(mutation, other),
        });
  }
}

function checkBinding(judge: Judge, spec: Value, mutates: boolean): void {
  const policy = spec.get('policyName');
  if (mutates && (policy.absent || policy.text === ''))
    judge.lacks(spec, 'policyName', 'A binding needs a "policyName"');
  judge.form(policy, dns1123Subdomain);
  checkParamRef(judge, spec.get('paramRef'));
  const items = spec.get('validationActions').items;
  judge.unique(
    items,
    ({ text }) => text,
    (item) => item,
    'action',
  );
  const [deny, warn] = ['Deny', 'Warn'].map((action) => items.find(({ text }) => text === action));
  if (deny && warn)
    judge.refuse(warn, "What is denied is told anyway: Deny and Warn can't stand together", {
      related: [deny, 'Deny'],
    });
}

function checkParamRef(judge: Judge, param: Value): void {
  if (!known(param)) return;
  const [name, selector, missing] = ['name', 'selector', 'parameterNotFoundAction'].map((field) => param.get(field));
  if (!name || !selector || !missing) return;
  if (name.text && selector.present)
    judge.refuseField(selector, 'Parameters are named, or chosen by a selector, not both', {
      related: [name, 'The name'],
      fixes: () => judge.remove(param, 'selector'),
    });
  else if ((name.absent || name.text === '') && selector.absent)
    judge.lacks(param, 'name', 'Parameters need a "name" or a "selector"');
  if (missing.absent) judge.lacks(param, 'parameterNotFoundAction', 'Parameters need a "parameterNotFoundAction"');
}
