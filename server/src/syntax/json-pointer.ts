import type { Span } from '../base/span.ts';
import type { ListNode, MapNode, Node, Pair, ScalarNode } from './tree.ts';

/** A JSON pointer (RFC 6901) as written in a scalar. */
export interface Pointer {
  readonly text: string;
  readonly node: ScalarNode;
  /** Empty for the whole document, and for a text that is no pointer. */
  readonly steps: readonly Step[];
  /** Each step's span is where it is written; otherwise all are the scalar's. */
  readonly exact: boolean;
}

/** One key or index of a pointer. */
export interface Step {
  /** With `~1` and `~0` undone. */
  readonly name: string;
  /** Behind its slash. */
  readonly span: Span;
}

/** A pointer's steps with their places; of a text that does not begin with a slash there are none. */
export function readPointer(node: ScalarNode, text: string): Pointer {
  const { value, start, end } = node;
  const quote = node.style === 'single' || node.style === 'double' ? 1 : 0;
  const exact = node.style !== 'block' && text.slice(start + quote, end - quote) === value;
  if (!value.startsWith('/')) return { text: value, node, steps: [], exact };
  const steps: Step[] = [];
  let at = start + quote + 1;
  for (const written of value.slice(1).split('/')) {
    steps.push({
      name: unescaped(written),
      span: exact ? { start: at, end: at + written.length } : { start, end },
    });
    at += written.length + 1;
  }
  return { text: value, node, steps, exact };
}

/** A key as a step of a pointer has it. */
export const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** A step of a pointer as the key that it means. */
export const unescaped = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');

/** Whether a step can lead into a list: an index, which may count from the end, or `-` for what comes behind that. */
export const isIndex = (step: string): boolean => /^(?:-?(?:0|[1-9]\d*)|-)$/.test(step);

/**
 * A value as it stands in what a pointer points into: the maps and lists that lead to it, whose keys are the pointer's
 * steps, with their places. A list on the way has one item, whatever its index.
 *
 * @param around what all of it stands in
 */
export function treeAt({ steps }: Pointer, value: Node | undefined, around: Span): Node | undefined {
  const span = { start: around.start, end: around.end };
  let node = value;
  for (const { name, span: at } of [...steps].reverse()) {
    if (isIndex(name)) {
      const list: ListNode = { type: 'list', items: [node], flow: false, implied: true, ...span };
      node = list;
      continue;
    }
    const key: ScalarNode = { type: 'scalar', value: name, style: 'step', start: at.start, end: at.end };
    const pair: Pair = { key, value: node };
    const map: MapNode = { type: 'map', pairs: [pair], flow: false, implied: true, ...span };
    node = map;
  }
  return node;
}
