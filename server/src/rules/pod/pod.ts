import type { Value } from '../../syntax/value.ts';
import type { SchemaVisit } from '../rule.ts';

/** A Pod itself, and no template that pods are made of. */
export const isPod = ({ kind }: SchemaVisit): boolean => kind.kind === 'Pod' && kind.group === '';

/** What is there and is not being written by a template engine. */
export const known = (value: Value): boolean => value.present && !value.unknown;

/** Of these fields those that are there. */
export const presentOf = (holder: Value, fields: readonly string[]): readonly Value[] =>
  fields.map((field) => holder.get(field)).filter((value) => value.present);

/** A pod spec's containers of each sort, the visited pod spec given. */
export function containersOf(spec: Value): readonly { readonly list: string; readonly container: Value }[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) =>
    spec.get(list).items.map((container) => ({ list, container })),
  );
}

/** The pod spec that a visited part belongs to, by the list of containers or volumes on the way; absent in a PodPreset. */
export function podSpecOf({ root, path }: SchemaVisit): Value | undefined {
  const at = path.findIndex((segment) => typeof segment === 'string' && lists.has(segment));
  return at < 0 ? undefined : root.at(...path.slice(0, at));
}

const lists = new Set(['containers', 'initContainers', 'ephemeralContainers', 'volumes']);
