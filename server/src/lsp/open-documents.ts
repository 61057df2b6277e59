import { type Connection, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { canonicalUri } from '../host/uri.ts';

export interface OpenDocumentEvents {
  /** Opened, or its text changed. */
  changed(uri: string, text: string): void;
  saved(uri: string, text: string): void;
  closed(uri: string): void;
}

/** The documents that the client has open, by canonical URI, kept up to date by its incremental changes. */
export class OpenDocuments {
  readonly #documents = new TextDocuments(TextDocument);
  readonly #byUri = new Map<string, TextDocument>();

  listen(connection: Connection, events: OpenDocumentEvents): void {
    this.#documents.onDidChangeContent(({ document }) => {
      const uri = canonicalUri(document.uri);
      this.#byUri.set(uri, document);
      events.changed(uri, document.getText());
    });
    this.#documents.onDidSave(({ document }) => events.saved(canonicalUri(document.uri), document.getText()));
    this.#documents.onDidClose(({ document }) => {
      const uri = canonicalUri(document.uri);
      if (this.#byUri.get(uri)?.uri !== document.uri) return; // open under another spelling still
      this.#byUri.delete(uri);
      events.closed(uri);
    });
    this.#documents.listen(connection);
  }

  has(uri: string): boolean {
    return this.#byUri.has(uri);
  }

  uris(): readonly string[] {
    return [...this.#byUri.keys()];
  }

  text(uri: string): string | undefined {
    return this.#byUri.get(uri)?.getText();
  }

  /** The client's version number of an open document; null for every other, as LSP wants it. */
  version(uri: string): number | null {
    return this.#byUri.get(uri)?.version ?? null;
  }

  /** The URI as the client spells it where it has the document open; the canonical one otherwise. */
  clientUri(uri: string): string {
    return this.#byUri.get(uri)?.uri ?? uri;
  }
}
