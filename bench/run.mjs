// npm run bench [-- --write] [--quick] [--no-peer] [--only SECTIONS]
//   --write    writes docs/benchmarks.md
//   --quick    small workspaces only
//   --no-peer  without yaml-language-server (which is installed when it is first needed)
//   --only     some of: index,first-run,keystroke,preview,servers,memory
// Exits with 1 where a cost grows faster than its input; bars that are missed are only told.
import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { run, temporaryFolder } from '../scripts/lib/processes.mjs';
import { bundleEngine, root } from './engine.mjs';
import { median } from './measure.mjs';
import { ensurePeer } from './peer.mjs';
import { bars, page } from './report.mjs';
import { runSection } from './section.mjs';

const SECTIONS = ['index', 'first-run', 'keystroke', 'preview', 'servers', 'memory'];
const { values: flags } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    'no-peer': { type: 'boolean', default: false },
    only: { type: 'string', default: SECTIONS.join() },
  },
});
const only = new Set(flags.only.split(','));
for (const name of only)
  if (!SECTIONS.includes(name)) fail(`no such section: ${name} (there are ${SECTIONS.join(', ')})`);
if (flags.write && (flags.quick || flags['no-peer'] || only.size < SECTIONS.length)) fail('--write needs a whole run');

const sizes = flags.quick ? [100, 1000] : [100, 1000, 10_000];
const fileSizes = flags.quick ? [100, 300] : [100, 1000];
const results = { sizes, fileSizes };
const peer = !flags['no-peer'];
const started = performance.now();
try {
  const build = await run(process.execPath, ['esbuild.mjs'], { cwd: root });
  if (build.code !== 0 || !existsSync(path.join(root, 'dist/server.js'))) fail(`the build failed:\n${build.output}`);
  if (peer && only.has('servers')) await ensurePeer();
  const bundle = await bundleEngine(temporaryFolder());
  if (only.has('index')) results.index = await section('cold index', 'cold-index', { bundle, sizes, fileSizes });
  if (only.has('first-run')) results.firstRun = await firstRun(bundle, 1000);
  if (only.has('memory')) {
    results.memory = [];
    for (const size of sizes) results.memory.push(await section(`memory of ${size}`, 'memory', { bundle, size }));
  }
  if (only.has('keystroke')) {
    results.keystroke = await section('keys, in the engine', 'keystroke', { bundle, sizes, fileSizes });
  }
  if (only.has('preview')) results.preview = await section('the preview', 'preview', { bundle, sizes });
  if (only.has('servers')) {
    results.servers = await section('keys, over LSP', 'servers', { bundle, sizes, fileSizes, peer });
  }
} catch (error) {
  fail(error.message);
}

const text = page(results, { node: process.version, cores: availableParallelism() });
console.log(text);
console.log(`Measured in ${Math.round((performance.now() - started) / 1000)} s.`);
if (flags.write) writeFileSync(path.join(root, 'docs/benchmarks.md'), text);
const failed = bars(results).filter(({ fatal, holds }) => fatal && !holds);
for (const { name, measured } of failed) console.error(`Grows faster than its input: ${name}: ${measured}`);
process.exit(failed.length > 0 ? 1 : 0);

function section(name, file, parameters) {
  console.log(`Measuring: ${name} …`);
  return runSection(file, parameters);
}

/** Processes of their own in turn, since a process starts only once. */
async function firstRun(bundle, size) {
  console.log('Measuring: cold index in new processes …');
  const times = { parse: [], index: [] };
  for (let round = 0; round < 5; round++) {
    for (const subject of ['parse', 'index'])
      times[subject].push(await runSection('first-run', { bundle, size, subject }));
  }
  return { size, parse: median(times.parse), index: median(times.index) };
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
