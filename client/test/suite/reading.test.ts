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
import { intercepting } from './user.ts';

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

suite('the shape of a file', () => {
  teardown(closeAll);

  test('names that are wired have tokens, those that lead nowhere others', async () => {
    const { document } = await open('shop/deployment.yaml');
    const legend = await until(
      'a legend',
      () =>
        vscode.commands.executeCommand<vscode.SemanticTokensLegend | undefined>(
          'vscode.provideDocumentSemanticTokensLegend',
          document.uri,
        ),
      (found) => found !== undefined,
    );
    const tokens = await until(
      'tokens',
      () =>
        vscode.commands.executeCommand<vscode.SemanticTokens | undefined>(
          'vscode.provideDocumentSemanticTokens',
          document.uri,
        ),
      (found) => (found?.data.length ?? 0) > 0,
    );
    const unresolved: string[] = [];
    let line = 0;
    let character = 0;
    const data = [...(tokens?.data ?? [])];
    for (let i = 0; i < data.length; i += 5) {
      const [lines = 0, characters = 0, length = 0, , modifiers = 0] = data.slice(i, i + 5);
      character = lines > 0 ? characters : character + characters;
      line += lines;
      if ((modifiers & (1 << (legend?.tokenModifiers.indexOf('unresolved') ?? 31))) !== 0)
        unresolved.push(document.getText(new vscode.Range(line, character, line, character + length)));
    }
    assert.deepEqual(unresolved, ['passwrd']);
  });

  test('resources and items fold, and a selection grows by them', async () => {
    const { document } = await open('shop/config.yaml');
    const folds = await until(
      'folds',
      () =>
        vscode.commands.executeCommand<vscode.FoldingRange[] | undefined>(
          'vscode.executeFoldingRangeProvider',
          document.uri,
        ),
      (found) => (found?.length ?? 0) > 0,
    );
    const secret = document.positionAt(document.getText().indexOf('---')).line - 1;
    assert.ok(folds?.some(({ start, end }) => start === 0 && end === secret));
    const [grown] = await vscode.commands.executeCommand<vscode.SelectionRange[]>(
      'vscode.executeSelectionRangeProvider',
      document.uri,
      [positionOf(document, 'correct-horse')],
    );
    const texts: string[] = [];
    for (let range = grown; range; range = range.parent as vscode.SelectionRange)
      texts.push(document.getText(range.range).trim());
    assert.ok(texts.includes('password: correct-horse'), texts.join('\n\n'));
    assert.ok(texts.some((text) => text.startsWith('apiVersion') && text.endsWith('correct-horse')));
  });
});

suite('lenses and hints', () => {
  teardown(closeAll);

  test('tell what uses a resource and what a selector finds, and peek it', async () => {
    const { document } = await open('shop/service.yaml');
    const [lens] = await until(
      'a lens on the selector',
      async () => {
        const all = await vscode.commands.executeCommand<vscode.CodeLens[]>(
          'vscode.executeCodeLensProvider',
          document.uri,
          100,
        );
        return all.filter(({ command }) => command?.title === 'selects 1 pod in shop');
      },
      ({ length }) => length === 1,
    );
    assert.equal(lens?.range.start.line, positionOf(document, 'selector:').line);
    const { command = '', arguments: given = [] } = lens.command ?? {};
    const [shown] = await intercepting(['editor.action.showReferences'], () =>
      vscode.commands.executeCommand(command, ...(given as unknown[])),
    );
    const [uri, , places] = shown as [vscode.Uri, vscode.Position, vscode.Location[]];
    assert.deepEqual(
      [uri, ...places.map((place) => place.uri)].map((one) => vscode.workspace.asRelativePath(one)),
      ['shop/service.yaml', 'shop/deployment.yaml'],
    );
  });

  test('are switched off one by one', async () => {
    const { document } = await open('shop/config.yaml');
    const titles = async (): Promise<string[]> => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        100,
      );
      return lenses.map(({ command }) => command?.title ?? '');
    };
    await until('lenses', titles, (found) => found.join() === 'used by 1,used by 1');
    const settings = vscode.workspace.getConfiguration('podwire', document.uri);
    await settings.update('codeLens.usedBy', false, vscode.ConfigurationTarget.Workspace);
    try {
      await until('no lenses', titles, ({ length }) => length === 0);
    } finally {
      await settings.update('codeLens.usedBy', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await until('lenses', titles, ({ length }) => length === 2);
  });

  test('show the number of a port that is called by its name', async () => {
    const { document } = await open('shop/service.yaml');
    const [hint] = await until(
      'a hint',
      () =>
        vscode.commands.executeCommand<vscode.InlayHint[]>(
          'vscode.executeInlayHintProvider',
          document.uri,
          new vscode.Range(0, 0, document.lineCount, 0),
        ),
      ({ length }) => length === 1,
    );
    assert.ok(hint && Array.isArray(hint.label));
    assert.equal(hint.label.map(({ value }) => value).join(''), '→ 8080');
    assert.ok(hint.position.isEqual(positionOf(document, 'targetPort: http', 'end')));
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
