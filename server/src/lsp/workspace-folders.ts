import { setTimeout } from 'node:timers/promises';
import { DidChangeWorkspaceFoldersNotification, type InitializeParams } from 'vscode-languageserver/node';
import { canonicalUri, uriFromPath } from '../host/uri.ts';
import type { Configuration } from './configuration.ts';
import { FolderIndex } from './folder-index.ts';
import { showProgress } from './progress.ts';
import type { Session } from './session.ts';
import type { Workspace } from './workspaces.ts';

/** The folders that a client opens with: by the newest of the three ways in which it can say so. */
export function initialFolders(params: InitializeParams): readonly string[] {
  if (Array.isArray(params.workspaceFolders)) return params.workspaceFolders.map(({ uri }) => canonicalUri(uri));
  if (typeof params.rootUri === 'string') return [canonicalUri(params.rootUri)];
  if (typeof params.rootPath === 'string') return [uriFromPath(params.rootPath)];
  return [];
}

/** Opens and closes workspace folders, and routes open documents to the workspace they belong to. */
export class WorkspaceFolders {
  readonly #session: Session;
  readonly #configuration: Configuration;
  readonly #onChange: () => void;
  readonly #indexes = new Map<Workspace, FolderIndex>();
  /** Where each open document's text went. */
  readonly #owners = new Map<string, Workspace>();

  constructor(session: Session, configuration: Configuration, onChange: () => void) {
    this.#session = session;
    this.#configuration = configuration;
    this.#onChange = onChange;
  }

  listen(): void {
    const { connection, log } = this.#session;
    connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event }) => {
      try {
        for (const { uri } of event.removed) this.#remove(canonicalUri(uri));
        this.open(event.added.map(({ uri }) => canonicalUri(uri)));
      } catch (error) {
        log.exception('workspace/didChangeWorkspaceFolders', error);
      }
    });
  }

  indexOf(workspace: Workspace): FolderIndex | undefined {
    return this.#indexes.get(workspace);
  }

  /** Adds folders; they are read in the background. Those that are open already stay as they are. */
  open(uris: readonly string[]): void {
    const { workspaces, log } = this.#session;
    const added = uris.filter((uri) => workspaces.folder(uri) === undefined);
    const outer = added.map((uri) => workspaces.innermost(uri));
    const created = added.map((uri) => workspaces.add(uri));
    for (const [i, uri] of added.entries()) {
      const around = outer[i];
      if (around !== undefined) void this.#indexes.get(around)?.forget(uri);
    }
    this.#reroute();
    for (const workspace of created) {
      this.#start(workspace).catch((error: unknown) => log.exception('reading the workspace', error));
    }
  }

  /** The settings of the loose files, which no folder brings. */
  async startLoose(): Promise<void> {
    const { loose } = this.#session.workspaces;
    await this.#configured(loose);
    loose.becomeReady();
    this.#onChange();
  }

  edit(uri: string, text: string): void {
    const workspace = this.#session.workspaces.of(uri);
    this.#owners.set(uri, workspace);
    workspace.edit(uri, text);
  }

  close(uri: string): void {
    const workspace = this.#owners.get(uri) ?? this.#session.workspaces.of(uri);
    this.#owners.delete(uri);
    this.#release(workspace, uri);
    // The disk may have changed unnoticed while the editor's text counted.
    void this.#indexes.get(workspace)?.update([uri]);
  }

  saved(uri: string): void {
    void this.#indexes.get(this.#session.workspaces.of(uri))?.update([uri]);
  }

  #remove(uri: string): void {
    const { workspaces } = this.#session;
    const workspace = workspaces.remove(uri);
    if (workspace === undefined) return;
    workspace.becomeReady();
    this.#indexes.get(workspace)?.stop();
    this.#indexes.delete(workspace);
    this.#reroute();
    const around = workspaces.innermost(uri);
    if (around !== undefined) void this.#indexes.get(around)?.update([uri]);
    this.#onChange();
  }

  async #start(workspace: Workspace): Promise<void> {
    const { log, ended, workspaces, connection } = this.#session;
    const configured = this.#configured(workspace);
    if (workspace.path !== undefined && workspace.uri !== undefined) {
      const index = new FolderIndex(workspace, workspace.path, {
        log,
        ended,
        skip: (uri) => workspaces.folder(uri) !== undefined && workspaces.folder(uri) !== workspace,
        onChange: this.#onChange,
      });
      this.#indexes.set(workspace, index);
      const progress = showProgress(this.#session, 'Podwire: reading the workspace');
      try {
        await index.index(progress);
      } finally {
        progress.end();
      }
    }
    await configured;
    if (ended.aborted) return;
    workspace.becomeReady();
    connection.console.info(`${workspace.uri ?? ''}: ${workspace.snapshot().files().length} files`);
    this.#onChange();
  }

  /** Resolves when the settings are there; a client that never answers is waited for no longer than this. */
  async #configured(workspace: Workspace): Promise<void> {
    let late = false;
    const loaded = this.#configuration.load([workspace]).then(() => {
      if (late) this.#onChange();
    });
    const timer = new AbortController();
    const timeout = setTimeout(settingsTimeout, undefined, { signal: timer.signal }).then(
      () => {
        late = true;
      },
      () => {},
    );
    await Promise.race([loaded, timeout]);
    timer.abort();
  }

  /** Moves open documents whose folder came or went. */
  #reroute(): void {
    const { workspaces, open } = this.#session;
    for (const [uri, owner] of [...this.#owners]) {
      const workspace = workspaces.of(uri);
      const text = open.text(uri);
      if (workspace === owner || text === undefined) continue;
      this.#release(owner, uri);
      this.edit(uri, text);
    }
  }

  #release(workspace: Workspace, uri: string): void {
    const isOnDisk = this.#indexes.get(workspace)?.has(uri) === true;
    workspace.apply(
      isOnDisk
        ? [{ type: 'close', uri }]
        : [
            { type: 'close', uri },
            { type: 'remove', uri },
          ],
    );
  }
}

/** Milliseconds. */
const settingsTimeout = 3000;
