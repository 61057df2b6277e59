// The API model as JSON schemas, laid out like those that yaml-language-server's `kubernetes` setting loads.

/**
 * @param {{ kinds(): readonly object[] }} model an ApiModel
 * @returns {{ all: object, definitions: object }} what `all.json` and `_definitions.json` hold
 */
export function peerSchemas(model) {
  const definitions = {};
  const ids = new Map();
  const oneOf = [];
  for (const kind of model.kinds()) {
    // Subresources (a Scale, an Eviction) are never written as manifests.
    if (kind.plural.includes('/')) continue;
    const id = definitionId(kind);
    const gvk = { group: kind.group, kind: kind.kind, version: kind.version };
    const schema = objectSchema(kind.schema);
    schema.properties.apiVersion = { ...schema.properties.apiVersion, enum: [kind.apiVersion] };
    schema.properties.kind = { ...schema.properties.kind, enum: [kind.kind] };
    definitions[id] = { ...schema, 'x-kubernetes-group-version-kind': [gvk] };
    oneOf.push({ $ref: `_definitions.json#/definitions/${id}` });
  }
  return { all: { oneOf }, definitions: { definitions } };

  function objectSchema(schema) {
    const properties = {};
    const required = [];
    for (const field of schema.fields.values()) {
      properties[field.name] = { description: field.description, ...valueSchema(field.schema) };
      if (field.required) required.push(field.name);
    }
    return {
      type: 'object',
      description: schema.description,
      properties,
      ...(required.length > 0 && { required }),
      ...(!schema.open && { additionalProperties: false }),
    };
  }

  function valueSchema(schema) {
    switch (schema.type) {
      case 'object':
        return { $ref: `#/definitions/${shared(schema)}` };
      case 'list':
        return { type: 'array', items: valueSchema(schema.items) };
      case 'map':
        return { type: 'object', additionalProperties: valueSchema(schema.values) };
      case 'int-or-string':
        return { oneOf: [{ type: 'string' }, { type: 'integer' }] };
      case 'quantity':
        return { oneOf: [{ type: 'string' }, { type: 'number' }] };
      case 'any':
        return {};
      default:
        return { type: schema.type, ...(schema.enum.length > 0 && { enum: [...schema.enum] }) };
    }
  }

  function shared(schema) {
    let id = ids.get(schema);
    if (id === undefined) {
      id = `shared.${schema.name}.${ids.size}`;
      ids.set(schema, id);
      definitions[id] = objectSchema(schema);
    }
    return id;
  }
}

/** The name by which the server finds a kind's definition. */
function definitionId({ group, version, kind }) {
  const prefix = group === 'apiextensions.k8s.io' ? 'io.k8s.apiextensions-apiserver.pkg.apis' : 'io.k8s.api';
  const short = group === '' ? 'core' : group.replace('.k8s.io', '').replace('rbac.authorization', 'rbac');
  return `${prefix}.${short}.${version}.${kind}`;
}
