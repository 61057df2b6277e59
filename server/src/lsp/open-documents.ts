import { type Connection, type TextDocumentContentChangeEvent, TextDocuments } from 'vscode-languageserver/node';
import { LineIndex } from '../base/line-index.ts';
import { canonicalUri } from '../host/uri.ts';

export interface OpenDocumentEvents {
  /** Opened, or its text changed. */
  changed(uri: string, text: string): void;
  saved(uri: string, text: string): void;
  closed(uri: string): void;
}

/** The documents that the client has open, by canonical URI, kept up to date by its incremental changes. */
export class OpenDocuments {
  readonly #documents = new TextDocuments<OpenDocument>({
    create: (uri, _language, version, text) => ({ uri, version, lines: new LineIndex(text) }),
    update: changed,
  });
  readonly #byUri = new Map<string, OpenDocument>();

  listen(connection: Connection, events: OpenDocumentEvents): void {
    this.#documents.onDidChangeContent(({ document }) => {
      const uri = canonicalUri(document.uri);
      this.#byUri.set(uri, document);
      events.changed(uri, document.lines.text);
    });
    this.#documents.onDidSave(({ document }) => events.saved(canonicalUri(document.uri), document.lines.text));
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
    return this.#byUri.get(uri)?.lines.text;
  }

  /** The lines of an open document's text. */
  lines(uri: string): LineIndex | undefined {
    return this.#byUri.get(uri)?.lines;
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

/** A document as it was at a version; the next one takes its place. */
export interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  readonly lines: LineIndex;
}

/** The document after the client's changes, each of which counts from the text that the one before it left. */
export function changed(
  document: OpenDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
): OpenDocument {
  let { lines } = document;
  for (const change of changes) {
    if ('range' in change) {
      const [from, to] = [lines.offset(change.range.start), lines.offset(change.range.end)];
      lines = lines.edited({ start: Math.min(from, to), end: Math.max(from, to) }, change.text);
    } else lines = new LineIndex(change.text);
  }
  return { uri: document.uri, version, lines };
}
