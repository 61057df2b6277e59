import { commonEnds } from '../base/common-ends.ts';
import { type Span, shift } from '../base/span.ts';
import { extractFacts } from '../model/extract.ts';
import type { DocumentRef, Facts } from '../model/facts.ts';
import { inlinePatches } from '../model/inline-patches.ts';
import { type Completed, completedFiles, isKustomizationFile } from '../model/kustomization.ts';
import { noTemplates, type TemplatesOf } from '../model/pod-templates.ts';
import { type ParsedDocument, parseYaml } from '../syntax/parse.ts';
import type { Node } from '../syntax/tree.ts';

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
  /** What stands in this text to the letter. */
  readonly written: readonly Facts[];
  /** The text can't be read as YAML as it stands. */
  readonly broken: boolean;
  readonly template: boolean;
  /** A kustomization names the file as a patch. */
  readonly isPatch: boolean;
  /** Where custom resources keep pod templates, as far as their schemas are known now. */
  readonly templates: TemplatesOf;
  /** The files whose resources this document, being a kustomization, completes. */
  readonly completes: readonly Completed[];
  #parsed: ParsedDocument | undefined;
  #facts: readonly Facts[];
  #indexed: readonly Facts[];
  /** What stands in this document's place, broken, while these facts still count. */
  #heir: { readonly document: Document; readonly head: number; readonly tail: number } | undefined;

  /**
   * @param previous what stood in this place before the edit, if anything
   * @param isPatch whether a kustomization names the file as a patch, rather than as a resource
   * @param templates where custom resources keep pod templates
   */
  constructor(
    uri: string,
    text: string,
    start: number,
    previous: Document | undefined,
    isPatch = false,
    templates: TemplatesOf = noTemplates,
  ) {
    this.uri = uri;
    this.text = text;
    this.start = start;
    this.isPatch = isPatch;
    this.templates = templates;
    const parsed = parseYaml(text);
    this.#parsed = parsed;
    this.template = parsed.template;
    this.broken = parsed.problems.length > 0;
    const isKustomization = isKustomizationFile(uri);
    this.written = parsed.template
      ? []
      : [
          ...extractFacts(parsed.root, this, text, isPatch, templates),
          ...(isKustomization ? inlinePatches(parsed.root, this, text, templates) : []),
        ];
    this.#facts = this.written;
    this.completes = isKustomization ? completedFiles(parsed.root, uri) : [];
    this.#indexed =
      this.broken && previous && previous.indexed.length > 0 && !parsed.template ? previous.indexed : this.#facts;
    const source = this.indexed[0] && documentOf(this.indexed[0].document);
    if (source && source !== this) source.#heir = { document: this, ...commonEnds(source.text, text) };
  }

  /** What this text says: as it is written or, where it needs repair, as it is meant. */
  get facts(): readonly Facts[] {
    return this.#facts;
  }

  /** What the rest of the workspace goes by: these facts, or the last good ones while the document is broken. */
  get indexed(): readonly Facts[] {
    return this.#indexed;
  }

  /** The text needs repair, and its facts are those of what it is meant to be: paths in them may lead nowhere here. */
  get isMended(): boolean {
    return this.#facts !== this.written;
  }

  /** Takes a tree for what this text is meant to be. Its spans are those of this text. To be called before it is indexed. */
  mean(root: Node | undefined): void {
    const facts = extractFacts(root, this, this.text, this.isPatch, this.templates);
    if (this.#indexed === this.#facts) this.#indexed = facts;
    this.#facts = facts;
  }

  /** The text has changed since, and the new one can't be read: spans of these facts are good for a look, not for edits. */
  get outdated(): boolean {
    return this.#heir !== undefined;
  }

  /** What stands in this document's place now: itself, as long as it can be read. */
  get now(): Document {
    return this.#heir?.document ?? this;
  }

  /** A span of this text as a span of the file; where the text has changed since, of what is left of it there. */
  inFile(span: Span): Span {
    const heir = this.#heir;
    if (!heir) return shift(span, this.start);
    const grown = heir.document.text.length - this.text.length;
    const tailStart = this.text.length - heir.tail;
    // What was typed right before a token is not part of it.
    const start = span.start >= tailStart ? span.start + grown : Math.min(span.start, heir.head);
    const end = span.end <= heir.head ? span.end : span.end >= tailStart ? span.end + grown : heir.head;
    return shift({ start, end: Math.max(start, end) }, heir.document.start);
  }

  /** Schemas have pod templates elsewhere since the facts were extracted. */
  get hasOldFacts(): boolean {
    return this.facts.some(({ resource, sought }) => {
      const now = this.templates(resource);
      return now.length !== sought.length || now.some((path, i) => path !== sought[i]);
    });
  }

  get end(): number {
    return this.start + this.text.length;
  }

  get parsed(): ParsedDocument {
    this.#parsed ??= parseYaml(this.text);
    return this.#parsed;
  }

  /** Runs `read` with the tree; one that wasn't there is not kept. */
  withTree<T>(read: (root: Node | undefined) => T): T {
    const kept = this.#parsed;
    const result = read(this.parsed.root);
    this.#parsed = kept;
    return result;
  }

  /** Gives the tree's memory back; facts stay. */
  dropTree(): void {
    this.#parsed = undefined;
  }
}
