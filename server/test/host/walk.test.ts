import { rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { IgnoreRules } from '../../src/host/ignore-rules.ts';
import { type WalkOptions, walk } from '../../src/host/walk.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function walked(folder: string, options?: WalkOptions): Promise<string[]> {
  const files: string[] = [];
  for await (const file of walk(folder, options)) files.push(path.relative(folder, file).split(path.sep).join('/'));
  return files;
}

describe('walk', () => {
  test('finds YAML files in the order of their paths', async () => {
    const folder = await temporaryFolder({
      'b.yml': '',
      'a/z.yaml': '',
      'a-b.yaml': '',
      'a.yaml': '',
      'a/b/c.YAML': '',
      'notes.md': '',
      yaml: '',
      'empty/': '',
    });
    const files = await walked(folder);
    expect(files).toEqual(['a-b.yaml', 'a.yaml', 'a/b/c.YAML', 'a/z.yaml', 'b.yml']);
    expect(files).toEqual([...files].sort());
  });

  test('never enters node_modules and .git', async () => {
    const folder = await temporaryFolder({
      'node_modules/x/a.yaml': '',
      'deep/node_modules/a.yaml': '',
      '.git/a.yaml': '',
      '.github/workflows/ci.yml': '',
      'node_modules.yaml': '',
    });
    expect(await walked(folder)).toEqual(['.github/workflows/ci.yml', 'node_modules.yaml']);
  });

  test('respects .gitignore files at every level, the nearest wins', async () => {
    const folder = await temporaryFolder({
      '.gitignore': '\uFEFFout/\n*.tmp.yaml\n/top.yaml\nsecret*.yaml\n',
      'out/a.yaml': '',
      'x.tmp.yaml': '',
      'top.yaml': '',
      'sub/top.yaml': '',
      'sub/out/a.yaml': '',
      'sub/.gitignore': '!secret-but-kept.yaml\n!out/\nlocal.yaml\n',
      'sub/secret-but-kept.yaml': '',
      'sub/secret.yaml': '',
      'sub/local.yaml': '',
      'local.yaml': '',
    });
    expect(await walked(folder)).toEqual(['local.yaml', 'sub/out/a.yaml', 'sub/secret-but-kept.yaml', 'sub/top.yaml']);
  });

  test('counts the rules above the folder up to the root of the git work tree', async () => {
    const folder = await temporaryFolder({
      '.gitignore': '*.yaml\n',
      'repo/.git/': '',
      'repo/.gitignore': 'generated/\n/apps/local.yaml\n',
      'repo/apps/a.yaml': '',
      'repo/apps/local.yaml': '',
      'repo/apps/generated/b.yaml': '',
      'repo/generated/c.yaml': '',
    });
    expect(await walked(path.join(folder, 'repo/apps'))).toEqual(['a.yaml']);
    // A folder that is named outright is meant, whatever the repository ignores.
    expect(await walked(path.join(folder, 'repo/generated'))).toEqual(['c.yaml']);
  });

  test('a loop of links ends, and links inside give nothing twice', async () => {
    const folder = await temporaryFolder({ 'a/x.yaml': '', 'a/b/y.yaml': '' });
    await symlink(folder, path.join(folder, 'a/b/up'));
    await symlink('.', path.join(folder, 'a/self'));
    await symlink('a', path.join(folder, 'again'));
    await symlink('a/x.yaml', path.join(folder, 'link.yaml'));
    await symlink('nowhere', path.join(folder, 'broken.yaml'));
    expect(await walked(folder)).toEqual(['a/b/y.yaml', 'a/x.yaml']);
  });

  test('follows links out of the folder, each target once', async () => {
    const outside = await temporaryFolder({ 'conf/x.yaml': '', 'one.yaml': '' });
    const folder = await temporaryFolder({ 'a.yaml': '' });
    await symlink(path.join(outside, 'conf'), path.join(folder, 'conf'));
    await symlink(path.join(outside, 'conf'), path.join(folder, 'conf-again'));
    await symlink(path.join(outside, 'one.yaml'), path.join(folder, 'one.yaml'));
    await symlink(path.dirname(folder), path.join(folder, 'up'));
    const files = await walked(folder);
    expect(files).toHaveLength(3);
    expect(files.filter((file) => /^conf(-again)?\/x\.yaml$/.test(file))).toHaveLength(1);
    expect(files).toContain('one.yaml');
  });

  test('what is no folder is reported, not thrown', async () => {
    const folder = await temporaryFolder({ 'a.yaml': '' });
    const problems: unknown[] = [];
    const onProblem = (problem: unknown): number => problems.push(problem);
    expect(await walked(path.join(folder, 'a.yaml'), { onProblem })).toEqual([]);
    expect(await walked(path.join(folder, 'gone'), { onProblem })).toEqual([]);
    expect(problems).toEqual([
      { path: path.join(folder, 'a.yaml'), message: 'not a folder' },
      { path: path.join(folder, 'gone'), message: 'no such file or folder' },
    ]);
  });

  test('a folder that vanishes meanwhile costs only itself', async () => {
    const folder = await temporaryFolder({ 'a.yaml': '', 'b/c.yaml': '', 'd.yaml': '' });
    const problems: unknown[] = [];
    const files: string[] = [];
    for await (const file of walk(folder, { onProblem: (problem) => problems.push(problem) })) {
      files.push(path.basename(file));
      await rm(path.join(folder, 'b'), { recursive: true, force: true });
    }
    expect(files).toEqual(['a.yaml', 'd.yaml']);
    expect(problems).toEqual([{ path: path.join(folder, 'b'), message: 'no such file or folder' }]);
  });

  test('leaves out folders on request and ends when it is told to', async () => {
    const folder = await temporaryFolder({ 'a/x.yaml': '', 'b/y.yaml': '', 'c/z.yaml': '' });
    expect(await walked(folder, { skip: (inner) => inner === path.join(folder, 'b') })).toEqual([
      'a/x.yaml',
      'c/z.yaml',
    ]);
    const stop = new AbortController();
    const files: string[] = [];
    for await (const file of walk(folder, { signal: stop.signal })) {
      files.push(file);
      stop.abort();
    }
    expect(files).toEqual([path.join(folder, 'a/x.yaml')]);
  });
});

describe('IgnoreRules', () => {
  test('judges single paths with the folders above them', async () => {
    const folder = await temporaryFolder({ '.gitignore': 'build/\n', 'a/.gitignore': '*.yml\n' });
    const rules = new IgnoreRules(folder);
    const ignores = (file: string, isFolder = false): Promise<boolean> =>
      rules.ignores(path.join(folder, file), isFolder);
    expect(await ignores('build/deep/a.yaml')).toBe(true);
    expect(await ignores('build', true)).toBe(true);
    expect(await ignores('build')).toBe(false);
    expect(await ignores('a/x.yml')).toBe(true);
    expect(await ignores('x.yml')).toBe(false);
    expect(await ignores('node_modules/a.yaml')).toBe(true);
    expect(await ignores('../elsewhere/build/a.yaml')).toBe(false);
    expect(await rules.ignores(folder, true)).toBe(false);
  });
});
