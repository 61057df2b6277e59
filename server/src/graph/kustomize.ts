import { folderOf } from '../base/uri-path.ts';
import type { Definition, DocumentRef, Facts, Use } from '../model/facts.ts';
import { isKustomizationFile } from '../model/kustomization.ts';
import { kindRef } from '../model/trie.ts';
import { isPlaceholder } from '../syntax/placeholder.ts';
import type { Path } from '../syntax/tree.ts';
import { isObjectSymbol, symbols } from '../tables/symbols.ts';
import type { Index } from './index.ts';
import { isPathUse, namesOfPlace, type PathUse, resolvePathUse } from './paths.ts';

/** A resource that a kustomization is made of. */
export interface Member {
  /** Its name: of the resource, or of the generator that makes it. */
  readonly definition: Definition;
  readonly group: string;
  readonly kind: string;
  /** What it is called on its way through the kustomizations, its own name first. */
  readonly names: readonly string[];
  /** Where it ends up; empty where nothing says so. */
  readonly namespace: string;
  /** False where patches further in may have given it another name, or have removed it. */
  readonly certain: boolean;
  /** The token in the kustomization that brings it; undefined for what its own generators make. */
  readonly via: PathUse | undefined;
}

/** The resources of a kustomization, with those of the kustomizations that it is made of. */
export interface Scope {
  readonly members: readonly Member[];
  /** The kustomizations further in. */
  readonly inner: readonly Facts[];
  /** Nothing else can be there. */
  readonly complete: boolean;
}

/** What a kustomization is made of when its own patches, images and prefixes come to it. */
export function scopeOf(index: Index, kustomization: Facts): Scope {
  return new Collector(index).collect(kustomization);
}

/**
 * The resources among which a use finds what it names: those of its own kustomization, for a patch those of every
 * kustomization that applies it, for a component those of every kustomization that it is a part of. Undefined where no
 * kustomization does.
 */
export function scopesOf(index: Index, { facts, row }: Use): readonly Scope[] {
  const holders = row.mode === 'name' && row.ofPatch ? patchers(index, facts.document, false) : [facts];
  return holders.flatMap((holder) => wholes(index, holder, 0)).map((whole) => scopeOf(index, whole));
}

/**
 * The kustomizations that apply the patch that a document is, or that one itself: to whatever has its kind and name, or
 * (`aimed`) to what its target says.
 */
export function patchers(index: Index, document: DocumentRef, aimed: boolean): readonly Facts[] {
  const own = index.inFile(document.uri).filter((facts) => facts.document.start === document.start);
  if (own.some(({ kustomization }) => kustomization) || isKustomizationFile(document.uri))
    return own.filter(({ kustomization }) => kustomization);
  const uses = index.uses('file', document.uri, undefined);
  const patches = uses.filter((use) => isPathUse(use) && use.row.brings === 'patches');
  // With a target beside it, the name in the patch means nothing.
  return !aimed && patches.some((use) => use.aimed) ? [] : [...new Set(patches.map((use) => use.facts))];
}

/** A kustomization itself; for a component, the kustomizations that it is a part of. */
export function wholes(index: Index, facts: Facts, depth: number): readonly Facts[] {
  if (!facts.kustomization?.isComponent || depth > 8) return [facts];
  const uses = namesOfPlace(index, folderOf(facts.document.uri)).flatMap((name) => index.uses('file', name, undefined));
  const holders = new Set(
    uses.filter((use) => isPathUse(use) && use.row.brings === 'resources').map((use) => use.facts),
  );
  return [...holders].filter((holder) => holder !== facts).flatMap((holder) => wholes(index, holder, depth + 1));
}

/** Whether a kustomization that a file is a part of puts its resources into a namespace. */
export const setsNamespace = (index: Index, uri: string): boolean =>
  kustomizationsAround(index, uri).some(({ kustomization }) => (kustomization?.namespace ?? '') !== '');

/** Whether one adds labels to its resources' selectors and templates. */
export const addsLabels = (index: Index, uri: string): boolean =>
  kustomizationsAround(index, uri).some(({ kustomization }) => kustomization?.addsLabels === true);

/** Whether one has a patch for all that fits, and does not name what it changes. */
export const patchesUnnamed = (index: Index, uri: string): boolean =>
  kustomizationsAround(index, uri).some(({ document, uses }) => {
    const itemOf = (path: Path): string => path.slice(0, 2).join('.');
    const named = new Set(uses.flatMap(({ row, path }) => (row.mode === 'name' && row.pattern ? itemOf(path) : [])));
    const here = index.inFile(document.uri).filter((facts) => facts.document === document && facts.inline?.aimed);
    const files = uses.filter((use) => isPathUse(use) && use.row.brings === 'patches' && use.aimed);
    const all = [...here.map(({ inline }) => inline?.path ?? []), ...files.map(({ path }) => path)];
    return all.some((path) => !named.has(itemOf(path)));
  });

