import { dns1123Label, dns1123Subdomain } from '../../kubernetes/forms.ts';
import { parseQuantity } from '../../kubernetes/quantity.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { Finding, SchemaRule, SchemaVisit } from '../rule.ts';
import { checkAccessModes } from './access-modes.ts';

/** From then on the API server looks at a StatefulSet's claims before it makes them. */
const checksClaimTemplates = 34;

export const invalidClaim: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['PersistentVolumeClaim', 'PersistentVolumeClaimTemplate', 'StatefulSetSpec'],
  id: 'invalid-claim',
  severity: 'error',
  title: 'The claim does not say what storage it asks for',
  why: 'The API server refuses it: a claim has access modes, which are written out, and asks for a size above 0; what it is filled from has a name and a kind.',
  remedy: 'Give the claim accessModes and resources.requests.storage.',
  mirrors: [
    'core/validation ValidatePersistentVolumeClaimSpec',
    'core/validation validateDataSource',
    'core/validation validateDataSourceRef',
  ],
  bad: `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  accessModes: [ReadWriteOnce]
  resources:
    requests:
#   ^^^^^^^^ error invalid-claim
      cpu: 1
`,
  good: `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 8Gi
`,
  visit(visit, report) {
    const { value: claim, schema } = visit;
    if (schema.type === 'object' && schema.name === 'StatefulSetSpec') {
      checkTemplates(visit, report);
      return;
    }
    const spec = claim.get('spec');
    if (isUnchecked(visit) || spec.unknown || (spec.present && !spec.map)) return;
    const judge = new Judge(visit, report);
    if (isTemplateOfStatefulSet(visit)) checkName(judge, claim);
    if (spec.absent) {
      judge.lacks(claim, 'spec', 'A claim needs a "spec" with "accessModes" and "resources.requests.storage"');
      return;
    }
    checkAccessModes(judge, spec, 'A claim');
    checkSize(judge, spec);
    for (const field of ['storageClassName', 'volumeAttributesClassName'])
      judge.form(spec.get(field), dns1123Subdomain);
    checkSources(judge, spec);
  },
};

/** Nothing among the templates is a claim without anything. */
function checkTemplates(visit: SchemaVisit, report: (finding: Finding) => void): void {
  if (visit.model.release < checksClaimTemplates) return;
  const judge = new Judge(visit, report);
  for (const claim of visit.value.get('volumeClaimTemplates').items)
    if (claim.absent) judge.refuse(claim, 'This claim is empty, and needs a name, "accessModes" and a size');
}

const isTemplateOfStatefulSet = ({ path, kind }: SchemaVisit): boolean =>
  path[1] === 'volumeClaimTemplates' && kind.kind === 'StatefulSet';

/** Before, nobody looked at a StatefulSet's claims until the controller made them: they fail then, and not here. */
const isUnchecked = (visit: SchemaVisit): boolean =>
  isTemplateOfStatefulSet(visit) && visit.model.release < checksClaimTemplates;

/** The claims of a StatefulSet are its pods' volumes, so their names are those of volumes. */
function checkName(judge: Judge, claim: Value): void {
  const metadata = claim.get('metadata');
  const name = metadata.get('name');
  if (metadata.unknown || name.unknown) return;
  if (name.absent || name.text === '') {
    const holder = metadata.present ? metadata : claim;
    judge.lacks(
      holder,
      metadata.present ? 'name' : 'metadata',
      "A StatefulSet's claim needs a name, by which containers mount it",
    );
  } else judge.form(name, dns1123Label);
}

function checkSize(judge: Judge, spec: Value): void {
  const resources = spec.get('resources');
  const requests = resources.get('requests');
  const storage = requests.get('storage');
  if (resources.unknown || requests.unknown) return;
  if (storage.absent) {
    const way: readonly (readonly [Value, string])[] = [
      [requests, 'storage'],
      [resources, 'requests'],
      [spec, 'resources'],
    ];
    const [holder, field] = way.find(([value]) => value.present) ?? [spec, 'resources'];
    judge.lacks(holder, field, 'A claim asks for a size in "resources.requests.storage", and this one does not');
    return;
  }
  const size = sizeOf(storage);
  if (size !== undefined && size <= 0n)
    judge.refuse(storage, `A claim asks for more than 0, and this one for ${storage.scalar?.value ?? ''}`);
}

/** The amount of a quantity, undefined for what is none. */
export const sizeOf = (value: Value): bigint | undefined =>
  value.scalar && !value.unknown && value.present ? parseQuantity(value.scalar.value)?.nanos : undefined;

function checkSources(judge: Judge, spec: Value): void {
  const source = spec.get('dataSource');
  const reference = spec.get('dataSourceRef');
  // Anything else in it is dropped unread: only claims and snapshots were sources from the beginning.
  const group = source.get('apiGroup');
  const kind = source.get('kind').text;
  const ofClaim = kind === 'PersistentVolumeClaim' && (group.absent || group.text === '');
  const ofSnapshot = kind === 'VolumeSnapshot' && group.text === 'snapshot.storage.k8s.io';
  if (ofClaim || ofSnapshot) checkNamed(judge, source);
  if (reference.present && !reference.unknown) {
    checkNamed(judge, reference);
    const { text } = reference.get('apiGroup');
    if (
      reference.get('kind').text &&
      reference.get('kind').text !== 'PersistentVolumeClaim' &&
      (reference.get('apiGroup').absent || text === '')
    )
      judge.lacks(
        reference,
        'apiGroup',
        `The kind ${reference.get('kind').text ?? ''} is of no core group: "dataSourceRef" needs an "apiGroup"`,
      );
    else judge.form(reference.get('apiGroup'), dns1123Subdomain);
    const namespace = reference.get('namespace');
    judge.form(namespace, dns1123Label);
    if (namespace.text && (ofClaim || ofSnapshot))
      judge.refuseField(source, '"dataSource" can\'t stand beside a "dataSourceRef" with a namespace', {
        fixes: () => judge.remove(spec, 'dataSource', true),
      });
    else if (
      (ofClaim || ofSnapshot) &&
      ['kind', 'name'].some((field) => differ(source.get(field), reference.get(field)))
    )
      judge.refuseField(source, '"dataSource" and "dataSourceRef" must name the same', {
        related: [reference, 'The other one'],
        fixes: () => judge.remove(spec, 'dataSource'),
      });
  }
}

const differ = (a: Value, b: Value): boolean => a.text !== undefined && b.text !== undefined && a.text !== b.text;

function checkNamed(judge: Judge, source: Value): void {
  for (const field of ['kind', 'name']) {
    const value = source.get(field);
    const name = source.pair?.key.value ?? 'The source';
    if (value.absent && !source.unknown) judge.lacks(source, field, `"${name}" needs a "${field}"`);
    else if (value.text === '') judge.refuse(value, `"${field}" of "${name}" must not be empty`);
  }
}
