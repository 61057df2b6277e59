import type { Location } from './base/location.ts';
import { parseRelease } from './base/release.ts';
import type { Span } from './base/span.ts';
import { type CodeAction, codeActions } from './features/code-action.ts';
import { type CodeLens, codeLenses, codeLensText, type LensText } from './features/code-lens/code-lens.ts';
import { type SnippetChoice, snippetChoices } from './features/completion/choices.ts';
import { completion } from './features/completion/completion.ts';
import type { CompletionItem } from './features/completion/item.ts';
import { type ContainerView, containerView, type ViewLine, viewAsJson, viewAsText } from './features/container-view.ts';
import { definition } from './features/definition.ts';
import { DiagnosticsCache, diagnosticsOf } from './features/diagnostics.ts';
import { type DocumentLink, documentLinks } from './features/document-links.ts';
import { type FixAll, type FixStep, fixAll } from './features/fix-all.ts';
import { type Fold, folds } from './features/folding.ts';
import { type Highlight, highlights } from './features/highlight.ts';
import { type Hover, hover } from './features/hover.ts';
import { type InlayHint, inlayHints } from './features/inlay-hints/inlay-hints.ts';
import { objectFromFiles, type SourceFile } from './features/object-from-files.ts';
import { type OutlineSymbol, outline } from './features/outline.ts';
import { type Layer, layers, type PodResource, type Preview, podResources, preview } from './features/preview.ts';
import { type Refactoring, refactorings } from './features/refactoring.ts';
import { references } from './features/references.ts';
import { prepareRename, type RenameAnswer, rename } from './features/rename.ts';
import { hiddenSecret, type SecretAction, secretActions } from './features/secret-actions.ts';
import { selectionRanges } from './features/selection-ranges.ts';
import { type SemanticToken, semanticTokens } from './features/semantic-tokens.ts';
import type { FeatureContext } from './features/shared/context.ts';
import type { Switches } from './features/shared/switches.ts';
import { upgradeAll } from './features/upgrade-all.ts';
import { type WorkspaceSymbol, workspaceSymbols } from './features/workspace-symbols.ts';
import { DefinedKinds } from './graph/defined-kinds.ts';
import type { Document } from './graph/document.ts';
import { type Touched, Workspace } from './graph/workspace.ts';
import { podTemplatesIn } from './model/pod-templates.ts';
import type { Diagnostic, FileEdit, Severity } from './rules/rule-types.ts';
import type { ApiModel, Schema } from './schema/api-model.ts';

export type {
  CodeAction,
  CodeLens,
  CompletionItem,
  ContainerView,
  DocumentLink,
  FixAll,
  FixStep,
  Fold,
  Highlight,
  Hover,
  InlayHint,
  Layer,
  LensText,
  OutlineSymbol,
  PodResource,
  Preview,
  SemanticToken,
  SnippetChoice,
  ViewLine,
  WorkspaceSymbol,
};
export { layers, objectFromFiles, type SourceFile, viewAsJson, viewAsText };

/** A change of one file. Texts are whole; `uri` is any stable string, a file URI by custom. */
export type Change =
  /** The editor opened the file or changed its text; the editor's text wins over the disk's. */
  | { readonly type: 'edit'; readonly uri: string; readonly text: string }
  /** The editor closed the file: what the disk holds counts again (the last text that `disk` gave). */
  | { readonly type: 'close'; readonly uri: string }
  /** The file was found on disk, or changed there. */
  | { readonly type: 'disk'; readonly uri: string; readonly text: string }
  /** The file is gone from the disk. An open file stays until it is closed. */
  | { readonly type: 'remove'; readonly uri: string }
  /** The file or folder is there, but what it holds is not told: it is ignored, too large, or a workspace of its own. */
  | { readonly type: 'unread'; readonly uri: string }
  /** Everything in and under the folder has been told of: what has not is not there. */
  | { readonly type: 'walked'; readonly uri: string };

