import type { Path } from '../../syntax/tree.ts';
import type { Severity } from '../rule-types.ts';

/**
 * How a fault in the labels or annotations at a path weighs, and how its message ends. Nobody looks at those of a
 * CronJob's template (ValidateJobTemplateSpec), and every Job that is made of it is refused.
 */
export function judgement(path: Path): { readonly severity: Severity; readonly refusal: string } {
  return path.at(-2) === 'jobTemplate'
    ? { severity: 'warning', refusal: 'The API server refuses the Jobs that are made of this template.' }
    : { severity: 'error', refusal: 'The API server refuses it.' };
}
