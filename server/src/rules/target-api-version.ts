import { documentOf } from '../graph/document.ts';
import { resolveUse } from '../graph/resolve.ts';
import type { Definition, Use } from '../model/facts.ts';
import { insertAt } from '../syntax/edit.ts';
import { isPlaceholder } from '../syntax/placeholder.ts';
import type { NameReference } from '../tables/row-types.ts';
import { symbols } from '../tables/symbols.ts';
import { checksTargetVersion } from './cluster/invalid-autoscaler.ts';
import { say } from './message.ts';
import type { DraftFix, Finding, WiringRule } from './rule.ts';
import { placeOf } from './wording.ts';

const target = `---
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
`;

export const targetApiVersion: WiringRule = {
  scope: 'wiring',
  id: 'target-api-version',
  severity: 'error',
  title: 'A reference asks for another API group than its target is of',
  why: 'Group and kind say together what is looked for: a Deployment is one of `apps`, and without `apiVersion` it is looked for in the core group, where there is none.',
  remedy: "Write the target's own `apiVersion` beside its `kind`.",
  bad: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  maxReplicas: 5
  scaleTargetRef:
    apiVersion: batch/v1
#               ^^^^^^^^ error target-api-version
    kind: Deployment
    name: web
${target}`,
  good: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  maxReplicas: 5
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
${target}`,
  *check(facts, index, model) {
    for (const use of facts.uses) {
      if (use.row.mode !== 'name' || !use.row.apiVersion) continue;
      const resolution = resolveUse(index, use);
      const [found] = resolution.status === 'resolved' ? resolution.targets : [];
      // That an autoscaler names no group at all is told without its target.
      const groupless = use.facts.resource.kind === 'HorizontalPodAutoscaler' && !use.apiVersion?.text.includes('/');
      if (groupless && model.release >= checksTargetVersion) continue;
      const finding = found && !found.made ? judge(use, use.row, found) : undefined;
      if (finding) yield finding;
    }
  },
};

const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '');

function judge(use: Use, row: NameReference, found: Definition): Finding | undefined {
  const asked = use.apiVersion;
  const { apiVersion, group, kind } = found.facts.resource;
  if (!asked || asked.text === apiVersion || isPlaceholder(asked.text)) return undefined;
  const askedGroup = groupOf(asked.text);
  // Objects of this group of old are in the ones that took over, too; of its kinds, Ingress was the last to go.
  if (group !== askedGroup && (group === 'extensions' || (askedGroup === 'extensions' && kind === 'Ingress')))
    return undefined;
  const misleading = group === askedGroup && row.apiVersion?.groupOnly === true;
  const what = asked.span ? asked.text : `${asked.text} (it says no apiVersion)`;
  const consequence = misleading
    ? 'Only the group counts here, but readers are misled.'
    : (row.consequence ?? symbols[row.to].consequence);
  return {
    span: asked.span ?? use.span,
    ...(misleading ? { severity: 'hint' } : group === askedGroup ? { severity: 'warning' } : {}),
    message: say`${kind} "${use.text}" (${placeOf(found)}) is of ${apiVersion}, and this ${use.facts.resource.kind} asks for one of ${what}. ${consequence}`,
    related: [{ ...placeOf(found), message: `${kind} "${use.text}" of ${apiVersion}` }],
    fixes: () => correct(use, row, apiVersion),
  };
}

function correct(use: Use, row: NameReference, apiVersion: string): readonly DraftFix[] {
  const document = documentOf(use.facts.document);
  const at = row.apiVersion?.at ?? '';
  const edit = use.apiVersion?.span
    ? { span: use.apiVersion.span, newText: apiVersion }
    : insertAt(document.text, document.tree, [...use.facts.resource.path, ...use.path.slice(0, -1)], {
        entry: [at, apiVersion],
      });
  return edit ? [{ title: `Ask for ${apiVersion}`, preferred: true, edits: [{ document, ...edit }] }] : [];
}