export interface Settings {
  /** The Kubernetes release that the manifests are for, "1.36". */
  readonly kubernetesVersion: string;
  /** Severity by rule id; "off" silences the rule. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** Objects that are on the cluster and never called missing: `Kind/name`, where `*` stands for anything. */
  readonly externalResources: readonly string[];
  /** Which kinds of code lenses and inlay hints are shown, by id. */
  readonly codeLens: Switches;
  readonly inlayHints: Switches;
}

/** The workspace as it is now: valid until the next `apply`. Everything is synchronous and never throws on bad input. */
export interface Snapshot {
  /** Every known file, sorted. */
  files(): readonly string[];
  /** A file's text as the engine sees it, undefined for an unknown file. */
  text(uri: string): string | undefined;
  /** The number of Kubernetes resources in all files, or in one. */
  resourceCount(uri?: string): number;
  /** By position, then code. */
  diagnostics(uri: string): readonly Diagnostic[];
  /** Changes whenever `diagnostics(uri)` may have; cheap. */
  diagnosticsVersion(uri: string): string;
  completion(uri: string, offset: number): readonly CompletionItem[];
  /** Every snippet, and what it would insert at a place of a file; without an offset, into a file of its own. */
  snippets(uri: string, offset: number | undefined): readonly SnippetChoice[];
  /** `now`, in milliseconds since 1970, for what a hover says of times to come. */
  hover(uri: string, offset: number, now?: number): Hover | undefined;
  definition(uri: string, offset: number): readonly Location[];
  references(uri: string, offset: number, includeDeclaration: boolean): readonly Location[];
  highlights(uri: string, offset: number): readonly Highlight[];
  /** The span that would be renamed and its text, or why it can't be. */
  prepareRename(
    uri: string,
    offset: number,
  ): { readonly span: Span; readonly text: string } | { readonly refused: string } | undefined;
  rename(uri: string, offset: number, newName: string): RenameAnswer;
  /** By position; what they say is asked for each. */
  codeLenses(uri: string): readonly CodeLens[];
  codeLensText(uri: string, lens: CodeLens): LensText | undefined;
  /** Those of a part of a file, by position. */
  inlayHints(uri: string, span: Span): readonly InlayHint[];
  /** The resources of a file and their parts, by position. */
  outline(uri: string): readonly OutlineSymbol[];
  /** Resources and their parts by name, best first. */
  workspaceSymbols(query: string): readonly WorkspaceSymbol[];
  folds(uri: string): readonly Fold[];
  /** The paths of a file that lead to files of the workspace. */
  documentLinks(uri: string): readonly DocumentLink[];
  /** What a selection at an offset grows to, innermost first. */
  selectionRanges(uri: string, offset: number): readonly Span[];
  /** What can be done with the value of a Secret at a place. */
  secretActions(uri: string, offset: number): readonly SecretAction[];
  /** Where a place is in a value of a Secret that base64 hides, and text behind it: that value. */
  hiddenSecret(uri: string, offset: number): { readonly key: string; readonly span: Span } | undefined;
  /** The names and labels of a file that are wired to something, by position. */
  semanticTokens(uri: string): readonly SemanticToken[];
  /** Quick fixes for what touches the span. */
  codeActions(uri: string, span: Span): readonly CodeAction[];
  /** What can be made of the resource at an offset, in any number of files. */
  refactorings(uri: string, offset: number): readonly Refactoring[];
  /** Every fix of the file that is the only sensible answer, until none is left. */
  fixAll(uri: string): FixAll;
  /** What brings all files to the API versions and fields of the target release, as far as that leaves no choice. */
  upgradeAll(): readonly FileEdit[];
  /** The resources that are pods or make some, in all files or in one. */
  podResources(uri?: string): readonly PodResource[];
  /** The pod that will run, of the resource at an offset; undefined where there is none. */
  preview(uri: string, offset: number, layers: readonly Layer[]): Preview | undefined;
  /** What the containers of that pod see; `reveal` shows the values of Secrets. */
  containerView(uri: string, offset: number, layers: readonly Layer[], reveal: boolean): ContainerView | undefined;
}

