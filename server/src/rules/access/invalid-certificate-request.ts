import { decodeBase64, textOfBytes } from '../../kubernetes/base64.ts';
import { signerName } from '../../kubernetes/forms.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';

export const invalidCertificateRequest: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['CertificateSigningRequestSpec'],
  id: 'invalid-certificate-request',
  severity: 'error',
  title: 'The request for a certificate names no signer or no usage',
  why: 'The API server refuses it: a certificate is signed by somebody, for something, each use named once, for ten minutes at least.',
  remedy: 'Name a signer such as kubernetes.io/kube-apiserver-client, and usages such as client auth.',
  mirrors: ['certificates/validation validateCertificateSigningRequest', 'certificates/validation ValidateSignerName'],
  bad: `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata:
  name: jane
spec:
  request: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0K
  signerName: kube-apiserver-client
#             ^^^^^^^^^^^^^^^^^^^^^ error invalid-certificate-request
  usages: [client auth]
`,
  good: `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata:
  name: jane
spec:
  request: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0K
  signerName: kubernetes.io/kube-apiserver-client
  usages: [client auth]
`,
  visit(visit, report) {
    const { value: spec } = visit;
    if (spec.unknown) return;
    const judge = new Judge(visit, report);
    const [signer, usages, seconds] = [spec.get('signerName'), spec.get('usages'), spec.get('expirationSeconds')];
    judge.form(signer, signerName);
    if (!usages.unknown && (usages.absent || usages.list) && usages.items.length === 0)
      judge.lacks(spec, 'usages', 'A request needs "usages"');
    judge.unique(
      usages.items,
      ({ text }) => text || undefined,
      (usage) => usage,
      'usage',
    );
    judge.range(seconds, 600);
    const request = spec.get('request');
    const bytes = request.text ? decodeBase64(request.text) : undefined;
    if (bytes && !textOfBytes(bytes).includes('-----BEGIN CERTIFICATE REQUEST-----'))
      judge.refuse(request, '"request" holds no certificate request in the form of PEM');
  },
};
