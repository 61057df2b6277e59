/**
 * Packs definitions and kinds into the JSON that server/src/schema/api-model.ts reads:
 *
 *   { format, kubernetes,
 *     texts: [description],
 *     types: [[scalar, format?, [enum]?] | ['list', type] | ['map', type] | ['ref', definition]],
 *     definitions: [[name, text, flags, [name, type, text, flags, default, merge key, …six values a field]]],
 *     packs: { group: the pack that has its kinds },
 *     kinds: [[group, version, kind, plural, namespaced, definition,
 *       [since, until, deprecated, removal, replacement]?]] }
 *
 * Numbers are indexes. Definition flags: 1 open. Field flags: 1 required, 2 deprecated, 4 may be empty, the first
 * release that has it from bit 3 on, the last one from bit 9 on, 1 << 15 decodes itself, 1 << 16 may be a boolean. Releases are minor numbers, 0 where there is nothing
 * to say.
 * An absent default or merge key is 0.
 *
 * @param {{ kubernetes: string, definitions: Map<string, import('./types.mjs').Definition>,
 *   kinds: import('./types.mjs').Kind[], packs?: Record<string, string> }} model kinds in the order in which they are to be offered
 */
export function encode({ kubernetes, definitions, kinds, packs = {} }) {
  const texts = new Table();
  const types = new Table();
  const indexes = new Map();
  const packed = [];

  const definitionIndex = (id) => {
    const known = indexes.get(id);
    if (known !== undefined) return known;
    const definition = definitions.get(id);
    if (definition === undefined) throw new Error(`no definition of ${id}`);
    const index = packed.length;
    indexes.set(id, index);
    packed.push(undefined);
    const fields = definition.fields.flatMap((field) => [
      field.name,
      typeIndex(field.type),
      texts.index(field.description),
      (field.required ? 1 : 0) |
        (field.deprecated ? 2 : 0) |
        (field.mayBeEmpty ? 4 : 0) |
        ((field.since ?? 0) << 3) |
        ((field.until ?? 0) << 9) |
        (field.decodesItself ? 1 << 15 : 0) |
        (field.mayBeBoolean ? 1 << 16 : 0),
      field.default ?? 0,
      field.mergeKey ?? 0,
    ]);
    packed[index] = [definition.name, texts.index(definition.description), definition.open ? 1 : 0, fields];
    return index;
  };

  const typeIndex = (type) => {
    switch (type.t) {
      case 'list':
        return types.index(['list', typeIndex(type.items)]);
      case 'map':
        return types.index(['map', typeIndex(type.values)]);
      case 'ref':
        return types.index(['ref', definitionIndex(type.id)]);
      case 'inline':
        throw new Error('an inline object has no definition');
      default:
        if (type.enum !== undefined) return types.index([type.t, type.format ?? '', type.enum]);
        return types.index(type.format === undefined ? [type.t] : [type.t, type.format]);
    }
  };

  const rows = kinds.map(({ apiVersion, kind, id, namespaced, plural, ...life }) => {
    const slash = apiVersion.indexOf('/');
    const group = slash < 0 ? '' : apiVersion.slice(0, slash);
    const releases = [
      life.since ?? 0,
      life.until ?? 0,
      life.deprecated ?? 0,
      life.removal ?? 0,
      life.replacement ?? '',
    ];
    return [
      group,
      apiVersion.slice(slash + 1),
      kind,
      plural,
      namespaced ? 1 : 0,
      definitionIndex(id),
      ...(releases.some((one) => one !== 0 && one !== '') ? [releases] : []),
    ];
  });
  return JSON.stringify({
    format: 1,
    kubernetes,
    packs,
    texts: texts.values,
    types: types.values,
    definitions: packed,
    kinds: rows,
  });
}

/** Values by first use; equal ones share an index. */
class Table {
  values = [];
  #indexes = new Map();

  index(value) {
    const key = typeof value === 'string' ? value : JSON.stringify(value);
    let index = this.#indexes.get(key);
    if (index === undefined) {
      index = this.values.push(value) - 1;
      this.#indexes.set(key, index);
    }
    return index;
  }
}