/** What the disk and the editor hold of a file. */
interface Sources {
  disk: string | undefined;
  editor: string | undefined;
}

/** The schema of every resource's metadata. */
const metadataOf = (model: ApiModel): Schema | undefined =>
  model.find('v1', 'ConfigMap')?.schema.fields.get('metadata')?.schema;

/** The whole server for one workspace folder, without an editor: texts go in, snapshots come out. */
export class Engine {
  #model: ApiModel;
  readonly #workspace = new Workspace();
  #cache: DiagnosticsCache;
  readonly #defined = new DefinedKinds();
  readonly #sources = new Map<string, Sources>();
  /** Counts how often a file's diagnostics may have changed. */
  readonly #versions = new Map<string, number>();
  #settings: Settings = {
    kubernetesVersion: '1.36',
    rules: {},
    externalResources: [],
    codeLens: {},
    inlayHints: {},
  };
  #settingsVersion = 0;
  /** Documents of open files that nobody has asked about since they were typed. */
  readonly #unsettled = new Set<Document>();

  constructor(options: { readonly model: ApiModel }) {
    this.#model = options.model;
    this.#workspace.index.release = options.model.release;
    this.#workspace.schemas = {
      templates: ({ apiVersion, kind }) => podTemplatesIn(this.#model.find(apiVersion, kind)),
      versionOf: (target) => this.#model.versionOf(target),
    };
    this.#cache = new DiagnosticsCache(options.model, this.#workspace.index);
    this.#workspace.meaning = (document) => this.#cache.prepare(document);
  }

  configure(settings: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...settings };
    this.#settingsVersion++;
    const release = parseRelease(this.#settings.kubernetesVersion);
    if (release !== undefined && release !== this.#model.release) this.#retarget(this.#model.at(release));
  }

  /** Another release: everything is judged anew. */
  #retarget(model: ApiModel): void {
    this.#model = model;
    this.#workspace.index.release = model.release;
    this.#cache = new DiagnosticsCache(model, this.#workspace.index);
    this.#judgeAnew(() => true);
  }

  /** Other definitions of custom resources: those of their groups are judged anew, and those of their kinds in unknown ones. */
  #redefine(names: ReadonlySet<string>): void {
    const concerns = (document: Document): boolean =>
      document.hasUnknownAims ||
      document.facts.some(
        ({ resource: { group, kind } }) => names.has(group) || (names.has(kind) && !this.#model.knowsGroup(group)),
      );
    const take = (): void => {
      this.#model = this.#model.with(this.#defined.all());
      this.#cache.retarget(this.#model);
    };
    take();
    if (this.#extractAnew((document) => concerns(document) && document.hasOldFacts)) take();
    this.#judgeAnew(concerns);
  }

  /** Extracts facts anew; true where definitions of custom resources were among them (a List holds both). */
  #extractAnew(concerns: (document: Document) => boolean): boolean {
    let redefines = false;
    for (const { uri, text, documents, open } of [...this.#workspace.files()]) {
      const old = new Set(documents.filter(concerns));
      if (old.size > 0 && this.#update(uri, text, open, old).size > 0) redefines = true;
    }
    return redefines;
  }

  #judgeAnew(concerns: (document: Document) => boolean): void {
    // What is meant may be something else now, too.
    this.#extractAnew((document) => concerns(document) && document.isMended);
    for (const { uri, documents, open } of this.#workspace.files()) {
      for (const document of documents) {
        if (!concerns(document)) continue;
        this.#judge(document);
        if (!open) document.dropTree();
        this.#bump(uri);
      }
    }
  }

  /** Finds what a document's own text proves and, where it needs repair, takes it for what it is meant to be. */
  #judge(document: Document): void {
    this.#unsettled.delete(document);
    const meant = this.#cache.prepare(document);
    if (!meant || document.isMended) return;
    this.#invalidate(this.#workspace.mean(document, meant()));
    this.#bump(document.uri);
  }

  /** Before anything is said of how documents belong together, it is known what each of them is meant to be. */
  #settle(): void {
    for (const document of this.#unsettled) this.#judge(document);
  }

  /** Takes over changes of files; costs what the changed documents cost, not what the workspace does. */
  apply(changes: readonly Change[]): void {
    const names = new Set<string>();
    for (const change of changes) {
      if (change.type === 'unread' || change.type === 'walked') {
        this.#invalidate(
          change.type === 'unread' ? this.#workspace.noteUnread(change.uri) : this.#workspace.noteWalked(change.uri),
        );
        continue;
      }
      if (change.type === 'remove') this.#invalidate(this.#workspace.forgetNotes(change.uri));
      const sources = this.#sources.get(change.uri) ?? { disk: undefined, editor: undefined };
      if (change.type === 'edit') sources.editor = change.text;
      else if (change.type === 'close') sources.editor = undefined;
      else sources.disk = change.type === 'disk' ? change.text : undefined;
      const text = sources.editor ?? sources.disk;
      if (text === undefined) this.#sources.delete(change.uri);
      else this.#sources.set(change.uri, sources);
      for (const name of this.#update(change.uri, text, sources.editor !== undefined)) names.add(name);
    }
    if (names.size > 0) this.#redefine(names);
  }

  /** Returns the groups and the names of the custom kinds whose definitions changed. */
  #update(uri: string, text: string | undefined, open: boolean, anew?: ReadonlySet<Document>): ReadonlySet<string> {
    const before = this.#workspace.file(uri)?.documents;
    const touched = this.#workspace.update(uri, text, open, anew);
    const names = this.#defined.update(touched.gone, touched.documents, () => metadataOf(this.#model));
    if (this.#workspace.file(uri)?.documents !== before) {
      for (const document of touched.gone) this.#cache.forget(document);
      this.#bump(uri);
      for (const document of this.#cache.pointingInto(uri)) this.#bump(document.uri);
      this.#cache.forgetPointers(uri, touched);
    }
    for (const completed of touched.completed) this.#bump(completed);
    this.#invalidate(touched);
    for (const document of touched.gone) this.#unsettled.delete(document);
    // An open file keeps its trees, and is judged when somebody asks: a completion needn't wait for it.
    for (const document of touched.documents) {
      if (open) this.#unsettled.add(document);
      else {
        this.#judge(document);
        document.dropTree();
      }
    }
    // A file that has become a patch, or is none any more, means something else now.
    const changed = touched.completed.flatMap((completed) => {
      const file = this.#workspace.file(completed);
      return file ? [...this.#update(completed, file.text, file.open)] : [];
    });
    return changed.length === 0 ? names : new Set([...names, ...changed]);
  }

  #invalidate(touched: Touched): void {
    for (const document of this.#cache.invalidate(touched.keys)) this.#bump(document.uri);
  }

  #bump(uri: string): void {
    this.#versions.set(uri, (this.#versions.get(uri) ?? 0) + 1);
  }

  snapshot(): Snapshot {
    const workspace = this.#workspace;
    const model = this.#model;
    const cache = this.#cache;
    const settings = this.#settings;
    /** What is asked of the manifests as they are meant: that is found out first. */
    const settled = (): Workspace => {
      this.#settle();
      return workspace;
    };
    /** At a place in the text as it is typed, which needn't wait for anything to be judged. */
    const whileTyping = <T>(uri: string, offset: number, feature: (context: FeatureContext) => T, otherwise: T): T => {
      const documents = workspace.file(uri)?.documents ?? [];
      // At the border of two documents the cursor is in the second.
      const document = documents.findLast((candidate) => candidate.start <= offset);
      return document ? feature({ workspace, model, document, offset: offset - document.start }) : otherwise;
    };
    const at: typeof whileTyping = (...asked) => {
      this.#settle();
      return whileTyping(...asked);
    };
    return {
      files: () => workspace.uris(),
      text: (uri) => workspace.file(uri)?.text,
      resourceCount: (uri) => {
        const files = uri === undefined ? [...workspace.files()] : [workspace.file(uri)];
        return files.reduce(
          (sum, file) =>
            sum +
            (file?.documents ?? []).reduce(
              (n, { facts }) => n + facts.filter(({ inline }) => !inline?.isOperation).length,
              0,
            ),
          0,
        );
      },
      diagnostics: (uri) => diagnosticsOf(settled(), cache, uri, settings),
      diagnosticsVersion: (uri) => {
        this.#settle();
        return `${this.#settingsVersion}.${this.#versions.get(uri) ?? 0}`;
      },
      completion: (uri, offset) => whileTyping(uri, offset, completion, []),
      snippets: (uri, offset) =>
        offset === undefined
          ? snippetChoices(workspace, uri, undefined)
          : whileTyping(
              uri,
              offset,
              (context) => snippetChoices(workspace, uri, context),
              snippetChoices(workspace, uri, undefined),
            ),
      hover: (uri, offset, now) => at(uri, offset, (context) => hover(context, now), undefined),
      definition: (uri, offset) => at(uri, offset, definition, []),
      references: (uri, offset, includeDeclaration) =>
        at(uri, offset, (context) => references(context, includeDeclaration), []),
      highlights: (uri, offset) => at(uri, offset, highlights, []),
      prepareRename: (uri, offset) => at(uri, offset, prepareRename, undefined),
      rename: (uri, offset, newName) =>
        at(uri, offset, (context) => rename(context, newName), { refused: 'There is no file here.' }),
      codeLenses: (uri) => codeLenses(settled(), uri, settings.codeLens),
      codeLensText: (uri, lens) => codeLensText(settled(), uri, lens, model.release),
      inlayHints: (uri, span) => inlayHints(settled(), uri, span, settings.inlayHints, model.release),
      outline: (uri) => outline(workspace, uri),
      workspaceSymbols: (query) => workspaceSymbols(settled(), query),
      folds: (uri) => folds(workspace, uri),
      documentLinks: (uri) => documentLinks(settled(), uri),
      selectionRanges: (uri, offset) => whileTyping(uri, offset, selectionRanges, []),
      secretActions: (uri, offset) => at(uri, offset, secretActions, []),
      hiddenSecret: (uri, offset) => at(uri, offset, hiddenSecret, undefined),
      semanticTokens: (uri) => semanticTokens(settled(), uri),
      codeActions: (uri, span) => codeActions(settled(), model, uri, span, settings),
      fixAll: (uri) => fixAll(settled(), model, uri, settings),
      upgradeAll: () => upgradeAll(settled(), model, settings),
      refactorings: (uri, offset) =>
        at(uri, offset, (context) => refactorings(context, settings.kubernetesVersion), []),
      podResources: (uri) =>
        (uri === undefined ? workspace.uris() : [uri]).flatMap((one) =>
          (settled().file(one)?.documents ?? []).flatMap((document) => podResources(document.facts)),
        ),
      preview: (uri, offset, wanted) =>
        at(
          uri,
          offset,
          (context) => preview(context, { layers: wanted, kubernetesVersion: settings.kubernetesVersion }),
          undefined,
        ),
      containerView: (uri, offset, wanted, reveal) =>
        at(
          uri,
          offset,
          (context) =>
            containerView(context, { layers: wanted, kubernetesVersion: settings.kubernetesVersion }, reveal),
          undefined,
        ),
    };
  }
}
