import type { Span } from '../base/span.ts';
import type { Document } from '../graph/document.ts';
import type { Index } from '../graph/index.ts';
import { isIncidental, resolveUse } from '../graph/resolve.ts';
import { selected } from '../graph/selection.ts';
import type { Workspace } from '../graph/workspace.ts';
import type { Facts, LabelPair } from '../model/facts.ts';
import { isPlaceholder } from '../syntax/placeholder.ts';
import { locate } from './shared/context.ts';

/** A name or a label that is wired to something, for colouring. */
export interface SemanticToken {
  readonly span: Span;
  readonly type: 'reference' | 'label';
  /** It leads to nothing in the workspace; false, too, where that can't be known. */
  readonly unresolved: boolean;
  /** A label that pods carry, rather than one that is looked for. */
  readonly declaration: boolean;
}

/** The wired tokens of a file, by position: none overlaps another, and none spans lines. */
export function semanticTokens(workspace: Workspace, uri: string): readonly SemanticToken[] {
  const result: SemanticToken[] = [];
  for (const document of workspace.file(uri)?.documents ?? []) {
    let end = 0;
    const tokens = document.facts.flatMap((facts) => [...tokensOf(workspace.index, facts)]);
    for (const token of tokens.sort((a, b) => a.span.start - b.span.start)) {
      if (token.span.start < end || spansLines(document, token.span)) continue;
      end = token.span.end;
      result.push({ ...token, span: locate(document, token.span).span });
    }
  }
  return result;
}

const spansLines = (document: Document, { start, end }: Span): boolean =>
  document.text.slice(start, end).includes('\n');

function* tokensOf(index: Index, facts: Facts): Generator<SemanticToken> {
  for (const use of facts.uses) {
    if (use.text === '' || isPlaceholder(use.text)) continue;
    const { status } = resolveUse(index, use);
    if (status === 'unknown' && isIncidental(use)) continue;
    // An optional reference may lead nowhere.
    const unresolved = !use.optional && status === 'missing';
    // What looks like a name may be none.
    if (unresolved && use.row.quiet === true) continue;
    yield { span: use.span, type: 'reference', unresolved, declaration: false };
  }
  for (const selector of facts.selectors) {
    const unresolved = !selector.open && selector.pairs.length > 0 && selected(index, selector).length === 0;
    for (const pair of selector.pairs) yield* labelTokens(pair, unresolved, false);
  }
  for (const { labels } of facts.labelSets) for (const pair of labels.values()) yield* labelTokens(pair, false, true);
}

function* labelTokens(pair: LabelPair, unresolved: boolean, declaration: boolean): Generator<SemanticToken> {
  if (isPlaceholder(pair.key) || isPlaceholder(pair.value)) return;
  yield { span: pair.keySpan, type: 'label', unresolved, declaration };
  if (pair.valueSpan.end > pair.valueSpan.start) yield { span: pair.valueSpan, type: 'label', unresolved, declaration };
}
