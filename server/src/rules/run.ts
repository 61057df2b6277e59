import type { Document } from '../graph/document.ts';
import type { Index } from '../graph/index.ts';
import type { Facts } from '../model/facts.ts';
import type { ApiModel, Field, KindInfo, Schema } from '../schema/api-model.ts';
import {
  type MapNode,
  type Node,
  nodeAt,
  type Pair,
  type Path,
  type PathSegment,
  resolveAlias,
} from '../syntax/tree.ts';
import { documentRules, schemaRules, wiringRules } from './registry.ts';
import type { Finding, Rule, SchemaVisit } from './rule.ts';

export interface RuleFinding {
  readonly rule: Rule;
  readonly finding: Finding;
}

/** What a document's own text proves, whatever the rest of the workspace holds. */
export function checkDocument(document: Document, model: ApiModel): readonly RuleFinding[] {
  const result: RuleFinding[] = [];
  for (const rule of documentRules) for (const finding of rule.check(document, model)) result.push({ rule, finding });
  // In a broken document a wrong key is likely to be the break's echo.
  if (document.broken) return result;
  const walk = new SchemaWalk(result);
  for (const facts of document.facts) {
    const kind = model.find(facts.resource.apiVersion, facts.resource.kind);
    if (kind) walk.run(document, facts, kind);
  }
  return result;
}

/** What a document's references come to in the workspace. */
export function checkWiring(document: Document, index: Index): readonly RuleFinding[] {
  const result: RuleFinding[] = [];
  if (document.broken) return result;
  for (const facts of document.facts) {
    for (const rule of wiringRules) for (const finding of rule.check(facts, index)) result.push({ rule, finding });
  }
  return result;
}

/** A walk over a resource's tree with its schema beside it. */
class SchemaWalk {
  readonly #checks: Readonly<Record<Node['type'], readonly ((visit: Visit) => void)[]>>;

  constructor(result: RuleFinding[]) {
    const checksOf = (type: Node['type']): readonly ((visit: Visit) => void)[] =>
      schemaRules
        .filter(({ nodes }) => nodes.includes(type))
        .map((rule) => {
          const report = (finding: Finding): void => void result.push({ rule, finding });
          return (visit) => rule.visit(visit, report);
        });
    this.#checks = { map: checksOf('map'), list: checksOf('list'), scalar: checksOf('scalar'), alias: [] };
  }

  run(document: Document, facts: Facts, kind: KindInfo): void {
    const root = resolveAlias(nodeAt(document.parsed.root, facts.resource.path));
    this.#visit(new Visit({ document, facts, kind }, undefined, '', root, kind.schema, undefined, undefined));
  }

  #visit(visit: Visit): void {
    const { node, schema } = visit;
    if (!node) return;
    for (const check of this.#checks[node.type]) check(visit);
    // What an alias stands for was judged at its anchor.
    if (node.type === 'map') {
      for (const pair of node.pairs) {
        const key = pair.key.value;
        const field = schema.type === 'object' ? schema.fields.get(key) : undefined;
        const next = schema.type === 'map' ? schema.values : field?.schema;
        // The items of a List are resources of their own.
        if (!next || (key === 'items' && !visit.above && visit.kind.kind === 'List')) continue;
        this.#visit(new Visit(visit, visit, key, pair.value, next, field, pair));
      }
    } else if (node.type === 'list' && schema.type === 'list') {
      for (let i = 0; i < node.items.length; i++)
        this.#visit(new Visit(visit, visit, i, node.items[i], schema.items, undefined, undefined));
    }
  }
}

/** Knows its way by the visit above it: most nodes are fine, and nobody asks for their paths. */
class Visit implements SchemaVisit {
  readonly document: Document;
  readonly facts: Facts;
  readonly kind: KindInfo;
  readonly node: Node | undefined;
  readonly schema: Schema;
  readonly field: Field | undefined;
  readonly pair: Pair | undefined;
  readonly above: Visit | undefined;
  readonly segment: PathSegment;

  constructor(
    { document, facts, kind }: Pick<SchemaVisit, 'document' | 'facts' | 'kind'>,
    above: Visit | undefined,
    segment: PathSegment,
    node: Node | undefined,
    schema: Schema,
    field: Field | undefined,
    pair: Pair | undefined,
  ) {
    this.document = document;
    this.facts = facts;
    this.kind = kind;
    this.above = above;
    this.segment = segment;
    this.node = node;
    this.schema = schema;
    this.field = field;
    this.pair = pair;
  }

  get path(): Path {
    return this.above ? [...this.above.path, this.segment] : [];
  }

  get parent(): MapNode | undefined {
    const holder = this.above?.node;
    return this.pair && holder?.type === 'map' ? holder : undefined;
  }
}
