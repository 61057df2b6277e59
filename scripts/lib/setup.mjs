// Installs what a fresh clone lacks. Only Node's own modules here: it runs before anything is installed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hostPackage, root } from './paths.mjs';
import { npm } from './processes.mjs';

const MINIMUM_NODE = 20;

/** Ends the script with one line where Node is too old to run the rest. */
export function checkNode() {
  const major = Number.parseInt(process.versions.node, 10);
  if (major >= MINIMUM_NODE) return;
  console.error(`Podwire needs Node ${MINIMUM_NODE} or newer; this is ${process.version}.`);
  process.exit(2);
}

/** `npm ci` where node_modules lacks something that the lockfile lists. */
export async function ensureDependencies() {
  // npm writes this file last, so an interrupted install has none.
  const installed = path.join(root, 'node_modules/.package-lock.json');
  // By content: a checkout makes every file new, whatever it holds.
  const lockfile = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  if (existsSync(installed) && hasAll(JSON.parse(readFileSync(installed, 'utf8')), lockfile)) return;
  await install('Installing the development tools (npm ci)', ['ci'], root);
}

/** Whether every package that a lockfile lists is installed in that version. Those for other platforms are optional. */
export function hasAll(installed, lockfile) {
  return Object.entries(lockfile.packages).every(
    ([name, { version, optional }]) => name === '' || optional || installed.packages[name]?.version === version,
  );
}

/** Installs the VS Code that tests and `npm start` run: 358 MB once, so only when it is first needed. */
export async function ensureHost() {
  const modules = path.join(hostPackage, 'node_modules');
  const stampFile = path.join(modules, '.podwire-installed');
  const stamp = createHash('sha256')
    .update(readFileSync(path.join(hostPackage, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  // The compiled add-ons are stubbed, so no script of a package has to run.
  await install('Installing VS Code for tests and preview (once, 360 MB)', ['ci', '--ignore-scripts'], hostPackage);
  writeFileSync(stampFile, stamp);
}

async function install(what, args, folder) {
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  console.log(`${what} …`);
  const progress = setInterval(() => console.log(`  … ${seconds()}`), 10_000);
  try {
    const { code, output } = await npm([...args, '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], {
      cwd: folder,
    });
    if (code !== 0) throw new Error(`${what} failed:\n${output}`);
  } catch (error) {
    rmSync(path.join(folder, 'node_modules/.package-lock.json'), { force: true });
    throw error;
  } finally {
    clearInterval(progress);
  }
  console.log(`  installed in ${seconds()}`);
}
