import { expect } from 'vitest';
import { LineIndex } from '../src/base/line-index.ts';
import { applyEdits } from '../src/base/text-edit.ts';
import { type CodeAction, Engine, type Settings, type Snapshot } from '../src/engine.ts';
import type { FileEdit } from '../src/rules/rule-types.ts';
import { realModel } from './schema/real-model.ts';

/** A workspace written down as text: several files with `# file: a.yaml`, `$0` for the cursor. */
export interface Fixture {
  readonly files: ReadonlyMap<string, string>;
  readonly cursor: { readonly uri: string; readonly offset: number } | undefined;
}

const root = 'file:///w/';

export function parseFixture(text: string): Fixture {
  const files = new Map<string, string>();
  let cursor: Fixture['cursor'];
  const parts = text.split(/^# file: (\S+)\n/m);
  const named = parts.length === 1 ? ['', 'main.yaml', text] : parts;
  for (let i = 1; i < named.length; i += 2) {
    const uri = root + (named[i] ?? '');
    let content = named[i + 1] ?? '';
    const at = content.indexOf('$0');
    if (at >= 0) {
      cursor = { uri, offset: at };
      content = content.slice(0, at) + content.slice(at + 2);
    }
    files.set(uri, content);
  }
  return { files, cursor };
}

/** A snapshot of a fixture's files, all open in the editor. */
export function open(
  fixture: Fixture,
  settings: Partial<Settings> = {},
): { readonly engine: Engine; readonly snapshot: Snapshot } {
  const engine = new Engine({ model: realModel() });
  engine.configure(settings);
  engine.apply([...fixture.files].map(([uri, text]) => ({ type: 'edit', uri, text })));
  engine.apply([{ type: 'walked', uri: root }]);
  return { engine, snapshot: engine.snapshot() };
}

/** The snapshot and the cursor of a fixture that has one. */
export function atCursor(text: string): { readonly snapshot: Snapshot; readonly uri: string; readonly offset: number } {
  const fixture = parseFixture(text);
  if (!fixture.cursor) throw new Error('the fixture has no $0');
  return { snapshot: open(fixture).snapshot, ...fixture.cursor };
}

const markLine = /^#? *(\^+) (error|warning|information|hint) ([\w-]+)$/;

/**
 * Checks all diagnostics of a fixture: each stands under its line as `#   ^^^^ error some-code`, hints of absence
 * among them. Exact both ways; comments don't count as content, so the marks may stay where they are.
 */
export function checkDiagnostics(text: string): void {
  const fixture = parseFixture(text);
  const { snapshot } = open(fixture);
  for (const [uri, content] of fixture.files) expect(annotate(content, snapshot, uri)).toBe(annotated(content));
}

const annotated = (content: string): string => content;

/** The text with its marks taken out and those of the present diagnostics put in. */
export function annotate(content: string, snapshot: Snapshot, uri: string): string {
  const lines = new LineIndex(content);
  const marks = new Map<number, string[]>();
  for (const diagnostic of snapshot.diagnostics(uri)) {
    const start = lines.position(diagnostic.span.start);
    const end = lines.position(diagnostic.span.end);
    const width = end.line === start.line ? Math.max(1, end.character - start.character) : 1;
    const column = start.character;
    const mark = `${column === 0 ? '' : '#'.padEnd(column)}${'^'.repeat(width)} ${diagnostic.severity} ${diagnostic.code}`;
    marks.set(start.line, [...(marks.get(start.line) ?? []), column === 0 ? `# ${mark}` : mark]);
  }
  const result: string[] = [];
  for (let line = 0; line < lines.lineCount; line++) {
    const lineText = lines.lineText(line);
    if (markLine.test(lineText)) continue;
    result.push(lineText, ...(marks.get(line) ?? []));
  }
  return result.join('\n');
}

/** The text of every file after some edits. */
export function edited(snapshot: Snapshot, edits: readonly FileEdit[]): Map<string, string> {
  const result = new Map<string, string>();
  for (const uri of snapshot.files()) {
    const own = edits.filter((edit) => edit.uri === uri);
    if (own.length > 0) result.set(uri, applyEdits(snapshot.text(uri) ?? '', own));
  }
  return result;
}

/** The same workspace with edits applied. */
export function after(fixture: Fixture, snapshot: Snapshot, edits: readonly FileEdit[]): Fixture {
  return { files: new Map([...fixture.files, ...edited(snapshot, edits)]), cursor: undefined };
}

/** The fixes offered at the cursor. */
export function fixesAt(text: string): readonly CodeAction[] {
  const { snapshot, uri, offset } = atCursor(text);
  return snapshot.codeActions(uri, { start: offset, end: offset });
}

/** Applies the fix of that title at the cursor and returns the file's text, or all changed files' with their names. */
export function applyFix(text: string, title: string): string {
  const { snapshot, uri, offset } = atCursor(text);
  const actions = snapshot.codeActions(uri, { start: offset, end: offset });
  const action = actions.find((candidate) => candidate.title === title);
  expect(actions.map((candidate) => candidate.title)).toContain(title);
  const files = edited(snapshot, action?.edits ?? []);
  if (files.size === 1) return [...files.values()][0] ?? '';
  return [...files].map(([name, content]) => `# file: ${name.slice(root.length)}\n${content}`).join('');
}

/** Labels of what completion offers at the cursor, in the order in which an editor shows them. */
export function completionsAt(text: string): string[] {
  const { snapshot, uri, offset } = atCursor(text);
  return [...snapshot.completion(uri, offset)]
    .sort((a, b) => (a.sortText < b.sortText ? -1 : 1))
    .map((item) => item.label);
}

/** The file's text after choosing a completion, with the snippet's stops as they are. */
export function complete(text: string, label: string): string {
  const { snapshot, uri, offset } = atCursor(text);
  const items = snapshot.completion(uri, offset);
  expect(items.map((item) => item.label)).toContain(label);
  const item = items.find((candidate) => candidate.label === label);
  return item ? applyEdits(snapshot.text(uri) ?? '', [item]) : '';
}

/** `file:line:text` for places, in the order given. */
export function placesOf(
  snapshot: Snapshot,
  locations: readonly { uri: string; span: { start: number; end: number } }[],
): string[] {
  return locations.map(({ uri, span }) => {
    const text = snapshot.text(uri) ?? '';
    const line = new LineIndex(text).position(span.start).line + 1;
    return `${uri.slice(root.length)}:${line} ${text.slice(span.start, span.end)}`;
  });
}

/** Every feature, at one place; what it returns must lie inside of its file. */
export function callEverything(snapshot: Snapshot, uri: string, offset: number): void {
  const length = (file: string): number => snapshot.text(file)?.length ?? -1;
  const inside = (file: string, { start, end }: { start: number; end: number }): void => {
    if (start < 0 || start > end || end > length(file))
      expect.fail(`${start}-${end} is outside of ${file} (${length(file)})`);
  };
  for (const { span, related } of snapshot.diagnostics(uri)) {
    inside(uri, span);
    for (const { location } of related) inside(location.uri, location.span);
  }
  for (const { span, also } of snapshot.completion(uri, offset)) {
    inside(uri, span);
    for (const edit of also) inside(uri, edit.span);
  }
  for (const { span } of snapshot.semanticTokens(uri)) inside(uri, span);
  for (const { edits } of snapshot.secretActions(uri, offset)) for (const edit of edits) inside(edit.uri, edit.span);
  const hidden = snapshot.hiddenSecret(uri, offset);
  if (hidden) inside(uri, hidden.span);
  const hover = snapshot.hover(uri, offset);
  if (hover) inside(uri, hover.span);
  for (const { uri: file, span } of snapshot.definition(uri, offset)) inside(file, span);
  for (const { uri: file, span } of snapshot.references(uri, offset, true)) inside(file, span);
  for (const { span } of snapshot.highlights(uri, offset)) inside(uri, span);
  for (const { span, nameSpan } of snapshot.outline(uri)) {
    inside(uri, span);
    inside(uri, nameSpan);
  }
  for (const lens of snapshot.codeLenses(uri)) {
    inside(uri, lens.span);
    const action = snapshot.codeLensText(uri, lens)?.action;
    if (action?.does === 'show-places') for (const place of action.places) inside(place.uri, place.span);
  }
  for (const { offset: at, parts } of snapshot.inlayHints(uri, { start: 0, end: length(uri) })) {
    inside(uri, { start: at, end: at });
    for (const { location } of parts) if (location) inside(location.uri, location.span);
  }
  for (const { location } of snapshot.workspaceSymbols('a')) inside(location.uri, location.span);
  for (const { span } of snapshot.folds(uri)) inside(uri, span);
  for (const { span } of snapshot.documentLinks(uri)) inside(uri, span);
  for (const span of snapshot.selectionRanges(uri, offset)) inside(uri, span);
  const prepared = snapshot.prepareRename(uri, offset);
  if (prepared && 'span' in prepared) inside(uri, prepared.span);
  const answer = snapshot.rename(uri, offset, 'renamed');
  if ('edits' in answer) for (const edit of answer.edits) inside(edit.uri, edit.span);
  for (const { edits } of snapshot.codeActions(uri, { start: offset, end: offset }))
    for (const edit of edits) inside(edit.uri, edit.span);
  for (const edit of snapshot.fixAll(uri).edits) inside(edit.uri, edit.span);
}
