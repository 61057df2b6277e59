import { type Span, shift, toSpan } from '../base/span.ts';
import { type Address, findAddresses } from '../syntax/addresses.ts';
import { booleanValue, scalarType } from '../syntax/scalar.ts';
import { nodeAt, type Path, resolveAlias, type ScalarNode, textAt } from '../syntax/tree.ts';
import { isCustomGroup } from '../tables/kinds.ts';
import type { Join, NameReference, PathReference, PortReference, TokenReference } from '../tables/row-types.ts';
import { canMean } from '../tables/symbols.ts';
import { captures, isListOfNames } from './capture.ts';
import { type Cursor, type Resolved, stepsFrom } from './cursor.ts';
import type { Facts, Selector, Use } from './facts.ts';
import { placeOf } from './paths.ts';

/** What a use looks up that may mean any name, as its text is a regular expression. */
export const anyName = '*';

/** Notes the tokens that name something, as the rows of the tables have them. */
export class Uses {
  readonly #at: Cursor;
  readonly #facts: Facts;
  readonly #uses: Use[];
  /** Those of the scalar that is being visited, once a row has asked for them. */
  #addresses: readonly Address[] | undefined;

  /** @param uses those of the facts: what is found goes there */
  constructor(at: Cursor, facts: Facts, uses: Use[]) {
    this.#at = at;
    this.#facts = facts;
    this.#uses = uses;
  }

  /** The cursor has moved to another node. */
  moved(): void {
    this.#addresses = undefined;
  }

