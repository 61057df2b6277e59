import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

/**
 * Offers whole manifests where a document is still empty. Snippets that a manifest contributes would be offered in every
 * YAML file and behind every `key: `.
 *
 * @param file JSON in the format of VS Code's own snippets
 */
export function registerSnippets(file: string, selector: vscode.DocumentSelector): vscode.Disposable {
  const snippets = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Snippet>);
  const items = snippets.map(([title, { prefix, description, body }]) => {
    const item = new vscode.CompletionItem({ label: prefix, description: title }, vscode.CompletionItemKind.Snippet);
    item.insertText = new vscode.SnippetString(body.join('\n'));
    item.documentation = description;
    return item;
  });
  return vscode.languages.registerCompletionItemProvider(selector, {
    provideCompletionItems: (document, position) => (isEmptyAround(document, position) ? items : []),
  });
}

/** Nothing but comments and the word at the cursor between this `---` and the next. */
function isEmptyAround(document: vscode.TextDocument, position: vscode.Position): boolean {
  const isBlank = (line: number): boolean => /^\s*(#.*)?$/.test(document.lineAt(line).text);
  const isSeparator = (line: number): boolean => /^---(\s|$)/.test(document.lineAt(line).text);
  if (!/^[\w-]*$/.test(document.lineAt(position.line).text) || isSeparator(position.line)) return false;
  for (const step of [-1, 1]) {
    for (let line = position.line + step; line >= 0 && line < document.lineCount && !isSeparator(line); line += step) {
      if (!isBlank(line)) return false;
    }
  }
  return true;
}
