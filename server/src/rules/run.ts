import type { Document } from '../graph/document.ts';
import type { Index } from '../graph/index.ts';
import type { Facts } from '../model/facts.ts';
import type { ApiModel, Field, KindInfo, Schema } from '../schema/api-model.ts';
import { type MapNode, type Node, nodeAt, type Pair, type PathSegment, resolveAlias } from '../syntax/tree.ts';
import { documentRules, schemaRules, wiringRules } from './registry.ts';
import type { Finding, Rule } from './rule.ts';

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
  for (const facts of document.facts) {
    const kind = model.find(facts.resource.apiVersion, facts.resource.kind);
    if (kind) new SchemaWalk(document, facts, kind, result).run();
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

class SchemaWalk {
  readonly #document: Document;
  readonly #facts: Facts;
  readonly #kind: KindInfo;
  readonly #result: RuleFinding[];
  readonly #path: PathSegment[] = [];

  constructor(document: Document, facts: Facts, kind: KindInfo, result: RuleFinding[]) {
    this.#document = document;
    this.#facts = facts;
    this.#kind = kind;
    this.#result = result;
  }

  run(): void {
    const root = nodeAt(this.#document.parsed.root, this.#facts.resource.path);
    this.#visit(resolveAlias(root), this.#kind.schema, undefined, undefined, undefined);
  }

  #visit(
    node: Node | undefined,
    schema: Schema,
    field: Field | undefined,
    pair: Pair | undefined,
    parent: MapNode | undefined,
  ): void {
    const visit = {
      node,
      schema,
      field,
      pair,
      parent,
      path: [...this.#path],
      facts: this.#facts,
      kind: this.#kind,
      document: this.#document,
    };
    for (const rule of schemaRules) {
      for (const finding of rule.visit(visit)) this.#result.push({ rule, finding });
    }
    // What an alias stands for was judged at its anchor.
    if (node?.type === 'map') {
      for (const inner of node.pairs) {
        const next = childOf(schema, inner.key.value);
        // The items of a List are resources of their own.
        if (!next || (this.#kind.kind === 'List' && this.#path.length === 0 && inner.key.value === 'items')) continue;
        this.#path.push(inner.key.value);
        this.#visit(inner.value, next.schema, next.field, inner, node);
        this.#path.pop();
      }
    } else if (node?.type === 'list' && schema.type === 'list') {
      for (let i = 0; i < node.items.length; i++) {
        this.#path.push(i);
        this.#visit(node.items[i], schema.items, undefined, undefined, undefined);
        this.#path.pop();
      }
    }
  }
}

function childOf(
  schema: Schema,
  key: string,
): { readonly schema: Schema; readonly field: Field | undefined } | undefined {
  if (schema.type === 'map') return { schema: schema.values, field: undefined };
  if (schema.type !== 'object') return undefined;
  const field = schema.fields.get(key);
  return field && { schema: field.schema, field };
}
