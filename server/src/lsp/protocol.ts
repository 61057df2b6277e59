/** Podwire's own requests, for clients that know them: types alone. Positions and ranges are LSP's. */

export interface ProtocolPosition {
  readonly line: number;
  readonly character: number;
}

export interface ProtocolRange {
  readonly start: ProtocolPosition;
  readonly end: ProtocolPosition;
}

/** LSP's Location. */
export interface ProtocolLocation {
  readonly uri: string;
  readonly range: ProtocolRange;
}

export interface ProtocolEdit {
  readonly range: ProtocolRange;
  readonly newText: string;
}

/** `podwire/snippets`: every snippet, and what it would insert. */
export interface SnippetsParams {
  /** The file that it is for, which needn't exist yet. */
  readonly uri: string;
  /** The cursor, where the file is open. */
  readonly position?: ProtocolPosition;
}

export interface SnippetInfo {
  readonly prefix: string;
  readonly title: string;
  readonly description: string;
  /** YAML with the snippet's defaults. */
  readonly preview: string;
  /** Where it belongs, for people: "a container". */
  readonly place: string;
  /** Whole documents, as a snippet from column 0. */
  readonly document?: string;
  /** Where it fits at the cursor: a snippet, indented absolutely, and plain edits that go with it. */
  readonly here?: ProtocolEdit & { readonly also: readonly ProtocolEdit[] };
}

/** `podwire/objectFromFiles`: the manifest that `kubectl create … --from-file` prints, as a string. */
export interface ObjectFromFilesParams {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Contents in base64. */
  readonly files: readonly { readonly key: string; readonly content: string }[];
}

/** `podwire/status`: about the folder that a file is in. */
export interface StatusParams {
  readonly uri: string;
}

export interface StatusAnswer {
  /** The Kubernetes resources of all its files. */
  readonly resources: number;
}

/** Arguments of the client's command that shows places beside a line of a file. */
export type ShowPlacesArguments = readonly [
  uri: string,
  position: ProtocolPosition,
  places: readonly ProtocolLocation[],
];

/** Arguments of the client's command that shows the pod which will run, of the resource at a place. */
export type ShowEffectivePodArguments = readonly [uri: string, position: ProtocolPosition];

/** `podwire/podPlaces`: where the resources of a file are that are pods or make some. */
export interface PodPlacesParams {
  readonly uri: string;
}

/** The parts of a pod's way from the manifest to the node that can be looked at one by one. */
export type PreviewLayer = 'presets' | 'defaults' | 'admission' | 'controller';

/** `podwire/effectivePod`: the pod that will run. Its answer is null where nothing at that place makes pods. */
export interface EffectivePodParams {
  readonly uri: string;
  readonly position: ProtocolPosition;
  readonly layers: readonly PreviewLayer[];
}

export interface PreviewedLine {
  readonly text: string;
  /** Who has added it, where that is not the author: `PodPreset "allow-database"`. */
  readonly note?: string;
  /** Where it is written. */
  readonly location?: ProtocolLocation;
}

export interface PreviewedNote {
  /** `conflict`: presets are not applied; `refused`: the API server refuses the pod. */
  readonly kind: 'conflict' | 'refused' | 'note';
  readonly message: string;
  readonly location?: ProtocolLocation;
}

export interface EffectivePodAnswer {
  /** Of the open document that was read; null where the client doesn't have it open. */
  readonly version: number | null;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** The resource in its file. */
  readonly location: ProtocolLocation;
  readonly lines: readonly PreviewedLine[];
  /** The manifest as its author wrote it, printed in the same way. */
  readonly written: readonly PreviewedLine[];
  readonly notes: readonly PreviewedNote[];
}

/** `podwire/containerView`: what each container of that pod sees; null where nothing at that place makes pods. */
export interface ContainerViewParams extends EffectivePodParams {
  /** Values of Secrets come along only where the user has asked for them. */
  readonly reveal: boolean;
}

export interface ContainerViewAnswer {
  readonly version: number | null;
  readonly kind: string;
  readonly name: string;
  readonly location: ProtocolLocation;
  readonly containers: readonly ViewedContainer[];
}

export interface ViewedContainer {
  readonly name: string;
  readonly init: boolean;
  readonly variables: readonly ViewedVariable[];
  readonly mounts: readonly ViewedMount[];
  readonly notes: readonly string[];
}

/** `masked`: a Secret's value stands in it that is not shown. */
export interface ViewedValue {
  readonly text: string;
  readonly masked: boolean;
}

export interface ViewedVariable {
  readonly name: string;
  readonly value: ViewedValue;
  readonly source: string;
  /** Who has set it, where that is not the author. */
  readonly note?: string;
  readonly overrides: readonly string[];
  readonly location?: ProtocolLocation;
}

export interface ViewedMount {
  readonly path: string;
  readonly volume: string;
  readonly what: string;
  readonly readOnly: boolean;
  readonly note?: string;
  readonly notes: readonly string[];
  /** Absent where they can't be known, or come to be at run time. */
  readonly files?: readonly ViewedFile[];
  readonly location?: ProtocolLocation;
}

export interface ViewedFile {
  /** From the mount's path; empty where the mount is the file. */
  readonly path: string;
  /** As in `chmod`: "0644". */
  readonly mode: string;
  readonly source: string;
  readonly content: ViewedValue;
  readonly location?: ProtocolLocation;
}

/**
 * `podwire/changed`, a notification for clients with the initialization option `notifyChanges`: the server knows
 * something that it didn't, without an edit of the client's (files on disk, settings).
 */
export type ChangedParams = Record<string, never>;
