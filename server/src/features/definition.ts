import type { Location } from '../base/location.ts';
import { selected } from '../graph/selection.ts';
import { type FeatureContext, locate } from './shared/context.ts';
import { definitionsOf, groupOf } from './shared/related.ts';
import { tokenAt } from './shared/token.ts';

/** Where the name at the cursor is defined; for a selector's label, that label on the pods; for a pod's, the selectors. */
export function definition({ workspace, document, offset }: FeatureContext): readonly Location[] {
  const token = tokenAt(document, offset);
  if (!token) return [];
  if (token.is === 'selector-label') {
    return selected(workspace.index, token.selector).map((pod) => {
      const pair = pod.labels.get(token.pair.key);
      return locate(pod.facts.document, pair ? { start: pair.keySpan.start, end: pair.valueSpan.end } : pod.span);
    });
  }
  if (token.is === 'pod-label') {
    return (groupOf(workspace.index, token)?.selectors ?? []).map(({ selector, pair }) =>
      locate(selector.facts.document, { start: pair.keySpan.start, end: pair.valueSpan.end }),
    );
  }
  return definitionsOf(workspace.index, token).map((target) => locate(target.facts.document, target.span));
}
