import { type Span, touches } from '../base/span.ts';
import type { Node } from '../syntax/tree.ts';
import type { FeatureContext } from './shared/context.ts';

/**
 * What a selection at the cursor grows to, step by step: the value, its field, the fields around it, the item, the
 * list … the resource, the file. Each contains the one before it and is larger. Spans are the file's.
 */
export function selectionRanges({ workspace, document, offset }: FeatureContext): readonly Span[] {
  const text = workspace.file(document.uri)?.text ?? document.text;
  const outermost: Span[] = [{ start: 0, end: text.length }];
  const inner = document.withTree((root) => spansAt(root, document.text, offset));
  for (const span of inner) outermost.push({ start: span.start + document.start, end: span.end + document.start });
  const result: Span[] = [];
  for (const span of outermost.reverse()) {
    const within = result.at(-1);
    if (!within || isLarger(span, within)) result.push(span);
  }
  return result;
}

/** Outermost first. */
function spansAt(root: Node | undefined, text: string, offset: number): readonly Span[] {
  const spans: Span[] = [];
  let node = root;
  while (node && touches(node, offset)) {
    spans.push({ start: node.start, end: node.end });
    if (node.type === 'map') {
      const pair = node.pairs.findLast(
        ({ key, value }) => offset >= key.start && offset <= Math.max(key.end, value?.end ?? 0),
      );
      if (!pair) break;
      spans.push({ start: pair.key.start, end: Math.max(pair.key.end, pair.value?.end ?? 0) });
      node = touches(pair.key, offset) ? pair.key : pair.value;
    } else if (node.type === 'list') {
      const isFlow: boolean = node.flow;
      const item: Node | undefined = node.items.findLast((one) => one !== undefined && touches(one, offset));
      if (!item) break;
      spans.push(isFlow ? item : { start: dashOf(text, item), end: item.end });
      node = item;
    } else break;
  }
  return spans;
}

/** Where a list's item starts with its dash. */
function dashOf(text: string, { start }: Span): number {
  const dash = /-[ \t]+$/.exec(text.slice(Math.max(0, start - 80), start));
  return dash ? start - dash[0].length : start;
}

const isLarger = (outer: Span, inner: Span): boolean =>
  outer.start <= inner.start && outer.end >= inner.end && outer.end - outer.start > inner.end - inner.start;
