import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { parseYaml } from '../../src/syntax/parse.ts';
import { splitDocuments } from '../../src/syntax/split.ts';
import { type Fixture, parseFixture } from '../fixture.ts';

const root = fileURLToPath(new URL('../../../test-fixtures/', import.meta.url));

/**
 * Everything in test-fixtures as workspaces with a name: each folder is one (an app is whole), and each file of rows/.
 * In verdicts/ each document stands alone, and notes/ has each manifest before and after.
 */
export function workspaces(): readonly (readonly [name: string, fixture: Fixture])[] {
  const result: [string, Fixture][] = [];
  const visit = (folder: string): void => {
    const files = new Map<string, string>();
    const isApp = dirname(relative(root, folder)) === 'apps';
    for (const name of readdirSync(folder, { recursive: isApp, encoding: 'utf8' }).sort()) {
      const path = join(folder, name);
      if (name === 'verdicts' || name === 'notes') continue;
      if (isApp && statSync(path).isDirectory()) continue;
      if (statSync(path).isDirectory()) visit(path);
      else if (/\.ya?ml$/.test(name)) files.set(path, readFileSync(path, 'utf8'));
    }
    const name = relative(root, folder);
    if (name === 'rows') for (const [path, text] of files) result.push([relative(root, path), parseFixture(text)]);
    else if (files.size > 0) {
      const entries = [...files].map(([path, text]): [string, string] => [`file:///w/${relative(folder, path)}`, text]);
      result.push([name, { files: new Map(entries), cursor: undefined }]);
    }
  };
  visit(root);
  return result;
}

export const workspace = (name: string): Fixture => {
  const found = workspaces().find(([candidate]) => candidate === name)?.[1];
  if (!found) throw new Error(`no such fixture: ${name}`);
  return found;
};

/** Whether every document of a text is well-formed. */
export const isWhole = (text: string): boolean =>
  splitDocuments(text).every(({ start, end }) => parseYaml(text.slice(start, end)).problems.length === 0);

/** Offsets at which words start, so that every token is met once. */
export const wordStarts = (text: string): number[] => [...text.matchAll(/[\w.-]+/g)].map((match) => match.index);

/**
 * Runs a property with a fixed seed, so that a check gives the same answer twice; PODWIRE_SEED and PODWIRE_RUNS
 * search elsewhere and longer.
 */
export function holds<T>(property: fc.IProperty<T>, numRuns: number): void {
  const { PODWIRE_SEED: seed = '1', PODWIRE_RUNS: runs = String(numRuns) } = process.env as Record<
    string,
    string | undefined
  >;
  fc.assert(property, { seed: Number(seed), numRuns: Number(runs) });
}
