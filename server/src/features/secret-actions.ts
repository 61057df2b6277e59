import { lineStartAt } from '../base/line-index.ts';
import type { Span } from '../base/span.ts';
import { applyEdits } from '../base/text-edit.ts';
import type { Document } from '../graph/document.ts';
import type { FileEdit } from '../rules/rule-types.ts';
import { insertAt, layoutOf, plainSafe } from '../syntax/edit.ts';
import { parseYaml } from '../syntax/parse.ts';
import { nodeAt, resolveAlias } from '../syntax/tree.ts';
import { type FeatureContext, locate } from './shared/context.ts';
import { base64, type SecretValue, secretValueAt, textOf } from './shared/secret-value.ts';

export interface SecretAction {
  readonly title: string;
  readonly edits: readonly FileEdit[];
}

/** What can be done with the value of a Secret at the cursor: decode it, encode it. No title shows it. */
export function secretActions({ document, offset }: FeatureContext): readonly SecretAction[] {
  const value = secretValueAt(document, offset);
  if (!value || document.broken) return [];
  const { key, bytes, node, field } = value;
  if (bytes === undefined) {
    const encoded = base64(new TextEncoder().encode(node.value));
    const edit = { ...locate(document, node), newText: plainSafe(encoded) };
    return [{ title: `Encode the value of ${key} as base64`, edits: [edit] }];
  }
  if (field === 'stringData') return moved(document, value, 'data', base64(bytes), `Encode ${key} into data`);
  const text = textOf(bytes);
  return text === undefined ? [] : moved(document, value, 'stringData', text, `Decode ${key} into stringData`);
}

/** The value at the cursor where base64 hides a text: an editor may decode and show it on its user's demand. */
export function hiddenSecret({ document, offset }: FeatureContext): { key: string; span: Span } | undefined {
  const value = secretValueAt(document, offset);
  if (value?.field !== 'data' || value.bytes === undefined || textOf(value.bytes) === undefined) return undefined;
  return { key: value.key, span: locate(document, value.node).span };
}

/** Takes the pair out of one map and puts it into the other, as one edit over what lies between. */
function moved(document: Document, value: SecretValue, to: string, text: string, title: string): SecretAction[] {
  const { path, resource, key } = value;
  const before = document.text;
  const { root } = document.parsed;
  const map = resolveAlias(nodeAt(root, path.slice(0, -1)));
  const pair = map?.type === 'map' && !map.flow ? map.pairs.find((one) => one.key.value === key) : undefined;
  const target = resolveAlias(nodeAt(root, [...resource.path, to]));
  if (map?.type !== 'map' || !pair || (target?.type === 'map' && target.pairs.some((one) => one.key.value === key)))
    return [];
  // The field goes with its last key.
  const field = resolveAlias(nodeAt(root, resource.path));
  const holder = field?.type === 'map' ? field.pairs.find((one) => one.value === map) : undefined;
  const first = map.pairs.length === 1 && holder ? holder.key : pair.key;
  const start = lineStartAt(before, first.start);
  if (before.slice(start, first.start).trim() !== '') return [];
  const next = before.indexOf('\n', Math.max(pair.value?.end ?? 0, pair.key.end) - 1);
  const cut = applyEdits(before, [{ span: { start, end: next < 0 ? before.length : next + 1 }, newText: '' }]);
  const added = insertAt(cut, parseYaml(cut).root, [...resource.path, to], { entry: [key, plainSafe(text)] });
  if (!added) return [];
  const after = applyEdits(cut, [added]);
  const { newline } = layoutOf(before, root);
  return [
    { title, edits: [difference(document, after.endsWith('\n') || !before.endsWith('\n') ? after : after + newline)] },
  ];
}

/** The smallest single edit that makes a document's text into another. */
function difference(document: Document, after: string): FileEdit {
  const before = document.text;
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const span = { start: head, end: before.length - tail };
  return { ...locate(document, span), newText: after.slice(head, after.length - tail) };
}
