import type { Document } from '../graph/document.ts';
import type { Index } from '../graph/index.ts';
import type { Facts } from '../model/facts.ts';
import { fitsInLine, type Patch } from '../model/patches.ts';
import type { ApiModel, Field, KindInfo, Schema } from '../schema/api-model.ts';
import { type MapNode, type Node, nodeAt, type Pair, type Path, type PathSegment } from '../syntax/tree.ts';
import { Value } from '../syntax/value.ts';
import { closedGate } from '../tables/feature-gates.ts';
import { documentRules, repairRules, schemaRules, wiringRules } from './registry.ts';
import { isSuspect, repairOf } from './repair/repair.ts';
import type { DraftFix, Finding, Rule, RuleFinding, SchemaRule, SchemaVisit } from './rule.ts';

export type { RuleFinding };

/** The documents that are not what they are meant to be: what they say is not to be taken at its word. */
const misread = new WeakSet<Document>();

/** What a document's own text proves and, where a repair is due, the tree that it is meant to be. */
export interface Checked {
  readonly findings: readonly RuleFinding[];
  /** Its spans are those of the document; made when somebody asks. */
  readonly meant: (() => Node | undefined) | undefined;
}

/**
 * What a document's own text proves, whatever the rest of the workspace holds. Where a repair is due, the rest of it is
 * judged as if it were made, so that a fault's consequences aren't faults.
 */
export function checkDocument(document: Document, model: ApiModel): Checked {
  const judge = (one: Document): readonly RuleFinding[] => checkText(one, model);
  const found = judge(document);
  misread.delete(document);
  // What a patch says is laid out by itself.
  const own = document.patches.length === 0 ? found : found.filter(({ finding }) => !patchOf(document, finding));
  const repair = isSuspect(document, own, model) ? repairOf(document, model, repairRules, judge) : undefined;
  if (!repair) return { findings: found, meant: undefined };
  misread.add(document);
  const rest = repair.mended ? judge(repair.mended) : [];
  return { findings: [...repair.faults, ...rest.map((one) => repair.toOriginal(one))], meant: repair.meant };
}

/** The patch in a document that a finding is about. */
const patchOf = ({ patches }: Document, { span }: Finding): Patch | undefined =>
  patches.find((patch) => span.start >= patch.span.start && span.end <= patch.span.end);

/** What the text proves as it stands. */
function checkText(document: Document, model: ApiModel): readonly RuleFinding[] {
  const result: RuleFinding[] = [];
  for (const rule of documentRules) for (const finding of rule.check(document, model)) result.push({ rule, finding });
  // In a broken document a wrong key is likely to be the break's echo.
  if (document.broken) return result;
  const walk = new SchemaWalk(model, result);
  for (const facts of document.written) {
    // What may be of another kind can't be held against this one.
    if (facts.inline?.ofOneKind === false) continue;
    const kind = model.find(facts.resource.apiVersion, facts.resource.kind);
    if (kind) walk.run(document, facts, kind);
  }
  return document.patches.length === 0 ? result : result.map((one) => fittingInto(document, one));
}

/** Of the fixes in a patch that is written in one line, between quotes, only those that need neither can be made. */
function fittingInto(document: Document, { rule, finding }: RuleFinding): RuleFinding {
  const { fixes } = finding;
  if (!fixes || patchOf(document, finding)?.written !== 'line') return { rule, finding };
  const fits = ({ edits }: DraftFix): boolean => edits.every(({ newText }) => fitsInLine(newText));
  return { rule, finding: { ...finding, fixes: () => fixes().filter(fits) } };
}

/** What a document's references come to in the workspace. */
export function checkWiring(document: Document, index: Index, model: ApiModel): readonly RuleFinding[] {
  const result: RuleFinding[] = [];
  if (document.broken || misread.has(document)) return result;
  for (const facts of document.facts) {
    for (const rule of wiringRules)
      for (const finding of rule.check(facts, index, model))
        if (!facts.inline || !isOfAbsence({ rule, finding })) result.push({ rule, finding });
  }
  return document.patches.length === 0 ? result : result.map((one) => fittingInto(document, one));
}

/** Whether it is told of something that isn't there: in a patch, that is no fault. */
export const isOfAbsence = ({ rule, finding }: RuleFinding): boolean =>
  rule.wholeOnly === true || finding.ofAbsence === true;

/** The rules that look at a value of a schema, by the type of its node: found once for each schema. */
type Applicable = Readonly<Record<Node['type'], readonly SchemaRule[]>>;

const applicable = new WeakMap<Schema, Applicable>();

function applicableTo(schema: Schema): Applicable {
  let found = applicable.get(schema);
  if (!found) {
    const name = schema.type === 'object' ? schema.name : '';
    const fitting = schemaRules.filter(
      ({ types, applies }) => (!types || types.includes(name)) && (!applies || applies(schema)),
    );
    const of = (type: Node['type']): readonly SchemaRule[] => fitting.filter(({ nodes }) => nodes.includes(type));
    found = { map: of('map'), list: of('list'), scalar: of('scalar'), alias: [] };
    applicable.set(schema, found);
  }
  return found;
}

