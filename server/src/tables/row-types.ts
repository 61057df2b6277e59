import type { NameForm } from '../kubernetes/names.ts';
import type { Note } from './kinds.ts';

/** A kind in any of its versions: `Kind` in the core group, `Kind.group` elsewhere (`Deployment.apps`). */
export type KindRef = string;

/**
 * Where a token stands, as a path from the resource's root or from a pod template's. Segments are field names;
 * `[]` goes through a list's items, `{}` stands for the keys of a map, `*` for the values of all of them, `(a|b)` for
 * one of several fields, `['a.b/c']` for a key with dots.
 */
export type Anchor =
  | { readonly kinds: readonly KindRef[]; readonly path: string }
  /**
   * Wherever a pod template lives, by the table of kinds or by a custom resource's schema; the path starts at the
   * template (`spec.volumes[].name`).
   */
  | { readonly pod: string }
  /** In resources of whatever kind; `custom`: of kinds that Kubernetes doesn't have itself. */
  | { readonly everyKind: string; readonly custom?: true };

/** From the map that holds the token: `name`, or upwards with `../` for each map and list (`../../secretName`). */
export type RelativePath = string;

/** How to write a definition that is missing, in the resource or pod template that should hold it. */
export type Creation =
  /** `name: <value>` in the map at the first of these paths that exists, or in a new one at the last. */
  | { readonly entryOf: readonly string[]; readonly value: Content }
  /** A new item of the list at this path (keys, and `0` for a first item); the text `NAME` in it becomes the name. */
  | { readonly itemOf: readonly (string | number)[]; readonly item: Content }
  /** A new port of the list at this path, with its number in this field; of several ports, perhaps each needs a name. */
  | { readonly portOf: readonly string[]; readonly number: 'port' | 'containerPort'; readonly named?: 'each' };

/** YAML to be written; the texts of scalars are as they will stand in the file. */
export type Content = string | readonly Content[] | { readonly [key: string]: Content };

interface SymbolBase {
  /** What a name may be made of; `subdomain` where the row doesn't say. */
  readonly form?: NameForm;
  /** What happens where a name is defined twice: the API server refuses it, or only the last one counts. */
  readonly twice?: 'refused' | 'last-counts';
  /** What users call it: "Secret", "volume". */
  readonly noun: string;
  /** "a" or "an". */
  readonly article: 'a' | 'an';
  /** What happens in the cluster if it isn't there; one sentence. */
  readonly consequence: string;
  /** Docs page: how to mend it; one or two sentences. */
  readonly remedy: string;
  /** Why such a name can't be changed by changing texts alone. */
  readonly fixed?: string;
}

/** An object of the cluster, found by kind, namespace and name. */
export interface ResourceSymbol extends SymbolBase {
  readonly of: 'cluster' | 'namespace';
  readonly kinds: readonly KindRef[];
  /** Where such names stand besides. */
  readonly at?: readonly Place[];
  /** Stands for every kind that no symbol is about. */
  readonly others?: boolean;
  readonly madeBy?: readonly Maker[];
  /**
   * What suggests that a name which is nowhere should be here: only a near miss (for what is commonly kept out of
   * repositories, or brought by the cluster), or also other objects of the kind in the same folder, or in the workspace.
   */
  readonly evidence: 'near-miss' | 'same-folder' | 'workspace';
  /** How to write one that is missing. */
  readonly create?: {
    readonly apiVersion: string;
    readonly kind: string;
    /** What it needs besides apiVersion, kind and metadata. */
    readonly body?: { readonly [field: string]: Content };
    /** The map for the keys that are asked of it. */
    readonly members?: string;
  };
  /** Names that every cluster has; a `*` at the end stands for any rest. */
  readonly builtIn?: readonly string[];
}

/** Other kinds whose controllers make such an object. */
export interface Maker {
  readonly kinds: readonly KindRef[];
  /** Where the object's name stands. */
  readonly name: string;
  /** What is put behind that: one object for each. */
  readonly suffixes?: readonly string[];
  /** The items of a list, where each makes an object of its own: what stands in one is that object's. */
  readonly each?: string;
  /** The manifest says what the object will hold, as the rows of its members have it; otherwise that can't be known. */
  readonly members?: 'listed';
}

