import { distance } from '../../graph/closeness.ts';
import { type Index, soughtBy } from '../../graph/index.ts';
import { candidates, textFor } from '../../graph/resolve.ts';
import { behind, ownPods, reachOf } from '../../graph/selection.ts';
import type { Definition, Facts, LabelPair, LabelSet, Selector, Use } from '../../model/facts.ts';
import type { Schema } from '../../schema/api-model.ts';
import { plainSafe } from '../../syntax/edit.ts';
import { marker } from '../../syntax/half-typed.ts';
import { isLookedUpByName, symbols } from '../../tables/symbols.ts';
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
      const owner = isLookedUpByName(symbol) ? '' : `of ${resource.kind} ${resource.name} · `;
      const here = candidate.facts === use.facts;
      const name = textFor(index, use, candidate);
      const text = closing !== undefined ? name + closing : candidate.numeric ? name : plainSafe(name);
      return {
        label: name,
        kind: 'reference',
        detail: here
          ? `${symbol.noun} of this ${resource.kind}`
          : `${symbol.noun} ${owner}${lastSegment(document.uri)}`,
        documentation: symbol.consequence,
        sortText: `${String(here ? 0 : distance(document.uri, uri)).padStart(3, '0')}${name}`,
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
      : index.allLabelled(soughtBy(selector), reachOf(selector)).filter(behind(index, selector));
  const offered = new LabelOffers(pair, new Set(selector.pairs.map(({ key }) => key)), selector.facts);
  for (const pod of pods) for (const label of pod.labels.values()) offered.add(label, pod.facts);
  return offered.offers(hasColon);
}

/** Labels to give to pods: those that their own workload's selector, or a Service, asks for. */
export function podLabelOffers(index: Index, labelSet: LabelSet, pair: LabelPair, hasColon: boolean): Offer[] {
  const { of, facts, labels } = labelSet;
  const own = facts.selectors.filter((selector) => selector.row.to === 'own-template');
  const others = index.selectorsFor(of, facts.resource.namespace).filter((selector) => selector.row.to === of);
  const offered = new LabelOffers(pair, new Set(labels.keys()), facts);
  for (const selector of [...own, ...others]) for (const label of selector.pairs) offered.add(label, selector.facts);
  return offered.offers(hasColon);
}

/** Many objects have the same few labels: each is offered once, as that of the nearest. */
class LabelOffers {
  readonly #pair: LabelPair;
  readonly #onValue: boolean;
  readonly #present: ReadonlySet<string>;
  readonly #from: Facts;
  readonly #nearest = new Map<string, { readonly label: LabelPair; readonly facts: Facts; readonly near: number }>();
  readonly #distances = new Map<string, number>();

  /**
   * @param pair what is being typed
   * @param present the keys that needn't be offered
   */
  constructor(pair: LabelPair, present: ReadonlySet<string>, from: Facts) {
    this.#pair = pair;
    this.#onValue = pair.value.includes(marker);
    this.#present = present;
    this.#from = from;
  }

  add(label: LabelPair, facts: Facts): void {
    const { key, value } = label;
    if (this.#onValue ? key !== this.#pair.key : this.#present.has(key)) return;
    if (value === '' || key.includes(marker) || value.includes(marker)) return;
    const text = `${key}=${value}`;
    const near = this.#distanceOf(facts);
    const known = this.#nearest.get(text);
    if (!known || near < known.near) this.#nearest.set(text, { label, facts, near });
  }

  #distanceOf({ resource, document: { uri } }: Facts): number {
    const from = this.#from;
    if (resource.name === from.resource.name && uri === from.document.uri) return 0;
    let far = this.#distances.get(uri);
    if (far === undefined) {
      far = distance(uri, from.document.uri) + 1;
      this.#distances.set(uri, far);
    }
    return far;
  }

  /** @param bare whether a colon stands behind the key already */
  offers(bare: boolean): Offer[] {
    const offers = new Map<string, Offer>();
    for (const { label, facts, near } of this.#nearest.values()) {
      const text = this.#textOf(label, bare);
      const sortText = `${String(near).padStart(3, '0')}${text}`;
      const known = offers.get(text)?.sortText;
      if (known !== undefined && known <= sortText) continue;
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

  #textOf({ key, value }: LabelPair, bare: boolean): string {
    if (this.#onValue) return plainSafe(value);
    return bare ? plainSafe(key) : `${plainSafe(key)}: ${plainSafe(value)}`;
  }
}
