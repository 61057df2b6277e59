import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/engine.ts';
import type { FileEdit } from '../../src/rules/rule-types.ts';
import { after, type Fixture, open } from '../fixture.ts';

/** Each folder holds a manifest as somebody pasted it, and what becomes of it for two releases. */
const root = fileURLToPath(new URL('../../../test-fixtures/notes/', import.meta.url));
const uri = 'file:///w/manifest.yaml';
const releases = ['1.36', '1.19'] as const;

/** What has to be chosen, since "Fix all" leaves it to the author: titles of what is offered. */
const choices: Readonly<Record<string, Partial<Record<(typeof releases)[number], readonly string[]>>>> = {
  'cloud-volume': { '1.36': ['Move to a PersistentVolume of the CSI driver ebs.csi.aws.com (set its size)'] },
  'pet-set': { '1.36': ['Use the CSI driver ebs.csi.aws.com'] },
  'pod-preset': { '1.36': ['Inline into the pods that it matches'] },
  storage: { '1.36': ['Use the CSI driver ebs.csi.aws.com'] },
  wordpress: { '1.36': ['Use the CSI driver ebs.csi.aws.com'] },
};

const errors = (snapshot: Snapshot): string[] =>
  snapshot
    .diagnostics(uri)
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ code, message }) => `${code}: ${message}`);

/** The edits of what is offered anywhere in the file under a title. */
function offered(snapshot: Snapshot, title: string): readonly FileEdit[] {
  const text = snapshot.text(uri) ?? '';
  const fixes = snapshot.codeActions(uri, { start: 0, end: text.length });
  const starts = [...text.matchAll(/^kind:/gm)].map(({ index }) => index);
  const all = [...fixes, ...starts.flatMap((start) => snapshot.refactorings(uri, start))];
  expect(all.map((action) => action.title)).toContain(title);
  return all.find((action) => action.title === title)?.edits ?? [];
}

/** The file after "Fix all", what was chosen, and "Fix all" again. */
function mended(before: string, kubernetesVersion: string, titles: readonly string[]): Fixture {
  let fixture: Fixture = { files: new Map([[uri, before]]), cursor: undefined };
  const apply = (edits: (snapshot: Snapshot) => readonly FileEdit[]): void => {
    const { snapshot } = open(fixture, { kubernetesVersion });
    fixture = after(fixture, snapshot, edits(snapshot));
  };
  apply((snapshot) => snapshot.fixAll(uri).edits);
  for (const title of titles) {
    apply((snapshot) => offered(snapshot, title));
    apply((snapshot) => snapshot.fixAll(uri).edits);
  }
  return fixture;
}

describe.each(readdirSync(root).sort())('%s', (name) => {
  const before = readFileSync(join(root, name, 'before.yaml'), 'utf8');

  it.each(releases)('is brought back to life for %s', (release) => {
    expect(errors(open({ files: new Map([[uri, before]]), cursor: undefined }).snapshot)).not.toEqual([]);
    const fixture = mended(before, release, choices[name]?.[release] ?? []);
    const text = fixture.files.get(uri) ?? '';
    const file = join(root, name, `after-${release}.yaml`);
    // UPDATE=1 writes it anew; it is to be read then.
    if (process.env['UPDATE']) writeFileSync(file, text);
    expect(text).toBe(readFileSync(file, 'utf8'));
    const { snapshot } = open(fixture, { kubernetesVersion: release });
    expect(errors(snapshot)).toEqual([]);
    expect(snapshot.fixAll(uri).edits).toEqual([]);
  });
});
