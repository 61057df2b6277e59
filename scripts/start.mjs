// npm start [-- [FOLDER] [--no-open] [--port N]]: installs, builds and opens a real VS Code with the extension loaded.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findCommand } from './lib/browser.mjs';
import { fixtures, root } from './lib/paths.mjs';
import { isStopping, run, spawnGroup } from './lib/processes.mjs';
import { checkNode, ensureDependencies, ensureHost } from './lib/setup.mjs';
import { startWebHost } from './lib/web-host.mjs';

const USAGE = 'usage: npm start -- [FOLDER] [--no-open] [--port N]';
const OLDEST_VSCODE = [1, 91];
/** Opened at first, so that there is something to see. */
const EXAMPLE = path.join(fixtures, 'wordpress');
const EXAMPLE_FILE = path.join(EXAMPLE, 'broken/wordpress.yaml');

checkNode();
const { folder, open, port } = readArguments();
const file = folder === EXAMPLE && existsSync(EXAMPLE_FILE) ? EXAMPLE_FILE : undefined;
try {
  await ensureDependencies();
  console.log('Building the extension …');
  const build = await run(process.execPath, ['esbuild.mjs'], { cwd: root });
  if (build.code !== 0) throw new Error(build.output);
  const code = open && hasDisplay() ? await findDesktop() : undefined;
  if (code) await openDesktop(code);
  else await openEmbedded();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

function readArguments() {
  const options = { 'no-open': { type: 'boolean' }, port: { type: 'string' } };
  let parsed;
  try {
    parsed = parseArgs({ options, allowPositionals: true });
  } catch (error) {
    usage(error.message);
  }
  const { values, positionals } = parsed;
  if (positionals.length > 1) usage('One folder at a time.');
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65535) usage(`Not a port: ${values.port}`);
  // npm runs scripts in the package's folder; the user's own is in INIT_CWD.
  const folder = positionals[0] ? path.resolve(process.env.INIT_CWD ?? '.', positionals[0]) : EXAMPLE;
  if (!existsSync(folder)) refuse(`No such folder: ${folder}`);
  if (!statSync(folder).isDirectory()) refuse(`Not a folder: ${folder}`);
  return { folder, open: !values['no-open'], port };
}

function usage(message) {
  refuse(`${message}\n${USAGE}`);
}

function refuse(message) {
  console.error(message);
  process.exit(2);
}

function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Desktop VS Code's command, where there is one that is new enough. */
async function findDesktop() {
  const command = findCommand(['code']);
  if (!command) return undefined;
  const { code, output } = await run(command, ['--version'], { shell: process.platform === 'win32' });
  const version = /^(\d+)\.(\d+)\./m.exec(output);
  if (code !== 0 || !version) return undefined;
  const [major, minor] = [Number(version[1]), Number(version[2])];
  const isNewEnough = major > OLDEST_VSCODE[0] || (major === OLDEST_VSCODE[0] && minor >= OLDEST_VSCODE[1]);
  if (!isNewEnough)
    console.log(`VS Code ${version[0]} is too old (needs ${OLDEST_VSCODE.join('.')}): using the embedded one.`);
  return isNewEnough ? command : undefined;
}

async function openDesktop(command) {
  console.log(`Opening ${folder} in VS Code; Ctrl-C, or closing its window, ends this.`);
  const args = ['--new-window', '--wait', `--extensionDevelopmentPath=${root}`, folder, ...(file ? [file] : [])];
  const child = spawnGroup(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  process.exit(code ?? 1);
}

async function openEmbedded() {
  await ensureHost();
  const host = await startOnFreePort();
  const url = host.url({ openFile: file });
  console.log(`\nVS Code with Podwire on ${folder}:\n\n  ${url}\n\nCtrl-C ends it.`);
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform] ?? findCommand(['xdg-open']);
  if (open && hasDisplay() && opener) openBrowser(opener, url);
  await host.ended;
  if (!isStopping()) throw new Error(`VS Code's server ended:\n${host.log()}`);
}

/** The browser is the user's own: it stays when this ends, and one that doesn't start is no failure. */
function openBrowser(opener, url) {
  const child = spawn(opener, [url], { detached: true, stdio: 'ignore' });
  child.once('error', () => {});
  child.unref();
}

async function startOnFreePort() {
  try {
    return await startWebHost({ folder, port });
  } catch (error) {
    if (port === 0 || !/EADDRINUSE/.test(error.message)) throw error;
    console.log(`Port ${port} is in use: taking a free one.`);
    return await startWebHost({ folder });
  }
}
