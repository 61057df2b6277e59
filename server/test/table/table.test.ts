/**
 * Every row of tables/references.ts has one fixture, test-fixtures/rows/<row id>.yaml, and from it alone come the
 * tests of all eight features. A fixture is a small workspace without any diagnostic: plain YAML, several files with
 * `# file: name.yaml`. Carets under a line mark what the row is about:
 *
 *     secretKeyRef:
 *       name: database
 *       key: password
 *       #    ^^^^^^^^ use
 *
 * and, in the Secret, `definition` under the key that it leads to. Several uses and definitions are allowed, all of
 * one name; a word behind the role keeps several names apart (`use number`, `definition number`). For a label
 * selector the carets go under the whole pair: `app: web`. A definition at the very top of a file is the file itself,
 * or, in a kustomization.yaml, its folder.
 */
import { describe, expect, it } from 'vitest';
import { extractFacts } from '../../src/model/extract.ts';
import { parseYaml } from '../../src/syntax/parse.ts';
import { splitDocuments } from '../../src/syntax/split.ts';
import { references } from '../../src/tables/references.ts';
import type { ReferenceRow } from '../../src/tables/row-types.ts';
import {
  checkBentDefinition,
  checkBentUse,
  checkCompletion,
  checkDefinition,
  checkHighlights,
  checkHover,
  checkIgnored,
  checkNeverJudged,
  checkOptional,
  checkQuickFix,
  checkReferences,
  checkRename,
  checkSilent,
  isSilentGroup,
} from './row-checks.ts';
import { fixtureIds, type Mark, rowFixture } from './row-fixture.ts';

it('has no fixture without a row', () => {
  expect(fixtureIds().filter((id) => !references.some((row) => row.id === id))).toEqual([]);
});

describe.each(references.map((row) => [row.id, row] as const))('%s', (id, row) => {
  const fixture = rowFixture(id);
  if (!fixture) {
    it(`has a fixture: test-fixtures/rows/${id}.yaml`, () => expect.fail('write it: see the head of this file'));
    return;
  }

  it('has a fixture that is about this row', () => {
    expect(fixture.groups.length).toBeGreaterThan(0);
    for (const group of fixture.groups) {
      expect(group.definitions, `definition ${group.name}`).not.toEqual([]);
      expect(group.uses, `use ${group.name}`).not.toEqual([]);
      for (const use of group.uses) expect(rowsAt(fixture.files.get(use.uri) ?? '', use, isOfPatch(row))).toContain(id);
    }
  });

  it('has a fixture without any diagnostic', () => checkSilent(fixture));

  describe.each(fixture.groups.map((group) => [group.name || row.noun, group] as const))('%s', (_, group) => {
    it('completion offers the name', () => checkCompletion(fixture, group));
    it('hover tells what it leads to and where that is', () => checkHover(fixture, group));
    it('go to definition leads there', () => checkDefinition(fixture, group));
    it('find references leads back, and from the use as well', () => checkReferences(fixture, group));
    it('document highlight marks both ends', () => checkHighlights(fixture, group));
    it('rename changes every token, from each of them, and back', () => checkRename(fixture, group, row));
    if (isSilentGroup(row, fixture, group)) {
      it('no end has a diagnostic where it is bent', () => checkNeverJudged(fixture, group));
      return;
    }
    it('a bent use has a diagnostic', () => checkBentUse(fixture, group));
    it('a bent definition has a diagnostic', () => checkBentDefinition(fixture, group));
    it('a quick fix brings a bent use back', () => checkQuickFix(fixture, group));
    if (row.optional !== undefined)
      it('a bent use is silent where it is optional', () => checkOptional(fixture, group, row));
    if (row.ignoredWhen) it('a bent use is silent where it means nothing', () => checkIgnored(fixture, group, row));
  });
});

const isOfPatch = (row: ReferenceRow): boolean => row.mode === 'name' && row.ofPatch === true;

/** The rows whose token or selector starts where a mark does. */
function rowsAt(text: string, { uri, span }: Mark, isPatch: boolean): string[] {
  const offset = span.start;
  const rows: ReferenceRow[] = [];
  for (const { start, end } of splitDocuments(text)) {
    for (const facts of extractFacts(
      parseYaml(text.slice(start, end)).root,
      { uri, start },
      text.slice(start, end),
      isPatch,
    )) {
      rows.push(...facts.uses.filter((use) => use.span.start + start === offset).map((use) => use.row));
      for (const { pairs, row } of facts.selectors)
        if (pairs.some((pair) => pair.keySpan.start + start === offset)) rows.push(row);
    }
  }
  return rows.map((row) => row.id);
}
