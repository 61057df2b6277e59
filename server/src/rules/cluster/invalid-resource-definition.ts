import { dns1035Label, dns1123Subdomain, type Form } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';
import { checkVersions as checkReviewVersions } from './invalid-webhook.ts';

export const invalidResourceDefinition: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['CustomResourceDefinition'],
  id: 'invalid-resource-definition',
  severity: 'error',
  title: "The definition's names, versions or conversion do not fit together",
  why: 'The API server refuses it: a definition is named by its plural and its group, names are labels, exactly one version is stored, and each has a schema.',
  remedy: 'Name it plural.group, mark one version with storage: true, and give each a schema.',
  mirrors: [
    'apiextensions/validation ValidateCustomResourceDefinition',
    'apiextensions/validation validateCustomResourceDefinitionSpec',
    'apiextensions/validation ValidateCustomResourceDefinitionNames',
    'apiextensions/validation validateCustomResourceConversion',
    'apiextensions/validation validateAPIApproval',
  ],
  bad: `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets
#       ^^^^^^^ error invalid-resource-definition
spec:
  group: example.com
  scope: Namespaced
  names:
    plural: widgets
    kind: Widget
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
`,
  good: `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.example.com
spec:
  group: example.com
  scope: Namespaced
  names:
    plural: widgets
    kind: Widget
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
`,
  visit(visit, report) {
    const { value: definition, kind } = visit;
    const spec = definition.get('spec');
    if (spec.unknown) return;
    const judge = new Judge(visit, report);
    checkName(judge, definition, spec);
    checkNames(judge, spec.get('names'));
    checkVersions(judge, spec, kind.version);
    const preserve = spec.get('preserveUnknownFields');
    if (kind.version === 'v1' && preserve.boolean === true)
      judge.refuse(preserve, '"preserveUnknownFields" can\'t be true any more', {
        advice: 'Write x-kubernetes-preserve-unknown-fields: true into the schema.',
        fixes: () => judge.remove(spec, 'preserveUnknownFields'),
      });
    checkConversion(judge, spec.get('conversion'), kind.version);
    if (kind.version === 'v1') checkApproval(judge, definition, spec.get('group'));
  },
};

const group: Form = (text) =>
  dns1123Subdomain(text) ?? (text.includes('.') ? undefined : 'must be a domain with at least one "."');

function checkName(judge: Judge, definition: Value, spec: Value): void {
  judge.form(spec.get('group'), group);
  const [name, plural, domain] = [
    definition.at('metadata', 'name'),
    spec.at('names', 'plural').text,
    spec.get('group').text,
  ];
  // A name that is none has been told already.
  if (name.text === undefined || dns1123Subdomain(name.text) !== undefined || !plural || !domain) return;
  const due = `${plural}.${domain}`;
  if (name.text !== due)
    judge.refuse(name, `A definition is named by its plural and its group, "${due}"`, {
      related: [spec.at('names', 'plural'), 'The plural'],
      fixes: () => judge.change(name, due),
    });
}

/** Kinds may have capital letters. */
const kindName: Form = (text) => dns1035Label(text.toLowerCase());

function checkNames(judge: Judge, names: Value): void {
  for (const field of ['plural', 'singular']) judge.form(names.get(field), dns1035Label);
  for (const field of ['kind', 'listKind']) judge.form(names.get(field), kindName);
  for (const field of ['shortNames', 'categories'])
    for (const item of names.get(field).items) judge.form(item, dns1035Label, { empty: true });
  const [kind, list] = [names.get('kind').text, names.get('listKind')];
  if (kind && kind === list.text)
    judge.refuse(list, '"listKind" must be another name than "kind"', {
      fixes: () => judge.change(list, `${kind}List`, true),
    });
}

