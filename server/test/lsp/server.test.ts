import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  CancellationTokenSource,
  type ClientCapabilities,
  type CodeAction,
  type CodeLens,
  type CompletionItem,
  type CompletionList,
  type InitializeResult,
  type InlayHint,
  type Location,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { uriFromPath } from '../../src/host/uri.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { FakeEngine } from './fake-engine.ts';
import { serveInProcess } from './in-process.ts';
import { plain, type TestClient, type WorkspaceReport } from './test-client.ts';

/** The server in this process, over a toy engine: what is tested here is the adapter alone. */
function startServer(): { client: TestClient; engines: FakeEngine[] } {
  const engines: FakeEngine[] = [];
  const client = serveInProcess(() => {
    const engine = new FakeEngine();
    engines.push(engine);
    return engine;
  });
  return { client, engines };
}

interface Started {
  readonly client: TestClient;
  readonly engines: FakeEngine[];
  readonly folder: string;
  readonly uri: (name: string) => string;
  readonly result: InitializeResult;
}

async function startIn(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: { capabilities?: ClientCapabilities; initializationOptions?: unknown; folders?: readonly string[] } = {},
): Promise<Started> {
  const folder = await temporaryFolder(files);
  const { client, engines } = startServer();
  const uri = (name: string): string => uriFromPath(path.join(folder, name));
  const folders = (options.folders ?? ['']).map((name) => uri(name));
  const result = await client.initialize({ ...options, folders });
  return { client, engines, folder, uri, result };
}

const withoutPull: ClientCapabilities = { textDocument: { publishDiagnostics: { versionSupport: true } } };

describe('before initialize and after shutdown', () => {
  test('requests are refused in the words of the protocol', async () => {
    const { client } = startServer();
    const hover = { textDocument: { uri: 'file:///x.yaml' }, position: { line: 0, character: 0 } };
    await expect(client.request('textDocument/hover', hover)).rejects.toMatchObject({ code: -32002 });
    await client.initialize({});
    expect(await client.request('textDocument/hover', hover)).toBeNull();
    await expect(client.request('podwire/nonsense')).rejects.toMatchObject({ code: -32601 });
    await expect(client.request('initialize', { capabilities: {} })).rejects.toMatchObject({ code: -32600 });
    await client.request('shutdown');
    await expect(client.request('textDocument/hover', hover)).rejects.toMatchObject({ code: -32600 });
  });

  test('says what it can, by what the client can', async () => {
    const { result } = await startIn({});
    expect(result.serverInfo).toEqual({ name: 'podwire', version: '1.2.3' });
    expect(result.capabilities).toMatchObject({
      textDocumentSync: { openClose: true, change: 2 },
      diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: true },
      renameProvider: { prepareProvider: true },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    });
    const { result: bare } = await startIn({}, { capabilities: plain });
    expect(bare.capabilities.diagnosticProvider).toBeUndefined();
    expect(bare.capabilities.renameProvider).toBe(true);
  });

  test('a client that has neither capabilities nor folders is served', async () => {
    const { client } = startServer();
    await client.request('initialize', { processId: null, rootUri: null, capabilities: {} });
    await client.notify('initialized', {});
    await client.open('untitled:one', 'use: x\n');
    await client.until(() => client.published.get('untitled:one')?.length === 1);
  });
});

