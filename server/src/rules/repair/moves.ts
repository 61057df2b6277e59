import type { TextEdit } from '../../base/text-edit.ts';
import type { Line } from '../../syntax/lines.ts';
import type { Frame } from './frames.ts';
import type { Layout, Placement } from './layout.ts';

/** What slid out of one map or list together: the first line of it is the fault, the others follow it. */
export interface Move {
  readonly placements: readonly Placement[];
  readonly into: Frame;
  /** It slid out of something that is out of place itself. */
  readonly nested: boolean;
}

export function movesOf({ placements }: Layout): readonly Move[] {
  const result: { placements: Placement[]; into: Frame; nested: boolean }[] = [];
  let current: (typeof result)[number] | undefined;
  for (const placement of placements) {
    const { moved, into, out, column } = placement;
    if (moved && current && into.opener === current.into.opener && into.name === current.into.name) {
      current.placements.push(placement);
    } else if (moved) {
      current = { placements: [placement], into, nested: into.keyOut !== into.keyColumn };
      result.push(current);
    } else if (out === column) current = undefined;
    else current?.placements.push(placement);
  }
  return result;
}

/**
 * The edits that bring lines to where they belong: those of some placements, and with each the lines that its value
 * goes on in and the comments right above it.
 */
export function indentationEdits(text: string, lines: readonly Line[], placements: readonly Placement[]): TextEdit[] {
  const edits: TextEdit[] = [];
  const byLine = new Map(placements.map((placement) => [placement.line, placement]));
  const indent = (line: Line, column: number): void => {
    const span = { start: line.start, end: line.textStart };
    const newText = ' '.repeat(Math.max(0, column));
    if (text.slice(span.start, span.end) !== newText) edits.push({ span, newText });
  };
  let owner: Placement | undefined;
  let comments: Line[] = [];
  for (const line of lines) {
    if (line.type === 'blank' || line.type === 'marker') continue;
    if (line.type === 'comment') {
      comments.push(line);
      continue;
    }
    if (line.within !== undefined) {
      if (owner && owner.out !== owner.column) indent(line, goesOnAt(line, owner));
    } else {
      owner = byLine.get(line);
      if (owner) {
        for (const comment of comments)
          if (comment.textStart - comment.start === owner.column) indent(comment, owner.out);
        indent(line, owner.out);
      }
    }
    comments = [];
  }
  return edits;
}

/** Where a line goes on with a value whose key moves. What is in brackets has to stand further in than the key. */
function goesOnAt(line: Line, { out, column }: Placement): number {
  const shifted = line.textStart - line.start + out - column;
  return line.within === 'flow' ? Math.max(shifted, out + 2) : shifted;
}

/** Whether it is more than a few keys that slid: then it is one fault of the whole document. */
export const isLost = (moves: readonly Move[]): boolean => moves.length > 3 || moves.some(({ nested }) => nested);
