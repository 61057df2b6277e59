import { domainPrefixedPath } from '../../kubernetes/forms.ts';
import { countIndexes } from '../../kubernetes/job-indexes.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

/** The most of an Indexed Job, so that its status stays small. */
const mostIndexes = 100_000;
/** Above so many completions, the limits per index are stricter. */
const manyCompletions = 100_000;
const mostWithMany = 10_000;

export const invalidJob: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['JobSpec'],
  id: 'invalid-job',
  severity: 'error',
  title: "The Job's fields contradict each other",
  why: 'The API server refuses it: an Indexed Job needs a number of completions, limits per index and a success policy need an Indexed Job, and a Job makes its own selector.',
  remedy:
    'Set completionMode: Indexed and completions where indexes are meant, and leave selector and manualSelector out.',
  mirrors: [
    'batch/validation ValidateJob',
    'batch/validation validateJobSpec',
    'batch/validation validateSuccessPolicy',
    'batch/validation ValidateJobTemplateSpec',
  ],
  bad: `apiVersion: batch/v1
kind: Job
metadata:
  name: render
spec:
# ^^^^ error invalid-job
  completionMode: Indexed
  parallelism: 3
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: render
          image: render:1
`,
  good: `apiVersion: batch/v1
kind: Job
metadata:
  name: render
spec:
  completionMode: Indexed
  completions: 12
  parallelism: 3
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: render
          image: render:1
`,
  visit(visit, report) {
    const { value: spec, root, kind } = visit;
    if (spec.unknown) return;
    const judge = new Judge(visit, report);
    const mode = spec.get('completionMode');
    if (mode.text === 'Indexed') checkIndexed(judge, spec, mode);
    else if (mode.absent || mode.text === 'NonIndexed') checkNonIndexed(judge, spec, mode);
    const limit = spec.get('maxFailedIndexes');
    if (limit.present && spec.get('backoffLimitPerIndex').absent && mode.text === 'Indexed')
      judge.lacks(spec, 'backoffLimitPerIndex', '"maxFailedIndexes" needs "backoffLimitPerIndex" beside it', {
        related: [limit, '"maxFailedIndexes"'],
      });
    const managedBy = spec.get('managedBy');
    judge.form(
      managedBy,
      (text) => domainPrefixedPath(text) ?? (text.length > 63 ? 'must have no more than 63 characters' : undefined),
      { empty: true },
    );
    checkSelector(judge, spec, kind.kind === 'CronJob');
    if (kind.kind === 'Job') checkHostName(judge, root, spec);
  },
};

function checkIndexed(judge: Judge, spec: Value, mode: Value): void {
  const completions = spec.get('completions');
  if (completions.absent)
    judge.lacks(spec, 'completions', 'An Indexed Job needs "completions"', {
      advice: 'It says how many indexes there are.',
      related: [mode, 'completionMode: Indexed'],
    });
  const count = completions.integer;
  judge.range(spec.get('parallelism'), 0 - Number.MAX_SAFE_INTEGER, mostIndexes);
  const failed = spec.get('maxFailedIndexes');
  if (failed.integer !== undefined) {
    if (count !== undefined && failed.integer > count)
      judge.refuse(failed, `"maxFailedIndexes" must not be more than "completions", ${count}`, {
        related: [completions, 'The number of indexes'],
      });
    else judge.range(failed, 0 - Number.MAX_SAFE_INTEGER, mostIndexes);
  }
  if (count !== undefined && count > manyCompletions && spec.get('backoffLimitPerIndex').present) {
    if (failed.absent)
      judge.refuse(
        completions,
        `More than ${manyCompletions} completions with "backoffLimitPerIndex" need "maxFailedIndexes"`,
        { ofAbsence: true },
      );
    for (const value of [failed, spec.get('parallelism')])
      if (value.integer !== undefined && value.integer > mostWithMany && value.integer <= mostIndexes)
        judge.refuse(
          value,
          `"${value.pair?.key.value ?? ''}" must not be more than ${mostWithMany} with more than ${manyCompletions} completions`,
        );
  }
  checkSuccess(judge, spec.get('successPolicy'), completions);
}

