import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { loadApiModel } from '../../src/host/schema-file.ts';
import { podwireVersion } from '../../src/host/version.ts';
import { ApiModel } from '../../src/schema/api-model.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('without the file the model is empty and it says so', async () => {
  const folder = await temporaryFolder();
  const { model, problem } = await loadApiModel([path.join(folder, 'schema.json.br')]);
  expect(model).toBe(ApiModel.empty);
  expect(problem).toBe('no schema.json.br beside the program');
});

test('a broken file is not fatal', async () => {
  const folder = await temporaryFolder({
    'torn.br': 'not brotli',
    'json.br': brotliCompressSync('{'),
  });
  for (const name of ['torn.br', 'json.br']) {
    const { model, problem } = await loadApiModel([path.join(folder, name)]);
    expect(model).toBe(ApiModel.empty);
    expect(problem).toContain(`${name} can't be read`);
  }
});

test('the version is that of the package', () => {
  expect(podwireVersion()).toMatch(/^\d+\.\d+\.\d+/);
  expect(podwireVersion()).not.toBe('0.0.0');
});
