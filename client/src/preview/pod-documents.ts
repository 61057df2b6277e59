import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { PodPlacesParams, ProtocolRange } from '../../../server/src/lsp/protocol.ts';
import { isManifest } from './follower.ts';

/** As long as typing pauses before it is looked whether there are pods, in milliseconds. */
const pause = 200;

/** Keeps the context key `podwire.podDocuments`, by which buttons and menus show on documents with pods. */
export function watchPodDocuments(client: LanguageClient): vscode.Disposable {
  let due: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    const documents = vscode.window.visibleTextEditors.map(({ document }) => document).filter(isManifest);
    const having = await Promise.all(
      [...new Set(documents)].map(async ({ uri }) => {
        const params: PodPlacesParams = { uri: client.code2ProtocolConverter.asUri(uri) };
        const places = await client.sendRequest<readonly ProtocolRange[]>('podwire/podPlaces', params);
        // As `resourcePath` has it; a whole URI would be another one to a window that is not where its extensions run.
        return places.length > 0 ? [uri.fsPath, uri.path] : [];
      }),
    );
    await vscode.commands.executeCommand('setContext', 'podwire.podDocuments', [...new Set(having.flat())]);
  };
  const soon = (): void => {
    clearTimeout(due);
    // A server that is down has no buttons: the next one that starts is asked again.
    due = setTimeout(() => void (client.isRunning() && look().catch(() => {})), pause);
  };
  soon();
  return vscode.Disposable.from(
    { dispose: () => clearTimeout(due) },
    vscode.window.onDidChangeVisibleTextEditors(soon),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (isManifest(document)) soon();
    }),
    client.onDidChangeState(soon),
  );
}
