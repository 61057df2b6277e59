import type { Rule } from '../rule.ts';
import { emptySelector } from './empty-selector.ts';
import { invalidJob } from './invalid-job.ts';
import { invalidPodFailurePolicy } from './invalid-pod-failure-policy.ts';
import { invalidRollout } from './invalid-rollout.ts';
import { invalidSchedule } from './invalid-schedule.ts';
import { invalidSelector } from './invalid-selector.ts';
import { templateRestartPolicy } from './template-restart-policy.ts';

/** What the API server says of workloads, beside their pods. */
export const workloadRules: readonly Rule[] = [
  invalidSelector,
  emptySelector,
  invalidRollout,
  templateRestartPolicy,
  invalidJob,
  invalidPodFailurePolicy,
  invalidSchedule,
];
