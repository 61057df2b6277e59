import { fitsPattern } from '../../kubernetes/pattern.ts';
import { scalarType } from '../../syntax/scalar.ts';
import type { Value } from '../../syntax/value.ts';
import type { Judge } from '../judge.ts';

/** Reports a default that its own schema does not allow (ValidateDefaults); what can't be told is let pass. */
export function checkDefault(judge: Judge, schema: Value): void {
  const value = schema.get('default');
  if (value.absent) return;
  const fault = faultOf(value, schema);
  if (fault) judge.refuse(fault.at, `The default ${fault.reason}`, { related: [schema, 'The schema of the value'] });
}

interface Fault {
  readonly at: Value;
  readonly reason: string;
}

function faultOf(value: Value, schema: Value): Fault | undefined {
  if (value.unknown || schema.unknown || value.absent) return undefined;
  const type = schema.get('type').text;
  const given = typeOf(value);
  if (given === undefined) return undefined;
  if (schema.get('x-kubernetes-int-or-string').boolean) {
    if (given !== 'integer' && given !== 'string') return { at: value, reason: 'is neither an integer nor a string' };
  } else if (type && given !== type && !(type === 'number' && given === 'integer')) {
    return { at: value, reason: `is of the type ${given}, and its schema says ${type}` };
  }
  return ofEnum(value, schema) ?? ofRange(value, schema) ?? below(value, schema);
}

const typeOf = (value: Value): string | undefined => {
  if (value.map) return 'object';
  if (value.list) return 'array';
  const type = value.scalar && scalarType(value.scalar);
  return type === 'null' || type === 'unrepresentable' ? undefined : type;
};

function ofEnum(value: Value, schema: Value): Fault | undefined {
  const allowed = schema.get('enum');
  // An empty one allows everything.
  if (allowed.items.length === 0 || !value.scalar || allowed.items.some((item) => item.unknown)) return undefined;
  const own = plain(value);
  if (allowed.items.some((item) => item.scalar && plain(item) === own)) return undefined;
  return { at: value, reason: 'is none of the values in "enum"' };
}

/** A scalar so that equal values of a type are equal texts. */
const plain = (value: Value): string => {
  const { text, integer, boolean } = value;
  return text !== undefined
    ? `string ${text}`
    : boolean !== undefined
      ? `boolean ${boolean}`
      : `number ${integer ?? Number(value.scalar?.value ?? '')}`;
};

function ofRange(value: Value, schema: Value): Fault | undefined {
  const number = value.integer;
  const [least, most] = [schema.get('minimum').integer, schema.get('maximum').integer];
  if (
    number !== undefined &&
    least !== undefined &&
    (number < least || (number === least && schema.get('exclusiveMinimum').boolean))
  )
    return { at: value, reason: `is ${number}, and the minimum is ${least}` };
  if (
    number !== undefined &&
    most !== undefined &&
    (number > most || (number === most && schema.get('exclusiveMaximum').boolean))
  )
    return { at: value, reason: `is ${number}, and the maximum is ${most}` };
  const { text } = value;
  const [shortest, longest] = [schema.get('minLength').integer, schema.get('maxLength').integer];
  const length = text === undefined ? undefined : [...text].length;
  if (length !== undefined && shortest !== undefined && length < shortest)
    return { at: value, reason: `has fewer than ${shortest} characters` };
  if (length !== undefined && longest !== undefined && length > longest)
    return { at: value, reason: `has more than ${longest} characters` };
  const { text: pattern } = schema.get('pattern');
  if (text !== undefined && pattern && fitsPattern(text, pattern) === false)
    return { at: value, reason: `does not match the pattern ${pattern}` };
  const [fewest, several] = [schema.get('minItems').integer, schema.get('maxItems').integer];
  if (value.list && fewest !== undefined && value.items.length < fewest)
    return { at: value, reason: `has fewer than ${fewest} items` };
  if (value.list && several !== undefined && value.items.length > several)
    return { at: value, reason: `has more than ${several} items` };
  return undefined;
}

function below(value: Value, schema: Value): Fault | undefined {
  if (value.list) {
    const items = schema.get('items');
    for (const item of value.items) {
      const fault = items.map && faultOf(item, items);
      if (fault) return fault;
    }
    return undefined;
  }
  if (!value.map) return undefined;
  const properties = schema.get('properties');
  for (const { text } of schema.get('required').items) {
    // A property may have a default of its own.
    if (text !== undefined && value.get(text).absent && properties.get(text).get('default').absent)
      return { at: value, reason: `lacks "${text}", which is required` };
  }
  const additional = schema.get('additionalProperties');
  const open =
    schema.get('x-kubernetes-preserve-unknown-fields').boolean ||
    schema.get('x-kubernetes-embedded-resource').boolean ||
    additional.present;
  for (const entry of value.entries) {
    const own = properties.get(entry.name);
    if (own.absent && !open && schema.get('type').text === 'object')
      return { at: entry.value, reason: `has "${entry.name}", which its schema does not know` };
    const fault = own.map ? faultOf(entry.value, own) : additional.map ? faultOf(entry.value, additional) : undefined;
    if (fault) return fault;
  }
  return undefined;
}
