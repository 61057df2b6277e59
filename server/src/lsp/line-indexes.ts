import { LineIndex } from '../base/line-index.ts';

/** Line indexes of the texts in use, each made once per text. */
export class LineIndexes {
  readonly #limit: number;
  readonly #entries = new Map<string, { readonly text: string; readonly index: LineIndex }>();

  /** Keeps the `limit` files that were used last. */
  constructor(limit = 128) {
    this.#limit = limit;
  }

  of(uri: string, text: string): LineIndex {
    const known = this.#entries.get(uri);
    const entry = known?.text === text ? known : { text, index: new LineIndex(text) };
    this.#entries.delete(uri);
    this.#entries.set(uri, entry);
    if (this.#entries.size > this.#limit) {
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest);
        break;
      }
    }
    return entry.index;
  }
}
