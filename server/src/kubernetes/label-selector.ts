import type { Requirement } from '../model/facts.ts';

/**
 * Whether labels meet all requirements of a selector; a selector without requirements matches everything.
 * As in apimachinery's pkg/labels: NotIn and DoesNotExist are met by an absent key, an unknown operator by nothing.
 */
export function matches(
  labels: ReadonlyMap<string, { readonly value: string }>,
  requirements: readonly Requirement[],
): boolean {
  return requirements.every((requirement) => meets(labels, requirement));
}

/** Whether labels meet one requirement. */
export function meets(
  labels: ReadonlyMap<string, { readonly value: string }>,
  { key, operator, values }: Requirement,
): boolean {
  const value = labels.get(key)?.value;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

const addedLabels: Readonly<Record<string, readonly string[]>> = {
  StatefulSet: ['statefulset.kubernetes.io/pod-name', 'apps.kubernetes.io/pod-index', 'controller-revision-hash'],
  DaemonSet: ['controller-revision-hash', 'pod-template-generation'],
  Deployment: ['pod-template-hash'],
  Job: ['batch.kubernetes.io/job-name', 'job-name', 'batch.kubernetes.io/controller-uid', 'controller-uid'],
  CronJob: ['batch.kubernetes.io/job-name', 'job-name', 'batch.kubernetes.io/controller-uid', 'controller-uid'],
};

/** Whether the controller of a workload's kind puts this label on each pod, with a value that no manifest tells. */
export const isAddedByController = (kind: string, key: string): boolean => addedLabels[kind]?.includes(key) ?? false;

export const isAddedByAnyController = (key: string): boolean =>
  Object.values(addedLabels).some((keys) => keys.includes(key));

/** `app=web`, `tier in (a, b)`, `!canary`: the notation of kubectl's -l. */
export function requirementText({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${values[0] ?? ''}` : `${key} in (${values.join(', ')})`;
    case 'NotIn':
      return `${key} notin (${values.join(', ')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    default:
      return `${key} ${operator} ${values.join(', ')}`.trim();
  }
}

/** A whole selector in kubectl's notation. */
export const selectorText = (requirements: readonly Requirement[]): string =>
  requirements.map(requirementText).join(', ');
