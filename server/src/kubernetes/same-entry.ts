import type { Data, MapData } from '../base/data.ts';

/**
 * Whether two entries of a pod are the same once they are Go structs, as reflect.DeepEqual sees them: the order of
 * fields doesn't count, and an empty value is as good as none, but for fields that are pointers.
 */
export const isSame = (a: MapData, b: MapData): boolean => fingerprint(a) === fingerprint(b);

/** Fields of variables, mounts and volumes whose zero value differs from none: pointers in the API's types. */
const pointers = new Set([
  'optional',
  'defaultMode',
  'mode',
  'sizeLimit',
  'mountPropagation',
  'recursiveReadOnly',
  'expirationSeconds',
]);

/** Quantities are compared by their text. */
const quantities = new Set(['sizeLimit', 'divisor']);

function fingerprint(value: Data): string {
  if (value.type === 'scalar') return JSON.stringify(value.value);
  if (value.type === 'list') return `[${value.items.map(fingerprint).join()}]`;
  const fields: string[] = [];
  for (const [key, inner] of value.entries) {
    if (isZero(inner) && !(pointers.has(key) && inner.type === 'scalar' && inner.value !== null)) continue;
    const text =
      quantities.has(key) && inner.type === 'scalar' ? JSON.stringify(String(inner.value)) : fingerprint(inner);
    fields.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${fields.sort().join()}}`;
}

/** An empty map is a pointer to an empty struct (`emptyDir: {}`), and counts. */
function isZero(value: Data): boolean {
  if (value.type === 'list') return value.items.length === 0;
  return value.type === 'scalar' && (value.value === null || value.value === '' || !value.value);
}
