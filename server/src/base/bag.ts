/** A set that takes little memory as long as it holds few items, as most do. */
export class Bag<T> implements Iterable<T> {
  #items: T[] | Set<T> = [];

  get size(): number {
    return this.#items instanceof Set ? this.#items.size : this.#items.length;
  }

  add(item: T): void {
    if (this.#items instanceof Set) this.#items.add(item);
    else if (!this.#items.includes(item)) {
      this.#items.push(item);
      if (this.#items.length > 16) this.#items = new Set(this.#items);
    }
  }

  delete(item: T): void {
    if (this.#items instanceof Set) {
      this.#items.delete(item);
      return;
    }
    const at = this.#items.indexOf(item);
    if (at >= 0) this.#items.splice(at, 1);
  }

  [Symbol.iterator](): Iterator<T> {
    return this.#items[Symbol.iterator]();
  }
}
