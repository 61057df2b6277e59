import type { Facts } from '../model/facts.ts';
import { isLiteral, type PatchTarget, readTarget } from '../model/patch-target.ts';
import type { Operation, Patch } from '../model/patches.ts';
import { isIndex } from '../syntax/json-pointer.ts';
import { allPairs, type Node, nodeAt, type Pair, type Path, pairOf, resolveAlias, textAt } from '../syntax/tree.ts';
import { type Document, documentOf, type PatchOperation } from './document.ts';
import type { Index } from './index.ts';
import { type Member, patchers, scopeOf, whole, wholes } from './kustomize.ts';

/** A resource that a patch changes, and the kustomization that applies it. */
export interface Patched {
  readonly member: Member;
  readonly facts: Facts;
  /** Undefined where none in the workspace does, and the name alone leads to it. */
  readonly kustomization: Facts | undefined;
}

/** The resources of the workspace that a patch with a target changes: those of the kustomizations that apply it. */
export function patchedBy(index: Index, document: Document, { targets }: Pick<Patch, 'targets'>): readonly Patched[] {
  const holders = patchers(index, document, true);
  const found = new Map<Facts, Patched>();
  for (const holder of holders)
    for (const kustomization of wholes(index, holder, 0))
      for (const member of scopeOf(index, kustomization).members)
        if (targets.some((target) => fits(target, member)))
          found.set(member.definition.facts, { member, facts: member.definition.facts, kustomization });
  if (found.size > 0 || holders.length > 0) return [...found.values()];
  return targets.flatMap((target) => byName(index, target));
}

/** Elsewhere (Flux, Argo CD) the name has to do, where only one resource has it. */
function byName(index: Index, target: PatchTarget): readonly Patched[] {
  const { name, kind } = target;
  if (!isLiteral(name) || kind === undefined) return [];
  const named = index.definitions('resource', name, target.namespace).filter(({ facts }) => {
    const { resource } = facts;
    return !facts.isPatch && resource.kind === kind && (target.group === undefined || resource.group === target.group);
  });
  const [definition] = named;
  if (!definition || named.length > 1) return [];
  const { facts } = definition;
  const { group } = facts.resource;
  const member = { definition, group, kind, names: [name], namespace: '', certain: false, via: undefined };
  return [{ member, facts, kustomization: undefined }];
}

/** Whether a target may mean a member. */
function fits({ group, kind, name, namespace, selects }: PatchTarget, member: Member): boolean {
  const is = (text: string | undefined, others: readonly string[]): boolean =>
    text === undefined || others.some(whole(text, true));
  return (
    (kind !== undefined || name !== undefined || selects) &&
    is(kind, [member.kind]) &&
    is(group, [member.group]) &&
    is(name, member.names) &&
    (member.namespace === '' || is(namespace, [member.namespace]))
  );
}

/**
 * The resource that an operation changes, if it is certain what that looks like when its turn comes: one resource of a
 * kustomization, named by kind and name, which nothing else changes before.
 */
export function settledFor(index: Index, document: Document, { patch, operation }: PatchOperation): Facts | undefined {
  const [target, ...others] = patch.targets;
  if (!target || others.length > 0 || target.selects || !isLiteral(target.kind) || !isLiteral(target.name))
    return undefined;
  const holders = patchers(index, document, true);
  const [one, ...more] = patchedBy(index, document, patch);
  if (!one?.kustomization || more.length > 0 || holders.length !== 1 || holders[0] !== one.kustomization)
    return undefined;
  const scope = scopeOf(index, one.kustomization);
  const { member, facts } = one;
  if (!scope.complete || !member.certain || !member.via || documentOf(facts.document).broken) return undefined;
  const kustomizations = [one.kustomization, ...scope.inner];
  const keys = kustomizations.flatMap(keysOf);
  const isPatchList = (key: string): boolean => key === 'patches' || key === 'patchesJson6902';
  if (keys.some((key) => !harmless.has(key) && !labelling.has(key) && !isPatchList(key))) return undefined;
  if (scope.inner.some((inner) => keysOf(inner).some(isPatchList))) return undefined;
  const pointers = [operation.pointer, operation.from].flatMap(
    (pointer) => pointer?.steps.map(({ name }) => name) ?? [],
  );
  if (keys.some((key) => labelling.has(key)) && pointers.some((name) => labelled.has(name))) return undefined;
  if (isChangedBefore(patch, operation)) return undefined;
  return isPatchedElsewhere(one.kustomization, document, patch, target) ? undefined : facts;
}

