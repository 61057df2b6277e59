import { nearest } from '../base/edit-distance.ts';
import { newestRelease, type Release } from '../base/release.ts';
import type { Definition, Facts, LabelSet, Selector, Use } from '../model/facts.ts';
import { kindRef } from '../model/trie.ts';
import { podPresets } from '../tables/kinds.ts';
import type { Labelled, SymbolId } from '../tables/row-types.ts';
import { isLookedUpByName, symbols } from '../tables/symbols.ts';
import { byPlace } from './closeness.ts';
import {
  describeDefinition,
  describeFacts,
  describeLabels,
  describeName,
  describeSelector,
  describeText,
  describeUse,
} from './describe.ts';
import { Contributions, type Key, Numbers, Scoped } from './scoped.ts';

export type { Key };

/**
 * Who defines and who uses what, over all files. Every look-up notes what it read (`track`), so that a change can
 * tell exactly which results it makes out of date (`changed` says which keys answer otherwise than before).
 *
 * Look-ups take the namespace that is looked into: what states none is found there, too. Without one (undefined, or
 * the empty one of who doesn't state it) they look into all.
 */
export class Index {
  /** The release that the manifests are for: what applies presets goes by it. A change of it outdates all results. */
  release: Release = newestRelease;
  /** Objects by symbol and name, and by symbol alone. */
  readonly #definitions = new Scoped<Definition>('name', namespaceOf, describeDefinition);
  readonly #objects = new Scoped<Definition>('names', namespaceOf, describeName);
  readonly #uses = new Scoped<Use>('uses', (use) => use.namespace, describeUse);
  /** What carries labels, by one of them and altogether. */
  readonly #carriers = new Scoped<LabelSet>('label', namespaceOf, describeLabels);
  readonly #labelled = new Scoped<LabelSet>('labels', namespaceOf, describeLabels);
  readonly #selectorsByLabel = new Scoped<Selector>('selectors of', placeOf, describeSelector);
  /** What stands in a file. */
  readonly #inFile = new Scoped<Facts>('in', () => '', describeFacts);
  readonly #affixes = new Scoped<Facts>('affixes', () => '', describeFacts);
  readonly #selectors = new Scoped<Selector>('selectors', placeOf, describeSelector);
  /** Kinds that change pods, and the pods that they change: both are read whole. */
  readonly #whole = new Scoped<Facts>('whole', ({ resource }) => resource.namespace, describeText);
  readonly #pods = new Scoped<Facts>('whole pod', ({ resource }) => resource.namespace, describeText);
  /** By namespace: every pod asks for them, and every preset for those of its pods. */
  readonly #presets = new Map<string | undefined, readonly Facts[]>();
  #reads: Set<Key> | undefined;

  /** Runs `read` and returns its result with the keys that it looked up. */
  track<T>(read: () => T): { readonly result: T; readonly keys: ReadonlySet<Key> } {
    const outer = this.#reads;
    const keys = new Set<Key>();
    this.#reads = keys;
    try {
      return { result: read(), keys };
    } finally {
      this.#reads = outer;
    }
  }

  /** Adds a resource's facts. */
  add(facts: Facts): void {
    if (isPreset(facts)) this.#presets.clear();
    this.#each(facts, (table, key, item) => table.add(key, item));
  }

  /** Takes a resource's facts out again. */
  remove(facts: Facts): void {
    if (isPreset(facts)) this.#presets.clear();
    this.#each(facts, (table, key, item) => table.remove(key, item));
  }

  /** The keys that answer otherwise once some facts have given way to others in the same place of the same file. */
  changed(before: readonly Facts[], now: readonly Facts[]): Set<Key> {
    const numbers = new Numbers();
    return this.#contributions(before, numbers).differences(this.#contributions(now, numbers));
  }

