import type { Document } from '../../graph/document.ts';
import type { Facts } from '../../model/facts.ts';
import type { ApiModel, KindInfo } from '../../schema/api-model.ts';
import { textInPlaceOf } from '../../syntax/edit.ts';
import { Restructured } from '../../syntax/restructure.ts';
import { nodeAt } from '../../syntax/tree.ts';
import { type ChangeId, changeFor } from '../../tables/upgrades.ts';
import type { DraftFix } from '../rule.ts';
import { successorOf } from '../versions.ts';
import { autoscaler, autoscalerMetrics } from './autoscaler.ts';
import type { Change } from './change.ts';
import { customResourceDefinition } from './custom-resource-definition.ts';
import { endpointSlice } from './endpoint-slice.ts';
import { ingress } from './ingress.ts';
import { accessReview, disruptionBudget, rbac, signingRequest } from './small-changes.ts';
import { webhook } from './webhook.ts';
import { petSet, workload } from './workload.ts';

const changes: Readonly<Record<Exclude<ChangeId, 'same'>, Change>> = {
  workload,
  'pet-set': petSet,
  ingress,
  'disruption-budget': disruptionBudget,
  rbac,
  webhook,
  'endpoint-slice': endpointSlice,
  autoscaler,
  'autoscaler-metrics': autoscalerMetrics,
  'custom-resource-definition': customResourceDefinition,
  'access-review': accessReview,
  'signing-request': signingRequest,
};

/** The fix that brings a resource to the version of its kind that the model's release wants; none where there is none. */
export function upgradeFixes(document: Document, facts: Facts, info: KindInfo, model: ApiModel): readonly DraftFix[] {
  const to = successorOf(model, info);
  return to ? upgradeTo(document, facts, info, to) : [];
}

/** The fix that brings a resource to a certain version. */
export function upgradeTo(document: Document, facts: Facts, from: KindInfo, to: KindInfo): readonly DraftFix[] {
  const change = changeFor(from.apiVersion, from.kind, to.apiVersion);
  if (change === undefined || change === 'same') {
    // An Endpoints' fields are not those of an EndpointSlice.
    if (change === undefined && from.kind !== to.kind) return [];
    const node = nodeAt(document.tree, [...facts.resource.path, 'apiVersion']);
    if (!node) return [];
    const span = { start: node.start, end: node.end };
    const title =
      change === 'same' ? `Upgrade to ${to.apiVersion}` : `Change apiVersion to ${to.apiVersion} (compare the fields)`;
    const edit = { document, span, newText: textInPlaceOf(node, span, to.apiVersion) };
    return [{ title, preferred: change === 'same', edits: [edit] }];
  }
  const draft = Restructured.of(document.text, document.tree);
  const resource = draft?.at(facts.resource.path);
  if (!draft || !resource) return [];
  const notes = new Set<string>();
  let preferred = true;
  resource.set('apiVersion', to.apiVersion);
  if (to.kind !== from.kind) resource.set('kind', to.kind);
  changes[change]({
    resource,
    from,
    to,
    note: (text) => void notes.add(text),
    undecided: () => {
      preferred = false;
    },
  });
  const edits = draft.edits();
  if (!edits) return [];
  const what = to.kind === from.kind ? to.apiVersion : `${to.apiVersion} ${to.kind}`;
  const title = `Upgrade to ${what}${notes.size === 0 ? '' : ` (${[...notes].join('; ')})`}`;
  return [{ title, preferred, edits: edits.map((edit) => ({ document, ...edit })) }];
}
