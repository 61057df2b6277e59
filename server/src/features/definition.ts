import type { Location } from '../base/location.ts';
import type { Index } from '../graph/index.ts';
import { selected } from '../graph/selection.ts';
import { byLocation, type FeatureContext, locate } from './shared/context.ts';
import { definitionsOf, groupOf } from './shared/related.ts';
import { type Token, tokenAt } from './shared/token.ts';

const isFirst = ({ uri, span }: Location, i: number, all: readonly Location[]): boolean =>
  all[i - 1]?.uri !== uri || all[i - 1]?.span.start !== span.start;

/** Where the name at the cursor is defined; for a selector's label, that label on the pods; for a pod's, the selectors. */
export function definition({ workspace, document, offset }: FeatureContext): readonly Location[] {
  const token = tokenAt(document, offset);
  return token ? [...definitionsAt(workspace.index, token)].sort(byLocation).filter(isFirst) : [];
}

function definitionsAt(index: Index, token: Token): readonly Location[] {
  if (token.is === 'selector-label') {
    return selected(index, token.selector).map((pod) => {
      const pair = pod.labels.get(token.pair.key);
      return locate(pod.facts.document, pair ? { start: pair.keySpan.start, end: pair.valueSpan.end } : pod.span);
    });
  }
  if (token.is === 'pod-label') {
    return (groupOf(index, token)?.selectors ?? []).map(({ selector, pair }) =>
      locate(selector.facts.document, { start: pair.keySpan.start, end: pair.valueSpan.end }),
    );
  }
  return definitionsOf(index, token).map((target) => locate(target.facts.document, target.span));
}
