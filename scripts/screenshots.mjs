// npm run screenshots: docs/images/*.png, taken from the real extension on the broken WordPress example.
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fixtures, root } from './lib/paths.mjs';
import { removeTemporaryFolder, run, temporaryFolder } from './lib/processes.mjs';
import { ensureDependencies, ensureHost } from './lib/setup.mjs';

const IMAGES = path.join(root, 'docs/images');
const SIZE = { width: 1120, height: 700 };
const SETTINGS = {
  'workbench.activityBar.location': 'hidden',
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'editor.fontSize': 14,
  'editor.lightbulb.enabled': 'on',
};

/** Each begins in a fresh VS Code, so that no picture shows the traces of another. */
const PICTURES = {
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
  // Its name stands in the window's title and over the files.
  const folder = path.join(temporary, 'wordpress');
  cpSync(path.join(fixtures, 'wordpress'), folder, { recursive: true });
  const file = path.join(folder, 'broken/wordpress.yaml');
  try {
    const settings = { ...UI_SETTINGS, ...SETTINGS };
    for (const [name, show] of Object.entries(PICTURES)) {
      await withPage({ name: 'screenshots', folder, settings, size: SIZE }, async (page, host) => {
        const workbench = new Workbench(page, file);
        await workbench.open(host.url({ openFile: file }));
        await workbench.squiggles.first().waitFor();
        await show(workbench);
        // The peek names the temporary folder.
        await page.addStyleTag({ content: '.peekview-title .dirname { visibility: hidden }' });
        const image = path.join(IMAGES, `${name}.png`);
        await page.screenshot({ path: image, animations: 'disabled', caret: 'initial' });
        console.log(path.relative(root, image));
      });
    }
  } finally {
    removeTemporaryFolder(temporary);
  }
}
