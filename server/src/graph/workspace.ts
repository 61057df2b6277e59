import { foldersAround } from '../base/uri-path.ts';
import type { Facts } from '../model/facts.ts';
import type { Completed } from '../model/kustomization.ts';
import type { PatchTarget } from '../model/patch-target.ts';
import { noSchemas, type Schemas } from '../model/schemas.ts';
import { type Resplit, splitAgain, splitDocuments } from '../syntax/split.ts';
import type { Node } from '../syntax/tree.ts';
import { Document, plainRole, type Role } from './document.ts';
import { fileFacts, folderFacts, unreadFacts, walkedFacts } from './files.ts';
import { Index, type Key } from './index.ts';

/** A file of the workspace, cut into its documents. */
export interface File {
  readonly uri: string;
  readonly text: string;
  readonly documents: readonly Document[];
  readonly open: boolean;
  /** What the documents were read as. */
  readonly role: Role;
}

/** What an update touched. */
export interface Touched {
  /** Documents that are new or have a new text. */
  readonly documents: readonly Document[];
  /** Documents that are no more. */
  readonly gone: readonly Document[];
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

/** The documents of a file after an update, and what of it differs from before. */
interface Cut {
  readonly documents: readonly Document[];
  /** Those between the ones that stay at the file's start and at its end, before and now. */
  readonly before: readonly Document[];
  readonly now: readonly Document[];
  readonly fresh: readonly Fresh[];
}

interface Change {
  readonly gone: readonly Facts[];
  readonly come: readonly Facts[];
}

const noDocuments: ReadonlySet<Document> = new Set();

/** All files of one workspace folder, and the index over them. An edit costs the documents that it touches. */
export class Workspace {
  readonly index = new Index();
  /** What the schemas say now. */
  schemas: Schemas = noSchemas;
  /** What a document is meant to say, where that is not what is written (see `Document.mean`). */
  meaning: (document: Document) => (() => Node | undefined) | undefined = () => undefined;
  readonly #files = new Map<string, File>();
  /** Sorted; undefined where files have come or gone since. */
  #uris: readonly string[] | undefined;
  /** How many kustomizations complete a file, by how they do. */
  readonly #completed = new Map<string, number>();
  /** What kustomizations aim a file at, when it is a patch. */
  readonly #aims = new Map<string, readonly PatchTarget[]>();
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
    const role = this.#roleOf(uri);
    if (before && text === before.text && isSameRole(role, before.role) && anew.size === 0) {
      if (before.open !== open) this.#files.set(uri, { ...before, open });
      if (!open) for (const document of before.documents) document.dropTree();
      return { documents: [], gone: [], keys: () => new Set(), completed: [] };
    }
    const cut =
      text === undefined
        ? { documents: [], before: before?.documents ?? [], now: [], fresh: [] }
        : this.#split(uri, text, before, role, anew);
    if (!before || text === undefined) this.#uris = undefined;
    if (text === undefined) this.#files.delete(uri);
    else this.#files.set(uri, { uri, text, documents: cut.documents, open, role });

