/**
 * The name of a time zone as the IANA database writes it: the name itself for one that exists, the right one where only
 * case differs, undefined for any other text, offsets and "Local" among them.
 */
export function timeZoneName(text: string): string | undefined {
  if (!/^[A-Za-z][\w+/-]*$/.test(text)) return undefined;
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
    // An older name of a zone, such as Asia/Calcutta, is answered by another; its own case can't be told.
    return known.toLowerCase() === text.toLowerCase() ? known : text;
  } catch {
    return undefined;
  }
}

/** What the clocks of a time zone show at an instant, as the milliseconds of a clock in UTC that shows the same. */
export function wallClock(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(instant));
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
}

/**
 * The instant at which the clocks of a time zone show a wall time (see `wallClock`): the first one where they show it
 * twice, undefined where they leave it out.
 */
export function instantOf(wall: number, timeZone: string): number | undefined {
  // No clock is further than a day from UTC's; the change of summer time is between the two.
  const offsets = [-1, 1].map((days) => {
    const near = wall + days * 86_400_000;
    return wallClock(near, timeZone) - near;
  });
  return [...new Set(offsets)]
    .map((offset) => wall - offset)
    .sort((a, b) => a - b)
    .find((instant) => wallClock(instant, timeZone) === wall);
}