describe('pulled diagnostics', () => {
  test('see the files on disk, and an unchanged answer is short', async () => {
    const { client, uri } = await startIn({ 'b.yaml': 'def: x\n' });
    await client.open(uri('a.yaml'), 'use: x\nuse: y\n');
    const report = await client.pull(uri('a.yaml'));
    expect(report).toMatchObject({ kind: 'full', resultId: expect.any(String) });
    expect(report.items).toEqual([
      {
        range: { start: { line: 1, character: 5 }, end: { line: 1, character: 6 } },
        severity: 1,
        code: 'missing-name',
        codeDescription: { href: 'https://github.com/podwire/podwire/blob/main/docs/rules/missing-name.md' },
        source: 'podwire',
        message: 'y is not defined',
        tags: [1],
      },
    ]);
    expect(await client.pull(uri('a.yaml'), report.resultId)).toEqual({ kind: 'unchanged', resultId: report.resultId });
    await client.change(uri('a.yaml'), 2, 'x', { start: { line: 1, character: 5 }, end: { line: 1, character: 6 } });
    expect(await client.pull(uri('a.yaml'), report.resultId)).toMatchObject({ kind: 'full', items: [] });
  });

  test('every spelling of a URI is the same file, and answers come in the spelling that is open', async () => {
    const { client, uri } = await startIn({ 'a b.yaml': 'use: x\n' });
    const odd = uri('a b.yaml').replace('%20', ' ').replace('yaml', '%79aml');
    await client.open(odd, 'use: y\n');
    expect((await client.pull(uri('a b.yaml'))).items).toMatchObject([{ message: 'y is not defined' }]);
    const { items } = await client.pullWorkspace();
    expect(items).toMatchObject([{ uri: odd, version: 1, items: [{ message: 'y is not defined' }] }]);
  });

  test('of the workspace: what has problems, what changed, what vanished', async () => {
    const { client, uri, folder } = await startIn({ 'a.yaml': 'use: x\n', 'b.yaml': 'use: y\n', 'c.yaml': 'def: z\n' });
    const first = (await client.pullWorkspace()).items;
    expect(first.map(({ uri: file, kind, version }) => ({ file, kind, version }))).toEqual([
      { file: uri('a.yaml'), kind: 'full', version: null },
      { file: uri('b.yaml'), kind: 'full', version: null },
    ]);
    const previous = first.map((item) => ({ uri: item.uri, value: item.resultId ?? '' }));
    expect((await client.pullWorkspace(previous)).items.map((item) => item.kind)).toEqual(['unchanged', 'unchanged']);
    await client.open(uri('c.yaml'), 'def: x\n');
    await rm(path.join(folder, 'b.yaml'));
    await client.watched(uri('b.yaml'), 3);
    await client.pullUntil(uri('b.yaml'), (messages) => messages.length === 0);
    expect((await client.pullWorkspace(previous)).items).toMatchObject([
      { uri: uri('a.yaml'), kind: 'full', items: [] },
      { uri: uri('b.yaml'), kind: 'full', items: [] },
    ]);
  });

  test('of the workspace in parts: held open while nothing changes', async () => {
    const { client, uri } = await startIn({ 'a.yaml': 'use: x\n', 'b.yaml': 'use: y\n' });
    const pull = (token: string, previousResultIds: unknown[]): Promise<{ items: WorkspaceReport[] }> =>
      client.request('workspace/diagnostic', { previousResultIds, partialResultToken: token });
    const progress = (token: string): WorkspaceReport[] =>
      client.received
        .filter((message) => message.method === `$/progress ${token}`)
        .flatMap((message) => (message.params as { items: WorkspaceReport[] }).items);
    expect(await pull('one', [])).toEqual({ items: [] });
    expect(progress('one').map((item) => item.uri)).toEqual([uri('a.yaml'), uri('b.yaml')]);
    let answered = false;
    const previous = progress('one').map((item) => ({ uri: item.uri, value: item.resultId }));
    const held = pull('two', previous).then(() => {
      answered = true;
    });
    await client.until(() => progress('two').length === 2);
    await client.open(uri('c.yaml'), '');
    await client.pull(uri('c.yaml'));
    expect(answered).toBe(false);
    await client.change(uri('c.yaml'), 2, 'def: x\n');
    await held;
    expect(progress('two').slice(2)).toMatchObject([{ uri: uri('a.yaml'), kind: 'full', items: [] }]);
  });

  test('a held request ends when it is cancelled and when the server shuts down', async () => {
    const { client } = await startIn({});
    const source = new CancellationTokenSource();
    const ask = (token: string): Promise<unknown> =>
      client.connection.sendRequest(
        'workspace/diagnostic',
        { previousResultIds: [], partialResultToken: token },
        source.token,
      );
    const cancelled = ask('one');
    await client.pull('file:///none.yaml');
    source.cancel();
    await expect(cancelled).rejects.toMatchObject({ code: -32800 });
    const held = client.request('workspace/diagnostic', { previousResultIds: [], partialResultToken: 'two' });
    await client.pull('file:///none.yaml');
    await client.request('shutdown');
    expect(await held).toEqual({ items: [] });
  });

  test('an edit that changes another file asks for a refresh, one that does not doesn’t', async () => {
    const { client, uri } = await startIn({ 'a.yaml': '', 'b.yaml': '' });
    await client.open(uri('a.yaml'), 'use: x\n');
    await client.open(uri('b.yaml'), 'use: y\n');
    await client.pull(uri('a.yaml'));
    await client.pull(uri('b.yaml'));
    const before = client.count('workspace/diagnostic/refresh');
    await client.change(uri('b.yaml'), 2, 'use: z\n');
    await client.pull(uri('b.yaml'));
    await setTimeout(400);
    expect(client.count('workspace/diagnostic/refresh')).toBe(before);
    await client.change(uri('b.yaml'), 3, 'def: x\n');
    await client.until(() => client.count('workspace/diagnostic/refresh') === before + 1);
    expect((await client.pull(uri('a.yaml'))).items).toEqual([]);
    await setTimeout(400);
    expect(client.count('workspace/diagnostic/refresh')).toBe(before + 1);
  });

  test('answers are cancelled, not computed', async () => {
    const { client, uri } = await startIn({});
    const source = new CancellationTokenSource();
    const position = { line: 0, character: 0 };
    const params = { textDocument: { uri: uri('a.yaml') }, position };
    const answer = client.connection.sendRequest('textDocument/completion', params, source.token);
    source.cancel();
    await expect(answer).rejects.toMatchObject({ code: -32800 });
  });
});

