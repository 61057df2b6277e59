import { type Span, shift } from '../base/span.ts';
import { type Address, findAddresses } from '../syntax/addresses.ts';
import { isPlaceholder } from '../syntax/placeholder.ts';
import { booleanValue, scalarType } from '../syntax/scalar.ts';
import {
  allPairs,
  type MapNode,
  type Node,
  nodeAt,
  type Path,
  type PathSegment,
  pairOf,
  resolveAlias,
  type ScalarNode,
  textAt,
} from '../syntax/tree.ts';
import { isCustomGroup, type Note, type PodShape } from '../tables/kinds.ts';
import { sharedKinds } from '../tables/patches.ts';
import type {
  Join,
  Labelled,
  NameReference,
  PathReference,
  PortReference,
  ReferenceRow,
  SelectorReference,
  SymbolId,
  TokenReference,
} from '../tables/row-types.ts';
import { canMean, isObjectSymbol, symbols } from '../tables/symbols.ts';
import { captures, isListOfNames } from './capture.ts';
import type {
  Definition,
  DocumentRef,
  Facts,
  Inline,
  LabelPair,
  LabelSet,
  PodTemplate,
  Resource,
  Selector,
  Use,
} from './facts.ts';
import { isKustomizationFile, toKustomization } from './kustomization.ts';
import { labelsOf, noLabels, readSelector } from './labels.ts';
import { isLiteral, type PatchTarget } from './patch-target.ts';
import { bringsValue, commonTarget, operationsOf, type Patch, treeOf } from './patches.ts';
import { placeOf } from './paths.ts';
import { noTemplates, type TemplatesOf } from './pod-templates.ts';
import type { Schemas } from './schemas.ts';
import { type Action, givenBy, kindRef, type Trie, trieOf } from './trie.ts';

/** What a use looks up that may mean any name, as its text is a regular expression. */
export const anyName = '*';

/** At most this many nodes are visited for one resource, so that aliases can't make a small document endless. */
const budget = 200_000;

/**
 * The facts of every resource in a document: one, or one for each item of a List, or none where the document has no
 * apiVersion and kind.
 *
 * @param text what `root` was parsed from
 * @param isPatch whether the document's file is a patch to a kustomization
 * @param templates where custom resources keep pod templates
 */
export function extractFacts(
  root: Node | undefined,
  document: DocumentRef,
  text: string,
  isPatch = false,
  templates: TemplatesOf = noTemplates,
): readonly Facts[] {
  const facts: Facts[] = [];
  for (const { node, path } of resourceNodes(root, [])) {
    const resource = toResource(node, path, isKustomizationFile(document.uri) && !isPatch);
    if (resource) facts.push(new Extraction(document, resource, node, text, isPatch, templates(resource)).facts);
  }
  return facts;
}

/**
 * The facts of the patches within a document: of a strategic merge as they stand, of a JSON patch those of each value as
 * if it stood where its path says. Labels that they give to pods make no pods.
 */
export function extractPatches(
  patches: readonly Patch[],
  document: DocumentRef,
  text: string,
  { templates, versionOf }: Schemas,
): readonly Facts[] {
  const facts: Facts[] = [];
  for (const patch of patches) {
    const target = commonTarget(patch);
    const aimed = patch.targets.length > 0;
    const known = target && isLiteral(target.kind) ? resourceOf(target, target.kind, versionOf(target)) : undefined;
    const add = (root: Node | undefined, path: Path, span: Span, own: Resource | undefined): void => {
      const resource = own && known ? { ...own, ...known.identity } : (own ?? known?.of(path, span));
      if (root?.type !== 'map' || !resource) return;
      const ofOneKind = known ? known.isOne : !aimed;
      const inline = { path, aimed, isOperation: own === undefined, ofOneKind };
      facts.push(new Extraction(document, resource, root, text, true, templates(resource), inline).facts);
    };
    if (patch.operations) {
      for (const { operation, path } of operationsOf(patch))
        if (bringsValue(operation)) add(treeOf(operation), path, operation.node, undefined);
    } else if (patch.root.type === 'map') {
      add(patch.root, patch.path, patch.root, toResource(patch.root, patch.path, false));
    }
  }
  return facts;
}

