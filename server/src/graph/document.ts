import { commonEnds } from '../base/common-ends.ts';
import { type Span, shift } from '../base/span.ts';
import { extractFacts, extractPatches } from '../model/extract.ts';
import type { DocumentRef, Facts } from '../model/facts.ts';
import { type Completed, completedFiles, isKustomizationFile } from '../model/kustomization.ts';
import type { PatchTarget } from '../model/patch-target.ts';
import {
  commonTarget,
  type Operation,
  opened,
  operationsOf,
  type Patch,
  patchesIn,
  patchTextAt,
  withoutDirectives,
} from '../model/patches.ts';
import { shapeKey } from '../model/pod-templates.ts';
import { noSchemas, type Schemas } from '../model/schemas.ts';
import { type ParsedDocument, parseYaml } from '../syntax/parse.ts';
import type { Node } from '../syntax/tree.ts';

/** The document behind a fact's reference: all of them are made here. */
export const documentOf = (ref: DocumentRef): Document => ref as Document;

/** What kustomizations make of a file. */
export interface Role {
  /** One names it as a patch, rather than as a resource. */
  readonly isPatch: boolean;
  /** What it is aimed at there. */
  readonly aims: readonly PatchTarget[];
}

/** An operation, and the patch that it is a part of. */
export interface PatchOperation {
  readonly patch: Patch;
  readonly operation: Operation;
}

export const plainRole: Role = { isPatch: false, aims: [] };

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
  readonly role: Role;
  /** As they were when the facts were extracted. */
  readonly schemas: Schemas;
  /** The files whose resources this document, being a kustomization, completes. */
  readonly completes: readonly Completed[];
  readonly #hasPatches: boolean;
  /** What patches are aimed at, and the API version that was found for it. */
  readonly #aimed: readonly { readonly target: PatchTarget; readonly apiVersion: string | undefined }[];
  #parsed: ParsedDocument | undefined;
  #facts: readonly Facts[];
  #indexed: readonly Facts[];
  #patches: readonly Patch[] | undefined;
  #tree: { readonly root: Node | undefined } | undefined;
  #operations: ReadonlyMap<string, PatchOperation> | undefined;
  /** What stands in this document's place, broken, while these facts still count. */
  #heir: { readonly document: Document; readonly head: number; readonly tail: number } | undefined;

  /**
   * @param previous what stood in this place before the edit, if anything
   * @param role what kustomizations make of the file
   */
  constructor(
    uri: string,
    text: string,
    start: number,
    previous: Document | undefined,
    role: Role = plainRole,
    schemas: Schemas = noSchemas,
  ) {
    this.uri = uri;
    this.text = text;
    this.start = start;
    this.role = role;
    this.schemas = schemas;
    const parsed = parseYaml(text);
    this.#parsed = parsed;
    this.template = parsed.template;
    this.broken = parsed.problems.length > 0;
    const root = role.isPatch ? withoutDirectives(parsed.root) : parsed.root;
    const own = parsed.template ? [] : extractFacts(root, this, text, role.isPatch, schemas.templates);
    const patches = parsed.template ? [] : patchesOf(root, text, own, role);
    this.#patches = patches;
    this.#hasPatches = patches.length > 0;
    this.written = patches.length === 0 ? own : [...own, ...extractPatches(patches, this, text, schemas)];
    this.#facts = this.written;
    this.#aimed = patches.flatMap((patch) => {
      const target = commonTarget(patch);
      return target ? [{ target, apiVersion: schemas.versionOf(target) }] : [];
    });
    this.completes = isKustomizationFile(uri) && !role.isPatch ? completedFiles(parsed.root, uri) : [];
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
    const facts = this.factsOf(root, this.text);
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

  /** Schemas have pod templates elsewhere, or know other kinds, since the facts were extracted. */
  get hasOldFacts(): boolean {
    const { templates, versionOf } = this.schemas;
    return (
      this.#aimed.some(({ target, apiVersion }) => versionOf(target) !== apiVersion) ||
      this.facts.some(({ resource, sought }) => shapeKey(templates(resource)) !== shapeKey(sought))
    );
  }

  /** It has patches for kinds that nobody knew when the facts were extracted. */
  get hasUnknownAims(): boolean {
    return this.#aimed.some(({ apiVersion }) => apiVersion === undefined);
  }

  /** A kustomization names the file as a patch. */
  get isPatch(): boolean {
    return this.role.isPatch;
  }

  /** The patches that stand in it, or that it is. */
  get patches(): readonly Patch[] {
    // Most documents have none, and need no tree to say so.
    if (!this.#hasPatches) return [];
    this.#patches ??= patchesOf(
      this.parsed.root,
      this.text,
      this.written.filter(({ inline }) => !inline),
      this.role,
    );
    return this.#patches;
  }

  /** The operation of a JSON patch that facts are of. */
  operationOf({ inline }: Facts): PatchOperation | undefined {
    if (!inline?.isOperation) return undefined;
    this.#operations ??= new Map(
      this.patches.flatMap((patch) =>
        operationsOf(patch).map(({ operation, path }) => [path.join('/'), { patch, operation }]),
      ),
    );
    return this.#operations.get(inline.path.join('/'));
  }

  /**
   * A patch in a text of this document, as a document of its own in which everything stands where it stands here;
   * undefined where the offset is in no such text.
   */
  patchAround(offset: number): { readonly document: Document; readonly written: Patch['written'] } | undefined {
    const own = this.written.flatMap(({ inline, resource }) => (inline ? [] : [resource]));
    const found = patchTextAt(this.parsed.root, this.text, own, offset);
    if (!found) return undefined;
    const { span, targets, written } = found;
    const text =
      written === 'block'
        ? `${' '.repeat(span.start - 1)}\n${this.text.slice(span.start, span.end)}`
        : ' '.repeat(span.start) + this.text.slice(span.start, span.end);
    const role: Role = { isPatch: true, aims: targets };
    return { document: new Document(this.uri, text, this.start, undefined, role, this.schemas), written };
  }

  /** The facts that another text in this one's place would have. */
  factsOf(root: Node | undefined, text: string): readonly Facts[] {
    const own = extractFacts(root, this, text, this.isPatch, this.schemas.templates);
    const patches = patchesOf(root, text, own, this.role);
    return patches.length === 0 ? own : [...own, ...extractPatches(patches, this, text, this.schemas)];
  }

  /** What is written, with the patches in it opened, and without what says how to merge one: the path of every resource leads to what it says. */
  get tree(): Node | undefined {
    const { root } = this.parsed;
    if (!this.#hasPatches && !this.isPatch) return root;
    this.#tree ??= { root: opened(this.isPatch ? withoutDirectives(root) : root, this.patches) };
    return this.#tree.root;
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
    const isKept = this.#parsed !== undefined;
    const result = read(this.parsed.root);
    if (!isKept) this.dropTree();
    return result;
  }

  /** Gives the tree's memory back; facts stay. */
  dropTree(): void {
    this.#parsed = undefined;
    this.#patches = undefined;
    this.#tree = undefined;
    this.#operations = undefined;
  }
}

const patchesOf = (root: Node | undefined, text: string, own: readonly Facts[], { aims }: Role): readonly Patch[] =>
  patchesIn(
    root,
    text,
    own.map(({ resource }) => resource),
    aims,
  );
