import { lineStartAt } from '../base/line-index.ts';
import type { Span } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';
import type { MapNode, Node, Pair } from './tree.ts';

/**
 * The edit that takes an entry out of a map, with its lines or, in a flow map, with its comma. Undefined where it would
 * leave nothing behind, or take a comment along that belongs to a neighbour.
 */
export function removeEntry(text: string, map: MapNode, key: string): TextEdit | undefined {
  const at = map.pairs.findIndex((pair) => pair.key.value === key);
  const pair = map.pairs[at];
  if (!pair || map.pairs.length === 1) return undefined;
  const previous = map.pairs[at - 1];
  const next = map.pairs[at + 1];
  if (map.flow) {
    const span = previous
      ? { start: endOf(previous), end: endOf(pair) }
      : { start: pair.key.start, end: next?.key.start ?? endOf(pair) };
    return { span, newText: '' };
  }
  const start = lineStartAt(text, pair.key.start);
  const end = lineEnd(text, endOf(pair));
  if (text.slice(start, pair.key.start).trim() === '') {
    // At the end of the text the line break in front goes instead of the one behind.
    const from = end === text.length && text[end - 1] !== '\n' && start > 0 ? start - 1 : start;
    return { span: { start: from, end }, newText: '' };
  }
  // The first entry of a list's item: the dash stays, for the next one.
  if (!next || text.slice(endOf(pair), next.key.start).includes('#')) return undefined;
  return { span: { start: pair.key.start, end: next.key.start }, newText: '' };
}

/**
 * What to cut out so that some entries of a map are gone, with their lines or commas. Undefined where that would leave
 * nothing behind, or take a comment along that belongs to a neighbour.
 */
export function entrySpans(text: string, map: MapNode, keys: ReadonlySet<string>): readonly Span[] | undefined {
  const gone = map.pairs.map(({ key }) => keys.has(key.value));
  if (!gone.includes(false)) return undefined;
  if (map.flow) {
    const spans = map.pairs.map((pair): Span => ({ start: pair.key.start, end: endOf(pair) }));
    return flowSpans(spans, gone);
  }
  const result: Span[] = [];
  // Entries on the dash's line and right behind it go as one: the dash stays, for the next one.
  let first = 0;
  const [start] = map.pairs;
  if (start && gone[0] && text.slice(lineStartAt(text, start.key.start), start.key.start).trim() !== '') {
    first = gone.indexOf(false);
    const [last, next] = [map.pairs[first - 1], map.pairs[first]];
    if (!last || !next || text.slice(endOf(last), next.key.start).includes('#')) return undefined;
    result.push({ start: start.key.start, end: next.key.start });
  }
  for (const [i, pair] of map.pairs.entries())
    if (i >= first && gone[i])
      result.push({ start: lineStartAt(text, pair.key.start), end: lineEnd(text, endOf(pair)) });
  return result;
}

/** What to cut out so that some items between brackets are gone, with their commas; some stay. */
export function flowSpans(items: readonly Span[], gone: readonly boolean[]): readonly Span[] {
  const result: Span[] = [];
  for (let i = 0; i < items.length; i++) {
    if (!gone[i]) continue;
    let behind = i + 1;
    while (gone[behind]) behind++;
    const [before, first, last, next] = [items[i - 1], items[i], items[behind - 1], items[behind]];
    if (first && last)
      result.push(before ? { start: before.end, end: last.end } : { start: first.start, end: next?.start ?? last.end });
    i = behind;
  }
  return result;
}

const endOf = (pair: Pair): number => (pair.value ? lastOffset(pair.value) : colonEnd(pair));

/** A key with nothing behind it ends with its colon. */
const colonEnd = (pair: Pair): number => pair.key.end + 1;

/** A collection's last line: the end of a block node may be the start of the line behind it. */
function lastOffset(node: Node): number {
  if (node.type === 'map' && !node.flow) {
    const last = node.pairs.at(-1);
    return last ? endOf(last) : node.end;
  }
  if (node.type === 'list' && !node.flow) {
    const last = node.items.at(-1);
    return last ? lastOffset(last) : node.end;
  }
  return node.end;
}

/** Behind the line break of the line in which `offset` is; the offset itself where a line begins there. */
function lineEnd(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset;
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}
