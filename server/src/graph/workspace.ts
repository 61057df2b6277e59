import { foldersAround } from '../base/uri-path.ts';
import type { Facts } from '../model/facts.ts';
import type { Completed } from '../model/kustomization.ts';
import { noTemplates, type TemplatesOf } from '../model/pod-templates.ts';
import { splitDocuments } from '../syntax/split.ts';
import { Document } from './document.ts';
import { fileFacts, folderFacts, unreadFacts, walkedFacts } from './files.ts';
import { Index, type Key } from './index.ts';

/** A file of the workspace, cut into its documents. */
export interface File {
  readonly uri: string;
  readonly text: string;
  readonly documents: readonly Document[];
  readonly open: boolean;
  /** The documents were read as patches. */
  readonly isPatch: boolean;
}

/** What an update touched. */
export interface Touched {
  /** Documents that are new or have a new text. */
  readonly documents: readonly Document[];
  /** Look-ups that answer otherwise now; to be asked before the next update. */
  readonly keys: () => ReadonlySet<Key>;
  /** Files that kustomizations complete now and did not before, or the reverse: to be updated, with the same text. */
  readonly completed: readonly string[];
}

/** A document with a new text, and the one that had its place before, if that is known. */
interface Fresh {
  readonly document: Document;
  readonly instead: Document | undefined;
}

interface Change {
  readonly gone: readonly Facts[];
  readonly come: readonly Facts[];
}

const noDocuments: ReadonlySet<Document> = new Set();

