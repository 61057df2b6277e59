import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';

const FOLDER = 'podwire-example';

/** Where the examples are, in the extension. */
const SOURCE = 'test-fixtures/wordpress';

/**
 * Copies the example, so that it can be broken at will, and opens the copy: WordPress with its database, once sound
 * and once with faults.
 */
export async function openExample(extensionUri: vscode.Uri): Promise<void> {
  const parent = await chooseParent();
  if (!parent) return;
  const folder = await copyExample(extensionUri, parent);
  const forceNewWindow = (vscode.workspace.workspaceFolders?.length ?? 0) > 0;
  await vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow });
}

/** @returns the copy, or the one that was made there before */
export async function copyExample(extensionUri: vscode.Uri, parent: vscode.Uri): Promise<vscode.Uri> {
  const folder = vscode.Uri.joinPath(parent, FOLDER);
  const isThere = await Promise.resolve(vscode.workspace.fs.stat(folder)).then(
    () => true,
    () => false,
  );
  // What somebody has changed there is theirs.
  if (isThere) return folder;
  await vscode.workspace.fs.copy(vscode.Uri.joinPath(extensionUri, SOURCE), folder);
  return folder;
}

async function chooseParent(): Promise<vscode.Uri | undefined> {
  const temporary: vscode.QuickPickItem = {
    label: vscode.l10n.t('$(trash) Temporary folder'),
    detail: vscode.l10n.t('To look around; the system throws it away some day'),
  };
  const own: vscode.QuickPickItem = {
    label: vscode.l10n.t('$(folder) Choose a folder…'),
    detail: vscode.l10n.t('“{0}” is made in it', FOLDER),
  };
  const chosen = await vscode.window.showQuickPick([temporary, own], {
    placeHolder: vscode.l10n.t('Where to put the example'),
  });
  if (chosen === temporary) return vscode.Uri.file(await mkdtemp(path.join(tmpdir(), 'podwire-')));
  if (chosen !== own) return undefined;
  const openLabel = vscode.l10n.t('Put the Example Here');
  const options = { canSelectFolders: true, canSelectFiles: false, openLabel };
  return (await vscode.window.showOpenDialog(options))?.[0];
}
