import {
  type Connection,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  ResponseError,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { clientFeatures } from './client.ts';
import { fixAllKind, serveCodeActions } from './code-action.ts';
import { serveCodeLens } from './code-lens.ts';
import { completionTriggers, serveCompletion } from './completion.ts';
import { Configuration } from './configuration.ts';
import { serveDefinition } from './definition.ts';
import { serveDiagnostics } from './diagnostics.ts';
import { PushDiagnostics } from './diagnostics-push.ts';
import { serveDocumentLink } from './document-link.ts';
import { serveDocumentSymbol } from './document-symbol.ts';
import { serveEffectivePod } from './effective-pod.ts';
import { serveFoldingRange } from './folding-range.ts';
import { serveHighlight } from './highlight.ts';
import { serveHover } from './hover.ts';
import { serveInlayHint } from './inlay-hint.ts';
import { LineIndexes } from './line-indexes.ts';
import { connectionLog, type Log } from './log.ts';
import { OpenDocuments } from './open-documents.ts';
import type { ChangedParams } from './protocol.ts';
import { serveReferences } from './references.ts';
import { serveRename } from './rename.ts';
import { serveObjectFromFiles } from './secrets.ts';
import { serveSelectionRange } from './selection-range.ts';
import { semanticTokensLegend, serveSemanticTokens } from './semantic-tokens.ts';
import type { Session } from './session.ts';
import { serveSnippets } from './snippets.ts';
import { serveStatus } from './status.ts';
import { serveUpgradeAll, upgradeAllCommand } from './upgrade-all.ts';
import { serveWatchedFiles } from './watched-files.ts';
import { initialFolders, WorkspaceFolders } from './workspace-folders.ts';
import { serveWorkspaceSymbol } from './workspace-symbol.ts';
import { type WorkspaceEngine, Workspaces } from './workspaces.ts';

export interface ServerOptions {
  readonly version: string;
  /** Makes what engines are made with; called once, at initialize. */
  readonly load: (log: Log) => Promise<() => WorkspaceEngine>;
}

/** Serves one client over a connection that isn't listening yet, until it says exit. */
export function serve(connection: Connection, options: ServerOptions): void {
  const end = new AbortController();
  const log = connectionLog(connection);
  let initialized = false;
  // Requests that have no handler: all of them before initialize, unknown ones behind it.
  connection.onRequest((method) =>
    initialized
      ? new ResponseError(ErrorCodes.MethodNotFound, `Unhandled method ${method}`)
      : new ResponseError(ErrorCodes.ServerNotInitialized, 'The first request must be initialize.'),
  );
  connection.onInitialize(async (params) => {
    if (initialized) return new ResponseError(ErrorCodes.InvalidRequest, 'The server is initialized already.');
    initialized = true;
    const createEngine = await options.load(log);
    return start(connection, params, createEngine, log, end.signal, options.version);
  });
  connection.onShutdown(() => end.abort());
  connection.onExit(() => end.abort());
  connection.listen();
}

function start(
  connection: Connection,
  params: InitializeParams,
  createEngine: () => WorkspaceEngine,
  log: Log,
  ended: AbortSignal,
  version: string,
): InitializeResult {
  const open = new OpenDocuments();
  const session: Session = {
    connection,
    client: clientFeatures(params),
    open,
    workspaces: new Workspaces(createEngine, log),
    lines: new LineIndexes(open),
    log,
    ended,
  };
  const { client } = session;
  const diagnostics = client.pullDiagnostics ? serveDiagnostics(session) : new PushDiagnostics(session);
  // What the client asks for file by file, and again when it is told to.
  const redelivered = [serveSemanticTokens(session), serveCodeLens(session), serveInlayHint(session)];
  const changed = (): void => {
    diagnostics.changed();
    for (const one of redelivered) one.changed();
    if (client.notifyChanges) notifyChanges(connection, log);
  };
  const configuration = new Configuration(session, params.initializationOptions);
  const folders = new WorkspaceFolders(session, configuration, changed);
  session.open.listen(connection, {
    changed(uri, text) {
      folders.edit(uri, text);
      diagnostics.changed(uri);
      for (const one of redelivered) one.changed();
    },
    saved: (uri) => folders.saved(uri),
    closed(uri) {
      folders.close(uri);
      diagnostics.closed(uri);
      for (const one of redelivered) {
        one.closed(uri);
        one.changed();
      }
    },
  });
  serveCompletion(session);
  serveSnippets(session);
  serveObjectFromFiles(session);
  serveHover(session);
  serveDefinition(session);
  serveReferences(session);
  serveHighlight(session);
  serveRename(session);
  serveCodeActions(session);
  serveDocumentLink(session);
  serveEffectivePod(session);
  serveUpgradeAll(session);
  serveStatus(session);
  serveDocumentSymbol(session);
  serveWorkspaceSymbol(session);
  serveFoldingRange(session);
  serveSelectionRange(session);
  folders.listen();
  connection.onInitialized(() => {
    configuration.listen(changed);
    serveWatchedFiles(session, (workspace) => folders.indexOf(workspace));
    folders.startLoose().catch((error: unknown) => log.exception('initialized', error));
    folders.open(initialFolders(params));
  });
  return {
    serverInfo: { name: 'podwire', version },
    capabilities: {
      textDocumentSync: {
        openClose: true,
        change: TextDocumentSyncKind.Incremental,
        save: { includeText: false },
      },
      completionProvider: {
        triggerCharacters: completionTriggers,
        resolveProvider: true,
        completionItem: { labelDetailsSupport: true },
      },
      hoverProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      documentSymbolProvider: true,
      documentLinkProvider: {},
      codeLensProvider: { resolveProvider: true },
      inlayHintProvider: true,
      workspaceSymbolProvider: true,
      foldingRangeProvider: true,
      selectionRangeProvider: true,
      renameProvider: client.prepareRename ? { prepareProvider: true } : true,
      semanticTokensProvider: { legend: semanticTokensLegend, full: true },
      executeCommandProvider: { commands: [upgradeAllCommand] },
      codeActionProvider: {
        codeActionKinds: ['quickfix', 'refactor.inline', 'refactor.extract', 'refactor.rewrite', fixAllKind],
      },
      ...(client.pullDiagnostics && {
        diagnosticProvider: {
          identifier: 'podwire',
          interFileDependencies: true,
          workspaceDiagnostics: true,
        },
      }),
      workspace: {
        workspaceFolders: { supported: true, changeNotifications: true },
      },
    },
  };
}

function notifyChanges(connection: Connection, log: Log): void {
  const params: ChangedParams = {};
  connection
    .sendNotification('podwire/changed', params)
    .catch((error: unknown) => log.exception('podwire/changed', error));
}
