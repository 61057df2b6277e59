import { distance } from '../../graph/closeness.ts';
import { type Index, soughtBy } from '../../graph/index.ts';
import { candidates } from '../../graph/resolve.ts';
import { looksInto, mayShareNamespace, ownPods } from '../../graph/selection.ts';
import type { Definition, Facts, LabelPair, LabelSet, Selector, Use } from '../../model/facts.ts';
import type { Schema } from '../../schema/api-model.ts';
import { plainSafe } from '../../syntax/edit.ts';
import { marker } from '../../syntax/half-typed.ts';
import { isObjectSymbol, symbols } from '../../tables/symbols.ts';
import { type Offer, snippetEscape } from './item.ts';

/** The values that the schema allows: those of an enum, true and false. */
export function schemaValues(schema: Schema): Offer[] {
  if (schema.type === 'boolean')
    return ['true', 'false'].map((value) => ({ label: value, kind: 'value', newText: value }));
  if (!('enum' in schema)) return [];
  return schema.enum
    .filter((value) => value !== '')
    .map((value, i) => ({
      label: value,
      kind: 'value',
      sortText: String(i).padStart(3, '0'),
      newText: snippetEscape(plainSafe(value)),
    }));
}

/**
 * The names that can stand where the marker is, nearest definition first, with where each is defined.
 *
 * @param closing what to write behind the name, where it is a part of a text; undefined where it is the whole value
 */
export function referenceOffers(index: Index, use: Use, schema: Schema | undefined, closing?: string): Offer[] {
  const symbol = symbols[use.row.to];
  const { uri } = use.facts.document;
  const fits = (candidate: Definition): boolean => {
    if (candidate.name.includes(marker)) return false;
    if (schema?.type === 'integer') return candidate.numeric;
    if (schema?.type === 'string') return !candidate.numeric;
    return true;
  };
  return candidates(index, use)
    .filter(fits)
    .map((candidate) => {
      const { resource, document } = candidate.facts;
      const owner = isObjectSymbol(symbol) ? '' : `of ${resource.kind} ${resource.name} · `;
      const here = candidate.facts === use.facts;
      const text =
        closing !== undefined
          ? candidate.name + closing
          : candidate.numeric
            ? candidate.name
            : plainSafe(candidate.name);
      return {
        label: candidate.name,
        kind: 'reference',
        detail: here
          ? `${symbol.noun} of this ${resource.kind}`
          : `${symbol.noun} ${owner}${lastSegment(document.uri)}`,
        documentation: symbol.consequence,
        sortText: `${String(here ? 0 : distance(document.uri, uri)).padStart(3, '0')}${candidate.name}`,
        newText: snippetEscape(text),
      } satisfies Offer;
    });
}

const lastSegment = (uri: string): string => decodeURIComponent(uri.split('/').at(-1) ?? '');

/** Labels to select by: those of the pods within reach, or of the workload's own template. */
export function selectorOffers(index: Index, selector: Selector, pair: LabelPair, hasColon: boolean): Offer[] {
  const pods =
    selector.row.to === 'own-template'
      ? ownPods(selector)
      : [...index.allLabelled(soughtBy(selector))].filter((labelSet) => looksInto(selector, labelSet));
  const present = new Set(selector.pairs.map((other) => other.key));
  return labelOffers(
    [...pods].flatMap((pod) => [...pod.labels.values()].map((label) => ({ label, facts: pod.facts }))),
    pair,
    present,
    hasColon,
    selector.facts,
  );
}

/** Labels to give to pods: those that their own workload's selector, or a Service, asks for. */
export function podLabelOffers(index: Index, labelSet: LabelSet, pair: LabelPair, hasColon: boolean): Offer[] {
  const own = labelSet.facts.selectors.filter((selector) => selector.row.to === 'own-template');
  const others = [...index.allSelectors()].filter(
    (selector) =>
      selector.row.to === labelSet.of &&
      (selector.widened || mayShareNamespace(selector.facts.resource.namespace, labelSet.facts.resource.namespace)),
  );
  return labelOffers(
    [...own, ...others].flatMap((selector) => selector.pairs.map((label) => ({ label, facts: selector.facts }))),
    pair,
    new Set(labelSet.labels.keys()),
    hasColon,
    labelSet.facts,
  );
}

function labelOffers(
  labels: readonly { readonly label: LabelPair; readonly facts: Facts }[],
  pair: LabelPair,
  present: ReadonlySet<string>,
  bare: boolean,
  from: Facts,
): Offer[] {
  const onValue = pair.value.includes(marker);
  const offers = new Map<string, Offer>();
  for (const { label, facts } of labels) {
    if (label.key.includes(marker) || label.value.includes(marker) || label.value === '') continue;
    if (onValue ? label.key !== pair.key : present.has(label.key)) continue;
    const text = onValue
      ? plainSafe(label.value)
      : bare
        ? plainSafe(label.key)
        : `${plainSafe(label.key)}: ${plainSafe(label.value)}`;
    const near =
      facts.resource.name === from.resource.name && facts.document.uri === from.document.uri
        ? 0
        : distance(facts.document.uri, from.document.uri) + 1;
    const sortText = `${String(near).padStart(3, '0')}${text}`;
    const known = offers.get(text);
    if (known && (known.sortText ?? '') <= sortText) continue;
    offers.set(text, {
      label: text,
      kind: 'reference',
      detail: `label of ${facts.resource.kind} ${facts.resource.name}`,
      sortText,
      newText: snippetEscape(text),
    });
  }
  return [...offers.values()];
}