/** The kustomizations that bring a file's resources, and those that they are parts of in their turn. */
function kustomizationsAround(index: Index, uri: string): readonly Facts[] {
  const found = new Set<Facts>();
  const visit = (place: string, depth: number): void => {
    for (const use of namesOfPlace(index, place).flatMap((name) => index.uses('file', name, undefined))) {
      if (!isPathUse(use) || use.row.brings !== 'resources' || found.has(use.facts) || depth > 8) continue;
      found.add(use.facts);
      visit(folderOf(use.facts.document.uri), depth + 1);
    }
  };
  visit(uri, 0);
  return [...found];
}

class Collector {
  readonly #index: Index;
  /** The kustomizations on the way to the current one: none is a part of itself. */
  readonly #around = new Set<Facts>();

  constructor(index: Index) {
    this.#index = index;
  }

  collect(kustomization: Facts): Scope {
    const members: Member[] = [];
    const inner: Facts[] = [];
    let complete = kustomization.kustomization?.isOpen === false;
    this.#around.add(kustomization);
    for (const definition of kustomization.definitions) {
      const kind = definition.symbol === 'resource' ? generatedKind(definition) : undefined;
      // What a generator makes may be merged into another's.
      if (kind !== undefined) members.push({ ...memberOf(definition, '', kind), certain: false });
    }
    for (const use of kustomization.uses) {
      if (!isPathUse(use) || use.row.brings !== 'resources') continue;
      const answer = resolvePathUse(this.#index, use);
      if (typeof answer === 'string') complete = false;
      else for (const place of answer) complete = this.#add(place.facts.document.uri, use, members, inner) && complete;
    }
    this.#around.delete(kustomization);
    return { members, inner, complete };
  }

  /** Adds what a file brings; returns whether that is all of it. */
  #add(uri: string, via: PathUse, members: Member[], within: Facts[]): boolean {
    let complete = true;
    for (const facts of this.#index.inFile(uri)) {
      const { kustomization, resource, definitions } = facts;
      if (kustomization) {
        if (this.#around.has(facts) || this.#around.size > 20) continue;
        const inner = this.collect(facts);
        complete &&= inner.complete;
        within.push(facts, ...inner.inner);
        for (const member of inner.members) members.push(passedThrough(facts, member, via));
        continue;
      }
      if (resource.name === '' || isPlaceholder(resource.name)) complete &&= resource.kind.endsWith('List');
      const own = definitions.find(({ symbol }) => symbol === 'resource');
      if (own) members.push({ ...memberOf(own, resource.group, resource.kind), namespace: resource.namespace, via });
    }
    return complete;
  }
}

/** The kind of what a generator makes; undefined for another name. */
function generatedKind({ span, facts }: Definition): string | undefined {
  const made = facts.definitions.find((other) => other.span.start === span.start && other.made);
  const row = made && symbols[made.symbol];
  return row && isObjectSymbol(row) ? row.kinds[0] : undefined;
}

const memberOf = (definition: Definition, group: string, kind: string): Member => ({
  definition,
  group,
  kind,
  names: [definition.name],
  namespace: '',
  certain: true,
  via: undefined,
});

/** A member as it comes out of a kustomization further in. */
function passedThrough({ kustomization, uses }: Facts, member: Member, via: PathUse): Member {
  const { prefix = '', suffix = '', namespace = '', renames = false } = kustomization ?? {};
  const last = member.names.at(-1) ?? '';
  const renamed = renames || kustomization?.isOpen !== false || uses.some(({ aimed }) => aimed);
  return {
    ...member,
    names: prefix + suffix === '' ? member.names : [...member.names, prefix + last + suffix],
    namespace: namespace === '' ? member.namespace : namespace,
    certain: member.certain && !renamed,
    via,
  };
}

/** The members of a scope that a use names by kind and name. */
export function membersNamed(scope: Scope, use: Use): readonly Member[] {
  const fits = fitting(use);
  return scope.members.filter((member) => fits.kind(member) && member.names.some(fits.name));
}

/** Whether a member is of a kind that a use may mean. */
export function fitting(use: Use): {
  readonly kind: (member: Pick<Member, 'group' | 'kind'>) => boolean;
  readonly name: (name: string) => boolean;
} {
  const { row, text, kind, facts } = use;
  const isPattern = row.mode === 'name' && row.pattern === true;
  const among = row.mode === 'name' ? row.among : undefined;
  const isKind = kind === undefined || kind === '' ? () => true : whole(kind, isPattern);
  return {
    name: whole(text, isPattern),
    kind: (member) => {
      if (row.mode === 'name' && row.ofPatch)
        return member.kind === facts.resource.kind && (member.group === facts.resource.group || member.group === '');
      return isKind(member.kind) && (among === undefined || among.includes(kindRef(member.group, member.kind)));
    },
  };
}

/** Whether a text is all that is asked for: the same, or what a regular expression takes whole. */
export function whole(text: string, isPattern: boolean): (other: string) => boolean {
  if (!isPattern || /^[\w-]*$/.test(text)) return (other) => other === text;
  // What may take long to match is taken for a match.
  if (/[)\]][+*{].*[)\]][+*{]|[+*}][^(]*\)[+*{]/.test(text) || text.length > 200) return () => true;
  try {
    const expression = new RegExp(`^(?:${text})$`);
    return (other) => expression.test(other);
  } catch {
    return () => true;
  }
}
