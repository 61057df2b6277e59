import {
  type ClientCapabilities,
  createMessageConnection,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type MessageConnection,
  type MessageReader,
  type MessageWriter,
  type Range,
} from 'vscode-languageserver/node';

/** A language client without an editor: sends what a test says and remembers what the server said. */
export class TestClient {
  readonly connection: MessageConnection;
  /** Methods of the requests and notifications that came, with their parameters. */
  readonly received: { readonly method: string; readonly params: unknown }[] = [];
  /** What the client answers to `workspace/configuration`, by scope; '' for no scope. */
  readonly configuration = new Map<string, unknown>();
  /** Never answers it. */
  silent = false;
  readonly published = new Map<string, readonly Diagnostic[]>();
  readonly #waiting = new Set<() => void>();

  constructor(reader: MessageReader, writer: MessageWriter) {
    this.connection = createMessageConnection(reader, writer);
    this.connection.onRequest((method, params) => {
      this.#receive(method, params);
      if (method !== 'workspace/configuration') return null;
      if (this.silent) return new Promise(() => {});
      const { items } = params as unknown as { items: { scopeUri?: string }[] };
      return items.map(({ scopeUri }) => this.configuration.get(scopeUri ?? '') ?? null);
    });
    this.connection.onNotification((method, params) => {
      if (method === 'textDocument/publishDiagnostics') {
        const { uri, diagnostics } = params as unknown as { uri: string; diagnostics: Diagnostic[] };
        this.published.set(uri, diagnostics);
      }
      this.#receive(method, params);
    });
    this.connection.onUnhandledProgress(({ token, value }) => this.#receive(`$/progress ${token}`, value));
    this.connection.listen();
  }

  async initialize(options: {
    readonly folders?: readonly string[];
    readonly capabilities?: ClientCapabilities;
    readonly initializationOptions?: unknown;
  }): Promise<InitializeResult> {
    const params: InitializeParams = {
      processId: null,
      rootUri: null,
      capabilities: options.capabilities ?? pulling,
      workspaceFolders: options.folders?.map((uri) => ({ uri, name: uri })) ?? null,
      initializationOptions: options.initializationOptions,
    };
    const result = await this.request<InitializeResult>('initialize', params);
    await this.connection.sendNotification('initialized', {});
    return result;
  }

  request<R>(method: string, params?: unknown): Promise<R> {
    return this.connection.sendRequest<R>(method, params);
  }

  notify(method: string, params: unknown): Promise<void> {
    return this.connection.sendNotification(method, params);
  }

  open(uri: string, text: string): Promise<void> {
    return this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
  }

  /** One incremental change, or the whole text without a range. */
  change(uri: string, version: number, text: string, range?: Range): Promise<void> {
    const contentChanges = [range === undefined ? { text } : { range, text }];
    return this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  }

  close(uri: string): Promise<void> {
    return this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  /** `type`: 1 created, 2 changed, 3 deleted. */
  watched(uri: string, type: 1 | 2 | 3): Promise<void> {
    return this.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });
  }

  pull(uri: string, previousResultId?: string): Promise<Report> {
    return this.request('textDocument/diagnostic', { textDocument: { uri }, previousResultId });
  }

  pullWorkspace(previousResultIds: { uri: string; value: string }[] = []): Promise<{ items: WorkspaceReport[] }> {
    return this.request('workspace/diagnostic', { previousResultIds });
  }

  /** The messages of a document's diagnostics, asked for again until they are as the test wants them. */
  async pullUntil(uri: string, done: (messages: readonly string[]) => boolean): Promise<readonly string[]> {
    for (;;) {
      const messages = ((await this.pull(uri)).items ?? []).map((item) => `${item.code}: ${item.message}`);
      if (done(messages)) return messages;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  count(method: string): number {
    return this.received.filter((message) => message.method === method).length;
  }

  /** Waits on a condition, looked at again with every message from the server. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
    }
  }

  #receive(method: string, params: unknown): void {
    this.received.push({ method, params });
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

export interface Report {
  readonly kind: 'full' | 'unchanged';
  readonly resultId?: string;
  readonly items?: readonly Diagnostic[];
}

export interface WorkspaceReport extends Report {
  readonly uri: string;
  readonly version: number | null;
}

/** A modern client. */
export const pulling: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true },
  },
  window: { workDoneProgress: true },
  textDocument: {
    diagnostic: { relatedDocumentSupport: false },
    publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] }, versionSupport: true },
    rename: { prepareSupport: true },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    completion: {
      completionItem: {
        snippetSupport: true,
        labelDetailsSupport: true,
        documentationFormat: ['markdown'],
        insertTextModeSupport: { valueSet: [1, 2] },
        tagSupport: { valueSet: [1] },
      },
    },
  },
};

/** One that knows publishDiagnostics and nothing else. */
export const plain: ClientCapabilities = { textDocument: { publishDiagnostics: {} } };
