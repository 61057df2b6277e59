import { releaseName } from '../base/release.ts';
import type { DocumentRule } from './rule.ts';
import { upgradeFixes } from './upgrade/upgrade.ts';
import { apiVersionSpan } from './version-places.ts';
import { goneIn, successorOf } from './versions.ts';

export const apiVersionRemoved: DocumentRule = {
  scope: 'document',
  id: 'api-version-removed',
  severity: 'error',
  upgrades: true,
  mirrors: ['the prerelease lifecycle of k8s.io/api'],
  title: 'The API version has been removed',
  why: 'The API server of the target release does not serve this version of the kind any more and answers "no matches for kind": nothing is created. What is stored on the cluster is served in the versions that are left.',
  remedy:
    'Upgrade the manifest to the version that took over. Some fields moved or have other defaults there, so changing the apiVersion alone may not do.',
  bad: `apiVersion: batch/v1beta1
#           ^^^^^^^^^^^^^ error api-version-removed
kind: CronJob
metadata:
  name: backup
spec:
  schedule: 0 3 * * *
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: backup
              image: alpine:3.20
`,
  good: `apiVersion: batch/v1
kind: CronJob
metadata:
  name: backup
spec:
  schedule: 0 3 * * *
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: backup
              image: alpine:3.20
`,
  *check(document, model) {
    if (document.broken) return;
    for (const facts of document.facts) {
      const { apiVersion, kind } = facts.resource;
      const info = model.find(apiVersion, kind);
      if (!info || info.until === undefined || info.until >= model.release) continue;
      const successor = successorOf(model, info);
      const gone = releaseName(goneIn(info) ?? model.release);
      const to = successor
        ? ` Use ${successor.apiVersion}${successor.kind === kind ? '' : ` ${successor.kind}`}.`
        : ' Nothing took its place.';
      yield {
        span: apiVersionSpan(document, facts),
        message: `${apiVersion} ${kind} was removed in ${gone}: the API server of ${releaseName(model.release)} does not know it.${to}`,
        fixes: () => upgradeFixes(document, facts, info, model),
      };
    }
  },
};
