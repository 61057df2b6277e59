import { rmSync } from 'node:fs';
import { readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CheckEngine } from '../../src/cli/check.ts';
import { formatText } from '../../src/cli/format-text.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { FakeEngine } from '../lsp/fake-engine.ts';
import { configMap, pod, podwire } from './run-cli.ts';

describe('arguments', () => {
  const cwd = '/';

  test('help and version', async () => {
    for (const argv of [['--help'], ['check', '--help'], ['-h'], ['help']]) {
      const { code, out, err } = await podwire(argv, { cwd });
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain('Usage: podwire check [PATH…]');
    }
    expect(await podwire(['--version'], { cwd })).toEqual({ code: 0, out: '1.2.3\n', err: '' });
  });

  test.each([
    [[], 'no command given'],
    [['view', 'x'], "unknown command 'view'"],
  ])('%j gives the usage', async (argv, problem) => {
    const { code, out, err } = await podwire(argv, { cwd });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(new RegExp(`^podwire: ${problem}\nUsage: podwire check`));
  });

  test.each([
    [['check', '--format', 'xml'], "--format: expected text, json or sarif, not 'xml'"],
    [
      ['check', '--fail-on', 'never-ever'],
      "--fail-on: expected error, warning, information, hint or never, not 'never-ever'",
    ],
    [['check', '--kubernetes-version', 'new'], "--kubernetes-version: expected a release such as 1.36, not 'new'"],
    [
      ['check', '--kubernetes-version', '1.40'],
      '--kubernetes-version: Podwire knows Kubernetes 1.16 to 1.36, not 1.40',
    ],
    [['check', '--nonsense'], "Unknown option '--nonsense'"],
    [['check', '--format'], "Option '--format <value>' argument missing"],
    [['check', '--fix=yes'], "Option '--fix' does not take an argument"],
    [['check', '--fix', '-'], "--fix can't change standard input"],
    [['check', ''], 'a path is empty'],
  ])('%j is one clear line', async (argv, problem) => {
    expect(await podwire(argv, { cwd })).toEqual({
      code: 2,
      out: '',
      err: `podwire: ${problem} (see podwire --help)\n`,
    });
  });

  test('a path that is not there is one clear line, and nothing is checked', async () => {
    const folder = await temporaryFolder({ 'a.yaml': configMap });
    const { code, out, err } = await podwire(['check', 'a.yaml', 'gone/b.yaml'], { cwd: folder });
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: 'podwire: gone/b.yaml: no such file or folder\n' });
    expect((await podwire(['check', 'a.yaml/b'], { cwd: folder })).err).toBe('podwire: a.yaml/b: not a folder\n');
  });
});

describe('input', () => {
  test('all paths are one workspace, each file is read once, the current folder is the default', async () => {
    const folder = await temporaryFolder({ 'a/pod.yaml': pod('settings', 'mode'), 'b/map.yaml': configMap });
    const report = async (...paths: string[]): Promise<unknown> => {
      const { out } = await podwire(['check', '--format', 'json', ...paths], { cwd: folder });
      const { files, resources, diagnostics } = JSON.parse(out);
      return { files, resources, problems: diagnostics.length };
    };
    expect(await report()).toEqual({ files: 2, resources: 2, problems: 0 });
    expect(await report('a', 'b')).toEqual({ files: 2, resources: 2, problems: 0 });
    expect(await report('a', '.', 'a/pod.yaml', path.join(folder, 'a'))).toEqual({
      files: 2,
      resources: 2,
      problems: 0,
    });
    expect(await report('a')).toMatchObject({ files: 1, resources: 1 });
  });

  test('a file that is named is read whatever its name, an ignored one too', async () => {
    const folder = await temporaryFolder({ '.gitignore': '*.yaml\n', 'a.yaml': configMap, 'b.txt': configMap });
    const files = async (...paths: string[]): Promise<number> =>
      JSON.parse((await podwire(['check', '--format', 'json', ...paths], { cwd: folder })).out).files;
    expect(await files('.')).toBe(0);
    expect(await files('a.yaml', 'b.txt')).toBe(2);
  });

  test('standard input', async () => {
    const folder = await temporaryFolder({ 'map.yaml': configMap });
    const { code, out } = await podwire(['check', '-', 'map.yaml', '--format', 'json'], {
      cwd: folder,
      stdin: pod('settings', 'mod'),
    });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ files: 2, diagnostics: [{ file: '<stdin>', line: 14, column: 20 }] });
  });

  test('what is no text is named and left out', async () => {
    const folder = await temporaryFolder({ 'a.yaml': Buffer.from([0, 1, 2]), 'b.yaml': configMap });
    const { code, out, err } = await podwire(['check'], { cwd: folder });
    expect({ code, err }).toEqual({ code: 0, err: 'podwire: a.yaml: a binary file, skipped\n' });
    expect(out).toBe('No problems in 1 file, 1 resource.\n');
  });

  test('names are relative to the working directory, with forward slashes, in a stable order', async () => {
    const folder = await temporaryFolder({
      'work/deep/': '',
      'z.yaml': pod('settings', 'x'),
      'work/b.yaml': pod('settings', 'x'),
      'work/a.yaml': configMap,
    });
    const { out } = await podwire(['check', '--format', 'json', '..', '.'], { cwd: path.join(folder, 'work') });
    expect(JSON.parse(out).diagnostics.map((d: { file: string }) => d.file)).toEqual(['../z.yaml', 'b.yaml']);
  });
});

