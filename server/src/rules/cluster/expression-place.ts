import type { Span } from '../../base/span.ts';
import type { ScalarNode } from '../../syntax/tree.ts';

/**
 * Where a part of a scalar's text stands in the document: of a scalar in one line, or of a literal block. Undefined
 * where quotes are escaped, lines are folded, or the part is empty.
 */
export function placeIn(
  source: string,
  scalar: ScalarNode,
  text: string,
  part: { at: number; end: number },
): Span | undefined {
  if (part.end <= part.at) return undefined;
  const written = source.slice(scalar.start, scalar.end);
  if (scalar.style !== 'block') {
    const quote = scalar.style === 'plain' ? 0 : 1;
    if (written.includes('\n') || written.slice(quote, written.length - quote) !== text) return undefined;
    return { start: scalar.start + quote + part.at, end: scalar.start + quote + part.end };
  }
  if (!/^\|/.test(written)) return undefined;
  return inBlock(written, scalar.start, text, part);
}

/** A literal block has each line of the text behind its indentation. */
function inBlock(
  written: string,
  start: number,
  text: string,
  { at, end }: { at: number; end: number },
): Span | undefined {
  const lines = text.split('\n');
  let [from, offset] = [0, start + written.indexOf('\n') + 1];
  for (const line of lines) {
    const breakAt = written.indexOf('\n', offset - start);
    const whole = written.slice(offset - start, breakAt < 0 ? written.length : breakAt).replace(/\r$/, '');
    if (!whole.endsWith(line)) return undefined;
    const indent = whole.length - line.length;
    if (at >= from && end <= from + line.length)
      return { start: offset + indent + at - from, end: offset + indent + end - from };
    from += line.length + 1;
    if (breakAt < 0) return undefined;
    offset = start + breakAt + 1;
  }
  return undefined;
}
