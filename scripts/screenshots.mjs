// npm run screenshots [-- NAME… --theme THEME]: docs/images/*.png, taken from the real extension on the examples.
// With a theme by its name in VS Code's list (`Dark High Contrast`), they are only for looking at, and go to out/screenshots.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fixtures, out, root } from './lib/paths.mjs';
import { removeTemporaryFolder, run, temporaryFolder } from './lib/processes.mjs';
import { ensureDependencies, ensureHost } from './lib/setup.mjs';

const { values: flags, positionals: names } = parseArgs({
  options: { theme: { type: 'string' } },
  allowPositionals: true,
});
const IMAGES = flags.theme
  ? path.join(out, 'screenshots', flags.theme.replaceAll(' ', '-'))
  : path.join(root, 'docs/images');
const SIZE = { width: 960, height: 600 };
const SETTINGS = {
  'workbench.activityBar.location': 'hidden',
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'editor.fontSize': 13,
  'editor.lightbulb.enabled': 'on',
};

/** What the example has none of: files and shell in YAML. */
const PROXY = `apiVersion: v1
kind: ConfigMap
metadata:
  name: proxy
data:
  default.conf: |
    upstream app { server 127.0.0.1:8080; }
    server {
      listen 8000;
      location / {
        proxy_pass http://app;
        proxy_set_header Host $host;
      }
    }
  features.json: |
    { "comments": true, "pageSize": 20 }
---
apiVersion: v1
kind: Pod
metadata:
  name: backup
spec:
  restartPolicy: Never
  containers:
    - name: backup
      image: mysql:8.4
      command: [sh, -c]
      args:
        - |
          set -eu
          for db in wordpress mysql; do
            mysqldump -h wordpress-db "$db" | gzip > "/backup/$db.sql.gz"
          done
`;

const PROXY_FILE = 'wordpress/proxy.yaml';
const BROKEN = 'wordpress/broken/wordpress.yaml';
const SOUND = 'wordpress/app/wordpress.yaml';
const PRESETS = 'presets/website.yaml';
/** For two editors, side by side. */
const WIDE = { width: 1360, height: 820 };

