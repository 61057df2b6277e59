import type { Definition, Facts } from '../model/facts.ts';
import type { SymbolId } from '../tables/row-types.ts';

/** Where a missing name should have been defined: an object, or one of its pod templates. */
export interface Holder {
  readonly facts: Facts;
  readonly pod: number | undefined;
  readonly container: number | undefined;
  /** The name token of the object that is meant, for members. */
  readonly definition: Definition | undefined;
}

/** What a holder defines of a symbol, or what of it has a name. */
export const membersOf = (holder: Holder, symbol: SymbolId, name?: string): readonly Definition[] =>
  definitionsOf(holder.facts, symbol, name).filter((definition) => isMember(holder, definition));

/** Whether a holder defines anything of a symbol. */
export const hasMembers = (holder: Holder, symbol: SymbolId): boolean =>
  definitionsOf(holder.facts, symbol, undefined).some((definition) => isMember(holder, definition));

const isMember = (holder: Holder, { part, pod, container }: Definition): boolean =>
  (!holder.definition || part === holder.definition.part) &&
  (pod === undefined || holder.pod === undefined || pod === holder.pod) &&
  (container === undefined || holder.container === undefined || container === holder.container);

/** Those of a long list by symbol, and by symbol and name: thousands of tokens may be looked up in it. Facts never change. */
const sorted = new WeakMap<Facts, ReadonlyMap<string, readonly Definition[]>>();
const long = 64;

function definitionsOf(facts: Facts, symbol: SymbolId, name: string | undefined): readonly Definition[] {
  const { definitions } = facts;
  if (definitions.length < long)
    return definitions.filter((one) => one.symbol === symbol && (name === undefined || one.name === name));
  let known = sorted.get(facts);
  if (!known) {
    known = bySymbol(definitions);
    sorted.set(facts, known);
  }
  return known.get(name === undefined ? symbol : `${symbol} ${name}`) ?? [];
}

function bySymbol(definitions: readonly Definition[]): ReadonlyMap<string, readonly Definition[]> {
  const result = new Map<string, Definition[]>();
  for (const definition of definitions) {
    for (const key of [definition.symbol, `${definition.symbol} ${definition.name}`]) {
      const same = result.get(key);
      if (same) same.push(definition);
      else result.set(key, [definition]);
    }
  }
  return result;
}
