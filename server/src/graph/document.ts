import { extractFacts } from '../model/extract.ts';
import type { DocumentRef, Facts } from '../model/facts.ts';
import { isKustomizationFile, patchFiles } from '../model/kustomization.ts';
import { type ParsedDocument, parseYaml } from '../syntax/parse.ts';

/** The document behind a fact's reference: all of them are made here. */
export const documentOf = (ref: DocumentRef): Document => ref as Document;

/**
 * One YAML document of a file. Its text never changes: an edit replaces it, and only `start` moves when text above
 * it does. The tree can be dropped and is parsed again when somebody asks.
 */
export class Document implements DocumentRef {
  readonly uri: string;
  readonly text: string;
  start: number;
  /** What stands in this text. */
  readonly facts: readonly Facts[];
  /** What the rest of the workspace goes by: these facts, or the last good ones while the document is broken. */
  readonly indexed: readonly Facts[];
  /** The text can't be read as YAML as it stands. */
  readonly broken: boolean;
  readonly template: boolean;
  /** The files that this document, being a kustomization, applies as patches. */
  readonly patchFiles: readonly string[];
  #parsed: ParsedDocument | undefined;

  /** @param previous what stood in this place before the edit, if anything */
  constructor(uri: string, text: string, start: number, previous: Document | undefined) {
    this.uri = uri;
    this.text = text;
    this.start = start;
    const parsed = parseYaml(text);
    this.#parsed = parsed;
    this.template = parsed.template;
    this.broken = parsed.problems.length > 0;
    this.facts = parsed.template ? [] : extractFacts(parsed.root, this);
    this.patchFiles = isKustomizationFile(uri) ? patchFiles(parsed.root, uri) : [];
    this.indexed = this.broken && previous && previous.indexed.length > 0 && !parsed.template ? previous.indexed : this.facts;
  }

  get end(): number {
    return this.start + this.text.length;
  }

  get parsed(): ParsedDocument {
    this.#parsed ??= parseYaml(this.text);
    return this.#parsed;
  }

  /** Gives the tree's memory back; facts stay. */
  dropTree(): void {
    this.#parsed = undefined;
  }
}