/** Each begins in a fresh VS Code, so that no picture shows the traces of another. */
const PICTURES = {
  diagnostic: {
    file: BROKEN,
    show: async (workbench) => {
      await workbench.goTo('db-pasword', 3);
      await workbench.openHover('unresolved-secret-key');
    },
  },
  'quick-fix': {
    file: BROKEN,
    show: async (workbench) => {
      await workbench.goTo('db-pasword', 3);
      await workbench.lightbulb.waitFor();
      await workbench.press('Control+.');
      await workbench.quickFixes.waitFor();
    },
  },
  completion: {
    file: BROKEN,
    show: async (workbench) => {
      await workbench.goTo('key: db-pasword');
      await workbench.press(...Array('db-pasword'.length).fill('Backspace'));
      await workbench.press('Control+Space');
      await workbench.suggestions.getByText('secureauthkey').first().waitFor();
    },
  },
  hover: {
    file: BROKEN,
    show: async (workbench) => {
      await workbench.goTo('key: loggedinkey', 8);
      await workbench.openHover('wordpress-secrets');
    },
  },
  references: {
    file: BROKEN,
    show: async (workbench) => {
      await workbench.goTo('name: wordpress-secrets', 10);
      await workbench.press('Shift+F12');
      await workbench.peek.locator('.monaco-list-row').nth(1).waitFor();
      await workbench.peek.locator('.view-line').first().waitFor();
    },
  },
  snippets: {
    file: SOUND,
    show: async (workbench) => {
      await workbench.press('Control+End');
      await workbench.type('---');
      await workbench.press('Enter');
      await workbench.type('k8s-');
      await workbench.press('Control+Space');
      await workbench.suggestions.getByText('k8s-deployment').first().waitFor();
    },
  },
  'insert-snippet': {
    file: SOUND,
    show: async (workbench) => {
      await workbench.goTo('image: wordpress:6-php8.3-apache');
      await workbench.press('Enter');
      await workbench.run('Podwire: Insert Snippet…');
      await workbench.quickInput.getByText('k8s-resources').first().waitFor();
    },
  },
  highlighting: {
    file: PROXY_FILE,
    size: { width: 960, height: 720 },
    show: async (workbench) => {
      await workbench.line('mysqldump').waitFor();
      await workbench.editor.getByText('Show effective pod').waitFor();
    },
  },
  outline: {
    file: SOUND,
    show: async (workbench, page) => {
      await workbench.goTo('mountPath: /var/www/html');
      await workbench.breadcrumbs.filter({ hasText: 'Deployment/wordpress' }).waitFor();
      await workbench.run('Explorer: Focus on Outline View');
      // The files give way to it.
      await page.locator('.pane-header', { hasText: /^wordpress$/i }).click();
      await workbench.outline.getByText('Deployment/wordpress').first().waitFor();
    },
  },
  lenses: {
    file: SOUND,
    show: async (workbench) => {
      await workbench.press('Control+End');
      await workbench.editor.getByText('selects 1 pod in wordpress').first().waitFor();
      await workbench.line('→ 80').waitFor();
    },
  },
  'used-by': {
    file: SOUND,
    show: async (workbench) => {
      await workbench.editor.getByText('used by 1').nth(1).click();
      await workbench.peek.locator('.view-line').first().waitFor();
    },
  },
  secret: {
    file: 'wordpress/app/secret.yaml',
    show: async (workbench) => {
      await workbench.editor.getByText(/used by \d/).waitFor();
      await workbench.goTo('db-password: Y2h');
      await workbench.openHover(/bytes|characters/);
    },
  },
  status: {
    file: BROKEN,
    show: async (workbench) => {
      await workbench.status.hover();
      await workbench.hover.filter({ hasText: 'Resources' }).waitFor();
    },
    clip: { x: 460, y: 470, width: 500, height: 130 },
  },
  walkthrough: {
    file: SOUND,
    show: async (workbench) => {
      await workbench.run('Podwire: Get Started');
      await workbench.walkthrough.getByText('Break a wire').first().waitFor();
    },
  },
  'effective-pod': {
    file: PRESETS,
    size: WIDE,
    show: async (workbench, page) => {
      await workbench.press('Control+b');
      await workbench.run('Podwire: Show Effective Pod');
      const preview = page.locator('.monaco-editor[data-uri$="/effective-pod.yaml"]');
      // What presets have added is named at the ends of its lines, by decorations.
      await preview.locator('.view-line span[class*="ced-"]').nth(3).waitFor();
      // Where a command was clicked, something else may be hovered over now.
      await page.mouse.move(300, 780);
    },
  },
  'container-view': {
    file: PRESETS,
    size: WIDE,
    show: async (workbench, page) => {
      await workbench.press('Control+b');
      await workbench.run('Podwire: Show What Each Container Sees');
      const view = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
      await view.getByText('db-secrets').first().waitFor();
      await view.locator('summary .path', { hasText: 'driver' }).click();
      await page.mouse.move(300, 780);
    },
  },
};

/** What shows that a whole folder has been read. */
const READY = {
  wordpress: async (workbench) => {
    await workbench.waitForErrors((errors) => errors > 5);
    await workbench.status.waitFor();
  },
  presets: async (workbench) => await workbench.editor.getByText('Show effective pod').first().waitFor(),
};

const unknown = names.filter((name) => !PICTURES[name]);
if (unknown.length > 0) {
  console.error(`No such picture: ${unknown.join(', ')}. There are ${Object.keys(PICTURES).join(', ')}.`);
  process.exit(2);
}
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
  for (const example of ['wordpress', 'presets'])
    cpSync(path.join(fixtures, example), path.join(temporary, example), { recursive: true });
  writeFileSync(path.join(temporary, PROXY_FILE), PROXY);
  const settings = { ...UI_SETTINGS, ...SETTINGS };
  try {
    for (const [name, { file, size = SIZE, show, clip }] of Object.entries(PICTURES)) {
      if (names.length > 0 && !names.includes(name)) continue;
      // Its name stands in the window's title and over the files.
      const folder = path.join(temporary, file.split('/')[0]);
      await withPage({ name: 'screenshots', folder, settings, size }, async (page, host) => {
        const opened = path.join(temporary, file);
        const workbench = new Workbench(page, opened);
        await workbench.open(host.url({ openFile: opened }));
        await READY[path.basename(folder)](workbench);
        if (flags.theme) {
          await workbench.run('Preferences: Color Theme');
          await workbench.pick(flags.theme);
        }
        await show(workbench, page);
        // The peek names the temporary folder.
        await page.addStyleTag({ content: '.peekview-title .dirname { visibility: hidden }' });
        const image = path.join(IMAGES, `${name}.png`);
        await page.screenshot({ path: image, animations: 'disabled', caret: 'initial', ...(clip && { clip }) });
        console.log(path.relative(root, image));
      });
    }
  } finally {
    removeTemporaryFolder(temporary);
  }
}
