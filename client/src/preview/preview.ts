import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { PreviewLayer, ProtocolPosition } from '../../../server/src/lsp/protocol.ts';
import { ContainerPanel } from './container-panel.ts';
import { isPreviewShown, isShown, PreviewDocuments, previewUris } from './documents.ts';
import { Follower, type Place } from './follower.ts';
import { watchPodDocuments } from './pod-documents.ts';

const remembered = 'podwire.previewLayers';

/** The pod that will run: commands, documents beside the editor, and what keeps them up to date. */
export function registerPreview(client: LanguageClient, memory: vscode.Memento): vscode.Disposable {
  const layers = memory.get<readonly PreviewLayer[]>(remembered, ['presets']).filter((one) => allLayers.includes(one));
  const follower: Follower = new Follower(client, layers, () => isPreviewShown() || panel.isShown);
  const documents = new PreviewDocuments(client, follower);
  const panel = new ContainerPanel(client, follower);
  /** Turns to what a command is run on; says so where there is no pod. */
  const turn = async (given: readonly unknown[]): Promise<boolean> => {
    const found = await follower.turnTo(placeOf(client, given)).catch(() => undefined);
    if (found === undefined)
      void vscode.window.showErrorMessage(vscode.l10n.t('Podwire’s language server does not answer.'));
    if (found === false)
      void vscode.window.showInformationMessage(vscode.l10n.t('Nothing here is a pod or makes one.'));
    return found === true;
  };
  return vscode.Disposable.from(
    follower,
    documents,
    panel,
    watchPodDocuments(client),
    vscode.commands.registerCommand('podwire.showEffectivePod', async (...given: unknown[]) => {
      if (!(await turn(given))) return;
      if (isShown(previewUris.effective)) return;
      const document = await vscode.workspace.openTextDocument(previewUris.effective);
      await vscode.window.showTextDocument(document, {
        viewColumn: vscode.ViewColumn.Beside,
        preserveFocus: true,
        preview: false,
      });
    }),
    vscode.commands.registerCommand('podwire.compareWithEffectivePod', async (...given: unknown[]) => {
      if (!(await turn(given))) return;
      const { written, compared } = previewUris;
      const title = vscode.l10n.t('As written ↔ as it will run');
      await vscode.commands.executeCommand('vscode.diff', written, compared, title, { preview: false });
    }),
    vscode.commands.registerCommand('podwire.showContainers', async (...given: unknown[]) => {
      if (await turn(given)) panel.open();
    }),
    vscode.commands.registerCommand('podwire.selectPreviewLayers', async () => {
      const picked = await pickLayers(follower.layers);
      if (!picked) return;
      follower.layers = picked;
      await memory.update(remembered, picked);
    }),
  );
}

const allLayers: readonly PreviewLayer[] = ['presets', 'defaults', 'admission', 'controller'];

async function pickLayers(layers: readonly PreviewLayer[]): Promise<readonly PreviewLayer[] | undefined> {
  const details: Readonly<Record<PreviewLayer, string>> = {
    presets: vscode.l10n.t('What PodPresets merge into the pod'),
    defaults: vscode.l10n.t('What the API server fills in'),
    admission: vscode.l10n.t('Service account, token, pull secrets, priority, tolerations, LimitRange'),
    controller: vscode.l10n.t('Name, labels and owner that the workload’s controller gives its pods'),
  };
  const items = allLayers.map((label) => ({ label, detail: details[label], picked: layers.includes(label) }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: vscode.l10n.t('What the pod is shown with'),
  });
  return picked && allLayers.filter((layer) => picked.some(({ label }) => label === layer));
}

/** Lenses give a URI as text and a position, menus a URI, the command palette nothing: then the cursor counts. */
function placeOf(client: LanguageClient, [uri, position]: readonly unknown[]): Place | undefined {
  const { protocol2CodeConverter: converter } = client;
  if (typeof uri === 'string' && isPosition(position))
    return { uri: converter.asUri(uri), position: converter.asPosition(position) };
  const editor = vscode.window.activeTextEditor;
  if (!(uri instanceof vscode.Uri) || Object.values(previewUris).some((own) => own.path === uri.path)) return undefined;
  if (editor?.document.uri.toString() === uri.toString()) return { uri, position: editor.selection.active };
  return { uri, position: new vscode.Position(0, 0) };
}

const isPosition = (value: unknown): value is ProtocolPosition =>
  typeof value === 'object' && value !== null && 'line' in value && 'character' in value;
