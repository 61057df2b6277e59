import { mkdirSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { encode } from './schema/encode.mjs';
import { mergeSources, readPack } from './schema/merge.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** The operators whose custom resources are shipped: packages of @kubernetes-models, each a pack of its own. */
const PACKS = [
  'argo-cd',
  'cert-manager',
  'external-secrets',
  'flux-cd',
  'gateway-api',
  'istio',
  'keda',
  'prometheus-operator',
  'traefik',
];

/**
 * The API model as JSON, in the format that `ApiModel.parse` reads, and the packs of custom resources, which are read
 * when such a resource appears. The same packages give the same texts.
 *
 * @returns {{ model: string, packs: Map<string, string> }}
 */
export function buildSchema() {
  const modules = join(ROOT, 'node_modules');
  const merged = mergeSources(modules);
  const packs = PACKS.map((name) => [name, readPack(modules, name, merged.definitions)]);
  const groups = Object.fromEntries(
    packs.flatMap(([name, { kinds }]) => kinds.map(({ apiVersion }) => [apiVersion.split('/')[0], name])),
  );
  return {
    model: encode({ ...merged, packs: groups }),
    packs: new Map(packs.map(([name, pack]) => [name, encode(pack)])),
  };
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
  const { model, packs } = buildSchema();
  mkdirSync(join(dirname(output), 'packs'), { recursive: true });
  const kilobytes = (size) => `${Math.round(size / 1000)} kB`;
  const write = (file, json) => {
    const packed = pack(json);
    // Renamed into place: whoever reads meanwhile gets the old file or the new one.
    const partial = `${file}.${process.pid}`;
    writeFileSync(partial, packed);
    renameSync(partial, file);
    return packed.length;
  };
  const sizes = [...packs].map(([name, json]) => write(join(dirname(output), 'packs', `${name}.json.br`), json));
  console.log(`schema: ${kilobytes(Buffer.byteLength(model))} of JSON, ${kilobytes(write(output, model))} packed`);
  console.log(`packs: ${sizes.length}, ${kilobytes(sizes.reduce((sum, size) => sum + size, 0))} packed`);
}
