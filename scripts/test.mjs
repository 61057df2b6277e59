// npm test: everything, from a fresh clone. The last line is "N passed, N failed".
//   --quick      build, types, lint, import rules, generated docs, and the unit tests that take no time
//   --only a,b   these steps alone
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { out, root } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';
import { checkNode, ensureDependencies, ensureHost } from './lib/setup.mjs';

const LONGEST_LINE = 1000;

/** What each step runs. It returns what it counted, `{ passed, failed }`, or nothing; it throws where it can't go on. */
const STEPS = {
  build: { title: 'build', run: () => node(['esbuild.mjs', '--tests']) },
  types: { title: 'types', run: () => tool('typescript/bin/tsc', []) },
  biome: {
    title: 'format and lint (biome)',
    run: () => tool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings']),
  },
  eslint: { title: 'promises (eslint)', run: () => tool('eslint/bin/eslint.js', ['--max-warnings', '0']) },
  docs: { title: 'generated docs', run: () => node(['scripts/generate-docs.mjs', '--check']) },
  imports: { title: 'import rules', run: () => node(['scripts/check-imports.mjs']) },
  unit: { title: 'unit, property and protocol tests', run: () => vitest([]) },
  quick: { title: 'unit tests', run: () => vitest(SLOW.flatMap((path) => ['--exclude', path])) },
  mutate: { title: 'bent wires are noticed', run: () => node(['scripts/mutate.mjs']) },
  grammars: { title: 'grammars', run: () => node(['scripts/grammars.mjs']) },
  hostGrammars: { title: 'grammars over VS Code’s own', run: hostGrammars },
  vscode: { title: 'suite in VS Code', run: suiteInVsCode },
  ui: { title: 'UI of VS Code', run: () => ui('development') },
  start: { title: 'npm start', run: start },
  package: { title: 'package', run: pack },
  installed: { title: 'UI with the package installed', run: () => ui('installed') },
};
const QUICK = ['build', 'types', 'biome', 'eslint', 'imports', 'docs', 'quick', 'mutate', 'grammars'];
/** What `npm run check` leaves to `npm test`: random input, and whole servers. */
const SLOW = [
  'server/test/properties/**',
  'server/test/lsp/protocol.test.ts',
  'server/test/features/bad-input.test.ts',
];
/** Where one of these fails, those that need it are left out: their failures would tell nothing new. */
const NEEDS = { mutate: 'build', vscode: 'build', ui: 'build', start: 'build', package: 'build', installed: 'package' };

/** A step that failed in its own way: its output, and what it counted nevertheless. */
class StepError extends Error {
  constructor(message, counts) {
    super(message);
    this.counts = counts;
  }
}

checkNode();
const totals = { passed: 0, failed: 0 };
const broken = new Set();
const started = Date.now();
mkdirSync(out, { recursive: true });
try {
  await ensureDependencies();
  for (const name of selectedSteps()) await runStep(name);
} catch (error) {
  console.error(error.message);
  totals.failed += 1;
}
console.log(`in ${seconds(started)}`);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed > 0 ? 1 : 0);

function selectedSteps() {
  const [flag, list] = process.argv.slice(2);
  if (flag === undefined) return Object.keys(STEPS).filter((name) => name !== 'quick');
  if (flag === '--quick') return QUICK;
  const names = flag === '--only' && list ? list.split(',') : [];
  const unknown = names.filter((name) => !STEPS[name]);
  if (names.length > 0 && unknown.length === 0) return names;
  console.error(`usage: node scripts/test.mjs [--quick | --only ${Object.keys(STEPS).join(',')}]`);
  process.exit(2);
}

async function runStep(name) {
  const step = STEPS[name];
  if (broken.has(NEEDS[name])) {
    broken.add(name);
    console.log(`left out  ${step.title}: ${STEPS[NEEDS[name]].title} failed`);
    return;
  }
  const began = Date.now();
  let counts;
  let output = '';
  try {
    counts = await step.run();
  } catch (error) {
    output = error instanceof StepError ? error.message : error.stack;
    counts = error.counts;
  }
  // A step that fails without a failed test (lint, a crash) counts as one.
  const failed = output === '' ? (counts?.failed ?? 0) : Math.max(1, counts?.failed ?? 0);
  totals.passed += counts?.passed ?? 0;
  totals.failed += failed;
  if (failed > 0) broken.add(name);
  const detail = counts ? `, ${counts.passed} passed, ${failed} failed` : '';
  console.log(`${failed > 0 ? 'FAILED' : 'ok'.padEnd(6)}  ${step.title.padEnd(30)} ${seconds(began)}${detail}`);
  if (output !== '') console.log(indented(output));
}

/** A line of a stack trace may hold a whole bundle. */
function indented(output) {
  const lines = output.trimEnd().split('\n');
  return lines.map((line) => `        ${line.slice(0, LONGEST_LINE)}`).join('\n');
}

async function node(args) {
  const { code, output } = await run(process.execPath, args, { cwd: root });
  if (code !== 0) throw new StepError(output);
}

async function tool(script, args) {
  await node([path.join('node_modules', script), ...args]);
}

async function vitest(args) {
  const report = path.join(out, 'vitest.json');
  rmSync(report, { force: true });
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  const { code, output } = await run(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...args, ...reporters],
    {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1' },
    },
  );
  let counts;
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
    counts = { passed: numPassedTests, failed: numFailedTests };
  } catch {
    throw new StepError(output);
  }
  if (code !== 0) throw new StepError(output, counts);
  return counts;
}

async function suiteInVsCode() {
  const { runSuite } = await import('../client/test/launch/suite.mjs');
  return counted(await runSuite((line) => console.log(`        ${line}`)));
}

async function ui(kind) {
  await ensureHost();
  const { runUi } = await import('../client/test/ui/run.mjs');
  return counted(await runUi(kind));
}

async function pack() {
  await node(['scripts/package.mjs']);
  const { lookAtPackage } = await import('../client/test/package.mjs');
  return counted(lookAtPackage());
}

async function hostGrammars() {
  await ensureHost();
  await node(['scripts/grammars.mjs', '--host']);
}

async function start() {
  await ensureHost();
  const { runStart } = await import('../client/test/start.mjs');
  return counted(await runStart());
}

/** The suites in VS Code report test by test. */
function counted(tests) {
  const failures = tests.filter((test) => !test.passed);
  const counts = { passed: tests.length - failures.length, failed: failures.length };
  if (failures.length === 0 && tests.length > 0) return counts;
  const lines = failures.map((test) => `${test.title} (${test.milliseconds} ms)\n  ${test.error}`);
  throw new StepError(lines.join('\n') || 'no test ran', counts);
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
