import type { TextEdit } from '../base/text-edit.ts';
import { documentOf } from '../graph/document.ts';
import type { Index } from '../graph/index.ts';
import type { Holder } from '../graph/members.ts';
import { selected } from '../graph/selection.ts';
import { portNumber } from '../kubernetes/forms.ts';
import { nameFault } from '../kubernetes/names.ts';
import type { Use } from '../model/facts.ts';
import { templatePath } from '../model/trie.ts';
import { type Content, columnAt, insertAt, layoutOf, plainSafe } from '../syntax/edit.ts';
import { nodeAt, type Path } from '../syntax/tree.ts';
import { Value } from '../syntax/value.ts';
import type { Creation } from '../tables/row-types.ts';
import { wellKnownPorts } from '../tables/well-known-ports.ts';

type PortCreation = Extract<Creation, { portOf: unknown }>;

interface Port {
  readonly name: string | undefined;
  readonly number: number;
}

/**
 * The edits that add a port which a reference names, by its name or by its number, to a Service or a container: under a
 * name and a number that no other port there has, with the fields of its neighbour. Where several ports need names, the
 * neighbours get theirs. None where the list is not as it should be.
 */
export function addPort(
  index: Index,
  use: Use,
  { portOf, number: field, named: which }: PortCreation,
  holder: Holder,
  base: Path,
): readonly TextEdit[] {
  const { text, tree } = documentOf(holder.facts.document);
  const path = [...base, ...portOf];
  const list = new Value(nodeAt(tree, path));
  const { items } = list;
  // What an alias brings is written for others, too.
  if (list.list?.items.some((item) => item?.type !== 'map') || !items.every((item) => isWritten(item, field)))
    return [];
  const isOfService = field === 'port';
  const behind = isOfService ? portsBehind(index, holder) : [];
  // In a pod, no two containers listen on one port.
  const taken = isOfService
    ? items.map((item) => item.get(field).integer)
    : portsOf(holder).map(({ number }) => number);
  const isTaken = (number: number): boolean => taken.includes(number);
  const number = use.numeric ? Number(use.text) : numberFor(use, behind, isTaken);
  if (portNumber(number) !== undefined) return [];

  const names = new Names(items.map((item) => item.get('name').text));
  const needsName = which === 'each' && items.length > 0;
  const name = use.numeric
    ? needsName || (items.length > 0 && items.every((item) => item.get('name').present))
      ? names.take(behind.find((port) => port.number === number)?.name, number)
      : undefined
    : names.reserve(use.text);
  const target = isOfService ? targetFor(name, number, behind, items[0]) : undefined;

  const naming = needsName ? items.flatMap((item) => nameOf(text, item, names, behind)) : [];
  const like = items.at(-1);
  const fields: Record<string, Content | undefined> = {
    name: name === undefined ? undefined : plainSafe(name),
    [field]: String(number),
    targetPort: target ?? (isOfService && like?.get('targetPort').present ? String(number) : undefined),
    protocol: like?.get('protocol').text === 'TCP' ? 'TCP' : undefined,
  };
  const added = insertAt(text, tree, path, { item: inOrderOf(like, fields) });
  return added ? [...naming, added] : [];
}

/**
 * The edits that give the name which a reference asks for to the only port without a name, and its number. None where
 * there are several, or none.
 */
export function namePort(
  use: Use,
  { portOf, number: field }: PortCreation,
  holder: Holder,
  base: Path,
): { readonly number: number; readonly edit: TextEdit } | undefined {
  const { text, tree } = documentOf(holder.facts.document);
  const [port, ...others] = new Value(nodeAt(tree, [...base, ...portOf])).items.filter(
    (item) => isWritten(item, field) && item.get('name').absent,
  );
  const number = port?.get(field).integer;
  const edit = port && others.length === 0 && !use.numeric ? named(text, port, use.text) : undefined;
  return edit && number !== undefined ? { number, edit } : undefined;
}

/** A port with a number, and a name or none; nothing that a merge key brings. */
const isWritten = (item: Value, field: string): boolean =>
  item.map !== undefined &&
  item.get(field).integer !== undefined &&
  item.map.pairs.every(({ key }) => key.value !== '<<') &&
  (item.get('name').pair === undefined || Boolean(item.get('name').text));

