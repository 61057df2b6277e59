import { splitDocuments } from '../syntax/split.ts';
import { Document } from './document.ts';
import { Index, type Key } from './index.ts';

/** A file of the workspace, cut into its documents. */
export interface File {
  readonly uri: string;
  readonly text: string;
  readonly documents: readonly Document[];
  readonly open: boolean;
}

/** What an update touched. */
export interface Touched {
  /** Documents that are new or have a new text. */
  readonly documents: readonly Document[];
  /** Look-ups whose answers may have changed. */
  readonly keys: ReadonlySet<Key>;
  /** Files that became patches, or are none any more. */
  readonly patches: readonly string[];
}

/** All files of one workspace folder, and the index over them. An edit costs the documents that it touches. */
export class Workspace {
  readonly index = new Index();
  readonly #files = new Map<string, File>();
  /** How many kustomizations apply a file as a patch. */
  readonly #patched = new Map<string, number>();

  file(uri: string): File | undefined {
    return this.#files.get(uri);
  }

  /**
   * Whether a document is a patch: its resources are parts of others, and what they lack proves nothing. A
   * kustomization names its file, the file's own name or folder says so (other tools apply patches, too), or it has
   * the directives of a strategic merge.
   */
  isPatch({ uri, text }: Document): boolean {
    return (
      this.#patched.has(uri) ||
      /(?:^|[/._-])patch(?:es)?[/._-]/i.test(uri) ||
      /^[ -]*\$(?:patch|retainKeys|setElementOrder|deleteFromPrimitiveList)\b/m.test(text)
    );
  }

  files(): Iterable<File> {
    return this.#files.values();
  }

  /** Sets a file's text, or takes the file out (`undefined`). Trees are kept for open files only. */
  update(uri: string, text: string | undefined, open: boolean): Touched {
    const before = this.#files.get(uri);
    if (before && text === before.text) {
      if (before.open !== open) this.#files.set(uri, { ...before, open });
      if (!open) for (const document of before.documents) document.dropTree();
      return { documents: [], keys: new Set(), patches: [] };
    }
    const fresh: Document[] = [];
    const documents = text === undefined ? [] : this.#split(uri, text, before?.documents ?? [], fresh);
    if (text === undefined) this.#files.delete(uri);
    else this.#files.set(uri, { uri, text, documents, open });

    const keys = new Set<Key>();
    const kept = new Set(documents);
    const keptFacts = new Set(documents.flatMap((document) => document.indexed));
    for (const document of before?.documents ?? []) {
      if (kept.has(document)) continue;
      for (const facts of document.indexed)
        if (!keptFacts.has(facts)) for (const key of this.index.remove(facts)) keys.add(key);
    }
    const known = new Set((before?.documents ?? []).flatMap((document) => document.indexed));
    for (const document of fresh) {
      for (const facts of document.indexed)
        if (!known.has(facts)) for (const key of this.index.add(facts)) keys.add(key);
    }
    return { documents: fresh, keys, patches: this.#countPatches(before?.documents ?? [], documents) };
  }

  /** Returns the files that became patches or ceased to be. */
  #countPatches(before: readonly Document[], now: readonly Document[]): readonly string[] {
    const changed: string[] = [];
    const count = (uri: string, by: 1 | -1): void => {
      const old = this.#patched.get(uri) ?? 0;
      if (old + by > 0) this.#patched.set(uri, old + by);
      else this.#patched.delete(uri);
      if (old === 0 || old + by === 0) changed.push(uri);
    };
    for (const document of now)
      if (document.patchFiles.length > 0 && !before.includes(document))
        for (const uri of document.patchFiles) count(uri, 1);
    for (const document of before)
      if (document.patchFiles.length > 0 && !now.includes(document))
        for (const uri of document.patchFiles) count(uri, -1);
    return changed;
  }

  /** Cuts the text and takes over every document whose text is the same as before. */
  #split(uri: string, text: string, before: readonly Document[], fresh: Document[]): Document[] {
    const spans = splitDocuments(text);
    const texts = spans.map((span) => text.slice(span.start, span.end));
    let head = 0;
    while (head < texts.length && before[head]?.text === texts[head]) head++;
    let tail = 0;
    while (
      tail < texts.length - head &&
      tail < before.length - head &&
      before[before.length - 1 - tail]?.text === texts[texts.length - 1 - tail]
    ) {
      tail++;
    }
    const middle = before.slice(head, before.length - tail);
    // The document in the same place is the same one edited, as long as none came or went between.
    const aligned = middle.length === texts.length - head - tail;
    return spans.map((span, i) => {
      const fromEnd = texts.length - i;
      const same = i < head ? before[i] : fromEnd <= tail ? before[before.length - fromEnd] : undefined;
      if (same) {
        same.start = span.start;
        return same;
      }
      const document = new Document(uri, texts[i] ?? '', span.start, aligned ? before[i] : undefined);
      fresh.push(document);
      return document;
    });
  }
}
