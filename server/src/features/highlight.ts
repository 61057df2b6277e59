import type { Span } from '../base/span.ts';
import { type FeatureContext, locate } from './shared/context.ts';
import { relatedLinks } from './shared/related.ts';
import { tokenAt } from './shared/token.ts';

export interface Highlight {
  readonly span: Span;
  readonly kind: 'read' | 'write';
}

/** The places in the same file that belong together with the name at the cursor. */
export function highlights({ workspace, document, offset }: FeatureContext): readonly Highlight[] {
  const token = tokenAt(workspace.index, document, offset);
  if (!token) return [];
  return relatedLinks(workspace.index, token)
    .filter((link) => link.document.uri === document.uri)
    .map((link) => ({
      span: locate(link.document, link.span).span,
      kind: link.role === 'definition' ? ('write' as const) : ('read' as const),
    }));
}
