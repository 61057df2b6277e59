// How long the first index of a workspace takes, against the bare YAML parse of the same text.
import { parseAllDocuments } from 'yaml';
import { checkAll, indexAll, loadEngine } from '../engine.mjs';
import { generateFile, generateWorkspace } from '../generate.mjs';
import { median, takeTurns } from '../measure.mjs';
import { serveSection } from '../section.mjs';

await serveSection(async ({ bundle, sizes, fileSizes }) => {
  const { Engine, IndexOnly, model } = loadEngine(bundle);
  const rows = [];
  for (const size of sizes) rows.push(await measure(`${size}`, size, generateWorkspace(size)));
  for (const size of fileSizes) {
    rows.push(await measure(`${size} in one file`, size, new Map([['all.yaml', generateFile(size)]])));
  }
  return rows;

  async function measure(name, resources, files) {
    const texts = [...files.values()];
    const characters = texts.reduce((sum, text) => sum + text.length, 0);
    const checks = [];
    let found = 0;
    const times = await takeTurns(
      {
        parse: () => {
          for (const text of texts) parseAllDocuments(text);
        },
        index: () => indexAll(new IndexOnly({ model }), files),
        judged: () => {
          const engine = new Engine({ model });
          const start = performance.now();
          indexAll(engine, files);
          const middle = performance.now();
          found = checkAll(engine);
          checks.push(performance.now() - middle);
          return middle - start;
        },
      },
      // About the same work for each size.
      resources >= 10_000
        ? { rounds: 3, warmUp: 1, collect: 'major' }
        : { rounds: resources >= 1000 ? 9 : 41, warmUp: 4, collect: 'major' },
    );
    const parse = median(times.parse);
    const index = median(times.index);
    const judged = median(times.judged);
    const check = median(checks.slice(-times.judged.length));
    return { name, resources, files: files.size, characters, diagnostics: found, parse, index, judged, check };
  }
});
