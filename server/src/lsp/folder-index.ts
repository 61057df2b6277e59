import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Change } from '../engine.ts';
import { IgnoreRules, neverRead } from '../host/ignore-rules.ts';
import { readText } from '../host/read-text.ts';
import { isWithin, pathFromUri, uriFromPath } from '../host/uri.ts';
import { isYamlFile, walk } from '../host/walk.ts';
import { nextTurn } from './guard.ts';
import type { Log } from './log.ts';
import type { Workspace } from './workspaces.ts';

export interface IndexProgress {
  report(done: number, total: number): void;
}

export interface FolderIndexOptions {
  readonly log: Log;
  readonly ended: AbortSignal;
  /** Folders inside that are workspaces of their own. */
  readonly skip: (uri: string) => boolean;
  /** Called after the engine was told of changes outside of the first index. */
  readonly onChange: () => void;
}

/**
 * Keeps an engine's view of one folder on disk. Its tasks run one after the other, so that what was read first is
 * also applied first; each reads in small portions and lets requests in between.
 */
export class FolderIndex {
  readonly #workspace: Workspace;
  readonly #root: string;
  readonly #options: FolderIndexOptions;
  readonly #stop = new AbortController();
  /** The files that the engine has from disk. */
  readonly #onDisk = new Set<string>();
  /** What the engine knows to be there, without having it. */
  readonly #unread = new Set<string>();
  #rules: IgnoreRules;
  #queue: Promise<void> = Promise.resolve();

