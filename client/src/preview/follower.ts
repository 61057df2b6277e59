import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import type {
  EffectivePodAnswer,
  EffectivePodParams,
  PodPlacesParams,
  PreviewLayer,
  ProtocolRange,
} from '../../../server/src/lsp/protocol.ts';
import { moved } from './moved.ts';

/** A place in a manifest. */
export interface Place {
  readonly uri: vscode.Uri;
  readonly position: vscode.Position;
}

/** What there is to show. */
export type Shown =
  | { readonly is: 'pod'; readonly answer: EffectivePodAnswer; readonly layers: readonly PreviewLayer[] }
  /** No answer has come to the last change: what was shown before may be of the past. */
  | { readonly is: 'late' }
  /** Where the pod was, there is none any more. */
  | { readonly is: 'gone'; readonly uri: vscode.Uri }
  | { readonly is: 'down' };

const manifestSchemes: ReadonlySet<string> = new Set(['file', 'untitled', 'vscode-remote']);

export const isManifest = ({ languageId, uri }: vscode.TextDocument): boolean =>
  languageId === 'yaml' && manifestSchemes.has(uri.scheme);

/** How long changes gather before the server is asked, and how long its answer may take, in milliseconds. */
const gathering = 30;
const patience = 1000;

/**
 * Keeps the pod that is looked at up to date: follows the cursor to another resource with pods, and every change of any
 * manifest. Only an answer to the texts as they are now is passed on.
 */
export class Follower implements vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #changed = new vscode.EventEmitter<Shown>();
  readonly onDidChange = this.#changed.event;
  /** Whether somebody looks: else nothing is asked. */
  readonly #isWatched: () => boolean;
  readonly #subscriptions: vscode.Disposable;
  #layers: readonly PreviewLayer[];
  #target: Place | undefined;
  #timer: NodeJS.Timeout | undefined;
  #late: NodeJS.Timeout | undefined;
  #isAsking = false;
  /** Counts changes: an answer that comes behind another one is out of date. */
  #changes = 0;

  constructor(client: LanguageClient, layers: readonly PreviewLayer[], isWatched: () => boolean) {
    this.#client = client;
    this.#layers = layers;
    this.#isWatched = isWatched;
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event)),
      vscode.window.onDidChangeActiveTextEditor(() => this.look()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (isManifest(textEditor.document)) this.look();
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.look()),
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) this.look();
        else if (this.#target) this.#changed.fire({ is: 'down' });
      }),
      client.onNotification('podwire/changed', () => this.#changedSomewhere()),
    );
  }

  dispose(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#late);
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  get layers(): readonly PreviewLayer[] {
    return this.#layers;
  }

  set layers(layers: readonly PreviewLayer[]) {
    this.#layers = layers;
    this.#changedSomewhere();
  }

  /** Turns to another place, or to the pod nearest to it in its file; false where there is none. */
  async turnTo(place: Place | undefined): Promise<boolean> {
    const start = place ?? this.#cursor() ?? this.#target;
    const answer = (await this.#ask(start)) ?? (await this.#ask(start && (await this.#nearestTo(start))));
    if (answer) this.#show(answer);
    return answer !== undefined;
  }

  /** Asks anew, soon. */
  look(): void {
    if (!this.#target || this.#timer !== undefined || !this.#isWatched()) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#look();
    }, gathering);
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0 || !isManifest(document)) return;
    if (this.#target?.uri.toString() === document.uri.toString()) {
      const at = contentChanges.reduce<{ line: number; character: number }>(moved, this.#target.position);
      this.#target = { uri: document.uri, position: new vscode.Position(at.line, at.character) };
    }
    this.#changedSomewhere();
  }

  #changedSomewhere(): void {
    this.#changes++;
    if (!this.#target || !this.#isWatched()) return;
    this.#late ??= setTimeout(() => this.#changed.fire({ is: 'late' }), patience);
    this.look();
  }

  async #look(): Promise<void> {
    // Whoever asks already looks again where something has changed meanwhile.
    if (this.#isAsking) return;
    this.#isAsking = true;
    const changes = this.#changes;
    const target = this.#target;
    try {
      const answer = (await this.#ask(this.#cursor())) ?? (await this.#ask(target));
      // Another one was turned to, or something was typed: that look is under way.
      if (this.#target !== target || this.#changes !== changes) return;
      if (!answer) {
        if (target) this.#settle({ is: 'gone', uri: target.uri });
      } else if (isCurrent(answer)) {
        this.#show(answer);
      } else {
        this.#changes++;
      }
    } catch {
      this.#settle({ is: 'down' });
    } finally {
      this.#isAsking = false;
      if (this.#changes !== changes) this.look();
    }
  }

  #show(answer: EffectivePodAnswer): void {
    const { protocol2CodeConverter: converter } = this.#client;
    const { uri, range } = answer.location;
    this.#target = { uri: converter.asUri(uri), position: converter.asPosition(range.start) };
    this.#settle({ is: 'pod', answer, layers: this.#layers });
  }

  #settle(shown: Shown): void {
    clearTimeout(this.#late);
    this.#late = undefined;
    this.#changed.fire(shown);
  }

  #cursor(): Place | undefined {
    const editor = vscode.window.activeTextEditor;
    return editor && isManifest(editor.document)
      ? { uri: editor.document.uri, position: editor.selection.active }
      : undefined;
  }

  async #nearestTo({ uri, position }: Place): Promise<Place | undefined> {
    const params: PodPlacesParams = { uri: this.#client.code2ProtocolConverter.asUri(uri) };
    const places = await this.#client.sendRequest<readonly ProtocolRange[]>('podwire/podPlaces', params);
    const distance = ({ start, end }: ProtocolRange): number =>
      Math.min(Math.abs(start.line - position.line), Math.abs(end.line - position.line));
    const [nearest] = [...places].sort((a, b) => distance(a) - distance(b));
    return nearest && { uri, position: this.#client.protocol2CodeConverter.asPosition(nearest.start) };
  }

  async #ask(place: Place | undefined): Promise<EffectivePodAnswer | undefined> {
    if (!place) return undefined;
    const params: EffectivePodParams = {
      uri: this.#client.code2ProtocolConverter.asUri(place.uri),
      position: place.position,
      layers: this.#layers,
    };
    return (await this.#client.sendRequest<EffectivePodAnswer | null>('podwire/effectivePod', params)) ?? undefined;
  }
}

/** Whether the server has read the very text that is in the editor. */
function isCurrent({ version, location }: EffectivePodAnswer): boolean {
  if (version === null) return true;
  const open = vscode.workspace.textDocuments.find(
    ({ uri }) => uri.toString() === vscode.Uri.parse(location.uri).toString(),
  );
  return open === undefined || open.version === version;
}
