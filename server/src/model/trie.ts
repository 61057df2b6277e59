import type { Path, PathSegment } from '../syntax/tree.ts';
import {
  containers,
  isCustomGroup,
  labelled,
  type Note,
  notes,
  type PodShape,
  podShapes,
  podTemplates,
} from '../tables/kinds.ts';
import { references } from '../tables/references.ts';
import type {
  Anchor,
  Given,
  KindRef,
  Labelled,
  Place,
  ReferenceRow,
  SymbolId,
  SymbolRow,
  TokenReference,
} from '../tables/row-types.ts';
import { hasSymbol, isObjectSymbol, symbols } from '../tables/symbols.ts';
import type { Facts } from './facts.ts';
import { shapeKey } from './pod-templates.ts';

/** What to note down where a path of the tables ends. */
export type Action =
  | {
      readonly do: 'define';
      readonly symbol: SymbolId;
      readonly numeric: boolean;
      readonly made: boolean;
      /** The name is the first group of this regular expression; otherwise it is the whole text. */
      readonly capture: string | undefined;
      /** Put behind the text for the name. */
      readonly suffix: string;
      readonly under: Place['under'];
      readonly unless: Place['unless'];
      readonly members: 'listed' | 'unknown';
    }
  /** Names of the symbol come from here that can't be listed. */
  | { readonly do: 'define-more'; readonly symbol: SymbolId; readonly unless: readonly string[] }
  | { readonly do: 'use'; readonly row: ReferenceRow }
  /** `lent`: the schema has the template there; an operator makes pods of it, and may add to it. */
  | { readonly do: 'enter-pod'; readonly lent: boolean; readonly bare: boolean }
  | { readonly do: 'enter-container' }
  /** What stands here is about one of the objects that the resource makes. */
  | { readonly do: 'enter-part' }
  | { readonly do: 'labels'; readonly of: Labelled }
  | { readonly do: 'note'; readonly note: Note };

/** The paths of all rows that concern one kind, merged, so that one walk over a resource finds all its facts. */
export interface Trie {
  readonly fields: Map<string, Trie>;
  /** For each item of the list here. */
  items: Trie | undefined;
  /** For each value of the map here. */
  values: Trie | undefined;
  /** For the value here. */
  readonly actions: Action[];
  /** For each key of the map here. */
  readonly keyActions: Action[];
}

/** `Kind` in the core group, `Kind.group` elsewhere. */
export const kindRef = (group: string, kind: string): KindRef => (group === '' ? kind : `${kind}.${group}`);

const groupOf = (kind: KindRef): string => (kind.includes('.') ? kind.slice(kind.indexOf('.') + 1) : '');

/**
 * Where a resource keeps a pod template, its only or first one with labels unless another is asked for: empty for a Pod,
 * and for a kind that has none.
 */
export function templatePath(facts: Facts, pod?: number): Path {
  const { group, kind } = facts.resource;
  const table = podTemplates[kindRef(group, kind)];
  if (table !== undefined) return table.split('.').filter((segment) => segment !== '');
  return facts.templates[pod ?? facts.labelSets.find(({ of }) => of === 'pods')?.pod ?? 0]?.path ?? [];
}

/** Where a path from a pod template's root (`spec.volumes`) leads, from the resource's; of a bare one, without `spec`. */
export const pathInPod = (facts: Facts, pod: number | undefined, path: readonly PathSegment[]): Path => [
  ...templatePath(facts, pod),
  ...(pod !== undefined && facts.templates[pod]?.bare ? path.slice(1) : path),
];

/** Whether a pod template is one that an operator makes pods of, adding what it will: what it lacks proves nothing. */
export const isLent = (facts: Facts, pod: number | undefined): boolean =>
  pod !== undefined && facts.templates[pod]?.lent === true;

const tries = new Map<string, Trie>();

/**
 * The merged paths for a kind; for one that no row names, what concerns every kind.
 *
 * @param templates where its schema has pod templates; they count where the tables know of none
 */
