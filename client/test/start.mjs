// npm start, from its address to Ctrl-C.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { launchBrowser } from '../../scripts/lib/browser.mjs';
import { fixtures, out, root } from '../../scripts/lib/paths.mjs';
import { removeTemporaryFolder, run, spawnGroup, temporaryFolder } from '../../scripts/lib/processes.mjs';
import { Workbench } from './ui/workbench.mjs';

const PATIENCE_MS = 60_000;

const TESTS = {
  'npm start refuses a folder that is not there': async () => {
    const { code, output } = await run(process.execPath, ['scripts/start.mjs', 'no/such/folder'], { cwd: root });
    assert.equal(code, 2);
    assert.match(output, /^No such folder: .*folder\n$/);
  },
  'npm start opens the example, and Ctrl-C leaves nothing': opensAndEnds,
};

/** @returns the tests: `{ title, passed, milliseconds, error? }` */
export async function runStart() {
  const results = [];
  for (const [title, test] of Object.entries(TESTS)) {
    const began = Date.now();
    const error = await test().then(
      () => undefined,
      (reason) => reason.stack,
    );
    results.push({ title, passed: error === undefined, milliseconds: Date.now() - began, error });
  }
  return results;
}

async function opensAndEnds() {
  const temporary = temporaryFolder();
  const env = { ...process.env, TMPDIR: temporary };
  const child = spawnGroup(process.execPath, ['scripts/start.mjs', '--no-open'], { cwd: root, env });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let browser;
  try {
    const address = await until(
      () => /http:\S+/.exec(output)?.[0],
      () => `an address in: ${output}`,
    );
    assert.equal(new URL(address).hostname, '127.0.0.1');
    browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(PATIENCE_MS);
    const workbench = new Workbench(page, path.join(fixtures, 'wordpress/broken/wordpress.yaml'));
    await workbench.open(address);
    await workbench.squiggles
      .first()
      .waitFor()
      .catch(async (error) => {
        await page.screenshot({ path: path.join(out, 'start-failure.png') });
        throw error;
      });
    assert.ok(
      processesOf(temporary).length > 1 || process.platform !== 'linux',
      'server, extension host, language server',
    );

    child.kill('SIGINT');
    assert.equal(await ended, 130);
    await assert.rejects(fetch(address), 'nothing answers any more');
    await until(
      () => processesOf(temporary).length === 0,
      () => `the end of ${processesOf(temporary).join(', ')}`,
    );
    assert.deepEqual(readdirSync(temporary), []);
  } finally {
    await browser?.close();
    child.kill('SIGTERM');
    await ended;
    removeTemporaryFolder(temporary);
  }
}

/** What runs with this temporary folder, or one below it; known on Linux alone. */
function processesOf(folder) {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').filter((id) => {
    if (!/^\d+$/.test(id)) return false;
    try {
      return readFileSync(`/proc/${id}/environ`, 'utf8').includes(`TMPDIR=${folder}`);
    } catch {
      return false; // Ended meanwhile, or somebody else's.
    }
  });
}

async function until(probe, what) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = probe();
    if (answer) return answer;
    if (Date.now() > deadline) assert.fail(`waited in vain for ${what()}`);
    await delay(50);
  }
}
