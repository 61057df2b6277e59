// Bends every name, key, port and label that wires two things in the fixture apps, one at a time, and reports per row
// of the wiring table how many of the bends an error or a warning marks. Fails where one goes unnoticed, and where a row
// is not bent at all; lists the rows that no whole app has.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const schemaFile = path.join(root, 'dist/schema.json.br');
if (!existsSync(schemaFile)) {
  console.error('dist/ is not built: run `npm run build` first.');
  process.exit(2);
}

/** Folders that are whole apps, and the rows' fixtures, each an app of its own. */
function* apps() {
  yield ['wordpress', folder(path.join(root, 'test-fixtures/wordpress/app'))];
  const shared = path.join(root, 'test-fixtures/apps');
  for (const name of existsSync(shared) ? readdirSync(shared).sort() : [])
    yield [name, folder(path.join(shared, name))];
  const rows = path.join(root, 'test-fixtures/rows');
  for (const name of readdirSync(rows).sort()) {
    const text = readFileSync(path.join(rows, name), 'utf8').replace(/^ *# *\^+ (?:use|definition)(?: \w+)?\n/gm, '');
    const parts = text.split(/^# file: (\S+)\n/m);
    const named = parts.length === 1 ? ['', 'main.yaml', text] : parts;
    const files = new Map();
    for (let i = 1; i < named.length; i += 2) files.set(`file:///${named[i]}`, named[i + 1]);
    yield [`rows/${name}`, files];
  }
}

function folder(base) {
  const files = new Map();
  for (const name of readdirSync(base, { recursive: true }).sort()) {
    const file = path.join(base, name);
    if (/\.ya?ml$/.test(name) && statSync(file).isFile()) files.set(`file:///${name}`, readFileSync(file, 'utf8'));
  }
  return files;
}

const temporary = mkdtempSync(path.join(tmpdir(), 'podwire-mutate-'));
try {
  const outfile = path.join(temporary, 'run.mjs');
  await build({
    entryPoints: [path.join(root, 'scripts/mutate/run.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  const { mutate, rowIds } = await import(pathToFileURL(outfile));
  const schema = brotliDecompressSync(readFileSync(schemaFile)).toString();
  const results = new Map();
  let inApps = new Set();
  for (const [name, files] of apps()) {
    if (name.startsWith('rows/') && inApps.size === 0) inApps = new Set(results.keys());
    mutate(name, files, schema, results);
  }
  const rows = [...results.values()].sort((a, b) => (a.row < b.row ? -1 : 1));
  const width = Math.max(...rows.map((row) => row.row.length));
  let bends = 0;
  let reported = 0;
  for (const row of rows) {
    bends += row.bends;
    reported += row.reported;
    console.log(`${row.row.padEnd(width)}  ${String(row.reported).padStart(4)} of ${String(row.bends).padStart(4)}`);
    for (const missed of row.missed) console.log(`${''.padEnd(width)}  missed ${missed}`);
  }
  console.log(
    `${'all'.padEnd(width)}  ${String(reported).padStart(4)} of ${String(bends).padStart(4)}  (${((100 * reported) / bends).toFixed(1)} %)`,
  );
  const missing = rowIds.filter((id) => !results.has(id));
  const onlyAlone = rowIds.filter((id) => results.has(id) && !inApps.has(id));
  console.log(`\nIn no whole app, only in the fixture of the row (${onlyAlone.length}): ${onlyAlone.join(', ')}`);
  if (missing.length > 0) console.log(`Not bent at all: ${missing.join(', ')}`);
  process.exitCode = reported === bends && missing.length === 0 ? 0 : 1;
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
