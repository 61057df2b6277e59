import { nearest } from '../base/edit-distance.ts';
import type { Document } from '../graph/document.ts';
import type { Facts } from '../model/facts.ts';
import type { ApiModel } from '../schema/api-model.ts';
import { nodeAt } from '../syntax/tree.ts';
import type { DocumentRule, DraftFix, Finding } from './rule.ts';
import { apiVersionSpan } from './version-places.ts';
import { didYouMean, listOf } from './wording.ts';

/** Files of kubectl and its kin that look like manifests of the core group but aren't sent to a cluster. */
const clientSide = new Set(['Config', 'Preferences']);

export const unknownKind: DocumentRule = {
  scope: 'document',
  id: 'unknown-kind',
  severity: 'error',
  title: 'The API group has no such kind',
  why: 'The API server answers "no matches for kind" and creates nothing.',
  remedy: 'Correct the kind, or the apiVersion that it belongs to.',
  bad: `apiVersion: v1
kind: Deployment
#     ^^^^^^^^^^ error unknown-kind
metadata:
  name: web
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
`,
  *check(document, model) {
    if (document.broken) return;
    for (const facts of document.facts) {
      const { resource } = facts;
      const { apiVersion, group, kind, kindSpan } = resource;
      const custom = model.knowsCustomGroup(group);
      if (!custom && !model.knowsGroup(group)) {
        yield* misspeltGroup(document, facts, model);
        continue;
      }
      if (model.find(apiVersion, kind) || (group === '' && clientSide.has(kind))) continue;
      if (
        kind.endsWith('List') ||
        !/^[A-Z]\w*$/.test(kind) ||
        (group === '' && !/^v\d+(?:(?:alpha|beta)\d+)?$/.test(apiVersion))
      )
        continue;
      const versions = [
        ...new Set(
          model
            .named(kind)
            .filter((info) => model.serves(info))
            .map((info) => info.apiVersion),
        ),
      ];
      const kinds = model
        .kinds()
        .filter((info) => info.group === group && model.serves(info))
        .map((info) => info.kind);
      const near = versions.length > 0 ? [] : nearest(kind, new Set(kinds));
      // Another version of the operator may have other kinds and versions: only a slip is told.
      if (custom && near.length === 0) continue;
      const where = versions.length > 0 ? ` ${kind} is in ${listOf(versions, 4)}.` : didYouMean(near);
      yield {
        span: kindSpan,
        ...(custom && { severity: 'warning' as const }),
        message: `${apiVersion} has no kind "${kind}": the API server does not know it.${where}`,
        fixes: () => {
          const versionNode = nodeAt(document.tree, [...resource.path, 'apiVersion']);
          const toVersion: DraftFix[] = versionNode
            ? versions.slice(0, 2).map((version, i) => ({
                title: `Change apiVersion to ${version}`,
                preferred: i === 0,
                edits: [{ document, span: { start: versionNode.start, end: versionNode.end }, newText: version }],
              }))
            : [];
          const toKind = near.slice(0, 3).map((name) => ({
            title: `Change to "${name}"`,
            preferred: near.length === 1,
            edits: [{ document, span: kindSpan, newText: name }],
          }));
          return [...toVersion, ...toKind];
        },
      };
    }
  },
};

/** Nobody knows all groups; but one that is nearly that of a kind's definition in the workspace is a slip of it. */
function* misspeltGroup(document: Document, facts: Facts, model: ApiModel): Generator<Finding> {
  const { apiVersion, kind } = facts.resource;
  if (!/^[\w.-]+\/v\d\w*$/.test(apiVersion)) return;
  const defined = model.named(kind).filter(({ custom }) => custom === 'workspace');
  const near = nearest(apiVersion, new Set(defined.map((info) => info.apiVersion)), 2);
  if (near.length === 0) return;
  const span = apiVersionSpan(document, facts);
  yield {
    span,
    severity: 'warning',
    message: `The definition of ${kind} in this workspace is of another group than ${apiVersion}.${didYouMean(near)} By a group that it does not know the API server creates nothing.`,
    fixes: () =>
      near.slice(0, 3).map((version) => ({
        title: `Change apiVersion to ${version}`,
        preferred: near.length === 1,
        edits: [{ document, span, newText: version }],
      })),
  };
}
