import type { Value } from '../../syntax/value.ts';
import { Judge, quoted } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

const columnTypes = ['boolean', 'date', 'integer', 'number', 'string'];
const columnFormats = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];

export const invalidResourceColumns: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['CustomResourceColumnDefinition', 'CustomResourceSubresourceScale', 'CustomResourceDefinitionVersion'],
  id: 'invalid-resource-columns',
  severity: 'error',
  title: 'A path of the definition leads nowhere',
  why: 'The API server refuses it: columns, the scale and selectable fields are read from the resource by paths such as .spec.replicas, and columns show simple types.',
  remedy: 'Begin the path with ".", below .spec or .status as the field asks for.',
  mirrors: [
    'apiextensions/validation ValidateCustomResourceColumnDefinition',
    'apiextensions/validation ValidateCustomResourceDefinitionSubresources',
    'apiextensions/validation ValidateCustomResourceSelectableFields',
  ],
  bad: `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.example.com
spec:
  group: example.com
  scope: Namespaced
  names:
    plural: widgets
    kind: Widget
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
      subresources:
        scale:
          specReplicasPath: spec.replicas
#                           ^^^^^^^^^^^^^ error invalid-resource-columns
          statusReplicasPath: .status.replicas
`,
  good: `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.example.com
spec:
  group: example.com
  scope: Namespaced
  names:
    plural: widgets
    kind: Widget
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
      subresources:
        scale:
          specReplicasPath: .spec.replicas
          statusReplicasPath: .status.replicas
`,
  visit(visit, report) {
    const { value, schema } = visit;
    const judge = new Judge(visit, report);
    switch (schema.type === 'object' ? schema.name : '') {
      case 'CustomResourceColumnDefinition':
        checkColumn(judge, value);
        break;
      case 'CustomResourceSubresourceScale':
        checkPath(judge, value.get('specReplicasPath'), ['.spec.']);
        checkPath(judge, value.get('statusReplicasPath'), ['.status.']);
        checkPath(judge, value.get('labelSelectorPath'), ['.spec.', '.status.']);
        break;
      default:
        checkSelectable(judge, value);
    }
  },
};

function checkColumn(judge: Judge, column: Value): void {
  const [type, format] = [column.get('type'), column.get('format')];
  if (type.text && !columnTypes.includes(type.text))
    judge.refuse(type, `${quoted(type.text)} is no type of a column`, {
      advice: `There are ${columnTypes.join(', ')}.`,
    });
  if (format.text && !columnFormats.includes(format.text))
    judge.refuse(format, `${quoted(format.text)} is no format of a column`, {
      advice: `There are ${columnFormats.join(', ')}.`,
    });
  // The v1beta1 API calls it JSONPath.
  for (const field of ['jsonPath', 'JSONPath']) checkPath(judge, column.get(field), ['.']);
}

function checkPath(judge: Judge, path: Value, below: readonly string[]): boolean {
  const { text } = path;
  if (!text || below.some((start) => text.startsWith(start))) return true;
  const dotted = `.${text}`;
  judge.refuse(
    path,
    `${quoted(text)} must be a path that begins with ${below.map((start) => `"${start}"`).join(' or ')}`,
    {
      fixes: () =>
        below.some((start) => dotted.startsWith(start)) && !text.startsWith('$')
          ? judge.change(path, dotted, true)
          : [],
    },
  );
  return false;
}

const selectableTypes = ['string', 'boolean', 'integer'];
const mostSelectable = 8;

function checkSelectable(judge: Judge, version: Value): void {
  const fields = version.get('selectableFields');
  const root = version.at('schema', 'openAPIV3Schema');
  for (const field of fields.items) {
    const path = field.get('jsonPath');
    const { text } = path;
    if (!text || !checkPath(judge, path, ['.'])) continue;
    const steps = text.slice(1).split('.');
    if (steps[0] === 'metadata') {
      judge.refuse(path, 'Fields of the metadata are selectable by themselves');
      continue;
    }
    // Only plain steps can be followed here.
    if (root.absent || root.unknown || !steps.every((step) => /^[A-Za-z_]\w*$/.test(step))) continue;
    const target = root.at(...steps.flatMap((step) => ['properties', step]));
    const type = target.get('type').text;
    if (target.absent) judge.refuse(path, `The schema has no ${quoted(text)}`, { ofAbsence: true });
    else if (type !== undefined && !selectableTypes.includes(type))
      judge.refuse(
        path,
        `A selectable field is a string, a boolean or an integer, and ${quoted(text)} is of the type ${type}`,
      );
  }
  judge.unique(
    fields.items,
    (field) => (field.get('jsonPath').text ? quoted(field.get('jsonPath').text ?? '') : undefined),
    (field) => field.get('jsonPath'),
    'field',
  );
  if (fields.items.length > mostSelectable)
    judge.refuseField(
      fields,
      `A version has ${mostSelectable} selectable fields at most, and this one ${fields.items.length}`,
    );
}