describe('exit code', () => {
  test('follows --fail-on', async () => {
    const folder = await temporaryFolder({ 'a.yaml': configMap, 'warning.yaml': pod('setings', 'mode') });
    const code = async (failOn?: string): Promise<number> =>
      (await podwire(['check', ...(failOn === undefined ? [] : ['--fail-on', failOn])], { cwd: folder })).code;
    expect(await Promise.all([code(), code('error'), code('warning'), code('hint'), code('never')])).toEqual([
      0, 0, 1, 1, 0,
    ]);
    await writeFile(path.join(folder, 'error.yaml'), pod('settings', 'mod'));
    expect(await Promise.all([code(), code('never')])).toEqual([1, 0]);
  });
});

describe('--format text', () => {
  test('says where, what, and shows the line', async () => {
    const folder = await temporaryFolder({ 'map.yaml': configMap, 'pod.yaml': pod('settings', 'mod') });
    const { out } = await podwire(['check'], { cwd: folder });
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/^pod\.yaml:14:20: error: .* \[unresolved-configmap-key\]$/);
    expect(lines.slice(1, 3)).toEqual(['  14 |               key: mod', '     |                    ^^^']);
    expect(lines[3]).toMatch(/^ {2}see map\.yaml:\d+:\d+: /);
    expect(lines).toContain('  fix: Change to "mode"');
    expect(lines.at(-2)).toBe('1 error in 2 files, 2 resources.');
  });

  const lineOf = (sourceLine: string, column: number, endColumn: number): string[] => {
    const place = { file: 'a.yaml', line: 7, column, endLine: 7, endColumn };
    const what = { severity: 'error', code: 'c', message: 'm', related: [], fixes: [], sourceLine } as const;
    return formatText({ files: 1, resources: 1, findings: [{ ...place, ...what }] }, false)
      .split('\n')
      .slice(1, 3);
  };

  test('the caret stands under what it means, past wide characters and tabs', () => {
    expect(lineOf('名🙂: é\tx y', 8, 9)).toEqual(['  7 | 名🙂: é\tx y', '    |        \t^']);
    expect(lineOf('a: 名前', 4, 6)).toEqual(['  7 | a: 名前', '    |    ^^^^']);
    expect(lineOf('a:', 3, 3)).toEqual(['  7 | a:', '    |   ^']);
    expect(lineOf('', 1, 1)).toEqual(['  7 |', '    | ^']);
  });

  test('of a very long line only the place is shown', () => {
    const [source = '', carets = ''] = lineOf(`${'-'.repeat(500)}here${'-'.repeat(500)}`, 501, 505);
    expect(source.length).toBeLessThan(160);
    expect(source).toMatch(/\| …-+here-+…$/);
    expect(source.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('here');
  });

  test('control characters do not reach the terminal', async () => {
    const folder = await temporaryFolder({ 'a.yaml': 'use: \u001b[31mred\u0007\n' });
    const { out } = await podwire(['check'], { cwd: folder, engine: new FakeEngine() });
    expect(out).not.toContain('\u001b');
    expect(out).not.toContain('\u0007');
    expect(out).toContain('\uFFFD[31mred\uFFFD');
  });

  test('colours on request alone', async () => {
    const folder = await temporaryFolder({ 'a.yaml': 'use: x\n' });
    const { out } = await podwire(['check'], { cwd: folder, engine: new FakeEngine(), color: true });
    expect(out).toContain('\u001b[31merror:\u001b[0m x is not defined');
  });
});

describe('--format json', () => {
  test('has the shape that stays', async () => {
    const folder = await temporaryFolder({ 'map.yaml': configMap, 'pod.yaml': pod('settings', 'mod') });
    const { out } = await podwire(['check', '--format', 'json'], { cwd: folder });
    const n = expect.any(Number);
    const message = expect.any(String);
    const place = { file: 'map.yaml', line: n, column: n, endLine: n, endColumn: n, message };
    expect(JSON.parse(out)).toEqual({
      version: 1,
      files: 2,
      resources: 2,
      diagnostics: [
        {
          file: 'pod.yaml',
          line: 14,
          column: 20,
          endLine: 14,
          endColumn: 23,
          severity: 'error',
          code: 'unresolved-configmap-key',
          message: expect.stringContaining('mod'),
          related: expect.arrayContaining([place]),
          fixes: expect.arrayContaining(['Change to "mode"']),
        },
      ],
    });
  });

  test('without findings', async () => {
    const folder = await temporaryFolder();
    const { out } = await podwire(['check', '--format', 'json'], { cwd: folder });
    expect(JSON.parse(out)).toEqual({ version: 1, files: 0, resources: 0, diagnostics: [] });
  });
});

