import { isPlaceholder } from '../syntax/placeholder.ts';
import { type MapNode, walk } from '../syntax/tree.ts';
import type { DocumentRule, Finding } from './rule.ts';

export const duplicateKey: DocumentRule = {
  scope: 'document',
  id: 'duplicate-key',
  severity: 'warning',
  title: 'A key stands twice in one map',
  why: 'kubectl keeps the last value and drops the others without a word.',
  remedy: 'Remove one of the two, or merge their values.',
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: red
  size: large
  color: blue
# ^^^^^ warning duplicate-key
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: blue
  size: large
`,
  *check(document) {
    if (document.facts.length === 0 || document.broken) return;
    for (const node of walk(document.tree)) if (node.type === 'map' && !isClean(node)) yield* duplicates(node);

    function* duplicates(map: MapNode): Generator<Finding> {
      const first = new Map<string, (typeof map.pairs)[number]>();
      for (const pair of map.pairs) {
        // A line of nothing but a placeholder may bring any keys.
        if (isPlaceholder(pair.key.value)) continue;
        const earlier = first.get(pair.key.value);
        if (!earlier) {
          first.set(pair.key.value, pair);
          continue;
        }
        yield {
          span: { start: pair.key.start, end: pair.key.end },
          message: `"${pair.key.value}" stands here a second time: only this last value counts, the first one is lost.`,
          related: [
            { document, span: { start: earlier.key.start, end: earlier.key.end }, message: 'The value that is lost.' },
          ],
        };
      }
    }
  },
};

/** Whether every key stands once: nearly every map's, so this has to be quick. */
function isClean({ pairs }: MapNode): boolean {
  if (pairs.length > 12) return new Set(pairs.map(({ key }) => key.value)).size === pairs.length;
  for (let i = 1; i < pairs.length; i++)
    for (let j = 0; j < i; j++) if (pairs[i]?.key.value === pairs[j]?.key.value) return false;
  return true;
}
