import type { Facts } from '../model/facts.ts';
import { isLiteral, type PatchTarget } from '../model/patch-target.ts';
import type { Patch } from '../model/patches.ts';
import { isIndex } from '../syntax/json-pointer.ts';
import { allPairs, type Node, nodeAt, type Pair, type Path, pairOf, resolveAlias } from '../syntax/tree.ts';
import { type Document, documentOf } from './document.ts';
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
    const isThere =
      here?.type === 'list' ? isIndex(step) && step !== '-' && Number(step) < here.items.length : next !== undefined;
    if (!isThere) return { node, pair, path, steps: i };
    pair = next;
    node = here?.type === 'list' ? here.items[Number(step)] : next?.value;
    path.push(here?.type === 'list' ? Number(step) : step);
  }
  return { node, pair, path, steps: steps.length };
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
