import { goYamlOrder, goYamlString } from '../syntax/go-yaml.ts';
import { base64, textOf } from './shared/secret-value.ts';

/** A file that becomes a key. */
export interface SourceFile {
  readonly key: string;
  readonly content: Uint8Array;
}

/**
 * The manifest that `kubectl create configmap NAME --from-file … --dry-run=client -o yaml` prints, or its twin for
 * `create secret generic` (kubectl's create_configmap.go, create_secret.go): keys in go-yaml's order, what isn't UTF-8
 * under `binaryData`. (Where numbers and letters mix at the start of keys, that order is circular, and kubectl's own
 * output changes from run to run.) Unlike kubectl's, a next-line character (U+0085) comes through whole.
 */
export function objectFromFiles(kind: 'ConfigMap' | 'Secret', name: string, files: readonly SourceFile[]): string {
  const data = new Map<string, string>();
  const binaryData = new Map<string, string>();
  for (const { key, content } of files) {
    const text = kind === 'ConfigMap' ? textOf(content) : undefined;
    if (text !== undefined) data.set(key, text);
    else (kind === 'Secret' ? data : binaryData).set(key, base64(content));
  }
  return [
    'apiVersion: v1\n',
    entries('binaryData', binaryData),
    entries('data', data),
    `kind: ${kind}\nmetadata:\n  creationTimestamp: null\n`,
    entry('name', name),
  ].join('');
}

function entries(field: string, values: ReadonlyMap<string, string>): string {
  if (values.size === 0) return '';
  const sorted = [...values].sort(([a], [b]) => goYamlOrder(a, b));
  return `${field}:\n${sorted.map(([key, value]) => entry(key, value)).join('')}`;
}

function entry(key: string, value: string): string {
  const head = `  ${goYamlString(key, 2, 4)}: `;
  const text = goYamlString(value, head.length, 4);
  return `${head}${text}${text.startsWith('|') && text.endsWith('\n') ? '' : '\n'}`;
}
