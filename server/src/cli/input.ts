import { stat } from 'node:fs/promises';
import path from 'node:path';
import { describeFsError } from '../host/fs-error.ts';
import { decodeText, type ReadText, readText, type Unreadable } from '../host/read-text.ts';
import { uriFromPath } from '../host/uri.ts';
import { walk } from '../host/walk.ts';
import { complain, type Io } from './io.ts';

/** A file to check. */
export interface InputFile {
  readonly uri: string;
  /** Absolute; undefined for standard input. */
  readonly path: string | undefined;
  /** As reports name it: relative to the working directory, with forward slashes. */
  readonly name: string;
  readonly content: ReadText;
}

export interface Input {
  readonly files: readonly InputFile[];
  /** What is there, as far as it could hold manifests, and is not among the files: URIs. */
  readonly unread: readonly string[];
  /** The folders that were read in full: URIs. */
  readonly walked: readonly string[];
}

/**
 * Reads everything that the paths name, each file once, in the order of their names. Files and folders that can't be
 * read are named on standard error and left out. Undefined where a path isn't there: then nothing is to be checked.
 */
export async function readInput(paths: readonly string[], io: Io): Promise<Input | undefined> {
  const named: { readonly path: string; readonly isFolder: boolean }[] = [];
  for (const given of paths) {
    if (given === '-') continue;
    const absolute = path.resolve(io.cwd, given);
    try {
      named.push({ path: absolute, isFolder: (await stat(absolute)).isDirectory() });
    } catch (error) {
      complain(io, `${given}: ${describeFsError(error)}`);
      return undefined;
    }
  }
  const files = new Map<string, InputFile>();
  const unread = new Set<string>();
  const add = (file: string | undefined, content: ReadText | Unreadable): void => {
    const name = file === undefined ? '<stdin>' : nameOf(file, io.cwd);
    if (content.text === undefined) {
      complain(io, `${name}: ${content.message}, skipped`);
      if (file !== undefined) unread.add(uriFromPath(file));
      return;
    }
    const uri = uriFromPath(file ?? path.join(io.cwd, name));
    files.set(uri, { uri, path: file, name, content });
  };
  if (paths.includes('-')) add(undefined, decodeText(await io.readStdin()));
  const found = new Set<string>();
  for (const { path: start, isFolder } of named) {
    if (!isFolder) found.add(start);
    else {
      const onUnread = (file: string): void => void unread.add(uriFromPath(file));
      for await (const file of walk(start, { onProblem: (p) => skipped(io, p), onUnread })) found.add(file);
    }
  }
  const all = [...found];
  for (let at = 0; at < all.length; at += filesAtOnce) {
    const portion = all.slice(at, at + filesAtOnce);
    const contents = await Promise.all(portion.map((file) => readText(file, { pipes: true })));
    for (const [i, file] of portion.entries()) {
      const content = contents[i];
      if (content !== undefined) add(file, content);
    }
  }
  return {
    files: [...files.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
    unread: [...unread].filter((uri) => !files.has(uri)),
    walked: named.flatMap(({ path: folder, isFolder }) => (isFolder ? [uriFromPath(folder)] : [])),
  };
}

export function nameOf(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return (relative === '' ? file : relative).split(path.sep).join('/');
}

const filesAtOnce = 32;

function skipped(io: Io, problem: { readonly path: string; readonly message: string }): void {
  complain(io, `${nameOf(problem.path, io.cwd)}: ${problem.message}, skipped`);
}
