import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { ShowPlacesArguments } from '../../server/src/lsp/protocol.ts';

/** The command behind lenses that count things: peeks them where the lens stands. */
export function registerPlaces(client: LanguageClient): vscode.Disposable {
  return vscode.commands.registerCommand('podwire.showPlaces', async (...given: unknown[]) => {
    const [uri, position, places] = given as unknown as ShowPlacesArguments;
    const { protocol2CodeConverter: converter } = client;
    const locations = places.map(
      (place) => new vscode.Location(converter.asUri(place.uri), converter.asRange(place.range)),
    );
    await vscode.commands.executeCommand(
      'editor.action.showReferences',
      converter.asUri(uri),
      converter.asPosition(position),
      locations,
    );
  });
}
