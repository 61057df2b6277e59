import { releaseName } from '../base/release.ts';
import type { DocumentRule } from './rule.ts';
import { apiVersionSpan } from './version-places.ts';
import { listOf } from './wording.ts';

export const apiVersionNotServed: DocumentRule = {
  scope: 'document',
  id: 'api-version-not-served',
  severity: 'error',
  mirrors: ['the prerelease lifecycle of k8s.io/api'],
  title: 'The target release does not have this API version yet',
  why: 'The API server of the target release (the setting podwire.kubernetesVersion) answers "no matches for kind" and creates nothing.',
  remedy: 'Use a version of the kind that the target release serves, or target a newer release.',
  kubernetesVersion: '1.20',
  bad: `apiVersion: batch/v1
#           ^^^^^^^^ error api-version-not-served
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
  good: `apiVersion: batch/v1beta1
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
      if (!info || info.since === undefined || info.since <= model.release) continue;
      const served = model.named(kind).filter((other) => model.serves(other) && !other.plural.includes('/'));
      const has =
        served.length > 0
          ? `it has ${listOf(served.map((other) => other.apiVersion))}.`
          : 'it has no such kind at all.';
      yield {
        span: apiVersionSpan(document, facts),
        message: `${apiVersion} ${kind} came with ${releaseName(info.since)}: the API server of ${releaseName(model.release)} does not know it; ${has}`,
      };
    }
  },
};
