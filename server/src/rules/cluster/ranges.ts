type Range = readonly [least: number, most?: number];

const any: Range = [0];
const positive: Range = [1];
const port: Range = [1, 65_535];
const percent: Range = [0, 100];

/**
 * The numbers of Kubernetes' types that have a range whatever else the object holds: type, field, least and most.
 * What depends on other fields is in the rules of its kind.
 */
export const ranges: Readonly<Record<string, Readonly<Record<string, Range>>>> = {
  // apps/validation
  DeploymentSpec: { replicas: any, minReadySeconds: any, revisionHistoryLimit: any, progressDeadlineSeconds: any },
  ReplicaSetSpec: { replicas: any, minReadySeconds: any },
  StatefulSetSpec: { replicas: any, minReadySeconds: any },
  StatefulSetOrdinals: { start: any },
  RollingUpdateStatefulSetStrategy: { partition: any },
  DaemonSetSpec: { minReadySeconds: any, revisionHistoryLimit: any },
  ControllerRevision: { revision: any },
  // batch/validation
  JobSpec: {
    parallelism: any,
    completions: any,
    activeDeadlineSeconds: any,
    backoffLimit: any,
    ttlSecondsAfterFinished: any,
    backoffLimitPerIndex: any,
    maxFailedIndexes: any,
  },
  SuccessPolicyRule: { succeededCount: any },
  CronJobSpec: { startingDeadlineSeconds: any, successfulJobsHistoryLimit: any, failedJobsHistoryLimit: any },
  // core/validation
  ReplicationControllerSpec: { replicas: any, minReadySeconds: any },
  ServiceSpec: { healthCheckNodePort: [0, 65_535] },
  ServicePort: { port },
  ClientIPConfig: { timeoutSeconds: [1, 86_400] },
  // autoscaling/validation
  HPAScalingRules: { stabilizationWindowSeconds: [0, 3600] },
  HPAScalingPolicy: { value: positive, periodSeconds: [1, 1800] },
  HorizontalPodAutoscalerSpec: { minReplicas: any, maxReplicas: positive, targetCPUUtilizationPercentage: positive },
  ScaleSpec: { replicas: any },
  // networking/validation
  ServiceBackendPort: { number: port },
  // admissionregistration/validation
  ValidatingWebhook: { timeoutSeconds: [1, 30] },
  MutatingWebhook: { timeoutSeconds: [1, 30] },
  ServiceReference: { port },
  // apiregistration/validation
  APIServiceSpec: { groupPriorityMinimum: [1, 20_000], versionPriority: [1, 1000] },
  // coordination/validation
  LeaseSpec: { leaseDurationSeconds: positive, leaseTransitions: any },
  // storage/validation
  TokenRequest: { expirationSeconds: [600, 4_294_967_296] },
  // flowcontrol/validation
  FlowSchemaSpec: { matchingPrecedence: [1, 10_000] },
  LimitedPriorityLevelConfiguration: {
    nominalConcurrencyShares: any,
    lendablePercent: percent,
    borrowingLimitPercent: any,
  },
  ExemptPriorityLevelConfiguration: { nominalConcurrencyShares: any, lendablePercent: percent },
  QueuingConfiguration: { queues: [1, 10_000_000], handSize: positive, queueLengthLimit: positive },
};