export function trieOf(kind: KindRef, templates: readonly PodShape[] = []): Trie {
  const key = templates.length === 0 ? kind : `${kind} ${shapeKey(templates)}`;
  let trie = tries.get(key);
  if (!trie) {
    trie = compile(kind, templates);
    tries.set(key, trie);
  }
  return trie;
}

interface GivenMember extends Given {
  readonly symbol: SymbolId;
  /** The object that gets them. */
  readonly of: SymbolId;
}

const everyGiven = (Object.entries(symbols) as [SymbolId, SymbolRow][]).flatMap(([symbol, row]) =>
  'given' in row ? (row.given ?? []).map((given): GivenMember => ({ ...given, symbol, of: row.of })) : [],
);

/** The members that controllers give the objects which resources of a kind name. */
export const givenBy = (kind: KindRef): readonly GivenMember[] =>
  everyGiven.filter(({ kinds }) => kinds.includes(kind));

/** Whether some row of the table has a token at a path of a kind. */
export const hasUseAt = (
  kind: KindRef,
  path: readonly (string | number)[],
  templates: readonly PodShape[] = [],
): boolean => usesAt(kind, path, templates).length > 0;

/** The rows of the table that have a token at a path of a kind. */
export function usesAt(
  kind: KindRef,
  path: readonly (string | number)[],
  templates: readonly PodShape[] = [],
): readonly TokenReference[] {
  let trie: Trie | undefined = trieOf(kind, templates);
  for (const segment of path)
    trie = typeof segment === 'number' ? trie?.items : (trie?.fields.get(segment) ?? trie?.values);
  return (trie?.actions ?? []).flatMap((action) =>
    action.do === 'use' && action.row.mode !== 'selector' ? [action.row] : [],
  );
}

const emptyTrie = (): Trie => ({ fields: new Map(), items: undefined, values: undefined, actions: [], keyActions: [] });

function compile(kind: KindRef, found: readonly PodShape[]): Trie {
  const root = emptyTrie();
  const own = podTemplates[kind];
  const lent = own === undefined;
  const shapes = lent ? (podShapes[kind] ?? found) : [{ path: own, bare: false, containers: [] }];
  const place = (anchor: Anchor, action: Action): void => {
    if ('everyKind' in anchor) {
      if (!anchor.custom || isCustomGroup(groupOf(kind))) insert(root, anchor.everyKind, action);
    } else if ('pod' in anchor) {
      for (const shape of shapes) {
        if (lent && (shape.bare || shape.path === '') && anchor.pod.startsWith('metadata')) placeUnseen(action);
        else for (const path of pathsIn(shape, anchor.pod)) insert(root, path, action);
      }
    } else if (anchor.kinds.includes(kind)) insert(root, anchor.path, action);
  };
  // A kind that has a pod's fields in its spec has metadata of its own, which aren't the pods'.
  const placeUnseen = (action: Action): void => {
    if (action.do === 'define') insert(root, '', { do: 'define-more', symbol: action.symbol, unless: [] });
  };
  for (const shape of shapes) if (!shape.shared) insert(root, shape.path, { do: 'enter-pod', lent, bare: shape.bare });
  place({ pod: containers }, { do: 'enter-container' });
  for (const [of, anchor] of Object.entries(labelled) as [Labelled, Anchor][]) place(anchor, { do: 'labels', of });
  for (const [note, anchor] of Object.entries(notes) as [Note, Anchor][]) place(anchor, { do: 'note', note });
  for (const [id, symbol] of Object.entries(symbols) as [SymbolId, SymbolRow][]) placeSymbol(id, symbol, kind, place);
  for (const row of references) for (const anchor of row.at) place(anchor, { do: 'use', row });
  return root;
}

