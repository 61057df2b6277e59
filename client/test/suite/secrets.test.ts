import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { closeAll, open, positionOf, until } from './editor.ts';
import { answering } from './user.ts';

async function action(document: vscode.TextDocument, text: string, title: string): Promise<vscode.CodeAction> {
  const range = new vscode.Range(positionOf(document, text), positionOf(document, text));
  const found = await until(
    title,
    () => vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range),
    (actions) => actions.some((one) => one.title === title),
  );
  const one = found.find((each) => each.title === title);
  assert.ok(one);
  return one;
}

async function applied(document: vscode.TextDocument, text: string, title: string): Promise<void> {
  const { edit } = await action(document, text, title);
  assert.ok(edit && (await vscode.workspace.applyEdit(edit)));
}

/** The command run on files of these contents, and the manifest that it opens. */
async function created(command: string, name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'podwire-test-'));
  try {
    const uris = Object.entries(files).map(([file, content]) => {
      writeFileSync(path.join(folder, file), content);
      return vscode.Uri.file(path.join(folder, file));
    });
    await answering({ showInputBox: () => Promise.resolve(name) }, () =>
      vscode.commands.executeCommand(command, uris[0], uris),
    );
    const document = vscode.window.activeTextEditor?.document;
    assert.deepEqual([document?.languageId, document?.isUntitled], ['yaml', true]);
    return document?.getText() ?? '';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

suite('secrets and files', () => {
  teardown(closeAll);

  test('a value is encoded, decoded again, and then all is as it was', async () => {
    const { document } = await open('shop/config.yaml');
    const before = document.getText();
    await applied(document, 'correct-horse', 'Encode password into data');
    const encoded = Buffer.from('correct-horse').toString('base64');
    assert.match(document.getText(), new RegExp(`^data:\\n {2}password: ${encoded}$`, 'm'));
    await applied(document, encoded, 'Decode password into stringData');
    assert.equal(document.getText(), before);
  });

  test('a hidden value is revealed once, in a message that takes no space in the document', async () => {
    const content = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\ndata:\n  password: Y29ycmVjdC1ob3JzZQ==\n';
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
    await vscode.window.showTextDocument(document);
    const { command, edit, title } = await action(document, 'Y29y', 'Reveal password once');
    assert.ok(command && edit === undefined && !title.includes('horse'));
    assert.ok(!JSON.stringify(command).includes('Y29y'), 'the value does not travel');
    const shown: unknown[] = [];
    await answering({ showInformationMessage: (...args: unknown[]) => Promise.resolve(void shown.push(args)) }, () =>
      vscode.commands.executeCommand(command.command, ...(command.arguments ?? [])),
    );
    assert.deepEqual(shown, [['password', { modal: true, detail: 'correct-horse' }]]);
    assert.equal(document.getText(), content);
  });

  test('Create ConfigMap from File(s)… opens what kubectl would print', async () => {
    assert.equal(
      await created('podwire.createConfigMapFromFiles', 'settings', {
        'app.properties': 'level=info\ncolour=red\n',
        motd: 'Hello',
      }),
      'apiVersion: v1\ndata:\n  app.properties: |\n    level=info\n    colour=red\n  motd: Hello\nkind: ConfigMap\nmetadata:\n  creationTimestamp: null\n  name: settings\n',
    );
  });

  test('Create Secret from File(s)… does the same in base64', async () => {
    assert.equal(
      await created('podwire.createSecretFromFiles', 'token', { token: 'correct-horse' }),
      'apiVersion: v1\ndata:\n  token: Y29ycmVjdC1ob3JzZQ==\nkind: Secret\nmetadata:\n  creationTimestamp: null\n  name: token\n',
    );
  });

  test('a name that Kubernetes would refuse is refused while it is typed', async () => {
    const faults: unknown[] = [];
    const showInputBox = (options: vscode.InputBoxOptions): Promise<undefined> => {
      faults.push(options.validateInput?.('My Settings'), options.validateInput?.('my-settings'));
      return Promise.resolve(undefined);
    };
    await answering({ showInputBox }, () =>
      vscode.commands.executeCommand('podwire.createConfigMapFromFiles', vscode.Uri.file('/motd')),
    );
    assert.match(String(faults[0]), /Lower-case letters/);
    assert.equal(faults[1], undefined);
  });
});
