import { spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  CancellationTokenSource,
  type ClientCapabilities,
  type CodeAction,
  type CompletionItem,
  type CompletionList,
  type Hover,
  IPCMessageReader,
  IPCMessageWriter,
  type Location,
  type SelectionRange,
  SocketMessageReader,
  SocketMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentEdit,
} from 'vscode-languageserver/node';
import { uriFromPath } from '../../src/host/uri.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { plain, pulling, TestClient } from './test-client.ts';

// These tests drive the built server, dist/server.js, as an editor does.

const bundle = path.join(import.meta.dirname, '../../../dist/server.js');

interface Server {
  readonly client: TestClient;
  readonly exited: Promise<number | null>;
  readonly write: (bytes: string) => void;
}

function startServer(): Server {
  const child = spawn(process.execPath, [bundle, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const client = new TestClient(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  return { client, exited, write: (bytes) => void child.stdin.write(bytes) };
}

async function startIn(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: { capabilities?: ClientCapabilities; initializationOptions?: unknown; folders?: readonly string[] } = {},
): Promise<Server & { readonly folder: string; readonly uri: (name: string) => string }> {
  const folder = await temporaryFolder(files);
  const server = startServer();
  const uri = (name: string): string => uriFromPath(path.join(folder, name));
  await server.client.initialize({ ...options, folders: (options.folders ?? ['']).map(uri) });
  return { ...server, folder, uri };
}

const configMap = (...keys: string[]): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n${keys.map((key) => `  ${key}: "1"\n`).join('')}`;

const pod = (name: string, key: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx
      env:
        - name: MODE
          valueFrom:
            configMapKeyRef:
              name: ${name}
              key: ${key}
`;

const nameLine = 12;
const keyLine = 13;
const at = (uri: string, line: number, character: number): object => ({
  textDocument: { uri },
  position: { line, character },
});

describe('an editing session', () => {
  test('diagnostics follow incremental edits across files', async () => {
    const { client, uri } = await startIn({ 'map.yaml': configMap('mode') });
    await client.open(uri('pod.yaml'), pod('settings', 'mod'));
    const first = await client.pull(uri('pod.yaml'));
    expect(first.items).toMatchObject([
      {
        code: 'unresolved-configmap-key',
        severity: 1,
        source: 'podwire',
        range: { start: { line: keyLine, character: 19 }, end: { line: keyLine, character: 22 } },
        relatedInformation: expect.arrayContaining([
          { location: { uri: uri('map.yaml'), range: expect.anything() }, message: expect.any(String) },
        ]),
      },
    ]);
    const href = 'https://github.com/podwire/podwire/blob/main/docs/rules/unresolved-configmap-key.md';
    expect(first.items?.[0]?.codeDescription?.href).toBe(href);
    expect(await client.pull(uri('pod.yaml'), first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
    const end = { line: keyLine, character: 22 };
    await client.change(uri('pod.yaml'), 2, 'e', { start: end, end });
    const second = await client.pull(uri('pod.yaml'), first.resultId);
    expect(second).toMatchObject({ kind: 'full', items: [] });
    // An edit in the other file, which is open now, takes the key away again.
    await client.open(uri('map.yaml'), configMap('mode'));
    await client.change(uri('map.yaml'), 2, 'x', { start: { line: 5, character: 2 }, end: { line: 5, character: 6 } });
    await client.until(() => client.count('workspace/diagnostic/refresh') > 0);
    expect(await client.pull(uri('pod.yaml'), second.resultId)).toMatchObject({ kind: 'full', items: [{}] });
  });

  test('completion, hover, definition, references and quick fix', async () => {
    const { client, uri } = await startIn({ 'map.yaml': configMap('mode', 'level') });
    await client.open(uri('pod.yaml'), pod('settings', 'mod'));
    await client.pull(uri('pod.yaml'));
    const list = await client.request<CompletionList>('textDocument/completion', at(uri('pod.yaml'), keyLine, 22));
    expect(list.items.map((item) => item.label)).toEqual(expect.arrayContaining(['mode', 'level']));
    const keys = await client.request<CompletionList>('textDocument/completion', at(uri('pod.yaml'), 7, 6));
    const image = keys.items.find((item) => item.label === 'imagePullPolicy');
    expect(image).not.toHaveProperty('documentation');
    const resolved = await client.request<CompletionItem>('completionItem/resolve', image);
    expect(JSON.stringify(resolved.documentation)).toContain('pull');
    const hover = await client.request<Hover>('textDocument/hover', at(uri('pod.yaml'), 7, 8));
    expect(hover.contents).toMatchObject({ kind: 'markdown', value: expect.stringContaining('image') });
    expect(await client.request('podwire/wiringHover', at(uri('pod.yaml'), 7, 8))).toBeNull();
    const wiring = await client.request<Hover>('podwire/wiringHover', at(uri('pod.yaml'), nameLine, 22));
    expect(wiring.contents).toMatchObject({
      value: expect.stringMatching(/^ConfigMap \*\*settings\*\*(?![\s\S]*---)/),
    });
    const definition = await client.request<Location[]>('textDocument/definition', at(uri('pod.yaml'), nameLine, 22));
    expect(definition).toMatchObject([{ uri: uri('map.yaml'), range: { start: { line: 3 } } }]);
    const references = await client.request<Location[]>('textDocument/references', {
      ...at(uri('map.yaml'), 3, 10),
      context: { includeDeclaration: false },
    });
    expect(references).toMatchObject([{ uri: uri('pod.yaml'), range: { start: { line: nameLine } } }]);
    const range = { start: { line: keyLine, character: 19 }, end: { line: keyLine, character: 22 } };
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: uri('pod.yaml') },
      range,
      context: { diagnostics: [], only: ['quickfix'] },
    });
    const change = actions.find((action) => action.title === 'Change to "mode"');
    expect(change).toMatchObject({ kind: 'quickfix', diagnostics: [{ code: 'unresolved-configmap-key' }] });
    const [edit] = (change?.edit?.documentChanges ?? []) as TextDocumentEdit[];
    expect(edit).toEqual({
      textDocument: { uri: uri('pod.yaml'), version: 1 },
      edits: [{ range, newText: 'mode' }],
    });
  });

  test.each([
    ['as tab stops', true],
    ['as plain text where the client takes no snippets', false],
  ])('what a fix leaves to the author: %s', async (_, snippetEditSupport) => {
    const workspaceEdit = { documentChanges: true, snippetEditSupport };
    const capabilities = { ...pulling, workspace: { ...pulling.workspace, workspaceEdit } };
    const { client, uri } = await startIn({ 'map.yaml': 'data: {}\n' }, { capabilities });
    const secret = pod('login', 'password').replace('configMapKeyRef', 'secretKeyRef');
    await client.open(uri('pod.yaml'), `${secret}---\n${configMap('mode')}`);
    await client.open(uri('user.yaml'), pod('settings', 'level'));
    const edits = async (name: string, line: number, title: RegExp): Promise<TextDocumentEdit> => {
      await client.pull(uri(name));
      const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: uri(name) },
        range: { start: { line, character: 21 }, end: { line, character: 21 } },
        context: { diagnostics: [] },
      });
      const action = actions.find((candidate) => title.test(candidate.title));
      return action?.edit?.documentChanges?.[0] as TextDocumentEdit;
    };
    const created = await edits('pod.yaml', nameLine, /^Create Secret/);
    const lines = '---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: login\nstringData:\n  password: ';
    const end = { line: 14, character: 0 };
    expect(created.edits).toEqual([
      snippetEditSupport
        ? { range: { start: end, end }, snippet: { kind: 'snippet', value: `${lines}"\${1}"\n` } }
        : { range: { start: end, end }, newText: `${lines}""\n` },
    ]);
    const added = await edits('user.yaml', keyLine, /^Add key "level"/);
    expect(added).toMatchObject({ textDocument: { uri: uri('pod.yaml') } });
    expect(added.edits).toMatchObject([
      snippetEditSupport
        ? { range: { start: { line: 20, character: 0 } }, snippet: { value: '  mode: "1"\n  level: "${1}"' } }
        : { range: { start: { line: 20, character: 11 } }, newText: '\n  level: ""' },
    ]);
  });

  test('outline, workspace symbols, folding and selection ranges', async () => {
    const { client, uri } = await startIn({ 'map.yaml': configMap('mode') });
    await client.open(uri('pod.yaml'), pod('settings', 'mode'));
    await client.pull(uri('pod.yaml'));
    const textDocument = { uri: uri('pod.yaml') };
    const flat = await client.request('textDocument/documentSymbol', { textDocument });
    expect(flat).toMatchObject([
      { name: 'Pod/web', location: { uri: uri('pod.yaml'), range: { start: { line: 0 } } } },
      { name: 'web', containerName: 'Pod/web', location: { range: { start: { line: 6, character: 6 } } } },
    ]);
    const found = await client.request('workspace/symbol', { query: 'mode' });
    const range = { start: { line: 5, character: 2 }, end: { line: 5, character: 6 } };
    expect(found).toMatchObject([
      { name: 'mode', containerName: 'ConfigMap/settings', location: { uri: uri('map.yaml'), range } },
    ]);
    const folds = await client.request('textDocument/foldingRange', { textDocument });
    expect(folds).toEqual(expect.arrayContaining([{ startLine: 5, endLine: 13 }]));
    const [selection] = await client.request<SelectionRange[]>('textDocument/selectionRange', {
      textDocument,
      positions: [{ line: nameLine, character: 22 }],
    });
    const line = { line: nameLine, character: 14 };
    expect(selection?.parent?.range.start).toEqual(line);
    expect(selection?.parent?.parent?.range).toEqual({ start: line, end: { line: keyLine, character: 23 } });
  });

  test('links lead from a kustomization to its files', async () => {
    const { client, uri } = await startIn({ 'map.yaml': configMap('mode') });
    await client.open(uri('kustomization.yaml'), 'resources:\n  - map.yaml\n');
    await client.pull(uri('kustomization.yaml'));
    const textDocument = { uri: uri('kustomization.yaml') };
    expect(await client.request('textDocument/documentLink', { textDocument })).toEqual([
      { range: { start: { line: 1, character: 4 }, end: { line: 1, character: 12 } }, target: uri('map.yaml') },
    ]);
  });

  test('the outline is nested where the client can show that', async () => {
    const capabilities = { textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } } };
    const { client, uri } = await startIn({}, { capabilities });
    await client.open(uri('pod.yaml'), pod('settings', 'mode'));
    const nested = await client.request('textDocument/documentSymbol', { textDocument: { uri: uri('pod.yaml') } });
    expect(nested).toMatchObject([
      { name: 'Pod/web', children: [{ name: 'web', selectionRange: { start: { line: 6 } } }] },
    ]);
  });

  test('files change, and vanish while they are open', async () => {
    const { client, uri, folder } = await startIn({
      'map.yaml': configMap('mode'),
      'pod.yaml': pod('settings', 'mode'),
    });
    const pods = uri('pod.yaml');
    expect((await client.pull(pods)).items).toEqual([]);
    await writeFile(path.join(folder, 'map.yaml'), configMap('other'));
    await client.watched(uri('map.yaml'), 2);
    await client.pullUntil(pods, (messages) => messages.length === 1);
    await client.open(uri('map.yaml'), configMap('mode'));
    await client.pullUntil(pods, (messages) => messages.length === 0);
    await rm(path.join(folder, 'map.yaml'));
    await client.watched(uri('map.yaml'), 3);
    expect((await client.pull(pods)).items).toEqual([]);
    await client.close(uri('map.yaml'));
    await client.pullUntil(pods, (messages) => messages.some((message) => message.startsWith('unresolved-configmap:')));
  });

  test('folders are apart from each other and come and go', async () => {
    const files = { 'one/map.yaml': configMap('mode'), 'two/pod.yaml': pod('settings', 'mod') };
    const { client, uri } = await startIn(files, { folders: ['one', 'two'] });
    const pods = uri('two/pod.yaml');
    await client.pullUntil(pods, (messages) => messages.some((message) => message.startsWith('unresolved-configmap:')));
    await client.notify('workspace/didChangeWorkspaceFolders', {
      event: {
        added: [{ uri: uri(''), name: 'all' }],
        removed: [
          { uri: uri('one'), name: 'one' },
          { uri: uri('two'), name: 'two' },
        ],
      },
    });
    await client.pullUntil(pods, (messages) =>
      messages.some((message) => message.startsWith('unresolved-configmap-key:')),
    );
    const { items } = await client.pullWorkspace();
    expect(items.map((item) => item.uri)).toEqual([pods]);
  });

  test('a client without pull is pushed to', async () => {
    const files = { 'map.yaml': configMap('mode'), 'pod.yaml': pod('settings', 'mod') };
    const { client, uri } = await startIn(files, { capabilities: plain });
    await client.until(() => client.published.get(uri('pod.yaml'))?.length === 1);
    await client.open(uri('map.yaml'), configMap('mod'));
    await client.until(() => client.published.get(uri('pod.yaml'))?.length === 0);
    await client.open(uri('new.yaml'), pod('settings', 'mode'));
    await client.until(() => client.published.get(uri('new.yaml'))?.length === 1);
    await client.close(uri('new.yaml'));
    await client.until(() => client.published.get(uri('new.yaml'))?.length === 0);
  });

  test('settings, asked for and sent', async () => {
    const off = { rules: { 'unresolved-configmap-key': 'off' } };
    const files = { 'map.yaml': configMap('mode'), 'pod.yaml': pod('settings', 'mod') };
    const sent = await startIn(files, {
      capabilities: { textDocument: { diagnostic: {} } },
      initializationOptions: off,
    });
    expect((await sent.client.pull(sent.uri('pod.yaml'))).items).toEqual([]);
    await sent.client.notify('workspace/didChangeConfiguration', { settings: { podwire: {} } });
    await sent.client.pullUntil(sent.uri('pod.yaml'), (messages) => messages.length === 1);
    const asked = await startIn(files);
    expect((await asked.client.pull(asked.uri('pod.yaml'))).items).toHaveLength(1);
    asked.client.configuration.set(asked.uri(''), off);
    await asked.client.notify('workspace/didChangeConfiguration', { settings: null });
    await asked.client.pullUntil(asked.uri('pod.yaml'), (messages) => messages.length === 0);
  });

  test('progress while it reads the workspace, and answers meanwhile', async () => {
    const many = Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`${i}.yaml`, pod('settings', 'mode')]));
    const { client, uri } = await startIn({ ...many, 'map.yaml': configMap('mode') });
    await client.open(uri('new.yaml'), pod('settings', 'mode'));
    const kinds = (): unknown[] =>
      client.received
        .filter(({ method }) => method.startsWith('$/progress'))
        .map(({ params }) => (params as { kind: string }).kind);
    const hover = await client.request<Hover | null>('textDocument/hover', at(uri('new.yaml'), 7, 8));
    expect(hover).not.toBeNull();
    expect(kinds()).not.toContain('end');
    await client.until(() => kinds().includes('end'));
    expect(kinds()[0]).toBe('begin');
    expect(kinds()).toContain('report');
    expect((await client.pull(uri('new.yaml'))).items).toEqual([]);
  });

  test('cancelled requests are answered as such', async () => {
    const { client, uri } = await startIn({});
    await client.open(uri('pod.yaml'), pod('settings', 'mode'));
    const source = new CancellationTokenSource();
    const asked = Array.from({ length: 200 }, () =>
      client.connection.sendRequest('textDocument/completion', at(uri('pod.yaml'), 7, 6), source.token),
    );
    source.cancel();
    const results = await Promise.allSettled(asked);
    const cancelled = results.filter((result) => result.status === 'rejected' && result.reason.code === -32800);
    expect(cancelled.length).toBeGreaterThan(0);
  });

  test('a pull of the workspace that is held until something changes can be cancelled', async () => {
    const { client } = await startIn({});
    const source = new CancellationTokenSource();
    const held = client.connection.sendRequest(
      'workspace/diagnostic',
      { previousResultIds: [], partialResultToken: 'p' },
      source.token,
    );
    source.cancel();
    await expect(held).rejects.toMatchObject({ code: -32800 });
  });
});

