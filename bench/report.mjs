// What the measurements come to: the bars, and docs/benchmarks.md.
import { median } from './measure.mjs';
import { PEER_DELAY, PEER_VERSION } from './peer.mjs';

const NEAR = 1 / 20;
const NOT_GROWING = 1.5;
/** What the preview may cost beyond the key. */
const PREVIEWED = 2;
/** For ten times the input: a quadratic cost gives 10, and a busy machine doesn't fail the run. */
const LINEAR = 3;

/**
 * @param {object} results of each section, by its name; sections that were left out are undefined
 * @returns {{ name: string, must: string, measured: string, holds: boolean, fatal: boolean }[]}
 */
export function bars({ sizes, fileSizes, index, firstRun, keystroke, preview, servers }) {
  const smallest = sizes[0];
  const largest = sizes.at(-1);
  const result = [];
  const bar = (name, must, value, limit, { detail = '', fatal = false, show = ratio } = {}) =>
    result.push({ name, must, measured: `${show(value)}${detail && ` (${detail})`}`, holds: value <= limit, fatal });

  if (index) {
    for (const row of index.filter(({ name }) => sizes.includes(Number(name)))) {
      bar(`Cold index of ${count(row.resources)} resources, to the bare parse`, '≤ 1.5', row.index / row.parse, 1.5);
    }
  }
  if (firstRun) {
    const value = firstRun.index / firstRun.parse;
    bar(`The same for ${count(firstRun.size)}, each in a process just started`, '≤ 1.5', value, 1.5);
  }
  const growth = (rows, what) => {
    const worst = worstOf(rows, ({ times }) => times[largest] / times[smallest]);
    if (!worst || smallest === largest) return;
    const name = `${what}: ${count(largest)} resources to ${count(smallest)}`;
    bar(name, '≤ 1.5 everywhere', worst.value, NOT_GROWING, { detail: `most: ${worst.place}` });
  };
  if (keystroke) {
    growth(keystroke.edits, 'Key → diagnostics in the engine');
    growth(keystroke.completions, 'Key → completion in the engine');
  }
  if (preview) {
    const worst = worstOf(preview, ({ times }) => 1 + times[`${largest} presets`] / times[`${largest} key`]);
    bar(
      `Key → diagnostics and preview, ${count(largest)} resources, to the diagnostics alone`,
      `≤ ${PREVIEWED} everywhere`,
      worst.value,
      PREVIEWED,
      { detail: `most: ${worst.place}` },
    );
  }
  if (servers) {
    growth(servers.edits, 'Key → diagnostics over LSP');
    growth(servers.completions, 'Key → completion over LSP');
    const against = (rows, name, own, peer, extra) => {
      const worst = worstOf(rows, ({ times }) => times[own] / (times[peer] + extra));
      if (worst) bar(name, '≤ 1/20 everywhere', worst.value, NEAR, { detail: `most: ${worst.place}`, show: fraction });
    };
    const files = [
      { of: `a file of 10 in ${count(largest)} resources`, own: largest, peer: 'peer' },
      ...fileSizes.map((size) => ({
        of: `a file of ${count(size)}`,
        own: `${size} in one file`,
        peer: `peer, ${size} in one file`,
      })),
    ];
    for (const { of, own, peer } of files) {
      against(servers.edits, `Key → diagnostics, ${of}, to the peer`, own, peer, PEER_DELAY);
      against(servers.edits, `  to the peer without its wait of ${PEER_DELAY} ms`, own, peer, 0);
      against(answered(servers.completions), `Key → completion, ${of}, to the peer`, own, peer, 0);
    }
  }
  const linear = (name, value) => bar(name, `≤ ${LINEAR}, or the run fails`, value, LINEAR, { fatal: true });
  const [few, many] = [fileSizes[0], fileSizes.at(-1)];
  if (index && many > few) {
    const of = (name) => index.find((row) => row.name === name);
    const perCharacter = (row) => row.index / row.characters;
    const [a, b] = [of(`${few} in one file`), of(`${many} in one file`)];
    linear(
      `Index, cost of a document: file of ${count(many)} to file of ${count(few)}`,
      perCharacter(b) / perCharacter(a),
    );
    const perResource = ({ judged, check, resources }) => (judged + check) / resources;
    const [c, d] = [of(`${sizes.at(-2) ?? smallest}`), of(`${largest}`)];
    linear(
      `Index and diagnostics, cost of a resource: ${count(d.resources)} to ${count(c.resources)}`,
      perResource(d) / perResource(c),
    );
  }
  if (keystroke && many > few) {
    const scale = many / few;
    const all = keystroke.edits.map(({ times }) => times[`${many} in one file`] / times[`${few} in one file`] / scale);
    linear(`Key → diagnostics, cost of a document: file of ${count(many)} to file of ${count(few)}`, median(all));
  }
  return result;
}