  #contributions(all: readonly Facts[], numbers: Numbers): Contributions {
    const result = new Contributions(numbers);
    for (const facts of all) this.#each(facts, (table, key, item) => table.noteItem(result, key, item));
    return result;
  }

  /** Every place of the index that a resource's facts belong to. */
  #each(facts: Facts, visit: <T>(table: Scoped<T>, key: string, item: T) => void): void {
    for (const definition of facts.definitions) {
      const { symbol, name } = definition;
      // Parts of objects are found through their objects.
      if (!isLookedUpByName(symbols[symbol])) continue;
      visit(this.#definitions, nameOf(symbol, name), definition);
      visit(this.#objects, symbol, definition);
    }
    for (const use of facts.uses) visit(this.#uses, nameOf(use.row.to, use.name), use);
    for (const labelSet of facts.labelSets) {
      const { of } = labelSet;
      visit(this.#labelled, of, labelSet);
      for (const { key, value } of labelSet.labels.values()) visit(this.#carriers, labelOf(of, key, value), labelSet);
    }
    if (facts.resource.apiVersion !== '') visit(this.#inFile, facts.document.uri, facts);
    if (facts.kustomization && facts.kustomization.prefix + facts.kustomization.suffix !== '')
      visit(this.#affixes, '', facts);
    for (const selector of facts.selectors) {
      const of = soughtBy(selector);
      visit(this.#selectors, of, selector);
      for (const { key, value } of [...selector.pairs, ...selector.expressions])
        visit(this.#selectorsByLabel, labelOf(of, key, value), selector);
    }
    const kind = kindRef(facts.resource.group, facts.resource.kind);
    if (kindsReadWhole.has(kind)) visit(this.#whole, kind, facts);
    if (facts.labelSets.some(({ of }) => of === 'pods')) visit(this.#pods, identityOf(facts), facts);
  }

  #read<T>(table: Scoped<T>, key: string, namespace: string | undefined): T[] {
    if (this.#reads) table.noteRead(this.#reads, key, namespace);
    return table.inReach(key, namespace);
  }

  /** Every definition of a symbol's objects. */
  objects(symbol: SymbolId, namespace: string | undefined): readonly Definition[] {
    return this.#read(this.#objects, symbol, namespace);
  }

  /** Whether an object's name is near to a text, but not the same: at most `slip` from it, or as `nearest` has it. */
  hasNearName(symbol: SymbolId, text: string, namespace: string | undefined, slip: number | undefined): boolean {
    if (this.#reads) this.#objects.noteRead(this.#reads, symbol, namespace);
    return this.#objects.keptInReach(
      symbol,
      namespace,
      `${slip ?? ''} ${text}`,
      (objects) => nearest(text, new Set(objects.map(({ name }) => name)), slip).length > 0,
    );
  }

  /** The objects of a name; by place. */
  definitions(symbol: SymbolId, name: string, namespace: string | undefined): readonly Definition[] {
    const key = nameOf(symbol, name);
    if (this.#reads) this.#definitions.noteRead(this.#reads, key, namespace);
    if (this.#definitions.countInReach(key, namespace) < 2) return this.#definitions.inReach(key, namespace);
    return this.#definitions.keptInReach(key, namespace, 'by place', (found) => found.sort(byPlace));
  }

  /** The resources of a file, as they stand there. */
  inFile(uri: string): readonly Facts[] {
    return this.#read(this.#inFile, uri, undefined).sort(
      (a, b) => a.document.start - b.document.start || a.resource.span.start - b.resource.span.start,
    );
  }

  /** The kustomizations that put something before or behind the names of their resources. */
  renamingKustomizations(): readonly Facts[] {
    return this.#read(this.#affixes, '', undefined);
  }

  /** All tokens that name something so, resolved or not. */
  uses(symbol: SymbolId, name: string, namespace: string | undefined): readonly Use[] {
    return this.#read(this.#uses, nameOf(symbol, name), namespace);
  }

  /** Whether any token may name something so. Isn't tracked: good for whether to look at all. */
  isNamed(symbol: SymbolId, name: string, namespace: string | undefined): boolean {
    return this.#uses.countInReach(nameOf(symbol, name), namespace) > 0;
  }

  /** What carries a label. */
  withLabel(of: Labelled, key: string, value: string, namespace: string | undefined): readonly LabelSet[] {
    return this.#read(this.#carriers, labelOf(of, key, value), namespace);
  }

  /** How many carry a label. Isn't tracked: good for choosing among look-ups that come to the same result. */
  countWithLabel(of: Labelled, key: string, value: string, namespace: string | undefined): number {
    return this.#carriers.countInReach(labelOf(of, key, value), namespace);
  }

  /** The labels of all pods, or of all Services … */
  allLabelled(of: Labelled, namespace: string | undefined): readonly LabelSet[] {
    return this.#read(this.#labelled, of, namespace);
  }

  /** The selectors that ask for a label by its value and may look into the namespace. */
  selectorsWithLabel(of: Labelled, key: string, value: string, namespace: string | undefined): readonly Selector[] {
    return this.#read(this.#selectorsByLabel, labelOf(of, key, value), namespace);
  }

  /** The presets that the namespace may have, in no order: the very same list until a preset comes or goes. */
  presets(namespace: string | undefined): readonly Facts[] {
    if (this.#reads) for (const kind of podPresets) this.#whole.noteRead(this.#reads, kind, namespace);
    let found = this.#presets.get(namespace);
    if (!found) {
      found = podPresets.flatMap((kind) => this.#whole.inReach(kind, namespace));
      this.#presets.set(namespace, found);
    }
    return found;
  }

  /** The LimitRanges that the namespace may have. */
  limitRanges(namespace: string | undefined): readonly Facts[] {
    return this.#read(this.#whole, 'LimitRange', namespace);
  }

  /** Notes that a resource with pods is read whole, not only its facts. */
  readWhole(facts: Facts): void {
    if (this.#reads) this.#pods.noteRead(this.#reads, identityOf(facts), facts.resource.namespace);
  }

  /** The selectors that may look for such things in the namespace. */
  selectorsFor(of: Labelled, namespace: string | undefined): readonly Selector[] {
    return this.#read(this.#selectors, of, namespace);
  }
}

/** What a selector looks for; a workload's own selector, for pods. */
export const soughtBy = (selector: Selector): Labelled =>
  selector.row.to === 'own-template' ? 'pods' : selector.row.to;

/** Whether a resource adds to the pods that it selects. */
export const isPreset = ({ resource: { group, kind } }: Facts): boolean => podPresets.includes(kindRef(group, kind));

const kindsReadWhole = new Set<string>([...podPresets, 'LimitRange']);

const identityOf = ({ resource: { kind, name } }: Facts): string => `${kind} ${name}`;

const namespaceOf = ({ facts }: { readonly facts: Facts }): string => facts.resource.namespace;

/** Where a selector looks: what looks into other namespaces, too, is in reach of all. */
const placeOf = (selector: Selector): string => (selector.widened ? '' : selector.namespace);

const nameOf = (symbol: SymbolId, name: string): string => `${symbol} ${name}`;
const labelOf = (of: Labelled, key: string, value: string): string => `${of} ${key}=${value}`;
