import type { Form } from './forms.ts';

/** Paths of files, as core/validation judges them; see forms.ts for how to read the answers. */

/** validatePathNoBacksteps. */
export const pathWithoutBacksteps: Form = (text) =>
  text.split('/').includes('..') ? 'must not contain ".."' : undefined;

/** validateLocalDescendingPath: subPath. */
export const relativePath: Form = (text) =>
  text.startsWith('/') ? 'must be a relative path' : pathWithoutBacksteps(text);

/** ValidateLocalNonReservedPath: files of volumes. */
export const volumeFilePath: Form = (text) =>
  relativePath(text) ?? (text.startsWith('..') ? 'must not start with ".."' : undefined);
