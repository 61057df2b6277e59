import { nearest, suggestions } from '../base/edit-distance.ts';
import { releaseName } from '../base/release.ts';
import { distance } from '../graph/closeness.ts';
import type { Index } from '../graph/index.ts';
import { injectedFor, type Withheld, withheldFrom } from '../graph/injected.ts';
import { setsNamespace } from '../graph/kustomize.ts';
import { type Holder, hasMembers, membersOf } from '../graph/members.ts';
import { candidates, hasNearName, isAimedAt, isDirect, resolveUse } from '../graph/resolve.ts';
import { mayShareNamespace } from '../graph/selection.ts';
import { nameFault } from '../kubernetes/names.ts';
import { pluginGoneIn } from '../kubernetes/pod-preset.ts';
import type { Definition, Use } from '../model/facts.ts';
import { isLent } from '../model/trie.ts';
import type { MemberSymbol, PodSymbol, ResourceSymbol, SymbolId, SymbolRow } from '../tables/row-types.ts';
import { isObjectSymbol, symbols } from '../tables/symbols.ts';
import { type Message, say } from './message.ts';
import type { Finding, Place, WiringRule } from './rule.ts';
import { examples } from './unresolved-examples.ts';
import type { Example } from './unresolved-examples-text.ts';
import { addMember, createObject, makeOptional, rename } from './unresolved-fixes.ts';
import { missingFile, missingInKustomization } from './unresolved-kustomize.ts';
import { capital, didYouMeanOneOf, holderText, listOf, placeOf } from './wording.ts';

/** One rule for each symbol of the table that is judged: a token names something that is not there. */
export const unresolvedRules: readonly WiringRule[] = (Object.entries(symbols) as [SymbolId, SymbolRow][]).flatMap(
  ([id, symbol]) => {
    const example = examples[id];
    return example ? [unresolvedRule(id, symbol, example)] : [];
  },
);

function unresolvedRule(id: SymbolId, symbol: SymbolRow, example: Example): WiringRule {
  return {
    scope: 'wiring',
    id: `unresolved-${id}`,
    severity: isObjectSymbol(symbol) || ('proof' in symbol && symbol.proof === 'weak') ? 'warning' : 'error',
    title: `The ${symbol.noun} that is named does not exist`,
    why: symbol.consequence,
    remedy: symbol.remedy,
    // A patch may name what the patched resource brings.
    wholeOnly: symbol.of === 'pod' || symbol.of === 'container',
    ...example,
    *check(facts, index) {
      const search = new Search();
      for (const use of facts.uses) {
        if (use.row.to !== id || use.optional) continue;
        if (use.row.formJudged && symbol.form && nameFault(use.text, symbol.form) !== undefined) continue;
        const resolution = resolveUse(index, use);
        if (resolution.status !== 'missing') continue;
        const finding = isObjectSymbol(symbol)
          ? missingObject(index, use, symbol)
          : symbol.of === 'workspace'
            ? missingFile(index, use, symbol)
            : symbol.of === 'kustomization'
              ? missingInKustomization(index, use, symbol)
              : missingMember(index, use, symbol, resolution.holders, search);
        if (finding)
          yield isObjectSymbol(symbol)
            ? { ...finding, absent: { kind: use.kind ?? symbol.noun, name: use.text } }
            : finding;
      }
    },
  };
}

/** Names that may be meant in place of others of a resource, until too many have been looked through. */
class Search {
  #left = 300_000;

  /** Thousands of names that are all wrong are no slips: what is near to each is not looked for. */
  get isOver(): boolean {
    return this.#left <= 0;
  }

  candidates(index: Index, use: Use): readonly Definition[] {
    if (this.isOver) return [];
    const found = candidates(index, use);
    this.#left -= found.length;
    return found;
  }
}

/** From one folder of an application to another one's it is less, be they two levels apart. */
const farOff = 7;

const consequenceOf = (use: Use, symbol: SymbolRow): string => use.row.consequence ?? symbol.consequence;

