import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/**
 * Reads kubernetes-models and @kubernetes-models/apimachinery: one interface a `.d.ts` (fields, docs, required, enums).
 * Integers and formats are only in the compiled validators (`_schemas/*.js`), so both are read.
 *
 * @param {string} modules the node_modules folder
 * @returns {{ definitions: Map<string, import('./types.mjs').Definition>,
 *   kinds: { apiVersion: string, kind: string, id: string }[], undetermined: string[] }}
 *   ids are those of the package: IoK8sApiCoreV1Container
 */
export function readKubernetesModels(modules) {
  return readModels([join(modules, 'kubernetes-models'), join(modules, '@kubernetes-models', 'apimachinery')]);
}

/**
 * Reads packages of that layout, such as the custom resources of an operator. What they refer to in other packages is
 * left as a reference to its id.
 *
 * @param {string[]} roots the packages' folders
 */
export function readModels(roots) {
  const definitions = new Map();
  const kinds = [];
  const undetermined = [];
  for (const root of roots) {
    const machinery = root.endsWith('apimachinery');
    for (const file of declarationFiles(root)) {
      const read = readDeclaration(file);
      if (read === undefined) continue;
      const validators = readValidators(join(root, '_schemas', `${read.definition.id}.js`));
      for (const field of read.definition.fields) {
        field.type = withFormats(field.type, validators.get(field.name), () =>
          undetermined.push(`${read.definition.id}.${field.name}`),
        );
      }
      definitions.set(read.definition.id, read.definition);
      // The kinds of apimachinery (DeleteOptions, Status, WatchEvent ...) are requests and answers, never manifests.
      if (read.kind !== undefined && !machinery) kinds.push({ ...read.kind, id: read.definition.id });
    }
  }
  return { definitions, kinds, undetermined };
}

/** The type that a reference to this id stands for. */
export function typeOfReference(id) {
  return WELL_KNOWN.get(id) ?? (JSON_UNION.test(id) ? { t: 'any' } : { t: 'ref', id });
}

/** What the API reference says of these two in every kind; kubernetes-models leaves it out. */
const TYPE_META = {
  apiVersion:
    'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
  kind: 'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
};

/** The types that are not interfaces, and those that hold any JSON. */
const WELL_KNOWN = new Map(
  Object.entries({
    IoK8sApimachineryPkgApiResourceQuantity: { t: 'quantity' },
    IoK8sApimachineryPkgUtilIntstrIntOrString: { t: 'int-or-string' },
    IoK8sApimachineryPkgApisMetaV1Time: { t: 'string', format: 'date-time' },
    IoK8sApimachineryPkgApisMetaV1MicroTime: { t: 'string', format: 'date-time' },
    IoK8sApimachineryPkgApisMetaV1Patch: { t: 'any' },
  }),
);

const JSON_UNION = /^IoK8sApiextensionsApiserverPkgApisApiextensionsV1(beta1)?(JSON|JSONSchemaPropsOr\w+)$/;

function declarationFiles(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.isDirectory()) {
        const skipped = entry.name.startsWith('_') || entry.name === 'node_modules';
        return skipped ? [] : declarationFiles(join(folder, entry.name));
      }
      return entry.name.endsWith('.d.ts') && entry.name !== 'index.d.ts' ? [join(folder, entry.name)] : [];
    });
}

function readDeclaration(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, false);
  const declaration = source.statements.find((statement) => ts.isInterfaceDeclaration(statement));
  if (declaration === undefined) return undefined;
  const id = idOf(source, file);
  const name = declaration.name.text.replace(/^I/, '');
  // A recursive interface refers to itself by its short name, and some name what they import by its short name.
  const imported = new Map(
    [...source.text.matchAll(/^import \{ (I\w+) \} from "@kubernetes-models\/apimachinery\/([\w/.]+)"/gm)].map(
      ([, name, path]) => [name, idOfPath(path)],
    ),
  );
  const reader = {
    source,
    reference: (text) =>
      typeOfReference(
        text === declaration.name.text
          ? id
          : /^I(?:Io|Com|Dev)/.test(text)
            ? text.slice(1)
            : (imported.get(text) ?? text),
      ),
  };
  const literals = new Map();
  const fields = declaration.members.map((member) => {
    const literal = literalsOf(member.type);
    if (literal?.length === 1) literals.set(member.name.text, literal[0]);
    return readField(reader, member);
  });
  const apiVersion = literals.get('apiVersion');
  const kind = literals.get('kind');
  const top = apiVersion !== undefined && kind !== undefined;
  if (top) {
    for (const field of fields) {
      if (field.name !== 'apiVersion' && field.name !== 'kind') continue;
      field.required = false;
      field.type = { t: 'string' };
      field.description ||= TYPE_META[field.name];
    }
  }
  const definition = {
    id,
    name,
    description: docOf(source, declaration),
    open: false,
    fields,
  };
  return { definition, kind: top ? { apiVersion, kind } : undefined };
}

