import { open } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { describeFsError, fsErrorCode } from './fs-error.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** How a text stands on disk: what must be kept when it is written back. */
export interface TextFormat {
  readonly encoding: Encoding;
  readonly bom: boolean;
}

export interface ReadText extends TextFormat {
  /** Without the byte order mark, as an editor holds it. */
  readonly text: string;
  /** True where bytes were not valid in the encoding, so that writing the text back would change them. */
  readonly lossy: boolean;
}

export interface Unreadable {
  readonly text: undefined;
  readonly reason: 'binary' | 'too large' | 'missing' | 'unreadable';
  /** A few words, without the path. */
  readonly message: string;
}

export interface ReadOptions {
  /** In bytes; 32 MB by default. */
  readonly limit?: number;
  /** Also reads pipes and devices to their end, such as `<(command)` of a shell. */
  readonly pipes?: boolean;
}

export const defaultLimit = 32 * 1024 * 1024;

/** Reads a file as an editor would. Never throws. */
export async function readText(file: string, options: ReadOptions = {}): Promise<ReadText | Unreadable> {
  const limit = options.limit ?? defaultLimit;
  try {
    const handle = await open(file, 'r');
    try {
      const stats = await handle.stat();
      if (stats.isDirectory()) return unreadable('unreadable', 'is a folder');
      if (!stats.isFile() && options.pipes !== true) return unreadable('unreadable', 'not a regular file');
      if (stats.size > limit) return unreadable('too large', `over ${megabytes(limit)}`);
      const bytes = await handle.readFile();
      if (bytes.length > limit) return unreadable('too large', `over ${megabytes(limit)}`);
      return decodeText(bytes);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = fsErrorCode(error);
    return unreadable(code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable', describeFsError(error));
  }
}

/** The text of a file's bytes: by its byte order mark, UTF-8 without one. A NUL in the first 8 kB means binary. */
export function decodeText(bytes: Uint8Array): ReadText | Unreadable {
  const [encoding, markLength] = markOf(bytes);
  const body = bytes.subarray(markLength);
  if (encoding === 'utf-8' && body.subarray(0, 8192).includes(0)) return unreadable('binary', 'a binary file');
  const format: TextFormat = { encoding, bom: markLength > 0 };
  try {
    return {
      ...format,
      text: decoder(encoding, true).decode(body),
      lossy: false,
    };
  } catch {
    return {
      ...format,
      text: decoder(encoding, false).decode(body),
      lossy: true,
    };
  }
}

/** The bytes of a text in the format it was read in. */
export function encodeText(text: string, format: TextFormat): Buffer {
  const marked = format.bom ? `\uFEFF${text}` : text;
  if (format.encoding === 'utf-8') return Buffer.from(marked, 'utf8');
  const bytes = Buffer.from(marked, 'utf16le');
  return format.encoding === 'utf-16be' ? bytes.swap16() : bytes;
}

function markOf(bytes: Uint8Array): readonly [Encoding, number] {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return ['utf-8', 3];
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ['utf-16le', 2];
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ['utf-16be', 2];
  return ['utf-8', 0];
}

const decoder = (encoding: Encoding, fatal: boolean): TextDecoder =>
  new TextDecoder(encoding, { fatal, ignoreBOM: true });

const unreadable = (reason: Unreadable['reason'], message: string): Unreadable => ({
  text: undefined,
  reason,
  message,
});

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;
