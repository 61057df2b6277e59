import { releaseName } from '../base/release.ts';
import { documentOf } from '../graph/document.ts';
import { resolveUse } from '../graph/resolve.ts';
import type { Use } from '../model/facts.ts';
import type { ApiModel } from '../schema/api-model.ts';
import { textInPlaceOf } from '../syntax/edit.ts';
import { nodeAt } from '../syntax/tree.ts';
import type { Finding, WiringRule } from './rule.ts';
import { goneIn, successorOf } from './versions.ts';

const autoscaler = (apiVersion: string, mark = ''): string => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef:
    apiVersion: ${apiVersion}
${mark}    kind: Deployment
    # podwire-ignore: unresolved-scale-target
    name: web
  maxReplicas: 10
`;

export const staleTargetVersion: WiringRule = {
  scope: 'wiring',
  id: 'stale-target-version',
  severity: 'error',
  upgrades: true,
  title: 'The target is named by an API version that is gone',
  why: 'The API server takes the reference as it is, but the autoscaler looks the kind up in the group that it names: where the release has no such kind there, it finds nothing and never scales.',
  remedy: 'Name the target by the version that it is served in.',
  bad: autoscaler('extensions/v1beta1', '#               ^^^^^^^^^^^^^^^^^^ error stale-target-version\n'),
  good: autoscaler('apps/v1'),
  *check(facts, index, model) {
    for (const use of facts.uses) {
      if (use.row.mode !== 'name' || !use.row.apiVersion) continue;
      // What the target's own manifest says counts more (target-api-version).
      if (resolveUse(index, use).status === 'resolved') continue;
      const finding = judge(use, model, use.row.apiVersion.groupOnly === true);
      if (finding) yield finding;
    }
  },
};

function judge(use: Use, model: ApiModel, groupOnly: boolean): Finding | undefined {
  const asked = use.apiVersion;
  const info = asked && use.kind !== undefined ? model.find(asked.text, use.kind) : undefined;
  if (!asked?.span || !info || info.until === undefined || info.until >= model.release) return undefined;
  const successor = successorOf(model, info);
  if (!successor) return undefined;
  const { span } = asked;
  const document = documentOf(use.facts.document);
  const gone = `${info.apiVersion} ${info.kind} was removed in ${releaseName(goneIn(info) ?? model.release)}`;
  const found = successor.group === info.group && groupOnly;
  return {
    span,
    severity: found ? 'hint' : 'error',
    message: found
      ? `${gone}; the target is found all the same, by its group. Write ${successor.apiVersion}.`
      : `${gone}: no such target is found. Use ${successor.apiVersion}.`,
    fixes: () => {
      const scalar = nodeAt(document.tree, [...use.facts.resource.path, ...use.path.slice(0, -1), 'apiVersion']);
      const newText = textInPlaceOf(scalar, span, successor.apiVersion);
      return [{ title: `Change to ${successor.apiVersion}`, preferred: true, edits: [{ document, span, newText }] }];
    },
  };
}