  /** What a scalar names by a row: nothing, one thing, or one with each part of it. */
  add(row: TokenReference, node: ScalarNode): void {
    // Most texts have no such part, and all else would be read for nothing.
    const capture = row.capture ?? (isListOfNames(row, node) ? '([\\w-]+)' : undefined);
    const parts = capture === undefined ? undefined : captures(capture, node, this.#at.text);
    const addresses = row.address === undefined ? undefined : this.#addressesIn(node);
    const isOutside = row.address === 'outside';
    if (parts?.length === 0 || (addresses?.length === 0 && !isOutside) || this.#at.isIgnored(row)) return;
    // A bare name may be either.
    if (isOutside && addresses?.some(({ namespace }) => namespace !== undefined)) return;
    if (row.except?.includes(node.value)) return;
    const groups = row.group === undefined ? undefined : this.#at.groupsBeside(row.group);
    const custom = groups?.filter(isCustomGroup);
    if (custom?.length === 0) return;
    if (row.mode === 'name' && row.ofPatch && (!this.#facts.isPatch || this.#facts.inline?.aimed)) return;
    const kind = row.mode === 'name' ? (this.#at.textBeside(row.kind) ?? row.defaultKind) : undefined;
    // What another row, or nobody, knows.
    if (kind !== undefined && !canMean(row.to, kind)) return;
    const numeric = row.mode === 'port' && scalarType(node) === 'integer';
    if (row.mode === 'port' && row.by === 'name' && numeric) return;
    const join = row.mode === 'key' && typeof row.owner === 'object' ? this.#join(row.owner) : undefined;
    if (row.mode === 'key' && typeof row.owner === 'object' && (!join || node.value.includes('/'))) return;
    const owner =
      row.mode === 'key'
        ? typeof row.owner === 'string'
          ? row.owner
          : undefined
        : row.mode === 'port' && row.owner !== 'container' && 'name' in row.owner
          ? row.owner.name
          : undefined;
    const ownerNode = owner === undefined ? join?.owner : this.#at.relative(owner);
    const byAddress = this.#addressedBy(row);
    const optional = row.optional === undefined ? join?.optional : this.#at.relative(row.optional);
    const use: Use = {
      row,
      text: node.value,
      name: row.mode === 'name' && row.pattern && !/^[\w.-]+$/.test(node.value) ? anyName : node.value,
      span: toSpan(node),
      path: [...this.#at.path],
      pod: this.#at.pod,
      container: this.#at.container,
      kind,
      apiVersion: row.mode === 'name' ? this.#apiVersionOf(row) : undefined,
      groups: custom,
      namespace:
        byAddress?.namespace ??
        (row.mode === 'path' ? undefined : this.#at.textBeside(row.namespace)) ??
        this.#facts.resource.namespace,
      optional: optional?.type === 'scalar' && booleanValue(optional) === true,
      prefix: (row.mode === 'name' ? this.#at.textBeside(row.prefix) : undefined) ?? '',
      aimed: row.mode === 'path' && row.aimedBy !== undefined && this.#at.relative(row.aimedBy) !== undefined,
      numeric,
      owner:
        byAddress?.service ??
        (ownerNode?.type === 'scalar' ? { text: ownerNode.value, span: toSpan(ownerNode) } : undefined),
      ordinal: undefined,
      reading: undefined,
      ownerSelectors: [],
      otherOwners: groups?.length !== custom?.length,
      facts: this.#facts,
    };
    if (row.mode === 'path') this.#usePaths(use, row, parts ?? [use]);
    else if (row.part !== undefined) this.#usePart(use, row.part, node);
    else if (addresses && row.address !== undefined && !isOutside)
      this.#useAddresses(use, row.address, node, addresses);
    else if (parts) for (const { text, span } of parts) this.#uses.push({ ...use, text, name: text, span });
    else this.#uses.push(use);
  }

  /** The Service that the address beside a token names, for rows that look there; a host of elsewhere as it stands. */
  #addressedBy(
    row: TokenReference,
  ): { readonly service: NonNullable<Use['owner']>; readonly namespace: string | undefined } | undefined {
    const path =
      row.mode === 'port' && row.owner !== 'container' && 'address' in row.owner
        ? row.owner.address
        : row.mode === 'key' && row.sharedBy !== undefined && typeof row.owner === 'string'
          ? row.owner
          : undefined;
    const node = path === undefined ? undefined : this.#at.relative(path);
    if (node?.type !== 'scalar') return undefined;
    const [address] = addressesOf(node, this.#at.text);
    if (!address) return { service: { text: node.value, span: toSpan(node) }, namespace: undefined };
    const span = shift(address.serviceSpan, node.start);
    return { service: { text: address.service, span }, namespace: address.namespace };
  }

  /** A part of `namespace/name`. */
  #usePart(use: Use, part: 'namespace' | 'name', node: ScalarNode): void {
    const match = qualifiedName.exec(this.#at.text.slice(node.start, node.end));
    const [before, name] = [match?.[1], match?.[2]];
    const range = match?.indices?.[part === 'name' ? 2 : 1];
    if (name === undefined || !range) return;
    const span = { start: node.start + range[0], end: node.start + range[1] };
    if (part === 'namespace') {
      if (before !== undefined && /^[a-z0-9]/.test(before))
        this.#uses.push({ ...use, text: before, name: before, span });
      return;
    }
    const namespace = before === undefined || before === '.' ? use.namespace : before === '*' ? '' : before;
    this.#uses.push({ ...use, text: name, name, span, namespace });
  }

  #apiVersionOf({ apiVersion }: NameReference): Use['apiVersion'] {
    if (!apiVersion) return undefined;
    const node = this.#at.relative(apiVersion.at);
    return node?.type === 'scalar' && node.value !== ''
      ? { text: node.value, span: toSpan(node) }
      : { text: apiVersion.otherwise, span: undefined };
  }

  /** Where a path may stand, a whole manifest may, too: that is no path. */
  #usePaths(use: Use, { from }: PathReference, parts: readonly { readonly text: string; readonly span: Span }[]): void {
    for (const { text, span } of parts) {
      if (text.includes('\n')) continue;
      this.#uses.push({ ...use, text, name: placeOf(text, from, this.#facts.document.uri), span });
    }
  }

  /** The addresses in a text: in env beside the variable's name, elsewhere under the nearest key. Several rows ask. */
  #addressesIn(node: ScalarNode): readonly Address[] {
    if (this.#addresses) return this.#addresses;
    const key = this.#at.path.findLast((segment) => typeof segment === 'string');
    const name = this.#at.textBeside('name') ?? key;
    const found = node.end - node.start > 100_000 ? [] : findAddresses(this.#at.text.slice(node.start, node.end), name);
    this.#addresses = found;
    return found;
  }

  #useAddresses(
    use: Use,
    part: Exclude<TokenReference['address'], undefined>,
    node: ScalarNode,
    addresses: readonly Address[],
  ): void {
    for (const address of addresses) {
      const { pod, ordinal, otherwise } = address;
      const reading =
        pod && ordinal && otherwise
          ? {
              set: pod.text,
              ordinal: ordinal.text,
              domain: otherwise.namespace,
              around: use.namespace,
              stated: otherwise.stated,
            }
          : undefined;
      const first = { ...use, reading: reading && { ...reading, as: 'pod' as const } };
      this.#useAddress(first, part, node, address);
      if (!reading || !otherwise) continue;
      const second = { ...use, reading: { ...reading, as: 'service' as const } };
      this.#useAddress(second, part, node, { ...address, ...otherwise, pod: undefined, ordinal: undefined });
    }
  }

  #useAddress(use: Use, part: Exclude<TokenReference['address'], undefined>, node: ScalarNode, address: Address): void {
    const owner = { text: address.service, span: shift(address.serviceSpan, node.start) };
    const namespace = address.namespace ?? use.namespace;
    const add = (text: string, span: Span, rest: Partial<Use>): void =>
      void this.#uses.push({ ...use, text, name: text, span, ...rest });
    if (part === 'service') add(owner.text, owner.span, { namespace });
    else if (part === 'namespace') {
      if (address.namespaceSpan) add(namespace, shift(address.namespaceSpan, node.start), {});
    } else if (part === 'pod') {
      const { pod, ordinal } = address;
      if (!pod || !ordinal) return;
      const number = { text: ordinal.text, span: shift(ordinal.span, node.start) };
      add(pod.text, shift(pod.span, node.start), { owner, namespace, ordinal: number });
    } else if (address.port) {
      add(address.port.text, shift(address.port.span, node.start), { numeric: true, owner, namespace });
    }
  }

  /** The token that a join leads to, and what makes it optional; undefined where there is none. */
  #join(join: Join): { readonly owner: Resolved; readonly optional: Resolved } | undefined {
    const same = this.#at.relative(join.is);
    const list = resolveAlias(nodeAt(this.#at.podRoot, join.list.split('.')));
    if (same?.type !== 'scalar' || list?.type !== 'list') return undefined;
    const item = list.items.find((candidate) => textAt(candidate, join.name) === same.value);
    const owner = resolveAlias(nodeAt(item, join.owner.split('.')));
    if (!owner || nodeAt(item, join.unless.split('.'))) return undefined;
    return { owner, optional: resolveAlias(nodeAt(item, join.optional.split('.'))) };
  }

  /** A port that is looked up in selected pods needs the selectors, which may stand behind it. */
  linkOwnerSelectors(selectors: readonly Selector[]): void {
    for (let i = 0; i < this.#uses.length; i++) {
      const use = this.#uses[i];
      if (use?.row.mode !== 'port' || !isFoundBySelector(use.row.owner)) continue;
      const { owner } = use.row;
      const paths = 'selector' in owner ? [owner.selector] : this.#selectorsIn(owner, use.path);
      const ownerSelectors = selectors.filter(({ path }) => paths.includes(path.join('.')));
      const otherOwners =
        'list' in owner && (ownerSelectors.length < Math.max(paths.length, 1) || ownerSelectors.some((s) => s.widened));
      this.#uses[i] = { ...use, ownerSelectors, otherOwners };
    }
  }

  /** Where the selectors in the items of a list beside a token would stand. */
  #selectorsIn({ list, itemSelector }: { list: string; itemSelector: string }, token: Path): readonly string[] {
    const path = stepsFrom(token, list);
    const found = resolveAlias(nodeAt(this.#at.root, path));
    return found?.type === 'list' ? found.items.map((_, i) => [...path, i, itemSelector].join('.')) : [];
  }
}

const isFoundBySelector = (
  owner: PortReference['owner'],
): owner is Extract<PortReference['owner'], { selector: unknown } | { list: unknown }> =>
  owner !== 'container' && !('name' in owner) && !('address' in owner);

/** `namespace/name`, or a name alone. */
const qualifiedName = /^["']?(?:([\w.*~-]+)\/)?([^/"'\s]+)["']?$/d;

/** The addresses in the text of a field that holds hosts. */
export const addressesOf = (node: ScalarNode, text: string): readonly Address[] =>
  node.end - node.start > 1000 ? [] : findAddresses(text.slice(node.start, node.end), 'host');
