// Short walks through the examples with mouse and keyboard, as a user takes them.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fixtures, root } from '../../../scripts/lib/paths.mjs';
import { removeTemporaryFolder, temporaryFolder } from '../../../scripts/lib/processes.mjs';
import { withPage } from '../launch/web.mjs';
import { POD_WALK } from './pods.mjs';
import { UI_SETTINGS, Workbench } from './workbench.mjs';

/** In this order: each goes on from where the one before it stopped. */
const WALK = {
  'shows squiggles': async (workbench) => {
    await workbench.squiggles.first().waitFor();
    await workbench.waitForErrors((errors) => errors > 0);
  },
  'tells in a hover what is wrong': async (workbench) => {
    await workbench.goTo('db-pasword', 3);
    await workbench.openHover('unresolved-secret-key');
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
  'inserts a snippet from the suggestions': async (workbench) => {
    await workbench.press('Control+End');
    await workbench.type('---');
    await workbench.press('Enter');
    await workbench.type('k8s-pdb');
    await workbench.suggestions.getByText('k8s-pdb').first().waitFor();
    await workbench.press('Enter');
    await workbench.line('kind: PodDisruptionBudget').waitFor();
    // The name is the first tab stop.
    await workbench.type('frontdoor');
    await workbench.line('name: frontdoor').waitFor();
    await workbench.press('Escape');
  },
  'inserts a snippet from a list': async (workbench) => {
    await workbench.run('Podwire: Insert Snippet…');
    await workbench.pick('k8s-networkpolicy-deny');
    await workbench.line('name: deny-all').waitFor();
    await workbench.press('Escape', 'Escape');
  },
  'shows the release, resources and faults in the status bar': async (workbench) => {
    const { errors } = await workbench.problems();
    const shown = workbench.status.filter({ hasText: new RegExp(`1\\.\\d+\\s+\\d+\\s+${errors}\\s`) });
    await shown.waitFor();
    assert.match(await shown.locator('a').first().getAttribute('aria-label'), /Kubernetes 1\.\d+.*Resources: \d+/s);
  },
  'shows resources in breadcrumbs and outline': async (workbench) => {
    await workbench.goTo('image: wordpress:6-php8.3-apache');
    await workbench.breadcrumbs.filter({ hasText: 'Deployment/wordpress' }).waitFor();
    await workbench.run('Explorer: Focus on Outline View');
    await workbench.outline.getByText('Deployment/wordpress').first().waitFor();
    await workbench.outline.getByText('ConfigMap/wordpress-env').first().waitFor();
    await workbench.press('Control+1');
  },
  'restarts the server without taking the focus or opening anything': async (workbench) => {
    await workbench.run('Podwire: Restart Server');
    await workbench.waitForErrors((errors) => errors === 0);
    await workbench.waitForErrors((errors) => errors > 0);
    assert.equal(await workbench.editor.locator('textarea, .native-edit-context').first().evaluate(isFocused), true);
    assert.equal(await workbench.panel.isVisible(), false);
  },
  'offers commands where they have a place, and nowhere else': async (workbench) => {
    const shown = await workbench.commands('Podwire: ');
    assert.ok(shown.includes('Podwire: Insert Snippet…') && shown.includes('Podwire: Restart Server'), shown.join());
    assert.deepEqual(await workbench.menuOf('app', /ConfigMap|Secret|Manifest/), ['New Manifest…']);
    assert.deepEqual(await workbench.menuOf('secret.yaml', /ConfigMap|Secret|Manifest/), [
      'Create ConfigMap from File(s)…',
      'Create Secret from File(s)…',
    ]);
  },
  'opens the walkthrough, where no snippet can be inserted': async (workbench) => {
    await workbench.run('Podwire: Get Started');
    await workbench.walkthrough.getByText('Get started with Podwire').first().waitFor();
    await workbench.walkthrough.getByText('Break a wire').first().waitFor();
    const elsewhere = await workbench.commands('Podwire: ');
    assert.ok(!elsewhere.includes('Podwire: Insert Snippet…') && elsewhere.includes('Podwire: New Manifest…'));
  },
};

const isFocused = (element) => element === element.ownerDocument.activeElement;

/** By example: the file that is open at first, and the walk. */
const EXAMPLES = {
  wordpress: { opens: 'broken/wordpress.yaml', walk: WALK },
  presets: { opens: 'website.yaml', walk: POD_WALK },
};

/**
 * Takes the walks on copies of the examples; with the package, the first one alone.
 *
 * @param {'development' | 'installed'} kind the extension as it is in this repository, or installed from its package
 * @returns the tests: `{ title, passed, milliseconds, error? }`; after a failure the rest of its walk is left out
 */
export async function runUi(kind) {
  if (kind === 'installed') return await take('wordpress', { development: false, vsix: packageFile() });
  const results = [];
  for (const example of Object.keys(EXAMPLES)) results.push(...(await take(example, {})));
  return results;
}

async function take(example, more) {
  const { opens, walk } = EXAMPLES[example];
  const folder = temporaryFolder();
  cpSync(path.join(fixtures, example), folder, { recursive: true });
  const file = path.join(folder, opens);
  const options = { name: `ui-${example}`, folder, settings: UI_SETTINGS, ...more };
  const results = [];
  let title = `opens ${example}/${opens}`;
  let began = Date.now();
  const passed = () => results.push({ title, passed: true, milliseconds: Date.now() - began });
  try {
    await withPage(options, async (page, host) => {
      const workbench = new Workbench(page, file);
      await workbench.open(host.url({ openFile: file }));
      passed();
      for (const [name, step] of Object.entries(walk)) {
        title = name;
        began = Date.now();
        await step(workbench);
        passed();
      }
    });
    if (walk === WALK && more.vsix === undefined) {
      title = 'speaks another language where there is a bundle for it';
      began = Date.now();
      await speaksAnotherLanguage(folder, file);
      passed();
    }
  } catch (error) {
    results.push({ title, passed: false, milliseconds: Date.now() - began, error: error.stack });
  } finally {
    removeTemporaryFolder(folder);
  }
  return results;
}

/** The extension with strings for a language that nobody speaks, in a VS Code that is set to it. */
async function speaksAnotherLanguage(folder, file) {
  const extension = temporaryFolder();
  try {
    for (const name of ['package.json', 'package.nls.json', 'dist', 'l10n', 'media', 'syntaxes'])
      cpSync(path.join(root, name), path.join(extension, name), { recursive: true });
    const strings = Object.keys(JSON.parse(readFileSync(path.join(root, 'l10n/bundle.l10n.json'), 'utf8')));
    const translated = Object.fromEntries(strings.map((string) => [string, `<${string}>`]));
    writeFileSync(path.join(extension, 'l10n/bundle.l10n.xx.json'), JSON.stringify(translated));
    const options = { name: 'ui-language', folder, settings: UI_SETTINGS, development: extension };
    await withPage(options, async (page, host) => {
      await page.addInitScript(() => {
        globalThis._VSCODE_NLS_LANGUAGE = 'xx';
      });
      const workbench = new Workbench(page, file);
      await workbench.open(host.url({ openFile: file }));
      await workbench.squiggles.first().waitFor();
      await workbench.run('Podwire: Insert Snippet…');
      await workbench.quickInput.getByPlaceholder('<What to insert>').waitFor();
      await workbench.quickInput.getByText('<as a document of its own>').waitFor();
    });
  } finally {
    removeTemporaryFolder(extension);
  }
}

function packageFile() {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return path.join(root, `podwire-${version}.vsix`);
}