/** Members that a controller gives an object, under names that the manifest doesn't say. */
export interface Given {
  readonly kinds: readonly KindRef[];
  readonly names: readonly string[];
  /** Only where this stands in the resource, with this value if one is said. */
  readonly when?: { readonly path: string; readonly is?: string };
}

/** Where names come from that can't be listed. A field that has one of the values of `unless` brings none. */
export type More = Anchor & { readonly unless?: readonly string[] };

/**
 * Where a name stands. It may be a part of the text only, the first group of a regular expression; and it may be
 * `made` of a text that means something else in the first place, and isn't changed for the name's sake.
 */
export type Place = Anchor & {
  readonly capture?: string;
  readonly made?: boolean;
  /** The name is what stands there, a slash, and the text. */
  readonly under?: RelativePath;
  /** There is no such name where this neighbour has this value. */
  readonly unless?: { readonly beside: RelativePath; readonly is: string };
};

/** A part of an object that others call by name: a key of a Secret, a port of a Service. */
export interface MemberSymbol extends SymbolBase {
  readonly of: SymbolId;
  readonly proof?: 'weak';
  readonly at: readonly Place[];
  readonly given?: readonly Given[];
  /** Names that a resource of some type has to have: they can't be others. */
  readonly demanded?: readonly Given[];
  /** With one of these in the object's resource, no name is ever called missing. */
  readonly more?: readonly More[];
  /** Where its number stands, from the same root as `at`. */
  readonly number?: string;
  readonly create?: Creation;
}

/** A part of a pod template or of one of its containers, which others of the pod, or a Service, call by name. */
export interface PodSymbol extends SymbolBase {
  readonly of: 'pod' | 'container';
  /** `weak`: a missing one is no certain fault; a warning, not an error. */
  readonly proof?: 'weak';
  readonly at: readonly Place[];
  /** With one of these, no name is ever called missing. */
  readonly more?: readonly More[];
  readonly number?: string;
  readonly create?: Creation;
}

/** A file or folder of the workspace, found by its place. */
export interface FileSymbol extends SymbolBase {
  readonly of: 'workspace';
}

/** What a kustomization can change in the resources that it is made of: themselves, or their images. */
export interface KustomizedSymbol extends SymbolBase {
  readonly of: 'kustomization';
  readonly at: readonly Place[];
}

export type SymbolRow = ResourceSymbol | MemberSymbol | PodSymbol | FileSymbol | KustomizedSymbol;

export type SymbolId =
  | 'secret'
  | 'configmap'
  | 'persistentvolumeclaim'
  | 'persistentvolume'
  | 'storageclass'
  | 'service'
  | 'serviceaccount'
  | 'priorityclass'
  | 'runtimeclass'
  | 'ingressclass'
  | 'node'
  | 'namespace'
  | 'role'
  | 'scale-target'
  | 'resourceclaim'
  | 'resourceclaimtemplate'
  | 'ingress'
  | 'volumesnapshot'
  | 'gateway'
  | 'gatewayclass'
  | 'gateway-listener'
  | 'mesh-gateway'
  | 'mesh-host'
  | 'mesh-rule'
  | 'mesh-subset'
  | 'issuer'
  | 'secretstore'
  | 'triggerauthentication'
  | 'appproject'
  | 'custom-kind'
  | 'custom-version'
  | 'custom-resource'
  | 'object'
  | 'secret-key'
  | 'configmap-key'
  | 'service-port'
  | 'volume'
  | 'container'
  | 'container-port'
  | 'variable'
  | 'pod-label'
  | 'pod-annotation'
  | 'pod-resource-claim'
  | 'file'
  | 'resource'
  | 'image';

/** What label selectors look for. */
export type Labelled = 'pods' | 'services' | 'namespaces' | 'nodes';

