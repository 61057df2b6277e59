import { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';
import { checkCombined, checkCompleteness } from './schema-combined.ts';
import { checkDefault } from './schema-default.ts';
import { checkListsAndMaps } from './schema-lists.ts';
import { checkValidations } from './schema-validations.ts';

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

/** What a schema of a custom resource can't have. */
const unsupported = ['id', 'additionalItems', 'patternProperties', 'definitions', 'dependencies', '$ref'];

/** Beside properties, a schema whose status is a part of its own has none of these at its root. */
const notBesideStatus = [
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'enum',
  'default',
  'additionalProperties',
  'maxProperties',
  'minProperties',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
];

export const nonStructuralSchema: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['CustomResourceDefinitionVersion', 'CustomResourceDefinitionSpec'],
  id: 'non-structural-schema',
  severity: 'error',
  title: 'The schema of the definition is not structural',
  why: 'The API server refuses it: each field has a type, lists say what is in them, conditions in allOf, anyOf, oneOf and not add no fields of their own, and defaults are values that the schema allows.',
  remedy: 'Give each field its type outside of the conditions.',
  mirrors: [
    'apiextensions apiserver/schema ValidateStructural',
    'apiextensions apiserver/schema validateStructuralCompleteness',
    'apiextensions/validation ValidateCustomResourceDefinitionOpenAPISchema',
    'apiextensions/validation specStandardValidatorV3.validate',
    'apiextensions apiserver/schema/defaulting ValidateDefaults',
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
          properties:
            spec:
#           ^^^^ error non-structural-schema
              properties:
                size:
                  type: integer
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
          properties:
            spec:
              type: object
              properties:
                size:
                  type: integer
`,
  visit(visit, report) {
    const { value, kind, schema, root } = visit;
    // Before v1, schemas needed not be structural unless unknown fields are dropped.
    if (kind.version !== 'v1' && root.at('spec', 'preserveUnknownFields').boolean !== false) return;
    const ofSpec = schema.type === 'object' && schema.name === 'CustomResourceDefinitionSpec';
    const holder = value.get(ofSpec ? 'validation' : 'schema');
    const top = holder.get('openAPIV3Schema');
    if (!top.map) return;
    const judge = new Judge(visit, report);
    if (value.at('subresources', 'status').present) checkBesideStatus(judge, top);
    const nullable = top.get('nullable');
    if (nullable.boolean)
      judge.refuseField(nullable, 'The root of a schema must not be nullable', {
        fixes: () => judge.remove(top, 'nullable', true),
      });
    checkSchema(judge, top, 'root', { forbidsDefault: undefined, insideMetadata: false, isCorrelatable: true });
    checkCompleteness(judge, top);
  },
};

type Level = 'root' | 'item' | 'field';

interface Circumstances {
  /** Why there is no default here. */
  readonly forbidsDefault: string | undefined;
  readonly insideMetadata: boolean;
  /** Of each value it can be told which was the former one. */
  readonly isCorrelatable: boolean;
}

function checkSchema(judge: Judge, schema: Value, level: Level, circumstances: Circumstances): void {
  if (!schema.map || schema.unknown) return;
  checkSupported(judge, schema, circumstances);
  checkType(judge, schema, level);
  checkExtensions(judge, schema);
  checkListsAndMaps(judge, schema);
  checkCombined(judge, schema);
  checkValidations(judge, schema, circumstances.isCorrelatable);
  checkMetadata(judge, schema, level);
  if (circumstances.forbidsDefault === undefined) checkDefault(judge, schema);
  checkBelow(judge, schema, level, circumstances);
}

function checkBelow(judge: Judge, schema: Value, level: Level, circumstances: Circumstances): void {
  const embedded = schema.get('x-kubernetes-embedded-resource').boolean === true;
  const items = schema.get('items');
  const isMap = schema.get('x-kubernetes-list-type').text === 'map';
  if (items.map) checkSchema(judge, items, 'item', isMap ? circumstances : { ...circumstances, isCorrelatable: false });
  for (const { key, value } of schema.get('properties').map?.pairs ?? [])
    if (new Value(value).absent)
      // A patch takes the field away.
      judge.refuseSpan(key, `Each field must have a "type", and "${key.value}" has nothing`, { ofAbsence: true });
  for (const { name, value } of schema.get('properties').entries) {
    const ofMetadata = (level === 'root' || embedded) && ['metadata', 'kind', 'apiVersion'].includes(name);
    const below = ofMetadata
      ? {
          ...circumstances,
          insideMetadata: true,
          forbidsDefault: level === 'root' ? `of "${name}" at the root` : circumstances.forbidsDefault,
        }
      : circumstances;
    // The metadata of the resource itself has a schema of its own: what it says of the name counts.
    if (level === 'root' && name === 'metadata') {
      checkSupported(judge, value, below);
      for (const { value: field } of value.get('properties').entries) checkSchema(judge, field, 'field', below);
    } else checkSchema(judge, value, 'field', below);
  }
  const additional = schema.get('additionalProperties');
  if (additional.absent) return;
  const properties = schema.get('properties');
  if (level === 'root') judge.refuseField(additional, 'The root of a schema has no "additionalProperties"');
  else if (embedded) judge.refuseField(additional, 'An embedded resource has no "additionalProperties"');
  else if (properties.entries.length > 0 && (additional.map || additional.boolean === false))
    judge.refuseField(additional, 'A schema has "properties" or "additionalProperties", not both', {
      related: [properties, 'The properties'],
    });
  if (additional.map)
    checkSchema(
      judge,
      additional,
      'field',
      circumstances.insideMetadata ? { ...circumstances, forbidsDefault: 'of labels and annotations' } : circumstances,
    );
}

function checkSupported(judge: Judge, schema: Value, { forbidsDefault, insideMetadata }: Circumstances): void {
  for (const field of unsupported) {
    const value = schema.get(field);
    if (value.present && !(value.map && value.entries.length === 0) && value.text !== '')
      judge.refuseField(value, `"${field}" is not supported in the schema of a custom resource`, {
        fixes: () => judge.remove(schema, field),
      });
  }
  const unique = schema.get('uniqueItems');
  if (unique.boolean)
    judge.refuseField(unique, '"uniqueItems" would take too long', {
      advice: 'Use x-kubernetes-list-type: set.',
      fixes: () => judge.remove(schema, 'uniqueItems'),
    });
  const fallback = schema.get('default');
  if (fallback.present && forbidsDefault !== undefined)
    judge.refuseField(fallback, `There is no default ${forbidsDefault}`, {
      fixes: () => judge.remove(schema, 'default'),
    });
  const embedded = schema.get('x-kubernetes-embedded-resource');
  if (insideMetadata && embedded.boolean)
    judge.refuseField(embedded, 'The metadata of a resource has no resources in it');
  if (schema.get('items').list) judge.refuseField(schema.get('items'), '"items" is one schema, not a list of them');
}

function checkType(judge: Judge, schema: Value, level: Level): void {
  const type = schema.get('type');
  if (type.unknown) return;
  const { text } = type;
  const embedded = schema.get('x-kubernetes-embedded-resource').boolean;
  // Such a type is told by its enum.
  if (text && !types.includes(text)) return;
  if (type.absent || text === '') {
    const what = level === 'root' ? 'The root of a schema' : level === 'item' ? 'The items of a list' : 'Each field';
    const free =
      schema.get('x-kubernetes-int-or-string').boolean || schema.get('x-kubernetes-preserve-unknown-fields').boolean;
    if (embedded || !free) judge.lacks(schema, 'type', `${what} must have a "type"`);
  } else if (text && text !== 'object' && level === 'root')
    judge.refuse(type, `The root of a schema is of the type object, not ${text}`, {
      fixes: () => judge.change(type, 'object'),
    });
  else if (text && text !== 'object' && embedded)
    judge.refuse(type, `An embedded resource is of the type object, not ${text}`, {
      fixes: () => judge.change(type, 'object'),
    });
  if (text === 'array' && schema.get('items').absent)
    judge.lacks(schema, 'items', 'The type array needs "items" that say what is in it');
}

function checkExtensions(judge: Judge, schema: Value): void {
  const [embedded, preserve, either] = ['embedded-resource', 'preserve-unknown-fields', 'int-or-string'].map((name) =>
    schema.get(`x-kubernetes-${name}`),
  );
  if (!embedded || !preserve || !either) return;
  if (preserve.boolean === false)
    judge.refuse(preserve, '"x-kubernetes-preserve-unknown-fields" is true or left out', {
      fixes: () => judge.remove(schema, 'x-kubernetes-preserve-unknown-fields', true),
    });
  if (either.boolean)
    for (const other of [preserve, embedded])
      if (other.boolean)
        judge.refuseField(other, 'What is an integer or a string has no fields', {
          related: [either, 'It is an integer or a string'],
        });
  if (embedded.boolean && !preserve.boolean && schema.get('properties').entries.length === 0)
    judge.lacks(
      schema,
      'properties',
      'An embedded resource needs "properties" or "x-kubernetes-preserve-unknown-fields"',
    );
}

/** The metadata of resources is Kubernetes' own: a schema can restrict the name alone. */
function checkMetadata(judge: Judge, schema: Value, level: Level): void {
  if (level !== 'root' && !schema.get('x-kubernetes-embedded-resource').boolean) return;
  const properties = schema.get('properties');
  for (const name of ['kind', 'apiVersion']) {
    const type = properties.get(name).get('type');
    if (type.text && types.includes(type.text) && type.text !== 'string')
      judge.refuse(type, `"${name}" of a resource is a string`, { fixes: () => judge.change(type, 'string', true) });
  }
  const metadata = properties.get('metadata');
  if (!metadata.map || metadata.unknown) return;
  const type = metadata.get('type');
  if (type.text !== 'object' && !type.unknown) {
    if (type.text)
      judge.refuse(type, 'The metadata of a resource is of the type object', {
        fixes: () => judge.change(type, 'object', true),
      });
    else if (type.absent || type.text === '')
      judge.lacks(metadata, 'type', 'The metadata of a resource is of the type object');
  }
  if (level !== 'root') return;
  for (const { name, value } of metadata.get('properties').entries)
    if (name !== 'name' && name !== 'generateName')
      judge.refuseField(value, `Of a resource's metadata a schema can restrict "name" and "generateName" alone`);
  for (const { name, value } of metadata.entries)
    if (!['type', 'properties', 'default'].includes(name) && value.boolean !== false)
      judge.refuseField(
        value,
        `Of a resource's metadata a schema can restrict "name" and "generateName" alone, and not "${name}"`,
        { fixes: () => judge.remove(metadata, name) },
      );
}

function checkBesideStatus(judge: Judge, top: Value): void {
  for (const field of notBesideStatus) {
    const value = top.get(field);
    if (value.present && value.boolean !== false)
      judge.refuseField(value, `A schema with the subresource status has no "${field}" at its root`);
  }
}