describe('pushed diagnostics', () => {
  test('come for open documents and for the rest of the workspace, and go', async () => {
    const { client, uri, folder } = await startIn(
      { 'b.yaml': 'use: y\n', 'c.yaml': 'def: z\n' },
      { capabilities: plain },
    );
    await client.open(uri('a.yaml'), 'use: x\n');
    await client.until(
      () => client.published.get(uri('a.yaml'))?.length === 1 && client.published.get(uri('b.yaml'))?.length === 1,
    );
    expect(client.published.has(uri('c.yaml'))).toBe(false);
    await client.change(uri('a.yaml'), 2, 'def: y\n');
    await client.until(
      () => client.published.get(uri('a.yaml'))?.length === 0 && client.published.get(uri('b.yaml'))?.length === 0,
    );
    // a.yaml was never saved: with the editor its text is gone
    await client.change(uri('a.yaml'), 3, 'use: q\n');
    await client.until(
      () => client.published.get(uri('a.yaml'))?.length === 1 && client.published.get(uri('b.yaml'))?.length === 1,
    );
    await client.close(uri('a.yaml'));
    await client.until(() => client.published.get(uri('a.yaml'))?.length === 0);
    await rm(path.join(folder, 'b.yaml'));
    await client.watched(uri('b.yaml'), 3);
    await client.until(() => client.published.get(uri('b.yaml'))?.length === 0);
  });

  test('carry the version where the client wants it', async () => {
    const { client, uri } = await startIn({}, { capabilities: withoutPull });
    await client.open(uri('a.yaml'), 'use: x\n');
    await client.until(() => client.published.has(uri('a.yaml')));
    const first = client.received.find((message) => message.method === 'textDocument/publishDiagnostics');
    expect(first?.params).toMatchObject({ uri: uri('a.yaml'), version: 1 });
  });
});

describe('files', () => {
  test('the index leaves out what git ignores, but an opened one is served', async () => {
    const { client, uri, engines } = await startIn({
      '.gitignore': 'out/\n',
      'out/a.yaml': 'def: x\n',
      'b.yaml': 'use: x\n',
    });
    expect((await client.pull(uri('b.yaml'))).items).toHaveLength(1);
    await client.open(uri('out/a.yaml'), 'def: x\n');
    expect((await client.pull(uri('b.yaml'))).items).toHaveLength(0);
    await client.watched(uri('out/a.yaml'), 2);
    await client.close(uri('out/a.yaml'));
    expect((await client.pull(uri('b.yaml'))).items).toHaveLength(1);
    expect(
      engines
        .flatMap((engine) => engine.applied)
        .some((change) => change.type === 'disk' && change.uri === uri('out/a.yaml')),
    ).toBe(false);
  });

  test('a changed .gitignore counts', async () => {
    const { client, uri, folder } = await startIn({ 'out/a.yaml': 'def: x\n', 'b.yaml': 'use: x\n' });
    expect((await client.pull(uri('b.yaml'))).items).toHaveLength(0);
    await writeFile(path.join(folder, '.gitignore'), 'out/\n');
    await client.watched(uri('.gitignore'), 1);
    await client.pullUntil(uri('b.yaml'), (messages) => messages.length === 1);
    await rm(path.join(folder, '.gitignore'));
    await client.watched(uri('.gitignore'), 3);
    await client.pullUntil(uri('b.yaml'), (messages) => messages.length === 0);
  });

  test('files and whole folders come, change and go', async () => {
    const { client, uri, folder } = await startIn({ 'a.yaml': 'use: x\nuse: y\n' });
    expect((await client.pull(uri('a.yaml'))).items).toHaveLength(2);
    await mkdir(path.join(folder, 'sub/deep'), { recursive: true });
    await writeFile(path.join(folder, 'sub/deep/b.yaml'), 'def: x\n');
    await writeFile(path.join(folder, 'sub/c.yml'), 'def: y\n');
    await client.watched(uri('sub'), 1);
    await client.until(() => client.count('workspace/diagnostic/refresh') > 0);
    expect((await client.pull(uri('a.yaml'))).items).toHaveLength(0);
    await writeFile(path.join(folder, 'sub/c.yml'), 'def: other\n');
    await client.watched(uri('sub/c.yml'), 2);
    await client.pullUntil(uri('a.yaml'), (messages) => messages.length === 1);
    await rm(path.join(folder, 'sub'), { recursive: true });
    await client.watched(uri('sub'), 3);
    await client.pullUntil(uri('a.yaml'), (messages) => messages.length === 2);
  });

  test('a file that is deleted while it is open stays until it is closed', async () => {
    const { client, uri, folder } = await startIn({ 'a.yaml': 'use: x\n', 'b.yaml': 'def: x\n' });
    await client.open(uri('b.yaml'), 'def: x\n');
    await rm(path.join(folder, 'b.yaml'));
    await client.watched(uri('b.yaml'), 3);
    expect((await client.pull(uri('a.yaml'))).items).toHaveLength(0);
    expect((await client.pull(uri('b.yaml'))).resultId).toBeDefined();
    await client.close(uri('b.yaml'));
    await client.pullUntil(uri('a.yaml'), (messages) => messages.length === 1);
  });

  test('a file that changed unnoticed is read when its editor closes', async () => {
    const { client, uri, folder } = await startIn({ 'a.yaml': 'use: x\n', 'b.yaml': '' });
    await client.open(uri('b.yaml'), '');
    expect((await client.pull(uri('a.yaml'))).items).toHaveLength(1);
    await writeFile(path.join(folder, 'b.yaml'), 'def: x\n');
    await client.close(uri('b.yaml'));
    await client.pullUntil(uri('a.yaml'), (messages) => messages.length === 0);
  });

  test('what is no text is left out', async () => {
    const { client, uri } = await startIn({ 'a.yaml': 'use: x\n', 'b.yaml': Buffer.from('def: x\n\0'), 'c.yaml/': '' });
    expect((await client.pull(uri('a.yaml'))).items).toHaveLength(1);
  });

  test('registers the watchers, and says what it reads', async () => {
    const { client } = await startIn({ 'a.yaml': '' });
    await client.until(() =>
      client.received.some(
        ({ method, params }) => method.startsWith('$/progress') && (params as { kind?: string }).kind === 'end',
      ),
    );
    const registered = client.received
      .filter(({ method }) => method === 'client/registerCapability')
      .map(({ params }) => params);
    expect(JSON.stringify(registered)).toContain('**/*.{yaml,yml}');
    expect(JSON.stringify(registered)).toContain('workspace/didChangeConfiguration');
    const begin = client.received.find(({ params }) => (params as { kind?: string } | undefined)?.kind === 'begin');
    expect(begin?.params).toMatchObject({ title: 'Podwire: reading the workspace' });
  });
});

