import { distance } from '../../graph/closeness.ts';
import type { Index } from '../../graph/index.ts';
import type { Definition, LabelSet } from '../../model/facts.ts';
import { plainSafe } from '../../syntax/edit.ts';
import { type Node, resolveAlias, textAt } from '../../syntax/tree.ts';
import type { SymbolId } from '../../tables/row-types.ts';
import type { Snippet, SnippetNames, SnippetPiece } from '../../tables/snippets.ts';
import { isPartOf } from '../../tables/symbols.ts';
import { withChoices } from './snippet-text.ts';

/** Whose names are offered: those nearest to a file come first. */
export interface NameSource {
  readonly index: Index;
  readonly uri: string;
}

/** Where a snippet goes, as far as names depend on it. */
export interface NamePlace {
  /** The namespace of what it becomes a part of; undefined for a resource of its own. */
  readonly namespace: string | undefined;
  readonly container: Node | undefined;
}

/** As many as fit into a list that is read at a glance. */
const most = 12;

/** The pieces of a snippet with the workspace's names to choose from, nearest first, in place of made-up ones. */
export function withNames(source: NameSource, snippet: Snippet, place: NamePlace): readonly SnippetPiece[] {
  let { pieces } = snippet;
  for (const [number, wanted] of Object.entries(snippet.names ?? {})) {
    const names = namesOf(source, snippet, wanted, place);
    if (names.length > 0) pieces = pieces.map((piece) => ({ ...piece, body: withChoices(piece.body, number, names) }));
  }
  return pieces;
}

function namesOf(source: NameSource, snippet: Snippet, wanted: SnippetNames, place: NamePlace): string[] {
  const { symbol } = wanted;
  if (symbol === 'pod-labels') return labelsOf(source, place);
  if (symbol === 'container-port') return portsOf(place.container);
  if (symbol === 'deployment') {
    const all = objects(source, 'scale-target', place);
    return names(all.filter(({ facts }) => facts.resource.kind === 'Deployment'));
  }
  if (wanted.of === undefined) {
    const member = Object.values(snippet.names ?? {}).find(({ of }) => snippet.names?.[of ?? ''] === wanted)?.symbol;
    const all = objects(source, symbol, place);
    // What has no parts to choose from can't be meant where one is asked for.
    return names(member === undefined ? all : all.filter((one) => partsOf(one, member).length > 0));
  }
  const owner = snippet.names?.[wanted.of];
  if (owner === undefined || owner.symbol === 'pod-labels' || owner.symbol === 'deployment') return [];
  const holder = objects(source, owner.symbol, place).find((one) => partsOf(one, symbol).length > 0);
  return holder ? names(partsOf(holder, symbol)) : [];
}

/** The names of the objects that a symbol stands for, nearest first; only those of a kind where one is given. */
export const namesOfSymbol = (source: NameSource, symbol: SymbolId, kind?: string): readonly string[] =>
  names(
    objects(source, symbol, { namespace: undefined, container: undefined }).filter(
      ({ facts }) => kind === undefined || facts.resource.kind === kind,
    ),
  );

const names = (definitions: readonly Definition[]): string[] =>
  [...new Set(definitions.map(({ name, numeric }) => (numeric ? name : plainSafe(name))))].slice(0, most);

function objects(source: NameSource, symbol: SnippetNames['symbol'], place: NamePlace): Definition[] {
  if (symbol === 'pod-labels' || symbol === 'deployment') return [];
  return byNearness(
    source,
    source.index.objects(symbol, place.namespace).filter(({ name }) => name !== ''),
  );
}

function byNearness<T extends { readonly facts: Definition['facts'] }>(source: NameSource, all: readonly T[]): T[] {
  const { uri } = source;
  return all
    .map((one) => ({ one, far: distance(one.facts.document.uri, uri) }))
    .sort((a, b) => a.far - b.far)
    .map(({ one }) => one);
}

/** The parts that an object lists: keys of a Secret; numbers where ports are meant, since a number always fits. */
function partsOf({ facts, symbol: owner }: Definition, symbol: SnippetNames['symbol']): Definition[] {
  if (symbol === 'pod-labels' || symbol === 'deployment') return [];
  return facts.definitions.filter(
    (one) =>
      one.symbol === symbol &&
      one.name !== '' &&
      isPartOf(one.symbol, owner) &&
      (symbol !== 'service-port' || one.numeric),
  );
}

/** The labels that a workload's pods are commonly told apart by. */
const telling = ['app.kubernetes.io/name', 'app', 'k8s-app', 'name', 'app.kubernetes.io/instance'];

function labelsOf(source: NameSource, place: NamePlace): string[] {
  const pods = byNearness<LabelSet>(source, source.index.allLabelled('pods', place.namespace));
  const texts = pods.flatMap(({ labels }) => {
    const key = telling.find((one) => labels.has(one)) ?? labels.keys().next().value;
    const label = key === undefined ? undefined : labels.get(key);
    return label ? [`${plainSafe(label.key)}: ${plainSafe(label.value)}`] : [];
  });
  return [...new Set(texts)].slice(0, most);
}

/** Names of the container's own ports, and where it names none, their numbers. */
function portsOf(container: Node | undefined): string[] {
  const map = resolveAlias(container);
  const pair = map?.type === 'map' ? map.pairs.find(({ key }) => key.value === 'ports') : undefined;
  const list = resolveAlias(pair?.value);
  if (list?.type !== 'list') return [];
  return list.items.flatMap((item) => textAt(item, 'name') ?? textAt(item, 'containerPort') ?? []);
}
