/** When a CronJob runs: the numbers that each field takes, or an interval. */
export type Schedule = FieldSchedule | { readonly every: number };

interface FieldSchedule {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** The day of the month or of the week is `*`: then both have to fit, otherwise one of them. */
  readonly anyDay: boolean;
}

/** What is wrong with a schedule: the end of a sentence that begins with the part of it that `start` and `end` limit. */
export interface ScheduleFault {
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

interface FieldForm {
  readonly noun: string;
  readonly least: number;
  readonly most: number;
  readonly names: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const forms: readonly FieldForm[] = [
  { noun: 'minute', least: 0, most: 59, names: [] },
  { noun: 'hour', least: 0, most: 23, names: [] },
  { noun: 'day of the month', least: 1, most: 31, names: [] },
  { noun: 'month', least: 1, most: 12, names: ['', ...months] },
  { noun: 'day of the week', least: 0, most: 6, names: weekdays },
];

const macros: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** The macros, for messages and completion. */
export const scheduleMacros: readonly string[] = Object.keys(macros);

/**
 * Reads a schedule as the CronJob controller does (ParseStandard of robfig/cron): five fields, a macro, or "@every 1h".
 * A time zone in front (`TZ=…`) is not read: the API server forbids it.
 */
export function parseSchedule(text: string): Schedule | ScheduleFault {
  const whole = { start: 0, end: text.length };
  if (text.startsWith('@')) {
    const every = text.startsWith('@every ') ? duration(text.slice('@every '.length)) : undefined;
    if (every !== undefined) return { every: Math.max(1, Math.floor(every)) };
    const fields = macros[text];
    if (fields === undefined) return { ...whole, reason: `must be one of ${scheduleMacros.join(', ')} or "@every 1h"` };
    return parseSchedule(fields);
  }
  const parts = [...text.matchAll(/\S+/g)];
  if (parts.length !== 5) {
    const fields = parts.length === 1 ? '1 field' : `${parts.length} fields`;
    return {
      ...whole,
      reason: `must have five fields (minute, hour, day of the month, month, day of the week), and has ${fields}`,
    };
  }
  const read: Field[] = [];
  for (const [i, part] of parts.entries()) {
    const form = forms[i];
    if (!form) break;
    const field = parseField(part[0], form);
    if (typeof field === 'string') return { start: part.index, end: part.index + part[0].length, reason: field };
    read.push(field);
  }
  const [minute, hour, day, month, weekday] = read;
  if (!minute || !hour || !day || !month || !weekday) return { ...whole, reason: 'must have five fields' };
  return {
    minutes: minute.numbers,
    hours: hour.numbers,
    days: day.numbers,
    months: month.numbers,
    weekdays: weekday.numbers,
    anyDay: day.star || weekday.star,
  };
}

/**
 * The next times, behind `from`, at which a schedule runs. Times are milliseconds of a clock without a time zone: a wall
 * clock's 3:15 as the same in UTC. None where the schedule doesn't run within five years (31 February).
 */
export function nextRuns(schedule: Schedule, from: number, count: number): readonly number[] {
  const result: number[] = [];
  let last = from;
  while (result.length < count) {
    const next = nextRun(schedule, last);
    if (next === undefined) break;
    result.push(next);
    last = next;
  }
  return result;
}

interface Field {
  readonly numbers: ReadonlySet<number>;
  readonly star: boolean;
}

/** A list of ranges (getField, getRange); what is wrong with it as the end of a sentence. */
function parseField(text: string, form: FieldForm): Field | string {
  const numbers = new Set<number>();
  let star = false;
  for (const part of text.split(',')) {
    if (part === '') continue;
    const [range = '', step, ...more] = part.split('/');
    if (more.length > 0) return 'must have no more than one "/" in a part';
    const [low = '', high, ...rest] = range.split('-');
    const all = low === '*' || low === '?';
    if (!all && rest.length > 0) return 'must have no more than one "-" in a part';
    const by = step === undefined ? 1 : naturalNumber(step);
    if (by === undefined) return `must have a number behind "/", and has "${step ?? ''}"`;
    const first = all ? form.least : numberOrName(low, form);
    if (first === undefined) return wrongNumber(low, form);
    // "5/10" goes on to the end.
    const toEnd = all || (high === undefined && step !== undefined);
    const last = toEnd ? form.most : high === undefined ? first : numberOrName(high, form);
    if (last === undefined) return wrongNumber(high ?? '', form);
    if (first < form.least || last > form.most) return wrongNumber(String(first < form.least ? first : last), form);
    if (first > last) return `must have ranges that rise, and "${range}" does not`;
    if (by === 0) return 'must not have steps of 0';
    if (all && by === 1) star = true;
    for (let number = first; number <= last; number += by) numbers.add(number);
  }
  return { numbers, star };
}

function wrongNumber(text: string, { noun, least, most, names }: FieldForm): string {
  const word = names.find((name) => name !== '');
  const seven = text === '7' && most === 6 ? ' Sunday is 0.' : '';
  const range = `${least} to ${most}${word ? ` or ${word} to ${names.at(-1) ?? ''}` : ''}`;
  return `must be ${noun === 'hour' ? 'an' : 'a'} ${noun}, ${range}, and "${text}" is none.${seven}`.replace(/\.$/, '');
}

const naturalNumber = (text: string): number | undefined => (/^\+?\d{1,9}$/.test(text) ? Number(text) : undefined);

function numberOrName(text: string, { names }: FieldForm): number | undefined {
  const at = text === '' ? -1 : names.indexOf(text.toLowerCase());
  return at >= 0 ? at : naturalNumber(text);
}

/** Seconds of a duration as Go writes it ("1h30m"); undefined for any other text. */
function duration(text: string): number | undefined {
  const match = /^([-+]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+|0)$/.exec(text);
  if (!match) return undefined;
  const units: Readonly<Record<string, number>> = {
    h: 3600,
    m: 60,
    s: 1,
    ms: 1e-3,
    us: 1e-6,
    µs: 1e-6,
    μs: 1e-6,
    ns: 1e-9,
  };
  let seconds = 0;
  for (const [, number, unit] of (match[2] ?? '').matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g))
    seconds += Number(number) * (units[unit ?? ''] ?? 0);
  return match[1] === '-' ? -seconds : seconds;
}

const minute = 60_000;
const day = 86_400_000;
const years = 5;

function nextRun(schedule: Schedule, from: number): number | undefined {
  if ('every' in schedule) return Math.floor(from / 1000) * 1000 + schedule.every * 1000;
  const start = Math.floor(from / minute) * minute + minute;
  const firstDay = Math.floor(start / day) * day;
  for (let i = 0; i <= years * 366; i++) {
    const date = new Date(firstDay + i * day);
    if (!fits(schedule, date)) continue;
    for (const hour of ordered(schedule.hours))
      for (const at of ordered(schedule.minutes)) {
        const time = date.getTime() + hour * 60 * minute + at * minute;
        if (time >= start) return time;
      }
  }
  return undefined;
}

function fits({ days, months: in_, weekdays: on, anyDay }: FieldSchedule, date: Date): boolean {
  if (!in_.has(date.getUTCMonth() + 1)) return false;
  const byDay = days.has(date.getUTCDate());
  const byWeekday = on.has(date.getUTCDay());
  return anyDay ? byDay && byWeekday : byDay || byWeekday;
}

const ordered = (numbers: ReadonlySet<number>): readonly number[] => [...numbers].sort((a, b) => a - b);