describe('workspace folders', () => {
  test('each is a world of its own, the innermost counts, loose files are apart', async () => {
    const files = {
      'one/a.yaml': 'def: x\n',
      'two/b.yaml': 'use: x\n',
      'one/inner/c.yaml': 'use: x\n',
      'd.yaml': 'use: x\n',
    };
    const { client, uri } = await startIn(files, { folders: ['one', 'two', 'one/inner'] });
    expect((await client.pull(uri('two/b.yaml'))).items).toHaveLength(1);
    expect((await client.pull(uri('one/inner/c.yaml'))).items).toHaveLength(1);
    await client.open(uri('d.yaml'), 'use: x\n');
    expect((await client.pull(uri('d.yaml'))).items).toHaveLength(1);
    expect((await client.pullWorkspace()).items.map((item) => item.uri).sort()).toEqual(
      [uri('d.yaml'), uri('one/inner/c.yaml'), uri('two/b.yaml')].sort(),
    );
  });

  test('come and go, and open documents move with them', async () => {
    const files = { 'one/a.yaml': 'def: x\n', 'one/inner/c.yaml': 'use: x\n', 'one/inner/d.yaml': 'def: y\n' };
    const { client, uri } = await startIn(files, { folders: ['one'] });
    const fold = (added: string[], removed: string[]): Promise<void> => {
      const named = (names: string[]): unknown[] => names.map((name) => ({ uri: uri(name), name }));
      return client.notify('workspace/didChangeWorkspaceFolders', {
        event: { added: named(added), removed: named(removed) },
      });
    };
    await client.open(uri('one/inner/c.yaml'), 'use: x\nuse: y\n');
    const open = uri('one/inner/c.yaml');
    await client.pullUntil(open, (messages) => messages.length === 0);
    await fold(['one/inner'], []);
    await client.pullUntil(open, (messages) => messages.join() === 'missing-name: x is not defined');
    await fold([], ['one/inner']);
    await client.pullUntil(open, (messages) => messages.length === 0);
    await fold([], ['one']);
    await client.pullUntil(open, (messages) => messages.length === 2);
    await fold(['one'], []);
    await client.pullUntil(open, (messages) => messages.length === 0);
  });

  test('that are not on disk know their open documents alone', async () => {
    const { client } = startServer();
    await client.initialize({ folders: ['vscode-vfs://github/a/b'] });
    await client.open('vscode-vfs://github/a/b/x.yaml', 'use: x\n');
    expect((await client.pull('vscode-vfs://github/a/b/x.yaml')).items).toHaveLength(1);
  });
});