function placeSymbol(
  id: SymbolId,
  symbol: SymbolRow,
  kind: KindRef,
  place: (anchor: Anchor, action: Action) => void,
): void {
  const named: Action = {
    do: 'define',
    symbol: id,
    numeric: false,
    made: false,
    capture: undefined,
    suffix: '',
    under: undefined,
    unless: undefined,
    members: 'listed',
  };
  if (isObjectSymbol(symbol)) {
    for (const anchor of symbol.at ?? []) place(anchor, named);
    if (!symbol.others) place({ kinds: symbol.kinds, path: 'metadata.name' }, named);
    else if (!hasSymbol(kind)) place({ everyKind: 'metadata.name' }, named);
    for (const { kinds, name, suffixes = [''], each, members = 'unknown' } of symbol.madeBy ?? []) {
      if (each !== undefined) place({ kinds, path: each }, { do: 'enter-part' });
      for (const suffix of suffixes) place({ kinds, path: name }, { ...named, made: true, suffix, members });
    }
    return;
  }
  if (symbol.of === 'workspace') return;
  for (const { capture, made = false, under, unless, ...anchor } of symbol.at)
    place(anchor, { ...named, capture, made, under, unless });
  if (symbol.of === 'kustomization') return;
  const [first] = symbol.at;
  if (symbol.number !== undefined && first) {
    place('kinds' in first ? { kinds: first.kinds, path: symbol.number } : { pod: symbol.number }, {
      ...named,
      numeric: true,
    });
  }
  for (const anchor of symbol.more ?? []) place(anchor, { do: 'define-more', symbol: id, unless: anchor.unless ?? [] });
}

/** What of a container may stand right in a spec. */
const ofContainerItself = /^(?:$|\.(?:volumeMounts|volumeDevices|env|envFrom)\b)/;

/** Where a path from a pod template's root leads in a shape. */
function pathsIn({ path, bare, containers: more }: PodShape, pattern: string): readonly string[] {
  const spec = bare ? path : join(path, 'spec');
  const rest = pattern.startsWith(containers) ? pattern.slice(containers.length) : undefined;
  const usual = bare ? join(path, pattern.replace(/^spec\.?/, '')) : join(path, pattern);
  if (rest === undefined) return [usual];
  const others = more.filter((one) => one !== '.' || ofContainerItself.test(rest));
  return [usual, ...others.map((one) => (one === '.' ? spec : join(spec, one)) + rest)];
}

const join = (prefix: string, path: string): string =>
  prefix === '' || path === '' ? prefix + path : `${prefix}.${path}`;

/** Field names (quoted or not), and what goes through lists (`[]`) and maps (`*`, `{}`). */
export const segmentsOf = (path: string): string[] =>
  Array.from(path.matchAll(/\[\]|\{\}|\['([^']+)'\]|\*|[^.[\]{}*]+/g), ([segment, quoted]) => quoted ?? segment);

function insert(root: Trie, pattern: string, action: Action): void {
  for (const path of alternatives(pattern)) {
    let trie = root;
    let keys = false;
    for (const segment of segmentsOf(path)) {
      if (segment === '[]') {
        trie.items ??= emptyTrie();
        trie = trie.items;
      } else if (segment === '*') {
        trie.values ??= emptyTrie();
        trie = trie.values;
      } else if (segment === '{}') {
        keys = true;
      } else {
        let next = trie.fields.get(segment);
        if (!next) {
          next = emptyTrie();
          trie.fields.set(segment, next);
        }
        trie = next;
      }
    }
    (keys ? trie.keyActions : trie.actions).push(action);
  }
}

/** `a.(b|c).d` → `a.b.d`, `a.c.d`; may be nested. */
export function alternatives(pattern: string): string[] {
  const open = pattern.indexOf('(');
  if (open < 0) return [pattern];
  let depth = 0;
  let close = open;
  const choices: string[] = [];
  let from = open + 1;
  for (let i = open; i < pattern.length; i++) {
    const c = pattern[i];
    if (c === '(') depth++;
    else if (c === ')' && --depth === 0) {
      choices.push(pattern.slice(from, i));
      close = i;
      break;
    } else if (c === '|' && depth === 1) {
      choices.push(pattern.slice(from, i));
      from = i + 1;
    }
  }
  return choices.flatMap((choice) => alternatives(pattern.slice(0, open) + choice + pattern.slice(close + 1)));
}
