import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { watchYamlExtension } from '../../src/yaml-extension/beside.ts';
import { YAML_EXTENSION } from '../../src/yaml-extension/given.ts';
import { closeAll, codeOf, labelOf, ownCompletions, ownDiagnostics, positionOf, until } from './editor.ts';

const CONTENT = `# yaml-language-server: $schema=https://example.com/kubernetes-json-schema/pod-v1.json
apiVersion: v1
kind: Pod
metadata:
  name: a
spec:
  replica: 2
  containers:
    - name: a
      image: a:1
      volumeMounts:
        - name: nowhere
          mountPath: /data
`;

/** Red Hat's YAML extension, as far as Podwire looks at it, is installed while `act` runs. */
async function besideIt(act: () => Promise<void>): Promise<void> {
  const extensions = vscode.extensions as { getExtension: (id: string) => unknown };
  const original = extensions.getExtension;
  extensions.getExtension = (id) => (id === YAML_EXTENSION ? { id, packageJSON: { version: '1' } } : original(id));
  try {
    await act();
  } finally {
    extensions.getExtension = original;
  }
}

async function shown(): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: CONTENT });
  await vscode.window.showTextDocument(document);
  return document;
}

const codes = (document: vscode.TextDocument): string[] => ownDiagnostics(document.uri).map(codeOf).sort();
const diagnosed = (document: vscode.TextDocument, ...expected: readonly string[]): Promise<string[]> =>
  until(
    expected.join(),
    () => codes(document),
    (found) => found.join() === expected.join(),
  );

async function hoverOn(document: vscode.TextDocument, text: string): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    positionOf(document, text),
  );
  return hovers
    .flatMap(({ contents }) => contents.map((part) => (typeof part === 'string' ? part : part.value)))
    .join('\n');
}

suite('beside Red Hat’s YAML extension', () => {
  teardown(closeAll);

  test('what that one knows is left to it: fields; the wires are Podwire’s', async () => {
    const alone = await shown();
    await diagnosed(alone, 'unknown-field', 'unresolved-volume');
    assert.match(await hoverOn(alone, 'image: a'), /image/i);
    const line = positionOf(alone, '  replica');
    assert.ok((await ownCompletions(alone, line.translate(0, 2))).map(labelOf).includes('nodeName'));
    await closeAll();
    await besideIt(async () => {
      const document = await shown();
      await diagnosed(document, 'unresolved-volume');
      assert.equal(await hoverOn(document, 'image: a'), '');
      assert.match(await hoverOn(document, 'nowhere'), /no such volume/);
      const offered = (await ownCompletions(document, line.translate(0, 2))).map(labelOf);
      assert.ok(!offered.includes('nodeName'), offered.join());
    });
  });

  test('the reverse setting gives everything all the same', async () => {
    const settings = vscode.workspace.getConfiguration('podwire');
    await settings.update('besideYamlExtension', 'everything', vscode.ConfigurationTarget.Workspace);
    try {
      await besideIt(async () => {
        const document = await shown();
        await diagnosed(document, 'unknown-field', 'unresolved-volume');
        await until(
          'documentation',
          () => hoverOn(document, 'image: a'),
          (text) => /image/i.test(text),
        );
      });
    } finally {
      await settings.update('besideYamlExtension', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  test('the output channel says so once, and nothing where that one is not installed', async () => {
    const lines: string[] = [];
    const output = { info: (line: string) => lines.push(line) } as unknown as vscode.LogOutputChannel;
    watchYamlExtension(output, () => Promise.resolve()).dispose();
    assert.deepEqual(lines, []);
    await besideIt(async () => {
      const watch = watchYamlExtension(output, () => Promise.resolve());
      try {
        await diagnosed(await shown(), 'unresolved-volume');
        assert.equal(lines.length, 1);
        assert.match(lines.join(), /Red Hat’s YAML extension is installed.*podwire\.besideYamlExtension/);
      } finally {
        watch.dispose();
      }
    });
  });
});
