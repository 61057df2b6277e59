import { podTemplates } from '../tables/kinds.ts';
import { references } from '../tables/references.ts';
import type { Anchor, KindRef, ReferenceRow, SymbolId } from '../tables/row-types.ts';
import { isObjectSymbol, symbols } from '../tables/symbols.ts';

/** What to note down where a path of the tables ends. */
export type Action =
  | { readonly do: 'define'; readonly symbol: SymbolId; readonly numeric: boolean; readonly members: 'listed' | 'unknown' }
  | { readonly do: 'use'; readonly row: ReferenceRow }
  | { readonly do: 'enter-pod' }
  | { readonly do: 'labels' };

/** The paths of all rows that concern one kind, merged, so that one walk over a resource finds all its facts. */
export interface Trie {
  readonly fields: Map<string, Trie>;
  items: Trie | undefined;
  /** For the value here. */
  readonly actions: Action[];
  /** For each key of the map here. */
  readonly keyActions: Action[];
}

/** `Kind` in the core group, `Kind.group` elsewhere. */
export const kindRef = (group: string, kind: string): KindRef => (group === '' ? kind : `${kind}.${group}`);

const tries = new Map<KindRef, Trie>();

/** The merged paths for a kind; an empty trie for one that no row speaks of. */
export function trieOf(kind: KindRef): Trie {
  let trie = tries.get(kind);
  if (!trie) {
    trie = compile(kind);
    tries.set(kind, trie);
  }
  return trie;
}

/** Whether some row of the table has a token at a path of a kind. */
export function hasUseAt(kind: KindRef, path: readonly (string | number)[]): boolean {
  let trie: Trie | undefined = trieOf(kind);
  for (const segment of path) trie = typeof segment === 'number' ? trie?.items : trie?.fields.get(segment);
  return trie?.actions.some((action) => action.do === 'use' && action.row.mode !== 'selector') ?? false;
}

const emptyTrie = (): Trie => ({ fields: new Map(), items: undefined, actions: [], keyActions: [] });

function compile(kind: KindRef): Trie {
  const root = emptyTrie();
  const template = podTemplates[kind];
  if (template !== undefined) {
    insert(root, template, { do: 'enter-pod' });
    insert(root, join(template, 'metadata.labels'), { do: 'labels' });
  }
  const place = (anchor: Anchor, action: Action): void => {
    if ('pod' in anchor) {
      if (template !== undefined) insert(root, join(template, anchor.pod), action);
    } else if (anchor.kinds.includes(kind)) {
      insert(root, anchor.path, action);
    }
  };
  for (const [id, symbol] of Object.entries(symbols) as [SymbolId, (typeof symbols)[SymbolId]][]) {
    if (isObjectSymbol(symbol)) {
      place({ kinds: symbol.kinds, path: 'metadata.name' }, { do: 'define', symbol: id, numeric: false, members: 'listed' });
      for (const maker of symbol.madeBy ?? []) {
        place({ kinds: maker.kinds, path: maker.name }, { do: 'define', symbol: id, numeric: false, members: 'unknown' });
      }
      continue;
    }
    for (const anchor of symbol.at) {
      place(anchor, { do: 'define', symbol: id, numeric: false, members: 'listed' });
      if (symbol.number === undefined) continue;
      const numbers: Anchor = 'pod' in anchor ? { pod: symbol.number } : { kinds: anchor.kinds, path: symbol.number };
      place(numbers, { do: 'define', symbol: id, numeric: true, members: 'listed' });
    }
  }
  for (const row of references) for (const anchor of row.at) place(anchor, { do: 'use', row });
  return root;
}

const join = (prefix: string, path: string): string => (prefix === '' ? path : `${prefix}.${path}`);

function insert(root: Trie, pattern: string, action: Action): void {
  for (const path of alternatives(pattern)) {
    let trie = root;
    let keys = false;
    for (const segment of path === '' ? [] : path.split('.')) {
      const match = /^([^[{]+)((?:\[\d*\])?)((?:\{\})?)$/.exec(segment);
      if (!match) throw new Error(`bad path in tables: ${pattern}`);
      const field = match[1] ?? '';
      let next = trie.fields.get(field);
      if (!next) {
        next = emptyTrie();
        trie.fields.set(field, next);
      }
      trie = next;
      if (match[2]) {
        trie.items ??= emptyTrie();
        trie = trie.items;
      }
      keys = match[3] === '{}';
    }
    (keys ? trie.keyActions : trie.actions).push(action);
  }
}

/** `a.(b|c).d` → `a.b.d`, `a.c.d`. */
export function alternatives(pattern: string): string[] {
  const open = pattern.indexOf('(');
  if (open < 0) return [pattern];
  const close = pattern.indexOf(')', open);
  const choices = pattern.slice(open + 1, close).split('|');
  return choices.flatMap((choice) => alternatives(pattern.slice(0, open) + choice + pattern.slice(close + 1)));
}
