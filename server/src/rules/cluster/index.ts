import type { Rule } from '../rule.ts';
import { invalidAdmissionPolicy } from './invalid-admission-policy.ts';
import { invalidApiService } from './invalid-api-service.ts';
import { invalidAutoscaler } from './invalid-autoscaler.ts';
import { invalidClass } from './invalid-class.ts';
import { invalidDevice } from './invalid-device.ts';
import { invalidDisruptionBudget } from './invalid-disruption-budget.ts';
import { invalidExpression } from './invalid-expression.ts';
import { invalidFlowControl } from './invalid-flow-control.ts';
import { invalidLimitRange } from './invalid-limit-range.ts';
import { invalidMatchCondition } from './invalid-match-condition.ts';
import { invalidMetric } from './invalid-metric.ts';
import { invalidNode } from './invalid-node.ts';
import { invalidQuota } from './invalid-quota.ts';
import { invalidResourceColumns } from './invalid-resource-columns.ts';
import { invalidResourceDefinition } from './invalid-resource-definition.ts';
import { invalidWebhook } from './invalid-webhook.ts';
import { invalidWebhookRule } from './invalid-webhook-rule.ts';
import { nonStructuralSchema } from './non-structural-schema.ts';
import { numberOutOfRange } from './number-out-of-range.ts';
import { podSecurityLabel } from './pod-security-label.ts';

/** What the API server says of the objects that shape a cluster, and of numbers anywhere. */
export const clusterRules: readonly Rule[] = [
  numberOutOfRange,
  invalidAutoscaler,
  invalidMetric,
  invalidDisruptionBudget,
  invalidQuota,
  invalidLimitRange,
  invalidClass,
  invalidResourceDefinition,
  invalidResourceColumns,
  nonStructuralSchema,
  invalidWebhook,
  invalidWebhookRule,
  invalidMatchCondition,
  invalidAdmissionPolicy,
  invalidExpression,
  invalidApiService,
  invalidNode,
  invalidDevice,
  invalidFlowControl,
  podSecurityLabel,
];
