import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeAll,
  diagnosticOn,
  fileUri,
  labelOf,
  open,
  ownCompletions,
  ownDiagnostics,
  positionOf,
  until,
} from './editor.ts';

suite('reading', () => {
  teardown(closeAll);

  test('marks the key that a Secret lacks, and nothing else', async () => {
    const { document } = await open('shop/deployment.yaml');
    const diagnostic = await diagnosticOn(document, 'passwrd');
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
    assert.match(diagnostic.message, /shop-database/);
    for (const name of ['shop/config.yaml', 'shop/service.yaml']) {
      assert.deepEqual(ownDiagnostics(fileUri(name)), [], name);
    }
  });

  test('leaves YAML alone that is not for Kubernetes', async () => {
    const { document } = await open('compose.yaml');
    const position = positionOf(document, '    port', 'end');
    assert.deepEqual((await ownCompletions(document, position)).map(labelOf), []);
    const deployment = await open('shop/deployment.yaml');
    await diagnosticOn(deployment.document, 'passwrd');
    assert.deepEqual(ownDiagnostics(document.uri), []);
  });

  test('hover on a reference tells what it leads to, and never the value', async () => {
    const { document } = await open('shop/deployment.yaml');
    const position = positionOf(document, 'key: username').translate(0, 7);
    const hovers = await until(
      'a hover',
      () => vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position),
      (found) => found.length > 0,
    );
    const text = hovers.flatMap((hover) =>
      hover.contents.map((part) => (typeof part === 'string' ? part : part.value)),
    );
    assert.match(text.join('\n'), /shop-database/);
    assert.doesNotMatch(text.join('\n'), /correct-horse/);
  });

  test('goes from a reference to its definition', async () => {
    const { document } = await open('shop/deployment.yaml');
    const position = positionOf(document, 'key: username').translate(0, 7);
    const found = await until(
      'a definition',
      () => locations('vscode.executeDefinitionProvider', document.uri, position),
      (answer) => answer.length > 0,
    );
    assert.deepEqual(found, ['shop/config.yaml: username']);
  });

  test('finds the references of a definition', async () => {
    const { document } = await open('shop/config.yaml');
    const position = positionOf(document, '  username').translate(0, 4);
    const found = await until(
      'references',
      () => locations('vscode.executeReferenceProvider', document.uri, position),
      (answer) => answer.length > 1,
    );
    assert.deepEqual(found.sort(), ['shop/config.yaml: username', 'shop/deployment.yaml: username']);
  });
});

/** The answer as "file: text", whether the provider gave locations or links. */
async function locations(command: string, uri: vscode.Uri, position: vscode.Position): Promise<string[]> {
  const answer = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
    command,
    uri,
    position,
  );
  const texts = answer.map(async (location) => {
    const target = 'targetUri' in location ? location.targetUri : location.uri;
    const range = 'targetUri' in location ? (location.targetSelectionRange ?? location.targetRange) : location.range;
    const document = await vscode.workspace.openTextDocument(target);
    return `${vscode.workspace.asRelativePath(target)}: ${document.getText(range)}`;
  });
  return await Promise.all(texts);
}
