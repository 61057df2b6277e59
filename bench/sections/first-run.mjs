// One index, or one bare parse, of a workspace in a process that has done nothing before.
import { parseAllDocuments } from 'yaml';
import { indexAll, loadEngine } from '../engine.mjs';
import { generateWorkspace } from '../generate.mjs';
import { serveSection } from '../section.mjs';

await serveSection(async ({ bundle, size, subject }) => {
  const files = generateWorkspace(size);
  const { IndexOnly, model } = loadEngine(bundle);
  const start = performance.now();
  if (subject === 'parse') for (const text of files.values()) parseAllDocuments(text);
  else indexAll(new IndexOnly({ model }), files);
  return performance.now() - start;
});