/** What is patched, as its target says. */
function resourceOf(target: PatchTarget, kind: string, apiVersion: string | undefined) {
  if (apiVersion === undefined) return undefined;
  const identity = { ...versionParts(apiVersion), kind };
  return {
    identity,
    isOne: isLiteral(target.group) || !sharedKinds.includes(kind),
    of: (path: Path, { start, end }: Span): Resource => ({
      ...identity,
      name: isLiteral(target.name) ? target.name : '',
      nameSpan: undefined,
      namespace: isLiteral(target.namespace) ? target.namespace : '',
      path,
      span: { start, end },
      kindSpan: { start, end },
      ignored: [],
    }),
  };
}

function* resourceNodes(node: Node | undefined, path: Path): Generator<{ node: MapNode; path: Path }> {
  const map = resolveAlias(node);
  if (map?.type !== 'map') return;
  yield { node: map, path };
  if (path.length > 4 || !textAt(map, 'kind')?.endsWith('List')) return;
  const items = resolveAlias(nodeAt(map, ['items']));
  if (items?.type !== 'list') return;
  for (let i = 0; i < items.items.length; i++) yield* resourceNodes(items.items[i], [...path, 'items', i]);
}

function toResource(map: MapNode, path: Path, kustomization: boolean): Resource | undefined {
  const apiVersion = textAt(map, 'apiVersion') ?? (kustomization ? 'kustomize.config.k8s.io/v1beta1' : undefined);
  const written = resolveAlias(nodeAt(map, ['kind']));
  const implied = kustomization && !written ? map.pairs[0]?.key : undefined;
  const kindNode = written ?? implied;
  if (!apiVersion || kindNode?.type !== 'scalar' || kindNode.value === '') return undefined;
  const nameNode = resolveAlias(nodeAt(map, ['metadata', 'name']));
  const hasName = nameNode?.type === 'scalar' && nameNode.value !== '';
  return {
    ...versionParts(apiVersion),
    kind: implied ? 'Kustomization' : kindNode.value,
    name: hasName ? nameNode.value : '',
    nameSpan: hasName ? toSpan(nameNode) : undefined,
    namespace: textAt(map, 'metadata', 'namespace') ?? '',
    path,
    span: toSpan(map),
    kindSpan: toSpan(kindNode),
    ignored: (textAt(map, 'metadata', 'annotations', 'podwire.io/ignore') ?? '')
      .split(/[\s,]+/)
      .filter((code) => code !== ''),
  };
}

function versionParts(apiVersion: string): Pick<Resource, 'apiVersion' | 'group' | 'version'> {
  const slash = apiVersion.indexOf('/');
  return {
    apiVersion,
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: slash < 0 ? apiVersion : apiVersion.slice(slash + 1),
  };
}

const toSpan = (s: Span): Span => ({ start: s.start, end: s.end });

type Resolved = Exclude<Node, { type: 'alias' }> | undefined;

class Extraction {
  readonly facts: Facts;
  readonly #definitions: Definition[] = [];
  readonly #uses: Use[] = [];
  readonly #labelSets: LabelSet[] = [];
  readonly #selectors: Selector[] = [];
  readonly #notes = new Map<Note, { readonly text: string; readonly span: Span }>();
  readonly #root: MapNode;
  readonly #text: string;
  readonly #path: PathSegment[] = [];
  readonly #templates: PodTemplate[] = [];
  #pod: number | undefined;
  #podRoot: Node | undefined;
  #parts = 0;
  #part: number | undefined;
  readonly #containers: Path[] = [];
  #container: number | undefined;
  #left = budget;
  /** Those of the scalar that is being visited, once a row has asked for them. */
  #addresses: readonly Address[] | undefined;

  constructor(
    document: DocumentRef,
    resource: Resource,
    root: MapNode,
    text: string,
    isPatch: boolean,
    sought: readonly PodShape[],
    inline?: Inline,
  ) {
    this.#root = root;
    this.#text = text;
    this.facts = {
      document,
      resource,
      definitions: this.#definitions,
      uses: this.#uses,
      labelSets: this.#labelSets,
      selectors: this.#selectors,
      templates: this.#templates,
      containers: this.#containers,
      sought,
      notes: this.#notes,
      isPatch,
      inline,
      kustomization: toKustomization(root, resource, text),
    };
    this.#visit(root, trieOf(kindRef(resource.group, resource.kind), sought), 0);
    this.#give();
    this.#linkOwnerSelectors();
    if (inline) this.#leavePods();
  }

