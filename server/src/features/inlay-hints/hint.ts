import type { Location } from '../../base/location.ts';
import type { Span } from '../../base/span.ts';
import type { Document } from '../../graph/document.ts';
import type { Workspace } from '../../graph/workspace.ts';
import type { Facts } from '../../model/facts.ts';

/** A text that the editor shows within a line, and that isn't there. */
export interface InlayHint {
  /** From the file's start. */
  readonly offset: number;
  /** Whether a blank goes before it. */
  readonly apart: boolean;
  /** A part with a place leads there. */
  readonly parts: readonly { readonly text: string; readonly location: Location | undefined }[];
}

export interface HintContext {
  readonly workspace: Workspace;
  readonly document: Document;
  readonly facts: Facts;
  readonly release: number;
  /** What is in sight, from the document's start: what lies outside may be left out. */
  readonly inSight: Span;
}

/** A kind of hint: a file each in this folder, listed in inlay-hints.ts. */
export interface HintKind {
  /** The setting `podwire.inlayHints.<id>` switches it off. */
  readonly id: string;
  hintsOf(context: HintContext): readonly InlayHint[];
}
