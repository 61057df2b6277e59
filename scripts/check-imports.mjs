// Holds the layers: which folder may import which. `docs/architecture.md` draws the same picture.
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import ts from 'typescript';

/**
 * The layers, by folder or file.
 *
 * - `may`: layers whose modules it may import; its own is always allowed unless `apart` is set
 * - `mayTypes`: layers of which it may import types alone
 * - `packages`: npm packages, `vscode` among them; `node`: Node's own modules
 * - `data`: folders of JSON files, from the repository's root, that it may import
 * - `apart`: what stands in it (a file, or a folder of files) doesn't import its neighbours, only shared/
 */
export const LAYERS = {
  'server/src/base': {},
  'server/src/syntax': { may: ['base'], packages: ['yaml'] },
  'server/src/schema': { may: ['base'] },
  'server/src/tables': { may: ['base'], mayTypes: ['*'], data: ['snippets'] },
  'server/src/model': { may: ['base', 'syntax', 'schema', 'tables'], mayTypes: ['kubernetes'] },
  'server/src/kubernetes': { may: ['base'], mayTypes: ['model'] },
  'server/src/graph': { may: ['base', 'syntax', 'schema', 'tables', 'model', 'kubernetes'] },
  'server/src/rules': { may: ['base', 'syntax', 'schema', 'tables', 'model', 'kubernetes', 'graph'] },
  'server/src/features': {
    may: ['base', 'syntax', 'schema', 'tables', 'model', 'kubernetes', 'graph', 'rules'],
    apart: true,
  },
  'server/src/engine.ts': {
    may: ['base', 'syntax', 'schema', 'tables', 'model', 'kubernetes', 'graph', 'rules', 'features'],
  },
  'server/src/host': { may: ['base', 'schema', 'engine.ts'], mayTypes: ['rules'], packages: ['ignore'], node: true },
  'server/src/lsp': {
    may: ['base', 'engine.ts', 'host'],
    mayTypes: ['schema', 'rules'],
    packages: ['vscode-languageserver', 'vscode-languageserver-protocol'],
    node: true,
  },
  'server/src/cli': { may: ['base', 'engine.ts', 'host'], mayTypes: ['schema', 'rules'], node: true },
  'client/src': { mayTypes: ['lsp/protocol.ts'], packages: ['vscode', 'vscode-languageclient'], node: true },
};

const MODULE = /\.[cm]?ts$/;

/**
 * Checks modules against the layers.
 *
 * @param {ReadonlyMap<string, string>} modules text by path from the repository's root, with `/`
 * @returns {string[]} one line for each import that is not allowed: `path:line: why`
 */
export function checkImports(modules) {
  const problems = [];
  for (const [file, text] of modules) {
    const layer = layerOf(file);
    if (!layer) {
      if (/^(client|server)\/src\//.test(file))
        problems.push(`${file}:1: belongs to no layer of scripts/check-imports.mjs`);
      continue;
    }
    for (const { specifier, line, typeOnly } of importsOf(file, text)) {
      const reason = refusal(file, layer, specifier, typeOnly);
      if (reason) problems.push(`${file}:${line}: ${reason}`);
    }
  }
  return problems;
}

/** Every module below the folders, by path from `root`. */
export function readModules(root, folders) {
  const modules = new Map();
  for (const folder of folders) {
    for (const entry of readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !MODULE.test(entry.name)) continue;
      const file = path.join(entry.parentPath, entry.name);
      modules.set(path.relative(root, file).split(path.sep).join('/'), readFileSync(file, 'utf8'));
    }
  }
  return modules;
}

/** Why `file` may not import `specifier`, or undefined where it may. */
function refusal(file, layer, specifier, typeOnly) {
  const rule = LAYERS[layer];
  if (!specifier.startsWith('.')) {
    const name = specifier.startsWith('@') ? specifier.split('/', 2).join('/') : specifier.split('/', 1)[0];
    if (specifier.startsWith('node:') || builtinModules.includes(name)) {
      return rule.node ? undefined : `${layer} is pure: it may not import ${specifier}`;
    }
    return rule.packages?.includes(name) ? undefined : `${layer} may not import the package ${name}`;
  }
  const target = path.posix.join(path.posix.dirname(file), specifier);
  if (rule.data?.some((folder) => isBelow(target, folder)) && target.endsWith('.json')) return undefined;
  const targetLayer = layerOf(target);
  if (targetLayer === layer) {
    if (!rule.apart || [unitOf(file, layer), 'shared'].includes(unitOf(target, layer))) return undefined;
    return `the parts of ${layer} may not import each other, only from shared/: ${specifier}`;
  }
  if (!targetLayer) return `${layer} may not import ${target}, which belongs to no layer`;
  const allows = (names) => names?.some((name) => name === '*' || isBelow(target, `server/src/${name}`));
  if (allows(rule.may)) return undefined;
  if (!allows(rule.mayTypes)) return `${layer} may not import ${targetLayer}`;
  return typeOnly ? undefined : `${layer} may import only types from ${targetLayer}: write \`import type\``;
}

function layerOf(file) {
  return Object.keys(LAYERS).find((layer) => isBelow(file, layer));
}

/** `features/hover.ts` and `features/hover/card.ts` are both parts of hover. */
function unitOf(file, layer) {
  return file
    .slice(layer.length + 1)
    .split('/', 1)[0]
    .replace(/\.ts$/, '');
}

function isBelow(file, layer) {
  return file === layer || file.startsWith(`${layer}/`);
}

function* importsOf(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeImport(node.importClause));
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && isDynamicImport(node)) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  const add = (specifier, typeOnly) => {
    const { line } = source.getLineAndCharacterOfPosition(specifier.getStart(source));
    found.push({ specifier: specifier.text, line: line + 1, typeOnly });
  };
  visit(source);
  yield* found;
}

function isDynamicImport(call) {
  const isImport = call.expression.kind === ts.SyntaxKind.ImportKeyword || call.expression.getText() === 'require';
  return isImport && call.arguments.length > 0 && ts.isStringLiteralLike(call.arguments[0]);
}

/** `import type { A }`, or every name marked: `import { type A, type B }`. */
function isTypeImport(clause) {
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  if (clause.name || !named || !ts.isNamedImports(named)) return false;
  return named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly);
}

if (process.argv[1] === import.meta.filename) {
  const root = path.resolve(import.meta.dirname, '..');
  const modules = readModules(root, ['client/src', 'server/src']);
  const problems = checkImports(modules);
  for (const problem of problems) console.error(problem);
  console.log(`${modules.size} modules, ${problems.length} imports that are not allowed`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
