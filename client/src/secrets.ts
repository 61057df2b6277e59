import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { ObjectFromFilesParams, ProtocolRange } from '../../server/src/lsp/protocol.ts';

/** Commands about values: ConfigMaps and Secrets made of files, and to look at a Secret's value once. */
export function registerSecrets(client: LanguageClient): vscode.Disposable {
  const create = (kind: ObjectFromFilesParams['kind']) => (file?: unknown, selected?: unknown) =>
    createFromFiles(client, kind, urisOf(file, selected));
  return vscode.Disposable.from(
    vscode.commands.registerCommand('podwire.createConfigMapFromFiles', create('ConfigMap')),
    vscode.commands.registerCommand('podwire.createSecretFromFiles', create('Secret')),
    vscode.commands.registerCommand('podwire.revealSecret', reveal),
  );
}

/** What the API server takes for an object. */
const mostBytes = 1_048_576;

/** The explorer gives the file that was clicked and all that are selected. */
function urisOf(file: unknown, selected: unknown): readonly vscode.Uri[] {
  const all: readonly unknown[] = Array.isArray(selected) && selected.length > 0 ? selected : [file];
  return all.filter((one): one is vscode.Uri => one instanceof vscode.Uri);
}

/** An untitled manifest, so that nothing is written before the user saves. */
async function createFromFiles(
  client: LanguageClient,
  kind: ObjectFromFilesParams['kind'],
  given: readonly vscode.Uri[],
): Promise<void> {
  const uris =
    given.length > 0 ? given : await vscode.window.showOpenDialog({ canSelectMany: true, canSelectFiles: true });
  if (!uris || uris.length === 0) return;
  const name = await vscode.window.showInputBox({
    prompt: vscode.l10n.t('Name of the {0}', kind),
    validateInput: (text) =>
      /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(text)
        ? undefined
        : vscode.l10n.t('Lower-case letters, digits, “-” and “.”, with a letter or a digit at either end.'),
  });
  if (name === undefined) return;
  const files: { key: string; content: string }[] = [];
  let size = 0;
  for (const uri of uris) {
    const key = uri.path.split('/').at(-1) ?? '';
    const fault = faultOf(key, files);
    if (fault !== undefined) return void vscode.window.showErrorMessage(fault);
    const content = await vscode.workspace.fs.readFile(uri);
    size += content.length;
    if (size > mostBytes) {
      return void vscode.window.showErrorMessage(
        vscode.l10n.t('A {0} holds 1 MiB at most; these files hold more.', kind),
      );
    }
    files.push({ key, content: Buffer.from(content).toString('base64') });
  }
  const text = await client.sendRequest<string>('podwire/objectFromFiles', { kind, name, files });
  const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: text });
  await vscode.window.showTextDocument(document);
}

/** Keys are the files' names, as kubectl has it. */
function faultOf(key: string, files: readonly { readonly key: string }[]): string | undefined {
  if (!/^[-._a-zA-Z0-9]{1,253}$/.test(key) || key === '.' || key.startsWith('..'))
    return vscode.l10n.t('“{0}” can’t be a key: letters, digits, “-”, “_” and “.” alone.', key);
  return files.some((file) => file.key === key) ? vscode.l10n.t('Two of the files are called {0}.', key) : undefined;
}

/** Decoded here, so that no value travels or is logged; a modal message goes with its window and leaves nothing behind. */
async function reveal(uri: unknown, range: unknown, key: unknown): Promise<void> {
  if (typeof uri !== 'string' || typeof key !== 'string' || !isRange(range)) return;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const { start, end } = range;
  const text = document.getText(new vscode.Range(start.line, start.character, end.line, end.character));
  const value = Buffer.from(text.replace(/^[|>][-+\d]*/, '').replace(/[\s"']/g, ''), 'base64').toString('utf8');
  await vscode.window.showInformationMessage(key, { modal: true, detail: value });
}

const isRange = (value: unknown): value is ProtocolRange =>
  typeof value === 'object' && value !== null && 'start' in value && 'end' in value;
