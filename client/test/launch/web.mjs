// Launcher 2: the suite inside the embedded VS Code, whose page a headless Chromium opens.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from '../../../scripts/lib/browser.mjs';
import { out } from '../../../scripts/lib/paths.mjs';
import { startWebHost } from '../../../scripts/lib/web-host.mjs';

const SIZE = { width: 1400, height: 900 };
const TIMEOUT_MS = 240_000;

/**
 * Opens a page on a VS Code of its own and hands it to `use`; everything is stopped behind it. A picture of the page is
 * left in out/ when that fails.
 *
 * @param options as for `startWebHost`, and `name` for the picture, `size` of the page
 */
export async function withPage({ name, size = SIZE, ...options }, use) {
  const host = await startWebHost(options);
  let browser;
  let page;
  try {
    browser = await launchBrowser();
    const context = await browser.newContext({ viewport: size });
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    // Nothing that runs here may need, or find, the internet.
    await page.route(
      (url) => !['127.0.0.1', 'localhost'].includes(url.hostname),
      (route) => route.abort(),
    );
    return await use(page, host);
  } catch (error) {
    mkdirSync(out, { recursive: true });
    await page?.screenshot({ path: path.join(out, `${name}-failed.png`) }).catch(() => {});
    throw error;
  } finally {
    await browser?.close().catch(() => {});
    await host.stop();
  }
}

/** Runs the suite on `folder`. The results are in the file of `env.PODWIRE_RESULTS`; returns what VS Code logged. */
export async function runInWeb({ folder, suite, env }) {
  return await withPage({ name: 'suite', folder, env }, async (page, host) => {
    let timer;
    const exitCode = new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('The suite in VS Code did not end.')), TIMEOUT_MS);
      void page.exposeFunction('codeAutomationExit', resolve);
    });
    const messages = [];
    await page.exposeFunction('codeAutomationLog', (_type, parts) => messages.push(parts.join(' ')));
    await page.goto(host.url({ tests: suite }));
    try {
      // What the extension host had to say matters only where it brought no results.
      await exitCode;
      return messages.join('\n');
    } finally {
      clearTimeout(timer);
    }
  });
}
