import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { StatusAnswer, StatusParams } from '../../server/src/lsp/protocol.ts';

const setting = 'kubernetesVersion';

/**
 * The status bar item of YAML files: the Kubernetes release that the manifests are for (a click changes it), how many
 * resources the folder holds, and how many faults were found.
 *
 * @param releases the releases to choose from, newest first
 */
export function registerStatus(client: LanguageClient, releases: readonly string[]): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('podwire.status', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Podwire';
  item.command = 'podwire.selectKubernetesVersion';
  let due: NodeJS.Timeout | undefined;
  const show = (): void => {
    clearTimeout(due);
    due = setTimeout(() => void refresh(client, item).catch(() => item.hide()), quiet);
  };
  show();
  return vscode.Disposable.from(
    item,
    { dispose: () => clearTimeout(due) },
    vscode.window.onDidChangeActiveTextEditor(show),
    vscode.languages.onDidChangeDiagnostics(show),
    client.onDidChangeState(show),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`podwire.${setting}`)) show();
    }),
    vscode.commands.registerCommand('podwire.selectKubernetesVersion', () => select(releases)),
  );
}

/** Diagnostics come in bursts, in milliseconds. */
const quiet = 200;

async function refresh(client: LanguageClient, item: vscode.StatusBarItem): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== 'yaml') return item.hide();
  const release = vscode.workspace.getConfiguration('podwire', document).get<string>(setting, '');
  const params: StatusParams = { uri: client.code2ProtocolConverter.asUri(document.uri) };
  const { resources } = client.isRunning()
    ? await client.sendRequest<StatusAnswer>('podwire/status', params)
    : { resources: 0 };
  const { errors, warnings } = faults(vscode.workspace.getWorkspaceFolder(document.uri));
  const parts = [`$(symbol-structure) ${release}`];
  if (resources > 0) parts.push(String(resources));
  if (errors > 0) parts.push(`$(error) ${errors}`);
  if (warnings > 0) parts.push(`$(warning) ${warnings}`);
  item.text = parts.join('  ');
  item.tooltip = [
    vscode.l10n.t('Podwire: manifests for Kubernetes {0} (click to change)', release),
    vscode.l10n.t('Resources: {0}', resources),
    vscode.l10n.t('Errors: {0}, warnings: {1}', errors, warnings),
  ].join('\n');
  item.accessibilityInformation = { label: item.tooltip, role: 'button' };
  item.show();
}

/** Podwire's own, in the files of a folder; in all files where there is none. */
function faults(folder: vscode.WorkspaceFolder | undefined): { readonly errors: number; readonly warnings: number } {
  let errors = 0;
  let warnings = 0;
  for (const [uri, diagnostics] of vscode.languages.getDiagnostics()) {
    if (folder && vscode.workspace.getWorkspaceFolder(uri) !== folder) continue;
    for (const { source, severity } of diagnostics) {
      if (source !== 'podwire') continue;
      if (severity === vscode.DiagnosticSeverity.Error) errors++;
      else if (severity === vscode.DiagnosticSeverity.Warning) warnings++;
    }
  }
  return { errors, warnings };
}

/** Writes the setting of the folder, or of the workspace where that is one folder; of the user where there is none. */
async function select(releases: readonly string[]): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const settings = vscode.workspace.getConfiguration('podwire', uri);
  const current = settings.get<string>(setting);
  const picked = await vscode.window.showQuickPick(
    releases.map((release) => ({
      label: release,
      description: release === current ? vscode.l10n.t('current') : '',
    })),
    { title: vscode.l10n.t('The Kubernetes release that the manifests are for') },
  );
  if (!picked) return;
  const folders = vscode.workspace.workspaceFolders ?? [];
  const inFolder = folders.length > 1 && uri !== undefined && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  const { WorkspaceFolder, Workspace, Global } = vscode.ConfigurationTarget;
  await settings.update(setting, picked.label, inFolder ? WorkspaceFolder : folders.length > 0 ? Workspace : Global);
}
