import type { Document } from '../../graph/document.ts';
import type { Resource } from '../../model/facts.ts';
import { isPlaceholder } from '../../syntax/placeholder.ts';
import { hitAt, type Path, type ScalarNode } from '../../syntax/tree.ts';

/** A value of a Secret, which nothing shows unless it is asked to reveal it. */
export interface SecretValue {
  readonly resource: Resource;
  readonly field: 'data' | 'stringData';
  readonly key: string;
  readonly path: Path;
  readonly node: ScalarNode;
  /** What the pod gets; undefined where `data` holds no base64. */
  readonly bytes: Uint8Array | undefined;
}

/** The value of a Secret that an offset stands on; undefined elsewhere, and for placeholders. */
export function secretValueAt(document: Document, offset: number): SecretValue | undefined {
  // Asked with every hover: most documents hold no Secret.
  if (!document.facts.some(({ resource }) => resource.kind === 'Secret')) return undefined;
  return secretValueOf(document, hitAt(document.tree, offset));
}

/** The same, for who knows already what stands there. */
export function secretValueOf(document: Document, hit: ReturnType<typeof hitAt>): SecretValue | undefined {
  if (hit?.on !== 'value' || hit.node?.type !== 'scalar') return undefined;
  const facts = document.facts.findLast(({ resource }) => resource.path.every((segment, i) => hit.path[i] === segment));
  if (facts?.resource.kind !== 'Secret' || facts.resource.group !== '') return undefined;
  const [field, key, ...rest] = hit.path.slice(facts.resource.path.length);
  if ((field !== 'data' && field !== 'stringData') || typeof key !== 'string' || rest.length > 0) return undefined;
  const { node, path } = hit;
  if (isPlaceholder(node.value)) return undefined;
  const bytes = field === 'stringData' ? new TextEncoder().encode(node.value) : decoded(node.value);
  return { resource: facts.resource, field, key, path, node, bytes };
}

/** Go's decoder skips line breaks and nothing else. */
function decoded(text: string): Uint8Array | undefined {
  const compact = text.replace(/[\r\n]/g, '');
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return undefined;
  return Uint8Array.from(atob(compact), (c) => c.charCodeAt(0));
}

/** Undefined for what isn't UTF-8. */
export function textOf(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}

export function base64(content: Uint8Array): string {
  let binary = '';
  for (const byte of content) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** What sort of thing some bytes are, told without showing any of them. */
export function sortOf(bytes: Uint8Array): string {
  const text = textOf(bytes);
  if (text === undefined) return 'binary';
  const pem = /^\s*-----BEGIN ([A-Z0-9 ]+)-----/.exec(text)?.[1];
  if (pem !== undefined) return `PEM (${pem.toLowerCase()})`;
  if (/^\s*[{[]/.test(text)) {
    try {
      JSON.parse(text);
      return 'JSON';
    } catch {
      return 'text';
    }
  }
  const lines = text.replace(/\n$/, '').split('\n').length;
  return lines > 1 ? `text of ${lines} lines` : 'text';
}