interface ReferenceBase {
  readonly id: string;
  /** What the token is, for hovers: "volume mount", "environment variable". */
  readonly noun: string;
  readonly at: readonly Anchor[];
  /** A boolean that, when true, lets the target be absent. */
  readonly optional?: RelativePath;
  /** Where stands what is put before the names of the object's members (envFrom). */
  readonly prefix?: RelativePath;
  /** The token is only a part of the text: the first group of this regular expression, wherever it matches. */
  readonly capture?: string;
  /**
   * The token is a part of each address in the text (see syntax/addresses.ts): its Service, the Service's namespace,
   * what makes the pod that is meant, or its port; `outside`: where the text holds none, it is a host of elsewhere.
   */
  readonly address?: 'service' | 'namespace' | 'pod' | 'port' | 'outside';
  /**
   * The token is a part of `namespace/name`. Without the first part, or with `.`, the resource's own namespace is meant,
   * with `*` any.
   */
  readonly part?: 'namespace' | 'name';
  /** What stands behind such a part: completion writes it where it isn't there yet. */
  readonly closing?: string;
  /** What happens in the cluster, where that differs from what the symbol says. */
  readonly consequence?: string;
  /** Without a near miss nothing is said, not even a hint: what looks like a name may be none. */
  readonly quiet?: boolean;
  /** How many letters make a near miss, where names that mean different things are much alike. */
  readonly slip?: 1;
  /**
   * The token leads somewhere, but that nothing has its name is never a fault; `numbers`: of a port, only its name can be
   * wrong, as what is listed by number is informative.
   */
  readonly silent?: 'always' | 'numbers';
  /** The rule that says instead where nothing has the name. */
  readonly judgedBy?: string;
  /** A rule of its own says what is wrong with a name that has not the symbol's form. */
  readonly formJudged?: boolean;
  /** How a fix writes what is missing, where that differs from what the symbol says. */
  readonly create?: Creation;
  /**
   * Only kinds of custom resources are named, and only those of a group: where that stands, alone, as a part of an API
   * version, or in a list of several; the first of these that is there. Where no such group is named, nothing is.
   */
  readonly group?: readonly RelativePath[];
  /** Texts that name nothing. */
  readonly except?: readonly string[];
  /** The reference means nothing where this field, from the resource's root, has this value. */
  readonly ignoredWhen?: { readonly path: string; readonly is: string };
}

/** A token that is the name of an object, or of a part of its own pod. */
export interface NameReference extends ReferenceBase {
  readonly mode: 'name';
  readonly to: SymbolId;
  /** Of the object, only the parts that tokens beside this one name are taken; otherwise all of it is. */
  readonly singleMembers?: boolean;
  /** Where the kind that is meant stands, for symbols of several kinds. */
  readonly kind?: RelativePath;
  /** The kind that is meant where that says nothing. */
  readonly defaultKind?: string;
  /** Kinds that count as well as that one. */
  readonly alike?: readonly string[];
  /** Where the API version of the kind stands, and what counts where that says nothing. */
  readonly apiVersion?: {
    readonly at: RelativePath;
    readonly otherwise: string;
    /** Of the API version, only the group decides. */
    readonly groupOnly: boolean;
  };
  /** The Service should be headless. */
  readonly headless?: boolean;
  /** Only objects count that have this note, with the name of the Service that the token stands before. */
  readonly noted?: Note;
  /** The symbol of hosts that may have the name, alone, with the namespace behind it, or with its whole domain (`*.x`). */
  readonly or?: SymbolId;
  /** Only what is defined before the token counts. */
  readonly above?: boolean;
  /** The kinds that are meant, where that is not the whole symbol. */
  readonly among?: readonly KindRef[];
  /** The texts of the name and of the kind are regular expressions for the whole of both. */
  readonly pattern?: boolean;
  /** Only patches have this token: it names what they change. */
  readonly ofPatch?: boolean;
  /** That it is not there is no certain fault: a warning, not an error. */
  readonly proof?: 'weak';
  /** Where the namespace stands, if it can be another one than the resource's own. */
  readonly namespace?: RelativePath;
}