describe('settings', () => {
  const off = { rules: { 'missing-name': 'off' } };

  test('are asked for per folder, and again when they change', async () => {
    const folder = await temporaryFolder({ 'one/a.yaml': 'use: x\n', 'two/b.yaml': 'use: x\n' });
    const uri = (name: string): string => uriFromPath(path.join(folder, name));
    const { client } = startServer();
    client.configuration.set(uri('one'), off);
    await client.initialize({ folders: [uri('one'), uri('two')] });
    expect((await client.pull(uri('one/a.yaml'))).items).toHaveLength(0);
    expect((await client.pull(uri('two/b.yaml'))).items).toHaveLength(1);
    client.configuration.set(uri('one'), { rules: { 'missing-name': 'hint' } });
    await client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.until(() => client.count('workspace/diagnostic/refresh') > 0);
    expect((await client.pull(uri('one/a.yaml'))).items).toHaveLength(1);
    client.configuration.set('', off);
    await client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.open(uri('loose.yaml'), 'use: x\n');
    await client.pullUntil(uri('loose.yaml'), (messages) => messages.length === 0);
  });

  test.each([{ options: off }, { options: { podwire: off } }])(
    'come with initializationOptions: $options',
    async ({ options }) => {
      const { client, uri } = await startIn(
        { 'a.yaml': 'use: x\n' },
        { capabilities: plain, initializationOptions: options },
      );
      await client.open(uri('a.yaml'), 'use: x\n');
      await client.until(() => client.published.has(uri('a.yaml')));
      expect(client.published.get(uri('a.yaml'))).toEqual([]);
      await client.notify('workspace/didChangeConfiguration', { settings: { podwire: { rules: {} } } });
      await client.until(() => client.published.get(uri('a.yaml'))?.length === 1);
    },
  );

  test('that never come are not waited for', async () => {
    const folder = await temporaryFolder({ 'a.yaml': 'use: x\n' });
    const { client } = startServer();
    client.silent = true;
    await client.initialize({ folders: [uriFromPath(folder)] });
    const file = uriFromPath(path.join(folder, 'a.yaml'));
    expect((await client.pull(file)).items).toHaveLength(1);
    while ((await client.pullWorkspace()).items.length === 0) await setTimeout(50);
  });

  test('that are wrong are named in the log', async () => {
    const { client } = await startIn({}, { initializationOptions: { kubernetesVersion: 'new' } });
    await client.until(
      () =>
        client.count('window/logMessage') > 0 && JSON.stringify(client.received).includes('podwire.kubernetesVersion'),
    );
  });
});

