import type { Span } from './span.ts';

/** A place in a file of the workspace; the span counts from the file's start. */
export interface Location {
  readonly uri: string;
  readonly span: Span;
}