/** A token that names a part of an object which another token names. */
export interface KeyReference extends ReferenceBase {
  readonly mode: 'key';
  readonly to: SymbolId;
  readonly owner: RelativePath | Join;
  /**
   * The owner token doesn't name the object: it says of whom the object is. Those of the symbol's kinds are meant that
   * have a token of one of these rows which says the same.
   */
  readonly sharedBy?: readonly string[];
  /** What the owner token names, where that is not what the symbol is a part of: the workload of a container. */
  readonly ownerIs?: SymbolId;
  /** Where the namespace of the owner stands, if it can be another one than the resource's own. */
  readonly namespace?: RelativePath;
}

/**
 * The token that names the object stands in another part of the same pod template: in the item of a list that has the
 * same name as a neighbour of the token. The reference means nothing where there is no such item, or it says no name.
 */
export interface Join {
  /** From the pod template's root, and from the item. */
  readonly list: string;
  readonly name: string;
  /** The neighbour that holds the same name. */
  readonly is: RelativePath;
  /** Where the item names the object, and a boolean that lets it be absent. */
  readonly owner: string;
  readonly optional: string;
  /** With this field, the item changes what the names mean. */
  readonly unless: string;
}

/** A token that names a port, by its name or by its number. */
export interface PortReference extends ReferenceBase {
  readonly mode: 'port';
  readonly to: SymbolId;
  /**
   * The token that names the object; or (from the resource's root) the selector that finds what has the ports; or the
   * selectors under one key of a list's items, where any that finds nothing here, or looks further, leaves open who has
   * them; or the container that the token stands in.
   */
  readonly owner:
    | { readonly name: RelativePath }
    /** The token that names the object is an address, whose namespace counts. */
    | { readonly address: RelativePath }
    | { readonly selector: string }
    | { readonly list: RelativePath; readonly itemSelector: string }
    | 'container';
  /** Where the namespace of the object stands, if it can be another one than the resource's own. */
  readonly namespace?: RelativePath;
  /** Which ports count: numbers, names, or whichever the token's type says. */
  readonly by: 'name' | 'number' | 'either';
  /** Behind a Service without an address of its own (headless, ExternalName) it is the port of whoever listens there. */
  readonly direct?: boolean;
}

/** A token that is the path of a file or a folder. */
export interface PathReference extends ReferenceBase {
  readonly mode: 'path';
  readonly to: 'file';
  /** Where the path starts: in the folder of the document's file, or at the root of the repository. */
  readonly from: 'folder' | 'repository';
  /**
   * What is looked for there: a file; a folder that holds a kustomization; either (`manifests`); a folder, whatever
   * it holds.
   */
  readonly leadsTo: 'file' | 'kustomization' | 'manifests' | 'folder';
  /** What the kustomization does with what is there, where that concerns the wiring. */
  readonly brings?: 'resources' | 'patches';
  /** Where something beside the path says what the file changes, whatever it is called there. */
  readonly aimedBy?: RelativePath;
  /** With what such paths begin by custom. */
  readonly lead?: './';
}

/** A label selector. */
export interface SelectorReference extends ReferenceBase {
  readonly mode: 'selector';
  /** `labels`: a bare map of labels; `labelSelector`: matchLabels and matchExpressions. */
  readonly form: 'labels' | 'labelSelector';
  /** What it looks for; or the resource's own pod template, which the API server insists on. */
  readonly to: Labelled | 'own-template';
  /** Where an address names the Service among whose pods alone it looks; without one it means nothing. */
  readonly behind?: RelativePath;
  /** Namespaces from which it looks into all of them. */
  readonly widenedIn?: readonly string[];
  /** What a selector without requirements finds. */
  readonly whenEmpty?: 'all' | 'nothing';
  /** Fields beside the selector which, where they stand, make it look in other namespaces, too. */
  readonly widenedBy?: readonly RelativePath[];
  /** What to write beside the selector to make it look in a namespace, `NAME`. */
  readonly widen?: readonly [field: string, content: Content];
}

/** References made by one token, rather than by a selector. */
export type TokenReference = NameReference | KeyReference | PortReference | PathReference;

export type ReferenceRow = TokenReference | SelectorReference;