function checkNonIndexed(judge: Judge, spec: Value, mode: Value): void {
  for (const field of ['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy']) {
    const value = spec.get(field);
    if (value.present)
      judge.refuseField(value, `"${field}" needs "completionMode: Indexed"`, {
        ofAbsence: mode.absent,
        fixes: () => [
          ...(mode.present ? judge.change(mode, 'Indexed') : judge.add([], 'completionMode', 'Indexed')),
          ...judge.remove(spec, field),
        ],
      });
  }
}

function checkSuccess(judge: Judge, policy: Value, completions: Value): void {
  const rules = policy.get('rules');
  if (rules.items.length > 20)
    judge.refuseField(rules, `A success policy has no more than 20 rules, and this one ${rules.items.length}`);
  const most = completions.integer;
  for (const rule of rules.items) {
    const count = rule.get('succeededCount');
    const indexes = rule.get('succeededIndexes');
    if (count.absent && indexes.absent && !rule.unknown)
      judge.refuse(rule, 'A success rule needs "succeededCount" or "succeededIndexes"', { ofAbsence: true });
    if (most === undefined) continue;
    const listed = indexes.text === undefined ? undefined : countIndexes(indexes.text, most);
    if (typeof listed === 'string') judge.refuse(indexes, `"succeededIndexes" ${listed}`);
    if (count.integer === undefined) continue;
    if (count.integer > most)
      judge.refuse(count, `"succeededCount" must not be more than "completions", ${most}`, {
        related: [completions, 'The number of indexes'],
      });
    else if (typeof listed === 'number' && count.integer > listed)
      judge.refuse(count, `"succeededCount" must not be more than the ${listed} indexes that "succeededIndexes" lists`);
  }
}

/** A Job makes its selector itself; a CronJob's has to. */
function checkSelector(judge: Judge, spec: Value, ofCronJob: boolean): void {
  const selector = spec.get('selector');
  const manual = spec.get('manualSelector');
  if (ofCronJob) {
    if (selector.present)
      judge.refuseField(selector, "A CronJob's Jobs make their own selectors", {
        fixes: () => judge.remove(spec, 'selector', true),
      });
    if (manual.boolean)
      judge.refuse(manual, 'A CronJob\'s Jobs make their own selectors, so "manualSelector" can\'t be true', {
        fixes: () => judge.remove(spec, 'manualSelector', true),
      });
  } else if (manual.boolean) {
    if (selector.absent)
      judge.lacks(spec, 'selector', 'With "manualSelector" the Job needs a "selector"', {
        related: [manual, 'manualSelector: true'],
      });
  } else if (
    !manual.unknown &&
    (selector.get('matchLabels').entries.length > 0 || selector.get('matchExpressions').items.length > 0)
  ) {
    judge.refuseField(selector, 'A Job makes its own selector, from its uid', {
      advice: 'Remove the selector.',
      ofAbsence: manual.absent,
      fixes: () => judge.remove(spec, 'selector', true),
    });
  }
}

/** An Indexed Job's pods have the host name `name-index`. */
function checkHostName(judge: Judge, root: Value, spec: Value): void {
  const completions = spec.get('completions').integer;
  const name = root.at('metadata', 'name');
  if (
    spec.get('completionMode').text !== 'Indexed' ||
    completions === undefined ||
    completions < 1 ||
    name.text === undefined
  )
    return;
  const host = `${name.text}-${completions - 1}`;
  if (host.length > 63)
    judge.refuse(
      name,
      `The pods of an Indexed Job have host names such as "${host}", which must have no more than 63 characters, and this one has ${host.length}`,
    );
  else if (name.text.includes('.'))
    judge.refuse(name, `The pods of an Indexed Job have host names such as "${host}", which must have no "."`);
}
