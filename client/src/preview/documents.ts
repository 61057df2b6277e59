import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Follower, Shown } from './follower.ts';
import {
  comparedText,
  effectiveText,
  messageText,
  placeText,
  type ShownLine,
  type ShownText,
  writtenText,
} from './shown-text.ts';

const scheme = 'podwire-preview';
const selector: vscode.DocumentSelector = { scheme };

/** The pod that will run; for a comparison, the same without a head, and the manifest as its author wrote it. */
export const previewUris = {
  effective: vscode.Uri.from({ scheme, path: '/effective-pod.yaml' }),
  compared: vscode.Uri.from({ scheme, path: '/as-it-runs.yaml' }),
  written: vscode.Uri.from({ scheme, path: '/as-written.yaml' }),
} as const;

export const isPreviewShown = (): boolean =>
  vscode.window.visibleTextEditors.some(({ document }) => document.uri.scheme === scheme);

export const isShown = (uri: vscode.Uri): boolean =>
  vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === uri.toString());

/** Read-only documents of the pod that is looked at, with a faded note on each line that isn't the author's. */
export class PreviewDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #texts = new Map<string, ShownText>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #faded = vscode.window.createTextEditorDecorationType({
    after: { color: new vscode.ThemeColor('editorCodeLens.foreground'), fontStyle: 'italic', margin: '0 0 0 2em' },
  });
  readonly #subscriptions: vscode.Disposable;

  constructor(client: LanguageClient, follower: Follower) {
    this.#client = client;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#faded,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.languages.registerDefinitionProvider(selector, {
        provideDefinition: (document, { line }) => this.#source(document, line),
      }),
      vscode.languages.registerDocumentLinkProvider(selector, {
        provideDocumentLinks: (document) => this.#links(document),
      }),
      follower.onDidChange((shown) => this.#show(shown)),
      // The text arrives in the editor later than it is given out.
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#decorate(document)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#decorate()),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.path)?.text ?? '';
  }

  #show(shown: Shown): void {
    const { effective, compared, written } = previewUris;
    if (shown.is === 'pod') {
      this.#set(effective, effectiveText(shown.answer, shown.layers, vscode.l10n.t));
      this.#set(compared, comparedText(shown.answer, vscode.l10n.t));
      this.#set(written, writtenText(shown.answer));
      return;
    }
    for (const uri of [effective, compared]) {
      const before = this.#texts.get(uri.path);
      this.#set(uri, messageText(wordsFor(shown), shown.is === 'late' ? before : undefined));
    }
    if (shown.is !== 'late') this.#set(written, messageText(wordsFor(shown), undefined));
  }

  #set(uri: vscode.Uri, text: ShownText): void {
    const before = this.#texts.get(uri.path);
    this.#texts.set(uri.path, text);
    if (before?.text !== text.text) this.#changed.fire(uri);
    // The same text may come from elsewhere now.
    else this.#decorate();
  }

  /** Only where the editor has the very text that the notes belong to. */
  #decorate(only?: vscode.TextDocument): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const { document } = editor;
      if (document.uri.scheme !== scheme || (only && only !== document)) continue;
      const shown = this.#texts.get(document.uri.path);
      if (!shown || document.getText() !== shown.text) continue;
      const decorations = shown.lines.flatMap((line, i) => (line.note === undefined ? [] : this.#decoration(line, i)));
      editor.setDecorations(this.#faded, decorations);
    }
  }

  #decoration({ text, note = '', location }: ShownLine, line: number): vscode.DecorationOptions {
    const place = location ? placeText(location) : '';
    const says = `${note.replace(/\s+/g, ' ')}${place === '' ? '' : ` · ${place}`}`;
    const hover = new vscode.MarkdownString();
    hover.appendText(note);
    if (location) {
      hover.appendMarkdown(' · [');
      hover.appendText(place);
      hover.appendMarkdown(`](${location.uri}#L${location.range.start.line + 1})`);
    }
    const range = new vscode.Range(line, text.length, line, text.length);
    return { range, hoverMessage: hover, renderOptions: { after: { contentText: says } } };
  }

  #lineOf({ uri }: vscode.TextDocument, line: number): ShownLine | undefined {
    return this.#texts.get(uri.path)?.lines[line];
  }

  #source(document: vscode.TextDocument, line: number): vscode.LocationLink[] {
    const { text = '', location } = this.#lineOf(document, line) ?? {};
    if (!location) return [];
    const { protocol2CodeConverter: converter } = this.#client;
    const targetRange = converter.asRange(location.range);
    const start = text.length - text.trimStart().length;
    const originSelectionRange = new vscode.Range(line, start, line, text.length);
    return [
      {
        originSelectionRange,
        targetUri: converter.asUri(location.uri),
        targetRange,
        targetSelectionRange: targetRange,
      },
    ];
  }

  #links({ uri }: vscode.TextDocument): vscode.DocumentLink[] {
    const { protocol2CodeConverter: converter } = this.#client;
    return (this.#texts.get(uri.path)?.lines ?? []).flatMap(({ location, link }, line) => {
      if (!location || !link) return [];
      const target = converter.asUri(location.uri).with({ fragment: `L${location.range.start.line + 1}` });
      return [new vscode.DocumentLink(new vscode.Range(line, link.start, line, link.end), target)];
    });
  }
}

function wordsFor(shown: Exclude<Shown, { readonly is: 'pod' }>): string {
  switch (shown.is) {
    case 'late':
      return vscode.l10n.t('OUT OF DATE: the language server has not answered to the last change yet.');
    case 'gone':
      return vscode.l10n.t('There is no pod any more where it was in {0}.', shown.uri.path.split('/').at(-1) ?? '');
    case 'down':
      return vscode.l10n.t('The language server does not answer: the pod is not known.');
  }
}
