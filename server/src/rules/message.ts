import type { Span } from '../base/span.ts';
import type { DocumentRef } from '../model/facts.ts';

/** A place in a document: spans count from the document's start. */
export interface Place {
  readonly document: DocumentRef;
  readonly span: Span;
}

/** What a rule says. Places in it are shown as `file:line` and looked up then, since lines move with every edit above. */
export type Message = string | readonly (string | Place)[];

/** Puts a message together: `` say`Secret "db" (${place}) has no key` ``. */
export function say(texts: TemplateStringsArray, ...parts: readonly (Message | Place)[]): Message {
  const result: (string | Place)[] = [];
  const add = (part: string | Place): void => {
    const last = result.at(-1);
    if (typeof part === 'string' && typeof last === 'string') result[result.length - 1] = last + part;
    else result.push(part);
  };
  for (const [i, text] of texts.entries()) {
    add(text);
    const part = parts[i];
    if (part === undefined) continue;
    if (typeof part === 'string' || 'document' in part) add(part);
    else for (const inner of part) add(inner);
  }
  return result.every((part) => typeof part === 'string') ? result.join('') : result;
}

/** The places that a message names. */
export const placesIn = (message: Message): readonly Place[] =>
  typeof message === 'string' ? [] : message.filter((part) => typeof part !== 'string');
