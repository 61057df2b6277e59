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
