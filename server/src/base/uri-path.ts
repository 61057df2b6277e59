/** The folder that a file or folder is in, without a slash at its end. */
export const folderOf = (uri: string): string => uri.slice(0, Math.max(0, uri.lastIndexOf('/')));

/** Every folder around a file or folder, the nearest first, up to the root of its file system. */
export function* foldersAround(uri: string): Generator<string> {
  for (let folder = folderOf(uri); folder.includes('//'); folder = folderOf(folder)) yield folder;
}

/** The last part of a URI, as people write it. */
export function baseName(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/**
 * What a relative path leads to from a folder, encoded as the host encodes URIs (see host/uri.ts); undefined where it
 * climbs over the root.
 */
export function resolvePath(folder: string, path: string): string | undefined {
  const segments = folder.split('/');
  // The scheme and the host: `file:`, '', ''.
  const root = segments[1] === '' ? 3 : 1;
  for (const segment of path.split('/')) {
    if (segment === '..') {
      if (segments.length <= root) return undefined;
      segments.pop();
    } else if (segment !== '.' && segment !== '') segments.push(encodeSegment(segment));
  }
  return segments.join('/');
}

/** The relative path from a folder to a file or folder: `../base/web.yaml`, `.` for itself. */
export function relativePath(folder: string, uri: string): string {
  const from = folder.split('/');
  const to = uri.split('/');
  let common = 0;
  while (common < from.length && common < to.length && from[common] === to[common]) common++;
  const path = [...from.slice(common).map(() => '..'), ...to.slice(common).map(baseName)];
  return path.length === 0 ? '.' : path.join('/');
}

/** True for the folder itself and for everything under it. */
export const isInFolder = (uri: string, folder: string): boolean => uri === folder || uri.startsWith(`${folder}/`);

const encodeSegment = (segment: string): string =>
  encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