describe('bad input', () => {
  test('a file with everything wrong costs only itself', async () => {
    const files = {
      'map.yaml': configMap('mode'),
      'pod.yaml': pod('settings', 'mod'),
      'binary.yaml': Buffer.from([0x6b, 0, 1, 2, 0xff]),
      'tabs.yaml': 'apiVersion: v1\nkind: Pod\n\tmetadata:\n',
      'quote.yaml': `a: "never closed\n---\n${pod('settings', 'mode')}`,
      'bomb.yaml': `a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]\n`,
      'folder.yaml/': '',
      'crlf.yaml': `\uFEFF# 🙂\r\n${pod('settings', 'mod').replaceAll('\n', '\r\n')}`,
    };
    const { client, uri } = await startIn(files);
    expect((await client.pull(uri('pod.yaml'))).items).toHaveLength(1);
    // A line further down, and one column per UTF-16 unit, as without the mark
    expect((await client.pull(uri('crlf.yaml'))).items).toMatchObject([
      { range: { start: { line: keyLine + 1, character: 19 }, end: { line: keyLine + 1, character: 22 } } },
    ]);
    expect((await client.pullWorkspace()).items.map((item) => item.uri)).toEqual(
      expect.arrayContaining([uri('crlf.yaml'), uri('pod.yaml')]),
    );
  });

  test('ten megabytes', async () => {
    const { client, uri } = await startIn({ 'map.yaml': configMap('mode') });
    const text = `${`# ${'x'.repeat(98)}\n`.repeat(104_000)}---\n${pod('settings', 'mod')}`;
    await client.open(uri('big.yaml'), text);
    expect((await client.pull(uri('big.yaml'))).items).toHaveLength(1);
    expect(await client.request('textDocument/hover', at(uri('big.yaml'), 0, 0))).toBeNull();
  });

  test('garbage on the wire', async () => {
    const { client, uri, write } = await startIn({ 'map.yaml': configMap('mode') });
    write('Content-Length: 5\r\n\r\n{"a":');
    write('Content-Length: 4\r\n\r\nnull');
    write('Content-Length: 17\r\n\r\n{"jsonrpc":"2.0"}');
    await client.notify('podwire/unknown', { a: 1 });
    await client.notify('textDocument/didChange', { textDocument: {}, contentChanges: 7 });
    await expect(client.request('podwire/unknown', {})).rejects.toMatchObject({ code: -32601 });
    expect(await client.request('textDocument/hover', { textDocument: 7 })).toBeNull();
    await client.open(uri('pod.yaml'), pod('settings', 'mod'));
    expect((await client.pull(uri('pod.yaml'))).items).toHaveLength(1);
  });
});

