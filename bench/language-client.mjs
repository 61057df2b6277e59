// A language client without an editor, for servers that speak over standard input and output.
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { spawnGroup, stopGroup } from '../scripts/lib/processes.mjs';

/** What an editor of today can do, as far as it matters here. */
const CAPABILITIES = {
  general: { positionEncodings: ['utf-16'] },
  window: { workDoneProgress: true },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
  },
  textDocument: {
    synchronization: {},
    publishDiagnostics: { relatedInformation: true },
    diagnostic: { dynamicRegistration: false, relatedDocumentSupport: false },
    completion: {
      contextSupport: true,
      completionItem: {
        snippetSupport: true,
        documentationFormat: ['markdown', 'plaintext'],
        insertReplaceSupport: true,
        labelDetailsSupport: true,
        resolveSupport: { properties: ['documentation', 'detail', 'additionalTextEdits'] },
      },
      completionList: { itemDefaults: ['commitCharacters', 'editRange', 'insertTextFormat', 'insertTextMode', 'data'] },
    },
  },
};

export class LanguageClient {
  #child;
  #connection;
  #answers;
  #versions = new Map();
  #waiting = new Map();
  #idle = new Set();

  /**
   * @param {readonly string[]} command Node's arguments
   * @param {Record<string, (params: any) => unknown>} answers to requests of the server, by method
   */
  constructor(command, answers = {}) {
    this.#answers = answers;
    this.#child = spawnGroup(process.execPath, command, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#connection = createMessageConnection(
      new StreamMessageReader(this.#child.stdout),
      new StreamMessageWriter(this.#child.stdin),
    );
    this.#connection.onRequest((method, params) => this.#answers[method]?.(params) ?? null);
    this.#connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => {
      this.#waiting.get(uri)?.(diagnostics);
      this.#waiting.delete(uri);
    });
    this.#connection.onUnhandledProgress(({ value }) => {
      if (value.kind !== 'end') return;
      for (const resolve of this.#idle) resolve();
      this.#idle.clear();
    });
    this.#connection.listen();
  }

  async start(folderUri) {
    await this.#connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: folderUri,
      workspaceFolders: [{ uri: folderUri, name: 'bench' }],
      capabilities: CAPABILITIES,
    });
    await this.notify('initialized', {});
  }

  /** Resolves when the server says that it has done what it showed progress of. */
  progressEnd() {
    return new Promise((resolve) => this.#idle.add(resolve));
  }

  /** The next diagnostics that the server pushes of a file. */
  pushed(uri) {
    return new Promise((resolve) => this.#waiting.set(uri, resolve));
  }

  async pull(uri) {
    const report = await this.request('textDocument/diagnostic', { textDocument: { uri } });
    return report.items;
  }

  async complete(uri, position) {
    const result = await this.request('textDocument/completion', {
      textDocument: { uri },
      position,
      context: { triggerKind: 1 },
    });
    return Array.isArray(result) ? result : (result?.items ?? []);
  }

  open(uri, text) {
    this.#versions.set(uri, 1);
    return this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
  }

  /** One incremental change, as `typist` gives it, or a whole new text. */
  change(uri, change) {
    const version = this.#versions.get(uri) + 1;
    this.#versions.set(uri, version);
    return this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [change] });
  }

  close(uri) {
    return this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  request(method, params) {
    return this.#connection.sendRequest(method, params);
  }

  notify(method, params) {
    return this.#connection.sendNotification(method, params);
  }

  async stop() {
    this.#connection.dispose();
    await stopGroup(this.#child);
  }
}
