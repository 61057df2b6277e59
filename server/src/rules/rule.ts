import type { Span } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';
import type { Document } from '../graph/document.ts';
import type { Index } from '../graph/index.ts';
import type { Facts } from '../model/facts.ts';
import type { ApiModel, Field, KindInfo, Schema } from '../schema/api-model.ts';
import type { MapNode, Node, Pair, Path } from '../syntax/tree.ts';
import type { Value } from '../syntax/value.ts';
import type { Message, Place } from './message.ts';
import type { Fault, RepairSource } from './repair/source.ts';
import type { Severity } from './rule-types.ts';

export type { Place };

/** A repair before its edits are placed in their files. */
export interface DraftFix {
  readonly title: string;
  readonly preferred: boolean;
  readonly edits: readonly (Place & TextEdit)[];
}

/** What a rule found. Spans count from the document's start. */
export interface Finding {
  readonly span: Span;
  readonly message: Message;
  /** Where the evidence asks for another severity than the rule's own. */
  readonly severity?: Severity;
  readonly related?: readonly (Place & { readonly message: string })[];
  readonly tags?: readonly ('unnecessary' | 'deprecated')[];
  /** It speaks of labels or selectors, which a kustomization may add. */
  readonly ofLabels?: boolean;
  /** It speaks of a namespace's name, which a kustomization may set. */
  readonly ofNamespace?: boolean;
  /** It speaks of what is absent, which in a patch proves nothing. */
  readonly ofAbsence?: boolean;
  /** It speaks of two things of one file, between which a template engine may choose. */
  readonly ofChoice?: boolean;
  /** It speaks of what a custom resource lacks, which a webhook may fill in before anybody asks for it. */
  readonly ofDefaults?: boolean;
  /** The object that was not found, which the settings may know to be on the cluster. */
  readonly absent?: { readonly kind: string; readonly name: string };
  /** Made when somebody asks, from the workspace as it is then. */
  readonly fixes?: () => readonly DraftFix[];
}

/** What every rule says of itself; the docs pages and the settings' schema are made of it. */
export interface RuleDocs {
  /** Stable: it is the diagnostic's code and the page's name. */
  readonly id: string;
  readonly severity: Severity;
  /** One line: what is wrong. */
  readonly title: string;
  /** Why Kubernetes minds. */
  readonly why: string;
  /** How to mend it. */
  readonly remedy: string;
  /** Everything that the rule says is of what is absent (see `Finding.ofAbsence`). */
  readonly wholeOnly?: boolean;
  /**
   * What of Kubernetes' validation it follows: file and function, 'core/validation ValidatePodSpec'. Files are those
   * of pkg/apis and of apimachinery's pkg; docs/validation.md lists them.
   */
  readonly mirrors?: readonly string[];
  /** It is about releases of Kubernetes: "Upgrade all" applies those of its fixes that leave no choice. */
  readonly upgrades?: true;
  /** The release that the examples are for, "1.20"; the newest where nothing is said. */
  readonly kubernetesVersion?: string;
  /** Fixtures: the bad one brings exactly this diagnostic, the good one none. */
  readonly bad: string;
  readonly good: string;
}

/** Looks at a document's text and tree, whatever it holds. */
export interface DocumentRule extends RuleDocs {
  readonly scope: 'document';
  check(document: Document, model: ApiModel): Iterable<Finding>;
}

/** One step of the walk over a resource's tree with its schema beside it. */
export interface SchemaVisit {
  readonly node: Node | undefined;
  /** The same as the API server's decoder sees it. */
  readonly value: Value;
  readonly schema: Schema;
  /** The field that holds the node, and its pair; undefined for list items and the root. */
  readonly field: Field | undefined;
  readonly pair: Pair | undefined;
  /** Strict decoding has ended above (`Field.decodesItself`): unknown fields are dropped, not refused. */
  readonly lenient: boolean;
  /** From the resource's root; made anew when it is asked for. */
  readonly path: Path;
  /** The map that holds the pair. */
  readonly parent: MapNode | undefined;
  readonly facts: Facts;
  readonly kind: KindInfo;
  readonly document: Document;
  /** The resource as a whole. */
  readonly root: Value;
  readonly model: ApiModel;
}

/** Looks at one node of a resource beside what the schema says of it. */
export interface SchemaRule extends RuleDocs {
  readonly scope: 'schema';
  /** The nodes that it looks at. */
  readonly nodes: readonly Node['type'][];
  /**
   * Only objects of these types of Kubernetes' own API ('Container', 'PodSpec', 'Service'), wherever they stand: what
   * the API server's validation says of them. A custom resource's fields are its controller's affair.
   */
  readonly types?: readonly string[];
  /** It says what validation would say of values that can be decoded, as all rules with `types` do. */
  readonly ofValues?: true;
  /** With `types`: custom resources, too, have what it looks at. */
  readonly customToo?: boolean;
  /** Asked once for each schema: whether the rule has anything to say of its values. Without it, it is asked of each. */
  readonly applies?: (schema: Schema) => boolean;
  /** Called for each of those nodes that there are, and reports what it finds. */
  visit(visit: SchemaVisit, report: (finding: Finding) => void): void;
}

/** Looks at one resource's facts and at the whole workspace. */
export interface WiringRule extends RuleDocs {
  readonly scope: 'wiring';
  check(facts: Facts, index: Index, model: ApiModel): Iterable<Finding>;
}

/** Speaks of suppressions once everything else has been found; what it finds is known to features/shared/findings.ts. */
export interface SuppressionRule extends RuleDocs {
  readonly scope: 'suppression';
}

/**
 * Finds what keeps a document from being read as it is meant. Asked only where the parser or the schema minds
 * something; what is a mere consequence is not reported then (see repair/repair.ts).
 */
export interface RepairRule extends RuleDocs {
  readonly scope: 'repair';
  /** Characters are mended before it is asked where a line belongs. */
  readonly stage: 'text' | 'layout';
  find(source: RepairSource): Iterable<Fault>;
}

export type Rule = DocumentRule | SchemaRule | WiringRule | RepairRule | SuppressionRule;

export interface RuleFinding {
  readonly rule: Rule;
  readonly finding: Finding;
}
