import { type Span, toSpan } from '../base/span.ts';
import { isPlaceholder } from '../syntax/placeholder.ts';
import { scalarType } from '../syntax/scalar.ts';
import { allPairs, type MapNode, type Node, nodeAt, pairOf, resolveAlias, textAt } from '../syntax/tree.ts';
import { namespaceNameLabel } from '../tables/kinds.ts';
import type { SelectorReference } from '../tables/row-types.ts';
import type { LabelPair, Requirement } from './facts.ts';

export const noLabels: ReadonlyMap<string, LabelPair> = new Map();

/** The labels of a map by their keys; none for any other node. */
export const labelsOf = (node: Exclude<Node, { type: 'alias' }> | undefined): ReadonlyMap<string, LabelPair> =>
  node?.type === 'map' ? new Map(labelPairs(node).map((pair) => [pair.key, pair])) : noLabels;

/**
 * What a selector asks for, the pairs among it that can be marked, and whether a part of it is yet to be known: a
 * placeholder, or a value that is being typed.
 */
export function readSelector(
  node: MapNode,
  { form, to }: Pick<SelectorReference, 'form' | 'to'>,
): {
  readonly requirements: readonly Requirement[];
  readonly pairs: readonly LabelPair[];
  readonly expressions: readonly LabelPair[];
  readonly open: boolean;
} {
  const labels = form === 'labels' ? node : resolveAlias(nodeAt(node, ['matchLabels']));
  const isName = ({ key }: { readonly key: string }): boolean => to === 'namespaces' && key === namespaceNameLabel;
  const pairs = labels?.type === 'map' ? labelPairs(labels).filter((pair) => !isName(pair)) : [];
  const requirements: Requirement[] = pairs.map(({ key, value }) => ({ key, operator: 'In', values: [value] }));
  let open = pairs.some(isOpenPair);
  const allowed: LabelPair[] = [];
  const expressions = form === 'labelSelector' ? resolveAlias(nodeAt(node, ['matchExpressions'])) : undefined;
  for (const item of expressions?.type === 'list' ? expressions.items : []) {
    const values = resolveAlias(pairOf(item, 'values')?.value);
    const texts = values?.type === 'list' ? values.items.map((value) => textAt(value) ?? '') : [];
    const requirement = { key: textAt(item, 'key') ?? '', operator: textAt(item, 'operator') ?? '', values: texts };
    if (isName(requirement)) continue;
    requirements.push(requirement);
    if (requirement.operator === 'In') allowed.push(...allowedPairs(item, requirement));
    open ||= requirement.key === '' || requirement.operator === '' || [requirement.key, ...texts].some(isPlaceholder);
  }
  return { requirements, pairs, expressions: allowed, open };
}

/** Where a label's token stands: key and value, or the value alone that an expression allows. */
export const labelSpan = ({ keySpan, valueSpan, ofMany }: LabelPair): Span =>
  ofMany ? valueSpan : { start: keySpan.start, end: valueSpan.end };

/** The label that an expression allows with each of its values. */
function allowedPairs(item: Node | undefined, { key, values }: Requirement): LabelPair[] {
  const keyNode = resolveAlias(nodeAt(item, ['key']));
  const list = resolveAlias(nodeAt(item, ['values']));
  if (keyNode?.type !== 'scalar' || list?.type !== 'list') return [];
  return list.items.flatMap((node): LabelPair[] => {
    const value = resolveAlias(node);
    if (value?.type !== 'scalar') return [];
    return [{ key, value: value.value, keySpan: toSpan(keyNode), valueSpan: toSpan(value), ofMany: { values } }];
  });
}

/** With nothing behind the colon it is being typed; quotes are a value. */
const isOpenPair = ({ key, value, valueSpan }: LabelPair): boolean =>
  isPlaceholder(value) || isPlaceholder(key) || (value === '' && valueSpan.start === valueSpan.end);

/** Null is an empty label to the decoder. */
function labelPairs(map: MapNode): LabelPair[] {
  const result: LabelPair[] = [];
  for (const { key, value } of allPairs(map)) {
    const node = resolveAlias(value);
    if (node && node.type !== 'scalar') continue;
    result.push({
      key: key.value,
      value: node === undefined || scalarType(node) === 'null' ? '' : node.value,
      keySpan: toSpan(key),
      valueSpan: node ? toSpan(node) : { start: key.end, end: key.end },
    });
  }
  return result;
}
