import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { ContainerViewAnswer, ContainerViewParams, ProtocolLocation } from '../../../server/src/lsp/protocol.ts';
import { pageHtml, viewHtml } from './container-html.ts';
import type { Follower, Shown } from './follower.ts';
import { titleOf } from './shown-text.ts';

/** What each container of the pod sees that is looked at, in a panel beside the editor. */
export class ContainerPanel implements vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #subscription: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  #pod: Extract<Shown, { readonly is: 'pod' }> | undefined;
  /** The user has asked for the values of Secrets, in this panel and of this pod. */
  #revealed = false;
  #places: readonly ProtocolLocation[] = [];
  #asked = 0;

  constructor(client: LanguageClient, follower: Follower) {
    this.#client = client;
    this.#subscription = follower.onDidChange((shown) => this.#show(shown));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#panel?.dispose();
  }

  get isShown(): boolean {
    return this.#panel?.visible === true;
  }

  /** Opens the panel beside the editor, which keeps the focus. */
  open(): void {
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      'podwire.containers',
      vscode.l10n.t('Containers'),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [] },
    );
    this.#panel = panel;
    panel.webview.onDidReceiveMessage((message: unknown) => this.#received(message));
    panel.onDidChangeViewState(() => {
      // Who comes back to it asks again for what is secret.
      if (!panel.visible) this.#revealed = false;
    });
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#revealed = false;
      this.#places = [];
    });
    panel.webview.html = pageHtml(randomBytes(16).toString('base64'), panel.webview.cspSource, vscode.env.language);
  }

  #received(message: unknown): void {
    if (typeof message !== 'object' || message === null) return;
    const { ready, reveal, place } = message as { ready?: unknown; reveal?: unknown; place?: unknown };
    if (typeof reveal === 'boolean') this.#revealed = reveal;
    if (ready === true || typeof reveal === 'boolean') void this.#refresh();
    const location = typeof place === 'number' ? this.#places[place] : undefined;
    if (location) void this.#goTo(location);
  }

  async #goTo({ uri, range }: ProtocolLocation): Promise<void> {
    const { protocol2CodeConverter: converter } = this.#client;
    await vscode.window.showTextDocument(converter.asUri(uri), {
      selection: converter.asRange(range),
      viewColumn: vscode.ViewColumn.One,
    });
  }

  #show(shown: Shown): void {
    const pod = shown.is === 'pod' ? shown : undefined;
    if (identityOf(pod) !== identityOf(this.#pod)) this.#revealed = false;
    this.#pod = pod;
    if (this.#panel) void this.#refresh();
  }

  async #refresh(): Promise<void> {
    const panel = this.#panel;
    if (!panel) return;
    const asked = ++this.#asked;
    const view = await this.#ask().catch(() => undefined);
    // Only the answer to the last question is of the present.
    if (asked !== this.#asked || panel !== this.#panel) return;
    const { html, places } = view ? viewHtml(view, this.#revealed, vscode.l10n.t) : nothing();
    this.#places = places;
    panel.title = view ? vscode.l10n.t('Containers of {0}', titleOf(view)) : vscode.l10n.t('Containers');
    await panel.webview.postMessage({ html });
  }

  async #ask(): Promise<ContainerViewAnswer | undefined> {
    if (!this.#pod) return undefined;
    const { answer, layers } = this.#pod;
    const params: ContainerViewParams = {
      uri: answer.location.uri,
      position: answer.location.range.start,
      layers,
      reveal: this.#revealed,
    };
    return (await this.#client.sendRequest<ContainerViewAnswer | null>('podwire/containerView', params)) ?? undefined;
  }
}

const identityOf = (pod: Extract<Shown, { readonly is: 'pod' }> | undefined): string | undefined =>
  pod && JSON.stringify([pod.answer.location.uri, pod.answer.kind, pod.answer.namespace, pod.answer.name]);

const nothing = (): ReturnType<typeof viewHtml> => ({
  html: `<p>${vscode.l10n.t('The pod is not known at the moment.')}</p>`,
  places: [],
});
