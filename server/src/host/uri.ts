import path from 'node:path';

/**
 * The one spelling of a URI that everything below works with. Clients write the same file as `file:///C:/a b`,
 * `file:///c%3A/a%20b` or `file://localhost/c:/a%20b/`; here it is always `file:///c%3A/a%20b`, which is how VS Code
 * writes it. URIs of other schemes come back as they are.
 */
export function canonicalUri(uri: string): string {
  const file = /^file:(?:\/\/([^/]*))?(.*)$/is.exec(uri);
  if (file === null) return uri;
  return fileUri(decode(file[1] ?? ''), decode(file[2] ?? ''));
}

/** The canonical URI of an absolute path. */
export function uriFromPath(file: string): string {
  const slashed = path.sep === '\\' ? file.replaceAll('\\', '/') : file;
  const share = path.sep === '\\' ? /^\/\/([^/]+)(.*)$/s.exec(slashed) : null;
  return share === null ? fileUri('', slashed) : fileUri(share[1] ?? '', share[2] ?? '');
}

/** The path on disk of a `file:` URI in any spelling; undefined for every other scheme. */
export function pathFromUri(uri: string): string | undefined {
  const file = /^file:\/\/([^/]*)(.*)$/s.exec(canonicalUri(uri));
  if (file === null) return undefined;
  const host = file[1] ?? '';
  const plain = decode(file[2] ?? '');
  if (path.sep !== '\\') return host === '' ? plain : undefined;
  if (host !== '') return `\\\\${host}${plain.replaceAll('/', '\\')}`;
  return plain.replace(/^\/(?=[a-z]:)/i, '').replaceAll('/', '\\');
}

/** True for the folder itself and for everything under it; both canonical. */
export const isWithin = (uri: string, folder: string): boolean =>
  uri === folder || uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`);

function fileUri(host: string, plain: string): string {
  const rooted = plain.startsWith('/') ? plain : `/${plain}`;
  const trimmed = rooted.length > 1 ? rooted.replace(/\/+$/, '') || '/' : rooted;
  const drive = trimmed.replace(/^\/([A-Z]):/, (_, letter: string) => `/${letter.toLowerCase()}:`);
  const authority = host.toLowerCase() === 'localhost' ? '' : host.toLowerCase();
  return `file://${authority}${encode(drive)}`;
}

const encode = (text: string): string =>
  text.replace(/[^A-Za-z0-9\-._~/]+/g, (part) =>
    encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(
      /[!'()*]/g,
      (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
  );

/** Percent-decodes what is well formed and leaves the rest: a stray `%` is part of the name. */
function decode(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
}
