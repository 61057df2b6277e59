import type { Span } from '../base/span.ts';
import type { Definition, Facts, Selector } from '../model/facts.ts';
import { isObjectSymbol, symbols } from '../tables/symbols.ts';
import { byPlace } from './closeness.ts';
import { type Index, isPreset } from './index.ts';
import { usesOf } from './links.ts';
import { selectorsOf } from './pods.ts';
import { mayFind } from './selection.ts';

/** A resource that needs another one, and the first place that shows it. */
export interface User {
  readonly facts: Facts;
  readonly span: Span;
}

/** The resources that call an object of this one by its name, or select what it labels; by place, each once. */
export function usersOf(index: Index, facts: Facts): readonly User[] {
  const users: User[] = [
    ...usesOf(index, objectsOf(facts)),
    ...facts.labelSets.flatMap((labelSet) => selectorsOf(index, labelSet)).filter(isOfUser),
  ].filter((user) => user.facts !== facts);
  const first = new Map<Facts, User>();
  for (const user of users.sort(byPlace)) if (!first.has(user.facts)) first.set(user.facts, user);
  return [...first.values()];
}

/** Whether there seem to be any, before it is looked up which object of a name is meant. */
export const mayHaveUsers = (index: Index, facts: Facts): boolean =>
  objectsOf(facts).some(({ symbol, name }) => index.isNamed(symbol, name, facts.resource.namespace)) ||
  facts.labelSets.some((labelSet) =>
    Array.from(labelSet.labels.values()).some(({ key, value }) =>
      index
        .selectorsWithLabel(labelSet.of, key, value, facts.resource.namespace)
        .some((selector) => selector.facts !== facts && isOfUser(selector) && mayFind(selector, labelSet)),
    ),
  );

/** A workload's own pods are a part of it, and a preset needs nothing of the pods that it changes. */
const isOfUser = ({ row, facts }: Selector): boolean => row.to !== 'own-template' && !isPreset(facts);

/** A patch is a part of an object that stands elsewhere. */
const objectsOf = (facts: Facts): readonly Definition[] =>
  facts.isPatch ? [] : facts.definitions.filter(({ symbol, name }) => name !== '' && isObjectSymbol(symbols[symbol]));
