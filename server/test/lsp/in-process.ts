import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { serve } from '../../src/lsp/server.ts';
import type { WorkspaceEngine } from '../../src/lsp/workspaces.ts';
import { TestClient } from './test-client.ts';

/** The server in this process, over any engine, until the test is over. */
export function serveInProcess(createEngine: () => WorkspaceEngine): TestClient {
  const up = new PassThrough();
  const down = new PassThrough();
  const connection = createConnection(ProposedFeatures.all, up, down);
  serve(connection, { version: '1.2.3', load: async () => createEngine });
  const client = new TestClient(new StreamMessageReader(down), new StreamMessageWriter(up));
  onTestFinished(async () => {
    await client.request('shutdown').catch(() => {});
    client.connection.dispose();
    connection.dispose();
  });
  return client;
}
