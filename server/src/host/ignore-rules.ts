import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';

/**
 * The .gitignore files that count for one folder: those in it and below it and, where it is part of a git work tree,
 * those above it up to the work tree's root. Files are read when they are first needed and kept; make a new instance
 * when one of them has changed.
 */
export class IgnoreRules {
  readonly #root: string;
  readonly #matchers = new Map<string, Promise<Ignore | undefined>>();
  #above: Promise<readonly string[]> | undefined;

  constructor(root: string) {
    this.#root = path.resolve(root);
  }

  /** Whether an absolute path is ignored, by a rule of its own or because a folder above it is. */
  async ignores(file: string, isFolder: boolean): Promise<boolean> {
    const below = path.relative(this.#root, file);
    if (below === '' || below.startsWith('..') || path.isAbsolute(below)) return false;
    const parts = below.split(path.sep);
    let at = this.#root;
    for (const [index, part] of parts.entries()) {
      const last = index === parts.length - 1;
      at = path.join(at, part);
      if (neverRead(part, !last || isFolder) || (await this.ignoresEntry(at, !last || isFolder))) return true;
    }
    return false;
  }

  /** The same for a path whose folders are known not to be ignored. */
  async ignoresEntry(file: string, isFolder: boolean): Promise<boolean> {
    let folder = path.dirname(file);
    const folders: string[] = [];
    while (folder.length > this.#root.length) {
      folders.push(folder);
      folder = path.dirname(folder);
    }
    folders.push(this.#root);
    this.#above ??= this.#rulesAbove();
    folders.push(...(await this.#above));
    // The rules nearest to the path come last, and so win.
    for (const base of folders) {
      const verdict = judge(await this.#matcher(base), base, file, isFolder);
      if (verdict !== undefined) return verdict;
    }
    return false;
  }

  #matcher(folder: string): Promise<Ignore | undefined> {
    let matcher = this.#matchers.get(folder);
    if (matcher === undefined) {
      matcher = readRules(folder);
      this.#matchers.set(folder, matcher);
    }
    return matcher;
  }

  /** The folders above the root whose rules count, nearest first. */
  async #rulesAbove(): Promise<readonly string[]> {
    const above: string[] = [];
    let folder = this.#root;
    while (!(await exists(path.join(folder, '.git')))) {
      const parent = path.dirname(folder);
      if (parent === folder) return [];
      folder = parent;
      above.push(folder);
    }
    // A folder that is opened by name is meant, even where the repository around it ignores it.
    for (const base of above) {
      if (judge(await this.#matcher(base), base, this.#root, true) === true) return [];
    }
    return above;
  }
}

/** Folders that hold no manifests of the user's own, whatever the ignore files say. */
export const neverRead = (name: string, isFolder: boolean): boolean =>
  isFolder && (name === 'node_modules' || name === '.git');

const ignoreCase = process.platform === 'win32' || process.platform === 'darwin';

function judge(matcher: Ignore | undefined, base: string, file: string, isFolder: boolean): boolean | undefined {
  if (matcher === undefined) return undefined;
  const name = path.relative(base, file).split(path.sep).join('/');
  const result = matcher.test(isFolder ? `${name}/` : name);
  if (result.unignored) return false;
  if (!result.ignored) return undefined;
  // A rule for a folder above, which a nearer file has taken back, is no rule for what lies in it.
  const parent = name.slice(0, name.lastIndexOf('/') + 1);
  return parent !== '' && matcher.test(parent).ignored ? undefined : true;
}

async function readRules(folder: string): Promise<Ignore | undefined> {
  try {
    const text = await readFile(path.join(folder, '.gitignore'), 'utf8');
    return ignore({ ignoreCase }).add(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch {
    return false;
  }
}
