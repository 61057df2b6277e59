// What the client says to people: the strings of `vscode.l10n.t`, and those that should have gone through it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { root } from './paths.mjs';

const SOURCES = path.join(root, 'client/src');
/** VS Code shows what stands behind these names. */
const SHOWN = new Set(['prompt', 'placeHolder', 'title', 'label', 'detail', 'description', 'tooltip', 'openLabel']);
const SHOWING = /^show(Information|Warning|Error)Message$|^withProgress$|^setStatusBarMessage$/;

/**
 * Reads all of client/src.
 *
 * @returns `bundle`, what translations start from (each string by itself), and `faults`, sentences with the place
 */
export function localized() {
  const strings = new Set();
  const faults = [];
  for (const entry of readdirSync(SOURCES, { recursive: true })) {
    if (!entry.endsWith('.ts')) continue;
    const text = readFileSync(path.join(SOURCES, entry), 'utf8');
    read(ts.createSourceFile(entry, text, ts.ScriptTarget.Latest, true), strings, faults);
  }
  return { bundle: Object.fromEntries([...strings].sort().map((string) => [string, string])), faults };
}

/** Code that does without VS Code is given the function, as `t`. @param source a file's syntax tree; exported for its test */
export function read(source, strings, faults) {
  const fault = (node, what) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    faults.push(`client/src/${source.fileName}:${line + 1}: ${what}`);
  };
  const visit = (node) => {
    if (ts.isCallExpression(node)) {
      const callee = node.expression.getText();
      const [first] = node.arguments;
      if (callee === 'vscode.l10n.t' || callee === 't') {
        if (first && ts.isStringLiteralLike(first)) strings.add(first.text);
        else fault(node, 'vscode.l10n.t takes a string as it is, with {0} for what is put in');
      } else if (SHOWING.test(callee.split('.').at(-1)) && first && isText(first)) {
        fault(first, 'what is shown goes through vscode.l10n.t');
      }
    }
    if (ts.isPropertyAssignment(node) && SHOWN.has(node.name.getText()) && isText(node.initializer))
      fault(node, `${node.name.getText()} is shown, and goes through vscode.l10n.t`);
    ts.forEachChild(node, visit);
  };
  visit(source);
}

/** Words written in the code; names of one word are nobody's language. */
function isText(node) {
  if (ts.isStringLiteralLike(node)) return /\p{L}.*\s.*\p{L}/su.test(node.text);
  return ts.isTemplateExpression(node) && /\s\p{L}{2,}/u.test(node.getText());
}
