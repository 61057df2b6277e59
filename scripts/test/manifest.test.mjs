import { existsSync, readFileSync } from 'node:fs';
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
