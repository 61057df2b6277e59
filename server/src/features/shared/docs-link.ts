import { isServed, newestRelease } from '../../base/release.ts';
import { type ApiModel, type KindInfo, type ObjectSchema, type Schema, schemaAt } from '../../schema/api-model.ts';
import type { Path } from '../../syntax/tree.ts';

const reference = 'https://kubernetes.io/docs/reference/kubernetes-api';

/** Types that have a page of their own, wherever they are used. */
const pages: Readonly<Record<string, string>> = {
  LabelSelector: 'definitions/label-selector-v1-meta',
  ObjectMeta: 'definitions/object-meta-v1-meta',
  PodSpec: 'core/pod-v1',
};

/**
 * Where Kubernetes documents a kind, or the type that holds the field at a path of it; undefined for custom resources
 * and for versions that have no page: the reference describes the newest release, and each kind's preferred version.
 */
export function docsLink(info: KindInfo, model: ApiModel, path: Path = []): string | undefined {
  if (info.custom || info.plural.includes('/')) return undefined;
  let page = pageOf(info, model);
  let holder: ObjectSchema = info.schema;
  for (let length = 1; length < path.length; length++) {
    const schema: Schema | undefined = schemaAt(info.schema, path.slice(0, length));
    if (schema?.type !== 'object') continue;
    holder = schema;
    page = pages[schema.name] ?? page;
  }
  return page === undefined ? undefined : `${reference}/${page}/#${holder.name}`;
}

/** The last line of a documentation. */
export const docsLine = (url: string | undefined): readonly string[] =>
  url === undefined ? [] : [`[Kubernetes reference](${url})`];

function pageOf({ group, kind, version }: KindInfo, model: ApiModel): string | undefined {
  const preferred = model.named(kind).find((one) => one.group === group && isServed(one, newestRelease));
  if (preferred?.version !== version) return undefined;
  return `${folderOf(group)}/${dashed(kind)}-${version}`;
}

const folderOf = (group: string): string =>
  group === '' ? 'core' : group === 'internal.apiserver.k8s.io' ? 'apiserverinternal' : (group.split('.')[0] ?? group);

/** CSIDriver: csi-driver. */
const dashed = (kind: string): string =>
  kind
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
