import { type Content, insertAt, scalarLike } from '../../syntax/edit.ts';
import { removeEntry } from '../../syntax/remove.ts';
import type { Path } from '../../syntax/tree.ts';
import type { Value } from '../../syntax/value.ts';
import type { DraftFix, SchemaVisit } from '../rule.ts';

/** Puts a string in place of a scalar, in its style of quotes. */
export function changeTo({ document }: SchemaVisit, value: Value, text: string, preferred = true): DraftFix[] {
  const node = value.scalar;
  if (!node || node.style === 'block') return [];
  return [
    {
      title: `Change to "${text}"`,
      preferred,
      edits: [{ document, span: { start: node.start, end: node.end }, newText: scalarLike(node, text) }],
    },
  ];
}

/** Puts a number or boolean in place of a scalar. */
export function changeToBare({ document }: SchemaVisit, value: Value, text: string, preferred = true): DraftFix[] {
  const node = value.scalar;
  if (!node || node.style === 'block') return [];
  return [
    {
      title: `Change to ${text}`,
      preferred,
      edits: [{ document, span: { start: node.start, end: node.end }, newText: text }],
    },
  ];
}

/** Takes a field out of the map that holds it. */
export function remove({ document }: SchemaVisit, holder: Value, field: string, preferred = true): DraftFix[] {
  const edit = holder.map && removeEntry(document.text, holder.map, field);
  return edit ? [{ title: `Remove "${field}"`, preferred, edits: [{ document, ...edit }] }] : [];
}

/** Adds a field to the object at a path below the visited one. */
export function add(
  { document, facts, path }: SchemaVisit,
  below: Path,
  field: string,
  content: Content,
  preferred = true,
): DraftFix[] {
  const edit = insertAt(document.text, document.tree, [...facts.resource.path, ...path, ...below], {
    entry: [field, content],
  });
  const shown = typeof content === 'string' ? `${field}: ${content}` : field;
  return edit ? [{ title: `Add "${shown}"`, preferred, edits: [{ document, ...edit }] }] : [];
}
