import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { describeFsError } from './fs-error.ts';
import { IgnoreRules, neverRead } from './ignore-rules.ts';

export interface WalkProblem {
  readonly path: string;
  /** A few words, without the path. */
  readonly message: string;
}

export interface WalkOptions {
  /** The rules of the folder's workspace; those of the folder itself by default. */
  readonly rules?: IgnoreRules;
  /** Told of folders that can't be read; the walk goes on. */
  readonly onProblem?: (problem: WalkProblem) => void;
  /** Folders to leave out, by absolute path. */
  readonly skip?: (folder: string) => boolean;
  /** Told of what is there and is left out, as far as it could hold manifests: ignored ones, links, folders left out. */
  readonly onUnread?: (path: string) => void;
  /** Ends the walk early, without an error. */
  readonly signal?: AbortSignal;
}

/** By its name alone: YAML, or the one name without an ending that kustomize knows. */
export const isYamlFile = (file: string): boolean => /\.ya?ml$/i.test(file) || path.basename(file) === 'Kustomization';

/**
 * Yields the absolute paths of the YAML files under a folder, ordered as their paths compare. Leaves out what
 * .gitignore files name, `node_modules` and `.git`. Symbolic links are followed where they lead out of the folder,
 * each target once: what lies inside is met without them.
 */
export async function* walk(folder: string, options: WalkOptions = {}): AsyncGenerator<string, void, undefined> {
  const root = path.resolve(folder);
  const rules = options.rules ?? new IgnoreRules(root);
  const linked = new LinkTargets(root);
  const pending: Entry[] = [{ path: root, isFolder: true }];
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    if (options.signal?.aborted === true) return;
    if (!entry.isFolder) {
      yield entry.path;
      continue;
    }
    try {
      const entries = await readdir(entry.path, { withFileTypes: true });
      const children: Entry[] = [];
      for (const child of entries) {
        const found = await classify(path.join(entry.path, child.name), child, rules, linked);
        if (found !== undefined && !(found.isFolder && options.skip?.(found.path) === true)) children.push(found);
        else if (!child.isFile() || isYamlFile(child.name)) options.onUnread?.(path.join(entry.path, child.name));
      }
      pending.push(...children.sort((a, b) => (key(a) < key(b) ? 1 : -1)));
    } catch (error) {
      options.onUnread?.(entry.path);
      options.onProblem?.({
        path: entry.path,
        message: describeFsError(error),
      });
    }
  }
}

interface Entry {
  readonly path: string;
  readonly isFolder: boolean;
}

const key = (entry: Entry): string => (entry.isFolder ? `${entry.path}/` : entry.path);

async function classify(
  file: string,
  entry: Dirent,
  rules: IgnoreRules,
  linked: LinkTargets,
): Promise<Entry | undefined> {
  let isFolder = entry.isDirectory();
  let isFile = entry.isFile();
  if (entry.isSymbolicLink()) {
    if (neverRead(entry.name, true)) return undefined;
    try {
      const target = await stat(file);
      isFolder = target.isDirectory();
      isFile = target.isFile();
      if (!isFolder && !(isFile && isYamlFile(file))) return undefined;
      if (!(await linked.isNew(file))) return undefined;
    } catch {
      return undefined; // leads nowhere
    }
  }
  if (isFolder ? neverRead(entry.name, true) : !isFile || !isYamlFile(file)) return undefined;
  return (await rules.ignoresEntry(file, isFolder)) ? undefined : { path: file, isFolder };
}

/** Remembers where links have led, so that a loop ends and nothing is met twice. */
class LinkTargets {
  readonly #root: string;
  #realRoot: Promise<string> | undefined;
  readonly #targets: string[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  async isNew(link: string): Promise<boolean> {
    this.#realRoot ??= realpath(this.#root);
    const target = await realpath(link);
    const known = [await this.#realRoot, ...this.#targets];
    // A target above the folder would lead back into it.
    if (known.some((other) => within(target, other) || within(other, target))) return false;
    this.#targets.push(target);
    return true;
  }
}

const within = (file: string, folder: string): boolean =>
  file === folder || file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