/** A walk over a resource's tree with its schema beside it. */
class SchemaWalk {
  readonly #model: ApiModel;
  readonly #result: RuleFinding[];
  #inPatch = false;

  constructor(model: ApiModel, result: RuleFinding[]) {
    this.#model = model;
    this.#result = result;
  }

  run(document: Document, facts: Facts, kind: KindInfo): void {
    this.#inPatch = facts.inline !== undefined;
    const root = new Value(nodeAt(facts.isPatch ? document.tree : document.parsed.root, facts.resource.path));
    const resource = { document, facts, kind, root, model: this.#model };
    this.#visit(new Visit(resource, undefined, '', root.node, kind.schema, undefined, undefined));
  }

  #visit(visit: Visit): void {
    const { node, schema } = visit;
    if (!node) return;
    const isPart = leadsThroughList(node);
    for (const rule of applicableTo(schema)[node.type])
      if (concerns(rule, visit) && !(rule.types && isPart))
        rule.visit(visit, (finding) => {
          if (this.#inPatch && isOfAbsence({ rule, finding })) return;
          this.#result.push({ rule, finding: byEvidence(rule, finding, visit.kind) });
        });
    // What an alias stands for was judged at its anchor.
    if (node.type === 'map') {
      for (const pair of node.pairs) {
        const key = pair.key.value;
        const field = schema.type === 'object' ? schema.fields.get(key) : undefined;
        const next = schema.type === 'map' ? schema.values : field?.schema;
        // The items of a List are resources of their own.
        if (!next || (key === 'items' && !visit.above && visit.kind.kind === 'List')) continue;
        this.#visit(new Visit(visit.resource, visit, key, pair.value, next, field, pair));
      }
    } else if (node.type === 'list' && schema.type === 'list') {
      for (let i = 0; i < node.items.length; i++)
        this.#visit(new Visit(visit.resource, visit, i, node.items[i], schema.items, undefined, undefined));
    }
  }
}

/** What is decoded and then forgotten, nobody asks validation of. */
const concerns = (rule: SchemaRule, { kind, forgotten }: Visit): boolean =>
  kind.custom ? !rule.types || rule.customToo === true : !(forgotten && (rule.types || rule.ofValues));

/**
 * A status, which its controller writes; what is behind a feature gate that is off; and of a template's metadata what
 * is neither label nor annotation (`core/validation ValidatePodTemplateSpec`).
 */
function isForgotten({ above, schema, model }: Visit, segment: PathSegment): boolean {
  if (!above && segment === 'status') return true;
  if (above?.above && schema.type === 'object' && schema.name === 'ObjectMeta')
    return segment !== 'labels' && segment !== 'annotations';
  return schema.type === 'object' && closedGate(schema.name, String(segment), model.release) !== undefined;
}

/** Whether a JSON pointer leads on through a list: of its items, nothing is known but the one. */
function leadsThroughList(node: Node | undefined): boolean {
  for (let here = node; here && 'implied' in here; ) {
    if (here.type === 'list') return true;
    here = here.type === 'map' ? here.pairs[0]?.value : undefined;
  }
  return false;
}

/** What a pack says is no proof: another version of the operator may be on the cluster. */
const byEvidence = (rule: Rule, finding: Finding, { custom }: KindInfo): Finding =>
  custom === 'pack' && (finding.severity ?? rule.severity) === 'error' ? { ...finding, severity: 'warning' } : finding;

/** What all visits of a resource have in common. */
type Common = Pick<SchemaVisit, 'document' | 'facts' | 'kind' | 'root' | 'model'>;

/** Knows its way by the visit above it: most nodes are fine, and nobody asks for their paths. */
class Visit implements SchemaVisit {
  readonly resource: Common;
  readonly node: Node | undefined;
  readonly schema: Schema;
  readonly field: Field | undefined;
  readonly pair: Pair | undefined;
  readonly above: Visit | undefined;
  readonly segment: PathSegment;
  /** The server decodes it, and drops it before it looks at its value. */
  readonly forgotten: boolean;
  readonly lenient: boolean;
  #value: Value | undefined;

  constructor(
    resource: Common,
    above: Visit | undefined,
    segment: PathSegment,
    node: Node | undefined,
    schema: Schema,
    field: Field | undefined,
    pair: Pair | undefined,
  ) {
    this.resource = resource;
    this.above = above;
    this.segment = segment;
    this.forgotten = above !== undefined && (above.forgotten || isForgotten(above, segment));
    this.lenient = above !== undefined && (above.lenient || field?.decodesItself === true);
    this.node = node;
    this.schema = schema;
    this.field = field;
    this.pair = pair;
  }

  get document(): Document {
    return this.resource.document;
  }

  get facts(): Facts {
    return this.resource.facts;
  }

  get kind(): KindInfo {
    return this.resource.kind;
  }

  get root(): Value {
    return this.resource.root;
  }

  get model(): ApiModel {
    return this.resource.model;
  }

  get value(): Value {
    this.#value ??= new Value(this.node, this.pair, this.above?.value);
    return this.#value;
  }

  get path(): Path {
    return this.above ? [...this.above.path, this.segment] : [];
  }

  get parent(): MapNode | undefined {
    const holder = this.above?.node;
    return this.pair && holder?.type === 'map' ? holder : undefined;
  }
}
