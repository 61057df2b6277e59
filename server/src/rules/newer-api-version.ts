import { changeFor } from '../tables/upgrades.ts';
import type { DocumentRule } from './rule.ts';
import { upgradeTo } from './upgrade/upgrade.ts';
import { apiVersionSpan } from './version-places.ts';

export const newerApiVersion: DocumentRule = {
  scope: 'document',
  id: 'newer-api-version',
  severity: 'hint',
  upgrades: true,
  title: 'A newer stable version of the kind does more',
  why: 'The version is stable and stays, but it is a narrow view of what the API server stores: autoscaling/v1 shows the CPU metric alone, and keeps all others as JSON in an annotation.',
  remedy: 'Upgrade the manifest to the newer version; what it says stays the same.',
  bad: `apiVersion: autoscaling/v1
#           ^^^^^^^^^^^^^^ hint newer-api-version
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
  maxReplicas: 10
  targetCPUUtilizationPercentage: 50
---
apiVersion: apps/v1
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
  good: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
  maxReplicas: 10
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 50
---
apiVersion: apps/v1
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
  *check(document, model) {
    if (document.broken) return;
    for (const facts of document.facts) {
      const { apiVersion, kind } = facts.resource;
      const info = model.find(apiVersion, kind);
      if (!info || info.until !== undefined || !/^v\d+$/.test(info.version)) continue;
      const newer = model
        .named(kind)
        .find(
          (other) =>
            other.group === info.group &&
            /^v\d+$/.test(other.version) &&
            Number(other.version.slice(1)) > Number(info.version.slice(1)) &&
            model.serves(other) &&
            changeFor(apiVersion, kind, other.apiVersion) !== undefined,
        );
      if (!newer) continue;
      yield {
        span: apiVersionSpan(document, facts),
        message: `${newer.apiVersion} ${kind} is stable, and does more than ${apiVersion}.`,
        fixes: () => upgradeTo(document, facts, info, newer),
      };
    }
  },
};
