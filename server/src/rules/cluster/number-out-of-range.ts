import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';
import { ranges } from './ranges.ts';

export const numberOutOfRange: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: Object.keys(ranges),
  id: 'number-out-of-range',
  severity: 'error',
  title: 'The number is outside of the range that the field allows',
  why: 'The API server refuses it: there are no negative replicas, a port is between 1 and 65535, and a webhook may take 30 seconds at most.',
  remedy: 'Write a number within the range that the message names.',
  mirrors: [
    'core/validation ValidateNonnegativeField',
    'apps/validation ValidateDeploymentSpec',
    'batch/validation validateJobSpec',
    'batch/validation validateCronJobSpec',
    'autoscaling/validation validateScalingRules',
    'admissionregistration/validation validateValidatingWebhook',
    'coordination/validation ValidateLeaseSpec',
  ],
  bad: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: -1
#           ^^ error number-out-of-range
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
  good: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 0
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
    const { value, schema } = visit;
    const fields = schema.type === 'object' ? ranges[schema.name] : undefined;
    if (!fields) return;
    const judge = new Judge(visit, report);
    for (const [field, [least, most]] of Object.entries(fields)) judge.range(value.get(field), least, most);
  },
};
