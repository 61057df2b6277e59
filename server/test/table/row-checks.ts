import { expect } from 'vitest';
import { LineIndex } from '../../src/base/line-index.ts';
import type { Location } from '../../src/base/location.ts';
import { applyEdits } from '../../src/base/text-edit.ts';
import type { Snapshot } from '../../src/engine.ts';
import { isSilent } from '../../src/graph/resolve.ts';
import type { Diagnostic } from '../../src/rules/rule-types.ts';
import { insertAt } from '../../src/syntax/edit.ts';
import { parseYaml } from '../../src/syntax/parse.ts';
import { splitDocuments } from '../../src/syntax/split.ts';
import { hitAt, type Path } from '../../src/syntax/tree.ts';
import type { ReferenceRow } from '../../src/tables/row-types.ts';
import { symbols } from '../../src/tables/symbols.ts';
import { after, type Fixture, open } from '../fixture.ts';
import { type Group, type Mark, moved, type RowFixture, replaced, textOf } from './row-fixture.ts';

/** But for what is only faded (a volume that nobody mounts): a fixture need not be complete in that way. */
const everyDiagnostic = (
  fixture: Fixture,
  snapshot: Snapshot = open(fixture).snapshot,
): (Diagnostic & { uri: string })[] =>
  [...fixture.files.keys()]
    .flatMap((uri) => snapshot.diagnostics(uri).map((diagnostic) => ({ ...diagnostic, uri })))
    .filter(({ tags }) => !tags.includes('unnecessary'));

const summaries = (fixture: Fixture): string[] =>
  everyDiagnostic(fixture).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);

const places = (locations: readonly Location[]): string[] =>
  locations.map(({ uri, span }) => `${uri} ${span.start}-${span.end}`).sort();

const nameOf = (fixture: Fixture, mark: Mark): string => textOf(fixture, mark, mark.token);

const isNumber = (name: string): boolean => /^\d+$/.test(name);

export function checkSilent(fixture: RowFixture): void {
  expect(summaries(fixture)).toEqual([]);
}

/** At a place that was just emptied, and in the middle of the word that is there. */
export function checkCompletion(fixture: RowFixture, { uses }: Group): void {
  for (const use of uses) {
    const name = nameOf(fixture, use);
    const empty = replaced(fixture, [use], '');
    for (const [state, offset] of [
      [empty, use.token.start],
      [fixture, use.token.start + 1],
    ] as const) {
      const { snapshot } = open(state);
      const items = snapshot.completion(use.uri, offset);
      const item = items.find((candidate) => candidate.label === name);
      expect(items.map((candidate) => candidate.label)).toContain(name);
      if (item) expect(applyEdits(snapshot.text(use.uri) ?? '', [item])).toBe(fixture.files.get(use.uri));
    }
  }
}

export function checkHover(fixture: RowFixture, { uses, definitions }: Group): void {
  const { snapshot } = open(fixture);
  for (const use of uses) {
    const hover = snapshot.hover(use.uri, use.token.start);
    expect(hover?.span).toEqual(use.token);
    expect(hover?.contents).toContain(nameOf(fixture, use));
    for (const { uri, span } of definitions) {
      const line = new LineIndex(snapshot.text(uri) ?? '').position(span.start).line + 1;
      expect(hover?.contents).toContain(`](${uri}#L${line})`);
    }
  }
  for (const definition of definitions.filter(({ isFile }) => !isFile))
    expect(snapshot.hover(definition.uri, definition.token.start)?.contents).toContain(nameOf(fixture, definition));
}

export function checkDefinition(fixture: RowFixture, { uses, definitions }: Group): void {
  const { snapshot } = open(fixture);
  for (const { uri, token } of uses) {
    for (const offset of [token.start, token.end])
      expect(places(snapshot.definition(uri, offset))).toEqual(places(definitions));
  }
}

export function checkReferences(fixture: RowFixture, { marks, uses }: Group): void {
  const { snapshot } = open(fixture);
  for (const { uri, token } of marks.filter(({ isFile }) => !isFile)) {
    expect(places(snapshot.references(uri, token.start, false))).toEqual(places(uses));
    expect(places(snapshot.references(uri, token.start, true))).toEqual(places(marks));
  }
}

export function checkHighlights(fixture: RowFixture, { marks }: Group): void {
  const { snapshot } = open(fixture);
  for (const { uri, token } of marks.filter(({ isFile }) => !isFile)) {
    const found = snapshot
      .highlights(uri, token.start)
      .map(({ span, kind }) => `${span.start}-${span.end} ${kind}`)
      .sort();
    const wanted = marks
      .filter((mark) => mark.uri === uri)
      .map(({ span, role }) => `${span.start}-${span.end} ${role === 'definition' ? 'write' : 'read'}`);
    expect(found).toEqual(wanted.sort());
  }
}

export function checkRename(fixture: RowFixture, { marks }: Group, row: ReferenceRow): void {
  const isFixed = row.mode !== 'selector' && symbols[row.to].fixed !== undefined;
  for (const mark of marks.filter(({ isFile }) => !isFile)) {
    const { snapshot } = open(fixture);
    const name = nameOf(fixture, mark);
    const prepared = snapshot.prepareRename(mark.uri, mark.token.start);
    const answer = snapshot.rename(mark.uri, mark.token.start, 'renamed');
    if (isNumber(name) || isFixed) {
      for (const refusal of [prepared, answer]) expect(refusal).toEqual({ refused: expect.stringMatching(/\w{4}/) });
      continue;
    }
    expect(prepared).toEqual({ span: mark.token, text: name });
    if (!('edits' in answer)) expect.fail(answer.refused);
    const renamed = after(fixture, snapshot, answer.edits);
    expect(renamed.files).toEqual(replaced(fixture, marks, 'renamed').files);
    expect(summaries(renamed)).toEqual([]);
    const again = open(renamed).snapshot;
    const back = again.rename(mark.uri, again.text(mark.uri)?.indexOf('renamed') ?? -1, name);
    if (!('edits' in back)) expect.fail(back.refused);
    expect(after(renamed, again, back.edits).files).toEqual(fixture.files);
  }
}

