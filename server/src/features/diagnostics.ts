import type { Document } from '../graph/document.ts';
import type { Index, Key } from '../graph/index.ts';
import type { Workspace } from '../graph/workspace.ts';
import type { Diagnostic } from '../rules/rule-types.ts';
import type { RuleFinding } from '../rules/run.ts';
import { checkDocument, checkWiring } from '../rules/run.ts';
import type { ApiModel } from '../schema/api-model.ts';
import { type Judgement, judge } from './shared/findings.ts';

/**
 * The diagnostics of every document, kept until something that they were read from changes. What a document's own
 * text proves is found once; what its references come to, again whenever a name that it looked up changes.
 */
export class DiagnosticsCache {
  readonly #own = new WeakMap<Document, readonly RuleFinding[]>();
  readonly #wired = new Map<Document, { readonly findings: readonly RuleFinding[]; readonly keys: ReadonlySet<Key> }>();
  readonly #readers = new Map<Key, Set<Document>>();
  /** Which documents have diagnostics that point into a file, where what they point at may move. */
  readonly #pointing = new Map<string, Set<Document>>();
  readonly #model: ApiModel;
  readonly #index: Index;

  constructor(model: ApiModel, index: Index) {
    this.#model = model;
    this.#index = index;
  }

  /** Finds what the text itself proves while its tree is at hand. */
  prepare(document: Document): void {
    this.#ownOf(document);
  }

  #ownOf(document: Document): readonly RuleFinding[] {
    let own = this.#own.get(document);
    if (!own) {
      own = withoutFixes(checkDocument(document, this.#model));
      this.#own.set(document, own);
    }
    return own;
  }

  findings(document: Document): readonly RuleFinding[] {
    let wired = this.#wired.get(document);
    if (!wired) {
      const { result, keys } = this.#index.track(() => withoutFixes(checkWiring(document, this.#index)));
      wired = { findings: result, keys };
      this.#wired.set(document, wired);
      for (const key of keys) put(this.#readers, key, document);
      for (const uri of filesPointedInto(result)) put(this.#pointing, uri, document);
    }
    const own = this.#ownOf(document);
    return own.length === 0 ? wired.findings : [...own, ...wired.findings];
  }

  /** Forgets what was read from these keys; returns the documents that it concerned. */
  invalidate(keys: Iterable<Key>): ReadonlySet<Document> {
    const documents = new Set<Document>();
    for (const key of keys) for (const document of this.#readers.get(key) ?? []) documents.add(document);
    for (const document of documents) this.forget(document);
    return documents;
  }

  /** The documents whose diagnostics point into a file. */
  pointingInto(uri: string): ReadonlySet<Document> {
    return this.#pointing.get(uri) ?? none;
  }

  /** Forgets a document that is gone or whose look-ups are out of date. */
  forget(document: Document): void {
    const wired = this.#wired.get(document);
    if (!wired) return;
    for (const key of wired.keys) take(this.#readers, key, document);
    for (const uri of filesPointedInto(wired.findings)) take(this.#pointing, uri, document);
    this.#wired.delete(document);
  }
}

const none: ReadonlySet<Document> = new Set();

const filesPointedInto = (found: readonly RuleFinding[]): readonly string[] =>
  found.flatMap(({ finding }) => (finding.related ?? []).map((related) => related.document.uri));

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
