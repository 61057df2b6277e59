// yaml-language-server, installed when it is first needed, with its own Kubernetes setting and without the network.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm } from '../scripts/lib/processes.mjs';
import { LanguageClient } from './language-client.mjs';
import { peerSchemas } from './peer-schema.mjs';

const folder = path.join(import.meta.dirname, 'peer');
const server = path.join(folder, 'node_modules/yaml-language-server/bin/yaml-language-server');

export const PEER_VERSION = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).dependencies[
  'yaml-language-server'
];

/** Milliseconds for which the server waits after a change before it validates. */
export const PEER_DELAY = 200;

/** Installs the server where it is missing. */
export async function ensurePeer() {
  const stampFile = path.join(folder, 'node_modules/.podwire-installed');
  const stamp = createHash('sha256')
    .update(readFileSync(path.join(folder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  console.log(`Installing yaml-language-server ${PEER_VERSION} (once, 27 MB) …`);
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  const { code, output } = await npm(args, { cwd: folder });
  if (code !== 0) throw new Error(`npm ci failed in bench/peer:\n${output}`);
  writeFileSync(stampFile, stamp);
}

/**
 * Starts the server on a folder. Its setting `yaml.schemas: { kubernetes: "*" }` names a schema on the network, whose
 * content it asks its client for, as it does in VS Code; it gets Podwire's own model.
 *
 * @param {{ delay: boolean }} options whether it waits before it validates, as it does by itself
 */
export async function startPeer(folderUri, model, { delay }) {
  const schemas = peerSchemas(model);
  const contents = new Map([
    ['all.json', JSON.stringify(schemas.all)],
    ['_definitions.json', JSON.stringify(schemas.definitions)],
  ]);
  const settings = {
    yaml: {
      schemas: { kubernetes: ['*.yaml', '*.yml'] },
      kubernetesVersion: '1.36.0',
      schemaStore: { enable: false },
      validate: true,
      completion: true,
      hover: true,
    },
  };
  const preload = delay ? [] : ['--require', path.join(folder, 'no-delay.cjs')];
  const client = new LanguageClient([...preload, server, '--stdio'], {
    'workspace/configuration': ({ items }) => items.map(({ section }) => settings[section] ?? null),
    'vscode/content': (uri) => {
      const name = String(uri).split('#')[0].split('/').at(-1);
      if (!contents.has(name)) throw new Error(`no schema ${uri}`);
      return contents.get(name);
    },
  });
  await client.start(folderUri);
  await client.notify('yaml/registerContentRequest', {});
  return client;
}
