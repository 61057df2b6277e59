import type { Change, Settings, Snapshot } from '../engine.ts';
import { isWithin, pathFromUri } from '../host/uri.ts';
import type { Log } from './log.ts';

/** The engine, as the server sees it. */
export interface WorkspaceEngine {
  configure(settings: Partial<Settings>): void;
  apply(changes: readonly Change[]): void;
  snapshot(): Snapshot;
}

/** One workspace folder with its engine, or the place of the loose files, which lie in none. */
export class Workspace {
  /** Canonical; undefined for the loose files. */
  readonly uri: string | undefined;
  /** Undefined where the folder isn't on disk: only its open documents are known then. */
  readonly path: string | undefined;
  /** Told apart in result ids: the same file may move to another workspace. */
  readonly id: string;
  /**
   * Resolves when the workspace is ready, or has taken too long to wait for: what is judged before would accuse names
   * that are merely not read yet.
   */
  readonly settled: Promise<void>;
  #settle: () => void = () => {};
  #isReady = false;
  readonly #engine: WorkspaceEngine;
  readonly #log: Log;
  #settings = '';
  /** Texts that the client sent and no one has asked about yet: a burst of keystrokes is analysed once. */
  readonly #typed = new Map<string, string>();

  constructor(uri: string | undefined, id: string, engine: WorkspaceEngine, log: Log) {
    this.uri = uri;
    this.path = uri === undefined ? undefined : pathFromUri(uri);
    this.id = id;
    this.#engine = engine;
    this.#log = log;
    this.settled = new Promise((resolve) => {
      const late = setTimeout(resolve, grace);
      this.#settle = () => {
        clearTimeout(late);
        resolve();
      };
    });
  }

  /** True when the first index and the first settings are there: before, closed files are not judged. */
  get isReady(): boolean {
    return this.#isReady;
  }

  becomeReady(): void {
    this.#isReady = true;
    this.#settle();
  }

  configure(settings: Settings): void {
    const text = JSON.stringify(settings);
    if (text === this.#settings) return; // or every answer would count as changed
    this.#settings = text;
    this.#engine.configure(settings);
  }

  edit(uri: string, text: string): void {
    this.#typed.set(uri, text);
  }

  apply(changes: readonly Change[]): void {
    this.#flush();
    this.#apply(changes);
  }

  /** The workspace as it is now; take a new one after every wait. */
  snapshot(): Snapshot {
    this.#flush();
    return this.#engine.snapshot();
  }

  #flush(): void {
    if (this.#typed.size === 0) return;
    const changes = [...this.#typed].map(([uri, text]): Change => ({ type: 'edit', uri, text }));
    this.#typed.clear();
    this.#apply(changes);
  }

  /** One file that the engine chokes on must not cost the others. */
  #apply(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    try {
      this.#engine.apply(changes);
    } catch (error) {
      this.#log.exception('analysis', error);
      if (changes.length > 1) for (const change of changes) this.#apply([change]);
    }
  }
}

/** Which workspace a file belongs to: that of the innermost folder around it. */
export class Workspaces {
  readonly loose: Workspace;
  readonly #folders = new Map<string, Workspace>();
  readonly #createEngine: () => WorkspaceEngine;
  readonly #log: Log;
  #count = 0;

  constructor(createEngine: () => WorkspaceEngine, log: Log) {
    this.#createEngine = createEngine;
    this.#log = log;
    this.loose = this.#create(undefined);
  }

  all(): readonly Workspace[] {
    return [...this.#folders.values(), this.loose];
  }

  folders(): readonly Workspace[] {
    return [...this.#folders.values()];
  }

  folder(uri: string): Workspace | undefined {
    return this.#folders.get(uri);
  }

  of(uri: string): Workspace {
    return this.innermost(uri) ?? this.loose;
  }

  /** The innermost folder that holds the file or folder, undefined where none does. */
  innermost(uri: string): Workspace | undefined {
    let best: Workspace | undefined;
    for (const [folder, workspace] of this.#folders) {
      if (isWithin(uri, folder) && folder.length > (best?.uri?.length ?? -1)) best = workspace;
    }
    return best;
  }

  /** A new workspace, or the one that is there. */
  add(uri: string): Workspace {
    let workspace = this.#folders.get(uri);
    if (workspace === undefined) {
      workspace = this.#create(uri);
      this.#folders.set(uri, workspace);
    }
    return workspace;
  }

  remove(uri: string): Workspace | undefined {
    const workspace = this.#folders.get(uri);
    this.#folders.delete(uri);
    return workspace;
  }

  #create(uri: string | undefined): Workspace {
    const id = `${started}.${this.#count++}`;
    return new Workspace(uri, id, this.#createEngine(), this.#log);
  }
}

/** How long diagnostics wait for the first index, in milliseconds. */
const grace = 500;

/** Keeps the result ids of one server process apart from those of the one before it. */
const started = Date.now().toString(36);
