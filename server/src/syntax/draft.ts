import { type Content, isList, plainSafe } from './edit.ts';

export type DraftNode = DraftMap | DraftList | DraftText;

/** What stands behind a key or a dash and has no entries of its own: a scalar, or text to be written. */
export class DraftText {
  /** Its lines as they stand in the file; the first one without what stands before it. */
  readonly lines: readonly string[];
  /** With quotes and escapes undone. */
  readonly value: string;

  constructor(lines: readonly string[], value: string) {
    this.lines = lines;
    this.value = value;
  }
}

/** Lines above a key or a dash, what stands behind it, and comments below it that are indented deeper. */
export interface Part {
  lead: string[];
  /** Between the colon or dash and the value. */
  gap: string;
  comment: string;
  tail: string[];
  /** The column that it had; undefined for what is new. */
  readonly column: number | undefined;
}

export interface DraftEntry extends Part {
  name: string;
  /** The name as it stands in the file. */
  key: string;
  value: DraftNode | undefined;
}

export interface DraftItem extends Part {
  value: DraftNode;
}

/** Where an entry goes: behind one of these keys, the first that is there, or at the end. */
export interface Where {
  readonly after?: readonly string[];
  readonly first?: boolean;
}

export class DraftMap {
  readonly entries: DraftEntry[];
  /** As it stands between braces in the file; undefined for a block map. */
  readonly flow: DraftText | undefined;
  readonly column: number | undefined;
  changed = false;
  /** What was taken out, and what stood behind it. */
  readonly dropped: {
    readonly part: Part & { readonly value: DraftNode | undefined };
    readonly before: DraftEntry | undefined;
  }[] = [];

  constructor(entries: DraftEntry[] = [], column?: number, flow?: DraftText) {
    this.entries = entries;
    this.column = column;
    this.flow = flow;
  }

  /** The last entry of that name, as the decoder has it. */
  entry(name: string): DraftEntry | undefined {
    return this.entries.findLast((entry) => entry.name === name);
  }

  has(name: string): boolean {
    return this.entry(name) !== undefined;
  }

  get(name: string): DraftNode | undefined {
    return this.entry(name)?.value;
  }

  /** The map below a key, or below several; undefined where it or one on the way is something else. */
  map(...names: string[]): DraftMap | undefined {
    let map: DraftMap | undefined = this;
    for (const name of names) {
      const value: DraftNode | undefined = map?.get(name);
      map = value instanceof DraftMap ? value : undefined;
    }
    return map;
  }

  list(name: string): DraftList | undefined {
    const value = this.get(name);
    return value instanceof DraftList ? value : undefined;
  }

  /** The maps in the list below a key. */
  maps(name: string): readonly DraftMap[] {
    return (this.list(name)?.items ?? []).flatMap(({ value }) => (value instanceof DraftMap ? [value] : []));
  }

  /** The value of a scalar below a key. */
  text(name: string): string | undefined {
    const value = this.get(name);
    return value instanceof DraftText ? value.value : undefined;
  }

  /** Takes an entry out, with its comments. */
  remove(name: string): DraftEntry | undefined {
    const at = this.entries.findLastIndex((entry) => entry.name === name);
    if (at < 0) return undefined;
    this.changed = true;
    const entry = this.entries.splice(at, 1)[0];
    if (entry) this.dropped.push({ part: entry, before: this.entries[at] });
    return entry;
  }

  rename(from: string, to: string): void {
    const entry = this.entry(from);
    if (!entry) return;
    this.changed = true;
    entry.name = to;
    entry.key = plainSafe(to);
  }

  /** Puts an entry in that was taken out elsewhere, under a name of its own if one is given. */
  add(entry: DraftEntry, name = entry.name, where: Where = {}): void {
    if (name !== entry.name) {
      entry.name = name;
      entry.key = plainSafe(name);
    }
    this.changed = true;
    const behind = (where.after ?? []).map((key) => this.entries.findLastIndex((other) => other.name === key));
    const at = behind.find((index) => index >= 0);
    this.entries.splice(where.first ? 0 : at === undefined ? this.entries.length : at + 1, 0, entry);
  }

  /** Gives a key this value; a new key goes where it is told to. */
  set(name: string, value: Content | DraftNode, where?: Where): void {
    const draft = draftOf(value);
    const entry = this.entry(name);
    this.changed = true;
    if (entry) {
      this.dropped.push({ part: { ...newPart(), value: entry.value }, before: entry });
      entry.value = draft;
    } else this.add(entryOf(name, draft), name, where);
  }

  /** The map below a key, made where there is none. */
  ensure(name: string, where?: Where): DraftMap {
    const value = this.get(name);
    if (value instanceof DraftMap) return value;
    const map = new DraftMap();
    this.set(name, map, where);
    return map;
  }
}

export class DraftList {
  readonly items: DraftItem[];
  readonly flow: DraftText | undefined;
  readonly column: number | undefined;
  changed = false;

  constructor(items: DraftItem[] = [], column?: number, flow?: DraftText) {
    this.items = items;
    this.column = column;
    this.flow = flow;
  }

  push(value: Content | DraftNode): void {
    this.changed = true;
    this.items.push({ ...newPart(), value: draftOf(value) });
  }
}

/** A copy that can go to another place. */
export function copyOf(node: DraftNode): DraftNode {
  if (node instanceof DraftText) return node;
  if (node instanceof DraftList)
    return new DraftList(
      node.items.map((item) => ({ ...item, value: copyOf(item.value) })),
      node.column,
      node.flow,
    );
  return new DraftMap(
    node.entries.map((entry) => ({ ...entry, value: entry.value && copyOf(entry.value) })),
    node.column,
    node.flow,
  );
}

const newPart = (): Part => ({ lead: [], gap: ' ', comment: '', tail: [], column: undefined });

const entryOf = (name: string, value: DraftNode): DraftEntry => ({
  ...newPart(),
  name,
  key: plainSafe(name),
  value,
});

function draftOf(value: Content | DraftNode): DraftNode {
  if (value instanceof DraftMap || value instanceof DraftList || value instanceof DraftText) return value;
  if (typeof value === 'string') return new DraftText([value], value);
  if (isList(value)) {
    const list = new DraftList();
    for (const item of value) list.push(item);
    return list;
  }
  return new DraftMap(Object.entries(value).map(([name, inner]) => entryOf(name, draftOf(inner))));
}
