import { nearest } from '../base/edit-distance.ts';
import type { Definition, Facts, Use } from '../model/facts.ts';
import { anyName } from '../model/uses.ts';
import { isPlaceholder } from '../syntax/placeholder.ts';
import type { Path } from '../syntax/tree.ts';
import { references } from '../tables/references.ts';
import type { SymbolId } from '../tables/row-types.ts';
import { isLookedUpByName, isObjectSymbol, symbols } from '../tables/symbols.ts';
import { byPlace, distance, nearestBy } from './closeness.ts';
import type { Index } from './index.ts';
import { injectedFor, isInjected } from './injected.ts';
import { fitting, membersNamed, type Scope, scopesOf } from './kustomize.ts';
import { type Holder, hasMembers, membersOf } from './members.ts';
import { isPathUse, pathTo, placesFor, resolvePathUse } from './paths.ts';
import { isRather, mightHoldOtherwise, readingThatHolds } from './readings.ts';
import { mayShareNamespace, selected } from './selection.ts';

/** What a token leads to. */
export type Resolution =
  | { readonly status: 'resolved'; readonly targets: readonly Definition[] }
  /** It is not there, although the place where it should be is known. */
  | { readonly status: 'missing'; readonly holders: readonly Holder[] }
  /** It can't be known: a placeholder, or something that only the cluster has. */
  | { readonly status: 'unknown' };

const unknown: Resolution = { status: 'unknown' };

/** What a token leads to, by its row in the table. */
export function resolveUse(index: Index, use: Use): Resolution {
  const resolution = asRead(index, use, lookUp(index, use));
  return resolution.status === 'missing' &&
    (isSilent(use) || mayBeElsewhere(index, use) || isKnownToAnother(index, use))
    ? unknown
    : resolution;
}

/** Of an address with two readings, the one that holds counts; where neither does, or both might, nothing is missing. */
function asRead(index: Index, { reading }: Use, resolution: Resolution): Resolution {
  if (!reading) return resolution;
  const held = readingThatHolds(index, reading);
  if (held !== undefined) return held === reading.as ? resolution : unknown;
  const isOther = resolution.status === 'resolved' ? isRather : mightHoldOtherwise;
  return isOther(index, reading) ? unknown : resolution;
}

/** Whether it is no fault if nothing has the name, or one that is told elsewhere. */
export const isSilent = ({ row, numeric }: Pick<Use, 'row' | 'numeric'>): boolean =>
  row.silent === 'always' || row.judgedBy !== undefined || (row.silent === 'numbers' && numeric);

/**
 * Whether nothing is to be told of a token that leads nowhere known: it may be no name, or, as a rule, what it names is
 * on the cluster alone.
 */
export const isIncidental = (use: Use): boolean => isSilent(use) || use.groups !== undefined;

/** Whether one of the several selectors that a name is looked up with finds pods of elsewhere, or only such. */
const mayBeElsewhere = (index: Index, { otherOwners, ownerSelectors }: Use): boolean =>
  otherOwners ||
  (ownerSelectors.length > 1 && ownerSelectors.some((selector) => selected(index, selector).length === 0));

/** Whether another row finds what the same token names. */
const isKnownToAnother = (index: Index, { row, span, facts }: Use): boolean =>
  facts.uses.some(
    (other) =>
      other.row !== row &&
      other.span.start === span.start &&
      other.span.end === span.end &&
      lookUp(index, other).status === 'resolved',
  );

function lookUp(index: Index, use: Use): Resolution {
  if (use.text === '' || isPlaceholder(use.text)) return unknown;
  if (isPathUse(use)) {
    const answer = resolvePathUse(index, use);
    if (answer === 'unknown') return unknown;
    return answer === 'missing' ? { status: 'missing', holders: [] } : { status: 'resolved', targets: answer };
  }
  const symbol = use.row.to;
  const row = symbols[symbol];
  if (row.of === 'kustomization') return resolveInKustomization(index, use);
  if (isObjectSymbol(row)) {
    const targets = objectsNamed(index, symbol, use.text, use);
    if (targets.length > 0) return { status: 'resolved', targets };
    const isKnown =
      (row.builtIn ?? []).some((name) => isBuiltIn(name, use.text)) ||
      isKnownOtherwise(index, use) ||
      isMadeByKustomization(index, use, use.text, 0);
    return isKnown ? unknown : { status: 'missing', holders: [] };
  }
  const holders = holdersOf(index, use);
  if (holders.length === 0) return unknown;
  if (isDirect(use, holders)) return resolveDirect(index, use, holders);
  const targets = withPatches(index, holders).flatMap((holder) =>
    membersOf(holder, symbol, use.text).filter((member) => member.numeric === use.numeric && isInTime(member, use)),
  );
  if (targets.length > 0) return { status: 'resolved', targets };
  const injected = injectedFor(index, use);
  const brought = injected.filter((member) => member.name === use.text && isInTime(member, use));
  if (brought.length > 0) return { status: 'resolved', targets: brought };
  // Names come from somewhere that can't be listed (envFrom), which is read before all that stands in env.
  if (injected.some(({ name }) => name === '')) return unknown;
  if (withPatches(index, holders).some((holder) => membersOf(holder, symbol, '').length > 0)) return unknown;
  return { status: 'missing', holders };
}

