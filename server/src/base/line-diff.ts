/**
 * Two texts as a unified diff with three lines around each change; empty where they are the same.
 *
 * @param names what stands behind `---` and `+++`
 */
export function unifiedDiff(
  before: readonly string[],
  after: readonly string[],
  names: readonly [before: string, after: string],
): string {
  const steps = compare(before, after);
  if (steps.every(({ sign }) => sign === ' ')) return '';
  const lines = [`--- ${names[0]}`, `+++ ${names[1]}`];
  let at = 0;
  while (at < steps.length) {
    const first = steps.findIndex(({ sign }, i) => i >= at && sign !== ' ');
    if (first < 0) break;
    let last = first;
    for (let i = first; i < steps.length && i - last <= 2 * around + 1; i++) if (steps[i]?.sign !== ' ') last = i;
    const start = Math.max(at, first - around);
    const end = Math.min(steps.length, last + around + 1);
    const hunk = steps.slice(start, end);
    const head = steps.slice(0, start);
    const count = (of: readonly Step[], sign: '-' | '+'): number =>
      of.filter((step) => step.sign === ' ' || step.sign === sign).length;
    const range = (sign: '-' | '+'): string => {
      const length = count(hunk, sign);
      return `${count(head, sign) + (length === 0 ? 0 : 1)},${length}`;
    };
    lines.push(`@@ -${range('-')} +${range('+')} @@`, ...hunk.map(({ sign, text }) => sign + text));
    at = end;
  }
  return `${lines.join('\n')}\n`;
}

const around = 3;

interface Step {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** A shortest way from one list of lines to the other: Myers' O(ND) algorithm. */
function compare(before: readonly string[], after: readonly string[]): readonly Step[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++;
  const kept = (text: string): Step => ({ sign: ' ', text });
  return [
    ...before.slice(0, head).map(kept),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(kept),
  ];
}

function middle(a: readonly string[], b: readonly string[]): readonly Step[] {
  const most = a.length + b.length;
  // Furthest x on each diagonal, and how it was before each further difference.
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let d = 0; d <= most; d++) {
    trace.push(new Map(furthest));
    for (let k = -d; k <= d; k += 2) {
      let x = isDown(furthest, k, d) ? (furthest.get(k + 1) ?? 0) : (furthest.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      furthest.set(k, x);
      if (x >= a.length && x - k >= b.length) return wayBack(a, b, trace);
    }
  }
  return [];
}

const isDown = (furthest: ReadonlyMap<number, number>, k: number, d: number): boolean =>
  k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));

function wayBack(a: readonly string[], b: readonly string[], trace: readonly ReadonlyMap<number, number>[]): Step[] {
  const steps: Step[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = trace.length - 1; d >= 0; d--) {
    const furthest = trace[d] ?? new Map<number, number>();
    const k = x - y;
    const down = isDown(furthest, k, d);
    const previous = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : (furthest.get(previous) ?? 0);
    const fromY = d === 0 ? 0 : fromX - previous;
    while (x > fromX && y > fromY && x > 0 && y > 0 && a[x - 1] === b[y - 1]) {
      steps.push({ sign: ' ', text: a[--x] ?? '' });
      y--;
    }
    if (d === 0) break;
    if (down) steps.push({ sign: '+', text: b[--y] ?? '' });
    else steps.push({ sign: '-', text: a[--x] ?? '' });
  }
  return steps.reverse();
}
