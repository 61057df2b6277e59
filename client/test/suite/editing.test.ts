import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import {
  allCompletions,
  closeAll,
  completions,
  diagnosticOn,
  diagnostics,
  fileUri,
  labelOf,
  open,
  positionOf,
  until,
} from './editor.ts';

suite('editing', () => {
  teardown(closeAll);

  test('offers the keys of the Secret that an env variable names', async () => {
    const { document } = await open('shop/deployment.yaml');
    await completions(document, positionOf(document, 'key: username', 'end'), ['username', 'password']);
  });

  test('offers fields by the schema while a key is half typed', async () => {
    const editor = await open('shop/deployment.yaml');
    const line = positionOf(editor.document, '  selector:\n    matchLabels');
    await editor.edit((edit) => edit.insert(line, '  re\n'));
    await completions(editor.document, line.translate(0, 4), ['replicas']);
  });

  test('offers apiVersion and kind in an empty document', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: '' });
    await vscode.window.showTextDocument(document);
    await completions(document, new vscode.Position(0, 0), ['apiVersion']);
  });

  test('offers whole manifests in an empty document, and nowhere else', async () => {
    const content = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\ntype: \n---\n# Next:\nk8s\n';
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
    await vscode.window.showTextDocument(document);
    const offered = async (position: vscode.Position): Promise<string[]> => {
      const list = await allCompletions(document, position);
      return list.map(labelOf).filter((label) => label.startsWith('k8s-'));
    };
    const empty = positionOf(document, 'k8s', 'end');
    const labels = await until(
      'snippets',
      () => offered(empty),
      (found) => found.length > 0,
    );
    assert.ok(labels.includes('k8s-deployment'), labels.join(', '));
    assert.deepEqual(await offered(positionOf(document, 'type: ', 'end')), []);
  });

  test('repairs a misspelt key by its quick fix', async () => {
    const { document } = await open('shop/deployment.yaml');
    const { range } = await diagnosticOn(document, 'passwrd');
    const actions = await until(
      'quick fixes',
      () =>
        vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range),
      (found) => found.length > 0,
    );
    const fix = actions.find((action) => action.isPreferred && action.title.includes('password'));
    assert.ok(fix?.edit, `a fix among: ${actions.map((action) => action.title).join('; ')}`);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.ok(document.getText().includes('key: password'));
    await diagnostics(document.uri, 0);
  });

  test('leaves the values of a Secret that a quick fix creates as tab stops', async () => {
    const content = [
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: blanks\nspec:\n  containers:\n    - name: a\n      image: nginx\n      env:',
      ...['USER', 'PASSWORD'].map(
        (name) =>
          `        - name: ${name}\n          valueFrom:\n            secretKeyRef:\n              name: blanks-login\n              key: ${name}`,
      ),
      '# The end',
    ].join('\n');
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
    await vscode.window.showTextDocument(document);
    const fix = await until(
      'the fix that creates the Secret',
      async () => {
        const at = positionOf(document, 'name: blanks-login', 'end');
        const command = 'vscode.executeCodeActionProvider';
        const range = new vscode.Range(at, at);
        const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(command, document.uri, range);
        return actions.find((action) => action.title.startsWith('Create Secret'));
      },
      (found) => found?.edit !== undefined,
    );
    assert.ok(fix?.edit && (await vscode.workspace.applyEdit(fix.edit)));
    await vscode.commands.executeCommand('type', { text: 'me' });
    await vscode.commands.executeCommand('jumpToNextSnippetPlaceholder');
    await vscode.commands.executeCommand('type', { text: 'hidden' });
    assert.ok(document.getText().startsWith(content));
    assert.equal(
      document.getText().slice(content.length),
      '\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: blanks-login\nstringData:\n  USER: "me"\n  PASSWORD: "hidden"\n',
    );
  });

  test('sees a change on disk that the editor did not make', async () => {
    const { document } = await open('shop/deployment.yaml');
    await diagnosticOn(document, 'passwrd');
    const config = fileUri('shop/config.yaml').fsPath;
    const before = readFileSync(config, 'utf8');
    try {
      writeFileSync(config, before.replace('  password:', '  passwrd: misspelt-here-too\n  password:'));
      await diagnostics(document.uri, 0);
    } finally {
      writeFileSync(config, before);
    }
    await diagnosticOn(document, 'passwrd');
  });
});
