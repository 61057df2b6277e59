// npm run package: podwire-<version>.vsix in the repository's root, offline.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';
import { ensureDependencies } from './lib/setup.mjs';

const MAXIMUM_BYTES = 4_000_000;

try {
  await ensureDependencies();
  await must(['esbuild.mjs']);
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const file = path.join(root, `podwire-${version}.vsix`);
  // The bundles carry what they need, so that no dependency has to be collected.
  await must(['node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--out', file]);
  const { size } = statSync(file);
  if (size > MAXIMUM_BYTES) throw new Error(`${path.basename(file)} has ${size} bytes, over ${MAXIMUM_BYTES}`);
  console.log(`${path.basename(file)}: ${Math.round(size / 1000)} kB`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

async function must(args) {
  const { code, output } = await run(process.execPath, args, { cwd: root });
  if (code !== 0) throw new Error(output);
}