function checkVersions(judge: Judge, spec: Value, apiVersion: string): void {
  const versions = spec.get('versions');
  const { items } = versions;
  for (const version of items) {
    if (version.unknown) return;
    judge.form(version.get('name'), dns1035Label);
    if (apiVersion === 'v1' && version.at('schema', 'openAPIV3Schema').absent && version.map) {
      const schema = version.get('schema');
      judge.lacks(
        schema.present ? schema : version,
        schema.present ? 'openAPIV3Schema' : 'schema',
        'Each version needs a schema in "schema.openAPIV3Schema"',
      );
    }
    checkDeprecation(judge, version);
  }
  judge.unique(
    items,
    (version) => version.get('name').text || undefined,
    (version) => version.get('name'),
    'version',
  );
  const stored = items.filter((version) => version.get('storage').boolean);
  if (stored.length > 1) {
    const [first, second] = stored;
    if (first && second)
      judge.refuse(second.get('storage'), 'Exactly one version is stored, and there is one already', {
        related: [first.get('storage'), 'The first one'],
        fixes: () => judge.change(second.get('storage'), 'false'),
      });
  } else if (
    stored.length === 0 &&
    items.length > 0 &&
    items.every((version) => version.get('storage').boolean === false)
  ) {
    const mark = items.length === 1 ? (items[0]?.get('storage') ?? versions) : versions;
    judge.refuseField(mark, 'Exactly one version is stored, and here is none with "storage: true"', {
      fixes: () => (items[0] && items.length === 1 ? judge.change(items[0].get('storage'), 'true', true) : []),
    });
  }
}

function checkDeprecation(judge: Judge, version: Value): void {
  const warning = version.get('deprecationWarning');
  if (warning.absent || warning.unknown) return;
  if (!version.get('deprecated').boolean && !version.get('deprecated').unknown)
    judge.refuseField(warning, '"deprecationWarning" is for versions with "deprecated: true"', { ofAbsence: true });
  else if (warning.text === '') judge.refuse(warning, '"deprecationWarning" must not be empty');
  else if ((warning.text ?? '').length > 256)
    judge.refuse(warning, '"deprecationWarning" must have no more than 256 characters');
}

function checkConversion(judge: Judge, conversion: Value, apiVersion: string): void {
  if (conversion.unknown) return;
  const strategy = conversion.get('strategy');
  const webhook = conversion.get('webhook');
  if (strategy.text === 'None') {
    for (const field of ['webhook', 'webhookClientConfig', 'conversionReviewVersions']) {
      const value = conversion.get(field);
      if (
        value.present &&
        (value.list ? value.items.length > 0 : true) &&
        (field === 'webhook') === (apiVersion === 'v1')
      )
        judge.refuseField(value, `"${field}" is for the strategy Webhook, and this one is None`, {
          fixes: () => [...judge.remove(conversion, field), ...judge.change(strategy, 'Webhook')],
        });
    }
  } else if (strategy.text === 'Webhook' && apiVersion === 'v1' && !webhook.unknown) {
    if (webhook.get('clientConfig').absent)
      judge.lacks(
        webhook.present ? webhook : conversion,
        webhook.present ? 'clientConfig' : 'webhook',
        'The strategy Webhook needs "webhook.clientConfig"',
      );
    checkReviewVersions(judge, webhook.get('conversionReviewVersions'));
  }
}

const approval = 'api-approved.kubernetes.io';

/** Groups of the Kubernetes project are for APIs that it has approved. */
function checkApproval(judge: Judge, definition: Value, domain: Value): void {
  if (!/(?:^|\.)(?:k8s|kubernetes)\.io$/.test(domain.text ?? '')) return;
  const annotations = definition.at('metadata', 'annotations');
  const annotation = annotations.get(approval);
  if (annotations.unknown || annotation.unknown) return;
  const { text } = annotation;
  if (annotation.absent || text === '')
    judge.refuse(
      domain,
      `The group ${domain.text ?? ''} is the Kubernetes project's, and needs the annotation "${approval}"`,
      {
        advice: 'Its value is the address of the approval, or begins with "unapproved".',
        ofAbsence: true,
      },
    );
  else if (text !== undefined && !text.startsWith('unapproved') && !/^[a-zA-Z][a-zA-Z0-9+.-]*:\/\/[^/]+/.test(text))
    judge.refuse(
      annotation,
      `The annotation "${approval}" must be the address of the approval, or begin with "unapproved"`,
    );
}