describe('requests about a place', () => {
  const at = (uri: string, line: number, character: number): object => ({
    textDocument: { uri },
    position: { line, character },
  });

  test('hover, definition, references, highlights', async () => {
    const { client, uri } = await startIn({ 'b.yaml': '# 🙂\ndef: x\n' });
    await client.open(uri('a.yaml'), 'use: x\r\nuse: x\r\n');
    await client.pull(uri('a.yaml'));
    expect(await client.request('textDocument/hover', at(uri('a.yaml'), 1, 5))).toEqual({
      contents: { kind: 'markdown', value: 'name **x**' },
      range: { start: { line: 1, character: 5 }, end: { line: 1, character: 6 } },
    });
    expect(await client.request('textDocument/hover', at(uri('a.yaml'), 9, 9))).toBeNull();
    const definition = {
      uri: uri('b.yaml'),
      range: { start: { line: 1, character: 5 }, end: { line: 1, character: 6 } },
    };
    expect(await client.request('textDocument/definition', at(uri('a.yaml'), 0, 6))).toEqual([definition]);
    const references = { ...at(uri('a.yaml'), 0, 6), context: { includeDeclaration: true } };
    expect(await client.request<Location[]>('textDocument/references', references)).toHaveLength(3);
    expect(await client.request('textDocument/documentHighlight', at(uri('a.yaml'), 0, 6))).toMatchObject([
      { kind: 2 },
      { kind: 2 },
    ]);
  });

  test('completion, with the documentation on request', async () => {
    const options = { initializationOptions: { retriggerCommand: 'suggest' } };
    const { client, uri } = await startIn({ 'b.yaml': 'def: old\n' }, options);
    await client.open(uri('a.yaml'), 'use: o\n');
    await client.pull(uri('a.yaml'));
    const list = await client.request<CompletionList>('textDocument/completion', at(uri('a.yaml'), 0, 6));
    expect(list.items).toEqual([
      {
        label: 'old',
        kind: 18,
        sortText: 'old',
        filterText: 'old',
        labelDetails: { description: 'a name' },
        tags: [1],
        insertTextFormat: 2,
        insertTextMode: 1,
        textEdit: {
          range: { start: { line: 0, character: 5 }, end: { line: 0, character: 6 } },
          newText: '${1:old}$0',
        },
        command: { title: 'Suggest', command: 'suggest' },
        data: expect.anything(),
      },
    ]);
    const resolved = await client.request<CompletionItem>('completionItem/resolve', list.items[0]);
    expect(resolved.documentation).toEqual({ kind: 'markdown', value: '**old**' });
    expect(await client.request('completionItem/resolve', { label: 'x', data: { list: 'a' } })).toEqual({
      label: 'x',
      data: { list: 'a' },
    });
  });

  test('completion for a client that knows no snippets', async () => {
    const { client, uri } = await startIn(
      { 'b.yaml': 'def: old\n' },
      { capabilities: { textDocument: { diagnostic: {} } } },
    );
    await client.open(uri('a.yaml'), 'use: o\n');
    await client.pull(uri('a.yaml'));
    const list = await client.request<CompletionList>('textDocument/completion', at(uri('a.yaml'), 0, 6));
    expect(list.items).toMatchObject([
      { insertTextFormat: 1, textEdit: { newText: 'old' }, detail: 'a name', deprecated: true },
    ]);
    expect(list.items[0]).not.toHaveProperty('command');
  });

  test('of very many completions the best are sent, and the client is to ask again', async () => {
    const names = Array.from({ length: 2000 }, (_, i) => `def: name-${i}\n`).join('');
    const { client, uri } = await startIn({ 'b.yaml': names });
    await client.open(uri('a.yaml'), 'use: \nuse: nm-1999\n');
    await client.pull(uri('a.yaml'));
    const ask = (line: number, character: number): Promise<CompletionList> =>
      client.request('textDocument/completion', at(uri('a.yaml'), line, character));
    const first = await ask(0, 5);
    expect(first).toMatchObject({ isIncomplete: true, items: { length: 500 } });
    const second = await ask(1, 12);
    expect(second).toMatchObject({ isIncomplete: true, items: [{ label: 'name-1999' }] });
  });

  test('code actions, versioned for open documents', async () => {
    const { client, uri } = await startIn({});
    await client.open(uri('a.yaml'), 'use: x\r\nuse: y\r\n');
    await client.change(uri('a.yaml'), 7, 'z', { start: { line: 1, character: 5 }, end: { line: 1, character: 6 } });
    const ask = (context: object): Promise<CodeAction[]> =>
      client.request('textDocument/codeAction', {
        textDocument: { uri: uri('a.yaml') },
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 8 } },
        context: { diagnostics: [], ...context },
      });
    expect(await ask({})).toMatchObject([
      {
        title: 'Define z',
        kind: 'quickfix',
        isPreferred: true,
        diagnostics: [{ message: 'z is not defined' }],
        edit: {
          documentChanges: [{ textDocument: { uri: uri('a.yaml'), version: 7 }, edits: [{ newText: '\r\ndef: z' }] }],
        },
      },
    ]);
    expect(await ask({ only: ['refactor'] })).toEqual([]);
    const all = await ask({ only: ['source.fixAll'] });
    expect(all).toMatchObject([{ kind: 'source.fixAll.podwire', edit: { documentChanges: [{ edits: [{}, {}] }] } }]);
    expect((await ask({ only: ['quickfix', 'source'] })).map((action) => action.kind)).toEqual([
      'quickfix',
      'source.fixAll.podwire',
    ]);
  });

  test('rename, and why it can’t be', async () => {
    const { client, uri } = await startIn(
      { 'b.yaml': 'def: x\n' },
      { capabilities: { textDocument: { diagnostic: {} } } },
    );
    await client.open(uri('a.yaml'), 'use: x\nuse: fixed\n');
    await client.pull(uri('a.yaml'));
    expect(await client.request('textDocument/prepareRename', at(uri('a.yaml'), 0, 5))).toMatchObject({
      placeholder: 'x',
    });
    await expect(client.request('textDocument/prepareRename', at(uri('a.yaml'), 1, 5))).rejects.toThrow('fixed stays');
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', {
      ...at(uri('a.yaml'), 0, 5),
      newName: 'z',
    });
    expect(Object.keys(edit.changes ?? {}).sort()).toEqual([uri('a.yaml'), uri('b.yaml')]);
    await expect(client.request('textDocument/rename', { ...at(uri('a.yaml'), 0, 5), newName: 'a b' })).rejects.toThrow(
      'no spaces',
    );
  });
});

