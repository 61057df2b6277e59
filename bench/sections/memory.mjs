// What the heap holds of a workspace whose files are all closed.
import { checkAll, indexAll, loadEngine } from '../engine.mjs';
import { generateWorkspace } from '../generate.mjs';
import { serveSection } from '../section.mjs';

await serveSection(async ({ bundle, size }) => {
  const { Engine, model } = loadEngine(bundle);
  // The model resolves its schemas when they are first needed: that isn't the workspace's memory.
  const other = new Engine({ model });
  indexAll(other, generateWorkspace(100));
  checkAll(other);
  const files = generateWorkspace(size);
  const before = heap();
  const engine = new Engine({ model });
  indexAll(engine, files);
  const indexed = heap();
  checkAll(engine);
  const checked = heap();
  // The texts are in the engine, too, as the same strings.
  const texts = [...files.values()].reduce((sum, text) => sum + text.length, 0);
  return {
    size,
    files: files.size,
    texts,
    indexed: indexed - before,
    checked: checked - before,
    of: engine.snapshot().files().length,
  };
});

function heap() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
