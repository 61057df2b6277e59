// Prints on which of the API server's verdicts (test-fixtures/verdicts) Podwire judges otherwise.
//   npm run verdicts -- [TEXT]   only rows whose name holds TEXT ("Pod spec.containers")
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const fixture = (name) => readFileSync(path.join(root, 'test-fixtures/verdicts', name), 'utf8');
const only = process.argv[2] ?? '';
const temporary = mkdtempSync(path.join(tmpdir(), 'podwire-verdicts-'));
try {
  const outfile = path.join(temporary, 'verdicts.mjs');
  await build({
    stdin: {
      contents: `export { ApiModel } from './server/src/schema/api-model.ts';
        export { disagrees, judgeAll } from './server/test/validation/verdicts.ts';`,
      resolveDir: root,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  const { ApiModel, disagrees, judgeAll } = await import(pathToFileURL(outfile));
  const model = ApiModel.parse(brotliDecompressSync(readFileSync(path.join(root, 'dist/schema.json.br'))).toString());
  const rows = JSON.parse(fixture('verdicts.json'));
  const counts = {};
  let inPlace = 0;
  let refused = 0;
  for (const verdict of judgeAll(model, fixture('manifests.yaml'), rows)) {
    if (!verdict.name.includes(only)) continue;
    const how = disagrees(verdict) || 'agreed';
    counts[how] = (counts[how] ?? 0) + 1;
    if (verdict.refused) refused++;
    if (verdict.refused && verdict.inPlace) inPlace++;
    if (how === 'agreed') continue;
    const detail =
      how === 'missed' ? `server: ${verdict.named}` : verdict.errors.map(({ message }) => message).join(' | ');
    console.log(`${how.padEnd(11)} ${verdict.name}  ${detail.slice(0, 140)}`);
  }
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  console.log(
    counts,
    `${((100 * (counts.agreed ?? 0)) / total).toFixed(2)} % agreed;`,
    `at the bent field's or its parent's line: ${inPlace} of ${refused}`,
  );
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
