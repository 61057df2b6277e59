/** A quantity with its exact value, in billionths: `100m` is 100,000,000n. */
export interface Quantity {
  readonly nanos: bigint;
  /** The suffix as it was written: '', 'm', 'Gi', 'e3'. */
  readonly suffix: string;
}

const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const binary: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };

/** What is beyond this is cut to it, as Kubernetes does: 2^63 - 1. */
const most = (2n ** 63n - 1n) * 1_000_000_000n;

/**
 * Reads a quantity as apimachinery's Quantity.UnmarshalJSON does, which forgives blanks around it; undefined for what it
 * refuses ("128MB", "100 m", "1e", ""). Parts below a billionth are rounded up, away from zero.
 */
export function parseQuantity(text: string): Quantity | undefined {
  const match = /^([-+]?)(\d*)(?:\.(\d*))?([a-zA-Z]{0,2}|[eE][-+]?\d+)$/.exec(text.trim());
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = '', suffix = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  // Nobody means it, and its digits would take long.
  if (whole.length + fraction.length > 200) return undefined;
  const exponent = /^[eE]([-+]?\d+)$/.exec(suffix);
  const digits = BigInt(whole + fraction);
  let nanos: bigint;
  if (suffix in binary) nanos = scaled(digits * 2n ** BigInt(binary[suffix] ?? 0), 9 - fraction.length);
  else {
    const power = exponent ? Number(exponent[1]) : decimal[suffix];
    if (power === undefined || Math.abs(power) > 1000) return undefined;
    nanos = scaled(digits, 9 - fraction.length + power);
  }
  if (nanos > most) nanos = most;
  return { nanos: sign === '-' ? -nanos : nanos, suffix };
}

export const isInteger = ({ nanos }: Quantity): boolean => nanos % 1_000_000_000n === 0n;

/** Below zero, zero or above as `a` is less than, equal to or more than `b`. */
export const compareQuantities = (a: Quantity, b: Quantity): number =>
  a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0;

function scaled(digits: bigint, power: number): bigint {
  if (power >= 0) return digits * 10n ** BigInt(Math.min(power, 60));
  const divisor = 10n ** BigInt(-power);
  return (digits + divisor - 1n) / divisor;
}
