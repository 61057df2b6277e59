/** Red Hat's YAML extension. */
export const YAML_EXTENSION = 'redhat.vscode-yaml';
/** Gives that one the schema of Kubernetes for every manifest. */
export const KUBERNETES_EXTENSION = 'ms-kubernetes-tools.vscode-kubernetes-tools';

/** How that extension is set up for a document. */
export interface YamlExtensionSetup {
  readonly validate: boolean;
  readonly hover: boolean;
  readonly completion: boolean;
  /** The setting `yaml.schemas`: globs by schema. */
  readonly schemas: unknown;
  /** Another extension brings the schema of Kubernetes for every manifest. */
  readonly everyManifest: boolean;
}

/** What it gives for a document, and Podwire keeps to itself. */
export interface Given {
  /** Codes of Podwire's diagnostics. */
  readonly diagnostics: ReadonlySet<string>;
  /** Fields' documentation. */
  readonly hover: boolean;
  /** Fields and their values. */
  readonly completion: boolean;
}

export const nothingGiven: Given = { diagnostics: new Set(), hover: false, completion: false };

/** What any YAML file gets. */
const ofYaml = ['yaml-syntax', 'duplicate-key'];
/** What only the schema of Kubernetes tells. */
const ofSchema = ['unknown-field', 'wrong-type', 'invalid-value', 'missing-field'];

/**
 * What Red Hat's extension gives for a document.
 *
 * @param path the document's, with `/`
 */
export function givenFor(setup: YamlExtensionSetup, path: string, text: string): Given {
  const structure = hasKubernetesSchema(setup, path, text);
  return {
    diagnostics: new Set(setup.validate ? [...ofYaml, ...(structure ? ofSchema : [])] : []),
    hover: setup.hover && structure,
    completion: setup.completion && structure,
  };
}

function hasKubernetesSchema({ schemas, everyManifest }: YamlExtensionSetup, path: string, text: string): boolean {
  // A comment in the file counts before any setting.
  const named = /^#\s*yaml-language-server\s*:\s*\$schema\s*=\s*(\S+)/m.exec(text);
  if (named?.[1] !== undefined) return isKubernetes(named[1]);
  if (everyManifest && /^apiVersion:/m.test(text) && /^kind:/m.test(text)) return true;
  if (typeof schemas !== 'object' || schemas === null) return false;
  return Object.entries(schemas).some(([schema, globs]) => {
    if (!isKubernetes(schema)) return false;
    const all: readonly unknown[] = Array.isArray(globs) ? globs : [globs];
    const texts = all.filter((glob) => typeof glob === 'string');
    const excluded = texts.some((glob) => glob.startsWith('!') && matchesGlob(glob.slice(1), path));
    return !excluded && texts.some((glob) => !glob.startsWith('!') && matchesGlob(glob, path));
  });
}

/** `kubernetes` stands for its schema; others name a file of one of the usual collections. */
const isKubernetes = (schema: string): boolean =>
  schema.toLowerCase() === 'kubernetes' || /kubernetes-json-schema|kubernetesjsonschema/i.test(schema);

/** A glob matches the path's end, from a folder on: `*.yaml` files in any folder, `k8s/*` those of any folder k8s. */
function matchesGlob(glob: string, path: string): boolean {
  const source = glob
    .replace(/^\/+/, '')
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/?|\*|\?|\{|\}|,/g, (part) => {
      if (part.startsWith('**')) return '.*';
      return { '*': '[^/]*', '?': '[^/]', '{': '(?:', '}': ')', ',': '|' }[part] ?? part;
    });
  try {
    return new RegExp(`(?:^|/)${source}$`).test(path);
  } catch {
    return false;
  }
}