function missingObject(index: Index, use: Use, symbol: ResourceSymbol): Finding | undefined {
  const { namespace } = use;
  const noun = use.kind ?? symbol.noun;
  const lent = isLent(use.facts, use.pod);
  const elsewhere = index.definitions(use.row.to, use.text, undefined).find(
    (d) =>
      !mayShareNamespace(d.facts.resource.namespace, namespace) &&
      // Another part of the repository may be about another cluster.
      distance(d.facts.document.uri, use.facts.document.uri) <= farOff,
  );
  if (elsewhere) {
    // Where it stands is not where a kustomization puts it.
    const isMoved = [elsewhere.facts, use.facts].some(({ document }) => setsNamespace(index, document.uri));
    if (isMoved || isWrongNamespace(index, use)) return undefined;
    return {
      span: use.span,
      severity: lent ? 'hint' : 'warning',
      message: say`${capital(noun)} "${use.text}" is in namespace ${elsewhere.facts.resource.namespace} (${placeOf(elsewhere)}), and this ${use.facts.resource.kind} looks for it in ${namespace}. ${consequenceOf(use, symbol)}`,
      related: [related(elsewhere, `${noun} "${use.text}" of namespace ${elsewhere.facts.resource.namespace}`)],
    };
  }
  if (use.row.quiet && !hasNearName(index, use)) return undefined;
  const known = candidates(index, use);
  const names = known.map((definition) => definition.name);
  const near = nearest(use.text, names);
  const reach = symbol.evidence === 'workspace' ? Number.POSITIVE_INFINITY : symbol.evidence === 'same-folder' ? 1 : -1;
  const siblings =
    !use.row.quiet &&
    !lent &&
    !isAgreedOn(index, use) &&
    // What is there comes with the cluster, as a rule.
    !namespace.startsWith('kube-') &&
    known.some(
      (definition) =>
        !definition.made &&
        !definition.facts.isPatch &&
        distance(definition.facts.document.uri, use.facts.document.uri) <= reach,
    );
  const where =
    namespace === '' || symbol.of === 'cluster' ? 'this workspace' : `namespace ${namespace} of this workspace`;
  if (near.length === 0 && !siblings) {
    if (use.row.quiet) return undefined;
    return {
      span: use.span,
      severity: 'hint',
      message: `${capital(noun)} "${use.text}" is not in ${where}; it may be on the cluster.`,
      fixes: () => [...createObject(index, use, symbol), ...makeOptional(use)],
    };
  }
  const offered = suggestions(use.text, names);
  return {
    span: use.span,
    severity: 'warning',
    message: say`${capital(noun)} "${use.text}" is not in ${where}.${didYouMeanOneOf(offered, known)} ${consequenceOf(use, symbol)}`,
    related: relatedNear(known, offered, noun),
    fixes: () => [...rename(use, offered, near.length > 0), ...createObject(index, use, symbol), ...makeOptional(use)],
  };
}

/** Several resources in several files have the same name for it: it is no slip, and comes from somewhere else. */
function isAgreedOn(index: Index, { row, name, namespace, facts }: Use): boolean {
  const others = new Map<string, string>();
  for (const other of index.uses(row.to, name, namespace)) {
    const { kind, name: resource } = other.facts.resource;
    if (resource !== facts.resource.name) others.set(`${kind} ${resource}`, other.facts.document.uri);
  }
  others.delete(`${facts.resource.kind} ${facts.resource.name}`);
  const files = new Set(others.values());
  files.delete(facts.document.uri);
  return files.size > 1;
}

/** The namespace that is looked into is itself a slip, which is reported where it stands. */
const isWrongNamespace = (index: Index, { facts, namespace }: Use): boolean =>
  facts.uses.some(
    (other) =>
      other.row.to === 'namespace' &&
      other.text === namespace &&
      resolveUse(index, other).status === 'missing' &&
      hasNearName(index, other),
  );

