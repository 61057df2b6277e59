import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { SnippetInfo, SnippetsParams } from '../../server/src/lsp/protocol.ts';

/** Commands that list the server's snippets: into the document at hand, or into one of its own. */
export function registerSnippets(client: LanguageClient): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('podwire.insertSnippet', () => insertSnippet(client)),
    vscode.commands.registerCommand('podwire.newManifest', (folder?: unknown) =>
      newManifest(client, folder instanceof vscode.Uri ? folder : undefined),
    ),
  );
}

const request = (client: LanguageClient, params: SnippetsParams): Promise<readonly SnippetInfo[]> =>
  client.sendRequest('podwire/snippets', params);

type Item = vscode.QuickPickItem & { readonly snippet?: SnippetInfo };

const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });

function toItem(snippet: SnippetInfo): Item {
  const lines = snippet.preview.split('\n').map((line) => line.trim());
  return {
    label: snippet.title,
    description: snippet.prefix,
    detail: `${snippet.description}: ${lines.join(' ⏎ ')}`,
    snippet,
  };
}

async function pick(items: readonly Item[], placeHolder: string): Promise<SnippetInfo | undefined> {
  const options = { placeHolder, matchOnDescription: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.snippet;
}

/** What fits at the cursor comes first, then whole documents, then what belongs elsewhere. */
async function insertSnippet(client: LanguageClient): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== 'yaml') return await newManifest(client, undefined);
  const { document, selection } = editor;
  const { version } = document;
  const position = { line: selection.active.line, character: selection.active.character };
  const all = await request(client, { uri: client.code2ProtocolConverter.asUri(document.uri), position });
  const here = all.filter((snippet) => snippet.here !== undefined);
  const whole = all.filter((snippet) => snippet.here === undefined && snippet.document !== undefined);
  const elsewhere = all.filter((snippet) => snippet.here === undefined && snippet.document === undefined);
  const chosen = await pick(
    [
      separator(vscode.l10n.t('at the cursor')),
      ...here.map(toItem),
      separator(vscode.l10n.t('as a document of its own')),
      ...whole.map(toItem),
      separator(vscode.l10n.t('elsewhere')),
      ...elsewhere.map((snippet) => ({ ...toItem(snippet), label: `$(circle-slash) ${snippet.title}` })),
    ],
    vscode.l10n.t('What to insert'),
  );
  if (!chosen) return;
  if (document.version !== version) {
    void vscode.window.showInformationMessage(vscode.l10n.t('The document has changed meanwhile: choose again.'));
  } else if (chosen.here) await insertHere(editor, chosen.here);
  else if (chosen.document !== undefined) await insertBehind(editor, chosen.document);
  else {
    const message = vscode.l10n.t(
      '{0} belongs into {1}: put the cursor there, on a line of its own.',
      chosen.title,
      chosen.place,
    );
    void vscode.window.showInformationMessage(message);
  }
}

/** The plain edits first, and then the snippet where they have moved it. */
async function insertHere(editor: vscode.TextEditor, here: NonNullable<SnippetInfo['here']>): Promise<void> {
  const { document } = editor;
  const toRange = ({ start, end }: typeof here.range): vscode.Range =>
    new vscode.Range(start.line, start.character, end.line, end.character);
  const target = toRange(here.range);
  const start = document.offsetAt(target.start);
  const length = document.offsetAt(target.end) - start;
  const before = document.getText().length;
  let moved = start;
  if (here.also.length > 0) {
    const behind = here.also.filter(({ range }) => toRange(range).start.isAfter(target.end));
    // Measured on the text, whose line ends may differ from the edits'.
    await editor.edit(
      (edit) => {
        for (const { range, newText } of behind) edit.replace(toRange(range), newText);
      },
      { undoStopBefore: true, undoStopAfter: false },
    );
    const between = document.getText().length;
    await editor.edit(
      (edit) => {
        for (const { range, newText } of here.also)
          if (!behind.some((one) => one.range === range)) edit.replace(toRange(range), newText);
      },
      { undoStopBefore: behind.length === 0, undoStopAfter: false },
    );
    moved = start + document.getText().length - (behind.length === 0 ? before : between);
  }
  const from = document.positionAt(moved);
  const range = new vscode.Range(from, document.positionAt(moved + length));
  await insertAbsolute(editor, range, here.newText, here.also.length === 0);
}

