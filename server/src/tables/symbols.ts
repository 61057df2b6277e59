import type { ResourceSymbol, SymbolId, SymbolRow } from './row-types.ts';
import { ecosystemSymbols } from './symbols-ecosystem.ts';
import { memberSymbols } from './symbols-members.ts';
import { objectSymbols } from './symbols-objects.ts';

/** What can be named, and where such names are defined. */
export const symbols: Readonly<Record<SymbolId, SymbolRow>> = {
  ...objectSymbols,
  ...memberSymbols,
  ...ecosystemSymbols,
};

/** Whether what one symbol names is a part of the objects that another one names: a key of a Secret's. */
export const isPartOf = (part: SymbolId, object: SymbolId): boolean => {
  const row = symbols[part];
  return !isObjectSymbol(row) && row.of === object;
};

/** Whether a symbol is an object of the cluster, rather than a part of one. */
export const isObjectSymbol = (row: SymbolRow): row is ResourceSymbol => row.of === 'cluster' || row.of === 'namespace';
