import { describe, expect, it } from 'vitest';
import { atCursor, completionsAt, open, parseFixture, placesOf } from '../fixture.ts';

const user = (secret: string, key: string): string => `---
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      env:
        - name: VALUE
          valueFrom:
            secretKeyRef:
              name: ${secret}
              key: ${key}
`;

const sealed = `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: login
spec:
  encryptedData:
    password: AgBy8hCi
  template:
    data:
      url: https://example.com
`;

const external = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: all
spec:
  secretStoreRef:
    name: vault
  target:
    name: login
    creationPolicy: Owner
  data:
    - secretKey: password
      remoteRef:
        key: login
`;

const provider = `apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata:
  name: vault
spec:
  provider: vault
  secretObjects:
    - secretName: login
      type: Opaque
      data:
        - objectName: password
          key: password
    - secretName: other
      type: Opaque
      data:
        - objectName: token
          key: token
`;

const certificate = (more = ''): string => `apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: web
spec:
  secretName: login
  issuerRef:
    name: ca
  dnsNames: [example.com]
${more}`;

const tokenSecret = `apiVersion: v1
kind: Secret
metadata:
  name: login
  annotations:
    kubernetes.io/service-account.name: default
type: kubernetes.io/service-account-token
`;

/** What is said of keys. */
const ofKeys = (text: string): string[] => {
  const { snapshot } = open(parseFixture(text));
  return snapshot
    .files()
    .flatMap((uri) => snapshot.diagnostics(uri))
    .filter(({ code }) => code === 'unresolved-secret-key')
    .map(({ severity, message }) => `${severity}: ${message}`);
};

describe('the keys of a Secret that a controller makes', () => {
  it.each([
    ['a SealedSecret', sealed, ['password', 'url'], 'passwort'],
    ['an ExternalSecret', external, ['password'], 'token'],
    ['a SecretProviderClass', provider, ['password'], 'token'],
    ['a Certificate', certificate(), ['tls.crt', 'tls.key', 'ca.crt'], 'keystore.jks'],
    [
      'a Certificate with a keystore',
      certificate('  keystores:\n    jks:\n      create: true\n      passwordSecretRef: { name: x, key: y }\n'),
      ['keystore.jks', 'truststore.jks'],
      'keystore.p12',
    ],
    ['a token of a service account', tokenSecret, ['token', 'ca.crt', 'namespace'], 'tls.crt'],
  ])('by %s are known', (_, maker, keys, wrong) => {
    for (const key of keys) expect(ofKeys(maker + user('login', key)), key).toEqual([]);
    expect(ofKeys(maker + user('login', wrong))).toEqual([
      expect.stringMatching(new RegExp(`^error: \\w+ "login" \\(main.yaml:\\d+\\) has no key "${wrong}"\\.`)),
    ]);
    expect(completionsAt(maker + user('login', '$0'))).toEqual(expect.arrayContaining(keys));
  });

  it.each([
    ['dataFrom', external.replace('  data:', '  dataFrom:\n    - extract: { key: all }\n  data:')],
    [
      'a template of its own',
      external.replace('name: login\n', 'name: login\n    template:\n      templateFrom: []\n'),
    ],
    ['a Secret that it only adds to', external.replace('Owner', 'Merge')],
    ['one sealed text', sealed.replace('  encryptedData:', '  data: AgBy\n  encryptedData:')],
    ['nothing that is listed', sealed.slice(0, sealed.indexOf('spec:'))],
  ])('are not judged where they come from %s', (_, maker) => {
    expect(ofKeys(maker + user('login', 'anything'))).toEqual([]);
  });

  it('are followed to where they are written, and renamed there', () => {
    const { snapshot, uri, offset } = atCursor(provider + user('other', '$0token'));
    expect(placesOf(snapshot, snapshot.definition(uri, offset))).toEqual(['main.yaml:17 token']);
    const answer = snapshot.rename(uri, offset, 'jwt');
    expect('edits' in answer && answer.edits).toHaveLength(2);
  });

  it('that a controller names can not be renamed', () => {
    const { snapshot, uri, offset } = atCursor(certificate() + user('login', 'tls$0.crt'));
    expect(placesOf(snapshot, snapshot.definition(uri, offset))).toEqual(['main.yaml:6 login']);
    expect(snapshot.rename(uri, offset, 'crt')).toEqual({
      refused: 'The controller of Certificate "web" gives the key "tls.crt" its name.',
    });
  });

  it('are not added to what is no Secret', () => {
    const { snapshot, uri, offset } = atCursor(sealed + user('login', '$0nothing'));
    expect(snapshot.codeActions(uri, { start: offset, end: offset }).map(({ title }) => title)).not.toContainEqual(
      expect.stringContaining('Add key'),
    );
  });
});

describe('what an operator makes', () => {
  const elastic = `apiVersion: elasticsearch.k8s.elastic.co/v1
kind: Elasticsearch
metadata:
  name: logs
spec:
  version: 9.1.0
`;
  const config = (host: string): string => `---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  elasticsearch_host: ${host}
`;

  it('is named after it, with something behind', () => {
    const { snapshot, uri, offset } = atCursor(
      elastic.replace('logs', '$0logs') + config('logs-es-http:9200') + user('logs-es-elastic-user', 'elastic'),
    );
    expect(snapshot.diagnostics(uri)).toEqual([]);
    expect(placesOf(snapshot, snapshot.references(uri, offset, false))).toEqual([
      'main.yaml:13 logs-es-http',
      'main.yaml:27 logs-es-elastic-user',
    ]);
    expect(snapshot.rename(uri, offset, 'events')).toEqual({
      refused: expect.stringContaining('Elasticsearch "logs"'),
    });
  });

  it('is told from what is nearly so', () => {
    const { snapshot } = open(parseFixture(elastic + config('log-es-http:9200')));
    expect(snapshot.diagnostics('file:///w/main.yaml').map(({ message }) => message)).toEqual([
      expect.stringContaining('Did you mean "logs-es-http" (main.yaml:4)?'),
    ]);
  });
});
