import type { Span } from '../base/span.ts';
import type { Document } from '../graph/document.ts';
import type { Facts } from '../model/facts.ts';
import { nodeAt } from '../syntax/tree.ts';

/** The value of a resource's apiVersion. */
export function apiVersionSpan(document: Document, { resource }: Facts): Span {
  const node = nodeAt(document.tree, [...resource.path, 'apiVersion']);
  return node ? { start: node.start, end: node.end } : resource.kindSpan;
}
