import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress, brotliDecompressSync } from 'node:zlib';
import { ApiModel } from '../schema/api-model.ts';
import { describeFsError } from './fs-error.ts';

export interface LoadedModel {
  readonly model: ApiModel;
  /** Why the model is empty; undefined where it isn't. */
  readonly problem: string | undefined;
}

/**
 * Reads the API model from `schema.json.br`, which lies beside the bundle (or in dist/, where the sources run
 * unbundled). Never throws: without a usable file the model is empty, and nothing is judged by it.
 */
export async function loadApiModel(files: readonly string[] = schemaFiles()): Promise<LoadedModel> {
  let problem = 'no schema.json.br beside the program';
  for (const file of files) {
    try {
      const json = await promisify(brotliDecompress)(await readFile(file));
      return {
        model: ApiModel.parse(json.toString('utf8'), packsBeside(file)),
        problem: undefined,
      };
    } catch (error) {
      const missing = describeFsError(error) === 'no such file or folder';
      if (!missing) problem = `${file} can't be read: ${describeFsError(error)}`;
    }
  }
  return { model: ApiModel.empty, problem };
}

/** The packs of custom resources, small and read when such a resource first appears. */
export function packsBeside(file: string): (name: string) => string | undefined {
  return (name) => {
    try {
      return brotliDecompressSync(readFileSync(path.join(path.dirname(file), 'packs', `${name}.json.br`))).toString();
    } catch {
      return undefined;
    }
  };
}

function schemaFiles(): readonly string[] {
  const name = 'schema.json.br';
  return [path.join(import.meta.dirname, name), path.join(import.meta.dirname, '../../../dist', name)];
}
