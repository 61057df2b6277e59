import type { Span } from '../base/span.ts';
import { documentOf } from '../graph/document.ts';
import { fitting } from '../graph/kustomize.ts';
import { type LabelGroup, sameDefinitions, usesOf } from '../graph/links.ts';
import { nameFault } from '../kubernetes/names.ts';
import type { Definition, DocumentRef, LabelPair, Resource, Selector } from '../model/facts.ts';
import { kindRef } from '../model/trie.ts';
import type { FileEdit } from '../rules/rule-types.ts';
import { textInPlaceOf } from '../syntax/edit.ts';
import { hitAt, textAt } from '../syntax/tree.ts';
import { composedNames } from '../tables/kinds.ts';
import { isObjectSymbol, symbols } from '../tables/symbols.ts';
import { type FeatureContext, locate } from './shared/context.ts';
import { labelClash } from './shared/label-clash.ts';
import { followersOf, wholeKeyGroup } from './shared/label-followers.ts';
import { lineOf } from './shared/places.ts';
import { familyOf, isOnKey, keyDefinitions, relatedLinks } from './shared/related.ts';
import { type Token, tokenAt } from './shared/token.ts';

export type RenameAnswer = { readonly edits: readonly FileEdit[] } | { readonly refused: string };

/** The token that a rename would change and its present text, why it can't be renamed, or undefined for no token. */
export function prepareRename(
  context: FeatureContext,
): { readonly span: Span; readonly text: string } | { readonly refused: string } | undefined {
  const token = tokenAt(context.workspace.index, context.document, context.offset);
  if (!token) return undefined;
  const refused = refusal(context, token);
  if (refused) return { refused };
  return { span: locate(context.document, token.span).span, text: textOf(token) };
}

/** The edits that give the name at the cursor, its definition and all its uses in the workspace another text. */
export function rename(context: FeatureContext, newName: string): RenameAnswer {
  const token = tokenAt(context.workspace.index, context.document, context.offset);
  if (!token) return { refused: 'There is no name here that others refer to.' };
  const refused = refusal(context, token) ?? invalid(token, newName);
  if (refused) return { refused };
  const { index } = context.workspace;
  const places = relatedLinks(index, token).map((link) => documentOf(link.document));
  const outdated = places.find((place) => place.outdated);
  if (outdated) return { refused: `${fileNameOf(outdated.uri)} is not well-formed YAML at the moment: mend it first.` };
  const { group: narrow, definitions: own, onKey } = familyOf(index, token);
  const label = labelOf(narrow);
  const group = narrow && label && onKey ? wholeKeyGroup(index, narrow, label.key) : narrow;
  const named = group && onKey ? [...own, ...keyDefinitions(group)] : own;
  const definitions = [...new Set(named.flatMap(sameDefinitions))];
  const same = newName === textOf(token);
  const followers = group && label && !same ? followersOf(index, group, label, onKey, newName) : undefined;
  const clash = same
    ? undefined
    : (definitions
        .map((definition) => collision(context, definition, newName))
        .find((reason) => reason !== undefined) ??
      (group && labelClash(index, group, onKey, newName, followers?.selectors ?? new Set())));
  if (clash) return { refused: clash };
  if (followers?.obstacle) return { refused: inTheWay(context, followers.obstacle, label?.key ?? '') };
  const uses = usesOf(index, definitions);
  const names = new Set(definitions.map(({ name }) => name));
  // What names it by a pattern need not change, as long as it fits the new name, too.
  const lost = uses.find((use) => !names.has(use.text) && !fitting(use).name(newName));
  if (lost)
    return {
      refused: `${lost.facts.resource.kind} (${fileNameOf(lost.facts.document.uri)}) names it as "${lost.text}", which a rename leaves alone: change that first.`,
    };
  const ofLabel = (document: DocumentRef, pair: LabelPair): FileEdit =>
    replace(document, onKey ? pair.keySpan : pair.valueSpan, newName);
  const edits = [
    ...definitions.map((definition) => replace(definition.facts.document, definition.span, newName)),
    ...uses.filter((use) => names.has(use.text)).map((use) => replace(use.facts.document, use.span, newName)),
    ...(group?.pods ?? []).map(({ labelSet, pair }) => ofLabel(labelSet.facts.document, pair)),
    ...(group?.selectors ?? []).map(({ selector, pair }) => ofLabel(selector.facts.document, pair)),
    ...(followers?.places ?? []).map(({ document, span }) => replace(document, span, newName)),
  ];
  // A label's key can be found in both ways.
  return { edits: [...new Map(edits.map((edit) => [`${edit.uri} ${edit.span.start}`, edit])).values()] };
}

/** The label that holds a group together. */
const labelOf = (group: LabelGroup | undefined): LabelPair | undefined =>
  [...(group?.pods ?? []), ...(group?.selectors ?? [])][0]?.pair;

/** Why a selector keeps a label from being renamed, and where it stands. */
function inTheWay({ workspace }: FeatureContext, { facts, span }: Selector, key: string): string {
  const { kind, name } = facts.resource;
  const line = lineOf(workspace, locate(facts.document, span));
  return `${kind} "${name}" (${fileNameOf(facts.document.uri)}:${line}) goes by ${key} in a way that can't follow: it would find other pods than before. Change it first.`;
}

