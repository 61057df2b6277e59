import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';
import { checkLabels } from './invalid-selector.ts';

export const emptySelector: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['DeploymentSpec', 'ReplicaSetSpec', 'StatefulSetSpec', 'DaemonSetSpec', 'ReplicationController'],
  id: 'empty-selector',
  severity: 'error',
  title: "The workload's selector is empty",
  why: 'An empty selector would take every pod of the namespace for its own: the API server refuses the workload.',
  remedy: "Select the labels that the pod template's metadata has.",
  mirrors: [
    'apps/validation ValidateDeploymentSpec',
    'apps/validation ValidateReplicaSetSpec',
    'apps/validation ValidateStatefulSetSpec',
    'apps/validation ValidateDaemonSetSpec',
    'core/validation ValidateReplicationControllerSpec',
  ],
  bad: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {}
# ^^^^^^^^ error empty-selector
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.27
`,
  good: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.27
`,
  visit(visit, report) {
    const { value, kind } = visit;
    const judge = new Judge(visit, report);
    if (kind.kind === 'ReplicationController') {
      const spec = value.get('spec');
      const selector = spec.get('selector');
      const labels = spec.at('template', 'metadata', 'labels');
      checkLabels(judge, selector);
      if (
        spec.unknown ||
        spec.get('template').absent ||
        selector.unknown ||
        labels.unknown ||
        spec.at('template', 'metadata').unknown
      )
        return;
      // It is taken over from the template's labels where nothing is written.
      if (selector.entries.length > 0 || labels.entries.length > 0) return;
      judge.lacks(
        spec.present ? spec : value,
        'selector',
        'The ReplicationController selects nothing, and its template has no labels to take over',
      );
      return;
    }
    const selector = value.get('selector');
    if (kind.version !== 'v1' || !selector.map || selector.unknown) return;
    const labels = selector.get('matchLabels');
    const expressions = selector.get('matchExpressions');
    if (labels.unknown || (expressions.present && !expressions.list)) return;
    if (labels.entries.length + expressions.items.length > 0 || (labels.map?.pairs.length ?? 0) > 0) return;
    judge.refuseField(
      selector,
      `The selector is empty, so the ${kind.kind} would take every pod of its namespace for its own`,
      {
        advice: "Select the template's labels.",
        ofAbsence: true,
        ofLabels: true,
      },
    );
  },
};
