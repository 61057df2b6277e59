import type { Data, Origin, ScalarData, Source } from '../base/data.ts';
import type { Span } from '../base/span.ts';
import { integerValue, plainType, scalarType, truthOf } from './scalar.ts';
import { type MapNode, type Node, type Pair, resolveAlias, type ScalarNode } from './tree.ts';

/** A tree as values, and what the decoder would refuse in it. */
export interface Decoded {
  readonly value: Data | undefined;
  readonly problems: readonly { readonly span: Span; readonly message: string }[];
}

/** At most this many values are made of one tree, so that aliases can't make a small document endless. */
const budget = 200_000;

/**
 * A tree as Kubernetes' decoder reads it (sigs.k8s.io/yaml): scalars by YAML 1.1, the last of several same keys, what
 * aliases and merge keys bring. Every value knows where it is written; what an alias brings, at its anchor. Never
 * throws: what can't be read is null.
 */
export function decode(root: Node | undefined, source: Source): Decoded {
  const decoder = new Decoder(source);
  const value = root && decoder.decode(root, 0);
  return { value, problems: decoder.problems };
}

class Decoder {
  readonly problems: { span: Span; message: string }[] = [];
  readonly #source: Source;
  #left = budget;

  constructor(source: Source) {
    this.#source = source;
  }

  decode(node: Node | undefined, depth: number): Data {
    const here = resolveAlias(node);
    const span = here ?? node;
    if (!here || !span) return { type: 'scalar', value: null, origin: node ? this.#origin(node) : {} };
    if (--this.#left < 0 || depth > 200) {
      if (this.#left === -1) this.#problem(here, 'There is too much here to be shown: aliases repeat each other.');
      return { type: 'scalar', value: null, origin: this.#origin(here) };
    }
    const origin = this.#origin(here);
    if (here.type === 'scalar') return this.#scalar(here, origin);
    if (here.type === 'list')
      return { type: 'list', items: here.items.map((item) => this.decode(item, depth + 1)), origin };
    const entries = new Map<string, Data>();
    for (const { key, value } of this.#pairs(here, 0)) entries.set(keyText(key), this.decode(value, depth + 1));
    return { type: 'map', entries, origin };
  }

  /** Own pairs, then what merge keys bring that isn't there yet. */
  #pairs(map: MapNode, depth: number): readonly Pair[] {
    const merges = map.pairs.filter(isMerge);
    if (merges.length === 0 || depth > 20) return map.pairs;
    const own = map.pairs.filter((pair) => !isMerge(pair));
    const known = new Set(own.map(({ key }) => keyText(key)));
    const result = [...own];
    for (const merge of merges) {
      const value = resolveAlias(merge.value);
      for (const source of value?.type === 'list' ? value.items.map(resolveAlias) : [value]) {
        if (source?.type !== 'map' || --this.#left < 0) continue;
        const brought = this.#pairs(source, depth + 1).filter(({ key }) => !known.has(keyText(key)));
        for (const { key } of brought) known.add(keyText(key));
        result.push(...brought);
      }
    }
    return result;
  }

  #scalar(node: ScalarNode, origin: Origin): ScalarData {
    if (scalarType(node) === 'unrepresentable')
      this.#problem(node, `${node.value} is a number that JSON doesn't have: kubectl refuses it.`);
    return { type: 'scalar', value: scalarOf(node), origin };
  }

  #origin({ start, end }: Span): Origin {
    return { place: { source: this.#source, span: { start, end } } };
  }

  #problem({ start, end }: Span, message: string): void {
    this.problems.push({ span: { start, end }, message });
  }
}

const isMerge = ({ key }: Pair): boolean => key.value === '<<' && key.style === 'plain';

/** What the decoder makes of a scalar. */
function scalarOf(node: ScalarNode): string | number | boolean | null {
  switch (scalarType(node)) {
    case 'null':
      return null;
    case 'boolean':
      return truthOf(node.value);
    case 'integer':
    case 'number':
      return numberOf(node.value);
    default:
      return node.value;
  }
}

const numberOf = (text: string): number => integerValue(text) ?? Number(text.replaceAll('_', ''));

/** Keys that are numbers or booleans become strings: `0644` the key "420". */
function keyText(key: ScalarNode): string {
  if (key.style !== 'plain') return key.value;
  const type = plainType(key.value);
  if (type === 'boolean') return String(truthOf(key.value));
  return type === 'integer' || type === 'number' ? String(numberOf(key.value)) : key.value;
}
