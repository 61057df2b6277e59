import type { Definition, Reading } from '../model/facts.ts';
import type { Index } from './index.ts';
import { mayMake } from './ordinals.ts';

/**
 * Which reading of an address the workspace bears out; undefined where it is neither. A pod's short name comes first, as
 * in the search path of a pod's resolver, where its own namespace stands before the cluster's `svc`; with `.svc` behind
 * it, a Service's name does.
 */
export function readingThatHolds(index: Index, reading: Reading): Reading['as'] | undefined {
  const sets = setsOf(index, reading);
  if (!reading.stated && sets.some((set) => mayMake(set, reading.ordinal))) return 'pod';
  if (servicesOf(index, reading).length > 0) return 'service';
  return sets.length > 0 ? 'pod' : undefined;
}

/** Whether a part of an address belongs to the other reading rather, where neither holds as a whole. */
export const isRather = (index: Index, reading: Reading): boolean =>
  reading.as === 'service'
    ? // Its pods may be made by anything that sets hostname and subdomain.
      !reading.stated && governing(index, reading).length > 0
    : reading.stated && isNamespaceOfWorkspace(index, reading);

/** Whether the other reading of an address than a token's own may hold all the same: what it needs may be on the cluster. */
export function mightHoldOtherwise(index: Index, reading: Reading): boolean {
  if (reading.as === 'service') return !reading.stated || governing(index, reading).length > 0;
  return reading.stated || isNamespaceOfWorkspace(index, reading);
}

/** Whether something shows that there is such a namespace, other than the one around. */
export const isNamespaceOfWorkspace = (index: Index, { domain, around }: Reading): boolean =>
  domain !== around &&
  (index.definitions('namespace', domain, undefined).length > 0 ||
    index.objects('service', domain).some(({ facts }) => facts.resource.namespace === domain));

/** The sets of that name whose Service has the other. */
const setsOf = (index: Index, { set, domain, around }: Reading): readonly Definition[] =>
  index
    .definitions('scale-target', set, around)
    .filter(({ facts }) => facts.notes.get('governing-service')?.text === domain);

const servicesOf = (index: Index, { set, ordinal, domain }: Reading): readonly Definition[] =>
  index.definitions('service', `${set}-${ordinal}`, domain);

const governing = (index: Index, { domain, around }: Reading): readonly Definition[] =>
  index.definitions('service', domain, around);