function missingMember(
  index: Index,
  use: Use,
  symbol: MemberSymbol | PodSymbol,
  holders: readonly Holder[],
  search: Search,
): Finding | undefined {
  const known = search.candidates(index, use);
  const names = known.filter((definition) => definition.numeric === use.numeric).map((definition) => definition.name);
  const near = nearest(use.text, names);
  // Whoever makes pods of a custom resource may bring what it lacks.
  const lent =
    isLent(use.facts, use.pod) || holders.some(({ facts, pod }) => facts !== use.facts && isLent(facts, pod));
  const behind = injectedFor(index, use).find((member) => member.name === use.text);
  if (behind) {
    return {
      span: use.span,
      ...(lent && { severity: 'hint' as const }),
      message: say`PodPreset "${behind.facts.resource.name}" (${placeOf(behind)}) brings the ${symbol.noun} "${use.text}", behind all that the container has itself: only what stands above counts here. ${consequenceOf(use, symbol)}`,
      related: [related(behind, `${symbol.noun} "${use.text}" is defined here`)],
    };
  }
  const late = holders
    .flatMap((holder) => membersOf(holder, use.row.to, use.text))
    .find((member) => member.numeric === use.numeric);
  if (late) {
    return {
      span: use.span,
      ...(lent && { severity: 'hint' as const }),
      message: say`The ${symbol.noun} "${use.text}" is defined further down (${placeOf(late)}): only what stands above counts here. ${consequenceOf(use, symbol)}`,
      related: [related(late, `${symbol.noun} "${use.text}" is defined here`)],
    };
  }
  const withheld = withheldFrom(index, use);
  if (use.row.quiet && near.length === 0 && !withheld) return undefined;
  const has =
    search.isOver || (near.length > 0 && names.length > 6)
      ? ''
      : names.length === 0
        ? ' It has none.'
        : ` It has ${listOf(names)}.`;
  const holderTexts = holders.slice(0, 3).map((holder) => holderText(holder));
  const placed = holders.slice(0, 3).map((holder, i): Message => {
    const place = placeOfHolder(holder);
    return place && holder.facts !== use.facts ? say`${holderTexts[i] ?? ''} (${place})` : (holderTexts[i] ?? '');
  });
  const links = holders.slice(0, 3).flatMap((holder, i) => {
    const place = placeOfHolder(holder);
    return place && holder.facts !== use.facts ? [{ ...place, message: `${holderTexts[i] ?? ''} is here` }] : [];
  });
  // Several objects of that name, and none at hand: perhaps none of them is meant.
  const owners = holders.filter(({ facts }) => facts !== use.facts);
  const severalFar =
    owners.length > 0 &&
    owners.every(({ facts }) => distance(facts.document.uri, use.facts.document.uri) > 1) &&
    (owners.length > 1 || isFoundLoosely(use, owners));
  // An object that lists nothing at all may be filled in by somebody else: it is a patch, or a controller's.
  const listsNothing = owners.some((owner) => owner.definition !== undefined && !hasMembers(owner, use.row.to));
  const isAimed = owners.some(({ definition }) => definition && isAimedAt(index, definition));
  const doubtful = lent || severalFar || listsNothing || isAimed || isDirect(use, holders);
  return {
    span: use.span,
    ...(doubtful ? { severity: near.length > 0 ? ('warning' as const) : ('hint' as const) } : {}),
    message: say`${listOf(placed)} ${holders.length > 1 ? 'have' : 'has'} no ${symbol.noun} ${use.numeric ? use.text : `"${use.text}"`}${withheld ? withheldText(withheld) : ''}.${didYouMeanOneOf(near, known)}${has} ${consequenceOf(use, symbol)}${lent && near.length === 0 ? ' The operator that makes the pods may bring it.' : ''}`,
    related: [
      ...links,
      ...(withheld ? [related(withheld.definition, `PodPreset "${withheld.preset.name}" has it here`)] : []),
      ...relatedNear(known, near, symbol.noun),
    ],
    // Where there are only a few to choose from, each may be the one.
    fixes: () => [
      ...rename(use, near.length > 0 ? near : names.slice(0, 3), near.length > 0),
      ...addMember(index, use, symbol, holders),
      ...makeOptional(use),
    ],
  };
}

/** A selector that doesn't state its namespace finds what does, or the other way round. */
const isFoundLoosely = ({ ownerSelectors, namespace }: Use, owners: readonly Holder[]): boolean =>
  ownerSelectors.length > 0 && owners.some(({ facts: { resource } }) => resource.namespace !== namespace);

function withheldText({ preset, definition, because }: Withheld): Message {
  const why = {
    conflict: 'it conflicts, and then no preset is applied',
    excluded: 'the pod is excluded from presets',
    refused: 'the API server refuses that preset',
    gone: `Kubernetes applies no such preset since ${releaseName(pluginGoneIn)}`,
  }[because];
  return say`; PodPreset "${preset.name}" (${placeOf(definition)}) would bring it, but ${why}`;
}

const related = (definition: Definition, message: string) => ({ ...placeOf(definition), message });

function placeOfHolder({ definition, facts }: Holder): Place | undefined {
  const span = definition?.span ?? facts.resource.nameSpan;
  return span && { document: facts.document, span };
}

function relatedNear(known: readonly Definition[], near: readonly string[], noun: string) {
  const nearestOne = known.find((definition) => definition.name === near[0]);
  return nearestOne ? [related(nearestOne, `${noun} "${nearestOne.name}" is defined here`)] : [];
}
