// The engine as the server has it: the sources bundled as in dist/, and the API model.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import { brotliDecompressSync } from 'node:zlib';
import * as esbuild from 'esbuild';

export const root = path.resolve(import.meta.dirname, '..');

/** Bundles the engine into a folder with the options of esbuild.mjs; returns the file's path. */
export async function bundleEngine(folder) {
  const outfile = path.join(folder, 'engine.cjs');
  await esbuild.build({
    absWorkingDir: root,
    stdin: {
      contents: `export { Engine } from './server/src/engine.ts';
        export { DiagnosticsCache } from './server/src/features/diagnostics.ts';
        export { ApiModel } from './server/src/schema/api-model.ts';`,
      resolveDir: root,
    },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'warning',
  });
  return outfile;
}

/** The bundle's engine, one that indexes and judges nothing meanwhile, and the model of dist/. */
export function loadEngine(bundle) {
  const { Engine, DiagnosticsCache, ApiModel } = createRequire(import.meta.url)(bundle);
  const packed = readFileSync(path.join(root, 'dist/schema.json.br'));
  const { prepare } = DiagnosticsCache.prototype;
  class IndexOnly extends Engine {
    apply(changes) {
      DiagnosticsCache.prototype.prepare = () => {};
      try {
        return super.apply(changes);
      } finally {
        DiagnosticsCache.prototype.prepare = prepare;
      }
    }
  }
  return { Engine, IndexOnly, model: ApiModel.parse(brotliDecompressSync(packed).toString('utf8')) };
}

/** Tells an engine of every file, as the server does at its start. */
export function indexAll(engine, files) {
  engine.apply([...files].map(([uri, text]) => ({ type: 'disk', uri, text })));
}

/** The diagnostics of every file; returns how many there are. */
export function checkAll(engine) {
  const snapshot = engine.snapshot();
  let count = 0;
  for (const uri of snapshot.files()) count += snapshot.diagnostics(uri).length;
  return count;
}