const fileNameOf = (uri: string): string => decodeURIComponent(uri.split('/').at(-1) ?? '');

const textOf = (token: Token): string => {
  if (token.is === 'use') return token.use.text;
  if (token.is === 'definition') return token.definition.name;
  return isOnKey(token) ? token.pair.key : token.pair.value;
};

function refusal({ workspace, document }: FeatureContext, token: Token): string | undefined {
  if (document.broken) return 'This document is not well-formed YAML at the moment: mend it first.';
  const { group, definitions } = familyOf(workspace.index, token);
  if (group) return undefined;
  if (definitions.length === 0) return 'What this names is not in the workspace, so its definition could not follow.';
  const fixed = definitions.map(({ symbol }) => symbols[symbol].fixed).find((reason) => reason !== undefined);
  if (fixed !== undefined) return fixed;
  const wildcard = definitions.find(({ name }) => name.startsWith('*.'));
  if (wildcard)
    return `"${wildcard.name}" stands for all hosts of a domain, whoever names them: change it and them by hand.`;
  if (token.is === 'use' && !definitions.some(({ name }) => name === token.use.text))
    return `"${token.use.text}" stands for ${definitions.map(({ name }) => `"${name}"`).join(', ')}: rename it there.`;
  if (definitions.some((definition) => definition.numeric))
    return 'A port is a number here: change it where the container and the Service say so.';
  const demanded = definitions.find(isDemanded);
  if (demanded) {
    const { kind, name } = demanded.facts.resource;
    return `The type of ${kind} "${name}" asks for the ${symbols[demanded.symbol].noun} "${demanded.name}": by another name the API server refuses it.`;
  }
  const composed = definitions.find(
    ({ symbol, facts: { resource } }) =>
      isObjectSymbol(symbols[symbol]) && composedNames.includes(kindRef(resource.group, resource.kind)),
  );
  if (composed)
    return `The name of ${composed.facts.resource.kind} "${composed.name}" repeats what its spec says: change both by hand.`;
  const made = definitions.flatMap(sameDefinitions).find((definition) => definition.made);
  if (made) {
    const { resource } = made.facts;
    return isObjectSymbol(symbols[made.symbol])
      ? `A controller makes this object, as ${resource.kind} "${resource.name}" says; it can only be renamed by hand.`
      : `The controller of ${resource.kind} "${resource.name}" gives the ${symbols[made.symbol].noun} "${made.name}" its name.`;
  }
  return undefined;
}

/** Whether the resource has to have a member of that very name. */
function isDemanded({ symbol: id, name, facts: { resource, document } }: Definition): boolean {
  const symbol = symbols[id];
  const rows = 'demanded' in symbol ? (symbol.demanded ?? []) : [];
  return rows.some(({ kinds, names, when }) => {
    if (!names.includes(name) || !kinds.includes(kindRef(resource.group, resource.kind))) return false;
    const value = when && textAt(documentOf(document).tree, ...resource.path, ...when.path.split('.'));
    return !when || (when.is === undefined ? value !== undefined : value === when.is);
  });
}

function invalid(token: Token, newName: string): string | undefined {
  if (newName === '') return 'A name is needed.';
  if (token.is === 'pod-label' || token.is === 'selector-label')
    return nameFault(newName, isOnKey(token) ? 'qualified' : 'label-value');
  const symbol = symbols[token.is === 'use' ? token.use.row.to : token.definition.symbol];
  return nameFault(newName, symbol.form ?? 'subdomain');
}

function collision({ workspace }: FeatureContext, definition: Definition, newName: string): string | undefined {
  const symbol = symbols[definition.symbol];
  const { resource } = definition.facts;
  if (isObjectSymbol(symbol)) {
    const other = workspace.index
      .definitions(definition.symbol, newName, undefined)
      .find(
        (candidate) =>
          (candidate.made || definition.made || isOfKind(candidate.facts.resource, resource)) &&
          (symbol.of === 'cluster' || candidate.facts.resource.namespace === resource.namespace),
      );
    return other && `There is ${symbol.article} ${symbol.noun} "${newName}" already.`;
  }
  const taken = definition.facts.definitions.some(
    (other) =>
      other.symbol === definition.symbol &&
      other.name === newName &&
      other.part === definition.part &&
      other.pod === definition.pod &&
      (symbol.of !== 'container' || other.container === definition.container),
  );
  return taken ? `${resource.kind} "${resource.name}" has a ${symbol.noun} "${newName}" already.` : undefined;
}

const isOfKind = (a: Resource, b: Resource): boolean => a.kind === b.kind && a.group === b.group;

function replace(ref: DocumentRef, span: Span, newName: string): FileEdit {
  const hit = hitAt(documentOf(ref).tree, span.start);
  const node = hit?.on === 'key' ? hit.pair?.key : hit?.node;
  return { ...locate(ref, span), newText: textInPlaceOf(node, span, newName) };
}
