import type { Location } from '../base/location.ts';
import { folderOf } from '../base/uri-path.ts';
import { filesUnder, sortOfPlace } from '../graph/files.ts';
import { selected } from '../graph/selection.ts';
import type { Workspace } from '../graph/workspace.ts';
import { labelSpan } from '../model/labels.ts';
import { symbols } from '../tables/symbols.ts';
import { byLocation, type FeatureContext, locate } from './shared/context.ts';
import { placesOf, spanOfPlace, stepAt } from './shared/pointed.ts';
import { definitionsOf, groupOf } from './shared/related.ts';
import { type Token, tokenAt } from './shared/token.ts';

const isFirst = ({ uri, span }: Location, i: number, all: readonly Location[]): boolean =>
  all[i - 1]?.uri !== uri || all[i - 1]?.span.start !== span.start;

/** Where the name at the cursor is defined; for a selector's label, that label on the pods; for a pod's, the selectors. */
export function definition({ workspace, document, offset }: FeatureContext): readonly Location[] {
  // The path of a JSON patch leads into what is patched.
  const step = stepAt(document, offset);
  const there = step ? placesOf(workspace.index, document, step).filter(({ isThere }) => isThere) : [];
  if (there.length > 0)
    return there.map(({ facts, place }) => locate(facts.document, spanOfPlace(place))).sort(byLocation);
  const token = tokenAt(workspace.index, document, offset);
  return token ? [...definitionsAt(workspace, token)].sort(byLocation).filter(isFirst) : [];
}

const filesIn = (workspace: Workspace, folder: string): readonly string[] =>
  filesUnder(workspace, folder).filter((uri) => folderOf(uri) === folder);

function definitionsAt(workspace: Workspace, token: Token): readonly Location[] {
  const { index } = workspace;
  if (token.is === 'selector-label') {
    return selected(index, token.selector).map((pod) => {
      const pair = pod.labels.get(token.pair.key);
      return locate(pod.facts.document, pair ? { start: pair.keySpan.start, end: pair.valueSpan.end } : pod.span);
    });
  }
  if (token.is === 'pod-label') {
    return (groupOf(index, token)?.selectors ?? []).map(({ selector, pair }) =>
      locate(selector.facts.document, labelSpan(pair)),
    );
  }
  return definitionsOf(index, token).flatMap((target) =>
    // A folder can't be opened: its files can.
    symbols[target.symbol].of === 'workspace' && sortOfPlace(target) === 'folder'
      ? filesIn(workspace, target.name).map((uri) => ({ uri, span: target.span }))
      : [locate(target.facts.document, target.span)],
  );
}