/** VS Code adds the line's indentation to every line of a snippet, unless the snippet begins in column 0. */
async function insertAbsolute(
  editor: vscode.TextEditor,
  range: vscode.Range,
  snippet: string,
  undoStopBefore: boolean,
): Promise<void> {
  const lineStart = range.start.with(undefined, 0);
  const lead = editor.document.getText(new vscode.Range(lineStart, range.start)).replace(/[\\$}]/g, '\\$&');
  await editor.insertSnippet(new vscode.SnippetString(lead + snippet), range.with(lineStart), {
    undoStopBefore,
    undoStopAfter: true,
  });
}

/** Behind the file's last document. */
async function insertBehind(editor: vscode.TextEditor, snippet: string): Promise<void> {
  const { document } = editor;
  const text = document.getText();
  const end = text.trimEnd().length;
  const range = new vscode.Range(document.positionAt(end), document.positionAt(text.length));
  const lead = end === 0 ? '' : text.slice(0, end).endsWith('---') ? '\n' : '\n---\n';
  const lineStart = range.start.with(undefined, 0);
  const line = document.getText(new vscode.Range(lineStart, range.start)).replace(/[\\$}]/g, '\\$&');
  await editor.insertSnippet(new vscode.SnippetString(`${line}${lead}${snippet}\n`), range.with(lineStart));
  editor.revealRange(editor.selection);
}

/** @param near a folder or a file in it, as the explorer's menu gives it */
async function newManifest(client: LanguageClient, near: vscode.Uri | undefined): Promise<void> {
  const folder = await folderFor(near);
  const uri = folder ?? vscode.Uri.parse('untitled:manifest.yaml');
  const all = await request(client, { uri: client.code2ProtocolConverter.asUri(uri) });
  const items = all.filter(({ document }) => document !== undefined).map(toItem);
  const chosen = await pick(items, vscode.l10n.t('What the new file starts with'));
  if (chosen?.document === undefined) return;
  const name = folder ? await askName(folder, `${chosen.prefix.replace(/^k8s-/, '')}.yaml`) : '';
  if (name === undefined) return;
  const document =
    folder && name !== ''
      ? await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, name).with({ scheme: 'untitled' }))
      : await vscode.workspace.openTextDocument({ language: 'yaml' });
  const yaml =
    document.languageId === 'yaml' ? document : await vscode.languages.setTextDocumentLanguage(document, 'yaml');
  const editor = await vscode.window.showTextDocument(yaml);
  await editor.insertSnippet(new vscode.SnippetString(`${chosen.document}\n`), new vscode.Position(0, 0));
}

/** The folder that was asked for, the active file's, or the workspace's first; undefined where there is none on a disk. */
async function folderFor(near: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const uri = near ?? (active?.scheme === 'file' ? active : undefined);
  if (!uri) return vscode.workspace.workspaceFolders?.find((folder) => folder.uri.scheme === 'file')?.uri;
  const stat = await Promise.resolve(vscode.workspace.fs.stat(uri)).catch(() => undefined);
  return stat?.type === vscode.FileType.Directory ? uri : vscode.Uri.joinPath(uri, '..');
}

/** A name that is free; '' for an untitled file, undefined where the user gave up. */
async function askName(folder: vscode.Uri, value: string): Promise<string | undefined> {
  return await vscode.window.showInputBox({
    prompt: vscode.l10n.t('A file in {0}; empty for an untitled one', vscode.workspace.asRelativePath(folder)),
    value,
    valueSelection: [0, value.lastIndexOf('.')],
    validateInput: async (name) => {
      if (name === '') return undefined;
      if (!/\.ya?ml$/.test(name)) return vscode.l10n.t('A manifest’s name ends in .yaml or .yml.');
      const stat = await Promise.resolve(vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, name))).catch(
        () => undefined,
      );
      return stat ? vscode.l10n.t('{0} exists already.', name) : undefined;
    },
  });
}
