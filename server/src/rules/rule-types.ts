import type { Location } from '../base/location.ts';
import type { Span } from '../base/span.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** One replacement in one file of the workspace; the span counts from the file's start. */
export interface FileEdit {
  readonly uri: string;
  readonly span: Span;
  readonly newText: string;
  /** What of `newText` the author has to fill in or look over; spans count from its start. */
  readonly blanks?: readonly Span[];
}

/** A repair that leaves the diagnostic it belongs to gone. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly FileEdit[];
  /** True where this is the only sensible answer: such fixes are applied by `--fix` and by "Fix all". */
  readonly preferred: boolean;
}

export interface RelatedLocation {
  readonly location: Location;
  readonly message: string;
}

/** What is wrong, as the editor and the command line show it. Spans count from the file's start. */
export interface Diagnostic {
  readonly span: Span;
  readonly severity: Severity;
  /** The rule's stable id, which is also the name of its page in docs/rules. */
  readonly code: string;
  readonly message: string;
  readonly related: readonly RelatedLocation[];
  readonly tags: readonly ('unnecessary' | 'deprecated')[];
}
