import { podTemplatesIn } from '../../model/pod-templates.ts';
import { kindRef, usesAt } from '../../model/trie.ts';
import { isDeprecated, successorOf } from '../../rules/versions.ts';
import type { ApiModel, KindInfo } from '../../schema/api-model.ts';
import type { Layout } from '../../syntax/edit.ts';
import type { Path } from '../../syntax/tree.ts';
import type { FeatureContext } from '../shared/context.ts';
import { kindDocs } from '../shared/kind-docs.ts';
import { type Offer, snippetEscape } from './item.ts';
import { manifestSnippet } from './skeleton.ts';
import { type NameSource, namesOfSymbol } from './snippet-names.ts';
import { documentSnippets, kindSnippet } from './snippets.ts';

/** What people write most, in about that order: these come first. */
const everyday =
  'Deployment Service ConfigMap Secret Ingress StatefulSet Pod PersistentVolumeClaim Namespace ServiceAccount CronJob Job DaemonSet Role RoleBinding ClusterRole ClusterRoleBinding HorizontalPodAutoscaler NetworkPolicy PodDisruptionBudget StorageClass'.split(
    ' ',
  );
const rank = ({ kind }: KindInfo): number => (everyday.includes(kind) ? everyday.indexOf(kind) : everyday.length);

/** A deprecated version whose successor the release has: it can be written behind `apiVersion:`, but isn't proposed. */
const isSuperseded = (model: ApiModel, info: KindInfo): boolean =>
  isDeprecated(info, model.release) && successorOf(model, info) !== undefined;

const sorted = new WeakMap<ApiModel, { readonly of: number; readonly kinds: readonly KindInfo[] }>();

/** The kinds that can be written into a file (no subresources), everyday ones first, preferred versions before others. */
function writable(model: ApiModel): readonly KindInfo[] {
  const all = model.kinds();
  let known = sorted.get(model);
  // There are more of them once a pack of custom resources has been read.
  if (known?.of !== all.length) {
    const kinds = all
      .filter((info) => model.serves(info) && !info.plural.includes('/') && !isSuperseded(model, info))
      .sort((a, b) => rank(a) - rank(b));
    known = { of: all.length, kinds };
    sorted.set(model, known);
  }
  return known.kinds;
}

/** For an empty document: the snippets, and a whole manifest for each kind, in the version that is preferred. */
export function manifestOffers(context: FeatureContext, layout: Layout): Offer[] {
  const { model } = context;
  const names = { index: context.workspace.index, uri: context.document.uri };
  const seen = new Set<string>();
  const offers: Offer[] = ['apiVersion', 'kind'].map((key) => ({
    label: key,
    kind: 'field',
    detail: 'string · required',
    sortText: `0${key}`,
    newText: `${key}: $0`,
    retrigger: true,
  }));
  for (const info of writable(model)) {
    const key = `${info.group} ${info.kind}`;
    if (seen.has(key)) continue;
    seen.add(key);
    offers.push({
      label: info.kind,
      kind: 'kind',
      detail: info.apiVersion,
      documentation: kindDocs(info, model),
      sortText: `1${String(offers.length).padStart(4, '0')}`,
      newText:
        (info.group === 'extensions' ? undefined : kindSnippet(names, info.kind, layout)) ??
        manifestSnippet(info, layout, (path) => namesAt(names, info, path)),
    });
  }
  return [...offers, ...documentSnippets(names, layout)];
}

/** The workspace's names for what a row of the table has at a path of a kind. */
function namesAt(source: NameSource, info: KindInfo, path: Path): readonly string[] {
  const rows = usesAt(kindRef(info.group, info.kind), path, podTemplatesIn(info));
  return rows.flatMap((row) => {
    // Where the kind stands beside the name, it is the one that the field means without.
    if (row.mode !== 'name' || (row.kind !== undefined && row.defaultKind === undefined)) return [];
    return namesOfSymbol(source, row.to, row.defaultKind);
  });
}

/** Values for `kind:`, those of the document's apiVersion where there is one. */
export function kindOffers(model: ApiModel, apiVersion: string | undefined): Offer[] {
  const kinds = writable(model);
  const fitting = kinds.filter((info) => info.apiVersion === apiVersion);
  const seen = new Set<string>();
  return (fitting.length > 0 ? fitting : kinds).flatMap((info, i): Offer[] => {
    if (seen.has(info.kind)) return [];
    seen.add(info.kind);
    return [
      {
        label: info.kind,
        kind: 'kind',
        detail: info.apiVersion,
        documentation: kindDocs(info, model),
        sortText: String(i).padStart(4, '0'),
        newText: info.kind,
      },
    ];
  });
}

/** Values for `apiVersion:`: those of the document's kind, or every version, and each kind together with its version. */
export function versionOffers(model: ApiModel, kind: string | undefined, layout: Layout): Offer[] {
  const named = kind === undefined ? [] : model.named(kind).filter((info) => model.serves(info));
  if (named.length > 0) {
    return named.map((info, i) => ({
      label: info.apiVersion,
      kind: 'value',
      detail: info.kind,
      documentation: kindDocs(info, model),
      deprecated: isDeprecated(info, model.release),
      sortText: `${isSuperseded(model, info) ? '1' : '0'}${String(i).padStart(4, '0')}`,
      newText: info.apiVersion,
    }));
  }
  const versions = [...new Set(writable(model).map((info) => info.apiVersion))];
  const offers: Offer[] = versions.map((version, i) => ({
    label: version,
    kind: 'value',
    sortText: `1${String(i).padStart(4, '0')}`,
    newText: version,
  }));
  if (kind !== undefined) return offers;
  const seen = new Set<string>();
  for (const info of writable(model)) {
    const key = `${info.group} ${info.kind}`;
    if (seen.has(key)) continue;
    seen.add(key);
    offers.push({
      label: `${info.apiVersion} ${info.kind}`,
      kind: 'kind',
      documentation: kindDocs(info, model),
      sortText: `0${String(seen.size).padStart(4, '0')}`,
      newText: `${snippetEscape(info.apiVersion)}${layout.newline}kind: ${info.kind}${layout.newline}$0`,
    });
  }
  return offers;
}
