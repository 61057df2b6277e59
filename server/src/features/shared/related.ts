import type { Span } from '../../base/span.ts';
import { documentOf } from '../../graph/document.ts';
import type { Index } from '../../graph/index.ts';
import { type LabelGroup, type Link, labelGroup, linksOf } from '../../graph/links.ts';
import { resolveUse } from '../../graph/resolve.ts';
import type { Definition, LabelPair, Use } from '../../model/facts.ts';
import { labelSpan } from '../../model/labels.ts';
import { isObjectSymbol, symbols } from '../../tables/symbols.ts';
import { locate } from './context.ts';
import type { Token } from './token.ts';

/** The definitions that a token stands for: its own, or those that it leads to. Empty for labels. */
export function definitionsOf(index: Index, token: Token): readonly Definition[] {
  if (token.is === 'definition')
    return [token.definition, ...namesakesOf(token.definition), ...knownAs(token.definition)];
  if (token.is !== 'use') return [];
  const resolution = resolveUse(index, token.use);
  return resolution.status === 'resolved' ? resolution.targets : [];
}

/** A controller makes several objects of one name. */
const namesakesOf = (definition: Definition): readonly Definition[] =>
  definition.facts.definitions.filter(
    (other) =>
      other !== definition &&
      other.made &&
      definition.made &&
      other.span.start === definition.span.start &&
      isObjectSymbol(symbols[other.symbol]) &&
      isObjectSymbol(symbols[definition.symbol]),
  );

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
  if (token.is === 'pod-label')
    return labelGroup(index, { labelSet: token.labelSet }, token.pair.key, token.pair.value);
  if (token.is === 'selector-label')
    return labelGroup(index, { selector: token.selector }, token.pair.key, token.pair.value);
  return undefined;
}

/** Every token that belongs together with this one, definitions and uses; for a label, its keys, or keys and values. */
export function relatedLinks(index: Index, token: Token): readonly Link[] {
  const seen = new Map<string, Link>();
  for (const link of allLinks(index, token)) {
    const { uri, span } = locate(link.document, link.span);
    seen.set(`${uri} ${span.start} ${span.end}`, link);
  }
  return [...seen.values()];
}

function allLinks(index: Index, token: Token): readonly Link[] {
  const { group, definitions, onKey } = familyOf(index, token);
  const spanOf = (pair: LabelPair): Span => (onKey ? pair.keySpan : labelSpan(pair));
  const links = [
    ...linksOf(index, definitions),
    ...(group?.pods ?? []).map(
      ({ labelSet, pair }): Link => ({ document: labelSet.facts.document, span: spanOf(pair), role: 'definition' }),
    ),
    ...(group?.selectors ?? []).map(
      ({ selector, pair }): Link => ({ document: selector.facts.document, span: spanOf(pair), role: 'use' }),
    ),
  ];
  if (links.length > 0 || token.is !== 'use') return links;
  // What leads nowhere still has its likes.
  const { use } = token;
  return index
    .uses(use.row.to, use.name, undefined)
    .filter(
      (other) =>
        other === use ||
        other.facts === use.facts ||
        resolveUse(index, other).status === 'missing' ||
        isOfSameKind(other, use),
    )
    .map((other): Link => ({ document: other.facts.document, span: other.span, role: 'use' }));
}

/** Whether two tokens name the same kind of custom resources, or the same version of it, wherever that is defined. */
const isOfSameKind = (a: Use, b: Use): boolean =>
  a.owner?.text === b.owner?.text && (a.groups?.some((group) => b.groups?.includes(group)) ?? false);

/** Everything that changes its name together: a name's definitions, and the label group of a key or a value. */
export interface Family {
  readonly definitions: readonly Definition[];
  readonly group: LabelGroup | undefined;
  /** The keys of the group's labels are meant, not their values. */
  readonly onKey: boolean;
}

/** A label's key is a definition of its own where field references name it: what is asked of one goes for both. */
export function familyOf(index: Index, token: Token): Family {
  if (token.is === 'pod-label' || token.is === 'selector-label') {
    const group = groupOf(index, token);
    const onKey = isOnKey(token);
    return { group, onKey, definitions: onKey && group ? keyDefinitions(group) : [] };
  }
  const definitions = definitionsOf(index, token);
  for (const { facts, span } of definitions) {
    for (const labelSet of facts.labelSets) {
      const pair = [...labelSet.labels.values()].find(({ keySpan }) => keySpan.start === span.start);
      if (!pair) continue;
      const group = labelGroup(index, { labelSet }, pair.key, pair.value);
      return { group, onKey: true, definitions: [...new Set([...definitions, ...keyDefinitions(group)])] };
    }
  }
  return { group: undefined, onKey: false, definitions };
}

/** What the keys of a group's labels define. */
export const keyDefinitions = ({ pods }: LabelGroup): readonly Definition[] =>
  pods.flatMap(({ labelSet, pair }) =>
    labelSet.facts.definitions.filter(({ span }) => span.start === pair.keySpan.start),
  );

/** Whether a label's token is its key. */
export const isOnKey = (token: Token): boolean =>
  (token.is === 'pod-label' || token.is === 'selector-label') && token.span.start === token.pair.keySpan.start;
