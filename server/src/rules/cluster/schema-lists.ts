import type { Value } from '../../syntax/value.ts';
import type { Judge } from '../judge.ts';

const listTypes = ['atomic', 'set', 'map'];
const mapTypes = ['atomic', 'granular'];

/** How lists and maps of a custom resource are merged: x-kubernetes-list-type, -list-map-keys and -map-type. */
export function checkListsAndMaps(judge: Judge, schema: Value): void {
  const type = schema.get('type').text;
  const list = schema.get('x-kubernetes-list-type');
  const map = schema.get('x-kubernetes-map-type');
  checkKind(judge, schema, map, 'object', mapTypes, type);
  checkKind(judge, schema, list, 'array', listTypes, type);
  const items = schema.get('items');
  const keys = schema.get('x-kubernetes-list-map-keys');
  if (keys.items.length > 0 && list.text !== 'map' && !list.unknown) {
    if (list.absent)
      judge.lacks(
        schema,
        'x-kubernetes-list-type',
        '"x-kubernetes-list-map-keys" needs "x-kubernetes-list-type: map"',
        { related: [keys, 'The keys'] },
      );
    else
      judge.refuse(list, '"x-kubernetes-list-type" must be map beside "x-kubernetes-list-map-keys"', {
        fixes: () => judge.change(list, 'map', true),
      });
  }
  if (list.text !== 'set' && list.text !== 'map') return;
  if (items.get('nullable').boolean)
    judge.refuseField(items.get('nullable'), `The items of a list of the type ${list.text} must not be nullable`);
  if (list.text === 'set') checkSet(judge, items);
  else checkMap(judge, schema, items, keys);
}

function checkKind(
  judge: Judge,
  schema: Value,
  value: Value,
  due: string,
  allowed: readonly string[],
  type: string | undefined,
): void {
  if (value.absent || value.unknown) return;
  const field = value.pair?.key.value ?? '';
  if (value.text !== undefined && !allowed.includes(value.text))
    judge.refuse(value, `"${value.text}" is no value of "${field}"`, { advice: `There are ${allowed.join(', ')}.` });
  if (type !== due && !schema.get('type').unknown)
    judge.refuseField(value, `"${field}" is for the type ${due}`, {
      ofAbsence: type === undefined,
      fixes: () => judge.remove(schema, field),
    });
}

/** Items of a set are compared as wholes. */
function checkSet(judge: Judge, items: Value): void {
  const list = items.get('x-kubernetes-list-type');
  const map = items.get('x-kubernetes-map-type');
  if (items.get('type').text === 'array' && list.text && list.text !== 'atomic')
    judge.refuse(list, 'The lists in a list of the type set must be atomic', {
      fixes: () => judge.change(list, 'atomic', true),
    });
  if (items.get('type').text === 'object' && map.text !== 'atomic' && !map.unknown) {
    if (map.text)
      judge.refuse(map, 'The objects in a list of the type set must be atomic', {
        fixes: () => judge.change(map, 'atomic', true),
      });
    else
      judge.lacks(
        items,
        'x-kubernetes-map-type',
        'The objects in a list of the type set need "x-kubernetes-map-type: atomic"',
      );
  }
}

/** Items of a map are told apart by their keys, so that each has to have them. */
function checkMap(judge: Judge, schema: Value, items: Value, keys: Value): void {
  if (keys.items.length === 0 && !keys.unknown)
    judge.lacks(schema, 'x-kubernetes-list-map-keys', 'A list of the type map needs "x-kubernetes-list-map-keys"');
  if (!items.map || items.unknown) return;
  const type = items.get('type');
  if (type.text !== 'object') {
    if (type.text) judge.refuse(type, 'The items of a list of the type map are of the type object');
    return;
  }
  const required = new Set(items.get('required').items.map(({ text }) => text));
  for (const key of keys.items) {
    if (key.text === undefined) continue;
    const property = items.get('properties').get(key.text);
    if (property.absent) judge.refuse(key, `The items have no property "${key.text}"`, { ofAbsence: true });
    else if (['array', 'object'].includes(property.get('type').text ?? ''))
      judge.refuse(key, `"${key.text}" is no simple value, by which items could be told apart`, {
        related: [property, 'The property'],
      });
    else if (!required.has(key.text) && property.get('default').absent)
      judge.refuseField(property, `"${key.text}" must be required or have a default, so that each item has it`, {
        related: [key, 'Items are told apart by it'],
        ofAbsence: true,
      });
    if (property.get('nullable').boolean)
      judge.refuseField(property.get('nullable'), `"${key.text}" tells items apart and must not be nullable`);
  }
  judge.unique(
    keys.items,
    ({ text }) => (text === undefined ? undefined : `"${text}"`),
    (key) => key,
    'key',
  );
}
