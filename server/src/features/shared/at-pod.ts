import { hasPods } from '../../graph/presets.ts';
import type { Facts } from '../../model/facts.ts';
import type { FeatureContext } from './context.ts';

/** The resource with pods at the cursor, else the document's first; undefined where there is none. */
export function podFactsAt({ document, offset }: FeatureContext): Facts | undefined {
  const all = document.facts.filter(hasPods);
  return all.findLast(({ resource }) => offset >= resource.span.start && offset <= resource.span.end) ?? all[0];
}
