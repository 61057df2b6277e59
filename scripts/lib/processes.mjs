// Child processes in groups of their own and temporary folders: neither outlives the script, however it ends.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const GRACE_MS = 5000;
const groups = new Set();
const folders = new Set();
let stopping = false;

/** Starts a process whose children can be stopped with it. Takes the arguments of `spawn`. */
export function spawnGroup(command, args, options = {}) {
  // Windows has no process groups; a detached child would get a console window.
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  groups.add(child);
  child.once('error', () => groups.delete(child));
  // The group outlives its leader, so it is signalled once more when the leader is gone.
  child.once('exit', () => {
    signalGroup(child, 'SIGKILL');
    groups.delete(child);
  });
  return child;
}

/** Asks the whole group to end, waits, then kills what is left of it. */
export async function stopGroup(child) {
  if (hasEnded(child)) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  signalGroup(child, 'SIGTERM');
  let timer;
  await Promise.race([ended, new Promise((resolve) => (timer = setTimeout(resolve, GRACE_MS)))]);
  clearTimeout(timer);
  signalGroup(child, 'SIGKILL');
  if (!hasEnded(child)) await ended;
}

/** A private folder, removed by `removeTemporaryFolder` or when this process ends. */
export function temporaryFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'podwire-host-'));
  folders.add(folder);
  return folder;
}

export function removeTemporaryFolder(folder) {
  // A process that is being killed may still write into it.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  folders.delete(folder);
}

/** Runs a command to its end. Resolves to its exit code and all it printed; `onOutput` sees that as it comes. */
export function run(command, args, { onOutput, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawnGroup(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    const read = (chunk) => {
      output += chunk;
      onOutput?.(String(chunk));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code: code ?? 1, signal, output }));
  });
}

/** npm, the way it started this script: its own JavaScript run by this Node, or else the command. */
export function npm(args, options) {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.[cm]?js$/.test(script)) return run(process.execPath, [script, ...args], options);
  return run('npm', args, { shell: process.platform === 'win32', ...options });
}

/** True once a signal has come: what ends from now on ends because of it. */
export function isStopping() {
  return stopping;
}

for (const [signal, number] of [
  ['SIGHUP', 1],
  ['SIGINT', 2],
  ['SIGTERM', 15],
]) {
  process.on(signal, () => endBecauseOf(number));
}

// npm that is told to end takes its shell along, not what that started.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && endBecauseOf(15), 500).unref();
}

process.on('exit', () => {
  for (const child of groups) signalGroup(child, 'SIGKILL');
  for (const folder of folders) removeTemporaryFolder(folder);
});

function endBecauseOf(signalNumber) {
  if (stopping) return;
  stopping = true;
  void Promise.all([...groups].map(stopGroup)).then(() => process.exit(128 + signalNumber));
}

function hasEnded(child) {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}
