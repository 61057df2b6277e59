import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { copyExample } from '../../src/example.ts';
import { closeAll, diagnosticOn, open, ownDiagnostics, positionOf, until } from './editor.ts';

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

  test('the walkthrough opens', async () => {
    await open('shop/deployment.yaml');
    await vscode.commands.executeCommand('podwire.getStarted');
    await until(
      'the walkthrough',
      () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)),
      (labels) => labels.some((label) => /Walkthrough|Welcome|Podwire/.test(label)),
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
