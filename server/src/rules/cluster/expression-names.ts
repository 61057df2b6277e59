import { celFieldName, isCelIdentifier, parseCel } from '../../kubernetes/cel.ts';
import { type CelType, checkCel } from '../../kubernetes/cel-check.ts';
import type { Path } from '../../syntax/tree.ts';
import type { Value } from '../../syntax/value.ts';
import type { SchemaVisit } from '../rule.ts';

/** What the names in an expression stand for. */
type Names = ReadonlyMap<string, CelType>;

const object = (name: string, fields: Readonly<Record<string, CelType>>): CelType => {
  const map = new Map(Object.entries(fields));
  return { kind: 'object', name, fields: () => map };
};

const list = (items: CelType): CelType => ({ kind: 'list', items });
const map = (values: CelType): CelType => ({ kind: 'map', values });

const groupOf = (third: 'kind' | 'resource'): CelType =>
  object(`a ${third} of the request`, { group: 'string', version: 'string', [third]: 'string' });

/** The request that admission looks at (plugin/cel BuildRequestType). */
export const requestType: CelType = object('the request', {
  kind: groupOf('kind'),
  resource: groupOf('resource'),
  subResource: 'string',
  requestKind: groupOf('kind'),
  requestResource: groupOf('resource'),
  requestSubResource: 'string',
  name: 'string',
  namespace: 'string',
  operation: 'string',
  userInfo: object('the user', {
    username: 'string',
    uid: 'string',
    groups: list('string'),
    extra: map(list('string')),
  }),
  dryRun: 'bool',
  options: 'dyn',
});

/** A device that a claim may get (dynamic-resource-allocation/cel). */
export const deviceType: CelType = object('a device', {
  driver: 'string',
  attributes: map('dyn'),
  capacity: map('dyn'),
  allowMultipleAllocations: 'bool',
});

/** What a text of a format is to expressions. */
const formats: Readonly<Record<string, CelType>> = {
  byte: 'bytes',
  date: 'timestamp',
  'date-time': 'timestamp',
  duration: 'duration',
};

/**
 * What the values of a custom resource's schema are to the rules in it (apiserver/pkg/cel/common SchemaDeclType);
 * 'dyn' where the schema doesn't say, or where nobody can tell. A resource's root and embedded resources have
 * apiVersion, kind and the name in metadata, whatever the schema says of them.
 */
export function schemaType(schema: Value, isResource: boolean): CelType {
  if (schema.unknown || !schema.map || schema.get('x-kubernetes-int-or-string').boolean) return 'dyn';
  switch (schema.get('type').text) {
    case 'boolean':
      return 'bool';
    case 'integer':
      return 'int';
    case 'number':
      return 'double';
    case 'string': {
      const format = schema.get('format');
      return format.unknown ? 'dyn' : (formats[format.text ?? ''] ?? 'string');
    }
    case 'array':
      return list(schemaType(schema.get('items'), isEmbedded(schema.get('items'))));
    case 'object':
      return objectType(schema, isResource);
    default:
      return 'dyn';
  }
}

export const isEmbedded = (schema: Value): boolean => schema.get('x-kubernetes-embedded-resource').boolean === true;

const metadataType: CelType = object('metadata, as rules see it,', { name: 'string', generateName: 'string' });

function objectType(schema: Value, isResource: boolean): CelType {
  const [properties, more] = [schema.get('properties'), schema.get('additionalProperties')];
  if (more.map) return map(schemaType(more, isEmbedded(more)));
  // What is preserved without being described can't be reached, but nobody is sure of what is meant by it.
  const isOpen = more.present || schema.get('x-kubernetes-preserve-unknown-fields').present;
  if (properties.unknown || isOpen || (properties.entries.length === 0 && !isResource)) return 'dyn';
  let fields: ReadonlyMap<string, CelType> | undefined;
  return {
    kind: 'object',
    name: 'the schema here',
    fields: () => {
      fields ??= new Map([
        // Words of CEL's own are fields as they are, too.
        ...properties.entries.flatMap(({ name, value }) => {
          const type = schemaType(value, isEmbedded(value));
          return [name, celFieldName(name) ?? name].map((field) => [field, type] as const);
        }),
        ...(isResource
          ? ([
              ['apiVersion', 'string'],
              ['kind', 'string'],
              ['metadata', metadataType],
            ] as const)
          : []),
      ]);
      return fields;
    },
  };
}

const policies = new Set(['ValidatingAdmissionPolicy', 'MutatingAdmissionPolicy']);

/** The names that an expression has, by the type of object that holds it; undefined where nobody knows. */
export function namesIn({ root, path, kind }: SchemaVisit, holder: string, field: string): Names | undefined {
  if (holder === 'ValidationRule') return kind.kind === 'CustomResourceDefinition' ? ofRule(root, path) : undefined;
  if (holder === 'CELDeviceSelector') return new Map([['device', deviceType]]);
  const names = new Map<string, CelType>([
    ['object', 'dyn'],
    ['oldObject', 'dyn'],
    ['request', requestType],
    ['namespaceObject', 'dyn'],
  ]);
  // What a message says can't ask who is allowed to do what.
  if (field !== 'messageExpression') names.set('authorizer', 'dyn');
  if (!policies.has(kind.kind)) return holder === 'MatchCondition' ? names : undefined;
  const spec = root.get('spec');
  if (spec.unknown) return undefined;
  if (spec.get('paramKind').present) names.set('params', 'dyn');
  names.set(
    'variables',
    holder === 'MatchCondition' ? 'dyn' : variablesOf(spec, names, holder === 'Variable' ? path : []),
  );
  return names;
}

/** Each variable knows those before it; everything else knows all. */
function variablesOf(spec: Value, names: Names, path: Path): CelType {
  const all = spec.get('variables');
  if (all.unknown || all.items.some((one) => one.unknown || !isCelIdentifier(one.get('name').text ?? ''))) return 'dyn';
  const last = path.at(-1);
  const before = typeof last === 'number' ? all.items.slice(0, last) : all.items;
  const fields = new Map<string, CelType>();
  const variables: CelType = { kind: 'object', name: 'the list of variables up to here', fields: () => fields };
  for (const one of before) {
    const read = one.get('expression').text ? parseCel(one.get('expression').text ?? '') : undefined;
    const checked =
      read && 'tree' in read ? checkCel(read.tree, new Map([...names, ['variables', variables]])) : undefined;
    fields.set(one.get('name').text ?? '', checked && 'type' in checked ? checked.type : 'dyn');
  }
  return variables;
}

/** A rule of a schema sees the value that the schema is for. */
function ofRule(root: Value, path: Path): Names | undefined {
  if (path.at(-2) !== 'x-kubernetes-validations') return undefined;
  const schema = root.at(...path.slice(0, -2));
  const self = schemaType(schema, path.at(-3) === 'openAPIV3Schema' || isEmbedded(schema));
  const optional = root.at(...path).get('optionalOldSelf');
  return new Map([
    ['self', self],
    ['oldSelf', optional.present ? 'dyn' : self],
  ]);
}
