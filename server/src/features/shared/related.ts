import { documentOf } from '../../graph/document.ts';
import type { Definition } from '../../model/facts.ts';
import type { Index } from '../../graph/index.ts';
import { type LabelGroup, labelGroup, type Link, linksOf } from '../../graph/links.ts';
import { resolveUse } from '../../graph/resolve.ts';
import { locate } from './context.ts';
import type { Token } from './token.ts';

/** The definitions that a token stands for: its own, or those that it leads to. Empty for labels. */
export function definitionsOf(index: Index, token: Token): readonly Definition[] {
  if (token.is === 'definition') return [token.definition, ...knownAs(token.definition)];
  if (token.is !== 'use') return [];
  const resolution = resolveUse(index, token.use);
  return resolution.status === 'resolved' ? resolution.targets : [];
}

/** What the rest of the workspace takes for a definition while the document that it stands in is broken. */
function knownAs({ symbol, name, numeric, facts }: Definition): readonly Definition[] {
  const document = documentOf(facts.document);
  if (document.indexed === document.facts) return [];
  return document.indexed
    .filter(({ resource }) => resource.kind === facts.resource.kind && resource.name === facts.resource.name)
    .flatMap((known) => known.definitions)
    .filter((known) => known.symbol === symbol && known.name === name && known.numeric === numeric);
}

/** The pods and selectors that a label's token holds together. */
export function groupOf(index: Index, token: Token): LabelGroup | undefined {
  if (token.is === 'pod-label') return labelGroup(index, { labelSet: token.labelSet }, token.pair.key, token.pair.value);
  if (token.is === 'selector-label') return labelGroup(index, { selector: token.selector }, token.pair.key, token.pair.value);
  return undefined;
}

/** Every token that belongs together with this one, definitions and uses; for a label, keys and values alike. */
export function relatedLinks(index: Index, token: Token): readonly Link[] {
  const seen = new Map<string, Link>();
  for (const link of allLinks(index, token)) {
    const { uri, span } = locate(link.document, link.span);
    seen.set(`${uri} ${span.start} ${span.end}`, link);
  }
  return [...seen.values()];
}

function allLinks(index: Index, token: Token): readonly Link[] {
  const group = groupOf(index, token);
  if (!group) {
    const links = linksOf(index, definitionsOf(index, token));
    if (links.length > 0 || token.is !== 'use') return links;
    // What leads nowhere still has its likes.
    const { use } = token;
    return index
      .uses(use.row.to, use.text)
      .filter((other) => other === use || other.facts === use.facts || resolveUse(index, other).status === 'missing')
      .map((other): Link => ({ document: other.facts.document, span: other.span, role: 'use' }));
  }
  const whole = (pair: { keySpan: { start: number }; valueSpan: { end: number } }) => ({ start: pair.keySpan.start, end: pair.valueSpan.end });
  return [
    ...group.pods.map(({ labelSet, pair }): Link => ({ document: labelSet.facts.document, span: whole(pair), role: 'definition' })),
    ...group.selectors.map(({ selector, pair }): Link => ({ document: selector.facts.document, span: whole(pair), role: 'use' })),
  ];
}
