import type { CancellationToken } from 'vscode-languageserver/node';
import { type DiagnosticsDelivery, resultIdOf } from './diagnostic-reports.ts';
import { Turns } from './guard.ts';
import type { Session } from './session.ts';

/**
 * Tells a pulling client when to pull again. An edit in one file changes what is said of others: when the typing
 * pauses, what the client was last given is compared with what it would get now. The client pulls the document that
 * it edited by itself, so that alone is no reason to have it pull everything.
 */
export class DiagnosticsRefresh implements DiagnosticsDelivery {
  readonly #session: Session;
  /** The result id that the client was given last, or was told to come for. */
  readonly #delivered = new Map<string, string>();
  readonly #edited = new Set<string>();
  readonly #waiting = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #firstChange = 0;
  #pullsWorkspace = false;
  #changes = 0;

  constructor(session: Session) {
    this.#session = session;
    session.ended.addEventListener('abort', () => {
      clearTimeout(this.#timer);
      this.#wake();
    });
  }

  /** How often something changed until now, counted when the changes have paused. */
  get changes(): number {
    return this.#changes;
  }

  delivered(uri: string, resultId: string): void {
    this.#delivered.set(uri, resultId);
    this.#edited.delete(uri);
  }

  /** The client pulls the whole workspace, so that files it has never been given count, too. */
  workspacePulled(): void {
    this.#pullsWorkspace = true;
  }

  gone(uri: string): void {
    this.#delivered.delete(uri);
  }

  changed(edited?: string): void {
    if (this.#session.ended.aborted) return;
    if (edited !== undefined) this.#edited.add(edited);
    const now = performance.now();
    if (this.#timer === undefined) this.#firstChange = now;
    else clearTimeout(this.#timer);
    const wait = Math.max(0, Math.min(pause, this.#firstChange + longestWait - now));
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#look().catch((error: unknown) => this.#session.log.exception('workspace/diagnostic/refresh', error));
    }, wait);
  }

  closed(uri: string): void {
    if (!this.#pullsWorkspace) this.#delivered.delete(uri);
    this.changed(uri);
  }

  /** Resolves at the next change after `since` (a value of `changes`), and when the request or the session ends. */
  async nextChange(since: number, token: CancellationToken): Promise<void> {
    if (this.#changes !== since || token.isCancellationRequested || this.#session.ended.aborted) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done);
        listener.dispose();
        resolve();
      };
      const listener = token.onCancellationRequested(done);
      this.#waiting.add(done);
    });
  }

  async #look(): Promise<void> {
    const { client, connection, ended } = this.#session;
    const workspaceIsHeld = this.#waiting.size > 0;
    this.#changes++;
    this.#wake();
    const edited = new Set(this.#edited);
    this.#edited.clear();
    if (!client.diagnosticRefresh) return;
    // A workspace request that was held open is answered anyway; then only open documents need the refresh.
    if (await this.#isOutdated(edited, workspaceIsHeld)) {
      if (!ended.aborted) await connection.languages.diagnostics.refresh();
    }
  }

  async #isOutdated(edited: ReadonlySet<string>, openOnly: boolean): Promise<boolean> {
    const { workspaces, open } = this.#session;
    const turns = new Turns();
    let outdated = false;
    for (const [uri, resultId] of [...this.#delivered]) {
      await turns.pause();
      if (edited.has(uri) || (openOnly && !open.has(uri))) continue;
      const workspace = workspaces.of(uri);
      const snapshot = workspace.snapshot();
      const current = snapshot.text(uri) === undefined ? undefined : resultIdOf(workspace, snapshot, uri);
      if (current === undefined && resultId === '') continue;
      if (current === resultId || this.#delivered.get(uri) !== resultId) continue;
      outdated = true;
      if (current === undefined) this.#delivered.delete(uri);
      else this.#delivered.set(uri, current);
    }
    if (!openOnly && this.#pullsWorkspace && !outdated) outdated = await this.#hasNewFile(turns);
    return outdated;
  }

  async #hasNewFile(turns: Turns): Promise<boolean> {
    for (const workspace of this.#session.workspaces.all()) {
      if (!workspace.isReady) continue;
      for (const uri of workspace.snapshot().files()) {
        await turns.pause();
        if (!this.#delivered.has(uri)) return true;
      }
    }
    return false;
  }

  #wake(): void {
    for (const done of [...this.#waiting]) done();
  }
}

/** Milliseconds without a change after which the others are looked at, and how long changes can put that off. */
const pause = 200;
const longestWait = 1000;