    const changes = this.#changes(cut);
    if (!before && text !== undefined) changes.push(this.#comes(fileFacts(uri)), ...this.#countFolders(uri, 1));
    if (before && text === undefined) changes.push(this.#goes(uri, 'File'), ...this.#countFolders(uri, -1));
    if (text !== undefined) changes.push(this.#goes(uri, 'Unread'));
    this.#apply(changes);
    const kept = new Set(cut.now);
    return {
      documents: cut.fresh.map(({ document }) => document),
      gone: cut.before.filter((document) => !kept.has(document)),
      keys: () => new Set(changes.flatMap(({ gone, come }) => [...this.index.changed(gone, come)])),
      completed: this.#countCompleted(cut.before, cut.now),
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
      const documents = splitDocuments(text).map(({ start, end }) => {
        const own = text.slice(start, end);
        const document = new Document(uri, own, start, undefined, file.role, this.schemas);
        const meant = this.meaning(document);
        if (meant) document.mean(meant());
        return document;
      });
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

  /** Takes over what a document is meant to say, which has been found out. */
  mean(document: Document, root: Node | undefined): Touched {
    const gone = document.indexed;
    document.mean(root);
    return this.#changed(document.indexed === gone ? [] : [{ gone, come: document.indexed }]);
  }

  /** Notes that something is there, and no more is known of it; a file that is read is no such thing. */
  noteUnread(uri: string): Touched {
    return this.#changed(this.#files.has(uri) ? [] : [this.#comes(unreadFacts(uri))]);
  }

  /** Notes that everything under a folder has been told of. */
  noteWalked(uri: string): Touched {
    return this.#changed([this.#comes(walkedFacts(uri))]);
  }

  /** Takes back what was noted of a place, if anything was. */
  forgetNotes(uri: string): Touched {
    return this.#changed([this.#goes(uri, 'Unread'), this.#goes(uri, 'Walked')]);
  }

  #changed(changes: readonly Change[]): Touched {
    this.#apply(changes);
    return {
      documents: [],
      gone: [],
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
  #changes({ before, now, fresh }: Cut): Change[] {
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

  #roleOf(uri: string): Role {
    const isPatch = this.#completed.has(`merge ${uri}`) && !this.#completed.has(`listing ${uri}`);
    const aims = isPatch ? this.#aims.get(uri) : undefined;
    return aims ? { isPatch, aims } : isPatch ? { ...plainRole, isPatch } : plainRole;
  }

  /** Returns the files that kustomizations complete now and did not before, or the reverse. */
  #countCompleted(before: readonly Document[], now: readonly Document[]): readonly string[] {
    const changed: string[] = [];
    const countOne = (key: string, step: 1 | -1): boolean => {
      const old = this.#completed.get(key) ?? 0;
      if (old + step > 0) this.#completed.set(key, old + step);
      else this.#completed.delete(key);
      return old === 0 || old + step === 0;
    };
    const count = ({ uri, by, target }: Completed, step: 1 | -1): void => {
      const isOther = countOne(`${by} ${uri}`, step);
      const aim = target && JSON.stringify(target);
      const isOtherAim = aim !== undefined && countOne(`aim ${uri} ${aim}`, step);
      if (isOtherAim) {
        const others = (this.#aims.get(uri) ?? []).filter((one) => JSON.stringify(one) !== aim);
        const aims = step === 1 && target ? [...others, target] : others;
        if (aims.length > 0) this.#aims.set(uri, aims);
        else this.#aims.delete(uri);
      }
      if (isOther || isOtherAim) changed.push(uri);
    };
    const come = now.filter((document) => document.completes.length > 0 && !before.includes(document));
    const gone = before.filter((document) => document.completes.length > 0 && !now.includes(document));
    for (const document of come) for (const completed of document.completes) count(completed, 1);
    for (const document of gone) for (const completed of document.completes) count(completed, -1);
    return changed;
  }

  /** Cuts the text and takes over every document whose text is the same as before. */
  #split(uri: string, text: string, old: File | undefined, role: Role, anew: ReadonlySet<Document>): Cut {
    const known = old?.documents ?? [];
    const canStay = old !== undefined && isSameRole(old.role, role);
    const { spans, head, tail }: Resplit =
      old && canStay && anew.size === 0
        ? splitAgain(old.text, known, text)
        : { spans: splitDocuments(text), head: 0, tail: 0 };
    const before = known.slice(head, known.length - tail);
    const texts = spans.slice(head, spans.length - tail).map((span) => text.slice(span.start, span.end));
    const isSame = (document: Document | undefined, now: string | undefined): boolean =>
      canStay && document !== undefined && document.text === now && !anew.has(document);
    let first = 0;
    while (first < texts.length && isSame(before[first], texts[first])) first++;
    let last = 0;
    const most = Math.min(texts.length, before.length) - first;
    while (last < most && isSame(before[before.length - 1 - last], texts[texts.length - 1 - last])) last++;
    // The document in the same place is the same one edited, as long as none came or went between.
    const aligned = before.length === texts.length;
    const fresh: Fresh[] = [];
    const now = texts.map((own, i) => {
      const fromEnd = texts.length - i;
      const same = i < first ? before[i] : fromEnd <= last ? before[before.length - fromEnd] : undefined;
      if (same) return same;
      const start = spans[head + i]?.start ?? 0;
      const instead = aligned ? before[i] : undefined;
      const document = new Document(uri, own, start, instead, role, this.schemas);
      fresh.push({ document, instead });
      return document;
    });
    const documents = [...known.slice(0, head), ...now, ...known.slice(known.length - tail)];
    for (const [i, document] of documents.entries()) document.start = spans[i]?.start ?? 0;
    return { documents, before, now, fresh };
  }
}

const isSameRole = (a: Role, b: Role): boolean =>
  a === b ||
  (a.isPatch === b.isPatch && a.aims.length === b.aims.length && a.aims.every((aim, i) => aim === b.aims[i]));