/** Whether a token leads past the ports of a Service, whose name stands for its pods or for another host. */
export const isDirect = ({ row }: Use, holders: readonly Holder[]): boolean =>
  row.mode === 'port' &&
  row.direct === true &&
  holders.some(
    ({ facts: { notes } }) =>
      notes.get('cluster-ip')?.text === 'None' || notes.get('service-type')?.text === 'ExternalName',
  );

/** Pods listen on more ports than they list: only a slip is known to be wrong. */
function resolveDirect(index: Index, use: Use, holders: readonly Holder[]): Resolution {
  const listed = holders
    .flatMap(({ facts }) => facts.selectors.flatMap((selector) => selected(index, selector)))
    .flatMap(({ facts }) => facts.definitions.filter(({ symbol, numeric }) => symbol === 'container-port' && numeric));
  const own = holders.flatMap((holder) => membersOf(holder, use.row.to));
  const targets = [...own, ...listed].filter(({ name }) => name === use.text);
  if (targets.length > 0) return { status: 'resolved', targets };
  const isNear = nearest(use.text, new Set(own.map(({ name }) => name))).length > 0;
  return isNear ? { status: 'missing', holders } : unknown;
}

/** What a use names among the resources of its kustomizations. */
function resolveInKustomization(index: Index, use: Use): Resolution {
  const scopes = scopesOf(index, use);
  const targets = scopes.flatMap((scope) =>
    use.row.to === 'resource'
      ? membersNamed(scope, use).map(({ definition }) => definition)
      : inScope(scope, use.row.to).filter(({ name }) => name === use.text),
  );
  if (targets.length > 0) return { status: 'resolved', targets: [...new Set(targets)] };
  const isKnown = scopes.length > 0 && scopes.every(({ complete, members }) => complete && members.length > 0);
  return isKnown ? { status: 'missing', holders: [] } : unknown;
}

/** What the resources of a scope, and the kustomizations further in, define of a symbol. */
const inScope = ({ members, inner }: Scope, symbol: SymbolId): readonly Definition[] =>
  [...new Set([...members.map(({ definition }) => definition.facts), ...inner])].flatMap((facts) =>
    facts.definitions.filter((definition) => definition.symbol === symbol),
  );

/** Whether some kustomization's prefix and suffix make a name of one that is here. */
function isMadeByKustomization(index: Index, use: Use, name: string, depth: number): boolean {
  return index.renamingKustomizations().some(({ kustomization }) => {
    const { prefix = '', suffix = '' } = kustomization ?? {};
    if (name.length <= prefix.length + suffix.length || !name.startsWith(prefix) || !name.endsWith(suffix))
      return false;
    const inner = name.slice(prefix.length, name.length - suffix.length);
    if (objectsNamed(index, use.row.to, inner, use).length > 0) return true;
    return depth < 2 && isMadeByKustomization(index, use, inner, depth + 1);
  });
}

/** Patches may bring members to an object, too. */
function withPatches(index: Index, holders: readonly Holder[]): readonly Holder[] {
  const patches = holders.flatMap(({ definition }) => (definition ? patchesOf(index, definition) : []));
  return patches.length === 0
    ? holders
    : [...holders, ...patches.map((facts) => ({ facts, pod: undefined, container: undefined, definition: undefined }))];
}

/** The patches that change a resource. */
function patchesOf(index: Index, { name, span, facts }: Definition): readonly Facts[] {
  return index
    .uses('resource', name, undefined)
    .filter(
      ({ row, facts: patch }) => row.mode === 'name' && row.ofPatch && patch.resource.kind === facts.resource.kind,
    )
    .filter((use) => {
      const resolution = resolveInKustomization(index, use);
      return (
        resolution.status === 'resolved' &&
        resolution.targets.some((target) => target.facts === facts && target.span.start === span.start)
      );
    })
    .map((use) => use.facts)
    .concat(aimsAt(index, { name, facts }).flatMap((use) => aimedBeside(index, use)));
}

/** What patches say of whatever a target names: those that stand beside it, and the file that does. */
function aimedBeside(index: Index, { facts, path }: Use): readonly Facts[] {
  const item = path.slice(0, -2);
  const isBeside = (other: Path): boolean => item.every((segment, i) => other[i] === segment);
  const here = index
    .inFile(facts.document.uri)
    .filter((other) => other.inline && other.document === facts.document && isBeside(other.inline.path));
  const files = facts.uses.filter((use) => isPathUse(use) && use.row.brings === 'patches' && isBeside(use.path));
  return [...here, ...files.flatMap((use) => index.inFile(use.name).filter(({ isPatch }) => isPatch))];
}

