// Times as medians. Subjects that are compared take turns, so that a busy machine slows all of them alike.

/** The middle one of the numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs the subjects in turn and returns each one's times.
 *
 * @template {string} N
 * @param {Record<N, (round: number) => unknown>} subjects a subject that returns a number has timed itself
 * @param {{ rounds: number, warmUp: number, collect?: 'minor' | 'major' }} options rounds that count, rounds before
 *   them that don't, and which garbage is collected before each
 * @returns {Promise<Record<N, number[]>>} milliseconds
 */
export async function takeTurns(subjects, { rounds, warmUp, collect = 'minor' }) {
  const times = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    for (const [name, run] of Object.entries(subjects)) {
      // What one subject leaves behind isn't to be swept up at the next one's expense.
      globalThis.gc?.({ type: collect });
      const start = performance.now();
      const own = await run(round + warmUp);
      const time = typeof own === 'number' ? own : performance.now() - start;
      if (round >= 0) times[name].push(time);
    }
  }
  return times;
}

/** `takeTurns`, and of each subject the median. */
export async function medians(subjects, options) {
  const times = await takeTurns(subjects, options);
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}
