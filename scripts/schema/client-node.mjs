import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Reads @kubernetes/client-node: which kinds live in a namespace, their plurals, and the alpha and beta kinds
 * that kubernetes-models leaves out.
 *
 * @param {string} modules the node_modules folder
 */
export function readClientNode(modules) {
  const gen = join(modules, '@kubernetes/client-node/dist/gen');
  return { resources: readResources(join(gen, 'apis')), models: new Models(join(gen, 'models')) };
}

/**
 * The paths that take a POST of an object.
 *
 * @returns {{ apiVersion: string, kind: string, namespaced: boolean, plural: string, model: string }[]}
 */
function readResources(folder) {
  const resources = [];
  const creation = /async create(?:Namespaced)?(\w+)\([\s\S]*?localVarPath = '([^']+)'([\s\S]*?)\n {4}\}\n/g;
  const collection = /^\/apis?\/(?:[^/{]+\/)?v\w+(\/namespaces\/\{namespace\})?\/([a-z]+)$/;
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('Api.js')) continue;
    for (const [, kind, path, body] of readFileSync(join(folder, file), 'utf8').matchAll(creation)) {
      const match = collection.exec(path);
      const model = /ObjectSerializer\.serialize\(body, "(\w+)"/.exec(body)?.[1];
      if (match === null || model === undefined) continue;
      const apiVersion = path
        .split('/')
        .slice(2, path.startsWith('/api/') ? 3 : 4)
        .join('/');
      resources.push({ apiVersion, kind, namespaced: match[1] !== undefined, plural: match[2], model });
    }
  }
  return resources;
}

class Models {
  #folder;

  constructor(folder) {
    this.#folder = folder;
  }

  /**
   * Reads one model.
   *
   * @param {string} model V1beta1ResourceClaim
   * @param {(model: string) => import('./types.mjs').Type} reference the type that another model's name stands for
   * @returns {import('./types.mjs').Definition} its id is client:V1beta1ResourceClaim
   */
  read(model, reference) {
    const script = readFileSync(join(this.#folder, `${model}.js`), 'utf8');
    const declaration = readFileSync(join(this.#folder, `${model}.d.ts`), 'utf8');
    const docs = new Map();
    const member = /(?:\/\*\*\n([\s\S]*?)\*\/\n\s*)?'([^'\n]+)'(\?)?: [^;]+;/g;
    const body = declaration.slice(declaration.indexOf('export declare class'));
    for (const [, doc, name, optional] of body.matchAll(member)) {
      docs.set(name, { description: textOf(doc), required: optional === undefined });
    }
    const attributes = JSON.parse(/attributeTypeMap = (\[[\s\S]*?\n\]);/.exec(script)?.[1] ?? '[]');
    const fields = attributes.map(({ name, baseName, type, format }) => ({
      name: baseName,
      type: typeOf(type, format, reference),
      ...(docs.get(name) ?? { description: '', required: false }),
    }));
    const description = /\/\*\*\n\* ([\s\S]*?)\*\/\nexport class/.exec(script)?.[1];
    const name = model.replace(/^(?:[A-Z][a-z]+)?V\d+(?:(?:alpha|beta)\d+)?(?=[A-Z])/, '');
    return { id: `client:${model}`, name, description: textOf(description), open: false, fields };
  }
}

function textOf(comment) {
  return (comment ?? '')
    .replace(/^\s*\* ?/, '')
    .replace(/\\(['"])/g, '$1')
    .trim();
}

function typeOf(type, format, reference) {
  const list = /^Array<(.*)>$/.exec(type)?.[1];
  if (list !== undefined) return { t: 'list', items: typeOf(list, format, reference) };
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(type)?.[1];
  if (map !== undefined) return { t: 'map', values: typeOf(map, format, reference) };
  switch (type) {
    case 'string':
      return { t: 'string', ...(format !== '' && { format }) };
    case 'boolean':
      return { t: 'boolean' };
    case 'number':
      return format.startsWith('int') ? { t: 'integer', format } : { t: 'number' };
    case 'Date':
    case 'V1MicroTime':
      return { t: 'string', format: 'date-time' };
    case 'IntOrString':
      return { t: 'int-or-string' };
    case 'any':
    case 'object':
      return { t: 'any' };
    default:
      return reference(type);
  }
}
