// The embedded VS Code: the server of code-server on 127.0.0.1, with private folders for all that it writes.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hostPackage, root } from './paths.mjs';
import { removeTemporaryFolder, run, spawnGroup, stopGroup, temporaryFolder } from './processes.mjs';

const START_TIMEOUT_MS = 60_000;
const vscode = path.join(hostPackage, 'node_modules/code-server/lib/vscode');
const serverMain = path.join(vscode, 'out/server-main.js');

/** The settings of every embedded VS Code: nothing to click away, nothing sent anywhere. */
const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  // As on the desktop; in a browser VS Code would save on its own.
  'files.autoSave': 'off',
  'extensions.autoCheckUpdates': false,
  'security.workspace.trust.enabled': false,
  // Its helpers leave sockets in the temporary folder.
  'git.enabled': false,
};

/**
 * Starts it. Needs the host package to be installed.
 *
 * @param {object} options
 * @param {string} options.folder opened as it is, not copied
 * @param {number} [options.port] 0 or absent: any free port
 * @param {string | false} [options.development] the folder of the extension, this repository's if absent; false: none
 * @param {Record<string, unknown>} [options.settings] user settings besides SETTINGS
 * @param {Record<string, string>} [options.env] for the server and all that it starts
 * @param {string} [options.vsix] an extension to install first
 * @returns the port, `url` for a page, `stop`, and `log` for what the server printed
 */
export async function startWebHost({ folder, port = 0, development = root, settings = {}, env = {}, vsix }) {
  linkModules();
  const data = temporaryFolder();
  const token = randomBytes(16).toString('hex');
  mkdirSync(path.join(data, 'data/User'), { recursive: true });
  writeFileSync(path.join(data, 'data/User/settings.json'), JSON.stringify({ ...SETTINGS, ...settings }));
  const extensions = path.join(data, 'extensions');
  const options = { cwd: data, env: { ...process.env, EXTENSIONS_GALLERY: '{}', TMPDIR: data, ...env } };
  if (vsix) await installExtension(vsix, data, extensions, options);

  const server = spawnGroup(
    process.execPath,
    [
      serverMain,
      '--host=127.0.0.1',
      `--port=${port}`,
      `--connection-token=${token}`,
      '--accept-server-license-terms',
      '--telemetry-level=off',
      '--disable-workspace-trust',
      '--enable-smoke-test-driver',
      `--server-data-dir=${data}`,
      `--user-data-dir=${path.join(data, 'data')}`,
      `--extensions-dir=${extensions}`,
    ],
    { ...options, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  const stop = async () => {
    await stopGroup(server);
    removeTemporaryFolder(data);
  };
  const listening = new Promise((resolve, reject) => {
    const read = (chunk) => {
      log += chunk;
      const match = /Extension host agent listening on (\d+)/.exec(log);
      if (match) resolve(Number(match[1]));
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`VS Code's server ended with ${code}:\n${log}`)));
    setTimeout(() => reject(new Error(`VS Code's server does not answer:\n${log}`)), START_TIMEOUT_MS).unref();
  });
  try {
    const actualPort = await listening;
    const remote = (file) => `vscode-remote://127.0.0.1:${actualPort}${toUrlPath(file)}`;
    const url = ({ openFile, tests } = {}) => {
      const payload = [['skipWelcome', 'true']];
      if (development) payload.push(['extensionDevelopmentPath', remote(development)]);
      if (openFile) payload.push(['openFile', remote(openFile)]);
      if (tests) payload.push(['extensionTestsPath', remote(tests)]);
      const query = new URLSearchParams({ tkn: token, folder: toUrlPath(folder), payload: JSON.stringify(payload) });
      // Slashes and colons may stand in a query, and an address is for reading, too.
      const readable = String(query).replaceAll('%2F', '/').replaceAll('%3A', ':');
      return `http://127.0.0.1:${actualPort}/?${readable}`;
    };
    const ended = new Promise((resolve) => server.once('exit', resolve));
    return { port: actualPort, url, stop, ended, log: () => log };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function installExtension(vsix, data, extensions, options) {
  const args = [
    serverMain,
    `--server-data-dir=${data}`,
    `--extensions-dir=${extensions}`,
    `--install-extension=${vsix}`,
  ];
  const { code, output } = await run(process.execPath, args, options);
  // It ends with 0 even where it could not install.
  if (code !== 0 || !output.includes('successfully installed')) {
    throw new Error(`The extension can't be installed into VS Code:\n${output}`);
  }
}

/** The page loads some modules from beside the server's code; they are installed at the top of the host package. */
function linkModules() {
  const link = path.join(vscode, 'node_modules');
  if (existsSync(link)) return;
  try {
    symlinkSync(path.join(hostPackage, 'node_modules'), link, 'junction');
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}

function toUrlPath(file) {
  const slashed = file.split(path.sep).join('/');
  return slashed.startsWith('/') ? slashed : `/${slashed}`;
}
