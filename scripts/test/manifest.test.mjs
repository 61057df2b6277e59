import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const text = readFileSync(path.join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(text);
const strings = JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8'));
const { commands, menus, configuration, walkthroughs } = manifest.contributes;
const known = commands.map(({ command }) => command);
const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);

it('every string that can be translated is there, and none besides', () => {
  const used = [...text.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]);
  expect([...new Set(used)].sort()).toEqual(Object.keys(strings).sort());
});

it('every command has a title and stands among Podwire’s', () => {
  for (const { command, title, category } of commands) {
    expect({ command, category }).toEqual({ command, category: 'Podwire' });
    expect(title).not.toBe('');
  }
  expect(new Set(known).size).toBe(known.length);
});

it('menus and walkthroughs name commands that there are', () => {
  const named = Object.values(menus).flatMap((items) => items.flatMap(({ command }) => command ?? []));
  expect(named.filter((command) => !known.includes(command))).toEqual([]);
});

it('a command with a button has an icon', () => {
  const buttons = (menus['editor/title'] ?? []).filter(({ group }) => group?.startsWith('navigation'));
  for (const { command } of buttons) expect(commands.find((one) => one.command === command)?.icon).toMatch(/^\$\(/);
});

it('every setting is described', () => {
  for (const [name, setting] of Object.entries(configuration.properties)) {
    expect({ name, described: Boolean(setting.description ?? setting.markdownDescription) }).toEqual({
      name,
      described: true,
    });
    if (setting.enumDescriptions) expect(setting.enumDescriptions.length).toBe(setting.enum.length);
  }
});

it('what the walkthroughs show is there', () => {
  for (const { media } of steps) {
    const file = media.markdown ?? media.image;
    expect({ file, exists: existsSync(path.join(root, file)) }).toEqual({ file, exists: true });
  }
});

it('the Marketplace knows what it is', () => {
  const { icon, galleryBanner, categories, keywords, repository, bugs, license } = manifest;
  expect(existsSync(path.join(root, icon))).toBe(true);
  expect(galleryBanner).toMatchObject({ color: expect.stringMatching(/^#[0-9a-f]{6}$/) });
  expect(categories).toEqual(['Programming Languages', 'Linters', 'Snippets']);
  expect(keywords).toContain('kubernetes');
  // More are cut off.
  expect(keywords.length).toBeLessThanOrEqual(30);
  expect([repository.url, bugs.url, license].every(Boolean)).toBe(true);
});

it('it says what it does in untrusted and virtual workspaces', () => {
  const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
  expect(untrustedWorkspaces.supported).toBe(true);
  expect(virtualWorkspaces.supported).toBe('limited');
  expect(untrustedWorkspaces.description && virtualWorkspaces.description).toBeTruthy();
});

it('colours are the theme’s: nothing sets its own', () => {
  const { galleryBanner: _, ...rest } = manifest;
  expect(JSON.stringify(rest)).not.toMatch(/#[0-9a-fA-F]{6}\b/);
  expect(manifest.contributes.colors ?? []).toEqual([]);
  const sources = readdirSync(path.join(root, 'client/src'), { recursive: true }).filter((file) =>
    file.endsWith('.ts'),
  );
  const coloured = sources.filter((file) =>
    /#[0-9a-fA-F]{6}\b|rgba?\(|hsla?\(/.test(readFileSync(path.join(root, 'client/src', file), 'utf8')),
  );
  expect(coloured).toEqual([]);
});

it('no key is bound: what has a conventional one is bound by VS Code', () =>
  expect(manifest.contributes.keybindings ?? []).toEqual([]));

it('a choice of a setting is explained, but for what speaks for itself', () => {
  const plain = /^(\d|off$)/;
  for (const [name, { enum: choices, enumDescriptions, markdownEnumDescriptions }] of Object.entries(
    configuration.properties,
  )) {
    const explained = !choices || (enumDescriptions ?? markdownEnumDescriptions) || choices.every((c) => plain.test(c));
    expect({ name, explained: Boolean(explained) }).toEqual({ name, explained: true });
  }
});