/** The number for a port of the name that a token asks for: the one that it has elsewhere, or a customary one. */
function numberFor({ text, path, facts }: Use, behind: readonly Port[], isTaken: (number: number) => boolean): number {
  const { root } = documentOf(facts.document).parsed;
  const beside = new Value(nodeAt(root, [...facts.resource.path, ...path.slice(0, -1)])).get('port').integer;
  const known = [behind.find(({ name }) => name === text)?.number, beside, ...(wellKnownPorts[text] ?? []), 8080];
  let number = known.find((one) => one !== undefined && !isTaken(one)) ?? 8081;
  while (isTaken(number)) number++;
  return number;
}

/** Where the connections to a new port of a Service should end, unless that is at its own number. */
function targetFor(
  name: string | undefined,
  number: number,
  behind: readonly Port[],
  first: Value | undefined,
): string | undefined {
  const same = behind.find((port) => port.name !== undefined && port.name === name);
  if (same) return plainSafe(same.name ?? '');
  if (behind.length === 0 || behind.some((port) => port.number === number)) return undefined;
  // The pods have no such port: where the Service's first one ends is the better guess.
  const target = first?.get('targetPort').present ? first.get('targetPort') : first?.get('port');
  if (target?.integer !== undefined) return String(target.integer);
  const wanted = behind.find((port) => port.name !== undefined && port.name === target?.text) ?? behind[0];
  return wanted && (wanted.name === undefined ? String(wanted.number) : plainSafe(wanted.name));
}

/** The ports of the pods that a Service selects. */
const portsBehind = (index: Index, { facts }: Holder): readonly Port[] =>
  facts.selectors
    .filter(({ row }) => row.to === 'pods')
    .flatMap((selector) => selected(index, selector))
    .flatMap((pods) => portsOf({ facts: pods.facts }));

/** The ports of the containers of a pod template. */
function portsOf({ facts }: Pick<Holder, 'facts'>): readonly Port[] {
  const { root } = documentOf(facts.document).parsed;
  const spec = new Value(nodeAt(root, [...facts.resource.path, ...templatePath(facts), 'spec']));
  return ['containers', 'initContainers'].flatMap((list) =>
    spec.get(list).items.flatMap((container) =>
      container.get('ports').items.flatMap((port): Port[] => {
        const number = port.get('containerPort').integer;
        return number === undefined ? [] : [{ name: port.get('name').text || undefined, number }];
      }),
    ),
  );
}

/** Gives a Service's port a name: that of its target, or a customary one. */
function nameOf(text: string, item: Value, names: Names, behind: readonly Port[]): readonly TextEdit[] {
  if (item.get('name').present) return [];
  const number = item.get('port').integer ?? 0;
  const target = item.get('targetPort');
  const wanted =
    target.scalar && target.integer === undefined
      ? target.scalar.value
      : behind.find((port) => port.number === (target.integer ?? number))?.name;
  const edit = named(text, item, names.take(wanted, number));
  return edit ? [edit] : [];
}

/** Puts a name before the other fields of a port. */
function named(text: string, { map }: Value, name: string): TextEdit | undefined {
  const first = map?.pairs[0]?.key;
  if (!map || !first) return undefined;
  const between = map.flow ? ', ' : layoutOf(text, undefined).newline + ' '.repeat(columnAt(text, first.start));
  return { span: { start: first.start, end: first.start }, newText: `name: ${plainSafe(name)}${between}` };
}

/** Names that are taken, and new ones. */
class Names {
  readonly #taken: Set<string>;

  constructor(taken: readonly (string | undefined)[]) {
    this.#taken = new Set(taken.filter((name) => name !== undefined));
  }

  reserve(name: string): string {
    this.#taken.add(name);
    return name;
  }

  /** The name that is wanted, the customary one of a number, or one made of it: the first that is free. */
  take(wanted: string | undefined, number: number): string {
    const customary = Object.keys(wellKnownPorts).find((name) => wellKnownPorts[name]?.includes(number));
    const found = [wanted, customary].find(
      (name) => name !== undefined && !this.#taken.has(name) && nameFault(name, 'port') === undefined,
    );
    return this.reserve(found ?? `port-${number}`);
  }
}

/** The fields that have a value, in the order in which a neighbour has them. */
function inOrderOf(like: Value | undefined, fields: Readonly<Record<string, Content | undefined>>): Content {
  const order = like?.entries.map(({ name }) => name) ?? [];
  // What the neighbour lacks stands behind the rest, but for the name.
  const rank = (name: string): number =>
    order.includes(name) ? order.indexOf(name) : name === 'name' ? -1 : order.length;
  const given = Object.entries(fields).filter((entry): entry is [string, Content] => entry[1] !== undefined);
  return Object.fromEntries(given.sort(([a], [b]) => rank(a) - rank(b)));
}
