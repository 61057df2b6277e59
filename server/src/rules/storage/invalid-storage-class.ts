import { dns1123Subdomain, qualifiedName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge, known } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';
import { sizeOf } from './invalid-claim.ts';

export const invalidStorageClass: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['StorageClass', 'CSIDriverSpec', 'CSIStorageCapacity', 'VolumeAttributesClass'],
  id: 'invalid-storage-class',
  severity: 'error',
  title: 'The class of storage names no driver, or its topology is empty',
  why: 'The API server refuses it: a provisioner is the name of a driver, each topology has labels with values, which stand once each, and tokens are for one audience each.',
  remedy: "Write the driver's name as its documentation does, such as ebs.csi.aws.com.",
  mirrors: [
    'storage/validation ValidateStorageClass',
    'core/validation ValidateTopologySelectorTerm',
    'storage/validation validateCSIDriverSpec',
    'storage/validation ValidateVolumeAttributesClass',
    'storage/validation ValidateCSIStorageCapacity',
  ],
  bad: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: ebs csi
#            ^^^^^^^ error invalid-storage-class
`,
  good: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: ebs.csi.aws.com
`,
  visit(visit, report) {
    const { value, schema } = visit;
    const judge = new Judge(visit, report);
    switch (schema.type === 'object' ? schema.name : '') {
      case 'StorageClass':
        judge.form(value.get('provisioner'), (text) => qualifiedName(text.toLowerCase()));
        checkParameters(judge, value.get('parameters'));
        checkTopologies(judge, value.get('allowedTopologies').items);
        break;
      case 'VolumeAttributesClass':
        judge.form(value.get('driverName'), (text) => qualifiedName(text.toLowerCase()));
        if (!value.get('parameters').unknown && value.get('parameters').entries.length === 0)
          judge.lacks(value, 'parameters', 'A VolumeAttributesClass needs "parameters"');
        else checkParameters(judge, value.get('parameters'));
        break;
      case 'CSIStorageCapacity':
        judge.form(value.get('storageClassName'), dns1123Subdomain);
        for (const field of ['capacity', 'maximumVolumeSize'])
          if ((sizeOf(value.get(field)) ?? 0n) < 0n) judge.refuse(value.get(field), `"${field}" must be 0 or more`);
        break;
      default:
        judge.unique(
          value.get('tokenRequests').items,
          (request) =>
            request.get('audience').text === undefined ? undefined : `for "${request.get('audience').text ?? ''}"`,
          (request) => request.get('audience'),
          'token',
        );
        judge.range(value.get('nodeAllocatableUpdatePeriodSeconds'), 10);
        if (
          known(value.get('serviceAccountTokenInSecrets')) &&
          !value.get('tokenRequests').unknown &&
          value.get('tokenRequests').items.length === 0
        )
          judge.refuseField(
            value.get('serviceAccountTokenInSecrets'),
            '"serviceAccountTokenInSecrets" needs "tokenRequests", which say what tokens there are',
            { ofAbsence: true },
          );
    }
  },
};

function checkParameters(judge: Judge, parameters: Value): void {
  const { entries } = parameters;
  if (entries.length > 512)
    judge.refuseField(parameters, `There are no more than 512 parameters, and these are ${entries.length}`);
  for (const { name, value } of entries) if (name === '') judge.refuseField(value, 'A parameter needs a name');
}

function checkTopologies(judge: Judge, terms: readonly Value[]): void {
  const first = new Map<string, Value>();
  for (const term of terms) {
    if (term.unknown) continue;
    const expressions = term.get('matchLabelExpressions');
    if (expressions.items.length === 0 && !expressions.unknown)
      judge.lacks(term, 'matchLabelExpressions', 'A topology needs "matchLabelExpressions"');
    for (const expression of expressions.items) {
      judge.form(expression.get('key'), qualifiedName);
      judge.unique(
        expression.get('values').items,
        ({ text }) => (text === undefined ? undefined : `"${text}"`),
        (value) => value,
        'value',
      );
    }
    judge.unique(
      expressions.items,
      (expression) =>
        expression.get('key').text === undefined ? undefined : `of the key "${expression.get('key').text ?? ''}"`,
      (expression) => expression.get('key'),
      'expression',
    );
    const id = identity(expressions.items);
    const earlier = id === undefined ? undefined : first.get(id);
    if (earlier) judge.refuse(term, 'This topology stands here twice', { related: [earlier, 'The first one'] });
    else if (id !== undefined) first.set(id, term);
  }
}

/** What a topology says, whatever the order; undefined where a part of it is unknown. */
function identity(expressions: readonly Value[]): string | undefined {
  if (expressions.length === 0) return undefined;
  const parts = expressions.map((expression) => {
    const values = expression.get('values').items.map(({ text }) => text);
    const key = expression.get('key').text;
    return key === undefined || values.includes(undefined) ? undefined : `${key}=${[...values].sort().join(',')}`;
  });
  return parts.includes(undefined) ? undefined : parts.sort().join(';');
}
