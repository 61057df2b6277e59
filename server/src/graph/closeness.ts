import type { Span } from '../base/span.ts';
import type { Facts } from '../model/facts.ts';

/**
 * An order for facts that doesn't depend on the edits which brought them here: by file, resource and place. Answers
 * and messages that list several go by it.
 */
export function byPlace(
  a: { readonly facts: Facts; readonly span: Span },
  b: { readonly facts: Facts; readonly span: Span },
): number {
  const [x, y] = [a.facts, b.facts];
  return (
    compare(x.document.uri, y.document.uri) ||
    compare(x.resource.kind, y.resource.kind) ||
    compare(x.resource.name, y.resource.name) ||
    x.document.start - y.document.start ||
    a.span.start - b.span.start
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * How far a file is from another that names something in it: 0 for the same file, 1 for the same folder, one more for
 * each folder up from there and two for each down, so that a parent is nearer than a sibling's folder. Which of several
 * same-named definitions is meant goes by this.
 */
export function distance(file: string, from: string): number {
  if (file === from) return 0;
  const as = file.split('/');
  const bs = from.split('/');
  let common = 0;
  while (common < as.length - 1 && common < bs.length - 1 && as[common] === bs[common]) common++;
  return 1 + 2 * (as.length - 1 - common) + (bs.length - 1 - common);
}

/** The items whose file is nearest to `uri`: several where it is a tie. */
export function nearestBy<T>(items: readonly T[], uri: string, uriOf: (item: T) => string): readonly T[] {
  if (items.length < 2) return items;
  let best = Number.POSITIVE_INFINITY;
  let result: T[] = [];
  for (const item of items) {
    const d = distance(uriOf(item), uri);
    if (d < best) {
      best = d;
      result = [item];
    } else if (d === best) {
      result.push(item);
    }
  }
  return result;
}
