import type { Value } from '../../syntax/value.ts';
import type { Judge } from '../judge.ts';

/** What a condition can't say: it restricts values, and the fields and their types are said outside of it. */
const structural = [
  'type',
  'additionalProperties',
  'default',
  'title',
  'description',
  'nullable',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
  'x-kubernetes-validations',
];

/** Reports what is structural in the conditions of a schema: allOf, anyOf, oneOf and not (validateValueValidation). */
export function checkCombined(judge: Judge, schema: Value): void {
  checkPattern(judge, schema);
  checkConditions(
    judge,
    schema,
    isIntOrString(schema.get('anyOf')),
    isIntOrString(schema.get('allOf').item(0).get('anyOf')),
  );
}

/** Reports fields that a condition at the root speaks of and the schema doesn't have (validateStructuralCompleteness). */
export function checkCompleteness(judge: Judge, schema: Value): void {
  for (const condition of conditionsOf(schema)) complete(judge, condition, schema);
}

function checkConditions(judge: Judge, schema: Value, anyOfIsType: boolean, firstAllOfIsType: boolean): void {
  if (!anyOfIsType) for (const item of schema.get('anyOf').items) checkNested(judge, item, false);
  for (const [i, item] of schema.get('allOf').items.entries()) checkNested(judge, item, firstAllOfIsType && i === 0);
  for (const item of schema.get('oneOf').items) checkNested(judge, item, false);
  checkNested(judge, schema.get('not'), false);
}

function checkNested(judge: Judge, schema: Value, anyOfIsType: boolean): void {
  if (!schema.map || schema.unknown) return;
  checkPattern(judge, schema);
  checkConditions(judge, schema, anyOfIsType, false);
  checkNested(judge, schema.get('items'), false);
  for (const { name, value } of schema.get('properties').entries) {
    if (name === 'metadata') judge.refuseField(value, 'A condition must not speak of the metadata');
    checkNested(judge, value, false);
  }
  for (const field of structural) {
    const value = schema.get(field);
    if (value.absent || value.text === '' || value.boolean === false) continue;
    if (value.list?.items.length === 0) continue;
    judge.refuseField(value, `A condition restricts values and has no "${field}"`, {
      advice: 'Write it outside of allOf, anyOf, oneOf and not.',
      fixes: () => judge.remove(schema, field),
    });
  }
}

/** `anyOf: [{type: integer}, {type: string}]`, the one way to name types in a condition. */
function isIntOrString(anyOf: Value): boolean {
  const [first, second] = anyOf.items;
  const isType = (item: Value | undefined, type: string): boolean =>
    item?.entries.length === 1 && item.get('type').text === type;
  return anyOf.items.length === 2 && isType(first, 'integer') && isType(second, 'string');
}

const conditionsOf = (schema: Value): readonly Value[] => [
  ...['allOf', 'anyOf', 'oneOf'].flatMap((field) => schema.get(field).items),
  schema.get('not'),
];

function complete(judge: Judge, condition: Value, schema: Value): void {
  if (condition.unknown || schema.unknown) return;
  for (const inner of conditionsOf(condition)) if (inner.map) complete(judge, inner, schema);
  const items = condition.get('items');
  if (items.map) {
    if (schema.get('items').absent)
      judge.refuseField(items, 'The condition speaks of items, which the schema itself does not have', {
        ofAbsence: true,
      });
    else complete(judge, items, schema.get('items'));
  }
  for (const { name, value } of condition.get('properties').entries) {
    const own = schema.get('properties').get(name);
    if (schema.get('properties').unknown) continue;
    if (own.absent)
      judge.refuseField(value, `The condition speaks of "${name}", which the schema itself does not have`, {
        ofAbsence: true,
      });
    else complete(judge, value, own);
  }
}

/** Go's regular expressions look neither ahead nor behind, and remember nothing. */
function checkPattern(judge: Judge, schema: Value): void {
  const pattern = schema.get('pattern');
  const { text } = pattern;
  if (!text) return;
  const bare = text.replace(/\\[^1-9]/g, '..').replace(/\[\^?\]?[^\]]*\]/g, '.');
  const look = /\(\?(?:<?[=!])/.exec(bare);
  const reference = /\\[1-9]/.exec(bare);
  if (look)
    judge.refuse(pattern, `The pattern has "${look[0]}", and Go's regular expressions look neither ahead nor behind`);
  else if (reference)
    judge.refuse(
      pattern,
      `The pattern has "${reference[0]}", and Go's regular expressions have no references to their groups`,
    );
  else if (isUnbalanced(bare)) judge.refuse(pattern, 'The pattern is no regular expression: its brackets do not match');
}

function isUnbalanced(pattern: string): boolean {
  let depth = 0;
  for (const character of pattern) {
    if (character === '(') depth++;
    else if (character === ')') depth--;
    if (depth < 0) return true;
  }
  return depth !== 0 || /(?:^|[^\\])\[/.test(pattern);
}
