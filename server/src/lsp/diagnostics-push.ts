import { type DiagnosticsDelivery, diagnosticsOf, resultIdOf } from './diagnostic-reports.ts';
import { Turns } from './guard.ts';
import { type Session, target } from './session.ts';

/**
 * Publishes diagnostics for clients that can't pull: open documents at once, every other file of the workspace when
 * the changes pause, in small turns.
 */
export class PushDiagnostics implements DiagnosticsDelivery {
  readonly #session: Session;
  /** By file, the result id that was published last; `shown` is false where there was nothing to show. */
  readonly #published = new Map<string, { readonly resultId: string; readonly shown: boolean }>();
  #immediate: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;
  #sweeping = false;
  #sweepAgain = false;

  constructor(session: Session) {
    this.#session = session;
    session.ended.addEventListener('abort', () => {
      clearImmediate(this.#immediate);
      clearTimeout(this.#timer);
    });
  }

  changed(): void {
    if (this.#session.ended.aborted) return;
    // Not within the notification itself: the ones queued behind it may change the document again.
    this.#immediate ??= setImmediate(() => {
      this.#immediate = undefined;
      this.#run(() => this.#publishOpen());
    });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#run(() => this.#sweep()), pause);
  }

  closed(uri: string): void {
    // Text that only the editor held is gone with it.
    if (target(this.#session, uri) === undefined) this.#clear(uri);
    this.changed();
  }

  #run(task: () => Promise<void>): void {
    task().catch((error: unknown) => this.#session.log.exception('textDocument/publishDiagnostics', error));
  }

  async #publishOpen(): Promise<void> {
    const { open, workspaces, ended } = this.#session;
    for (const uri of open.uris()) {
      await workspaces.of(uri).settled;
      if (ended.aborted) return;
      if (open.has(uri)) this.#publish(uri, true);
    }
  }

  async #sweep(): Promise<void> {
    if (this.#sweeping) {
      this.#sweepAgain = true;
      return;
    }
    this.#sweeping = true;
    try {
      do {
        this.#sweepAgain = false;
        await this.#publishAll();
      } while (this.#sweepAgain);
    } finally {
      this.#sweeping = false;
    }
  }

  async #publishAll(): Promise<void> {
    const { workspaces, open, ended } = this.#session;
    const turns = new Turns();
    for (const workspace of workspaces.all()) {
      if (!workspace.isReady) continue; // comes again when it is
      for (const uri of workspace.snapshot().files()) {
        await turns.pause();
        if (ended.aborted) return;
        this.#publish(uri, open.has(uri));
      }
    }
    for (const uri of [...this.#published.keys()]) {
      await turns.pause();
      if (target(this.#session, uri) === undefined) this.#clear(uri);
    }
  }

  /** `always` also where there is nothing to say: an open document's client may wait for the verdict. */
  #publish(uri: string, always: boolean): void {
    const { connection, client, open, log } = this.#session;
    try {
      const file = target(this.#session, uri);
      if (file === undefined) {
        this.#clear(uri);
        return;
      }
      const resultId = resultIdOf(file.workspace, file.snapshot, uri);
      const last = this.#published.get(uri);
      if (last?.resultId === resultId && (last.shown || !always)) return;
      const diagnostics = diagnosticsOf(this.#session, file);
      const shown = diagnostics.length > 0 || always;
      if (shown || last?.shown === true) {
        const version = open.version(uri);
        void connection.sendDiagnostics({
          uri: open.clientUri(uri),
          diagnostics,
          ...(client.publishVersions && version !== null && { version }),
        });
      }
      this.#published.set(uri, { resultId, shown });
    } catch (error) {
      log.exception('textDocument/publishDiagnostics', error);
    }
  }

  #clear(uri: string): void {
    const last = this.#published.get(uri);
    this.#published.delete(uri);
    if (last?.shown === true) {
      void this.#session.connection.sendDiagnostics({
        uri: this.#session.open.clientUri(uri),
        diagnostics: [],
      });
    }
  }
}

const pause = 100;
