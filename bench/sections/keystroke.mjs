// From a key to the diagnostics of the open file, and to completion, in the engine: does the workspace's size count?
import { checkAll, indexAll, loadEngine } from '../engine.mjs';
import { generateFile, generateWorkspace } from '../generate.mjs';
import { COMPLETIONS, EDITS, offsetBehind, typist } from '../keystrokes.mjs';
import { medians } from '../measure.mjs';
import { serveSection } from '../section.mjs';

await serveSection(async ({ bundle, sizes, fileSizes }) => {
  const { Engine, model } = loadEngine(bundle);
  const engines = sizes.map((size) => {
    const files = generateWorkspace(size);
    return { name: `${size}`, ...start(files), uriOf: ({ file }) => file ?? EDITS[0].file };
  });
  const single = fileSizes.map((size) => ({
    name: `${size} in one file`,
    ...start(new Map([['all.yaml', generateFile(size)]])),
    uriOf: () => 'all.yaml',
  }));
  const edits = [];
  const completions = [];
  for (const [subjects, rounds] of [
    [engines, 60],
    [single, 20],
  ]) {
    const options = { rounds, warmUp: rounds };
    for (const place of EDITS)
      edits.push({ place: place.name, times: await medians(typing(subjects, place), options) });
    for (const place of COMPLETIONS) {
      completions.push({ place: place.name, times: await medians(completing(subjects, place), options) });
    }
  }
  return { edits: merge(edits), completions: merge(completions) };

  function start(files) {
    const engine = new Engine({ model });
    indexAll(engine, files);
    checkAll(engine);
    return { engine, files };
  }

  function typing(subjects, place) {
    return each(subjects, place, (engine, uri, keys) => () => {
      const { text } = keys.press();
      const start = performance.now();
      engine.apply([{ type: 'edit', uri, text }]);
      engine.snapshot().diagnostics(uri);
      return performance.now() - start;
    });
  }

  function completing(subjects, place) {
    return each(subjects, place, (engine, uri, keys) => () => {
      const { text, cursor } = keys.press();
      const start = performance.now();
      engine.apply([{ type: 'edit', uri, text }]);
      engine.snapshot().completion(uri, cursor);
      return performance.now() - start;
    });
  }

  function each(subjects, place, make) {
    return Object.fromEntries(
      subjects.map(({ name, engine, files, uriOf }) => {
        const uri = uriOf(place);
        const before = files.get(uri);
        const offset = offsetBehind(before, place.behind);
        const text = before.slice(0, offset) + (place.before ?? '') + before.slice(offset);
        engine.apply([{ type: 'edit', uri, text }]);
        // What was made out of date by the last place is made up for, as the editor's own pull does.
        checkAll(engine);
        return [name, make(engine, uri, typist(text, offset + (place.before ?? '').length))];
      }),
    );
  }
});

/** One row a place. */
function merge(rows) {
  const merged = new Map();
  for (const { place, times } of rows) merged.set(place, { ...merged.get(place), ...times });
  return [...merged].map(([place, times]) => ({ place, times }));
}
