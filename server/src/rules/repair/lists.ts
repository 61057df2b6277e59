import { lineStartAt } from '../../base/line-index.ts';
import type { TextEdit } from '../../base/text-edit.ts';
import type { Schema } from '../../schema/api-model.ts';
import { plainSafe } from '../../syntax/edit.ts';
import type { ListNode, MapNode } from '../../syntax/tree.ts';
import type { DraftFix, SchemaVisit } from '../rule.ts';

/** A map where a list is due: its only item, or, where its keys are names, one item for each. */
export function intoList({ document }: SchemaVisit, node: MapNode, items: Schema): readonly DraftFix[] {
  const { text } = document;
  const fix = (title: string, edits: readonly TextEdit[]): DraftFix[] => [
    { title, preferred: true, edits: edits.map((edit) => ({ document, ...edit })) },
  ];
  const known = items.type !== 'object' || node.pairs.every(({ key }) => items.fields.has(key.value));
  if (!known) {
    const named = asNamed(text, node, items);
    return named ? fix('Make it a list of names and values', named) : [];
  }
  if (node.flow) return fix('Make it an item of a list', [insertion(node.start, '['), insertion(node.end, ']')]);
  const edits = [insertion(node.start, '- ')];
  for (let at = text.indexOf('\n', node.start); at >= 0 && at + 1 < node.end; at = text.indexOf('\n', at + 1))
    if (!/^\s*$/.test(lineAt(text, at + 1))) edits.push(insertion(at + 1, '  '));
  return fix('Make it an item of a list', edits);
}

/** `MODE: fast` as an item with a name and a value, as variables have them. */
function asNamed(text: string, node: MapNode, items: Schema): readonly TextEdit[] | undefined {
  if (node.flow || items.type !== 'object' || !items.fields.has('name') || !items.fields.has('value')) return undefined;
  const edits: TextEdit[] = [];
  for (const { key, value } of node.pairs) {
    if (items.fields.has(key.value) || value?.type !== 'scalar' || value.style === 'block') return undefined;
    const indent = ' '.repeat(key.start - lineStartAt(text, key.start));
    const written = value.style === 'plain' ? plainSafe(value.value) : text.slice(value.start, value.end);
    const span = { start: key.start, end: value.end };
    edits.push({ span, newText: `- name: ${plainSafe(key.value)}\n${indent}  value: ${written}` });
  }
  return edits;
}

/** A list where a map or a single value is due: its only item, or maps of different keys as one. */
export function outOfList({ document }: SchemaVisit, node: ListNode, schema: Schema): readonly DraftFix[] {
  const { text } = document;
  const fix = (title: string, edits: readonly TextEdit[]): DraftFix[] => [
    { title, preferred: true, edits: edits.map((edit) => ({ document, ...edit })) },
  ];
  const [only] = node.items;
  const isMap = schema.type === 'object' || schema.type === 'map';
  if (!isMap) {
    if (node.items.length !== 1 || only?.type !== 'scalar' || only.style === 'block' || schema.type === 'list')
      return [];
    const start = node.flow ? node.start : behindColon(text, node.start);
    const lead = node.flow ? '' : ' ';
    return fix('Take it out of the list', [
      { span: { start, end: node.flow ? node.end : only.end }, newText: lead + text.slice(only.start, only.end) },
    ]);
  }
  const maps = node.items.filter((item) => item?.type === 'map');
  const keys = maps.flatMap(({ pairs }) => pairs.map(({ key }) => key.value));
  if (maps.length === 0 || maps.length !== node.items.length || new Set(keys).size !== keys.length) return [];
  if (schema.type === 'object' && !keys.every((key) => schema.fields.has(key))) return [];
  if (node.flow) {
    if (maps.length !== 1 || !only) return [];
    return fix('Take it out of the list', [
      { span: { start: node.start, end: only.start }, newText: '' },
      { span: { start: only.end, end: node.end }, newText: '' },
    ]);
  }
  // The keys stay in their columns.
  const edits: TextEdit[] = [];
  for (const map of maps) {
    const dash = text.lastIndexOf('-', map.start - 1);
    if (map.flow || dash < lineStartAt(text, map.start) || text.slice(dash + 1, map.start).trim() !== '') return [];
    edits.push({ span: { start: dash, end: dash + 1 }, newText: ' ' });
  }
  const columns = new Set(maps.map(({ start }) => start - lineStartAt(text, start)));
  return columns.size > 1 ? [] : fix(maps.length === 1 ? 'Take it out of the list' : 'Make it one map', edits);
}

const insertion = (at: number, newText: string): TextEdit => ({ span: { start: at, end: at }, newText });

const lineAt = (text: string, start: number): string => {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? undefined : end);
};

/** Where the colon before an offset ends, over blanks and line breaks. */
function behindColon(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at--;
  return at;
}