/** Fields of a kustomization that change no structure of its resources. */
const harmless = new Set(
  'apiVersion kind metadata resources bases namePrefix nameSuffix images configMapGenerator secretGenerator generatorOptions buildMetadata sortOptions'.split(
    ' ',
  ),
);
/** Those that add labels, annotations and namespaces, and where those are. */
const labelling = new Set(['namespace', 'labels', 'commonLabels', 'commonAnnotations']);
const labelled = new Set(['metadata', 'labels', 'annotations', 'selector', 'matchLabels', 'namespace', 'subjects']);

function keysOf({ document, resource }: Facts): readonly string[] {
  const root = resolveAlias(nodeAt(documentOf(document).parsed.root, resource.path));
  return root?.type === 'map' ? root.pairs.map(({ key }) => key.value) : [];
}

/** Whether an operation above it in the same patch makes, moves or removes something on its way. */
function isChangedBefore({ operations = [] }: Patch, operation: Operation): boolean {
  const own = [operation.pointer, operation.from].filter((pointer) => pointer !== undefined);
  for (const other of operations) {
    if (other === operation) return false;
    if (other.op?.value === 'test') continue;
    for (const changed of [other.pointer, other.from]) {
      // What is put into a list or out of it moves the others.
      const steps = changed?.steps.slice(0, other.op?.value === 'replace' ? undefined : -1) ?? [];
      if (own.some((pointer) => steps.every(({ name }, i) => pointer.steps[i]?.name === name))) return true;
      if (own.some((pointer) => changed && pointer.steps.every(({ name }, i) => changed.steps[i]?.name === name)))
        return true;
    }
  }
  return false;
}

/** Whether another patch of the kustomization may be about the same resource. */
function isPatchedElsewhere(kustomization: Facts, document: Document, patch: Patch, target: PatchTarget): boolean {
  const holder = documentOf(kustomization.document);
  const root = nodeAt(holder.parsed.root, kustomization.resource.path);
  let ofPatch = 0;
  for (const field of ['patches', 'patchesJson6902']) {
    const list = resolveAlias(nodeAt(root, [field]));
    for (const item of list?.type === 'list' ? list.items : []) {
      const own = readTarget(item);
      const isOther =
        own && [own.kind, own.name].every(isLiteral) && (own.kind !== target.kind || own.name !== target.name);
      if (!isOther) ofPatch++;
    }
  }
  // A strategic merge without a target names what it changes itself.
  const merges = holder.patches.filter(({ operations, targets }) => !operations && targets.length === 0);
  const others = merges.filter(
    ({ root: merge }) => textAt(merge, 'kind') !== target.kind || textAt(merge, 'metadata', 'name') !== target.name,
  );
  return ofPatch - others.length !== 1 || (holder !== document && patch.path.length > 0);
}

/** A place in a resource that a pointer leads to. */
export interface Place {
  readonly node: Node | undefined;
  /** The pair that holds it; undefined for a list's item. */
  readonly pair: Pair | undefined;
  /** From the resource's root, as far as there is something. */
  readonly path: Path;
  /** How many of the steps lead somewhere. */
  readonly steps: number;
}

/** How far the steps of a pointer lead into a resource. */
export function follow(facts: Facts, steps: readonly string[]): Place {
  let node = nodeAt(documentOf(facts.document).tree, facts.resource.path);
  let pair: Pair | undefined;
  const path: (string | number)[] = [];
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] ?? '';
    const here = resolveAlias(node);
    const next = here?.type === 'map' ? pairOf(here, step) : undefined;
    const index = here?.type === 'list' && isIndex(step) ? indexOf(step, here.items.length) : undefined;
    const isThere = here?.type === 'list' ? index !== undefined : next !== undefined;
    if (!isThere) return { node, pair, path, steps: i };
    pair = next;
    node = here?.type === 'list' ? here.items[index ?? 0] : next?.value;
    path.push(index ?? step);
  }
  return { node, pair, path, steps: steps.length };
}

/** The index that a step means in a list; undefined for what comes behind its end. */
function indexOf(step: string, length: number): number | undefined {
  const index = step === '-' ? length : step.startsWith('-') ? length + Number(step) : Number(step);
  return index >= 0 && index < length ? index : undefined;
}

/** The keys of a map, or the indexes of a list with what names each item. */
export function stepsBelow(node: Node | undefined): readonly { readonly step: string; readonly name: string }[] {
  const here = resolveAlias(node);
  if (here?.type === 'map') return allPairs(here).map(({ key }) => ({ step: key.value, name: '' }));
  if (here?.type !== 'list') return [];
  return here.items.map((item, i) => {
    const name = ['name', 'containerPort', 'port', 'mountPath', 'host', 'key']
      .map((key) => resolveAlias(nodeAt(item, [key])))
      .find((found) => found?.type === 'scalar');
    const own = resolveAlias(item);
    const text = name?.type === 'scalar' ? name.value : own?.type === 'scalar' ? own.value : '';
    return { step: String(i), name: text };
  });
}
