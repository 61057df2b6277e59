import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, codeOf, diagnostics, fileUri, open, ownDiagnostics, positionOf, until } from './editor.ts';

const preset = 'presets/pod-preset.yaml';
const pod = 'presets/pod.yaml';

/** The text of the preview, as soon as it is as the test wants it. */
async function previewUntil(what: string, isThere: (text: string) => boolean): Promise<vscode.TextDocument> {
  const text = (): string => previewEditor()?.document.getText() ?? '';
  await until(`a preview ${what}`, text, isThere);
  const editor = previewEditor();
  assert.ok(editor);
  return editor.document;
}

const previewEditor = (): vscode.TextEditor | undefined =>
  vscode.window.visibleTextEditors.find(({ document }) => document.uri.path === '/effective-pod.yaml');

async function showPreview(): Promise<vscode.TextEditor> {
  const editor = await open(pod);
  await diagnostics(fileUri(preset), 1);
  await vscode.commands.executeCommand('podwire.showEffectivePod');
  await previewUntil('with what the preset brings', (text) => text.includes('name: DB_PORT'));
  return editor;
}

async function replace(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(positionOf(document, from), positionOf(document, from, 'end')), to);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

const path = (uri: vscode.Uri | undefined): string => uri?.path.split('/').at(-1) ?? '';

suite('preview', () => {
  teardown(async () => {
    await closeAll();
    for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  });

  test('shows the pod that will run beside its manifest, which keeps the focus', async () => {
    const { document } = await showPreview();
    assert.equal(vscode.window.activeTextEditor?.document, document);
    const preview = await previewUntil('with the volume', (text) => text.includes('emptyDir: {}'));
    assert.match(preview.getText(), /^# Pod website as it will run \(presets\)\n/);
    assert.match(preview.getText(), /^ +- mountPath: \/cache$/m);
    assert.equal(preview.languageId, 'yaml');
  });

  test('leads from a line to where it is written', async () => {
    await showPreview();
    const preview = previewEditor()?.document;
    assert.ok(preview);
    const sourceOf = async (text: string): Promise<string> => {
      const [found] = await vscode.commands.executeCommand<vscode.LocationLink[]>(
        'vscode.executeDefinitionProvider',
        preview.uri,
        positionOf(preview, text, 'end'),
      );
      if (!found) return '';
      const target = await vscode.workspace.openTextDocument(found.targetUri);
      return `${path(found.targetUri)}: ${target.lineAt(found.targetRange.start).text.trim()}`;
    };
    assert.equal(await sourceOf('name: DB_PORT'), 'pod-preset.yaml: - name: DB_PORT');
    assert.equal(await sourceOf('image: nginx'), 'pod.yaml: image: nginx');
  });

  test('follows what is typed into the preset, and into the pod', async () => {
    const { document } = await showPreview();
    const { document: presetDocument } = await open(preset);
    await replace(presetDocument, '6379', '6380');
    await previewUntil('with the new port', (text) => text.includes('6380') && !text.includes('6379'));
    await replace(document, 'image: nginx', 'image: nginx:1.27');
    await previewUntil('with the new image', (text) => text.includes('image: nginx:1.27'));
    assert.equal(vscode.window.activeTextEditor?.document, presetDocument);
    await replace(document, '      ports:', "      env: [{ name: DB_PORT, value: '1' }]\n      ports:");
    await previewUntil('with a conflict', (text) => /^# CONFLICT: PodPreset "allow-database"/m.test(text));
    assert.doesNotMatch(previewEditor()?.document.getText() ?? '', /6380/);
  });

  test('says where the manifest can not be read, and where the pod is gone', async () => {
    const { document } = await showPreview();
    await replace(document, '        - containerPort: 80', '        - { containerPort: 80');
    await previewUntil('that says so', (text) => text.includes("can't be read as YAML"));
    await replace(document, 'kind: Pod', 'kind: ConfigMap');
    const gone = await previewUntil('without a pod', (text) => text.includes('no pod any more'));
    assert.doesNotMatch(gone.getText(), /nginx/);
  });

  test('compares the manifest with the pod in the diff editor', async () => {
    await open(pod);
    await diagnostics(fileUri(preset), 1);
    await vscode.commands.executeCommand('podwire.compareWithEffectivePod');
    const input = await until(
      'a diff',
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.input,
      (found) => found instanceof vscode.TabInputTextDiff,
    );
    assert.ok(input instanceof vscode.TabInputTextDiff);
    const [written, merged] = await Promise.all(
      [input.original, input.modified].map((uri) => vscode.workspace.openTextDocument(uri)),
    );
    assert.doesNotMatch(written?.getText() ?? '', /DB_PORT/);
    assert.match(merged?.getText() ?? '', /DB_PORT/);
    assert.match(merged?.getText() ?? '', /^# Note: settings\.k8s\.io left Kubernetes in 1\.20/);
  });

  test('shows what each container sees in a panel, without taking the focus', async () => {
    const { document } = await open(pod);
    await diagnostics(fileUri(preset), 1);
    await vscode.commands.executeCommand('podwire.showContainers');
    await until(
      'the panel',
      () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)),
      (labels) => labels.includes('Containers of Pod website'),
    );
    assert.equal(vscode.window.activeTextEditor?.document, document);
  });

  test('has lenses and hints at both ends', async () => {
    const { document } = await open(pod);
    const titlesIn = async (uri: vscode.Uri): Promise<string[]> => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 9);
      return lenses.map(({ command }) => command?.title ?? '');
    };
    await until(
      'the lenses of the pod',
      () => titlesIn(document.uri),
      (titles) => titles.join() === '1 preset applies until 1.19,Show effective pod',
    );
    const { document: presetDocument } = await open(preset);
    await until(
      'the lens of the preset',
      () => titlesIn(presetDocument.uri),
      (titles) => titles.join() === 'applies to 1 pod until 1.19',
    );
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
      'vscode.executeInlayHintProvider',
      document.uri,
      new vscode.Range(0, 0, document.lineCount, 0),
    );
    const texts = hints.map(({ label }) =>
      typeof label === 'string' ? label : label.map(({ value }) => value).join(''),
    );
    assert.deepEqual(texts, [
      '+ 1 volumes from allow-database until 1.19',
      '+ 1 env from allow-database, 1 volumeMounts from allow-database until 1.19',
    ]);
  });

  test('inlines the preset into the pods that it matches, which leaves the workspace clean', async () => {
    const { document } = await open(preset);
    const [removed] = await diagnostics(document.uri, 1);
    assert.match(codeOf(removed), /^api-version-/);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(positionOf(document, 'kind'), positionOf(document, 'kind')),
      vscode.CodeActionKind.RefactorInline.value,
    );
    const inline = actions.find(({ title }) => title === 'Inline into the pods that it matches');
    assert.ok(inline?.edit, actions.map(({ title }) => title).join('; '));
    assert.ok(await vscode.workspace.applyEdit(inline.edit));
    const changed = await vscode.workspace.openTextDocument(fileUri(pod));
    assert.match(changed.getText(), /name: DB_PORT\n +value: '6379'/);
    assert.doesNotMatch(document.getText(), /PodPreset/);
    await diagnostics(document.uri, 0);
    await diagnostics(changed.uri, 0);
    const errors = vscode.languages
      .getDiagnostics()
      .flatMap(([uri]) => (uri.path.includes('/presets/') ? ownDiagnostics(uri) : []));
    assert.deepEqual(errors, []);
  });
});
