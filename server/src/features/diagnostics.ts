import { Bag } from '../base/bag.ts';
import type { Document } from '../graph/document.ts';
import type { Index, Key } from '../graph/index.ts';
import type { Touched, Workspace } from '../graph/workspace.ts';
import type { DocumentRef } from '../model/facts.ts';
import { placesIn } from '../rules/message.ts';
import type { Finding, Place } from '../rules/rule.ts';
import type { Diagnostic } from '../rules/rule-types.ts';
import type { RuleFinding } from '../rules/run.ts';
import { type Checked, checkDocument, checkWiring } from '../rules/run.ts';
import type { ApiModel } from '../schema/api-model.ts';
import { type Judgement, judge } from './shared/findings.ts';

/** What a document's references come to, and whose look-ups it was read from. */
interface Wired {
  readonly findings: readonly RuleFinding[];
  readonly read: readonly Readers[];
}

/** The documents whose diagnostics were read from a key: one object for all of them, as there are very many keys. */
interface Readers {
  readonly key: Key;
  readonly documents: Bag<Document>;
}

/**
 * The diagnostics of every document, kept until something that they were read from changes. What a document's own
 * text proves is found once; what its references come to, again whenever a name that it looked up changes.
 */
export class DiagnosticsCache {
  readonly #own = new WeakMap<Document, readonly RuleFinding[]>();
  readonly #wired = new Map<Document, Wired>();
  readonly #readers = new Map<Key, Readers>();
  /** Which documents have diagnostics that point into a file, where what they point at may move. */
  readonly #pointing = new Map<string, Set<Document>>();
  #model: ApiModel;
  readonly #index: Index;

  constructor(model: ApiModel, index: Index) {
    this.#model = model;
    this.#index = index;
  }

  /**
   * Finds what the text itself proves, with the tree if that is at hand.
   *
   * @returns what the text is meant to say, where it needs repair
   */
  prepare(document: Document): Checked['meant'] {
    const { findings, meant } = document.withTree(() => checkDocument(document, this.#model));
    this.#own.set(document, withoutFixes(findings));
    return meant;
  }

  /** Another model from now on, for the documents that `reconsider` names. */
  retarget(model: ApiModel): void {
    this.#model = model;
  }

  #ownOf(document: Document): readonly RuleFinding[] {
    if (!this.#own.has(document)) this.prepare(document);
    return this.#own.get(document) ?? [];
  }

  findings(document: Document): readonly RuleFinding[] {
    // First: what is misread isn't wired.
    const own = this.#ownOf(document);
    let wired = this.#wired.get(document);
    if (!wired) {
      const { result, keys } = this.#index.track(() => withoutFixes(checkWiring(document, this.#index, this.#model)));
      wired = { findings: result, read: Array.from(keys, (key) => this.#readersOf(key)) };
      this.#wired.set(document, wired);
      for (const { documents } of wired.read) documents.add(document);
      for (const uri of filesPointedInto(result)) put(this.#pointing, uri, document);
    }
    return own.length === 0 ? wired.findings : [...own, ...wired.findings];
  }

  #readersOf(key: Key): Readers {
    let readers = this.#readers.get(key);
    if (!readers) {
      readers = { key, documents: new Bag() };
      this.#readers.set(key, readers);
    }
    return readers;
  }

  /** Forgets what was read from these keys; returns the documents that it concerned. */
  invalidate(keys: () => Iterable<Key>): ReadonlySet<Document> {
    // While nothing is known, as in the first index, it needn't be found out what changed.
    if (this.#readers.size === 0) return none;
    const documents = new Set<Document>();
    for (const key of keys()) for (const document of this.#readers.get(key)?.documents ?? []) documents.add(document);
    for (const document of documents) this.forget(document);
    return documents;
  }

  /** The documents whose diagnostics point into a file. */
  pointingInto(uri: string): ReadonlySet<Document> {
    return this.#pointing.get(uri) ?? none;
  }

  /**
   * Forgets diagnostics that point into documents of a file which have given way to others: even where what is said
   * is the same, it stands elsewhere now.
   */
  forgetPointers(uri: string, { gone, documents }: Pick<Touched, 'gone' | 'documents'>): void {
    const pointing = this.#pointing.get(uri);
    if (!pointing) return;
    const silent = new Set<DocumentRef>();
    for (const document of gone) for (const speaking of speakersOf(document)) silent.add(speaking);
    // Where a document is broken, its last good one still speaks for it.
    for (const document of documents) for (const speaking of speakersOf(document)) silent.delete(speaking);
    for (const document of [...pointing]) {
      const findings = this.#wired.get(document)?.findings ?? [];
      if (findings.some(({ finding }) => placesOf(finding).some((place) => silent.has(place.document))))
        this.forget(document);
    }
  }

  /** Forgets a document that is gone or whose look-ups are out of date. */
  forget(document: Document): void {
    const wired = this.#wired.get(document);
    if (!wired) return;
    for (const { key, documents } of wired.read) {
      documents.delete(document);
      if (documents.size === 0) this.#readers.delete(key);
    }
    for (const uri of filesPointedInto(wired.findings)) take(this.#pointing, uri, document);
    this.#wired.delete(document);
  }
}

/** The document, and those whose facts are taken for its own. */
const speakersOf = (document: Document): readonly DocumentRef[] => [
  document,
  ...document.indexed.map((facts) => facts.document),
];

const none: ReadonlySet<Document> = new Set();

const filesPointedInto = (found: readonly RuleFinding[]): readonly string[] =>
  found.flatMap(({ finding }) => placesOf(finding).map((place) => place.document.uri));

/** Where a finding points, by a link or by a line in its message. */
const placesOf = ({ related, message }: Finding): readonly Place[] => [...(related ?? []), ...placesIn(message)];

function put(map: Map<string, Set<Document>>, key: string, document: Document): void {
  const set = map.get(key);
  if (set) set.add(document);
  else map.set(key, new Set([document]));
}

function take(map: Map<string, Set<Document>>, key: string, document: Document): void {
  const set = map.get(key);
  set?.delete(document);
  if (set?.size === 0) map.delete(key);
}

/** Fixes hold on to trees; they are made anew when somebody asks (code-action.ts). */
function withoutFixes(found: readonly RuleFinding[]): readonly RuleFinding[] {
  return found.map(({ rule, finding }) => {
    const { fixes: _, ...rest } = finding;
    return { rule, finding: rest };
  });
}

/** The diagnostics of a file, by position and then by code. */
export function diagnosticsOf(
  workspace: Workspace,
  cache: DiagnosticsCache,
  uri: string,
  judgement: Judgement,
): readonly Diagnostic[] {
  const result: Diagnostic[] = [];
  for (const document of workspace.file(uri)?.documents ?? []) {
    for (const { diagnostic } of judge(workspace, document, cache.findings(document), judgement))
      result.push(diagnostic);
  }
  return result.sort(
    (a, b) =>
      a.span.start - b.span.start || a.span.end - b.span.end || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
}
