import { type Span, touches } from '../../base/span.ts';
import type { Document } from '../../graph/document.ts';
import type { Index } from '../../graph/index.ts';
import { resolveUse } from '../../graph/resolve.ts';
import type { Definition, Facts, LabelPair, LabelSet, Selector, Use } from '../../model/facts.ts';

/** What a place in a document means to the wiring. */
export type Token =
  | { readonly is: 'use'; readonly use: Use; readonly span: Span }
  | { readonly is: 'definition'; readonly definition: Definition; readonly span: Span }
  | { readonly is: 'selector-label'; readonly selector: Selector; readonly pair: LabelPair; readonly span: Span }
  | { readonly is: 'pod-label'; readonly labelSet: LabelSet; readonly pair: LabelPair; readonly span: Span };

/**
 * The token at an offset from the document's start; undefined where nothing is wired. Of a name that two rows know, what
 * leads somewhere.
 */
export function tokenAt(index: Index, document: Document, offset: number): Token | undefined {
  for (const facts of document.facts) {
    if (!touches(facts.resource.span, offset)) continue;
    const token = tokenIn(index, facts, offset);
    if (token) return token;
  }
  return undefined;
}

function tokenIn(index: Index, facts: Facts, offset: number): Token | undefined {
  const uses = facts.uses.filter((candidate) => touches(candidate.span, offset));
  const use = uses.find((one) => uses.length > 1 && resolveUse(index, one).status === 'resolved') ?? uses[0];
  if (use) return { is: 'use', use, span: use.span };
  for (const selector of facts.selectors) {
    const pair = pairAt([...selector.pairs, ...selector.expressions], offset);
    if (pair) return { is: 'selector-label', selector, pair, span: pairSpan(pair, offset) };
  }
  for (const labelSet of facts.labelSets) {
    const pair = pairAt(labelSet.labels.values(), offset);
    if (pair) return { is: 'pod-label', labelSet, pair, span: pairSpan(pair, offset) };
  }
  const here = facts.definitions.filter((candidate) => touches(candidate.span, offset));
  // A claim template's name is a volume's, too: what is written here comes before what a controller makes of it.
  const definition = here.find((candidate) => !candidate.made) ?? here[0];
  return definition && { is: 'definition', definition, span: definition.span };
}

function pairAt(pairs: Iterable<LabelPair>, offset: number): LabelPair | undefined {
  for (const pair of pairs) if (touches(pair.keySpan, offset) || touches(pair.valueSpan, offset)) return pair;
  return undefined;
}

const pairSpan = (pair: LabelPair, offset: number): Span =>
  touches(pair.keySpan, offset) ? pair.keySpan : pair.valueSpan;
