/**
 * How far apart two files of a workspace are: 0 for the same file, 1 for the same folder, and one more for each
 * folder up or down between them. Which of several same-named definitions is meant goes by this.
 */
export function distance(a: string, b: string): number {
  if (a === b) return 0;
  const as = a.split('/');
  const bs = b.split('/');
  let common = 0;
  while (common < as.length - 1 && common < bs.length - 1 && as[common] === bs[common]) common++;
  return 1 + (as.length - 1 - common) + (bs.length - 1 - common);
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
