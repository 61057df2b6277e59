import { mkdirSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { encode } from './schema/encode.mjs';
import { mergeSources } from './schema/merge.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** The API model as JSON, in the format that `ApiModel.parse` reads. The same packages give the same text. */
export function buildSchema() {
  return encode(mergeSources(join(ROOT, 'node_modules')));
}

/** Compresses the JSON as dist/schema.json.br holds it. */
export function pack(json) {
  const bytes = Buffer.from(json);
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

// node scripts/build-schema.mjs [output]
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const output = resolve(process.argv[2] ?? join(ROOT, 'dist', 'schema.json.br'));
  const json = buildSchema();
  const packed = pack(json);
  mkdirSync(dirname(output), { recursive: true });
  // Renamed into place: whoever reads meanwhile gets the old file or the new one.
  const partial = `${output}.${process.pid}`;
  writeFileSync(partial, packed);
  renameSync(partial, output);
  const kilobytes = (size) => `${Math.round(size / 1000)} kB`;
  console.log(`schema: ${kilobytes(Buffer.byteLength(json))} of JSON, ${kilobytes(packed.length)} packed`);
}