describe('what goes wrong', () => {
  test('an exception gives an empty answer and a log entry without the document', async () => {
    const { client, uri } = await startIn({ 'b.yaml': 'use: y\n', 'c.yaml': 'TRAP hush\n' });
    await client.open(uri('a.yaml'), 'TRAP hush\n');
    const position = { textDocument: { uri: uri('a.yaml') }, position: { line: 0, character: 0 } };
    expect(await client.request('textDocument/hover', position)).toBeNull();
    expect(await client.request('textDocument/documentHighlight', position)).toBeNull();
    expect(await client.pull(uri('a.yaml'))).toEqual({ kind: 'full', items: [] });
    expect((await client.pullWorkspace()).items.map((item) => item.uri)).toEqual([uri('b.yaml')]);
    await client.until(() => client.count('window/logMessage') >= 3);
    const log = JSON.stringify(client.received.filter(({ method }) => method === 'window/logMessage'));
    expect(log).toContain('textDocument/hover failed: TypeError');
    expect(log).not.toContain('hush');
  });

  test('a file that the engine chokes on does not cost the others', async () => {
    const { client, uri } = await startIn({ 'a.yaml': 'use: x\n', 'b.yaml': 'CHOKE\n', 'c.yaml': 'def: x\n' });
    expect(await client.pull(uri('a.yaml'))).toMatchObject({ kind: 'full', items: [] });
    expect((await client.pullWorkspace()).items).toEqual([]);
  });

  test('malformed parameters', async () => {
    const { client, uri } = await startIn({});
    await client.open(uri('a.yaml'), 'use: x\n');
    for (const method of [
      'textDocument/hover',
      'textDocument/completion',
      'textDocument/codeAction',
      'textDocument/references',
    ]) {
      expect(await client.request(method, {})).toBeNull();
    }
    expect(await client.request('textDocument/hover', { textDocument: { uri: uri('a.yaml') } })).toBeNull();
    await client.notify('workspace/didChangeWatchedFiles', {});
    await client.notify('workspace/didChangeWorkspaceFolders', {});
    await client.notify('textDocument/didChange', { textDocument: { uri: uri('a.yaml') }, contentChanges: [{}] });
    await client.notify('textDocument/didClose', {});
    const far = { textDocument: { uri: uri('a.yaml') }, position: { line: 99999, character: -5 } };
    expect(await client.request('textDocument/hover', far)).toBeNull();
    expect((await client.pull(uri('a.yaml'))).kind).toBe('full');
  });
});

test('lists the snippets for a cursor, and for a file that is not there yet', async () => {
  const { client, uri } = await startIn({ 'a.yaml': 'use: x\n' });
  await client.open(uri('a.yaml'), 'use: x\n');
  const common = { prefix: 'k8s-def', title: 'Def', description: 'defines', preview: 'def: a', place: 'a file' };
  const document = 'def: ${1:a}$0';
  const position = { line: 1, character: 0 };
  const start = { line: 0, character: 0 };
  expect(await client.request('podwire/snippets', { uri: uri('a.yaml'), position })).toEqual([
    {
      ...common,
      document,
      here: {
        range: { start: position, end: position },
        newText: document,
        also: [{ range: { start, end: start }, newText: 'def: b\n' }],
      },
    },
  ]);
  expect(await client.request('podwire/snippets', { uri: uri('new.yaml') })).toEqual([{ ...common, document }]);
});

test('colours wired names, and has the client ask again when a wire is cut elsewhere', async () => {
  const capabilities = { workspace: { semanticTokens: { refreshSupport: true } } };
  const { client, uri, result } = await startIn({ 'a.yaml': 'use: x\n', 'b.yaml': 'def: x\n' }, { capabilities });
  expect(result.capabilities.semanticTokensProvider).toMatchObject({ full: true });
  await client.open(uri('a.yaml'), 'use: x\n');
  await client.open(uri('b.yaml'), 'def: x\n');
  const tokens = (): Promise<{ data: number[] }> =>
    client.request('textDocument/semanticTokens/full', { textDocument: { uri: uri('a.yaml') } });
  expect(await tokens()).toEqual({ data: [0, 5, 1, 0, 0] });
  const refreshes = (): number =>
    client.received.filter(({ method }) => method === 'workspace/semanticTokens/refresh').length;
  const before = refreshes();
  await client.change(uri('b.yaml'), 2, 'def: y\n');
  await expect.poll(refreshes, { timeout: 10_000 }).toBeGreaterThan(before);
  expect(await tokens()).toEqual({ data: [0, 5, 1, 0, 2] });
});

