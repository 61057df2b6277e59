import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { realModel } from '../schema/real-model.ts';
import { disagrees, judgeAll, type Row } from './verdicts.ts';

const read = (name: string): string =>
  readFileSync(new URL(`../../../test-fixtures/verdicts/${name}`, import.meta.url), 'utf8');

const rows = JSON.parse(read('verdicts.json')) as readonly Row[];
const listed = JSON.parse(read('disagreements.json')) as readonly { readonly row: string; readonly reason: string }[];
const verdicts = [...judgeAll(realModel(), read('manifests.yaml'), rows)];

it('gives no alarm where the API server accepted the manifest', () => {
  const known = new Set(listed.map(({ row }) => row));
  const alarms = verdicts.filter((verdict) => disagrees(verdict) === 'false alarm' && !known.has(verdict.name));
  expect(alarms.map(({ name, errors }) => `${name}: ${errors[0]?.message ?? ''}`)).toEqual([]);
});
