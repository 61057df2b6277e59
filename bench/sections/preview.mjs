// From a key to the diagnostics, and to the pod that will run beside it: what the preview costs beyond the key.
import { checkAll, indexAll, loadEngine } from '../engine.mjs';
import { generateWorkspace, OPEN_FILE } from '../generate.mjs';
import { offsetBehind, typist } from '../keystrokes.mjs';
import { medians } from '../measure.mjs';
import { serveSection } from '../section.mjs';

const PRESET_FILE = 'teams/shop/dev/preset.yaml';

/** What changes every pod of the team's namespace. */
const presetIn = (namespace) => `apiVersion: redhatcop.redhat.io/v1alpha1
kind: PodPreset
metadata:
  name: allow-database
  namespace: ${namespace}
spec:
  selector: {}
  env:
    - name: CACHE_PORT
      value: "6379"
  volumeMounts:
    - name: preset-cache
      mountPath: /var/preset-cache
  volumes:
    - name: preset-cache
      emptyDir: {}
`;

const IMAGE = 'image: registry.example.com/shop/orders:1.0.0';

const PLACES = [
  { name: 'image tag, in the pod', file: OPEN_FILE, behind: IMAGE },
  { name: "variable's value, in the preset", file: PRESET_FILE, behind: 'value: "6379' },
];

/** As the editor shows it by default, and with all that can be shown. */
const LAYERS = { presets: ['presets'], all: ['presets', 'defaults', 'admission', 'controller'] };

await serveSection(async ({ bundle, sizes }) => {
  const { Engine, model } = loadEngine(bundle);
  const engines = sizes.map((size) => {
    const files = generateWorkspace(size);
    const namespace = /^ {2}namespace: (\S+)$/m.exec(files.get(OPEN_FILE))?.[1];
    files.set(PRESET_FILE, presetIn(namespace));
    const engine = new Engine({ model });
    indexAll(engine, files);
    checkAll(engine);
    // The preview is of the pod in the open file, wherever is typed.
    engine.apply([{ type: 'edit', uri: OPEN_FILE, text: files.get(OPEN_FILE) }]);
    const offset = offsetBehind(files.get(OPEN_FILE), IMAGE);
    const shown = engine.snapshot().preview(OPEN_FILE, offset, LAYERS.presets);
    if (!shown?.lines.some(({ text }) => text.includes('CACHE_PORT'))) throw new Error('the preset changes no pod');
    return { size, engine, files, offset };
  });
  const rows = [];
  for (const place of PLACES) {
    const subjects = {};
    for (const { size, engine, files, offset } of engines) {
      const before = files.get(place.file);
      const keys = typist(before, offsetBehind(before, place.behind));
      const press = (layers) => () => {
        const { text } = keys.press();
        const start = performance.now();
        engine.apply([{ type: 'edit', uri: place.file, text }]);
        const snapshot = engine.snapshot();
        snapshot.diagnostics(place.file);
        const told = performance.now();
        if (!layers) return told - start;
        snapshot.preview(OPEN_FILE, offset, layers);
        return performance.now() - told;
      };
      subjects[`${size} key`] = press(undefined);
      subjects[`${size} presets`] = press(LAYERS.presets);
      subjects[`${size} all`] = press(LAYERS.all);
    }
    rows.push({ place: place.name, times: await medians(subjects, { rounds: 60, warmUp: 60 }) });
  }
  return rows;
});
