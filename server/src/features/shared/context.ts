import type { Location } from '../../base/location.ts';
import type { Span } from '../../base/span.ts';
import { type Document, documentOf } from '../../graph/document.ts';
import type { Workspace } from '../../graph/workspace.ts';
import type { DocumentRef } from '../../model/facts.ts';
import type { ApiModel } from '../../schema/api-model.ts';

/** Where a feature was asked for: a document, and an offset from the document's start. */
export interface FeatureContext {
  readonly workspace: Workspace;
  readonly model: ApiModel;
  readonly document: Document;
  readonly offset: number;
}

/** Files in alphabetical order, and each from its start. */
export const byLocation = (a: Location, b: Location): number =>
  a.uri === b.uri ? a.span.start - b.span.start : a.uri < b.uri ? -1 : 1;

/** A span of a document as a place in its file. */
export const locate = (ref: DocumentRef, span: Span): Location => ({
  uri: ref.uri,
  span: documentOf(ref).inFile(span),
});
