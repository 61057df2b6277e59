import { folderOf, resolvePath } from '../base/uri-path.ts';
import type { PathReference } from '../tables/row-types.ts';

/**
 * What a path leads to: a URI, or, for one that starts at the root of a repository, `/` and the way from there. Empty
 * where it leads out of the file system, or to the root itself.
 *
 * @param uri of the file that it stands in
 */
export function placeOf(path: string, from: PathReference['from'], uri: string): string {
  if (path === '' || /^(?:[a-z][\w+.-]*:|\/|[\w.-]+@)|\/\/|[?#*]/i.test(path)) return '';
  return resolvePath(from === 'folder' ? folderOf(uri) : '', path) ?? '';
}

/** Whether a path that leads to nothing here may be a repository's: `github.com/owner/name/folder`. */
export const mayBeRemote = (path: string): boolean => /^(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?\//i.test(path);
