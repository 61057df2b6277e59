import type { Span } from '../../base/span.ts';
import { parseSchedule } from '../../kubernetes/cron.ts';
import { timeZoneName } from '../../kubernetes/time-zone.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge, quoted } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

/** From then on a time zone belongs into its own field. */
const forbidsZoneInSchedule = 29;

export const invalidSchedule: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['CronJobSpec'],
  id: 'invalid-schedule',
  severity: 'error',
  title: "The CronJob's schedule or time zone can't be read",
  why: 'The API server refuses it: a schedule has five fields (minute, hour, day of the month, month, day of the week) or is a macro such as @daily, and a time zone is a name of the IANA database.',
  remedy: 'Write five fields, such as "15 3 * * 1-5", and the time zone, such as Europe/Berlin, into timeZone.',
  mirrors: [
    'batch/validation validateCronJobSpec',
    'batch/validation validateScheduleFormat',
    'batch/validation validateTimeZone',
  ],
  bad: `apiVersion: batch/v1
kind: CronJob
metadata:
  name: backup
spec:
  schedule: "0 25 * * *"
#              ^^ error invalid-schedule
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers:
            - name: backup
              image: backup:1
`,
  good: `apiVersion: batch/v1
kind: CronJob
metadata:
  name: backup
spec:
  schedule: "0 3 * * *"
  timeZone: Europe/Berlin
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers:
            - name: backup
              image: backup:1
`,
  visit(visit, report) {
    const { value: spec, model, document } = visit;
    const judge = new Judge(visit, report);
    const schedule = spec.get('schedule');
    const zone = spec.get('timeZone');
    if (schedule.text !== undefined && schedule.text !== '')
      checkSchedule(judge, schedule, zone, model.release, document.text);
    checkZone(judge, spec, zone);
  },
};

function checkSchedule(judge: Judge, value: Value, zone: Value, release: number, text: string): void {
  const written = value.text ?? '';
  const prefix = /^(?:CRON_)?TZ=(\S*)\s*/.exec(written);
  if (prefix && (release >= forbidsZoneInSchedule || zone.present)) {
    judge.refuse(value, `${quoted(written)} has a time zone, which belongs into "timeZone"`, {
      fixes: () => judge.change(value, written.slice(prefix[0].length)),
    });
    return;
  }
  const read = parseSchedule(written.slice(prefix?.[0].length ?? 0));
  if (!('reason' in read)) return;
  const start = read.start + (prefix?.[0].length ?? 0);
  const part = written.slice(start, read.end + (prefix?.[0].length ?? 0));
  judge.refuseSpan(partOf(value, start, part, text), `${quoted(part)} ${read.reason}`);
}

/** The part of a scalar, where it stands there as it is; otherwise what marks the whole. */
function partOf(value: Value, start: number, part: string, text: string): Span {
  const node = value.scalar;
  if (!node || node.style === 'block' || part === '' || value.pair?.value !== node) return value.span;
  const at = node.start + (node.style === 'plain' ? 0 : 1) + start;
  return part === node.value || text.slice(at, at + part.length) !== part
    ? value.span
    : { start: at, end: at + part.length };
}

function checkZone(judge: Judge, spec: Value, zone: Value): void {
  const { text } = zone;
  if (text === undefined) return;
  const name = timeZoneName(text);
  if (name === text && text.toLowerCase() !== 'local') return;
  const fixes = (): ReturnType<Judge['change']> =>
    text === '' ? judge.remove(spec, 'timeZone', true) : name === undefined ? [] : judge.change(zone, name, true);
  judge.refuse(
    zone,
    text === ''
      ? '"timeZone" must not be empty'
      : `${quoted(text)} is no time zone of the IANA database, such as Europe/Berlin or Etc/UTC`,
    {
      fixes,
    },
  );
}
