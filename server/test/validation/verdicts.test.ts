import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { realModel } from '../schema/real-model.ts';
import { disagrees, judgeAll, type Row } from './verdicts.ts';

const read = (name: string): string =>
  readFileSync(new URL(`../../../test-fixtures/verdicts/${name}`, import.meta.url), 'utf8');

const rows = JSON.parse(read('verdicts.json')) as readonly Row[];
const listed = JSON.parse(read('disagreements.json')) as readonly { readonly row: string; readonly reason: string }[];
const verdicts = [...judgeAll(realModel(), read('manifests.yaml'), rows)];
const disagreements = verdicts.filter((verdict) => disagrees(verdict) !== '');

it('judges as the API server does, and where it does: each disagreement is listed with its reason', () => {
  const found = disagreements.map((verdict) => verdict.name);
  expect(found.sort()).toEqual(listed.map(({ row }) => row).sort());
  for (const { reason } of listed) expect(reason.length).toBeGreaterThan(20);
});

it('agrees on at least 99 of 100 manifests', () => {
  expect(verdicts.length).toBeGreaterThan(1900);
  expect(disagreements.length / verdicts.length).toBeLessThan(0.01);
});