/** All files of one workspace folder, and the index over them. An edit costs the documents that it touches. */
export class Workspace {
  readonly index = new Index();
  /** Where custom resources keep pod templates. */
  templates: TemplatesOf = noTemplates;
  readonly #files = new Map<string, File>();
  /** Sorted; undefined where files have come or gone since. */
  #uris: readonly string[] | undefined;
  /** How many kustomizations complete a file, by how they do. */
  readonly #completed = new Map<string, number>();
  /** How many files are in or under a folder. */
  readonly #folders = new Map<string, number>();
  /** What the index knows of files and folders themselves, by its sort and URI. */
  readonly #places = new Map<string, Facts>();

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
      this.#completed.has(`patch ${uri}`) ||
      /(?:^|[/._-])patch(?:es)?[/._-]/i.test(uri) ||
      /^[ -]*\$(?:patch|retainKeys|setElementOrder|deleteFromPrimitiveList)\b/m.test(text)
    );
  }

  files(): Iterable<File> {
    return this.#files.values();
  }

  /** The names of all files, sorted. */
  uris(): readonly string[] {
    this.#uris ??= [...this.#files.keys()].sort();
    return this.#uris;
  }

  /**
   * Sets a file's text, or takes the file out (`undefined`). Trees are kept for open files only.
   *
   * @param anew documents whose facts are to be extracted anew, though their text is the same
   */
  update(uri: string, text: string | undefined, open: boolean, anew: ReadonlySet<Document> = noDocuments): Touched {
    const before = this.#files.get(uri);
    const isPatch = this.#completed.has(`merge ${uri}`) && !this.#completed.has(`listing ${uri}`);
    if (before && text === before.text && isPatch === before.isPatch && anew.size === 0) {
      if (before.open !== open) this.#files.set(uri, { ...before, open });
      if (!open) for (const document of before.documents) document.dropTree();
      return { documents: [], keys: () => new Set(), completed: [] };
    }
    const fresh: Fresh[] = [];
    const documents = text === undefined ? [] : this.#split(uri, text, before, isPatch, anew, fresh);
    if (!before || text === undefined) this.#uris = undefined;
    if (text === undefined) this.#files.delete(uri);
    else this.#files.set(uri, { uri, text, documents, open, isPatch });

    const changes = this.#changes(before?.documents ?? [], documents, fresh);
    if (!before && text !== undefined) changes.push(this.#comes(fileFacts(uri)), ...this.#countFolders(uri, 1));
    if (before && text === undefined) changes.push(this.#goes(uri, 'File'), ...this.#countFolders(uri, -1));
    if (text !== undefined) changes.push(this.#goes(uri, 'Unread'));
    this.#apply(changes);
    return {
      documents: fresh.map(({ document }) => document),
      keys: () => new Set(changes.flatMap(({ gone, come }) => [...this.index.changed(gone, come)])),
      completed: this.#countCompleted(before?.documents ?? [], documents),
    };
  }

  /**
   * What `read` comes to if some files had other texts; afterwards everything is as it was. Nothing is reported as
   * touched, so what is found must not be kept.
   */
  supposing<T>(texts: ReadonlyMap<string, string>, read: () => T): T {
    const before = new Map<string, File>();
    for (const [uri, text] of texts) {
      const file = this.#files.get(uri);
      if (!file) continue;
      before.set(uri, file);
      const documents = splitDocuments(text).map(
        ({ start, end }) => new Document(uri, text.slice(start, end), start, undefined, file.isPatch, this.templates),
      );
      this.#swap(file, { ...file, text, documents });
    }
    try {
      return read();
    } finally {
      for (const [uri, file] of before) {
        const supposed = this.#files.get(uri);
        if (supposed) this.#swap(supposed, file);
      }
    }
  }

  #swap(old: File, now: File): void {
    const facts = (file: File): readonly Facts[] => [...new Set(file.documents.flatMap(({ indexed }) => indexed))];
    this.#apply([{ gone: facts(old), come: facts(now) }]);
    this.#files.set(now.uri, now);
    this.#countCompleted(old.documents, now.documents);
  }

  /** Notes that something is there, and no more is known of it; a file that is read is no such thing. */
  noteUnread(uri: string): Touched {
    return this.#placesChanged(this.#files.has(uri) ? [] : [this.#comes(unreadFacts(uri))]);
  }

  /** Notes that everything under a folder has been told of. */
  noteWalked(uri: string): Touched {
    return this.#placesChanged([this.#comes(walkedFacts(uri))]);
  }

  /** Takes back what was noted of a place, if anything was. */
  forgetNotes(uri: string): Touched {
    return this.#placesChanged([this.#goes(uri, 'Unread'), this.#goes(uri, 'Walked')]);
  }

  #placesChanged(changes: readonly Change[]): Touched {
    this.#apply(changes);
    return {
      documents: [],
      keys: () => new Set(changes.flatMap(({ gone, come }) => [...this.index.changed(gone, come)])),
      completed: [],
    };
  }

  #apply(changes: readonly Change[]): void {
    for (const { gone, come } of changes) {
      for (const facts of gone) this.index.remove(facts);
      for (const facts of come) this.index.add(facts);
    }
  }

  #comes(facts: Facts): Change {
    const key = `${facts.resource.kind} ${facts.document.uri}`;
    if (this.#places.has(key)) return { gone: [], come: [] };
    this.#places.set(key, facts);
    return { gone: [], come: [facts] };
  }

  #goes(uri: string, sort: string): Change {
    const facts = this.#places.get(`${sort} ${uri}`);
    this.#places.delete(`${sort} ${uri}`);
    return { gone: facts ? [facts] : [], come: [] };
  }

  #countFolders(uri: string, step: 1 | -1): Change[] {
    const changes: Change[] = [];
    for (const folder of foldersAround(uri)) {
      const count = (this.#folders.get(folder) ?? 0) + step;
      if (count > 0) this.#folders.set(folder, count);
      else this.#folders.delete(folder);
      if (step === 1 && count === 1) changes.push(this.#comes(folderFacts(folder)));
      else if (count === 0) changes.push(this.#goes(folder, 'Folder'));
    }
    return changes;
  }

  /** What the index loses and gains, document by document. */
  #changes(before: readonly Document[], now: readonly Document[], fresh: readonly Fresh[]): Change[] {
    const kept = new Set(now);
    const keptFacts = new Set(now.flatMap((document) => document.indexed));
    const known = new Set(before.flatMap((document) => document.indexed));
    const goneOf = (document: Document): readonly Facts[] => document.indexed.filter((facts) => !keptFacts.has(facts));
    const replaced = new Set(fresh.map(({ instead }) => instead));
    return [
      ...before
        .filter((document) => !kept.has(document) && !replaced.has(document))
        .map((document) => ({ gone: goneOf(document), come: [] })),
      ...fresh.map(({ document, instead }) => ({
        gone: instead ? goneOf(instead) : [],
        come: document.indexed.filter((facts) => !known.has(facts)),
      })),
    ];
  }

  /** Returns the files that kustomizations complete now and did not before, or the reverse. */
  #countCompleted(before: readonly Document[], now: readonly Document[]): readonly string[] {
    const changed: string[] = [];
    const count = ({ uri, by }: Completed, step: 1 | -1): void => {
      const key = `${by} ${uri}`;
      const old = this.#completed.get(key) ?? 0;
      if (old + step > 0) this.#completed.set(key, old + step);
      else this.#completed.delete(key);
      if (old === 0 || old + step === 0) changed.push(uri);
    };
    const come = now.filter((document) => document.completes.length > 0 && !before.includes(document));
    const gone = before.filter((document) => document.completes.length > 0 && !now.includes(document));
    for (const document of come) for (const completed of document.completes) count(completed, 1);
    for (const document of gone) for (const completed of document.completes) count(completed, -1);
    return changed;
  }

  /** Cuts the text and takes over every document whose text is the same as before. */
  #split(
    uri: string,
    text: string,
    old: File | undefined,
    isPatch: boolean,
    anew: ReadonlySet<Document>,
    fresh: Fresh[],
  ): Document[] {
    const before = old?.documents ?? [];
    const spans = splitDocuments(text);
    const texts = spans.map((span) => text.slice(span.start, span.end));
    let head = 0;
    const isSameSort = old?.isPatch === isPatch;
    const isSame = (document: Document | undefined, now: string | undefined): boolean =>
      document !== undefined && document.text === now && !anew.has(document);
    while (isSameSort && head < texts.length && isSame(before[head], texts[head])) head++;
    let tail = 0;
    while (
      isSameSort &&
      tail < texts.length - head &&
      tail < before.length - head &&
      isSame(before[before.length - 1 - tail], texts[texts.length - 1 - tail])
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
      const instead = aligned ? before[i] : undefined;
      const document = new Document(uri, texts[i] ?? '', span.start, instead, isPatch, this.templates);
      fresh.push({ document, instead });
      return document;
    });
  }
}
