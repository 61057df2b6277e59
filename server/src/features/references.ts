import type { Location } from '../base/location.ts';
import { byLocation, type FeatureContext, locate } from './shared/context.ts';
import { relatedLinks } from './shared/related.ts';
import { tokenAt } from './shared/token.ts';

/** Every use of the name at the cursor in the workspace, and, if asked, its definitions. */
export function references(
  { workspace, document, offset }: FeatureContext,
  includeDeclaration: boolean,
): readonly Location[] {
  const token = tokenAt(workspace.index, document, offset);
  if (!token) return [];
  return relatedLinks(workspace.index, token)
    .filter((link) => includeDeclaration || link.role === 'use')
    .map((link) => locate(link.document, link.span))
    .sort(byLocation);
}
