import { LineIndex } from '../base/line-index.ts';
import type { OpenDocuments } from './open-documents.ts';

/** Line indexes of the texts in use, each made once per text. */
export class LineIndexes {
  readonly #open: OpenDocuments;
  readonly #limit: number;
  readonly #entries = new Map<string, LineIndex>();

  /** Keeps the `limit` closed files that were used last; those of open documents are theirs. */
  constructor(open: OpenDocuments, limit = 128) {
    this.#open = open;
    this.#limit = limit;
  }

  of(uri: string, text: string): LineIndex {
    const open = this.#open.lines(uri);
    if (open?.text === text) return open;
    const known = this.#entries.get(uri);
    const index = known?.text === text ? known : new LineIndex(text);
    this.#entries.delete(uri);
    this.#entries.set(uri, index);
    if (this.#entries.size > this.#limit) {
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest);
        break;
      }
    }
    return index;
  }
}