/** Whether a kustomization aims at an object, with a patch whose target it is: that may bring whatever it lacks. */
export const isAimedAt = (index: Index, definition: Definition): boolean => aimsAt(index, definition).length > 0;

/** The targets of patches that mean an object. */
const aimsAt = (index: Index, { name, facts }: Pick<Definition, 'name' | 'facts'>): readonly Use[] =>
  [name, anyName]
    .flatMap((one) => index.uses('resource', one, undefined))
    .filter((use) => {
      if (use.row.mode !== 'name' || !use.row.pattern) return false;
      const resolution = resolveInKustomization(index, use);
      return resolution.status === 'resolved' && resolution.targets.some((target) => target.facts === facts);
    });

/** Whether a member is there by the time that the token is read: what presets bring comes behind all that is written. */
const isInTime = (member: Definition, use: Use): boolean =>
  use.row.mode !== 'name' || use.row.above !== true || (!isInjected(member, use) && member.span.start < use.span.start);

/** Whether a symbol of hosts has the name, be it with the namespace behind it, or all hosts of its domain. */
function isKnownOtherwise(index: Index, { row, text, namespace }: Use): boolean {
  const { or } = row.mode === 'name' ? row : {};
  if (or === undefined) return false;
  const names = [text, `${text}.${namespace}`, `${text}.${namespace}.svc`, `${text}.${namespace}.svc.cluster.local`];
  const domains = names.flatMap((name) => {
    const labels = name.split('.');
    return labels.map((_, at) => ['*', ...labels.slice(at + 1)].join('.'));
  });
  return [...names, ...domains].some((name) => index.definitions(or, name, undefined).length > 0);
}

const isBuiltIn = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;

/** The objects that a name can mean for a token: in its namespace, those in the nearest files. */
export function objectsNamed(index: Index, symbol: SymbolId, name: string, use: Use): readonly Definition[] {
  const found = index
    .definitions(symbol, name, namespaceOf(symbol, use))
    .filter((definition) => inReach(symbol, definition, use));
  // A patch is no object of its own, but where the object is elsewhere, it shows that there is one.
  const whole = found.filter(({ facts }) => !facts.isPatch);
  const all = whole.length > 0 ? whole : found;
  const exact = all.filter((definition) => definition.facts.resource.namespace === use.namespace);
  return nearestBy(
    exact.length > 0 ? exact : all,
    use.facts.document.uri,
    (definition) => definition.facts.document.uri,
  );
}

/** The namespace that a token's objects are in; undefined for those that are in none. */
const namespaceOf = (symbol: SymbolId, use: Use): string | undefined =>
  symbols[symbol].of === 'cluster' ? undefined : use.namespace;

/** Whether an object is of the kind and in the namespace that a token means. */
export function inReach(symbol: SymbolId, definition: Definition, use: Use): boolean {
  const { kind, namespace } = definition.facts.resource;
  if (use.kind !== undefined && symbol === use.row.to && !definition.made && !isKindOf(use, kind)) return false;
  if (use.row.mode === 'name' && use.row.noted !== undefined && symbol === use.row.to) {
    if (definition.facts.notes.get(use.row.noted)?.text !== use.owner?.text) return false;
  }
  if (use.groups !== undefined && !use.groups.includes(groupOf(definition))) return false;
  return symbols[symbol].of === 'cluster' || mayShareNamespace(namespace, use.namespace);
}

const isKindOf = ({ row, kind }: Use, other: string): boolean =>
  kind === other || (row.mode === 'name' && row.alike?.includes(other) === true);

/** The API group of an object; of a kind that it brings, that one's. */
const groupOf = ({ facts: { notes, resource } }: Definition): string =>
  notes.get('defined-group')?.text ?? resource.group;

/**
 * Where a token's target must be defined, if it names a part of something: the object that its owner token names,
 * its own pod template, or what its selector finds. Empty where that can't be known.
 */
