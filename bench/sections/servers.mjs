// From a key to the diagnostics, and to completion, over LSP: Podwire's built server and yaml-language-server in turn.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from '../../scripts/lib/processes.mjs';
import { loadEngine, root } from '../engine.mjs';
import { generateFile, generateWorkspace, OPEN_FILE } from '../generate.mjs';
import { COMPLETIONS, EDITS, offsetBehind, typist } from '../keystrokes.mjs';
import { LanguageClient } from '../language-client.mjs';
import { medians } from '../measure.mjs';
import { PEER_DELAY, startPeer } from '../peer.mjs';
import { serveSection } from '../section.mjs';

await serveSection(async ({ bundle, sizes, fileSizes, peer: withPeer }) => {
  const { model } = loadEngine(bundle);
  const edits = [];
  const completions = [];

  // The same small file in workspaces of every size. The peer reads open files only: the size is nothing to it.
  const servers = [];
  for (const size of sizes) servers.push(await podwire(`${size}`, generateWorkspace(size), OPEN_FILE));
  const places = EDITS.filter(({ file }) => file === OPEN_FILE);
  await compare(servers, 'peer', generateWorkspace(sizes[0]), OPEN_FILE, places, COMPLETIONS, {
    rounds: 40,
    warmUp: 60,
  });

  for (const size of fileSizes) {
    const files = new Map([['all.yaml', generateFile(size)]]);
    const name = `${size} in one file`;
    const own = await podwire(name, files, 'all.yaml');
    const long = size >= 1000;
    const where = [places.slice(0, 2), COMPLETIONS.slice(0, 2)];
    await compare([own], `peer, ${name}`, files, 'all.yaml', ...where, {
      rounds: long ? 5 : 10,
      warmUp: long ? 2 : 10,
    });
  }
  return { edits: merge(edits), completions: merge(completions) };

  async function compare(servers, peerName, files, open, edited, asked, options) {
    const others = withPeer ? [await peer(peerName, files, open, { delay: false })] : [];
    for (const place of edited) {
      edits.push({ place: place.name, times: await medians(await typing([...servers, ...others], place), options) });
    }
    // Its completion is asked for before it validates, as in an editor, so here its delay has to stay.
    const waiting = withPeer ? [await peer(peerName, files, open, { delay: true })] : [];
    for (const place of asked) {
      const items = {};
      const subjects = await completing([...servers, ...waiting], place, items);
      completions.push({ place: place.name, times: await medians(subjects, options), items });
    }
    await Promise.all([...servers, ...others, ...waiting].map(({ client }) => client.stop()));
  }

  function typing(subjects, place) {
    return each(subjects, place, ({ client, uri, diagnostics }, keys) => async () => {
      const { change } = keys.press();
      const pushed = diagnostics.pushed?.();
      const start = performance.now();
      await client.change(uri, change);
      await (pushed ?? diagnostics.pull());
      return performance.now() - start;
    });
  }

  function completing(subjects, place, items) {
    return each(subjects, place, ({ name, client, uri, diagnostics }, keys) => async () => {
      const { change, position } = keys.press();
      const pushed = diagnostics.pushed?.();
      const start = performance.now();
      await client.change(uri, change);
      const found = await client.complete(uri, position);
      const time = performance.now() - start;
      items[name] = found.length;
      // A slow answer outlasts the peer's delay: its validation must not stand in the way of the next key. A quick
      // one doesn't, and the next key puts the validation off.
      if (time > PEER_DELAY / 4) await pushed;
      return time;
    });
  }

  async function each(subjects, place, make) {
    const entries = [];
    for (const subject of subjects) {
      const { client, uri, diagnostics, text: before } = subject;
      const offset = offsetBehind(before, place.behind);
      const text = before.slice(0, offset) + (place.before ?? '') + before.slice(offset);
      const pushed = diagnostics.pushed?.();
      await client.change(uri, { text });
      await (pushed ?? diagnostics.pull());
      entries.push([subject.name, make(subject, typist(text, offset + (place.before ?? '').length))]);
    }
    return Object.fromEntries(entries);
  }

  async function podwire(name, files, open) {
    const folder = write(files);
    const client = new LanguageClient([path.join(root, 'dist/server.js'), '--stdio'], {
      'workspace/configuration': ({ items }) => items.map(() => null),
    });
    const indexed = client.progressEnd();
    await client.start(pathToFileURL(folder).href);
    await indexed;
    // As VS Code does: after this every file's diagnostics are known.
    await client.request('workspace/diagnostic', { previousResultIds: [] });
    return ready(name, client, pathToFileURL(path.join(folder, open)).href, files.get(open), (uri) => ({
      pull: () => client.pull(uri),
    }));
  }

  async function peer(name, files, open, options) {
    const folder = write(files);
    const client = await startPeer(pathToFileURL(folder).href, model, options);
    return ready(name, client, pathToFileURL(path.join(folder, open)).href, files.get(open), (uri) => ({
      pushed: () => client.pushed(uri),
    }));
  }

  async function ready(name, client, uri, text, diagnosticsOf) {
    const diagnostics = diagnosticsOf(uri);
    const pushed = diagnostics.pushed?.();
    await client.open(uri, text);
    const found = await (pushed ?? diagnostics.pull());
    // Both must have understood what the file is, or the comparison means nothing.
    if (!found.some(({ message }) => message.includes('imagePullPolcy'))) {
      throw new Error(`${name} doesn't know the schema: ${JSON.stringify(found.slice(0, 3))}`);
    }
    return { name, client, uri, text, diagnostics };
  }

  function write(files) {
    const folder = temporaryFolder();
    for (const [file, text] of files) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    }
    return folder;
  }
});

/** One row a place. */
function merge(rows) {
  const merged = new Map();
  for (const { place, times, items } of rows) {
    const before = merged.get(place);
    merged.set(place, { times: { ...before?.times, ...times }, items: { ...before?.items, ...items } });
  }
  return [...merged].map(([place, row]) => ({ place, ...row }));
}
