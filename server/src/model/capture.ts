import type { Span } from '../base/span.ts';
import type { ScalarNode } from '../syntax/tree.ts';
import type { TokenReference } from '../tables/row-types.ts';

/** Whether a pattern is no more than some names to choose from, `a|b`: each of them is a token then. */
export const isListOfNames = (row: TokenReference, { value }: ScalarNode): boolean =>
  row.mode === 'name' && row.pattern === true && /^[\w-]+(?:\|[\w-]+)+$/.test(value);

/**
 * The parts of a scalar's source text that a row's expression captures. Names have no escapes, so what stands in the
 * source is what the decoder reads.
 */
export function captures(
  pattern: string,
  node: ScalarNode,
  text: string,
): { readonly text: string; readonly span: Span }[] {
  if (node.end - node.start > 100_000) return [];
  const source = text.slice(node.start, node.end);
  const { any, all } = compiled(pattern);
  if (!any.test(source)) return [];
  const result: { text: string; span: Span }[] = [];
  for (const match of source.matchAll(all)) {
    const range = match.indices?.[1];
    if (range && match[1] !== undefined)
      result.push({ text: match[1], span: { start: node.start + range[0], end: node.start + range[1] } });
  }
  return result;
}

const patterns = new Map<string, { readonly any: RegExp; readonly all: RegExp }>();

/** A row's expression: to see whether it matches at all, which it seldom does, and to find every match. */
function compiled(pattern: string): { readonly any: RegExp; readonly all: RegExp } {
  let expressions = patterns.get(pattern);
  if (!expressions) {
    expressions = { any: new RegExp(pattern), all: new RegExp(pattern, 'gd') };
    patterns.set(pattern, expressions);
  }
  return expressions;
}
