// Tests the injected grammars (syntaxes/test).
//   --host   over the grammars of the installed VS Code; without it, over a small YAML grammar of our own
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hostPackage, root } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';

/** A test that hangs (the runner's way to refuse an assertion it can't read) must end. */
const PATIENCE_MS = 60_000;

const host = process.argv.includes('--host');
const extensions = path.join(hostPackage, 'node_modules/code-server/lib/vscode/extensions');
const folder = mkdtempSync(path.join(tmpdir(), 'podwire-grammars-'));
let failed = false;
try {
  const grammars = host ? hostGrammars() : new Map([['source.yaml', fixture('yaml')]]);
  if (!grammars.has('source.yaml')) throw new Error(`no YAML grammar in ${extensions}`);
  for (const scope of embedded()) if (!grammars.has(scope)) grammars.set(scope, emptyGrammar(scope));
  const options = [...grammars.values()].flatMap((file) => ['-g', file]);
  const tests = path.join(root, 'syntaxes/test');
  for (const name of readdirSync(tests).sort()) {
    const args = ['node_modules/vscode-tmgrammar-test/dist/unit.js', '-c', ...options, `syntaxes/test/${name}`];
    const { code, output } = await run(process.execPath, args, { cwd: root, timeout: PATIENCE_MS });
    if (code === 0) continue;
    failed = true;
    console.error(output.trim() === '' ? `${name}: no answer within ${PATIENCE_MS / 1000} s` : output);
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(failed ? 'the grammars fail' : 'the grammars do what their tests say');
process.exitCode = failed ? 1 : 0;

function fixture(name) {
  return path.join(root, `test-fixtures/grammars/${name}.tmLanguage.json`);
}

/** Files by scope. */
function hostGrammars() {
  const found = new Map();
  for (const extension of readdirSync(extensions)) {
    const syntaxes = path.join(extensions, extension, 'syntaxes');
    if (!existsSync(syntaxes)) continue;
    for (const name of readdirSync(syntaxes).filter((file) => file.endsWith('.json'))) {
      const file = path.join(syntaxes, name);
      const { scopeName } = JSON.parse(readFileSync(file, 'utf8'));
      if (scopeName !== undefined && !found.has(scopeName)) found.set(scopeName, file);
    }
  }
  return found;
}

/** The grammars that ours include: a rule of which nothing is known is left out by the tokenizer. */
function embedded() {
  const text = readdirSync(path.join(root, 'syntaxes'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => readFileSync(path.join(root, 'syntaxes', name), 'utf8'))
    .join('');
  return new Set([...text.matchAll(/"include": "((?:source|text)\.[\w.]+)"/g)].map(([, scope]) => scope));
}

function emptyGrammar(scopeName) {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${scopeName}.tmLanguage.json`);
  writeFileSync(file, JSON.stringify({ scopeName, patterns: [] }));
  return file;
}