test('lenses say what they say when they come in sight, and again when that changes elsewhere', async () => {
  const capabilities = { workspace: { codeLens: { refreshSupport: true } } };
  const options = { capabilities, initializationOptions: { showPlacesCommand: 'show.places' } };
  const { client, uri, result } = await startIn({ 'b.yaml': 'use: x\n' }, options);
  expect(result.capabilities.codeLensProvider).toEqual({ resolveProvider: true });
  await client.open(uri('a.yaml'), 'def: x\n');
  await client.open(uri('b.yaml'), 'use: x\n');
  const lenses = (): Promise<CodeLens[]> =>
    client.request('textDocument/codeLens', { textDocument: { uri: uri('a.yaml') } });
  const [lens] = await lenses();
  expect(lens).toMatchObject({ range: { start: { line: 0, character: 5 } } });
  expect(lens?.command).toBeUndefined();
  const at = { start: { line: 0, character: 5 }, end: { line: 0, character: 6 } };
  expect(await client.request<CodeLens>('codeLens/resolve', lens)).toMatchObject({
    command: {
      title: 'used by 1',
      command: 'show.places',
      arguments: [uri('a.yaml'), at.start, [{ uri: uri('b.yaml'), range: at }]],
    },
  });
  const before = client.count('workspace/codeLens/refresh');
  await client.change(uri('b.yaml'), 2, 'use: x\nuse: x\n');
  await expect.poll(() => client.count('workspace/codeLens/refresh'), { timeout: 10_000 }).toBeGreaterThan(before);
  await client.change(uri('a.yaml'), 2, 'none: x\n');
  const stale = await client.request<CodeLens>('codeLens/resolve', lens);
  expect(stale.command).toEqual({ title: '', command: '' });
});

test('a client without commands is told what lenses say', async () => {
  const { client, uri } = await startIn({});
  await client.open(uri('a.yaml'), 'def: x\n');
  const [lens] = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: uri('a.yaml') } });
  const { command } = await client.request<CodeLens>('codeLens/resolve', lens);
  expect(command).toEqual({ title: 'used by 0', command: '' });
});

test('inlay hints stand in the range that is asked for, lead to places, and follow changes elsewhere', async () => {
  const capabilities = { workspace: { inlayHint: { refreshSupport: true } } };
  const { client, uri, result } = await startIn({}, { capabilities });
  expect(result.capabilities.inlayHintProvider).toBe(true);
  await client.open(uri('a.yaml'), 'use: x\nuse: y\n');
  await client.open(uri('b.yaml'), 'def: x\n');
  const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
  const hints = (): Promise<InlayHint[]> =>
    client.request('textDocument/inlayHint', { textDocument: { uri: uri('a.yaml') }, range });
  const at = { start: { line: 0, character: 5 }, end: { line: 0, character: 6 } };
  expect(await hints()).toEqual([
    {
      position: at.end,
      label: [{ value: 'here', location: { uri: uri('b.yaml'), range: at } }],
      paddingLeft: true,
    },
  ]);
  const before = client.count('workspace/inlayHint/refresh');
  await client.change(uri('b.yaml'), 2, 'def: z\n');
  await expect.poll(() => client.count('workspace/inlayHint/refresh'), { timeout: 10_000 }).toBeGreaterThan(before);
  expect((await hints())[0]?.label).toEqual([{ value: 'nowhere' }]);
});

describe('releases of Kubernetes', () => {
  test('everything is upgraded with one edit, over all files', async () => {
    const { client, uri, result } = await startIn({ 'a.yaml': 'old: one', 'b.yaml': 'def: two' });
    expect(result.capabilities.executeCommandProvider?.commands).toEqual(['podwire.upgradeAll']);
    await client.open(uri('a.yaml'), 'old: one\nold: two');
    await client.request('workspace/executeCommand', { command: 'podwire.upgradeAll' });
    const sent = client.received.find(({ method }) => method === 'workspace/applyEdit')?.params;
    const { edit } = sent as { edit: WorkspaceEdit };
    const change = edit.documentChanges?.[0] as TextDocumentEdit | undefined;
    const edits = change ? change.edits : edit.changes?.[uri('a.yaml')];
    expect(edits).toHaveLength(2);
    expect(JSON.stringify(edit)).not.toContain('b.yaml');
  });

  test('nothing to upgrade is said, and changes nothing', async () => {
    const { client } = await startIn({ 'a.yaml': 'def: one' });
    await client.request('workspace/executeCommand', { command: 'podwire.upgradeAll' });
    await client.until(() => client.count('window/showMessage') + client.count('window/showMessageRequest') > 0);
    expect(client.count('workspace/applyEdit')).toBe(0);
  });

  test('a status bar can ask how many resources there are', async () => {
    const { client, uri } = await startIn({ 'a.yaml': 'def: one', 'b.yaml': 'def: two' });
    await client.pullWorkspace();
    expect(await client.request('podwire/status', { uri: uri('a.yaml') })).toEqual({ resources: 2 });
  });
});
