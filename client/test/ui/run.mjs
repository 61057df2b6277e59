// A short walk through the broken WordPress example with mouse and keyboard, as a user takes it.
import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fixtures, root } from '../../../scripts/lib/paths.mjs';
import { removeTemporaryFolder, temporaryFolder } from '../../../scripts/lib/processes.mjs';
import { withPage } from '../launch/web.mjs';
import { UI_SETTINGS, Workbench } from './workbench.mjs';

/** In this order: each goes on from where the one before it stopped. */
const WALK = {
  'shows squiggles': async (workbench) => {
    await workbench.squiggles.first().waitFor();
    await workbench.waitForErrors((errors) => errors > 0);
  },
  'tells in a hover what is wrong': async (workbench) => {
    await workbench.goTo('db-pasword', 3);
    await workbench.press('Control+k', 'Control+i');
    await workbench.hover.filter({ hasText: 'unresolved-secret-key' }).waitFor();
    assert.match(await workbench.hover.textContent(), /wordpress-secrets/);
    await workbench.press('Escape');
  },
  'mends it by the lightbulb': async (workbench) => {
    const before = (await workbench.problems()).errors;
    await workbench.lightbulb.waitFor();
    await workbench.press('Control+.');
    await workbench.quickFixes.getByText('Change to "db-password"').first().waitFor();
    await workbench.press('Enter');
    await workbench.line('key: db-password').waitFor();
    await workbench.waitForErrors((errors) => errors === before - 1);
  },
  'completes a key of the Secret while typing': async (workbench) => {
    await workbench.goTo('key: loggedinkey');
    await workbench.press(...Array('loggedinkey'.length).fill('Backspace'));
    await workbench.type('log');
    await workbench.suggestions.getByText('loggedinsalt').first().waitFor();
    await workbench.suggestions.locator('.monaco-list-row', { hasText: 'loggedinkey' }).first().click();
    await workbench.line('key: loggedinkey').waitFor();
  },
  'completes a field, then offers its values': async (workbench) => {
    await workbench.goTo('image: wordpress:6-php8.3-apache');
    await workbench.press('Enter');
    await workbench.type('imagePull');
    await workbench.suggestions.getByText('imagePullPolicy').first().waitFor();
    await workbench.press('Enter');
    await workbench.suggestions.getByText('IfNotPresent').first().waitFor();
    await workbench.suggestions.locator('.monaco-list-row', { hasText: 'IfNotPresent' }).first().click();
    await workbench.line('imagePullPolicy: IfNotPresent').waitFor();
  },
};

/**
 * Takes the walk on a copy of the example.
 *
 * @param {'development' | 'installed'} kind the extension as it is in this repository, or installed from its package
 * @returns the tests: `{ title, passed, milliseconds, error? }`; after a failure the rest is left out
 */
export async function runUi(kind) {
  const folder = temporaryFolder();
  cpSync(path.join(fixtures, 'wordpress'), folder, { recursive: true });
  const file = path.join(folder, 'broken/wordpress.yaml');
  const options = { name: `ui-${kind}`, folder, settings: UI_SETTINGS };
  if (kind === 'installed') Object.assign(options, { development: false, vsix: packageFile() });
  const results = [];
  let title = 'opens the broken WordPress example';
  let began = Date.now();
  const passed = () => results.push({ title, passed: true, milliseconds: Date.now() - began });
  try {
    await withPage(options, async (page, host) => {
      const workbench = new Workbench(page, file);
      await workbench.open(host.url({ openFile: file }));
      passed();
      for (const [name, step] of Object.entries(WALK)) {
        title = name;
        began = Date.now();
        await step(workbench);
        passed();
      }
    });
  } catch (error) {
    results.push({ title, passed: false, milliseconds: Date.now() - began, error: error.stack });
  } finally {
    removeTemporaryFolder(folder);
  }
  return results;
}

function packageFile() {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return path.join(root, `podwire-${version}.vsix`);
}
