import { CompletionItemTag, type InitializeParams, InsertTextMode, MarkupKind } from 'vscode-languageserver/node';

/** What the client can do, as far as the server's answers depend on it. */
export interface ClientFeatures {
  readonly pullDiagnostics: boolean;
  readonly diagnosticRefresh: boolean;
  readonly relatedInformation: boolean;
  readonly diagnosticTags: boolean;
  readonly publishVersions: boolean;
  readonly configuration: boolean;
  readonly registerConfiguration: boolean;
  readonly registerWatchedFiles: boolean;
  readonly workDoneProgress: boolean;
  readonly documentChanges: boolean;
  /** Edits of a workspace may be snippets. */
  readonly snippetEdits: boolean;
  readonly snippets: boolean;
  readonly insertAsIs: boolean;
  readonly labelDetails: boolean;
  readonly deprecatedTag: boolean;
  readonly completionMarkdown: boolean;
  readonly hoverMarkdown: boolean;
  readonly prepareRename: boolean;
  readonly semanticTokensRefresh: boolean;
  /** It wants to hear of changes that it has not made itself. */
  readonly notifyChanges: boolean;
  readonly codeLensRefresh: boolean;
  readonly inlayHintRefresh: boolean;
  readonly disabledActions: boolean;
  readonly nestedSymbols: boolean;
  /** A command of the client's that opens the suggestions, run behind `key: ` where the client names one. */
  readonly retriggerCommand: string | undefined;
  /** A command of the client's that shows a Secret's value and keeps nothing, run with its URI, range and key. */
  readonly revealCommand: string | undefined;
  /** Commands of the client's that lenses run: see the arguments in protocol.ts. Without them lenses only tell. */
  readonly showPlacesCommand: string | undefined;
  readonly showEffectivePodCommand: string | undefined;
}

export function clientFeatures(params: InitializeParams): ClientFeatures {
  const { workspace, textDocument, window } = params.capabilities;
  const item = textDocument?.completion?.completionItem;
  const published = textDocument?.publishDiagnostics;
  const pulled = textDocument?.diagnostic;
  const options: unknown = params.initializationOptions;
  const command = (name: string): string | undefined => {
    const value = isObject(options) ? options[name] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return {
    pullDiagnostics: pulled !== undefined,
    diagnosticRefresh: workspace?.diagnostics?.refreshSupport === true,
    relatedInformation: published?.relatedInformation === true || pulled?.relatedInformation === true,
    diagnosticTags: published?.tagSupport !== undefined || pulled?.tagSupport !== undefined,
    publishVersions: published?.versionSupport === true,
    configuration: workspace?.configuration === true,
    registerConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registerWatchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workDoneProgress: window?.workDoneProgress === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    snippetEdits:
      workspace?.workspaceEdit?.documentChanges === true && workspace.workspaceEdit.snippetEditSupport === true,
    snippets: item?.snippetSupport === true,
    insertAsIs: item?.insertTextModeSupport?.valueSet.includes(InsertTextMode.asIs) === true,
    labelDetails: item?.labelDetailsSupport === true,
    deprecatedTag: item?.tagSupport?.valueSet.includes(CompletionItemTag.Deprecated) === true,
    completionMarkdown: item?.documentationFormat?.includes(MarkupKind.Markdown) === true,
    hoverMarkdown: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) === true,
    prepareRename: textDocument?.rename?.prepareSupport === true,
    semanticTokensRefresh: workspace?.semanticTokens?.refreshSupport === true,
    notifyChanges: isObject(options) && options['notifyChanges'] === true,
    codeLensRefresh: workspace?.codeLens?.refreshSupport === true,
    inlayHintRefresh: workspace?.inlayHint?.refreshSupport === true,
    disabledActions: textDocument?.codeAction?.disabledSupport === true,
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    revealCommand: command('revealCommand'),
    retriggerCommand: command('retriggerCommand'),
    showPlacesCommand: command('showPlacesCommand'),
    showEffectivePodCommand: command('showEffectivePodCommand'),
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
