import { describe, expect, test } from 'vitest';
import { checkImports } from '../check-imports.mjs';

function check(file, text) {
  return checkImports(new Map([[file, text]]));
}

describe('import rules', () => {
  test.each([
    ['server/src/graph/a.ts', "import { B } from '../rules/b.ts';", /may not import server\/src\/rules/],
    ['server/src/base/a.ts', "export * from '../syntax/b.ts';", /may not import server\/src\/syntax/],
    ['server/src/model/a.ts', "import { parse } from 'yaml';", /may not import the package yaml/],
    ['server/src/rules/a.ts', "import { readFileSync } from 'node:fs';", /is pure/],
    ['server/src/rules/a.ts', "import path from 'path';", /is pure/],
    ['server/src/features/hover.ts', "import { A } from './completion.ts';", /may not import each other/],
    ['server/src/tables/a.ts', "import { A } from '../model/b.ts';", /only types/],
    ['server/src/lsp/a.ts', "import * as vscode from 'vscode';", /may not import the package vscode/],
    ['server/src/syntax/a.ts', "const b = await import('../graph/b.ts');", /may not import server\/src\/graph/],
    ['server/src/base/a.ts', "type B = import('../syntax/b.ts').B;", /may not import server\/src\/syntax/],
    ['client/src/a.ts', "import { Engine } from '../../server/src/engine.ts';", /may not import server\/src\/engine/],
    ['server/src/engine.ts', "import { run } from '../../scripts/run.ts';", /belongs to no layer/],
    ['server/src/elsewhere/a.ts', '', /belongs to no layer/],
  ])('%s: %s fails', (file, text, reason) => {
    const problems = check(file, text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(reason);
  });

  test.each([
    ['server/src/graph/a.ts', "import { B } from '../model/b.ts';"],
    ['server/src/syntax/a.ts', "import { parseDocument } from 'yaml';"],
    ['server/src/tables/a.ts', "import type { A } from '../model/b.ts';"],
    ['server/src/tables/a.ts', "import { type A, type B } from '../model/b.ts';"],
    ['server/src/features/hover.ts', "import { A } from './shared/markdown.ts';"],
    ['server/src/features/hover.ts', "import { A } from './hover/card.ts';"],
    ['server/src/host/a.ts', "import { readFileSync } from 'node:fs';"],
    ['client/src/a.ts', "import * as vscode from 'vscode';"],
  ])('%s: %s passes', (file, text) => {
    expect(check(file, text)).toEqual([]);
  });

  test('names the line', () => {
    const text = "// a comment\n\nimport { B } from '../rules/b.ts';\n";
    expect(check('server/src/base/a.ts', text)[0]).toMatch(/^server\/src\/base\/a\.ts:3: /);
  });
});
