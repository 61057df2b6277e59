import type { Location } from '../../base/location.ts';
import { type Span, shift } from '../../base/span.ts';
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

/** A span of a document as a place in its file. A stale fact's span is kept inside of the document. */
export function locate(ref: DocumentRef, span: Span): Location {
  const { length } = documentOf(ref).text;
  const kept = { start: Math.min(span.start, length), end: Math.min(span.end, length) };
  return { uri: ref.uri, span: shift(kept, ref.start) };
}
