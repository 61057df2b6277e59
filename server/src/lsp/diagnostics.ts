import type {
  DiagnosticServerCancellationData,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
  ResponseError,
  WorkspaceDiagnosticParams,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { type CancellationToken, DocumentDiagnosticReportKind } from 'vscode-languageserver/node';
import type { Snapshot } from '../engine.ts';
import { canonicalUri } from '../host/uri.ts';
import { type DiagnosticsDelivery, diagnosticsOf, resultIdOf } from './diagnostic-reports.ts';
import { DiagnosticsRefresh } from './diagnostics-refresh.ts';
import { cancelled, guard, Turns } from './guard.ts';
import { type Session, target } from './session.ts';
import type { Workspace } from './workspaces.ts';

/** Serves pulled diagnostics. */
export function serveDiagnostics(session: Session): DiagnosticsDelivery {
  const refresh = new DiagnosticsRefresh(session);
  const full = DocumentDiagnosticReportKind.Full;
  const { diagnostics } = session.connection.languages;
  diagnostics.on(
    guard<DocumentDiagnosticParams, DocumentDiagnosticReport, DiagnosticServerCancellationData>(
      session,
      'textDocument/diagnostic',
      { kind: full, items: [] },
      async (params, token) => {
        await session.workspaces.of(canonicalUri(params.textDocument.uri)).settled;
        if (token.isCancellationRequested) return cancelled();
        const file = target(session, params.textDocument.uri);
        if (file === undefined) {
          // Asked before the engine is there: what it finds then is news.
          refresh.delivered(canonicalUri(params.textDocument.uri), '');
          return { kind: full, items: [] };
        }
        const resultId = resultIdOf(file.workspace, file.snapshot, file.uri);
        refresh.delivered(file.uri, resultId);
        if (params.previousResultId === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
        return { kind: full, resultId, items: diagnosticsOf(session, file) };
      },
    ),
  );
  const workspaceDiagnostics = new WorkspaceDiagnostics(session, refresh);
  diagnostics.onWorkspace((params, token, _progress, partial) => {
    const report = partial && ((items: WorkspaceDocumentDiagnosticReport[]) => partial.report({ items }));
    const handler = guard<WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, DiagnosticServerCancellationData>(
      session,
      'workspace/diagnostic',
      { items: [] },
      (p, t) => workspaceDiagnostics.pull(p, t, report),
    );
    return handler(params, token);
  });
  return refresh;
}

type Report = (items: WorkspaceDocumentDiagnosticReport[]) => void;

class WorkspaceDiagnostics {
  readonly #session: Session;
  readonly #refresh: DiagnosticsRefresh;
  /** By file, the result id at which it had no diagnostics: such files aren't worth a report. */
  readonly #clean = new Map<string, string>();

  constructor(session: Session, refresh: DiagnosticsRefresh) {
    this.#session = session;
    this.#refresh = refresh;
  }

  /**
   * Reports what differs from what the client has. Where it has everything and can take partial results, the request
   * stays open until something changes, as the protocol suggests: clients ask again as soon as they are answered.
   */
  async pull(
    params: WorkspaceDiagnosticParams,
    token: CancellationToken,
    partial: Report | undefined,
  ): Promise<WorkspaceDiagnosticReport | ResponseError<DiagnosticServerCancellationData>> {
    const { workspaces, ended } = this.#session;
    await Promise.all(workspaces.all().map((workspace) => workspace.settled));
    this.#refresh.workspacePulled();
    const held = new Map(params.previousResultIds.map(({ uri, value }) => [canonicalUri(uri), { uri, value }]));
    for (let round = 0; ; round++) {
      const before = this.#refresh.changes;
      const items: WorkspaceDocumentDiagnosticReport[] = [];
      let differs = false;
      const report: Report = (found) => {
        const changed = found.filter((item) => item.kind === DocumentDiagnosticReportKind.Full);
        differs ||= changed.length > 0;
        // What is unchanged is said once, not again with every look.
        const news = round === 0 ? found : changed;
        if (news.length === 0) return;
        if (partial === undefined) items.push(...news);
        else partial(news);
      };
      await this.#look(held, token, report);
      if (token.isCancellationRequested) return cancelled();
      if (ended.aborted || differs || partial === undefined) return { items };
      await this.#refresh.nextChange(before, token);
      if (token.isCancellationRequested) return cancelled();
    }
  }

  async #look(
    held: ReadonlyMap<string, { readonly uri: string; readonly value: string }>,
    token: CancellationToken,
    report: Report,
  ): Promise<void> {
    const { workspaces, ended } = this.#session;
    const turns = new Turns();
    const seen = new Set<string>();
    let items: WorkspaceDocumentDiagnosticReport[] = [];
    for (const workspace of workspaces.all()) {
      if (!workspace.isReady) continue;
      let snapshot = workspace.snapshot();
      for (const uri of snapshot.files()) {
        if (await turns.pause()) {
          if (token.isCancellationRequested || ended.aborted) return;
          report(items);
          items = [];
          snapshot = workspace.snapshot();
        }
        seen.add(uri);
        const item = this.#item(workspace, snapshot, uri, held.get(uri)?.value);
        if (item !== undefined) items.push(item);
      }
    }
    for (const [uri, previous] of held) {
      if (seen.has(uri) || !workspaces.of(uri).isReady) continue;
      this.#refresh.gone(uri);
      items.push({
        kind: DocumentDiagnosticReportKind.Full,
        uri: previous.uri,
        version: null,
        items: [],
      });
    }
    report(items);
  }

  #item(
    workspace: Workspace,
    snapshot: Snapshot,
    uri: string,
    previous: string | undefined,
  ): WorkspaceDocumentDiagnosticReport | undefined {
    const { open, log } = this.#session;
    try {
      const text = snapshot.text(uri);
      if (text === undefined) return undefined; // removed since
      const resultId = resultIdOf(workspace, snapshot, uri);
      // Clients take no workspace report for a document that is open: it stays due.
      if (!open.has(uri)) this.#refresh.delivered(uri, resultId);
      const place = {
        uri: open.clientUri(uri),
        version: open.version(uri),
        resultId,
      };
      if (previous === resultId) return { ...place, kind: DocumentDiagnosticReportKind.Unchanged };
      if (previous === undefined && this.#clean.get(uri) === resultId) return undefined;
      const items = diagnosticsOf(this.#session, {
        uri,
        workspace,
        snapshot,
        text,
      });
      if (items.length > 0) this.#clean.delete(uri);
      else this.#clean.set(uri, resultId);
      if (items.length === 0 && previous === undefined) return undefined;
      return { ...place, kind: DocumentDiagnosticReportKind.Full, items };
    } catch (error) {
      log.exception('workspace/diagnostic', error);
      return undefined;
    }
  }
}
