import type { Span } from '../base/span.ts';
import type { Path } from '../syntax/tree.ts';
import type { Note, PodShape } from '../tables/kinds.ts';
import type { Labelled, SelectorReference, SymbolId, TokenReference } from '../tables/row-types.ts';

/** The document that a fact stands in: spans of facts count from its start, which moves when text above it changes. */
export interface DocumentRef {
  readonly uri: string;
  readonly start: number;
}

/** An object of Kubernetes as written in a manifest: a document with apiVersion and kind, or an item of a List. */
export interface Resource {
  readonly apiVersion: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Empty where the document gives none (generateName, half-typed). */
  readonly name: string;
  readonly nameSpan: Span | undefined;
  /** Empty where the document gives none: it may be set by kubectl, kustomize or Helm. */
  readonly namespace: string;
  /** The path from the document's root, `[]` but for the items of a List. */
  readonly path: Path;
  readonly span: Span;
  /** Marks the resource in one line: the value of `kind`. */
  readonly kindSpan: Span;
  /** The rules that the annotation podwire.io/ignore names. */
  readonly ignored: readonly string[];
}

/** A name that others can use. An empty one stands for names that can't be listed. */
export interface Definition {
  readonly symbol: SymbolId;
  readonly name: string;
  readonly span: Span;
  /** True where the name is a port's number. */
  readonly numeric: boolean;
  /** Which pod template of the resource holds it; undefined for what belongs to the resource itself. */
  readonly pod: number | undefined;
  /** Which container of the resource holds it, counted over all lists; undefined outside of containers. */
  readonly container: number | undefined;
  /** A controller makes the object, or gives it this member: the manifest is of another kind, or doesn't say the name. */
  readonly made: boolean;
  /** For an object: whether its members are listed in the same facts, or can't be seen. */
  readonly members: 'listed' | 'unknown';
  /** Which of the objects that a resource makes it is, or belongs to; undefined where the resource is about one. */
  readonly part: number | undefined;
  readonly facts: Facts;
}

/** A token that names something. */
export interface Use {
  readonly row: TokenReference;
  readonly text: string;
  /** What is looked up: the text, or what a path leads to (see placeOf in paths.ts). */
  readonly name: string;
  readonly span: Span;
  readonly path: Path;
  readonly pod: number | undefined;
  readonly container: number | undefined;
  /** The kind that the token's neighbour asks for; undefined where the row has no such neighbour. */
  readonly kind: string | undefined;
  /** The API version that the token's neighbour asks for, or none says; undefined where the row has no such neighbour. */
  readonly apiVersion: { readonly text: string; readonly span: Span | undefined } | undefined;
  /** The groups of custom resources that the kind may be of; undefined where the row doesn't go by them. */
  readonly groups: readonly string[] | undefined;
  /** The namespace to look in. */
  readonly namespace: string;
  readonly optional: boolean;
  /** What is put before the names of the object's members; empty where nothing is. */
  readonly prefix: string;
  /** True for a path beside which stands what the file there is about. */
  readonly aimed: boolean;
  /** True where the token is a port's number. */
  readonly numeric: boolean;
  /** The token that names the object which holds what this one names. */
  readonly owner: { readonly text: string; readonly span: Span } | undefined;
  /** The number behind the name of a StatefulSet, of the pod that an address means; undefined elsewhere. */
  readonly ordinal: { readonly text: string; readonly span: Span } | undefined;
  /** The reading of an address that the token belongs to, where there are two; undefined where there is one. */
  readonly reading: Reading | undefined;
  /** The selectors that find the pods which hold what this one names. */
  readonly ownerSelectors: readonly Selector[];
  /** Others than those may hold it, too. */
  readonly otherOwners: boolean;
  readonly facts: Facts;
}

/** One of the two things that `web-1.shop` may be. */
export interface Reading {
  /** A pod of the Service shop in the namespace around, or the Service web-1 of the namespace shop. */
  readonly as: 'pod' | 'service';
  /** The name of the StatefulSet, `web`. */
  readonly set: string;
  readonly ordinal: string;
  /** The name of the Service that governs the set, or of the namespace: `shop`. */
  readonly domain: string;
  /** The namespace that the pod would be in. */
  readonly around: string;
  /** `.svc` follows: only a Service's name resolves so. */
  readonly stated: boolean;
}