  /** A part of a pod is no pod that could be found, and needs no selector. */
  #leavePods(): void {
    this.#labelSets.length = 0;
    const others = this.#selectors.filter(({ row }) => row.to !== 'own-template');
    this.#selectors.splice(0, this.#selectors.length, ...others);
  }

  #visit(node: Node | undefined, trie: Trie, depth: number): void {
    if (--this.#left < 0 || depth > 60) return;
    const here = resolveAlias(node);
    const outerPod = this.#pod;
    const outerContainer = this.#container;
    const outerPart = this.#part;
    this.#addresses = undefined;
    for (const action of trie.actions) this.#act(action, here);
    if (here?.type === 'map') {
      if (trie.keyActions.length > 0) for (const { key } of allPairs(here)) this.#actOnKey(trie.keyActions, key);
      if (trie.fields.size > 0 || trie.values) {
        for (const { key, value } of allPairs(here)) {
          const next = trie.fields.get(key.value) ?? trie.values;
          if (!next) continue;
          this.#path.push(key.value);
          this.#visit(value, next, depth + 1);
          this.#path.pop();
        }
      }
    } else if (here?.type === 'list' && trie.items) {
      for (let i = 0; i < here.items.length; i++) {
        this.#path.push(i);
        this.#visit(here.items[i], trie.items, depth + 1);
        this.#path.pop();
      }
    }
    this.#pod = outerPod;
    this.#container = outerContainer;
    this.#part = outerPart;
  }

  #act(action: Action, node: Exclude<Node, { type: 'alias' }> | undefined): void {
    switch (action.do) {
      case 'enter-pod':
        this.#pod = this.#templates.length;
        this.#templates.push({ path: [...this.#path], lent: action.lent, bare: action.bare });
        this.#podRoot = node;
        // Labels may be missing altogether: the pods exist all the same. Those of a lent template get some from whoever
        // makes them.
        if (!action.lent && resolveAlias(nodeAt(node, ['metadata', 'labels']))?.type !== 'map')
          this.#addLabels('pods', undefined, this.#keyTowards([...this.#path, 'metadata', 'labels']));
        return;
      case 'enter-container':
        this.#container = this.#containers.push([...this.#path]) - 1;
        return;
      case 'enter-part':
        this.#part = this.#parts++;
        return;
      case 'labels':
        if (node?.type === 'map') this.#addLabels(action.of, node, toSpan(node));
        return;
      case 'note':
        if (node?.type === 'scalar') this.#notes.set(action.note, { text: node.value, span: toSpan(node) });
        return;
      case 'define-more':
        if (node && !(node.type === 'scalar' && action.unless.includes(node.value)))
          this.#addDefinition(action.symbol, '', node, { numeric: false, made: true, members: 'unknown' });
        return;
      case 'define':
        if (isName(node)) this.#define(action, node);
        return;
      case 'use':
        if (action.row.mode === 'selector') this.#select(action.row, node);
        else if (isName(node)) this.#use(action.row, node);
    }
  }

  #actOnKey(actions: readonly Action[], key: ScalarNode): void {
    for (const action of actions) if (action.do === 'define') this.#define(action, key);
  }

  #define(action: Action & { do: 'define' }, node: ScalarNode): void {
    const { symbol, capture, suffix, under, unless, numeric, made, members } = action;
    const row = symbols[symbol];
    const { isPatch } = this.facts;
    // What a patch changes is defined elsewhere, and it holds a part of it only.
    if (node.value === '' || isPlaceholder(node.value) || (isPatch && row.of === 'kustomization')) return;
    const part = capture === undefined ? undefined : captures(capture, node, this.#text)[0];
    if (capture !== undefined && (!part || isPlaceholder(part.text))) return;
    if (unless && this.#textBeside(unless.beside) === unless.is) return;
    const before = under === undefined ? '' : `${this.#textBeside(under) ?? ''}/`;
    const known = { numeric, made, members: isPatch && isObjectSymbol(row) ? ('unknown' as const) : members };
    this.#addDefinition(symbol, before + (part?.text ?? node.value) + suffix, part?.span ?? node, known);
  }

  #addDefinition(
    symbol: SymbolId,
    name: string,
    at: Span,
    { numeric, made, members }: Pick<Definition, 'numeric' | 'made' | 'members'>,
  ): void {
    this.#definitions.push({
      symbol,
      name,
      span: toSpan(at),
      numeric,
      pod: this.#pod,
      container: this.#container,
      made,
      members,
      part: this.#part,
      facts: this.facts,
    });
  }

  /** What controllers put into the objects that are named here. */
  #give(): void {
    const kind = kindRef(this.facts.resource.group, this.facts.resource.kind);
    for (const { symbol, of, names, when } of givenBy(kind)) {
      const condition = when && resolveAlias(nodeAt(this.#root, when.path.split('.')));
      if (when && !(when.is === undefined ? condition : condition?.type === 'scalar' && condition.value === when.is))
        continue;
      const object = this.#definitions.find((definition) => definition.symbol === of);
      for (const name of object ? names : [])
        if (object) this.#definitions.push({ ...object, symbol, name, made: true });
    }
  }

  #use(row: TokenReference, node: ScalarNode): void {
    // Most texts have no such part, and all else would be read for nothing.
    const capture = row.capture ?? (isListOfNames(row, node) ? '([\\w-]+)' : undefined);
    const parts = capture === undefined ? undefined : captures(capture, node, this.#text);
    const addresses = row.address === undefined ? undefined : this.#addressesIn(node);
    const isOutside = row.address === 'outside';
    if (parts?.length === 0 || (addresses?.length === 0 && !isOutside) || this.#isIgnored(row)) return;
    // A bare name may be either.
    if (isOutside && addresses?.some(({ namespace }) => namespace !== undefined)) return;
    if (row.except?.includes(node.value)) return;
    const groups = row.group === undefined ? undefined : this.#groupsBeside(row.group);
    const custom = groups?.filter(isCustomGroup);
    if (custom?.length === 0) return;
    if (row.mode === 'name' && row.ofPatch && (!this.facts.isPatch || this.facts.inline?.aimed)) return;
    const kind = row.mode === 'name' ? (this.#textBeside(row.kind) ?? row.defaultKind) : undefined;
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
    const ownerNode = owner === undefined ? join?.owner : this.#relative(owner);
    const byAddress = this.#addressedBy(row);
    const optional = row.optional === undefined ? join?.optional : this.#relative(row.optional);
    const use: Use = {
      row,
      text: node.value,
      name: row.mode === 'name' && row.pattern && !/^[\w.-]+$/.test(node.value) ? anyName : node.value,
      span: toSpan(node),
      path: [...this.#path],
      pod: this.#pod,
      container: this.#container,
      kind,
      apiVersion: row.mode === 'name' ? this.#apiVersionOf(row) : undefined,
      groups: custom,
      namespace:
        byAddress?.namespace ??
        (row.mode === 'path' ? undefined : this.#textBeside(row.namespace)) ??
        this.facts.resource.namespace,
      optional: optional?.type === 'scalar' && booleanValue(optional) === true,
      prefix: (row.mode === 'name' ? this.#textBeside(row.prefix) : undefined) ?? '',
      aimed: row.mode === 'path' && row.aimedBy !== undefined && this.#relative(row.aimedBy) !== undefined,
      numeric,
      owner:
        byAddress?.service ??
        (ownerNode?.type === 'scalar' ? { text: ownerNode.value, span: toSpan(ownerNode) } : undefined),
      ownerSelectors: [],
      otherOwners: groups?.length !== custom?.length,
      facts: this.facts,
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
    const node = path === undefined ? undefined : this.#relative(path);
    if (node?.type !== 'scalar') return undefined;
    const [address] = addressesOf(node, this.#text);
    if (!address) return { service: { text: node.value, span: toSpan(node) }, namespace: undefined };
    const span = shift(address.serviceSpan, node.start);
    return { service: { text: address.service, span }, namespace: address.namespace };
  }

  /** A part of `namespace/name`. */
  #usePart(use: Use, part: 'namespace' | 'name', node: ScalarNode): void {
    const match = qualifiedName.exec(this.#text.slice(node.start, node.end));
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
    const node = this.#relative(apiVersion.at);
    return node?.type === 'scalar' && node.value !== ''
      ? { text: node.value, span: toSpan(node) }
      : { text: apiVersion.otherwise, span: undefined };
  }

  /** The API groups that neighbours name: each for itself, or with a version. */
  #groupsBeside(paths: readonly string[]): readonly string[] {
    const node = paths.map((path) => this.#relative(path)).find((found) => found !== undefined);
    const texts = node?.type === 'list' ? node.items.map((item) => textAt(item)) : [textAt(node)];
    return texts.filter((text) => text !== undefined).map(groupIn);
  }

  /** Where a path may stand, a whole manifest may, too: that is no path. */
  #usePaths(use: Use, { from }: PathReference, parts: readonly { readonly text: string; readonly span: Span }[]): void {
    for (const { text, span } of parts) {
      if (text.includes('\n')) continue;
      this.#uses.push({ ...use, text, name: placeOf(text, from, this.facts.document.uri), span });
    }
  }

  #isIgnored({ ignoredWhen }: ReferenceRow): boolean {
    return ignoredWhen !== undefined && textAt(this.#root, ...ignoredWhen.path.split('.')) === ignoredWhen.is;
  }

  /** The addresses in a text: in env beside the variable's name, elsewhere under the nearest key. Several rows ask. */
  #addressesIn(node: ScalarNode): readonly Address[] {
    if (this.#addresses) return this.#addresses;
    const key = this.#path.findLast((segment) => typeof segment === 'string');
    const name = this.#textBeside('name') ?? key;
    const found = node.end - node.start > 100_000 ? [] : findAddresses(this.#text.slice(node.start, node.end), name);
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
      const owner = { text: address.service, span: shift(address.serviceSpan, node.start) };
      const namespace = address.namespace ?? use.namespace;
      const add = (text: string, span: Span, rest: Partial<Use>): void =>
        void this.#uses.push({ ...use, text, name: text, span, ...rest });
      if (part === 'service') add(owner.text, owner.span, { namespace });
      else if (part === 'namespace') {
        if (address.namespaceSpan) add(namespace, shift(address.namespaceSpan, node.start), {});
      } else if (part === 'pod') {
        if (address.pod) add(address.pod.text, shift(address.pod.span, node.start), { owner, namespace });
      } else if (address.port) {
        add(address.port.text, shift(address.port.span, node.start), { numeric: true, owner, namespace });
      }
    }
  }

  /** The token that a join leads to, and what makes it optional; undefined where there is none. */
  #join(join: Join): { readonly owner: Resolved; readonly optional: Resolved } | undefined {
    const same = this.#relative(join.is);
    const list = resolveAlias(nodeAt(this.#podRoot, join.list.split('.')));
    if (same?.type !== 'scalar' || list?.type !== 'list') return undefined;
    const item = list.items.find((candidate) => textAt(candidate, join.name) === same.value);
    const owner = resolveAlias(nodeAt(item, join.owner.split('.')));
    if (!owner || nodeAt(item, join.unless.split('.'))) return undefined;
    return { owner, optional: resolveAlias(nodeAt(item, join.optional.split('.'))) };
  }

  #textBeside(path: string | undefined): string | undefined {
    const found = path === undefined ? undefined : this.#relative(path);
    return found?.type === 'scalar' ? found.value : undefined;
  }

  /** What a relative path of the tables leads to, from the map that holds the current token. */
  #relative(path: string): Exclude<Node, { type: 'alias' }> | undefined {
    return resolveAlias(nodeAt(this.#root, stepsFrom(this.#path, path)));
  }

  /** The last key on the way to a path that there is, where what is missing would belong; the resource's kind if none. */
  #keyTowards(path: Path): Span {
    for (let length = path.length; length > 0; length--) {
      const last = path[length - 1];
      const pair = typeof last === 'string' ? pairOf(nodeAt(this.#root, path.slice(0, length - 1)), last) : undefined;
      if (pair) return toSpan(pair.key);
    }
    return this.facts.resource.kindSpan;
  }

  #addLabels(of: Labelled, map: MapNode | undefined, span: Span): void {
    const labels = labelsOf(map);
    const isOpen = ({ key, value }: LabelPair): boolean => isPlaceholder(value) || isPlaceholder(key);
    const own = resolveAlias(nodeAt(this.#root, ['metadata', 'labels']));
    this.#labelSets.push({
      of,
      labels,
      ofWorkload: of === 'pods' && this.#podRoot !== this.#root ? labelsOf(own) : noLabels,
      span,
      pod: this.#pod ?? 0,
      open: [...labels.values()].some(isOpen),
      facts: this.facts,
    });
  }

  #select(row: SelectorReference, node: Exclude<Node, { type: 'alias' }> | undefined): void {
    if (node?.type !== 'map') return;
    if (this.#isIgnored(row)) return;
    const host = row.behind === undefined ? undefined : this.#relative(row.behind);
    const address = host?.type === 'scalar' ? addressesOf(host, this.#text)[0] : undefined;
    if (row.behind !== undefined && !address) return;
    const { requirements, pairs, expressions, open } = readSelector(node, row);
    const { namespace } = this.facts.resource;
    const widened =
      (row.widenedBy ?? []).some((path) => this.#relative(path) !== undefined) ||
      (row.widenedIn ?? []).includes(namespace);
    this.#selectors.push({
      row,
      requirements,
      pairs,
      expressions,
      span: toSpan(node),
      path: [...this.#path],
      widened,
      namespace: address?.namespace ?? namespace,
      behind: address?.service,
      open,
      facts: this.facts,
    });
  }

  /** A port that is looked up in selected pods needs the selectors, which may stand behind it. */
  #linkOwnerSelectors(): void {
    for (let i = 0; i < this.#uses.length; i++) {
      const use = this.#uses[i];
      if (use?.row.mode !== 'port' || !isFoundBySelector(use.row.owner)) continue;
      const { owner } = use.row;
      const paths = 'selector' in owner ? [owner.selector] : this.#selectorsIn(owner, use.path);
      const ownerSelectors = this.#selectors.filter(({ path }) => paths.includes(path.join('.')));
      const otherOwners =
        'list' in owner && (ownerSelectors.length < Math.max(paths.length, 1) || ownerSelectors.some((s) => s.widened));
      this.#uses[i] = { ...use, ownerSelectors, otherOwners };
    }
  }

  /** Where the selectors in the items of a list beside a token would stand. */
  #selectorsIn({ list, itemSelector }: { list: string; itemSelector: string }, token: Path): readonly string[] {
    const path = stepsFrom(token, list);
    const found = resolveAlias(nodeAt(this.#root, path));
    return found?.type === 'list' ? found.items.map((_, i) => [...path, i, itemSelector].join('.')) : [];
  }
}

/** The group in a text that is one, or an API version: alone, a version has no dots, and a group of custom resources has. */
const groupIn = (text: string): string =>
  text.includes('/') ? text.slice(0, text.indexOf('/')) : text.includes('.') ? text : '';

/** Where a relative path of the tables leads to, from the map that holds a token. */
function stepsFrom(token: Path, path: string): PathSegment[] {
  const result = token.slice(0, -1);
  for (const segment of stepsOf(path)) {
    if (segment === '..') result.pop();
    else result.push(segment);
  }
  return result;
}

const steps = new Map<string, readonly string[]>();

/** The segments of one of the tables' relative paths. */
function stepsOf(path: string): readonly string[] {
  let found = steps.get(path);
  if (!found) {
    found = path.split('/');
    steps.set(path, found);
  }
  return found;
}

const isFoundBySelector = (
  owner: PortReference['owner'],
): owner is Extract<PortReference['owner'], { selector: unknown } | { list: unknown }> =>
  owner !== 'container' && !('name' in owner) && !('address' in owner);

/** `namespace/name`, or a name alone. */
const qualifiedName = /^["']?(?:([\w.*~-]+)\/)?([^/"'\s]+)["']?$/d;

/** The addresses in the text of a field that holds hosts. */
const addressesOf = (node: ScalarNode, text: string): readonly Address[] =>
  node.end - node.start > 1000 ? [] : findAddresses(text.slice(node.start, node.end), 'host');

/** Null is no name; nothing at all is one that is being typed. */
const isName = (node: Resolved): node is ScalarNode =>
  node?.type === 'scalar' && (node.value === '' || scalarType(node) !== 'null');
