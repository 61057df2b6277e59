import type { Definition, Facts, LabelSet, Selector, Use } from '../model/facts.ts';
import { references } from '../tables/references.ts';
import type { SymbolId } from '../tables/row-types.ts';
import { documentOf } from './document.ts';
import type { Description } from './scoped.ts';

// What readers of the index go by, as texts: where an edit leaves a text as it is, nobody has to look again. Spans are
// no part of it: whoever shows one is asked anew because of it (see DiagnosticsCache.pointingInto).

const quoted = (...parts: readonly unknown[]): string => JSON.stringify(parts);

/** A definition of an object with what the object holds, which is read through it. */
export const describeDefinition = (definition: Definition): Description => [
  describeName(definition),
  String(definition.part),
  membersOf(definition.facts),
];

/** A definition as one of many, of which only the name counts. */
export function describeName({ name, made, members, facts }: Definition): string {
  const { kind, apiVersion, name: resource } = facts.resource;
  return quoted(name, made, members, kind, apiVersion, resource, facts.notes.get('defined-group')?.text);
}

export function describeUse(use: Use): Description {
  const {
    row,
    kind,
    groups,
    namespace,
    optional,
    numeric,
    pod,
    container,
    owner,
    ordinal,
    reading,
    ownerSelectors,
    otherOwners,
    facts,
  } = use;
  const own = quoted(
    row.id,
    facts.resource.kind,
    kind,
    groups,
    namespace,
    optional,
    numeric,
    pod,
    container,
    owner?.text,
    ordinal?.text,
    reading,
    otherOwners,
  );
  const shown = sharingRows.has(row.id) ? membersOf(facts) : '';
  // Whether an object's keys are all in use is read off those who name them beside the object.
  return [own, keysBeside(facts).get(use.text) ?? '', shown, ...ownerSelectors.flatMap(describeSelector)];
}

/** The parts that a resource names of each object. */
const keysBeside = remembered((facts: Facts): ReadonlyMap<string, string> => {
  const keys = new Map<string, string[]>();
  for (const { owner, text } of facts.uses) {
    if (!owner) continue;
    const same = keys.get(owner.text);
    if (same) same.push(text);
    else keys.set(owner.text, [text]);
  }
  return new Map(Array.from(keys, ([owner, texts]) => [owner, JSON.stringify(texts)]));
});

export function describeLabels({ of, pod, open, labels, ofWorkload, facts }: LabelSet): Description {
  const { kind, group, name } = facts.resource;
  const [own, above] = [labels, ofWorkload].map((map) => Array.from(map.values(), ({ key, value }) => [key, value]));
  return [quoted(of, pod, open, kind, group, name, own, above), portsOf(facts)];
}

export function describeSelector(selector: Selector): readonly string[] {
  const { row, requirements, widened, namespace, behind, open, facts } = selector;
  const { kind, group, name, namespace: home } = facts.resource;
  const own = row.to === 'own-template' ? facts.labelSets.flatMap(describeLabels) : [];
  return [quoted(row.id, requirements, widened, namespace, behind, open, kind, group, name, home), ...own];
}

/** A resource of which everything counts. */
export const describeText = ({ document, resource }: Facts): string =>
  documentOf(document).text.slice(resource.span.start, resource.span.end);

/** What a resource is to the kustomization that it is a part of; a kustomization, with what it is made of. */
export function describeFacts({ resource, kustomization, isPatch, inline, definitions, uses }: Facts): Description {
  const { apiVersion, kind, name, namespace } = resource;
  const made = kustomization ? uses.map(({ row, name: named, aimed, path }) => [row.id, named, aimed, path]) : [];
  return [quoted(apiVersion, kind, name, namespace, isPatch, inline, kustomization, made), listOf(definitions)];
}

const listOf = (definitions: readonly Definition[]): string =>
  JSON.stringify(
    definitions.map(({ symbol, name, numeric, pod, container, part }) => [symbol, name, numeric, pod, container, part]),
  );

const membersOf = remembered(
  (facts: Facts) =>
    listOf(facts.definitions) + JSON.stringify(Array.from(facts.notes, ([note, { text }]) => [note, text])),
);

/** What is looked up in whatever a selector finds, or in what says the same of itself. */
const symbolsOfSelected = new Set<SymbolId>(
  references.flatMap((row) =>
    (row.mode === 'port' && row.owner !== 'container' && ('selector' in row.owner || 'list' in row.owner)) ||
    (row.mode === 'key' && row.sharedBy)
      ? [row.to]
      : [],
  ),
);

/** The rows by whose tokens what they stand in is found. */
const sharingRows = new Set(references.flatMap((row) => (row.mode === 'key' && row.sharedBy) || []));

/** Whether tokens find a symbol's names in objects that they don't name, which may be in other namespaces. */
export const isFoundBySelector = (symbol: SymbolId): boolean => symbolsOfSelected.has(symbol);

const portsOf = remembered((facts: Facts) =>
  listOf(facts.definitions.filter(({ symbol }) => isFoundBySelector(symbol))),
);

/** Facts never change, and the same texts are part of many. */
function remembered<T>(make: (facts: Facts) => T): (facts: Facts) => T {
  const known = new WeakMap<Facts, { readonly made: T }>();
  return (facts) => {
    let kept = known.get(facts);
    if (!kept) {
      kept = { made: make(facts) };
      known.set(facts, kept);
    }
    return kept.made;
  };
}
