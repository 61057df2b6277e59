import { type Span, toSpan } from '../base/span.ts';
import { isPlaceholder } from '../syntax/placeholder.ts';
import { scalarType } from '../syntax/scalar.ts';
import { allPairs, type MapNode, type Node, nodeAt, type Path, resolveAlias, type ScalarNode } from '../syntax/tree.ts';
import type { Note, PodShape } from '../tables/kinds.ts';
import type { Labelled, SelectorReference, SymbolId } from '../tables/row-types.ts';
import { isObjectSymbol, symbols } from '../tables/symbols.ts';
import { captures } from './capture.ts';
import { Cursor, type Resolved } from './cursor.ts';
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
import { isLiteral } from './patch-target.ts';
import { bringsValue, commonTarget, nothing, operationsOf, type Patch, treeOf } from './patches.ts';
import { noTemplates, type TemplatesOf } from './pod-templates.ts';
import { resourceNodes, resourceOf, toResource } from './resources.ts';
import type { Schemas } from './schemas.ts';
import { type Action, givenBy, kindRef, type Trie, trieOf } from './trie.ts';
import { addressesOf, Uses } from './uses.ts';

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
        add(bringsValue(operation) ? treeOf(operation) : nothing(operation.node), path, operation.node, undefined);
    } else if (patch.root.type === 'map') {
      add(patch.root, patch.path, patch.root, toResource(patch.root, patch.path, false));
    }
  }
  return facts;
}

class Extraction {
  readonly facts: Facts;
  readonly #definitions: Definition[] = [];
  readonly #uses: Use[] = [];
  readonly #labelSets: LabelSet[] = [];
  readonly #selectors: Selector[] = [];
  readonly #notes = new Map<Note, { readonly text: string; readonly span: Span }>();
  readonly #at: Cursor;
  readonly #tokens: Uses;
  readonly #templates: PodTemplate[] = [];
  #parts = 0;
  readonly #containers: Path[] = [];
  #left = budget;

  constructor(
    document: DocumentRef,
    resource: Resource,
    root: MapNode,
    text: string,
    isPatch: boolean,
    sought: readonly PodShape[],
    inline?: Inline,
  ) {
    this.#at = new Cursor(root, text);
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
    this.#tokens = new Uses(this.#at, this.facts, this.#uses);
    this.#visit(root, trieOf(kindRef(resource.group, resource.kind), sought), 0);
    this.#give();
    this.#tokens.linkOwnerSelectors(this.#selectors);
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
    const outerPod = this.#at.pod;
    const outerContainer = this.#at.container;
    const outerPart = this.#at.part;
    this.#tokens.moved();
    for (const action of trie.actions) this.#act(action, here);
    if (here?.type === 'map') {
      if (trie.keyActions.length > 0) for (const { key } of allPairs(here)) this.#actOnKey(trie.keyActions, key);
      if (trie.fields.size > 0 || trie.values) {
        for (const { key, value } of allPairs(here)) {
          const next = trie.fields.get(key.value) ?? trie.values;
          if (!next) continue;
          this.#at.path.push(key.value);
          this.#visit(value, next, depth + 1);
          this.#at.path.pop();
        }
      }
    } else if (here?.type === 'list' && trie.items) {
      for (let i = 0; i < here.items.length; i++) {
        this.#at.path.push(i);
        this.#visit(here.items[i], trie.items, depth + 1);
        this.#at.path.pop();
      }
    }
    this.#at.pod = outerPod;
    this.#at.container = outerContainer;
    this.#at.part = outerPart;
  }

  #act(action: Action, node: Exclude<Node, { type: 'alias' }> | undefined): void {
    switch (action.do) {
      case 'enter-pod':
        this.#at.pod = this.#templates.length;
        this.#templates.push({ path: [...this.#at.path], lent: action.lent, bare: action.bare });
        this.#at.podRoot = node;
        // Labels may be missing altogether: the pods exist all the same. Those of a lent template get some from whoever
        // makes them.
        if (!action.lent && resolveAlias(nodeAt(node, ['metadata', 'labels']))?.type !== 'map')
          this.#addLabels(
            'pods',
            undefined,
            this.#at.keyTowards([...this.#at.path, 'metadata', 'labels']) ?? this.facts.resource.kindSpan,
          );
        return;
      case 'enter-container':
        this.#at.container = this.#containers.push([...this.#at.path]) - 1;
        return;
      case 'enter-part':
        this.#at.part = this.#parts++;
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
        else if (isName(node)) this.#tokens.add(action.row, node);
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
    const part = capture === undefined ? undefined : captures(capture, node, this.#at.text)[0];
    if (capture !== undefined && (!part || isPlaceholder(part.text))) return;
    if (unless && this.#at.textBeside(unless.beside) === unless.is) return;
    const before = under === undefined ? '' : `${this.#at.textBeside(under) ?? ''}/`;
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
      pod: this.#at.pod,
      container: this.#at.container,
      made,
      members,
      part: this.#at.part,
      facts: this.facts,
    });
  }

  /** What controllers put into the objects that are named here. */
  #give(): void {
    const kind = kindRef(this.facts.resource.group, this.facts.resource.kind);
    for (const { symbol, of, names, when } of givenBy(kind)) {
      const condition = when && resolveAlias(nodeAt(this.#at.root, when.path.split('.')));
      if (when && !(when.is === undefined ? condition : condition?.type === 'scalar' && condition.value === when.is))
        continue;
      const object = this.#definitions.find((definition) => definition.symbol === of);
      for (const name of object ? names : [])
        if (object) this.#definitions.push({ ...object, symbol, name, made: true });
    }
  }

  #addLabels(of: Labelled, map: MapNode | undefined, span: Span): void {
    const labels = labelsOf(map);
    const isOpen = ({ key, value }: LabelPair): boolean => isPlaceholder(value) || isPlaceholder(key);
    const own = resolveAlias(nodeAt(this.#at.root, ['metadata', 'labels']));
    this.#labelSets.push({
      of,
      labels,
      ofWorkload: of === 'pods' && this.#at.podRoot !== this.#at.root ? labelsOf(own) : noLabels,
      span,
      pod: this.#at.pod ?? 0,
      open: [...labels.values()].some(isOpen),
      facts: this.facts,
    });
  }

  #select(row: SelectorReference, node: Exclude<Node, { type: 'alias' }> | undefined): void {
    if (node?.type !== 'map') return;
    if (this.#at.isIgnored(row)) return;
    const host = row.behind === undefined ? undefined : this.#at.relative(row.behind);
    const address = host?.type === 'scalar' ? addressesOf(host, this.#at.text)[0] : undefined;
    if (row.behind !== undefined && !address) return;
    const { requirements, pairs, expressions, open } = readSelector(node, row);
    const { namespace } = this.facts.resource;
    const widened =
      (row.widenedBy ?? []).some((path) => this.#at.relative(path) !== undefined) ||
      (row.widenedIn ?? []).includes(namespace);
    this.#selectors.push({
      row,
      requirements,
      pairs,
      expressions,
      span: toSpan(node),
      path: [...this.#at.path],
      widened,
      namespace: address?.namespace ?? namespace,
      behind: address?.service,
      open,
      facts: this.facts,
    });
  }
}

/** Null is no name; nothing at all is one that is being typed. */
const isName = (node: Resolved): node is ScalarNode =>
  node?.type === 'scalar' && (node.value === '' || scalarType(node) !== 'null');
