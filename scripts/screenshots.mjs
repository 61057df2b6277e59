// npm run screenshots [NAMES]: docs/images/*.png, taken from the real extension on the broken WordPress example, and on
// a workload with a preset.
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fixtures, root } from './lib/paths.mjs';
import { removeTemporaryFolder, run, temporaryFolder } from './lib/processes.mjs';
import { ensureDependencies, ensureHost } from './lib/setup.mjs';

const IMAGES = path.join(root, 'docs/images');
const SETTINGS = {
  'workbench.activityBar.location': 'hidden',
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'editor.fontSize': 14,
  'editor.lightbulb.enabled': 'on',
};

/** Each begins in a fresh VS Code, so that no picture shows the traces of another. */
const FAULTS = {
  diagnostic: async (workbench) => {
    await workbench.goTo('db-pasword', 3);
    await workbench.press('Control+k', 'Control+i');
    await workbench.hover.filter({ hasText: 'unresolved-secret-key' }).waitFor();
  },
  'quick-fix': async (workbench) => {
    await workbench.goTo('db-pasword', 3);
    await workbench.lightbulb.waitFor();
    await workbench.press('Control+.');
    await workbench.quickFixes.waitFor();
  },
  completion: async (workbench) => {
    await workbench.goTo('key: db-pasword');
    await workbench.press(...Array('db-pasword'.length).fill('Backspace'));
    await workbench.press('Control+Space');
    await workbench.suggestions.getByText('secureauthkey').first().waitFor();
  },
  hover: async (workbench) => {
    await workbench.goTo('key: loggedinkey', 8);
    await workbench.press('Control+k', 'Control+i');
    await workbench.hover.filter({ hasText: 'wordpress-secrets' }).waitFor();
  },
  references: async (workbench) => {
    await workbench.goTo('name: wordpress-secrets', 10);
    await workbench.press('Shift+F12');
    await workbench.peek.locator('.monaco-list-row').nth(1).waitFor();
    await workbench.peek.locator('.view-line').first().waitFor();
  },
};

const PODS = {
  'effective-pod': async (workbench, page) => {
    await workbench.press('Control+b');
    await workbench.run('Podwire: Show Effective Pod');
    const preview = page.locator('.monaco-editor[data-uri$="/effective-pod.yaml"]');
    // What presets have added is named at the ends of its lines, by decorations.
    await preview.locator('.view-line span[class*="ced-"]').nth(3).waitFor();
  },
  'container-view': async (workbench, page) => {
    await workbench.press('Control+b');
    await workbench.run('Podwire: Show What Each Container Sees');
    const view = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    await view.getByText('db-secrets').first().waitFor();
    await view.locator('summary .path', { hasText: 'driver' }).click();
  },
};

/** By example: the file that is open, what must show before anything else, and the pictures that are taken of it. */
const EXAMPLES = {
  wordpress: {
    file: 'broken/wordpress.yaml',
    size: { width: 1120, height: 700 },
    ready: (workbench) => workbench.squiggles,
    pictures: FAULTS,
  },
  presets: {
    file: 'website.yaml',
    // Two editors, side by side.
    size: { width: 1360, height: 820 },
    ready: (workbench) => workbench.editor.getByText('Show effective pod'),
    pictures: PODS,
  },
};

const wanted = process.argv.slice(2);

try {
  await ensureDependencies();
  await ensureHost();
  const build = await run(process.execPath, ['esbuild.mjs'], { cwd: root });
  if (build.code !== 0) throw new Error(build.output);
  mkdirSync(IMAGES, { recursive: true });
  await takePictures();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
process.exit(0);

async function takePictures() {
  const { withPage } = await import('../client/test/launch/web.mjs');
  const { UI_SETTINGS, Workbench } = await import('../client/test/ui/workbench.mjs');
  const temporary = temporaryFolder();
  const settings = { ...UI_SETTINGS, ...SETTINGS };
  try {
    for (const [example, { file: name, size, ready, pictures }] of Object.entries(EXAMPLES)) {
      // Its name stands in the window's title and over the files.
      const folder = path.join(temporary, example);
      cpSync(path.join(fixtures, example), folder, { recursive: true });
      const file = path.join(folder, name);
      for (const [picture, show] of Object.entries(pictures)) {
        if (wanted.length > 0 && !wanted.includes(picture)) continue;
        await withPage({ name: 'screenshots', folder, settings, size }, async (page, host) => {
          const workbench = new Workbench(page, file);
          await workbench.open(host.url({ openFile: file }));
          await ready(workbench).first().waitFor();
          await show(workbench, page);
          // Where a command was clicked, something else may be hovered over now.
          if (pictures === PODS) await page.mouse.move(300, 780);
          // The peek names the temporary folder.
          await page.addStyleTag({ content: '.peekview-title .dirname { visibility: hidden }' });
          const image = path.join(IMAGES, `${picture}.png`);
          await page.screenshot({ path: image, animations: 'disabled', caret: 'initial' });
          console.log(path.relative(root, image));
        });
      }
    }
  } finally {
    removeTemporaryFolder(temporary);
  }
}
