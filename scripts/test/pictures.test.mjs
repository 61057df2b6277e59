import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file) => readFileSync(path.join(root, file), 'utf8');
const taken = readdirSync(path.join(root, 'docs/images')).map((file) => path.basename(file, '.png'));

it('every picture is shown on the page of all features, and is there', () => {
  const shown = [...read('docs/features.md').matchAll(/!\[[^\]]+\]\(images\/([\w-]+)\.png\)/g)].map(
    (match) => match[1],
  );
  expect(shown.sort()).toEqual(taken.sort());
});

it('what the readme shows is there', () => {
  const shown = [...read('README.md').matchAll(/!\[[^\]]+\]\(docs\/images\/([\w-]+)\.png\)/g)].map((match) => match[1]);
  expect(shown.length).toBeGreaterThan(3);
  expect(shown.filter((name) => !taken.includes(name))).toEqual([]);
});

it('the script takes every one of them', () => {
  const script = read('scripts/screenshots.mjs');
  expect(taken.filter((name) => !script.includes(`${/-/.test(name) ? `'${name}'` : name}: {`))).toEqual([]);
});
