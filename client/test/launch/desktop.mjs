// Launcher 1: the suite inside desktop VS Code, the one that VSCODE_EXECUTABLE names or a downloaded one.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { root } from '../../../scripts/lib/paths.mjs';
import { removeTemporaryFolder, temporaryFolder } from '../../../scripts/lib/processes.mjs';

const DOWNLOAD_TIMEOUT_MS = 15_000;

/** The executable of a desktop VS Code that can run here, or why there is none. */
export async function findDesktop() {
  const named = process.env.VSCODE_EXECUTABLE;
  if (named) {
    if (!existsSync(named)) throw new Error(`VSCODE_EXECUTABLE names no file: ${named}`);
    return { executable: named };
  }
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { reason: 'there is no display' };
  }
  try {
    const reporter = { report: () => {}, error: () => {} };
    const cachePath = path.join(root, '.vscode-test');
    return { executable: await downloadAndUnzipVSCode({ reporter, cachePath, timeout: DOWNLOAD_TIMEOUT_MS }) };
  } catch (error) {
    return { reason: `it can't be downloaded (${error.message.split('\n')[0]})` };
  }
}

/** Runs the suite on `folder`. The results are in the file of `env.PODWIRE_RESULTS`. */
export async function runOnDesktop({ executable, folder, suite, env }) {
  const data = temporaryFolder();
  try {
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: root,
      extensionTestsPath: suite,
      extensionTestsEnv: env,
      launchArgs: [
        folder,
        '--disable-extensions',
        '--disable-workspace-trust',
        `--user-data-dir=${path.join(data, 'user')}`,
        `--extensions-dir=${path.join(data, 'extensions')}`,
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
  } finally {
    removeTemporaryFolder(data);
  }
}
