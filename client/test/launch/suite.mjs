import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { out, root } from '../../../scripts/lib/paths.mjs';
import { removeTemporaryFolder, temporaryFolder } from '../../../scripts/lib/processes.mjs';
import { ensureHost } from '../../../scripts/lib/setup.mjs';
import { findDesktop, runOnDesktop } from './desktop.mjs';

/**
 * Runs the mocha suite in a real VS Code, on a copy of its workspace, and says which VS Code that was.
 *
 * @returns the tests: `{ title, passed, milliseconds, error? }`
 */
export async function runSuite(log) {
  const results = path.join(out, 'suite.json');
  const folder = temporaryFolder();
  mkdirSync(out, { recursive: true });
  rmSync(results, { force: true });
  cpSync(path.join(root, 'client/test/workspace'), folder, { recursive: true });
  const options = { folder, suite: path.join(out, 'suite/index.cjs'), env: { PODWIRE_RESULTS: results } };
  let messages = '';
  try {
    const { executable, reason } = await findDesktop();
    if (executable) {
      log(`launcher: desktop VS Code (${executable})`);
      await runOnDesktop({ executable, ...options });
    } else {
      log(`launcher: embedded VS Code, since ${reason}`);
      await ensureHost();
      const { runInWeb } = await import('./web.mjs');
      messages = await runInWeb(options);
    }
  } finally {
    removeTemporaryFolder(folder);
  }
  if (!existsSync(results)) throw new Error(`VS Code ended without results.\n${messages}`);
  return JSON.parse(readFileSync(results, 'utf8')).tests;
}
