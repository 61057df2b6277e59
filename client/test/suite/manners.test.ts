import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { copyExample } from '../../src/example.ts';
import { closeAll, diagnosticOn, open, ownDiagnostics, positionOf, until } from './editor.ts';
import { answering, intercepting } from './user.ts';

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('podwire.podwire');
  assert.ok(found);
  return found;
}

/** The language servers that this extension host has started. */
function serverProcesses(): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === process.pid && args?.includes(path.join('dist', 'server.js')) ? [Number(pid)] : [];
  });
}

suite('manners', () => {
  teardown(closeAll);

  test('the outline shows resources and their parts', async () => {
    const { document } = await open('shop/deployment.yaml');
    const symbols = await until(
      'an outline',
      () =>
        vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
          'vscode.executeDocumentSymbolProvider',
          document.uri,
        ),
      (found) => found?.[0] !== undefined,
    );
    const [deployment] = symbols ?? [];
    assert.match(deployment?.name ?? '', /^Deployment\//);
    assert.ok(deployment?.children.some(({ kind }) => kind === vscode.SymbolKind.Module));
  });

  test('a resource is found by its name in the whole workspace', async () => {
    await open('shop/deployment.yaml');
    await until(
      'the Service among the symbols',
      () =>
        vscode.commands.executeCommand<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', 'service/'),
      (found) => found.some(({ name }) => name.startsWith('Service/')),
    );
  });

  test('a server that dies is started anew, with what is open and not saved', async () => {
    const { document } = await open('shop/deployment.yaml');
    await diagnosticOn(document, 'passwrd');
    const edit = new vscode.WorkspaceEdit();
    const end = positionOf(document, 'passwrd', 'end');
    edit.insert(document.uri, end, 'x');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await diagnosticOn(document, 'passwrdx');
    const [server, ...others] = serverProcesses();
    assert.ok(server !== undefined && others.length === 0);
    process.kill(server, 'SIGKILL');
    await until('another server', serverProcesses, ([now]) => now !== undefined && now !== server);
    await until(
      'its diagnostics',
      () => ownDiagnostics(document.uri),
      (found) => found.length === 1,
    );
    await diagnosticOn(document, 'passwrdx');
  });

  test('a server that dies five times in three minutes stays down, says so, and is started anew on demand', async () => {
    const { document } = await open('shop/deployment.yaml');
    // Whatever died before is forgotten.
    await vscode.commands.executeCommand('podwire.restartServer');
    await diagnosticOn(document, 'passwrd');
    const messages: string[] = [];
    let press: (label: string) => void = () => {};
    const pressed = new Promise<string>((resolve) => {
      press = resolve;
    });
    const showErrorMessage = (message: string, ...labels: string[]): Promise<string> => {
      messages.push(message);
      assert.deepEqual(labels, ['Restart Server', 'Report Issue', 'Show Output']);
      return pressed;
    };
    await answering({ showErrorMessage }, async () => {
      for (let crash = 1; crash <= 5; crash++) {
        const [server] = await until('a server', serverProcesses, (found) => found.length === 1);
        // One that is still being started when it dies is another matter.
        await diagnosticOn(document, 'passwrd');
        assert.deepEqual(messages, []);
        process.kill(server as number, 'SIGKILL');
        await until('its end', serverProcesses, ([now]) => now !== server);
      }
      await until(
        'the message',
        () => messages,
        ({ length }) => length > 0,
      );
      assert.match(messages.join(), /crashed 5 times in three minutes/);
      assert.deepEqual(serverProcesses(), []);
      press('Restart Server');
      await until('a server', serverProcesses, (found) => found.length === 1);
    });
    await diagnosticOn(document, 'passwrd');
  });

  test('Report Issue… gives versions, and nothing of what the workspace holds', async () => {
    const { document } = await open('shop/deployment.yaml');
    await diagnosticOn(document, 'passwrd');
    const [args, ...more] = await intercepting(['workbench.action.openIssueReporter'], () =>
      vscode.commands.executeCommand('podwire.reportIssue'),
    );
    assert.deepEqual(more, []);
    const [{ extensionId, issueBody }] = args as [{ extensionId: string; issueBody: string }];
    assert.equal(extensionId, 'podwire.podwire');
    const { version } = extension().packageJSON as { version: string };
    for (const fact of [
      `- Podwire: ${version}`,
      `- server: ${version}`,
      `- VS Code: ${vscode.version}`,
      '- target release: 1.',
    ])
      assert.ok(issueBody.includes(fact), `${fact} in ${issueBody}`);
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    for (const content of ['passwrd', 'shop', 'deployment', folder, path.basename(folder)])
      assert.ok(!issueBody.includes(content), `${content} in ${issueBody}`);
  });

  test('Get Started opens Podwire’s own walkthrough', async () => {
    const args = await intercepting(['workbench.action.openWalkthrough'], () =>
      vscode.commands.executeCommand('podwire.getStarted'),
    );
    assert.deepEqual(args, [['podwire.podwire#getStarted', false]]);
    const { contributes } = extension().packageJSON as { contributes: { walkthroughs: { id: string }[] } };
    assert.deepEqual(
      contributes.walkthroughs.map(({ id }) => id),
      ['getStarted'],
    );
  });

  test('the example is copied once, and what is changed there stays', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'podwire-test-'));
    try {
      const copy = await copyExample(extension().extensionUri, vscode.Uri.file(folder));
      const file = vscode.Uri.joinPath(copy, 'app', 'wordpress.yaml');
      assert.match(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)), /kind: Deployment/);
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('mine'));
      await copyExample(extension().extensionUri, vscode.Uri.file(folder));
      assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)), 'mine');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
