import { isServed, type Lifetime, newestRelease, type Release } from '../base/release.ts';
import { CustomKinds } from './custom-kinds.ts';
import type { SchemaFile } from './schema-file.ts';
import { Definitions, releaseOf } from './schema-file.ts';
import type { Field, KindInfo, ObjectSchema, Schema } from './schema-types.ts';

export type { Field, KindInfo, ListSchema, MapSchema, ObjectSchema, ScalarSchema, Schema } from './schema-types.ts';

/** The kinds of the Kubernetes API and their fields. Immutable; schemas are resolved when they are first asked for. */
export class ApiModel {
  /** Knows nothing: what works without a schema still works. */
  static readonly empty: ApiModel = new ApiModel([]);

  readonly #kinds: readonly KindInfo[];
  readonly #byKey = new Map<string, KindInfo>();
  readonly #byKind = new Map<string, KindInfo[]>();
  readonly #groups = new Set<string>();
  /** The release of Kubernetes that the manifests are for. */
  readonly release: Release;

  readonly #custom: CustomKinds;

  private constructor(
    kinds: readonly KindInfo[],
    custom: CustomKinds = CustomKinds.none,
    release: Release = newestRelease,
  ) {
    this.#kinds = kinds;
    this.#custom = custom;
    this.release = release;
    for (const info of kinds) {
      this.#byKey.set(`${info.apiVersion} ${info.kind}`, info);
      this.#groups.add(info.group);
      const named = this.#byKind.get(info.kind);
      if (named === undefined) this.#byKind.set(info.kind, [info]);
      else named.push(info);
    }
  }

  /**
   * Reads the unpacked text of dist/schema.json.br, and that of dist/packs/NAME.json.br when one of its kinds is first
   * asked for; `readPack` answers undefined where there is no such file.
   * Throws on a text that is not JSON or of another format than this version reads.
   */
  static parse(json: string, readPack: (name: string) => string | undefined = () => undefined): ApiModel {
    const file = readFile(json);
    const load = (name: string): readonly KindInfo[] => {
      try {
        const text = readPack(name);
        return text === undefined ? [] : kindsOf(readFile(text), 'pack');
      } catch {
        // A pack that can't be read is as good as none: its resources aren't judged.
        return [];
      }
    };
    return new ApiModel(kindsOf(file), CustomKinds.from({ groups: file.packs ?? {}, load }));
  }

  /** The same kinds, for manifests of another release. */
  at(release: Release): ApiModel {
    return release === this.release ? this : new ApiModel(this.#kinds, this.#custom, release);
  }

  /** The same, with the custom resources that the workspace defines. */
  with(defined: readonly KindInfo[]): ApiModel {
    return new ApiModel(this.#kinds, this.#custom.with(defined), this.release);
  }

  /** Of every release. Preferred first: stable before beta before alpha, everyday groups and newer versions first. */
  kinds(): readonly KindInfo[] {
    const custom = this.#custom.kinds();
    return custom.length === 0 ? this.#kinds : [...this.#kinds, ...custom];
  }

  /** Whether the release that the manifests are for has it. */
  serves(what: Lifetime): boolean {
    return isServed(what, this.release);
  }

  /** Undefined for a kind or a version that no known release of Kubernetes has. */
  find(apiVersion: string, kind: string): KindInfo | undefined {
    return this.#byKey.get(`${apiVersion} ${kind}`) ?? this.#custom.find(apiVersion, kind);
  }

  /** The kinds of that name in any group and version, preferred first. */
  named(kind: string): readonly KindInfo[] {
    const custom = this.#custom.kinds().filter((info) => info.kind === kind);
    return [...(this.#byKind.get(kind) ?? []), ...custom];
  }

  /**
   * The API version of a kind in the group and the version that are asked for, as far as they are; preferred first. Of
   * custom resources those of the group, or, without one, those that the workspace defines.
   */
  versionOf({
    group,
    version,
    kind,
  }: {
    readonly group: string | undefined;
    readonly version: string | undefined;
    readonly kind: string | undefined;
  }): string | undefined {
    const fits = (info: KindInfo): boolean =>
      info.kind === kind &&
      (group === undefined || info.group === group) &&
      (version === undefined || info.version === version);
    const own = this.#byKind.get(kind ?? '')?.find(fits);
    return (own ?? this.#custom.inGroup(group).find(fits))?.apiVersion;
  }

  /** Whether it is a group of custom resources, of which some kinds are known. */
  knowsCustomGroup(group: string): boolean {
    return this.#custom.knowsGroup(group);
  }

  /** Whether any kind of the group ('' is the core group) is known as Kubernetes' own. */
  knowsGroup(group: string): boolean {
    return this.#groups.has(group);
  }
}

function readFile(json: string): SchemaFile {
  const file = JSON.parse(json) as SchemaFile;
  if (file.format !== 1) throw new Error(`schema format ${String(file.format)} is unknown`);
  return file;
}

function kindsOf(file: SchemaFile, custom?: KindInfo['custom']): readonly KindInfo[] {
  const definitions = new Definitions(file);
  return file.kinds.map(([group, version, kind, plural, namespaced, definition, releases]) => ({
    group,
    version,
    kind,
    apiVersion: group === '' ? version : `${group}/${version}`,
    namespaced: namespaced === 1,
    plural,
    ...(custom && { custom }),
    since: releaseOf(releases?.[0]),
    until: releaseOf(releases?.[1]),
    deprecated: releaseOf(releases?.[2]),
    removal: releaseOf(releases?.[3]),
    replacement: releases?.[4] || undefined,
    get description(): string {
      return definitions.object(definition).description;
    },
    get schema(): ObjectSchema {
      return definitions.object(definition);
    },
  }));
}

/**
 * The schema at a path of field names and list indexes below `root`; undefined where the schema knows nothing.
 * An index is a number or, as in a JSON pointer, a string of digits.
 */
export function schemaAt(root: Schema, path: readonly (string | number)[]): Schema | undefined {
  let schema: Schema | undefined = root;
  for (const segment of path) {
    schema = childOf(schema, segment);
    if (schema === undefined) return undefined;
  }
  return schema;
}

/** The field that the path ends in; undefined for a list's item, a map's value and whatever the schema doesn't know. */
export function fieldAt(root: Schema, path: readonly (string | number)[]): Field | undefined {
  const name = path.at(-1);
  if (name === undefined) return undefined;
  const parent = schemaAt(root, path.slice(0, -1));
  return parent?.type === 'object' ? parent.fields.get(String(name)) : undefined;
}

/** 'string', 'integer', '[]Container', 'map[string]string', 'Quantity', 'IntOrString': for hovers. */
export function typeName(schema: Schema): string {
  switch (schema.type) {
    case 'object':
      return schema.name;
    case 'list':
      return `[]${typeName(schema.items)}`;
    case 'map':
      return `map[string]${typeName(schema.values)}`;
    case 'quantity':
      return 'Quantity';
    case 'int-or-string':
      return 'IntOrString';
    default:
      return schema.type;
  }
}

function childOf(schema: Schema, segment: string | number): Schema | undefined {
  switch (schema.type) {
    case 'object':
      return schema.fields.get(String(segment))?.schema;
    case 'map':
      return schema.values;
    case 'list':
      return typeof segment === 'number' || /^\d+$/.test(segment) ? schema.items : undefined;
    default:
      return undefined;
  }
}
