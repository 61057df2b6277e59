import type { Span } from '../base/span.ts';
import type { Workspace } from '../graph/workspace.ts';
import { type Node, walk } from '../syntax/tree.ts';

/** What can be folded away behind the line that it starts in; `span` ends in the last line of it. */
export interface Fold {
  readonly span: Span;
  readonly isComment: boolean;
}

/** A file's resources, fields, items and comments of more than one line, by position; one a line. */
export function folds(workspace: Workspace, uri: string): readonly Fold[] {
  return (workspace.file(uri)?.documents ?? []).flatMap((document) => {
    const { text, start, template } = document;
    const drafts = [...document.withTree((root) => (root && !template ? [...foldsOf(root)] : byIndentation(text)))].map(
      (span): Fold => ({ span: { start: span.start, end: trimmedEnd(text, span) }, isComment: false }),
    );
    const byLine = new Map<number, Fold>();
    for (const fold of [...drafts, ...commentFolds(text)]) {
      if (!text.slice(fold.span.start, fold.span.end).includes('\n')) continue;
      const line = text.lastIndexOf('\n', fold.span.start - 1) + 1;
      const known = byLine.get(line);
      if (!known || known.span.end < fold.span.end) byLine.set(line, fold);
    }
    return [...byLine.values()]
      .sort((a, b) => a.span.start - b.span.start)
      .map(({ span, isComment }) => ({ span: { start: span.start + start, end: span.end + start }, isComment }));
  });
}

function* foldsOf(root: Node): Generator<Span> {
  yield root;
  for (const node of walk(root)) {
    if (node.type === 'map') {
      for (const { key, value } of node.pairs) if (value) yield { start: key.start, end: value.end };
    } else if (node.type === 'list') for (const item of node.items) if (item) yield item;
  }
}

/** The same of a text that isn't YAML yet: what is indented more than the line above it. */
function* byIndentation(text: string): Generator<Span> {
  const open: { readonly start: number; readonly indent: number }[] = [];
  let lastEnd = 0;
  for (const { 0: line, index } of text.matchAll(/[^\n]+/g)) {
    const indent = line.search(/[^ \t\r]/);
    if (indent < 0) continue;
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent)
      yield { start: open.pop()?.start ?? 0, end: lastEnd };
    open.push({ start: index + indent, indent });
    lastEnd = index + line.trimEnd().length;
  }
  for (const { start } of open) yield { start, end: lastEnd };
}

function* commentFolds(text: string): Generator<Fold> {
  for (const run of text.matchAll(/^[ \t]*#.*(?:\r?\n[ \t]*#.*)+$/gm))
    yield { span: { start: run.index + run[0].indexOf('#'), end: run.index + run[0].length }, isComment: true };
}

/** The line breaks at a block's end are no line of it. */
function trimmedEnd(text: string, { start, end }: Span): number {
  let last = end;
  while (last > start && /\s/.test(text[last - 1] ?? '')) last--;
  return last;
}