/** A name that is one slip away; a file's has the same ending. */
function bent(whole: string): string {
  const ending = /\.ya?ml$/.exec(whole)?.[0] ?? '';
  return bentWord(whole.slice(0, whole.length - ending.length)) + ending;
}

function bentWord(name: string): string {
  const last = name.at(-1) ?? '';
  return name.slice(0, -1) + (isNumber(name) ? String((Number(last) + 1) % 10) : last === 'x' ? 'y' : 'x');
}

const serious = ({ severity }: Diagnostic): boolean => severity === 'error' || severity === 'warning';

const touching = (found: readonly (Diagnostic & { uri: string })[], marks: readonly Mark[]) =>
  found.filter(({ uri, span, related }) =>
    // At the bent token, or at its other end with a link to the token.
    [{ uri, span }, ...related.map(({ location }) => location)].some((end) =>
      marks.some((mark) => mark.uri === end.uri && end.span.start <= mark.span.end && mark.span.start <= end.span.end),
    ),
  );

/** Whether a row never judges the names of a group. */
export const isSilentGroup = (row: ReferenceRow, fixture: RowFixture, { uses }: Group): boolean =>
  row.mode !== 'selector' &&
  row.judgedBy === undefined &&
  uses.every((use) => isSilent({ row, numeric: isNumber(nameOf(fixture, use)) }));

export function checkNeverJudged(fixture: RowFixture, { marks }: Group): void {
  for (const mark of marks) {
    const broken = replaced(fixture, [mark], bent(nameOf(fixture, mark)));
    expect(touching(everyDiagnostic(broken), [mark])).toEqual([]);
  }
}

export function checkBentUse(fixture: RowFixture, { uses }: Group): void {
  for (const use of uses) {
    const broken = replaced(fixture, [use], bent(nameOf(fixture, use)));
    expect(touching(everyDiagnostic(broken), [use]).filter(serious)).toHaveLength(1);
  }
}

export function checkBentDefinition(fixture: RowFixture, { uses, definitions }: Group): void {
  const first = definitions[0];
  const broken = first?.isFile
    ? moved(fixture, first, bent)
    : first && replaced(fixture, definitions, bent(nameOf(fixture, first)));
  const found = broken ? everyDiagnostic(broken) : [];
  for (const use of uses) expect(touching(found, [use]).filter(serious)).toHaveLength(1);
}

/** Every fix leaves its diagnostic gone and brings no other; one of them restores the text. */
export function checkQuickFix(fixture: RowFixture, { uses }: Group): void {
  for (const use of uses) {
    const broken = replaced(fixture, [use], bent(nameOf(fixture, use)));
    const { snapshot } = open(broken);
    const diagnostic = touching(everyDiagnostic(broken, snapshot), [use]).find(serious);
    expect(diagnostic).toBeDefined();
    if (!diagnostic) continue;
    const actions = snapshot.codeActions(use.uri, diagnostic.span);
    const results = actions.map((action) => after(broken, snapshot, action.edits));
    for (const [i, result] of results.entries()) expect(summaries(result), actions[i]?.title).toEqual([]);
    const texts = results.map((result) => result.files.get(use.uri));
    expect(texts).toContain(fixture.files.get(use.uri));
  }
}

/** The row's `optional` must be a field that the API has: a wrong path would bring an unknown field. */
export function checkOptional(fixture: RowFixture, { uses }: Group, row: ReferenceRow): void {
  for (const use of uses) {
    const broken = replaced(fixture, [use], bent(nameOf(fixture, use)));
    expect(summaries(broken)).not.toEqual([]);
    const steps = (row.optional ?? '').split('/');
    const up = steps.filter((step) => step === '..').length + 1;
    expect(
      summaries(
        withEntry(broken, use, (path) => [...path.slice(0, -up), ...steps.filter((step) => step !== '..')], 'true'),
      ),
    ).toEqual([]);
  }
}

export function checkIgnored(fixture: RowFixture, { uses }: Group, row: ReferenceRow): void {
  const { path = '', is = '' } = row.ignoredWhen ?? {};
  for (const use of uses) {
    const broken = replaced(fixture, [use], bent(nameOf(fixture, use)));
    expect(summaries(withEntry(broken, use, () => path.split('.'), is))).toEqual([]);
  }
}

/** The workspace with one more scalar in the resource that holds a token, at a path that depends on the token's. */
function withEntry(fixture: Fixture, { uri, span }: Mark, place: (token: Path) => Path, value: string): Fixture {
  const text = fixture.files.get(uri) ?? '';
  const document = splitDocuments(text).findLast(({ start }) => start <= span.start) ?? { start: 0, end: 0 };
  const own = text.slice(document.start, document.end);
  const { root } = parseYaml(own);
  const path = place(hitAt(root, span.start - document.start)?.path ?? []);
  const edit = insertAt(own, root, path.slice(0, -1), { entry: [String(path.at(-1)), value] });
  if (!edit) expect.fail(`nothing can be added at ${path.join('.')}`);
  return {
    files: new Map([
      ...fixture.files,
      [uri, text.slice(0, document.start) + applyEdits(own, [edit]) + text.slice(document.end)],
    ]),
    cursor: undefined,
  };
}