function readField(reader, member) {
  return {
    name: member.name.text,
    type: readType(reader, member.type),
    description: docOf(reader.source, member),
    required: member.questionToken === undefined,
  };
}

function readType(reader, node) {
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
      return { t: 'string' };
    case ts.SyntaxKind.NumberKeyword:
      return { t: 'number' };
    case ts.SyntaxKind.BooleanKeyword:
      return { t: 'boolean' };
    case ts.SyntaxKind.AnyKeyword:
    case ts.SyntaxKind.UnknownKeyword:
      return { t: 'any' };
    default:
  }
  const literals = literalsOf(node);
  if (literals !== undefined) return { t: 'string', enum: literals };
  if (ts.isTypeReferenceNode(node)) {
    const name = node.typeName.text;
    if (name === 'Array') return { t: 'list', items: readType(reader, node.typeArguments[0]) };
    return reader.reference(name);
  }
  if (ts.isTypeLiteralNode(node)) {
    const [first] = node.members;
    if (first !== undefined && ts.isIndexSignatureDeclaration(first)) {
      return { t: 'map', values: readType(reader, first.type) };
    }
    return { t: 'inline', fields: node.members.map((member) => readField(reader, member)) };
  }
  // Unions and intersections: what a custom resource may hold there is not told apart.
  if (ts.isUnionTypeNode(node) || ts.isIntersectionTypeNode(node) || ts.isParenthesizedTypeNode(node))
    return { t: 'any' };
  throw new Error(`${reader.source.fileName}: unknown type ${node.getText(reader.source)}`);
}

function literalsOf(node) {
  const nodes = ts.isUnionTypeNode(node) ? node.types : [node];
  const literals = nodes.map((n) =>
    ts.isLiteralTypeNode(n) && ts.isStringLiteral(n.literal) ? n.literal.text : undefined,
  );
  return literals.includes(undefined) ? undefined : literals;
}

/** The comment as it stands, without its frame. */
function docOf(source, node) {
  const doc = node.jsDoc?.at(-1);
  if (doc === undefined) return '';
  return source.text
    .slice(doc.pos, doc.end)
    .replace(/^\/\*\*\s?/, '')
    .replace(/\s*\*\/$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .replaceAll('*\\/', '*/')
    .replaceAll('\\*', '*')
    .trim();
}

/** `export type { IContainer as IIoK8sApiCoreV1Container, … }` names the definition; otherwise the file does. */
function idOf(source, file) {
  return / as I((?:Io|Com|Dev)\w+)/.exec(source.text)?.[1] ?? file.replace(/^.*@kubernetes-models\/|\.d\.ts$/g, '');
}

/** apis/meta/v1/ObjectMeta → IoK8sApimachineryPkgApisMetaV1ObjectMeta */
const idOfPath = (path) =>
  `IoK8sApimachineryPkg${path
    .split('/')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')}`;

/**
 * Field → the scalar that its validator checks: lists and maps are looked through.
 * The validators are generated by ajv: one function a schema, which calls those of its parts.
 */
function readValidators(file) {
  if (!existsSync(file)) return new Map();
  const text = readFileSync(file, 'utf8');
  const bodies = new Map();
  for (const part of text.split(/(?=function validate\d+\()/)) {
    const name = /^function (validate\d+)\(/.exec(part)?.[1];
    if (name !== undefined) bodies.set(name, part);
  }
  const main = /export const validate=(validate\d+)/.exec(text)?.[1];
  const scalars = new Map();
  const fields = /void 0!==data(?:\.([\w$]+)|\[("(?:[^"\\]|\\.)*")\])&&\(?(validate\d+)\(/g;
  for (const match of (bodies.get(main) ?? '').matchAll(fields)) {
    scalars.set(match[1] ?? JSON.parse(match[2]), scalarOf(match[3], bodies));
  }
  return scalars;
}

function scalarOf(name, bodies) {
  const body = bodies.get(name);
  if (body === undefined) return undefined;
  const inner = /(validate\d+)\(data\[(?:i|key)\d+\]/.exec(body)?.[1];
  if (inner !== undefined) return scalarOf(inner, bodies);
  return {
    integer: body.includes('params:{type:"integer"}'),
    number: body.includes('params:{type:"number"}'),
    format: /params:\{format:"([^"]+)"\}/.exec(body)?.[1],
  };
}

function withFormats(type, scalar, missing) {
  if (type.t === 'list') return { ...type, items: withFormats(type.items, scalar, missing) };
  if (type.t === 'map') return { ...type, values: withFormats(type.values, scalar, missing) };
  if (type.t === 'number') {
    if (scalar === undefined || !(scalar.integer || scalar.number)) {
      missing();
      return type;
    }
    return { t: scalar.integer ? 'integer' : 'number', ...(scalar.format && { format: scalar.format }) };
  }
  if (type.t === 'string' && type.enum === undefined && scalar?.format !== undefined) {
    return { t: 'string', format: scalar.format };
  }
  return type;
}
