import type { Span } from '../../base/span.ts';
import type { TextEdit } from '../../base/text-edit.ts';

export interface CompletionItem {
  readonly label: string;
  readonly kind: 'field' | 'value' | 'reference' | 'kind' | 'snippet';
  /** One line beside the label: the type, or where a name is defined. */
  readonly detail: string;
  /** Markdown. */
  readonly documentation: string;
  readonly deprecated: boolean;
  readonly sortText: string;
  readonly filterText: string;
  /** Replaces this span by `newText`, a snippet in LSP's syntax, indented absolutely. */
  readonly span: Span;
  readonly newText: string;
  /** True where the next suggestion should open at once, behind `key: `. */
  readonly retrigger: boolean;
  /** Edits elsewhere in the same file that go with it. */
  readonly also: readonly TextEdit[];
}

/** What an item is before it is placed: the span and the quotes are the same for all of one answer. */
export interface Offer {
  readonly label: string;
  readonly kind: CompletionItem['kind'];
  readonly detail?: string;
  readonly documentation?: string;
  readonly deprecated?: boolean;
  readonly sortText?: string;
  /** A snippet. */
  readonly newText: string;
  readonly retrigger?: boolean;
  /** From the document's start; never at the cursor. */
  readonly also?: readonly TextEdit[];
}

/** A text as it stands, in a snippet. */
export const snippetEscape = (text: string): string => text.replace(/[\\$}]/g, '\\$&');
