import type { FileSymbol, KindRef, ResourceSymbol, SymbolId, SymbolRow } from './row-types.ts';
import { customSymbols } from './symbols-custom.ts';
import { ecosystemSymbols } from './symbols-ecosystem.ts';
import { kustomizeSymbols } from './symbols-kustomize.ts';
import { memberSymbols } from './symbols-members.ts';
import { objectSymbols } from './symbols-objects.ts';

/** What can be named, and where such names are defined. */
export const symbols: Readonly<Record<SymbolId, SymbolRow>> = {
  ...objectSymbols,
  ...memberSymbols,
  ...ecosystemSymbols,
  ...customSymbols,
  ...kustomizeSymbols,
};

/** Whether what one symbol names is a part of the objects that another one names: a key of a Secret's. */
export const isPartOf = (part: SymbolId, object: SymbolId): boolean => {
  const row = symbols[part];
  return !isObjectSymbol(row) && row.of === object;
};

const objectRows: readonly ResourceSymbol[] = Object.values(symbols).filter(
  (row): row is ResourceSymbol => row.of === 'cluster' || row.of === 'namespace',
);
const kindsWithSymbol = new Set<KindRef>(objectRows.flatMap(({ kinds }) => kinds));
/** The name of such an object is that of what its controller makes. */
const namesakes = new Set<KindRef>(
  objectRows.flatMap(({ madeBy = [] }) => madeBy.flatMap(({ name, kinds }) => (name === 'metadata.name' ? kinds : []))),
);
const kindNames = new Set([...kindsWithSymbol].map((ref) => ref.split('.')[0]));

/** Whether the name of an object of a kind means something to a symbol, be it what is made under that name. */
export const hasSymbol = (kind: KindRef): boolean => kindsWithSymbol.has(kind) || namesakes.has(kind);

/** Whether a name can mean a kind for a symbol; the group isn't always said. */
export function canMean(symbol: SymbolId, kind: string): boolean {
  const row = symbols[symbol];
  if (!isObjectSymbol(row)) return true;
  return row.others ? !kindNames.has(kind) : row.kinds.some((ref) => ref.split('.')[0] === kind);
}

/** Whether a symbol is an object of the cluster, rather than a part of one. */
export const isObjectSymbol = (row: SymbolRow): row is ResourceSymbol => row.of === 'cluster' || row.of === 'namespace';

/** Whether a symbol's names can be looked up by themselves, rather than through what they are a part of. */
export const isLookedUpByName = (row: SymbolRow): row is ResourceSymbol | FileSymbol =>
  isObjectSymbol(row) || row.of === 'workspace';
