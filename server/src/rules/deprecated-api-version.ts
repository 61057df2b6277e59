import { releaseName } from '../base/release.ts';
import type { DocumentRule } from './rule.ts';
import { upgradeFixes } from './upgrade/upgrade.ts';
import { apiVersionSpan } from './version-places.ts';
import { goneIn, isDeprecated, successorOf } from './versions.ts';

export const deprecatedApiVersion: DocumentRule = {
  scope: 'document',
  id: 'deprecated-api-version',
  severity: 'warning',
  upgrades: true,
  mirrors: ['the prerelease lifecycle of k8s.io/api'],
  title: 'The API version is deprecated',
  why: 'The target release still serves it, and warns about it; a later one does not, and then the manifest can no longer be applied.',
  remedy: 'Upgrade the manifest to the version that took over while both are served.',
  kubernetesVersion: '1.22',
  bad: `apiVersion: policy/v1beta1
#           ^^^^^^^^^^^^^^ warning deprecated-api-version
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  minAvailable: 1
  selector:
    matchLabels:
      app: web
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  containers:
    - name: web
      image: nginx:1.27
`,
  good: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  minAvailable: 1
  selector:
    matchLabels:
      app: web
---
apiVersion: v1
kind: Pod
metadata:
  name: web
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
      if (!info || !model.serves(info) || !isDeprecated(info, model.release)) continue;
      const successor = successorOf(model, info);
      const gone = goneIn(info);
      // What the release has no other version of is not called deprecated, unless nothing at all will follow.
      if (!successor && info.replacement !== undefined) continue;
      const end = gone === undefined ? '' : ` and is removed in ${releaseName(gone)}`;
      const to = successor
        ? ` Use ${successor.apiVersion}${successor.kind === kind ? '' : ` ${successor.kind}`}.`
        : ' Nothing takes its place.';
      yield {
        span: apiVersionSpan(document, facts),
        // Without a date for its end there is no hurry.
        severity: gone === undefined ? 'hint' : 'warning',
        tags: ['deprecated'],
        message: `${apiVersion} ${kind} is deprecated since ${releaseName(info.deprecated ?? model.release)}${end}.${to}`,
        fixes: () => upgradeFixes(document, facts, info, model),
      };
    }
  },
};