describe('the process', () => {
  test('shutdown and exit end it with 0', async () => {
    const { client, exited } = await startIn({});
    await client.request('shutdown');
    await expect(client.request('textDocument/hover', at('file:///x.yaml', 0, 0))).rejects.toMatchObject({
      code: -32600,
    });
    await client.notify('exit', undefined);
    expect(await exited).toBe(0);
  });

  test('exit without shutdown, and a client that is gone, end it with 1', async () => {
    const first = await startIn({});
    await first.client.notify('exit', undefined);
    expect(await first.exited).toBe(1);
    const child = spawn(process.execPath, [bundle, '--stdio'], { stdio: ['pipe', 'ignore', 'inherit'] });
    child.stdin.end();
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(1);
  });

  test('shutdown ends the reading of a large workspace', async () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`${i}.yaml`, pod('settings', 'mode')]));
    const { client, exited } = await startIn(many);
    await client.request('shutdown');
    await client.notify('exit', undefined);
    expect(await exited).toBe(0);
  });

  test('serves over a socket and over node’s own channel', async () => {
    const listener = net.createServer();
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as AddressInfo;
    const connected = new Promise<net.Socket>((resolve) => listener.once('connection', resolve));
    const bySocket = spawn(process.execPath, [bundle, `--socket=${port}`], { stdio: 'inherit' });
    const byChannel = spawn(process.execPath, [bundle, '--node-ipc'], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    onTestFinished(() => {
      bySocket.kill('SIGKILL');
      byChannel.kill('SIGKILL');
      listener.close();
    });
    const socket = await connected;
    const clients = [
      new TestClient(new SocketMessageReader(socket), new SocketMessageWriter(socket)),
      new TestClient(new IPCMessageReader(byChannel), new IPCMessageWriter(byChannel)),
    ];
    for (const client of clients) {
      const { serverInfo } = await client.initialize({ capabilities: pulling });
      expect(serverInfo?.name).toBe('podwire');
    }
  });

  test('without a transport it says how it is used', async () => {
    const child = spawn(process.execPath, [bundle], { stdio: ['ignore', 'pipe', 'pipe'] });
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2);
    expect(err).toContain('--stdio');
  });
});