  constructor(workspace: Workspace, root: string, options: FolderIndexOptions) {
    this.#workspace = workspace;
    this.#root = root;
    this.#options = options;
    this.#rules = new IgnoreRules(root);
    options.ended.addEventListener('abort', () => this.stop(), { once: true });
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Reads the whole folder; files that are no longer there are removed. */
  index(progress?: IndexProgress): Promise<void> {
    return this.#enqueue(() => this.#index(progress));
  }

  /** Looks at files and folders again that may have been made, changed or deleted, whatever they are now. */
  update(uris: readonly string[]): Promise<void> {
    return this.#enqueue(async () => {
      await this.#update(new Set(uris));
      this.#options.onChange();
    });
  }

  /** Drops everything under a folder, which has become a workspace of its own. */
  forget(folder: string): Promise<void> {
    return this.#enqueue(() => {
      this.#noteUnread([folder]);
      this.#remove([...this.#onDisk].filter((uri) => isWithin(uri, folder)));
    });
  }

  has(uri: string): boolean {
    return this.#onDisk.has(uri);
  }

  #enqueue(task: () => Promise<void> | void): Promise<void> {
    this.#queue = this.#queue.then(async () => {
      if (this.#stop.signal.aborted) return;
      try {
        await task();
      } catch (error) {
        this.#options.log.exception('reading the workspace', error);
      }
    });
    return this.#queue;
  }

  async #index(progress?: IndexProgress): Promise<void> {
    this.#rules = new IgnoreRules(this.#root);
    const before = [...this.#unread];
    this.#unread.clear();
    const files = await this.#filesUnder(this.#root);
    await this.#read(files, progress);
    if (this.#stop.signal.aborted) return;
    const found = new Set(files.map(uriFromPath));
    this.#remove([
      ...[...this.#onDisk].filter((uri) => !found.has(uri)),
      ...before.filter((uri) => !this.#unread.has(uri) && !found.has(uri)),
    ]);
    this.#workspace.apply([{ type: 'walked', uri: uriFromPath(this.#root) }]);
  }

  #noteUnread(uris: readonly string[]): void {
    const fresh = uris.filter((uri) => !this.#unread.has(uri));
    for (const uri of fresh) this.#unread.add(uri);
    this.#workspace.apply(fresh.map((uri): Change => ({ type: 'unread', uri })));
  }

  async #filesUnder(folder: string): Promise<string[]> {
    const files: string[] = [];
    const unread: string[] = [];
    const { log, skip } = this.#options;
    const options = {
      rules: this.#rules,
      signal: this.#stop.signal,
      skip: (inner: string) => skip(uriFromPath(inner)),
      onUnread: (file: string) => void unread.push(uriFromPath(file)),
      onProblem: (problem: { path: string; message: string }) => log.warn(`${problem.path}: ${problem.message}`),
    };
    for await (const file of walk(folder, options)) files.push(file);
    this.#noteUnread(unread);
    return files;
  }

  async #read(files: readonly string[], progress?: IndexProgress): Promise<void> {
    for (let at = 0; at < files.length && !this.#stop.signal.aborted; at += filesAtOnce) {
      const portion = files.slice(at, at + filesAtOnce);
      const read = await Promise.all(portion.map((file) => readText(file)));
      let changes: Change[] = [];
      let size = 0;
      for (const [i, file] of portion.entries()) {
        const uri = uriFromPath(file);
        const result = read[i];
        if (result?.text !== undefined) {
          this.#onDisk.add(uri);
          this.#unread.delete(uri);
          changes.push({ type: 'disk', uri, text: result.text });
          size += result.text.length;
        } else {
          if (result !== undefined && result.reason !== 'missing') {
            this.#options.log.info(`${file} is not read: ${result.message}`);
          }
          if (this.#onDisk.delete(uri)) changes.push({ type: 'remove', uri });
          if (result !== undefined && result.reason !== 'missing') this.#noteUnread([uri]);
        }
        if (size >= charactersAtOnce) {
          this.#workspace.apply(changes);
          await nextTurn();
          changes = [];
          size = 0;
        }
      }
      this.#workspace.apply(changes);
      progress?.report(Math.min(at + filesAtOnce, files.length), files.length);
      await nextTurn();
    }
  }

  async #update(uris: ReadonlySet<string>): Promise<void> {
    const read: string[] = [];
    const gone = new Set<string>();
    for (const uri of uris) {
      const file = pathFromUri(uri);
      if (file === undefined || this.#isNeverRead(file)) continue;
      if (path.basename(file) === '.gitignore') return this.#index();
      const kind = await kindOf(file);
      if (kind === undefined) gone.add(uri);
      else if (kind === 'file' && !isYamlFile(file)) continue;
      else if (await this.#rules.ignores(file, kind === 'folder')) this.#noteUnread([uri]);
      else if (await this.#isLinkInside(file)) this.#noteUnread([uri]);
      else if (kind === 'file') read.push(file);
      else {
        if (this.#unread.has(uri)) this.#remove([uri]);
        read.push(...(await this.#filesUnder(file)));
      }
    }
    await this.#read([...new Set(read)].sort());
    if (gone.size > 0) this.#remove([...this.#onDisk, ...this.#unread].filter((uri) => within(uri, gone)));
  }

  #isNeverRead(file: string): boolean {
    const parts = path.relative(this.#root, file).split(path.sep);
    return parts.some((part) => neverRead(part, true));
  }

  /** A link to something in this folder, which the folder walk meets without it. */
  async #isLinkInside(file: string): Promise<boolean> {
    try {
      const root = await realpath(this.#root);
      const real = await realpath(file);
      const below = path.relative(root, real);
      const isInside = below === '' || !(below.startsWith('..') || path.isAbsolute(below));
      return isInside && real !== path.join(root, path.relative(this.#root, file));
    } catch {
      return false;
    }
  }

  #remove(uris: readonly string[]): void {
    for (const uri of uris) {
      this.#onDisk.delete(uri);
      this.#unread.delete(uri);
    }
    this.#workspace.apply(uris.map((uri): Change => ({ type: 'remove', uri })));
  }
}

const filesAtOnce = 32;
const charactersAtOnce = 256 * 1024;

async function kindOf(file: string): Promise<'file' | 'folder' | undefined> {
  try {
    const stats = await stat(file);
    return stats.isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}

/** Whether the file or a folder above it is among `gone`. */
function within(uri: string, gone: ReadonlySet<string>): boolean {
  for (let at = uri; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    if (gone.has(at)) return true;
    if (!at.includes('/')) break;
  }
  return false;
}
