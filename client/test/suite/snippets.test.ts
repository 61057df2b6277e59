import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import * as vscode from 'vscode';
import { closeAll, fileUri, open, ownDiagnostics, positionOf, until } from './editor.ts';
import { answering } from './user.ts';

interface Choice extends vscode.QuickPickItem {
  readonly snippet?: unknown;
}

/** The user who takes the snippet with a prefix. */
const taking =
  (prefix: string, seen: Choice[] = []) =>
  (items: readonly Choice[]): Promise<Choice | undefined> => {
    seen.push(...items);
    return Promise.resolve(items.find(({ description }) => description === prefix));
  };

async function typed(text: string): Promise<void> {
  await vscode.commands.executeCommand('type', { text });
}

suite('snippets', () => {
  teardown(closeAll);

  test('are taken from the list of suggestions, and what is typed once stands wherever it is meant', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: '' });
    await vscode.window.showTextDocument(document);
    await typed('k8s-deployment');
    await until(
      'the snippet',
      async () => {
        await vscode.commands.executeCommand('editor.action.triggerSuggest');
        await vscode.commands.executeCommand('acceptSelectedSuggestion');
        return document.getText();
      },
      (text) => text.includes('kind: Deployment'),
    );
    await typed('cart');
    const text = document.getText();
    assert.match(text, /^apiVersion: apps\/v1\nkind: Deployment\nmetadata:\n {2}name: cart\n/);
    // Selector, label and container.
    assert.equal(text.match(/name: cart$/gm)?.length, 4, text);
    await vscode.commands.executeCommand('jumpToNextSnippetPlaceholder');
    await typed('3');
    assert.match(document.getText(), /replicas: 3\n/);
    assert.deepEqual(ownDiagnostics(document.uri), []);
  });

  test('Insert Snippet… lists what fits first, says what it inserts, and indents it', async () => {
    const editor = await open('shop/deployment.yaml');
    const { document } = editor;
    const line = positionOf(document, '          envFrom:');
    await editor.edit((edit) => edit.insert(line, '          \n'));
    editor.selection = new vscode.Selection(line.translate(0, 10), line.translate(0, 10));
    const seen: Choice[] = [];
    await answering({ showQuickPick: taking('k8s-resources', seen) }, () =>
      vscode.commands.executeCommand('podwire.insertSnippet'),
    );
    assert.match(
      document.getText(),
      /\n {10}resources:\n {12}requests:\n {14}cpu: 100m\n {14}memory: 128Mi\n {12}limits:/,
    );
    const at = (prefix: string): number => seen.findIndex(({ description }) => description === prefix);
    assert.match(seen[at('k8s-resources')]?.detail ?? '', /requests: ⏎ cpu: 100m/);
    assert.ok(at('k8s-resources') < at('k8s-service') && at('k8s-service') < at('k8s-tolerations'));
  });

  test('Insert Snippet… puts a document of its own behind the last one', async () => {
    const { document } = await open('shop/service.yaml');
    const before = document.getText().trimEnd();
    await answering({ showQuickPick: taking('k8s-pdb') }, () =>
      vscode.commands.executeCommand('podwire.insertSnippet'),
    );
    assert.ok(document.getText().startsWith(`${before}\n---\napiVersion: policy/v1\nkind: PodDisruptionBudget\n`));
  });

  test('Insert Snippet… says where a snippet belongs that does not fit', async () => {
    const { document } = await open('shop/service.yaml');
    const before = document.getText();
    const messages: string[] = [];
    await answering(
      {
        showQuickPick: taking('k8s-probes'),
        showInformationMessage: (message: string) => Promise.resolve(void messages.push(message)),
      },
      () => vscode.commands.executeCommand('podwire.insertSnippet'),
    );
    assert.equal(document.getText(), before);
    assert.match(messages.join(), /Probes belongs into a container/);
  });

  test('New Manifest… makes a file in the folder that was clicked, under a name that is free', async () => {
    const folder = fileUri('shop');
    let offered = '';
    let taken: unknown;
    await answering(
      {
        showQuickPick: taking('k8s-service'),
        showInputBox: async (options: vscode.InputBoxOptions) => {
          offered = options.value ?? '';
          taken = await options.validateInput?.('service.yaml');
          return 'cart-service.yaml';
        },
      },
      () => vscode.commands.executeCommand('podwire.newManifest', folder),
    );
    assert.equal(offered, 'service.yaml');
    assert.match(String(taken), /service\.yaml exists already/);
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    assert.equal(document.languageId, 'yaml');
    assert.match(document.getText(), /^apiVersion: v1\nkind: Service\n/);
    const uri = vscode.Uri.joinPath(folder, 'cart-service.yaml');
    assert.deepEqual([document.uri.scheme, document.uri.path], ['untitled', uri.path]);
    try {
      assert.ok(await document.save());
      await vscode.workspace.fs.stat(uri);
    } finally {
      await closeAll();
      rmSync(uri.fsPath, { force: true });
    }
  });
});
