import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The clones, and what Go calls the packages in them. */
const repositories = [
  ['api', 'k8s.io/api', /^(\w+)\/v\w+\//],
  ['apimachinery', 'k8s.io/apimachinery', /^pkg\/(apis\/meta\/v1|runtime|util\/intstr|api\/resource)\//],
  ['apiextensions-apiserver', 'k8s.io/apiextensions-apiserver', /^pkg\/apis\/apiextensions\/v\w+\//],
  ['kube-aggregator', 'k8s.io/kube-aggregator', /^pkg\/apis\/apiregistration\/v\w+\//],
];

/** The Go types of one release of Kubernetes, by what the files of its last patch say. */
export class GoRelease {
  /** Package → { imports by file, types, kinds, group }. */
  #packages = new Map();
  #byVersion = new Map();
  /** For a walk over its types: where it has been. */
  seen = new Set();

  /** @param {string} folder holds the clones @param {number} minor 36 for 1.36 */
  constructor(folder, minor) {
    for (const [name, path, wanted] of repositories) {
      const git = new Repository(join(folder, name));
      const tag = git.lastTag(minor);
      this.tag ??= tag;
      for (const file of git.files(tag)) {
        if (
          !wanted.test(file) ||
          !/\.go$/.test(file) ||
          /_test\.go$|generated\.(?:pb|proto|deepcopy|model_name)|doc\.go|conversion|defaults/.test(file)
        )
          continue;
        const pack = `${path}/${file.slice(0, file.lastIndexOf('/'))}`;
        if (!this.#packages.has(pack))
          this.#packages.set(pack, { types: new Map(), kinds: new Set(), lifecycle: new Map(), group: undefined });
        this.#read(this.#packages.get(pack), pack, git.show(tag, file));
      }
    }
    for (const [pack, { group }] of this.#packages) {
      if (group === undefined) continue;
      const version = pack.slice(pack.lastIndexOf('/') + 1);
      this.#byVersion.set(group === '' ? version : `${group}/${version}`, pack);
    }
  }

  hasKind(apiVersion, kind) {
    return this.#packages.get(this.#byVersion.get(apiVersion))?.kinds.has(kind) ?? false;
  }

  typeOfKind(apiVersion, kind) {
    return `${this.#byVersion.get(apiVersion)}.${kind}`;
  }

  /** { introduced, deprecated, removed } by minor, and the replacement as 'apps/v1 Deployment'; what is known of it. */
  lifecycle(apiVersion, kind) {
    return this.#packages.get(this.#byVersion.get(apiVersion))?.lifecycle.get(kind) ?? {};
  }

  /**
   * The JSON fields of a struct, those of embedded ones among them; undefined for what is no struct.
   *
   * @returns {Map<string, { struct: string | undefined, json: string }> | undefined} `struct` leads on
   */
  fields(struct) {
    const { body, imports, pack } = this.#find(struct) ?? {};
    if (body === undefined) return undefined;
    const result = new Map();
    for (const line of body.split('\n')) {
      const match = /^\t(?:(\w+)\s+)?([\w.*[\]]+(?:\{\})?)\s+`[^`]*json:"([^"]*)"/.exec(line);
      if (match === null) continue;
      const [, , type, tag] = match;
      const [name, ...options] = tag.split(',');
      if (name === '-') continue;
      const resolved = this.#resolve(type, pack, imports);
      if (name === '' || options.includes('inline')) {
        for (const [inner, field] of this.fields(resolved) ?? []) result.set(inner, field);
      } else {
        result.set(name, { struct: this.#struct(resolved), json: this.#jsonType(type, pack, imports) });
      }
    }
    return result;
  }

  #find(struct) {
    const dot = struct.lastIndexOf('.');
    const pack = struct.slice(0, dot);
    const type = this.#packages.get(pack)?.types.get(struct.slice(dot + 1));
    return type && { ...type, pack };
  }

  /** 'package.Name' of what a Go type is made of in the end: lists, maps and pointers are looked through. */
  #resolve(type, pack, imports) {
    const base = type.replace(/^(?:\*|\[\]|map\[[\w.]+\])+/, '');
    const [alias, name] = base.includes('.') ? base.split('.') : [undefined, base];
    return alias === undefined ? `${pack}.${name}` : `${imports.get(alias) ?? alias}.${name}`;
  }

  /** The struct behind a name that may stand for a list, a map or another name. */
  #struct(resolved, depth = 0) {
    const found = this.#find(resolved);
    if (found === undefined || depth > 5) return undefined;
    if (found.body !== undefined) return resolved;
    return this.#struct(this.#resolve(found.alias, found.pack, found.imports), depth + 1);
  }

  #jsonType(type, pack, imports) {
    if (/^\*/.test(type)) return this.#jsonType(type.slice(1), pack, imports);
    if (/^\[\]byte$/.test(type)) return 'string';
    if (/^\[\]/.test(type)) return `[]${this.#jsonType(type.slice(2), pack, imports)}`;
    if (/^map\[/.test(type)) return `map ${this.#jsonType(type.replace(/^map\[[\w.]+\]/, ''), pack, imports)}`;
    if (/^u?int\d*$/.test(type)) return 'integer';
    if (type === 'bool') return 'boolean';
    if (type === 'string') return 'string';
    if (/^float/.test(type)) return 'number';
    const found = this.#find(this.#resolve(type, pack, imports));
    return found?.alias !== undefined ? this.#jsonType(found.alias, found.pack, found.imports) : 'any';
  }

  #read(into, pack, text) {
    into.group ??=
      /GroupName\s*=\s*"([^"]*)"/.exec(text)?.[1] ??
      (/GroupName\s*=\s*\w+\.GroupName/.test(text) ? groupOf(pack) : undefined);
    for (const [, body] of text.matchAll(/AddKnownTypes\(\w+,([\s\S]*?)\n\t\)/g)) {
      for (const [, kind] of body.matchAll(/&(\w+)\{\}/g)) into.kinds.add(kind);
    }
    const imports = new Map();
    for (const [, alias, path] of text.matchAll(/^(?:import )?\t?(\w+ )?"([\w./-]+)"$/gm)) {
      imports.set((alias ?? path.slice(path.lastIndexOf('/') + 1)).trim(), path);
    }
    for (const [, name, body] of text.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm))
      into.types.set(name, { body, imports });
    for (const [, name, alias] of text.matchAll(/^type (\w+) =? ?((?!struct|interface|func)[\w.*[\]]+)$/gm))
      into.types.set(name, { alias, imports });
    const life = (kind) => into.lifecycle.get(kind) ?? into.lifecycle.set(kind, {}).get(kind);
    for (const [, kind, what, minor] of text.matchAll(
      /func \(in \*(\w+)\) APILifecycle(Introduced|Deprecated|Removed)\(\).*\n\treturn 1, (\d+)/g,
    )) {
      life(kind)[what.toLowerCase()] = Number(minor);
    }
    for (const [, kind, group, version, other] of text.matchAll(
      /func \(in \*(\w+)\) APILifecycleReplacement\(\).*\n\treturn schema\.GroupVersionKind\{Group: "([^"]*)", Version: "([^"]*)", Kind: "([^"]*)"/g,
    )) {
      life(kind).replacement = `${group === '' ? version : `${group}/${version}`} ${other}`;
    }
  }
}

/** Where a package takes its group's name from another one. */
const groupOf = (pack) =>
  pack.includes('apiextensions')
    ? 'apiextensions.k8s.io'
    : pack.includes('apiregistration')
      ? 'apiregistration.k8s.io'
      : undefined;

class Repository {
  #folder;

  constructor(folder) {
    if (!existsSync(folder)) throw new Error(`${folder}: no clone of that repository`);
    this.#folder = folder;
  }

  lastTag(minor) {
    const patch = (tag) => Number(tag.split('.')[2]);
    const tags = this.#git('tag', '-l', `v0.${minor}.*`)
      .split('\n')
      .filter((tag) => /^v0\.\d+\.\d+$/.test(tag));
    const last = tags.sort((a, b) => patch(a) - patch(b)).at(-1);
    if (last === undefined) throw new Error(`${this.#folder}: no tag of 1.${minor}`);
    return last;
  }

  files(tag) {
    return this.#git('ls-tree', '-r', '--name-only', tag).split('\n');
  }

  show(tag, file) {
    return this.#git('show', `${tag}:${file}`);
  }

  #git(...args) {
    return execFileSync('git', ['-C', this.#folder, ...args], { encoding: 'utf8', maxBuffer: 1 << 26 });
  }
}
