import { decodeBase64, textOfBytes } from '../../kubernetes/base64.ts';
import type { Value } from '../../syntax/value.ts';
import type { SchemaRule } from '../rule.ts';
import { listOf } from '../wording.ts';

export const incompleteSecret: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['Secret'],
  id: 'incomplete-secret',
  severity: 'error',
  mirrors: ['core/validation ValidateSecret'],
  title: 'The Secret lacks what its type asks for',
  why: 'A typed Secret is used by name of its keys: the API server refuses one of type kubernetes.io/tls without tls.crt and tls.key, and so on.',
  remedy: 'Add the keys, or leave the type out.',
  wholeOnly: true,
  bad: `apiVersion: v1
kind: Secret
metadata:
  name: certificate
type: kubernetes.io/tls
stringData:
# ^^^^^^^^^^ error incomplete-secret
  tls.crt: certificate
`,
  good: `apiVersion: v1
kind: Secret
metadata:
  name: certificate
type: kubernetes.io/tls
stringData:
  tls.crt: certificate
  tls.key: key
`,
  visit({ value, document }, report) {
    const type = value.get('type');
    const data = value.get('data');
    const plain = value.get('stringData');
    if (type.text === undefined || data.unknown || plain.unknown) return;
    // A key with nothing behind it is there, and its value is empty.
    const has = (key: string): boolean => isKey(data, key) || isKey(plain, key);
    if (type.text === 'kubernetes.io/service-account-token') {
      const annotations = value.at('metadata', 'annotations');
      const account = annotations.get('kubernetes.io/service-account.name');
      if (account.absent || account.scalar?.value === '')
        report({
          // Where it would stand.
          span: account.span,
          related: [{ document, span: type.span, message: 'The type that needs it' }],
          message: `A Secret of type ${type.text} needs the annotation kubernetes.io/service-account.name: the API server refuses it.`,
        });
      return;
    }
    const wanted = keysByType[type.text];
    if (wanted) {
      const missing = wanted.all ? wanted.keys.filter((key) => !has(key)) : wanted.keys.some(has) ? [] : wanted.keys;
      if (missing.length > 0)
        report({
          span: data.pair ? data.keySpan : plain.pair ? plain.keySpan : type.span,
          message: `A Secret of type ${type.text} needs the key ${listOf(
            missing.map((key) => `"${key}"`),
            4,
            wanted.all ? 'and' : 'or',
          )}: the API server refuses it.`,
        });
    }
    for (const key of ['.dockerconfigjson', '.dockercfg', 'ssh-privatekey']) {
      if (!wanted?.keys.includes(key)) continue;
      const at = isKey(plain, key) ? plain.get(key) : data.get(key);
      const text = at.pair && at.absent ? '' : isKey(plain, key) ? at.text : decoded(at);
      if (text === undefined) continue;
      if (key === 'ssh-privatekey') {
        if (text === '')
          report({
            span: at.span,
            message: `The value of "${key}" must not be empty: the API server refuses this Secret.`,
          });
      } else if (!isJsonObject(text))
        report({
          span: at.span,
          message: `The value of "${key}" must be a JSON object: the API server refuses this Secret.`,
        });
    }
  },
};

const isKey = (map: Value, key: string): boolean => map.get(key).pair !== undefined;

const keysByType: Readonly<Record<string, { readonly keys: readonly string[]; readonly all: boolean }>> = {
  'kubernetes.io/tls': { keys: ['tls.crt', 'tls.key'], all: true },
  'kubernetes.io/dockerconfigjson': { keys: ['.dockerconfigjson'], all: true },
  'kubernetes.io/dockercfg': { keys: ['.dockercfg'], all: true },
  'kubernetes.io/ssh-auth': { keys: ['ssh-privatekey'], all: true },
  'kubernetes.io/basic-auth': { keys: ['username', 'password'], all: false },
};

function decoded(value: Value): string | undefined {
  const bytes = value.text === undefined ? undefined : decodeBase64(value.text);
  return bytes && textOfBytes(bytes);
}

function isJsonObject(text: string): boolean {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && !Array.isArray(json);
  } catch {
    return false;
  }
}
