import { decodeBase64, textOfBytes } from '../../kubernetes/base64.ts';
import { dns1035Label, dns1123Subdomain } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge, quoted } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

/** From then on the certificates of conversion webhooks are read; those of admission webhooks are not. */
const readsCertificates = 31;

export const invalidWebhook: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'WebhookClientConfig'],
  id: 'invalid-webhook',
  severity: 'error',
  title: "The webhook can't be called, or has a name that none may have",
  why: 'The API server refuses it: a webhook is called at a URL or at a Service, has a name of its own in three parts at least, has no side effects on a dry run, and understands a version of the review that the server speaks.',
  remedy: 'Give the webhook a service or a url, sideEffects None or NoneOnDryRun, and admissionReviewVersions with v1.',
  mirrors: [
    'admissionregistration/validation validateValidatingWebhook',
    'admissionregistration/validation validateMutatingWebhook',
    'admissionregistration/validation validateAdmissionReviewVersions',
    'apiserver util/webhook ValidateWebhookURL',
    'apiserver util/webhook ValidateCABundle',
  ],
  bad: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: policy
webhooks:
  - name: policy
#         ^^^^^^ error invalid-webhook
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig:
      url: https://policy.example.com/validate
`,
  good: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: policy
webhooks:
  - name: policy.shop.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig:
      url: https://policy.example.com/validate
`,
  visit(visit, report) {
    const { value, schema, kind } = visit;
    const judge = new Judge(visit, report);
    if (schema.type === 'object' && schema.name === 'WebhookClientConfig') {
      checkClient(judge, value);
      if (kind.kind === 'CustomResourceDefinition' && visit.model.release >= readsCertificates)
        checkCertificates(judge, value.get('caBundle'));
      return;
    }
    const webhooks = value.get('webhooks').items;
    for (const webhook of webhooks) if (!webhook.unknown) checkWebhook(judge, webhook, kind.version === 'v1');
    judge.unique(
      webhooks,
      (webhook) => webhook.get('name').text || undefined,
      (webhook) => webhook.get('name'),
      'webhook',
    );
  },
};

/** IsFullyQualifiedName. */
const fullName = (text: string): string | undefined =>
  dns1123Subdomain(text) ??
  (text.split('.').length < 3 ? 'must have at least three parts, such as policy.shop.example.com' : undefined);

function checkWebhook(judge: Judge, webhook: Value, strict: boolean): void {
  judge.form(webhook.get('name'), fullName);
  const effects = webhook.get('sideEffects');
  if (strict && (effects.text === 'Some' || effects.text === 'Unknown'))
    judge.refuse(effects, `A webhook must have no side effects, and "sideEffects" is ${effects.text}`, {
      fixes: () => [...judge.change(effects, 'None'), ...judge.change(effects, 'NoneOnDryRun')],
    });
  checkVersions(judge, webhook.get('admissionReviewVersions'));
}

/** The versions of a review that a webhook understands; the server has to speak one of them. */
export function checkVersions(judge: Judge, versions: Value): void {
  const seen = new Set<string>();
  for (const version of versions.items) {
    const { text } = version;
    if (text === undefined) continue;
    if (seen.has(text)) judge.refuse(version, `The version "${text}" stands here twice`);
    else judge.form(version, dns1035Label, { empty: true });
    seen.add(text);
  }
  if (
    versions.items.length === 0 ||
    versions.items.some((version) => version.unknown) ||
    seen.has('v1') ||
    seen.has('v1beta1') ||
    seen.size === 0
  )
    return;
  if (versions.items.some(({ text }) => text !== undefined && dns1035Label(text) !== undefined)) return;
  judge.refuse(versions.item(0), `"${versions.pair?.key.value ?? ''}" must have v1, which the API server speaks`, {
    fixes: () => (versions.items.length === 1 ? judge.change(versions.item(0), 'v1') : []),
  });
}

function checkClient(judge: Judge, client: Value): void {
  if (client.unknown) return;
  const [url, service] = [client.get('url'), client.get('service')];
  if (url.present && service.present)
    judge.refuseField(url, 'A webhook is called at a "url" or at a "service", not at both', {
      related: [service, 'The Service'],
      fixes: () => [...judge.remove(client, 'url'), ...judge.remove(client, 'service')],
    });
  else if (url.absent && service.absent)
    judge.lacks(client, url.pair ? 'url' : 'service', 'A webhook needs a "url" or a "service" to be called at');
  else if (url.text !== undefined) checkUrl(judge, url, url.text);
  const path = service.get('path');
  if (path.text) checkPath(judge, path, path.text);
}

/** ValidateCABundle: at least one certificate that can be read. */
function checkCertificates(judge: Judge, bundle: Value): void {
  const bytes = bundle.text ? decodeBase64(bundle.text) : undefined;
  if (!bytes || bytes.length === 0) return;
  const blocks = textOfBytes(bytes).matchAll(/-----BEGIN CERTIFICATE-----\s+([^-]*?)\s*-----END CERTIFICATE-----/g);
  // A certificate in DER is a sequence.
  for (const [, body = ''] of blocks) if (decodeBase64(body.replace(/\s/g, ''))?.[0] === 0x30) return;
  judge.refuse(bundle, '"caBundle" holds no certificate in the form of PEM', {
    advice: 'Leave it out where something puts it in later.',
  });
}

function checkUrl(judge: Judge, value: Value, text: string): void {
  const match = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/.exec(text);
  if (!match) judge.refuse(value, `${quoted(text)} is no URL such as https://policy.example.com/validate`);
  else if (match[1]?.toLowerCase() !== 'https') judge.refuse(value, `${quoted(text)} must begin with "https://"`);
  else if (match[2] === '' || match[2]?.endsWith('@')) judge.refuse(value, `${quoted(text)} must name a host`);
  else if (match[2]?.includes('@')) judge.refuse(value, 'The URL of a webhook must not have a user');
  else if (match[5]) judge.refuse(value, 'The URL of a webhook must not have a fragment');
  else if (match[4]) judge.refuse(value, 'The URL of a webhook must not have a query');
}

/** ValidateWebhookService: each step of a path is a subdomain or a label. */
function checkPath(judge: Judge, value: Value, text: string): void {
  if (text === '/') return;
  if (!text.startsWith('/')) {
    judge.refuse(value, `${quoted(text)} must begin with "/"`, { fixes: () => judge.change(value, `/${text}`, true) });
    return;
  }
  const steps = text.slice(1).replace(/\/$/, '').split('/');
  for (const step of steps) {
    const fault = step === '' ? 'is empty' : dns1123Subdomain(step);
    if (fault !== undefined) {
      judge.refuse(
        value,
        step === '' ? `${quoted(text)} must not have "//"` : `The step "${step}" of the path ${fault}`,
      );
      return;
    }
  }
}
