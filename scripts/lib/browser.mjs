// The Chromium that drives the embedded VS Code in tests: one that is there already, or the one inside an npm package.
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { hostPackage } from './paths.mjs';

const requireFromHost = createRequire(path.join(hostPackage, 'package.json'));
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Starts a headless Chromium: CHROME_PATH, an installed one, or @sparticuz/chromium; nothing is ever downloaded.
 * Needs the host package to be installed.
 */
export async function launchBrowser() {
  const { chromium } = requireFromHost('playwright-core');
  const installed = process.env.CHROME_PATH ?? findCommand(COMMANDS) ?? APPLICATIONS.find((file) => existsSync(file));
  const executablePath = installed ?? (await unpackedChromium());
  const args = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-sync',
  ];
  // Chromium refuses to sandbox root; the packaged one is built to run without.
  if (!installed || process.getuid?.() === 0) args.push('--no-sandbox');
  if (!installed) args.push('--headless', '--no-zygote');
  return await chromium.launch({
    executablePath,
    args,
    // processes.mjs ends the script, and the browser goes with it.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** The first of the commands that stands on the PATH, as a whole path. */
export function findCommand(commands) {
  const extensions = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  for (const command of commands) {
    for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
      for (const extension of extensions) {
        const file = path.join(folder, command + extension);
        if (folder !== '' && isExecutable(file)) return file;
      }
    }
  }
  return undefined;
}

/** Unpacks once, beside the host package, in a way that two runs at the same time don't disturb each other. */
async function unpackedChromium() {
  const cache = path.join(hostPackage, 'node_modules/.cache');
  const target = path.join(cache, 'chromium');
  const executable = path.join(target, 'chromium');
  if (existsSync(executable)) return executable;
  mkdirSync(cache, { recursive: true });
  const unpacking = mkdtempSync(path.join(cache, 'unpacking-'));
  const { TMPDIR } = process.env;
  try {
    process.env.TMPDIR = unpacking; // The package unpacks into the temporary folder and has no option for it.
    const packaged = requireFromHost('@sparticuz/chromium');
    await (packaged.default ?? packaged).executablePath();
    renameSync(unpacking, target);
  } catch (error) {
    if (!existsSync(executable)) throw error;
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    rmSync(unpacking, { recursive: true, force: true });
  }
  return executable;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
