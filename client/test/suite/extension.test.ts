import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, codeOf, diagnosticOn, diagnostics, open, ownDiagnostics, until } from './editor.ts';
import { answering } from './user.ts';

suite('extension', () => {
  teardown(closeAll);

  test('is active as soon as a YAML file is open', async () => {
    await open('compose.yaml');
    const extension = vscode.extensions.getExtension('podwire.podwire');
    assert.ok(extension);
    await until('activation', () => extension.isActive, Boolean);
    const commands = await vscode.commands.getCommands(true);
    const { contributes } = extension.packageJSON as { contributes: { commands: { command: string }[] } };
    const missing = contributes.commands.filter(({ command }) => !commands.includes(command));
    assert.deepEqual(missing, []);
  });

  test('takes a changed setting up at once', async () => {
    const { document } = await open('shop/deployment.yaml');
    const diagnostic = await diagnosticOn(document, 'passwrd');
    const settings = vscode.workspace.getConfiguration('podwire', document.uri);
    await settings.update('rules', { [codeOf(diagnostic)]: 'off' }, vscode.ConfigurationTarget.Workspace);
    try {
      await diagnostics(document.uri, 0);
    } finally {
      await settings.update('rules', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await diagnosticOn(document, 'passwrd');
  });

  test('changes the target release on command, from the list of all', async () => {
    const content =
      'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata:\n  name: web\nspec:\n  minAvailable: 1\n';
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
    await vscode.window.showTextDocument(document);
    await diagnosticOn(document, 'policy/v1beta1');
    let offered: readonly vscode.QuickPickItem[] = [];
    const showQuickPick = (items: readonly vscode.QuickPickItem[]): Promise<vscode.QuickPickItem | undefined> => {
      offered = items;
      return Promise.resolve(items.find(({ label }) => label === '1.16'));
    };
    const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('podwire', null);
    try {
      await answering({ showQuickPick }, () => vscode.commands.executeCommand('podwire.selectKubernetesVersion'));
      assert.equal(settings().get('kubernetesVersion'), '1.16');
      assert.deepEqual([offered[0]?.description, offered.at(-1)?.label], ['current', '1.16']);
      await until(
        'no error any more',
        () => ownDiagnostics(document.uri).map(({ severity }) => severity),
        (found) => !found.includes(vscode.DiagnosticSeverity.Error),
      );
    } finally {
      await settings().update('kubernetesVersion', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  test('upgrades all manifests on command', async () => {
    const content =
      'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata:\n  name: web\nspec:\n  minAvailable: 1\n';
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
    await vscode.window.showTextDocument(document);
    await diagnosticOn(document, 'policy/v1beta1');
    await vscode.commands.executeCommand('podwire.upgradeAll');
    await until(
      'the new version',
      () => document.getText(),
      (text) => text === content.replace('v1beta1', 'v1'),
    );
  });

  test('starts the server anew on command', async () => {
    const { document } = await open('shop/deployment.yaml');
    await diagnosticOn(document, 'passwrd');
    let wasEmpty = false;
    const listener = vscode.languages.onDidChangeDiagnostics(() => {
      wasEmpty ||= ownDiagnostics(document.uri).length === 0;
    });
    try {
      await vscode.commands.executeCommand('podwire.restartServer');
      await until('the old server to be gone', () => wasEmpty, Boolean);
      await diagnosticOn(document, 'passwrd');
    } finally {
      listener.dispose();
    }
  });
});
