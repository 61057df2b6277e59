import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const PATIENCE_MS = 15_000;
const PROBE_INTERVAL_MS = 50;

/** The URI of a file of the workspace that the launcher opened. */
export function fileUri(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the launcher opens a folder');
  return vscode.Uri.joinPath(folder.uri, name);
}

export async function open(name: string): Promise<vscode.TextEditor> {
  return await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(fileUri(name)));
}

/** The position behind the first occurrence of `text`, or before it. */
export function positionOf(
  document: vscode.TextDocument,
  text: string,
  at: 'start' | 'end' = 'start',
): vscode.Position {
  const offset = document.getText().indexOf(text);
  assert.notEqual(offset, -1, `${document.uri.path} holds "${text}"`);
  return document.positionAt(at === 'start' ? offset : offset + text.length);
}

/** Asks again until the answer is there. Fails in the end, with the last answer. */
export async function until<T>(
  what: string,
  probe: () => T | PromiseLike<T>,
  isThere: (answer: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await probe();
    if (isThere(answer)) return answer;
    if (Date.now() > deadline) assert.fail(`waited in vain for ${what}; last seen: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, PROBE_INTERVAL_MS));
  }
}

/** Podwire's own diagnostics of a file, as soon as there are as many as expected. */
export async function diagnostics(uri: vscode.Uri, count: number): Promise<readonly vscode.Diagnostic[]> {
  return await until(
    `${count} diagnostics in ${uri.path}`,
    () => ownDiagnostics(uri),
    (found) => found.length === count,
  );
}

/** The one diagnostic of a file, as soon as it stands on `text`: what an earlier version of the file had goes first. */
export async function diagnosticOn(document: vscode.TextDocument, text: string): Promise<vscode.Diagnostic> {
  const found = await until(
    `one diagnostic on "${text}" in ${document.uri.path}`,
    () => ownDiagnostics(document.uri),
    ([first, ...others]) => others.length === 0 && first !== undefined && document.getText(first.range) === text,
  );
  return found[0] as vscode.Diagnostic;
}

export function ownDiagnostics(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === 'podwire');
}

/** A code may come with a link to its page. */
export function codeOf(diagnostic: vscode.Diagnostic | undefined): string {
  const code = diagnostic?.code;
  return String(typeof code === 'object' ? code.value : code);
}

/** What is offered at a position, once all the expected labels are among it. */
export async function completions(
  document: vscode.TextDocument,
  position: vscode.Position,
  expected: readonly string[],
): Promise<readonly vscode.CompletionItem[]> {
  return await until(
    `completions ${expected.join(', ')}`,
    () => ownCompletions(document, position),
    (items) => expected.every((label) => items.some((item) => labelOf(item) === label)),
  );
}

/** Those of the server: without whole manifests, and without VS Code's own words from open files. */
export async function ownCompletions(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<readonly vscode.CompletionItem[]> {
  const items = await allCompletions(document, position);
  const foreign = [vscode.CompletionItemKind.Text, vscode.CompletionItemKind.Snippet];
  return items.filter((item) => item.kind === undefined || !foreign.includes(item.kind));
}

export async function allCompletions(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<readonly vscode.CompletionItem[]> {
  const command = 'vscode.executeCompletionItemProvider';
  return (await vscode.commands.executeCommand<vscode.CompletionList>(command, document.uri, position)).items;
}

export function labelOf(item: vscode.CompletionItem): string {
  return typeof item.label === 'string' ? item.label : item.label.label;
}

/** Throws away what the test typed and closes everything. */
export async function closeAll(): Promise<void> {
  while (vscode.window.activeTextEditor) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