/** The page. */
export function page(results, machine) {
  const { sizes, fileSizes, index, firstRun, keystroke, preview, servers, memory } = results;
  const verdicts = bars(results);
  const parts = [
    `# Benchmarks

<!-- Made by npm run bench -- --write; change bench/report.mjs instead. -->

\`npm run bench -- --write\` measures all this and writes this page: Node ${machine.node}, ${machine.cores} cores. Times are medians in milliseconds, after a warm-up; what is compared takes turns in the same run. Other work on the machine moves the times far more than the ratios.

## What must hold

${table(
  ['', 'must be', 'is', ''],
  verdicts.map(({ name, must, measured, holds }) => [name.trim(), must, measured, holds ? 'holds' : '**missed**']),
)}

The peer is yaml-language-server ${PEER_VERSION}. Only growth that isn't linear makes the run fail.`,
  ];
  if (index) {
    const rows = index.map((row) => [
      row.name.includes('file') ? `${count(row.resources)} in one file` : count(row.resources),
      count(row.files),
      `${count(Math.round(row.characters / 1000))} kB`,
      ms(row.parse),
      ms(row.index),
      ratio(row.index / row.parse),
      ms(row.judged),
      ratio(row.judged / row.parse),
      ms(row.check),
    ]);
    parts.push(`## Cold index

The engine is told of every file: it parses, extracts what each resource defines and uses, and builds the graph. What each document's own text proves, against the schema and as the API server judges it, is found on the way while its tree is at hand: the columns of "judged" are the index with that. The bare parse is \`parseAllDocuments\` of the \`yaml\` package, with its defaults, over the same text. The wiring of all files is checked after that.

${table(['resources', 'files', 'text', 'bare parse', 'index', 'ratio', 'judged', 'ratio', 'wiring'], rows)}`);
  }
  if (firstRun) {
    parts.push(
      `In a process that has just started, where nothing is compiled yet, ${count(firstRun.size)} resources take ${ms(firstRun.index)} ms to index and ${ms(firstRun.parse)} ms to parse: ${ratio(firstRun.index / firstRun.parse)}.`,
    );
  }
  if (keystroke) {
    const head = ['typed in', ...sizes.map(count), 'growth', ...fileSizes.map((size) => `file of ${count(size)}`)];
    const rows = (list) =>
      list.map(({ place, times }) => [
        place,
        ...sizes.map((size) => ms(times[size])),
        ratio(times[sizes.at(-1)] / times[sizes[0]]),
        ...fileSizes.map((size) => ms(times[`${size} in one file`])),
      ]);
    parts.push(`## From a key to the answer, in the engine

A character is typed or deleted in a file of ten resources (three for the last place) in workspaces of ${list(sizes.map(count))} resources, whose diagnostics are all known; then the diagnostics of that file are asked for.

${table(head, rows(keystroke.edits))}

Completion, with the key before it:

${table(head, rows(keystroke.completions))}`);
  }
  if (preview) {
    const rows = preview.flatMap(({ place, times }) =>
      sizes.map((size) => {
        const [key, presets, all] = ['key', 'presets', 'all'].map((what) => times[`${size} ${what}`]);
        return [place, count(size), ms(key), ms(presets), ratio(1 + presets / key), ms(all), ratio(1 + all / key)];
      }),
    );
    parts.push(`## The pod that will run, at every key

A character is typed or deleted in a pod, or in a PodPreset that every pod of its namespace gets; then the diagnostics of that file are asked for, and behind them the preview of the pod: what that costs beyond the key, and both together to the key alone. It is shown with what presets bring, and with all layers.

${table(['typed in', 'resources', 'key', 'presets, beyond', 'ratio', 'all layers, beyond', 'ratio'], rows)}`);
  }
  if (servers) {
    const head = ['typed in', ...sizes.map(count), 'peer', 'ratio'];
    const small = (rows, wait) =>
      rows.map(({ place, times }) => {
        const own = times[sizes.at(-1)];
        const cells = [place, ...sizes.map((size) => ms(times[size])), ms(times.peer), fraction(own / times.peer)];
        return wait ? [...cells, fraction(own / (times.peer + PEER_DELAY))] : cells;
      });
    const fileRows = (rows, what, wait) =>
      fileSizes.flatMap((size) =>
        rows
          .filter(({ times }) => times[`peer, ${size} in one file`])
          .map(({ place, times }) => {
            const [own, peer] = [times[`${size} in one file`], times[`peer, ${size} in one file`]];
            return [
              count(size),
              what,
              place,
              ms(own),
              ms(peer),
              fraction(own / peer),
              fraction(own / (peer + (wait ? PEER_DELAY : 0))),
            ];
          }),
      );
    const items = servers.completions.map(
      ({ place, items: found }) => `${place} ${found[sizes[0]]} and ${found.peer ?? '–'}`,
    );
    parts.push(`## From a key to the answer, over LSP

Podwire's built server and the peer each get the same incremental change over standard input and output. Podwire is then asked for the file's diagnostics; the peer sends them by itself.

- The peer runs with its own setting \`yaml.schemas: { kubernetes: … }\`. The schema that this names is on the network; the peer asks its client for the content, as it does in VS Code, and gets Podwire's API model as a JSON schema of the same layout (\`all.json\`, \`_definitions.json\`): the same kinds, fields, types, enums and descriptions. The schema store is off.
- It waits ${PEER_DELAY} ms after a change before it validates. That wait is taken out of the column “peer” (by a preload, bench/peer/no-delay.cjs) and is in the last ratio only.
- The peer knows no wiring: it checks the open file by the schema alone. Before anything is measured, both must have found the misspelt field of the file.

### A file of ten resources

${table([...head, `with its wait`], small(servers.edits, true))}

Completion:

${table(head, small(servers.completions, false))}

Offered by Podwire and by the peer: ${items.join('; ')}. Where the peer offers nothing the ratio isn't judged.

### All in one file

${table(['resources', 'answer', 'typed in', 'Podwire', 'peer', 'ratio', 'with its wait'], [...fileRows(servers.edits, 'diagnostics', true), ...fileRows(servers.completions, 'completion', false)])}`);
  }
  if (memory) {
    const rows = memory.map(({ size, texts, indexed, checked }) => [
      count(size),
      mb(texts),
      mb(indexed),
      mb(checked),
      mb((checked * 1000) / size),
    ]);
    parts.push(`## Memory

What the heap holds after a collection, all files closed, without the API model. The texts themselves (a byte a character) were there before and aren't counted in the last three columns.

${table(['resources', 'texts, MB', 'indexed, MB', 'and all diagnostics known, MB', 'per 1,000 resources, MB'], rows)}`);
  }
  return `${parts.join('\n\n')}\n`;
}

/** The places where the peer has something to offer: an empty answer is no measure. */
const answered = (rows) => rows.filter(({ items }) => items.peer > 0);

function worstOf(rows, measure) {
  let worst;
  for (const row of rows) {
    const value = measure(row);
    if (Number.isFinite(value) && (!worst || value > worst.value)) worst = { place: row.place, value };
  }
  return worst;
}

const table = (head, rows) =>
  [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const ms = (value) =>
  value === undefined ? '–' : value >= 100 ? count(Math.round(value)) : value.toFixed(value < 10 ? 2 : 1);
const mb = (bytes) => (bytes / 1e6).toFixed(1);
const ratio = (value) => value.toFixed(2);
const fraction = (value) =>
  Number.isNaN(value) ? '–' : value < 0.5 ? `1/${(1 / value).toFixed(value < 0.1 ? 0 : 1)}` : value.toFixed(2);
const count = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ',');
const list = (items) => (items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`);