describe('--fix', () => {
  test('mends the files, keeps their line ends, byte order mark and mode, and says what is left', async () => {
    const broken = pod('settings', 'mod').replace('image: nginx', 'imag: nginx').replaceAll('\n', '\r\n');
    const folder = await temporaryFolder({ 'map.yaml': configMap, 'pod.yaml': `\uFEFF# ü\r\n${broken}` });
    const before = await stat(path.join(folder, 'map.yaml'));
    const { out, err, code } = await podwire(['check', '--fix'], { cwd: folder });
    const text = await readFile(path.join(folder, 'pod.yaml'), 'utf8');
    expect(text.startsWith('\uFEFF# ü\r\napiVersion')).toBe(true);
    expect(text).toContain('      image: nginx\r\n');
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    expect(err).toMatch(
      /^fixed pod\.yaml \(\d+ changes?\)\n(?: {2}[\w-]+: .+\n)* {2}unknown-field: Change to "image"\n/,
    );
    expect(out).not.toContain('imag"');
    expect([0, 1]).toContain(code);
    expect((await stat(path.join(folder, 'map.yaml'))).mtimeMs).toBe(before.mtimeMs);
    // what is left is what a check without --fix says now
    expect((await podwire(['check'], { cwd: folder })).out).toBe(out);
  });

  test('goes on until nothing changes, across files, and writes through links', async () => {
    const elsewhere = await temporaryFolder({ 'real.yaml': 'use: x\r\n' });
    const folder = await temporaryFolder({ 'b.yaml': 'use: y\n' });
    await symlink(path.join(elsewhere, 'real.yaml'), path.join(folder, 'a.yaml'));
    const { code, err } = await podwire(['check', '--fix'], { cwd: folder, engine: new FakeEngine() });
    expect({ code, err }).toEqual({
      code: 0,
      err: 'fixed a.yaml (1 change)\n  missing-name: Define it\nfixed b.yaml (1 change)\n  missing-name: Define it\n',
    });
    expect(await readFile(path.join(elsewhere, 'real.yaml'), 'utf8')).toBe('use: x\r\n\r\ndef: x');
    expect(await readFile(path.join(folder, 'b.yaml'), 'utf8')).toBe('use: y\n\ndef: y');
  });

  test('fixes that undo each other end after ten rounds', async () => {
    const folder = await temporaryFolder({ 'a.yaml': 'x' });
    const fake = new FakeEngine();
    let rounds = 0;
    const engine: CheckEngine = {
      configure: () => {},
      apply: (changes) => fake.apply(changes),
      snapshot: () => ({
        ...fake.snapshot(),
        fixAll: (uri) => {
          rounds++;
          const text = fake.snapshot().text(uri) ?? '';
          return {
            edits: [{ uri, span: { start: 0, end: text.length }, newText: text === 'x' ? 'y' : 'x' }],
            steps: [],
          };
        },
      }),
    };
    await podwire(['check', '--fix'], { cwd: folder, engine });
    expect(rounds).toBe(10);
    expect(await readFile(path.join(folder, 'a.yaml'), 'utf8')).toBe('x');
  });

  test('leaves files alone whose bytes it could not give back', async () => {
    const bytes = Buffer.concat([Buffer.from('use: x # '), Buffer.from([0xff]), Buffer.from('\n')]);
    const folder = await temporaryFolder({ 'a.yaml': bytes });
    const { err, code } = await podwire(['check', '--fix'], { cwd: folder, engine: new FakeEngine() });
    expect({ err, code }).toEqual({ err: '', code: 1 });
    expect(await readFile(path.join(folder, 'a.yaml'))).toEqual(bytes);
  });

  test('a file that can’t be written is named, and is reported as it is', async () => {
    const folder = await temporaryFolder({ 'sub/a.yaml': 'use: x\n' });
    const engine = new FakeEngine();
    // The folder goes once it has been read.
    const removing: CheckEngine = {
      configure: (settings) => engine.configure(settings),
      snapshot: () => engine.snapshot(),
      apply(changes) {
        rmSync(path.join(folder, 'sub'), { recursive: true, force: true });
        engine.apply(changes);
      },
    };
    const { code, err, out } = await podwire(['check', '--fix'], { cwd: folder, engine: removing });
    expect({ code, err }).toEqual({ code: 2, err: 'podwire: sub/a.yaml is not fixed: no such file or folder\n' });
    expect(out).toContain('x is not defined');
  });
});

describe('when the engine fails', () => {
  test('the file is named, the others are checked, and the exit code is not clean', async () => {
    const folder = await temporaryFolder({
      'a.yaml': 'CHOKE\n',
      'b.yaml': 'TRAP\n',
      'c.yaml': 'use: x\n',
      'd.yaml': 'def: x\n',
    });
    const { code, out, err } = await podwire(['check'], { cwd: folder, engine: new FakeEngine() });
    expect(code).toBe(2);
    expect(err).toMatch(
      /^podwire: a\.yaml: internal error at .*, skipped\npodwire: b\.yaml: internal error at .*, skipped\n$/,
    );
    expect(out).toBe('No problems in 4 files, 3 resources.\n');
  });
});
