import { nextRuns, parseSchedule } from '../../kubernetes/cron.ts';
import { instantOf, timeZoneName, wallClock } from '../../kubernetes/time-zone.ts';
import type { Facts } from '../../model/facts.ts';
import { type KindInfo, schemaAt } from '../../schema/api-model.ts';
import { isPlaceholder } from '../../syntax/placeholder.ts';
import { type Node, nodeAt, type Path } from '../../syntax/tree.ts';
import { Value } from '../../syntax/value.ts';

const shown = 5;

/**
 * When a CronJob runs next, for a hover over its schedule or time zone; undefined for any other field, and for a
 * schedule that can't be read.
 *
 * @param path from the resource's root
 * @param now milliseconds since 1970, UTC
 */
export function scheduleRuns(
  root: Node | undefined,
  { resource }: Facts,
  kind: KindInfo,
  path: Path,
  now: number,
): string | undefined {
  const field = path.at(-1);
  if (field !== 'schedule' && field !== 'timeZone') return undefined;
  const holder = schemaAt(kind.schema, path.slice(0, -1));
  if (kind.custom || holder?.type !== 'object' || holder.name !== 'CronJobSpec') return undefined;
  const spec = new Value(nodeAt(root, [...resource.path, ...path.slice(0, -1)]));
  const [text, zone] = [spec.get('schedule').text, spec.get('timeZone')];
  const prefix = /^(?:CRON_)?TZ=(\S*)\s*/.exec(text ?? '');
  const zoneText = zone.text ?? prefix?.[1];
  if (text === undefined || (zone.present && zone.text === undefined)) return undefined;
  if (zoneText !== undefined && isPlaceholder(zoneText)) return undefined;
  const schedule = parseSchedule(text.slice(prefix?.[0].length ?? 0));
  const timeZone = zoneText === undefined ? 'UTC' : timeZoneName(zoneText);
  if ('reason' in schedule || timeZone === undefined) return undefined;
  const paused = spec.get('suspend').boolean === true ? ' It is suspended: it runs when `suspend` is false again.' : '';
  if ('every' in schedule) return `Runs every ${lengthOf(schedule.every * 1000)}, from when it is created.${paused}`;
  const runs: string[] = [];
  // A wall clock's hour that is left out in spring never comes.
  for (const wall of nextRuns(schedule, wallClock(now, timeZone), shown + 3)) {
    const instant = instantOf(wall, timeZone);
    if (instant !== undefined && instant > now && runs.length < shown)
      runs.push(
        `- ${dateOf(wall)}${timeZone === 'UTC' ? '' : ` · ${timeOf(instant)} UTC`} · in ${lengthOf(instant - now)}`,
      );
  }
  if (runs.length === 0) return `Runs never: no year has such a day.${paused}`;
  const where =
    zoneText === undefined
      ? "UTC, if that is the time zone of the cluster's control plane; `timeZone` says another"
      : timeZone;
  return `Runs next (${where}):\n\n${runs.join('\n')}${paused === '' ? '' : `\n\n${paused.trim()}`}`;
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** What a wall clock and a calendar show, given as a clock in UTC that shows the same. */
function dateOf(wall: number): string {
  const date = new Date(wall);
  const [day, month] = [days[date.getUTCDay()] ?? '', months[date.getUTCMonth()] ?? ''];
  return `${day} ${date.getUTCDate()} ${month} ${date.getUTCFullYear()}, ${timeOf(wall)}`;
}

const two = (number: number): string => String(number).padStart(2, '0');

const timeOf = (wall: number): string => {
  const date = new Date(wall);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
};

/** "2 d 3 h", "5 min", "30 s": the two largest units. */
function lengthOf(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([number]) => number > 0);
  if (first < 0) return '0 s';
  const units = parts.slice(first, seconds < 3600 && seconds >= 60 ? first + 1 : first + 2);
  return units
    .filter(([number]) => number > 0)
    .map(([number, unit]) => `${number} ${unit}`)
    .join(' ');
}
