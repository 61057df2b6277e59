/** What went wrong with a file, in a few words without its path. */
export function describeFsError(error: unknown): string {
  const code = fsErrorCode(error);
  return (code !== undefined && words.get(code)) || code || 'unknown error';
}

/** `ENOENT` and its like; undefined where the error isn't the file system's. */
export function fsErrorCode(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

const words: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['ENOENT', 'no such file or folder'],
  ['ENOTDIR', 'not a folder'],
  ['EISDIR', 'is a folder'],
  ['ELOOP', 'too many symbolic links'],
  ['ENAMETOOLONG', 'name too long'],
  ['EMFILE', 'too many open files'],
  ['EROFS', 'read-only file system'],
  ['ENOSPC', 'no space left'],
  ['EIO', 'input/output error'],
]);
