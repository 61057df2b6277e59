import { copyOf, type DraftEntry, DraftList, DraftMap, type DraftNode, DraftText } from '../../syntax/draft.ts';
import type { Change } from './change.ts';

/** apiextensions.k8s.io/v1beta1 → v1: schema, columns and subresources are each version's own. */
export const customResourceDefinition: Change = ({ resource, note, undecided }) => {
  const spec = resource.map('spec');
  if (!spec) return;
  const versions = versionsOf(spec);
  // What isn't in the schema was kept unless the definition said otherwise.
  const prunes = spec.text('preserveUnknownFields') === 'false';
  spec.remove('preserveUnknownFields');
  if (!spec.has('scope')) spec.set('scope', 'Namespaced', { after: ['group'] });
  const shared: [string, DraftEntry | undefined][] = [
    ['schema', spec.remove('validation')],
    ['subresources', spec.remove('subresources')],
    ['additionalPrinterColumns', spec.remove('additionalPrinterColumns')],
  ];
  const taken = new Set<string>();
  for (const version of versions) {
    for (const [field, entry] of shared) {
      if (!entry?.value || version.has(field)) continue;
      // The first version gets it as it stands, with its comments.
      if (taken.has(field)) version.set(field, copyOf(entry.value));
      else version.add(entry, field);
      taken.add(field);
    }
    const made = version.map('schema')?.has('openAPIV3Schema') !== true;
    const schema = version
      .ensure('schema', { after: ['deprecated', 'storage', 'served', 'name'] })
      .ensure('openAPIV3Schema');
    if (!schema.has('type')) schema.set('type', 'object', { first: true });
    if (!prunes && !schema.has('x-kubernetes-preserve-unknown-fields'))
      schema.set('x-kubernetes-preserve-unknown-fields', 'true', { after: ['type'] });
    if (made) note('without a schema every field is kept as it is');
    for (const column of version.maps('additionalPrinterColumns')) column.rename('JSONPath', 'jsonPath');
    if (!isStructural(schema)) undecided();
  }
  conversion(spec);
};

/** `version: v1` → the one entry of `versions`. */
function versionsOf(spec: DraftMap): readonly DraftMap[] {
  const name = spec.remove('version');
  if (!spec.has('versions') && name) {
    const version = new DraftMap();
    version.add(name, 'name');
    version.set('served', 'true');
    version.set('storage', 'true');
    spec.set('versions', new DraftList());
    spec.list('versions')?.push(version);
  }
  return spec.maps('versions');
}

function conversion(spec: DraftMap): void {
  const map = spec.map('conversion');
  if (!map) return;
  const client = map.remove('webhookClientConfig');
  const versions = map.remove('conversionReviewVersions');
  if (!client && !versions && map.text('strategy') !== 'Webhook') return;
  const webhook = map.ensure('webhook');
  if (client) webhook.add(client, 'clientConfig');
  if (versions) webhook.add(versions);
  // What v1beta1 filled in.
  else if (!webhook.has('conversionReviewVersions')) webhook.set('conversionReviewVersions', ['v1beta1']);
}

/** Every part of a v1 schema has a type: where one is missing, the author has to say it. */
function isStructural(schema: DraftMap): boolean {
  const typed =
    schema.has('type') ||
    ['x-kubernetes-int-or-string', 'x-kubernetes-preserve-unknown-fields'].some((key) => schema.text(key) === 'true');
  if (!typed) return false;
  const inner: (DraftNode | undefined)[] = [schema.get('items'), schema.get('additionalProperties')];
  for (const { value } of schema.map('properties')?.entries ?? []) inner.push(value);
  return inner.every(
    (one) => one === undefined || one instanceof DraftText || (one instanceof DraftMap && isStructural(one)),
  );
}
