import type { TextEdit } from '../base/text-edit.ts';
import { DraftList, DraftMap, type DraftNode } from './draft.ts';
import { keepNotes } from './draft-notes.ts';
import { DraftPrinter } from './draft-printer.ts';
import { DraftReader, Lines, Unreadable } from './draft-reader.ts';
import { columnAt, type Layout, layoutOf } from './edit.ts';
import { lineEdits } from './line-edits.ts';
import { type MapNode, type Node, type Path, walk } from './tree.ts';

/**
 * A document's maps and lists as something that can be changed: entries are removed, renamed, moved and set, and keep
 * their comments and their layout; what isn't touched stays as it is, byte for byte. Afterwards `edits` says what
 * that comes to in the text.
 */
export class Restructured {
  readonly #text: string;
  readonly #root: MapNode;
  readonly #draft: DraftMap;
  readonly #layout: Layout;
  readonly #lines: Lines;

  private constructor(text: string, root: MapNode, draft: DraftMap, lines: Lines) {
    this.#text = text;
    this.#root = root;
    this.#draft = draft;
    this.#layout = layoutOf(text, root);
    this.#lines = lines;
  }

  /** Undefined for what can't be taken apart line by line: aliases and merge keys, `? key`, a root in braces. */
  static of(text: string, root: Node | undefined): Restructured | undefined {
    if (root?.type !== 'map' || root.flow || columnAt(text, root.start) !== 0) return undefined;
    for (const node of walk(root)) if (node.type === 'alias') return undefined;
    try {
      const lines = new Lines(text);
      return new Restructured(text, root, new DraftReader(text, lines).map(root), lines);
    } catch (error) {
      if (error instanceof Unreadable) return undefined;
      throw error;
    }
  }

  /** The map at a path; undefined where there is none. */
  at(path: Path): DraftMap | undefined {
    let node: DraftNode | undefined = this.#draft;
    for (const segment of path) {
      if (node instanceof DraftMap && typeof segment === 'string') node = node.get(segment);
      else if (node instanceof DraftList && typeof segment === 'number') node = node.items[segment]?.value;
      else return undefined;
    }
    return node instanceof DraftMap ? node : undefined;
  }

  /** What was changed, line by line. Undefined where a comment between braces would be lost. */
  edits(): readonly TextEdit[] | undefined {
    try {
      keepNotes(this.#draft);
      const printed = new DraftPrinter(this.#layout).map(this.#draft, 0);
      return lineEdits(this.#text, this.#lines.at(this.#root.start), this.#lines.last(this.#root) + 1, printed);
    } catch (error) {
      if (error instanceof Unreadable) return undefined;
      throw error;
    }
  }
}
