import { decodeBase64, encodeBase64 } from '../../kubernetes/base64.ts';
import { insertAt } from '../../syntax/edit.ts';
import type { Entry } from '../../syntax/value.ts';
import type { DraftFix, SchemaRule, SchemaVisit } from '../rule.ts';

const holders = ['Secret', 'ConfigMap'];

export const notBase64: SchemaRule = {
  scope: 'schema',
  nodes: ['map', 'scalar'],
  applies: (schema) =>
    schema.type === 'object' ? holders.includes(schema.name) : schema.type === 'string' && schema.format === 'byte',
  id: 'not-base64',
  severity: 'error',
  mirrors: ['apimachinery runtime/serializer/json decoding of []byte'],
  title: 'A value that has to be base64 is not',
  why: "A Secret's data and a ConfigMap's binaryData hold bytes: the API server decodes them as base64 and refuses anything else. Plain text belongs into stringData.",
  remedy: 'Encode the value, or move it to stringData.',
  bad: `apiVersion: v1
kind: Secret
metadata:
  name: login
data:
  password: s3cret!
#           ^^^^^^^ error not-base64
`,
  good: `apiVersion: v1
kind: Secret
metadata:
  name: login
data:
  password: czNjcmV0IQ==
`,
  visit(visit, report) {
    const { value, schema, kind } = visit;
    if (kind.custom) return;
    if (schema.type !== 'object') {
      // Certificates and the like; what stands in Secrets and ConfigMaps is judged there.
      const name = visit.pair?.key.value;
      if (holders.includes(kind.kind) || name === undefined || value.text === undefined || decodeBase64(value.text))
        return;
      report({ span: value.span, message: `The value of "${name}" is not base64: the API server refuses it.` });
      return;
    }
    const secret = schema.type === 'object' && schema.name === 'Secret';
    for (const entry of value.get(secret ? 'data' : 'binaryData').entries) {
      const text = entry.value.text;
      if (text === undefined || decodeBase64(text)) continue;
      // Never the value itself: a message is shown, logged and copied.
      report({
        span: entry.value.span,
        message: `The value of "${entry.name}" is not base64: the API server refuses it.${secret ? ' Encode it, or move it to stringData, which takes plain text.' : ''}`,
        fixes: () => fixesFor(visit, entry, text, secret),
      });
    }
  },
};

function fixesFor(
  { document, facts, value }: SchemaVisit,
  { name, value: held }: Entry,
  text: string,
  secret: boolean,
): readonly DraftFix[] {
  const node = held.scalar;
  if (!node || held.pair?.value !== node) return [];
  const span = { start: node.start, end: node.end };
  const fixes: DraftFix[] = [
    {
      title: `Encode the value of "${name}"`,
      preferred: false,
      edits: [{ document, span, newText: encodeBase64(text) }],
    },
  ];
  const data = value.get('data').map;
  if (!secret || node.style === 'block' || data?.flow !== false) return fixes;
  const only = data.pairs.length === 1;
  const path = [...facts.resource.path, ...(value.get('stringData').map ? ['stringData'] : [])];
  const written = document.text.slice(node.start, node.end);
  // Where it is the only key, data itself becomes stringData.
  const dataKey = value.get('data').pair?.key;
  if (only && dataKey && value.get('stringData').absent) {
    fixes.push({
      title: 'Change data to stringData',
      preferred: false,
      edits: [{ document, span: { start: dataKey.start, end: dataKey.end }, newText: 'stringData' }],
    });
    return fixes;
  }
  const insertion = value.get('stringData').map
    ? insertAt(document.text, document.tree, path, { entry: [name, written] })
    : undefined;
  const line = held.pair && lineOf(document.text, held.pair.key.start, node.end);
  if (insertion && line && !only)
    fixes.push({
      title: `Move "${name}" to stringData`,
      preferred: false,
      edits: [
        { document, ...insertion },
        { document, span: line, newText: '' },
      ],
    });
  return fixes;
}

/** The whole lines of an entry, with the line break behind it. */
function lineOf(text: string, start: number, end: number): { readonly start: number; readonly end: number } {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  return { start: lineStart, end: lineEnd < 0 ? text.length : lineEnd + 1 };
}