export function holdersOf(index: Index, use: Use): readonly Holder[] {
  const row = symbols[use.row.to];
  if (isLookedUpByName(row)) return [];
  const { row: reference } = use;
  if (
    reference.mode === 'port' &&
    reference.owner !== 'container' &&
    ('selector' in reference.owner || 'list' in reference.owner)
  ) {
    if (use.ownerSelectors.some(({ open }) => open)) return [];
    const found = [...new Set(use.ownerSelectors.flatMap((selector) => selected(index, selector)))];
    if (found.some((labelSet) => labelSet.open)) return [];
    return found.map(({ facts, of, pod }) => ({
      facts,
      pod: of === 'pods' ? pod : undefined,
      container: undefined,
      definition: undefined,
    }));
  }
  const part = row.of === 'pod' || row.of === 'container' || row.of === 'kustomization' ? undefined : row.of;
  const ownerIs = reference.mode === 'key' ? (reference.ownerIs ?? part) : part;
  if (ownerIs === undefined) {
    return [
      {
        facts: use.facts,
        pod: use.pod,
        container: row.of === 'container' ? use.container : undefined,
        definition: undefined,
      },
    ];
  }
  if (!use.owner || isPlaceholder(use.owner.text)) return [];
  if (reference.mode === 'key' && reference.sharedBy) return sharers(index, use, ownerIs, reference.sharedBy);
  const owners = objectsNamed(index, ownerIs, use.owner.text, use);
  const result = owners.map(
    (definition): Holder => ({ facts: definition.facts, pod: undefined, container: undefined, definition }),
  );
  return result.some((holder) => isOpen(holder, use.row.to)) ? [] : result;
}

/** The objects of a symbol that say of themselves, in a token of one of some rows, what the owner of a use says. */
function sharers(index: Index, use: Use, symbol: SymbolId, rows: readonly string[]): readonly Holder[] {
  const name = use.owner?.text ?? '';
  const wanted = references.filter(({ id }) => rows.includes(id));
  const named = [...new Set(wanted.map(({ to }) => to as SymbolId))].flatMap((to) =>
    index.uses(to, name, symbols[to].of === 'cluster' ? undefined : use.namespace),
  );
  const found = named.filter(
    ({ row, namespace, facts }) =>
      rows.includes(row.id) &&
      facts.definitions.some((definition) => definition.symbol === symbol && !definition.made) &&
      (symbols[row.to].of === 'cluster' || mayShareNamespace(namespace, use.namespace)),
  );
  return [...new Set(found.map(({ facts }) => facts))].map((facts) => ({
    facts,
    pod: undefined,
    container: undefined,
    definition: undefined,
  }));
}

/** Whether it can't be known what an object holds: its maker doesn't say. */
const isOpen = (holder: Holder, symbol: SymbolId): boolean =>
  holder.definition?.members === 'unknown' || (holder.definition?.made === true && !hasMembers(holder, symbol));

/** Whether some object in a token's reach has a name near to its own: quicker than to sort all `candidates` for it. */
export const hasNearName = (index: Index, use: Use): boolean =>
  index.hasNearName(use.row.to, use.text, namespaceOf(use.row.to, use), use.row.slip);

/** What would have to stand in a token's place for it to lead to a definition. */
export const textFor = (index: Index, use: Use, definition: Definition): string =>
  isPathUse(use) ? pathTo(index, use, definition.name) : definition.name;

/** What a kustomization could change in a use's place. */
function inKustomization(index: Index, use: Use): readonly Definition[] {
  const { kind } = fitting(use);
  return scopesOf(index, use).flatMap((scope) =>
    use.row.to === 'resource'
      ? scope.members.filter(kind).map(({ definition }) => definition)
      : inScope(scope, use.row.to),
  );
}

/** Every name that could stand in a token's place, one entry a name: objects nearest first, members as they stand. */
export function candidates(index: Index, use: Use): readonly Definition[] {
  const symbol = use.row.to;
  const row = symbols[symbol];
  const all = isPathUse(use)
    ? placesFor(index, use)
    : row.of === 'kustomization'
      ? inKustomization(index, use)
      : isObjectSymbol(row)
        ? index.objects(symbol, namespaceOf(symbol, use)).filter((definition) => inReach(symbol, definition, use))
        : [
            ...withPatches(index, holdersOf(index, use)).flatMap((holder) => membersOf(holder, symbol)),
            ...injectedFor(index, use),
          ].filter((member) => isInTime(member, use));
  const byName = new Map<string, Definition[]>();
  for (const definition of all) {
    if (definition.name === '' || (use.row.mode === 'port' && use.row.by === 'name' && definition.numeric)) continue;
    if (use.row.mode === 'port' && use.row.by === 'number' && !definition.numeric) continue;
    const key = `${definition.numeric} ${definition.name}`;
    const same = byName.get(key);
    if (same) same.push(definition);
    else byName.set(key, [definition]);
  }
  const uri = use.facts.document.uri;
  const result = [...byName.values()].flatMap((same) =>
    same.length < 2 ? same : [...nearestBy(same, uri, (d) => d.facts.document.uri)].sort(byPlace).slice(0, 1),
  );
  if (!isLookedUpByName(row)) return result;
  return result
    .map((definition) => ({ definition, far: distance(definition.facts.document.uri, uri) }))
    .sort((a, b) => a.far - b.far || byPlace(a.definition, b.definition))
    .map(({ definition }) => definition);
}