export interface LabelPair {
  readonly key: string;
  readonly value: string;
  readonly keySpan: Span;
  readonly valueSpan: Span;
  /** It is one of the values that an expression (`operator: In`) allows, which stands apart from the key. */
  readonly ofMany?: { readonly values: readonly string[] };
}

/** The labels that selectors look for: of a Pod or a workload's template, of a Service, of a Namespace. */
export interface LabelSet {
  readonly of: Labelled;
  readonly labels: ReadonlyMap<string, LabelPair>;
  /** Of pods: the labels of the workload's own metadata, which its pods don't get. */
  readonly ofWorkload: ReadonlyMap<string, LabelPair>;
  /** Of the labels map; of the kind where there is none. */
  readonly span: Span;
  readonly pod: number;
  /** A value is a placeholder, or the document isn't whole: what it lacks proves nothing. */
  readonly open: boolean;
  readonly facts: Facts;
}

export interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** A label selector as written. */
export interface Selector {
  readonly row: SelectorReference;
  readonly requirements: readonly Requirement[];
  /** The `key: value` pairs of the map, or of matchLabels. */
  readonly pairs: readonly LabelPair[];
  /** The keys and values of matchExpressions that allow a label by its value (`operator: In`). */
  readonly expressions: readonly LabelPair[];
  readonly span: Span;
  readonly path: Path;
  /** It looks in other namespaces, too. */
  readonly widened: boolean;
  /** Where it looks otherwise: the resource's own namespace, as a rule. */
  readonly namespace: string;
  /** The Service among whose pods alone it looks; undefined where it looks among all. */
  readonly behind: string | undefined;
  /** A value is a placeholder: what it matches can't be known. */
  readonly open: boolean;
  readonly facts: Facts;
}

/** Everything that the rest of Podwire needs to know of one resource without its tree. */
export interface Facts {
  readonly document: DocumentRef;
  readonly resource: Resource;
  readonly definitions: readonly Definition[];
  readonly uses: readonly Use[];
  readonly labelSets: readonly LabelSet[];
  readonly selectors: readonly Selector[];
  /** The pod templates that are written, in the order in which `pod` counts them. */
  readonly templates: readonly PodTemplate[];
  /** Where the containers are, from the resource's root, in the order in which `container` counts them. */
  readonly containers: readonly Path[];
  /** Where the schema of its kind had pod templates that no table knows, when these facts were extracted. */
  readonly sought: readonly PodShape[];
  /** Values that rules ask for. */
  readonly notes: ReadonlyMap<Note, { readonly text: string; readonly span: Span }>;
  /** A kustomization names it as a patch: it is a part of another resource. */
  readonly isPatch: boolean;
  /** It is a patch that another resource carries, or an operation of a JSON patch: a part of what is patched. */
  readonly inline: Inline | undefined;
  /** For a kustomization: what it does to all of its resources. */
  readonly kustomization: Kustomization | undefined;
}

/** A pod template of a resource. */
export interface PodTemplate {
  /** From the resource's root. */
  readonly path: Path;
  /** A custom resource's schema embeds it: an operator makes pods of it, and may add to it. */
  readonly lent: boolean;
  /** The fields of the pod's spec stand right there, rather than under `spec`. */
  readonly bare: boolean;
}

/** A patch within a document. */
export interface Inline {
  /** Of the patch, from the document's root; of an operation, with its index. */
  readonly path: Path;
  /** Something beside it says what it changes, whatever it is called. */
  readonly aimed: boolean;
  /** It is an operation of a JSON patch: only what its path leads to is there. */
  readonly isOperation: boolean;
  /** Nothing but its kind can be meant, so that its schema counts. */
  readonly ofOneKind: boolean;
}

/** What a kustomization does to all of its resources. */
export interface Kustomization {
  readonly isComponent: boolean;
  readonly prefix: string;
  readonly suffix: string;
  /** Empty where it sets none. */
  readonly namespace: string;
  /** To selectors and templates, perhaps. */
  readonly addsLabels: boolean;
  /** It has resources, or changes them, in ways that can't be followed: charts, plugins. */
  readonly isOpen: boolean;
  /** Patches in its own text give resources other names, or remove some. */
  readonly renames: boolean;
}
