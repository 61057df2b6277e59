import { LineIndex } from '../../base/line-index.ts';
import type { Location } from '../../base/location.ts';
import type { File, Workspace } from '../../graph/workspace.ts';
import type { DocumentRef } from '../../model/facts.ts';
import type { Message, Place } from '../../rules/message.ts';
import { locate } from './context.ts';

const indexes = new WeakMap<File, LineIndex>();

/** The line of a place, counted from one. */
export function lineOf(workspace: Workspace, { uri, span }: Location): number {
  const file = workspace.file(uri);
  if (!file) return 1;
  let index = indexes.get(file);
  if (!index) {
    index = new LineIndex(file.text);
    indexes.set(file, index);
  }
  return index.position(span.start).line + 1;
}

/** A message as it reads now, to somebody who looks at a document. */
export function textOf(workspace: Workspace, from: DocumentRef, message: Message): string {
  if (typeof message === 'string') return message;
  return message.map((part) => (typeof part === 'string' ? part : placeName(workspace, from, part))).join('');
}

/** `file:line`, the file as seen from another one's folder. */
function placeName(workspace: Workspace, from: DocumentRef, { document, span }: Place): string {
  return `${relativePath(from.uri, document.uri)}:${lineOf(workspace, locate(document, span))}`;
}

function relativePath(from: string, to: string): string {
  const [as, bs] = [from.split('/'), to.split('/')];
  let common = 0;
  while (common < as.length - 1 && common < bs.length - 1 && as[common] === bs[common]) common++;
  const path = [...as.slice(common, -1).map(() => '..'), ...bs.slice(common)].join('/');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
