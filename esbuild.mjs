// Builds dist/: the client (in VS Code), the server and the command line, one file each, and the API model beside them.
//   --dev    readable bundles with source maps
//   --tests  also bundles the suite that runs inside VS Code, to out/ (never shipped)
//   --watch  keeps building
//   --meta   writes out/meta.json: what each bundle holds
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';

const root = import.meta.dirname;
const flags = new Set(process.argv.slice(2));
const dev = flags.has('--dev') || flags.has('--watch');
for (const flag of flags) {
  if (!['--dev', '--tests', '--watch', '--meta'].includes(flag)) fail(`esbuild.mjs: unknown flag ${flag}`);
}

/** Everything is CommonJS: VS Code 1.91 loads no other kind of client, and one kind is enough. */
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // The ES module build of a package bundles whole; some CommonJS builds hide their requires.
  mainFields: ['module', 'main'],
  define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
  // Identifiers stay as they are: names in stack traces, without the cost of wrapping every function to keep them.
  minifyWhitespace: !dev,
  minifySyntax: !dev,
  sourcemap: dev,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: flags.has('--meta'),
};

const shebang = '#!/usr/bin/env node';
const bundles = [
  { entryPoints: ['client/src/extension.ts'], outfile: 'dist/client.js', external: ['vscode'] },
  { entryPoints: ['server/src/lsp/main.ts'], outfile: 'dist/server.js' },
  { entryPoints: ['server/src/cli/main.ts'], outfile: 'dist/cli.js', banner: { js: shebang } },
];
if (flags.has('--tests')) {
  // A suite that is no longer there must not run on.
  rmSync(path.join(root, 'out/suite'), { recursive: true, force: true });
  bundles.push({
    entryPoints: ['client/test/suite/*.ts'],
    outdir: 'out/suite',
    outExtension: { '.js': '.cjs' },
    external: ['vscode', 'mocha'],
    minifyWhitespace: false,
    minifySyntax: false,
    sourcemap: 'inline',
  });
}

mkdirSync(path.join(root, 'dist'), { recursive: true });
// The package is "type": "module"; the bundles are not.
writeFileSync(path.join(root, 'dist/package.json'), '{ "type": "commonjs" }\n');
const contexts = await Promise.all(bundles.map((bundle) => esbuild.context({ ...common, ...bundle })));
try {
  const results = await Promise.all(contexts.map((context) => context.rebuild()));
  chmodSync(path.join(root, 'dist/cli.js'), 0o755);
  await buildSchema();
  if (flags.has('--meta')) {
    const metafiles = Object.fromEntries(
      bundles.map((bundle, index) => [bundle.outfile ?? bundle.outdir, results[index].metafile]),
    );
    mkdirSync(path.join(root, 'out'), { recursive: true });
    writeFileSync(path.join(root, 'out/meta.json'), JSON.stringify(metafiles));
  }
} catch (error) {
  // esbuild has printed its own errors already.
  if (!error.errors) console.error(error.message);
  process.exit(1);
}
if (flags.has('--watch')) await Promise.all(contexts.map((context) => context.watch()));
else await Promise.all(contexts.map((context) => context.dispose()));

/** The API model takes seconds and changes seldom: it is made again when its script or the packages it reads change. */
async function buildSchema() {
  const script = 'scripts/build-schema.mjs';
  const target = path.join(root, 'dist/schema.json.br');
  const stampFile = path.join(root, 'dist/.schema-stamp');
  const graph = await esbuild.build({
    ...common,
    entryPoints: [script],
    format: 'esm',
    packages: 'external',
    write: false,
    metafile: true,
  });
  // What the script imports is known from its graph; what it reads by name lies beside its modules.
  const data = readdirSync(path.join(root, 'scripts/schema'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
  const inputs = new Set([...Object.keys(graph.metafile.inputs), ...data, 'package-lock.json']);
  const hash = createHash('sha256');
  for (const input of [...inputs].sort()) {
    hash
      .update(`${input}\0`)
      .update(readFileSync(path.join(root, input)))
      .update('\0');
  }
  const stamp = hash.digest('hex');
  if (existsSync(target) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  execFileSync(process.execPath, [script], { cwd: root, stdio: 'inherit' });
  writeFileSync(stampFile, stamp);
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
