import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { packsBeside } from '../../src/host/schema-file.ts';
import { ApiModel } from '../../src/schema/api-model.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const DATA = join(ROOT, 'dist', 'schema.json.br');
const GENERATOR = join(ROOT, 'scripts', 'build-schema.mjs');

let model: ApiModel | undefined;

/** The API model that is shipped: read from dist, where it is built first if it is missing or older than its generator. */
export function realModel(): ApiModel {
  model ??= ApiModel.parse(realSchemaText(), packsBeside(DATA));
  return model;
}

/** The same without custom resources. */
export function builtInModel(): ApiModel {
  return ApiModel.parse(realSchemaText());
}

/** The unpacked text of a pack of custom resources. */
export const realPack = packsBeside(DATA);

/** The unpacked text of dist/schema.json.br. */
export function realSchemaText(): string {
  if (isStale()) execFileSync(process.execPath, [GENERATOR], { stdio: 'pipe' });
  return brotliDecompressSync(readFileSync(DATA)).toString('utf8');
}

function isStale(): boolean {
  if (!existsSync(DATA)) return true;
  const parts = join(ROOT, 'scripts', 'schema');
  const inputs = [GENERATOR, join(ROOT, 'package.json'), ...readdirSync(parts).map((name) => join(parts, name))];
  const built = statSync(DATA).mtimeMs;
  return inputs.some((input) => statSync(input).mtimeMs > built);
}
