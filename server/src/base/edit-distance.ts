/**
 * Optimal string alignment distance (insert, delete, replace, swap of neighbours), case-insensitive changes
 * counted as half. Gives up with `limit + 1` as soon as the distance must be over `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const ca = a.charAt(i - 1);
      const cb = b.charAt(j - 1);
      const change = ca === cb ? 0 : ca.toLowerCase() === cb.toLowerCase() ? 0.5 : 1;
      let d = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + change);
      if (i > 1 && j > 1 && ca === b.charAt(j - 2) && a.charAt(i - 2) === cb) d = Math.min(d, (before[j - 2] ?? 0) + 1);
      current.push(d);
      best = Math.min(best, d);
    }
    if (best > limit) return limit + 1;
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? limit + 1;
}

/** How far a name may be from what was meant: about a quarter of it, at least 1 and at most 3. */
export const tolerance = (name: string): number => Math.max(1, Math.min(3, Math.floor(name.length / 4)));

/**
 * The candidates near enough to `name` to be a slip of it, and no farther than 1 from the best of them; nearest
 * first, ties in the order given.
 */
export function nearest(name: string, candidates: Iterable<string>, limit = tolerance(name)): string[] {
  const found: { candidate: string; distance: number }[] = [];
  for (const candidate of candidates) {
    if (candidate === name) continue;
    const distance = editDistance(name, candidate, limit);
    if (distance <= limit) found.push({ candidate, distance });
  }
  found.sort((a, b) => a.distance - b.distance);
  // Beside a slip of one letter, what is several letters away was not meant.
  const best = found[0]?.distance ?? 0;
  return found.filter((f) => f.distance <= best + 1).map((f) => f.candidate);
}

/** What to offer in place of a name: its near ones, or else those that have or lack one more part (`web`, `web-db`). */
export function suggestions(name: string, candidates: Iterable<string>): string[] {
  const all = [...candidates];
  const near = nearest(name, all);
  if (near[0] !== undefined && editDistance(name, near[0], 1) <= 1) return near;
  return [...new Set([...near, ...all.filter((candidate) => differsByOnePart(name, candidate))])];
}

function differsByOnePart(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length < 4) return false;
  const rest = long.startsWith(short)
    ? long.slice(short.length)
    : long.endsWith(short)
      ? long.slice(0, -short.length)
      : '';
  return /^[-._][^-._]+$|^[^-._]+[-._]$/.test(rest);
}
