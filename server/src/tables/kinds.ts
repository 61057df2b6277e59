import type { Anchor, KindRef, Labelled } from './row-types.ts';

/** Where each workload keeps its pod template; a Pod is its own. */
export const podTemplates: Readonly<Record<KindRef, string>> = {
  Pod: '',
  PodTemplate: 'template',
  ReplicationController: 'spec.template',
  'Deployment.apps': 'spec.template',
  'Deployment.extensions': 'spec.template',
  'ReplicaSet.apps': 'spec.template',
  'ReplicaSet.extensions': 'spec.template',
  'DaemonSet.apps': 'spec.template',
  'DaemonSet.extensions': 'spec.template',
  'StatefulSet.apps': 'spec.template',
  'PetSet.apps': 'spec.template',
  'Job.batch': 'spec.template',
  'CronJob.batch': 'spec.jobTemplate.spec.template',
  // Custom resources that run pods of a template.
  'Rollout.argoproj.io': 'spec.template',
  'CloneSet.apps.kruise.io': 'spec.template',
  'DaemonSet.apps.kruise.io': 'spec.template',
  'BroadcastJob.apps.kruise.io': 'spec.template',
  'Service.serving.knative.dev': 'spec.template',
  'Configuration.serving.knative.dev': 'spec.template',
  'DeploymentConfig.apps.openshift.io': 'spec.template',
  'ScaledJob.keda.sh': 'spec.jobTargetRef.template',
};

/** Where a resource has a pod's fields, if not in a template with metadata and spec. */
export interface PodShape {
  /** From the resource's root to the template, or to the fields. */
  readonly path: string;
  /** The fields of a pod's spec stand right there: nobody sees its metadata. */
  readonly bare: boolean;
  /** Containers beside the usual lists, from the spec; `.` where the fields of one stand right in it. */
  readonly containers: readonly string[];
  /** It is no pod by itself: what it defines counts in all of the resource's. */
  readonly shared?: true;
}

/** The workflows of Argo, and where their specs are. */
export const workflows: readonly (readonly [kinds: readonly KindRef[], spec: string])[] = [
  [['Workflow.argoproj.io', 'WorkflowTemplate.argoproj.io', 'ClusterWorkflowTemplate.argoproj.io'], 'spec'],
  [['CronWorkflow.argoproj.io'], 'spec.workflowSpec'],
];

/** A workflow: each template is a pod, and all of them have its volumes. */
const workflowAt = (path: string): readonly PodShape[] => [
  { path, bare: true, containers: [], shared: true },
  {
    path: `${path}.templates[]`,
    bare: true,
    containers: ['container', 'script', 'sidecars[]', 'containerSet.containers[]'],
  },
];

const task = (path: string): readonly PodShape[] => [
  { path, bare: true, containers: ['steps[]', 'sidecars[]', 'stepTemplate'] },
];

/** Its own spec is a pod's, with what is mounted in a container that the operator adds. */
const mountingItself: readonly PodShape[] = [{ path: '', bare: false, containers: ['.'] }];

/** Custom resources that make pods in their own way, whose definitions mostly don't say so. */
export const podShapes: Readonly<Record<KindRef, readonly PodShape[]>> = {
  ...Object.fromEntries(workflows.flatMap(([kinds, spec]) => kinds.map((kind) => [kind, workflowAt(spec)]))),
  'Task.tekton.dev': task('spec'),
  'ClusterTask.tekton.dev': task('spec'),
  'Prometheus.monitoring.coreos.com': mountingItself,
  'PrometheusAgent.monitoring.coreos.com': mountingItself,
};

/** What adds to the pods that it selects: the API's own kind, gone since 1.20, and the operator's that took over. */
export const podPresets: readonly KindRef[] = ['PodPreset.settings.k8s.io', 'PodPreset.redhatcop.redhat.io'];

/** The lists of containers in a pod's spec. */
export const containers = 'spec.(containers|initContainers|ephemeralContainers)[]';

/** The groups under `k8s.io` that are Kubernetes' own, and that of kustomize, whose files go to no cluster. */
const ownGroups: ReadonlySet<string> = new Set(
  [
    'admissionregistration',
    'apiextensions',
    'apiregistration',
    'auditregistration',
    'authentication',
    'authorization',
    'rbac.authorization',
    'certificates',
    'coordination',
    'discovery',
    'events',
    'flowcontrol.apiserver',
    'internal.apiserver',
    'networking',
    'node',
    'resource',
    'scheduling',
    'settings',
    'storage',
    'storagemigration',
    'kustomize.config',
  ].map((name) => `${name}.k8s.io`),
);

/** Whether an API group is one of custom resources: those are domains, and none of Kubernetes' own. */
export const isCustomGroup = (group: string): boolean => group.includes('.') && !ownGroups.has(group);

/** Fields whose values rules of the wiring ask for, or that say which of several objects of a name is meant. */
export type Note = 'cluster-ip' | 'service-type' | 'governing-service' | 'replicas' | 'first-ordinal' | 'defined-group';

export const notes: Readonly<Record<Note, Anchor>> = {
  'cluster-ip': { kinds: ['Service'], path: 'spec.clusterIP' },
  'service-type': { kinds: ['Service'], path: 'spec.type' },
  'governing-service': { kinds: ['StatefulSet.apps', 'PetSet.apps'], path: 'spec.serviceName' },
  replicas: { kinds: ['StatefulSet.apps', 'PetSet.apps'], path: 'spec.replicas' },
  'first-ordinal': { kinds: ['StatefulSet.apps'], path: 'spec.ordinals.start' },
  'defined-group': { kinds: ['CustomResourceDefinition.apiextensions.k8s.io'], path: 'spec.group' },
};

/** Kinds whose names repeat what their specs say: no other name would do. */
export const composedNames: readonly KindRef[] = [
  'APIService.apiregistration.k8s.io',
  'CustomResourceDefinition.apiextensions.k8s.io',
];

/** What users call those whose labels selectors look for. */
export const labelledNouns: Readonly<Record<Labelled, string>> = {
  pods: 'pod',
  services: 'Service',
  namespaces: 'Namespace',
  nodes: 'Node',
};

/** The label by which every Namespace can be found without having it in its manifest: its value is a name, with rows of its own. */
export const namespaceNameLabel = 'kubernetes.io/metadata.name';

/** Whose labels selectors look for. */
export const labelled: Readonly<Record<Labelled, Anchor>> = {
  pods: { pod: 'metadata.labels' },
  services: { kinds: ['Service'], path: 'metadata.labels' },
  namespaces: { kinds: ['Namespace'], path: 'metadata.labels' },
  nodes: { kinds: ['Node'], path: 'metadata.labels' },
};
