import { describe, expect, it } from 'vitest';
import { nextRuns, parseSchedule } from '../../src/kubernetes/cron.ts';
import { timeZoneName, wallClock } from '../../src/kubernetes/time-zone.ts';

const reason = (text: string): string | undefined => {
  const read = parseSchedule(text);
  return 'reason' in read ? `${text.slice(read.start, read.end)}: ${read.reason}` : undefined;
};

describe('a schedule', () => {
  it.each([
    '15 3 * * 1-5',
    '*/5 * * * *',
    '0 0 1,15 * ?',
    '0 0 * JAN-mar sun',
    '5/10 * * * *',
    '  0   3 * * *  ',
    '0 0 31 2 *',
    '1,,2 * * * *',
    '@daily',
    '@midnight',
    '@every 1h30m',
    '@every 500ms',
  ])('%s is one', (text) => {
    expect(reason(text)).toBeUndefined();
  });

  it.each([
    ['60 * * * *', '60: must be a minute, 0 to 59, and "60" is none'],
    ['* 24 * * *', '24: must be an hour, 0 to 23, and "24" is none'],
    ['* * 0 * *', '0: must be a day of the month, 1 to 31, and "0" is none'],
    ['* * * 13 *', '13: must be a month, 1 to 12 or jan to dec, and "13" is none'],
    ['* * * * 7', '7: must be a day of the week, 0 to 6 or sun to sat, and "7" is none'],
    ['5-1 * * * *', '5-1: must have ranges that rise, and "5-1" does not'],
    ['*/0 * * * *', '*/0: must not have steps of 0'],
    ['*/x * * * *', '*/x: must have a number behind "/", and has "x"'],
    ['1-2-3 * * * *', '1-2-3: must have no more than one "-" in a part'],
    ['1/2/3 * * * *', '1/2/3: must have no more than one "/" in a part'],
    ['-1 * * * *', '-1: must be a minute, 0 to 59, and "" is none'],
  ])('%s is none', (text, fault) => {
    expect(reason(text)).toContain(fault);
  });

  it.each(['* * * *', '0 0 3 * * *', '@dayly', '@every', '@every x', 'hourly', '@Daily'])(
    '%s is none as a whole',
    (text) => {
      expect(reason(text)).toContain(`${text}: must`);
    },
  );
});

describe('the next runs', () => {
  const from = Date.UTC(2026, 0, 30, 10, 7, 30);
  const next = (text: string, count = 2): readonly string[] => {
    const read = parseSchedule(text);
    return 'reason' in read
      ? [read.reason]
      : nextRuns(read, from, count).map((time) => new Date(time).toISOString().slice(0, 16));
  };

  it('go on from the minute behind', () => {
    expect(next('* * * * *')).toEqual(['2026-01-30T10:08', '2026-01-30T10:09']);
    expect(next('7 10 * * *')).toEqual(['2026-01-31T10:07', '2026-02-01T10:07']);
    expect(next('*/15 * * * *')).toEqual(['2026-01-30T10:15', '2026-01-30T10:30']);
    expect(next('@every 2h')).toEqual(['2026-01-30T12:07', '2026-01-30T14:07']);
  });

  it('fit the day of the month and of the week where one is any, otherwise either', () => {
    expect(next('0 0 * * 1')).toEqual(['2026-02-02T00:00', '2026-02-09T00:00']);
    expect(next('0 0 13 * 5', 3)).toEqual(['2026-02-06T00:00', '2026-02-13T00:00', '2026-02-20T00:00']);
    expect(next('0 0 29 2 *')).toEqual(['2028-02-29T00:00', '2032-02-29T00:00']);
  });

  it('never come on a day that there is not', () => {
    expect(next('0 0 31 2 *')).toEqual([]);
  });
});

describe('a time zone', () => {
  it.each(['Europe/Berlin', 'Etc/UTC', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])('%s is one', (text) => {
    expect(timeZoneName(text)).toBe(text);
  });

  it('is written as it is', () => {
    expect(timeZoneName('europe/berlin')).toBe('Europe/Berlin');
    for (const text of ['Europe/Berlinn', '+01:00', 'Local', '', 'CET time'])
      expect(timeZoneName(text)).toBeUndefined();
  });

  it('has clocks of its own', () => {
    expect(wallClock(Date.UTC(2026, 6, 1, 22, 30), 'Europe/Berlin')).toBe(Date.UTC(2026, 6, 2, 0, 30));
    expect(wallClock(Date.UTC(2026, 0, 1, 0, 0), 'America/New_York')).toBe(Date.UTC(2025, 11, 31, 19, 0));
  });
});
